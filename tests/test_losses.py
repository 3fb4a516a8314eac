"""The dead: every statement is shown, groups stay apart, and what nobody counted is never a nought."""

import pandas as pd
import pytest

from helpers.belief import policies
from helpers.belief.source_types import VOICES, nearest, voices
from helpers.bukhara import losses
from helpers.bukhara.figures import violence as figures


def shown(figure):
    return [key for trace in figure.data if trace.customdata is not None for key in trace.customdata]


def numbers_drawn(figure):
    return [x for trace in figure.data if trace.mode == "markers" for x in trace.x]


@pytest.fixture(scope="module")
def counts(campaign):
    return losses.counts(campaign)


def test_every_claim_on_the_dead_of_the_campaign_is_in_the_figure(campaign, counts):
    on_the_dead = campaign.claims["force"].isin(losses.quantities(campaign))
    expected = campaign.claims[on_the_dead & campaign.claims["attribute"].isin(["loss", "count"])]
    assert set(shown(figures.counts(counts, losses.GROUPS))) == set(expected.index)


def test_every_group_of_the_dead_has_its_own_heading(campaign):
    keys = [key for group in losses.GROUPS.values() for key in group]
    assert sorted(keys) == sorted(losses.quantities(campaign))
    assert all(len(group) == 1 for group in losses.GROUPS.values()), "groups must not share a heading"


def test_a_group_without_a_heading_is_refused_and_not_left_out(counts):
    fewer = {heading: keys for heading, keys in losses.GROUPS.items() if "settlements_dead" not in keys}
    with pytest.raises(ValueError, match="no group holds settlements_dead"):
        figures.counts(counts, fewer)


def test_what_has_no_number_is_written_out_and_has_no_mark(counts):
    figure = figures.counts(counts, losses.GROUPS)
    (words,) = [t for t in figure.data if t.mode == "text" and t.customdata is not None]
    silent = counts[counts[["low", "best", "high"]].isna().all(axis=1)]
    assert set(silent.index) <= set(words.customdata)
    assert min(numbers_drawn(figure)) > 0


def test_a_number_a_day_has_no_place_among_numbers_of_people(counts):
    figure = figures.counts(counts, losses.GROUPS)
    rates = counts[counts["unit"] == "persons_per_day"]
    assert len(rates) == 2
    dots = {key for t in figure.data if t.mode == "markers" and t.customdata is not None for key in t.customdata}
    assert not dots & set(rates.index)
    assert 450.0 not in numbers_drawn(figure)


def test_no_number_of_the_figure_is_a_sum_of_others(counts):
    said = set(counts[["low", "best", "high"]].stack())
    figure = figures.counts(counts, losses.GROUPS)
    dots = [x for t in figure.data if t.mode == "markers" and t.customdata is not None for x in t.x]
    assert set(dots) <= said


def test_the_dead_of_kokand_and_of_the_mutiny_are_not_those_of_the_campaign(campaign):
    assert not {"kokand_dead", "osipov_losses", "demonstration_1917_dead"} & set(losses.quantities(campaign))
    assert "jadids_executed" in losses.quantities(campaign)


def test_sums_of_ours_and_what_a_number_implies_are_no_counts_of_a_group(campaign):
    found = losses.counted(campaign)
    assert found.loc["delegates_killed_count", "numbers"] == 0  # 22 less 2, 30 less 2: our arithmetic
    assert found.loc["all_killings_dead", ["families", "numbers"]].tolist() == [5, 1]


def test_a_witness_who_is_quoted_is_the_one_who_speaks(campaign, counts):
    karshi = counts.loc["karshi_dead_per_day-loss-salimbek2009intro"]
    assert karshi["label"] == "Sadr-i Ziya, quoted"
    assert karshi["voice"] == "witness"


@pytest.mark.parametrize(
    ("source", "voice"),
    [
        ("khodzhaev1926", "witness"),
        ("birlik1918", "witness"),
        ("roy1924", "scholar"),
        ("ayni1920", "tale"),
        ("becker1968", "scholar"),
        ("tajenc", "reference"),
    ],
)
def test_a_voice_follows_from_what_kind_of_text_it_is(campaign, source, voice):
    claims = campaign.claims[(campaign.claims["source"] == source) & campaign.claims["quoting"].isna()]
    assert set(voices(campaign, claims)) == {voice}


def test_the_nearest_voice_is_taken_and_without_any_there_is_none():
    assert nearest(pd.Series(["reference", "tale", "scholar"])) == "tale"
    with pytest.raises(ValueError, match="nobody speaks"):
        nearest(pd.Series([], dtype=str))


def test_the_dead_can_be_asked_for_under_every_choice_of_sources(campaign):
    for policy in campaign.policies.index:
        found = losses.counts(policies.under(campaign, policy))
        assert set(found["voice"]) <= set(VOICES), policy
        losses.counted(policies.under(campaign, policy))
