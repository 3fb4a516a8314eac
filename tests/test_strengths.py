"""Men and arms: each claim is in a figure once, the unknown is never a nought, and guns are not men."""

import pandas as pd
import pytest

from helpers.bukhara.figures import forces as figures
from helpers.bukhara.forces import strengths
from helpers.record.wording import said

BOTH = {"soviet": strengths.SOVIET_MEN, "emir": strengths.EMIR_MEN}
each_side = pytest.mark.parametrize("groups", BOTH.values(), ids=BOTH)


def shown(figure):
    return [key for trace in figure.data if trace.customdata is not None for key in trace.customdata]


def dots(figure):
    return [t for t in figure.data if t.mode == "markers" and t.customdata is not None]


def test_every_count_of_men_for_the_campaign_has_a_heading(campaign):
    keys = [key for groups in BOTH.values() for keys in groups.values() for key in keys]
    assert sorted(keys) == sorted(strengths.quantities(campaign))


@each_side
def test_every_claim_on_the_quantities_of_a_figure_is_in_it(campaign, groups, sides):
    keys = [key for group in groups.values() for key in group]
    expected = campaign.claims[campaign.claims["force"].isin(keys) & (campaign.claims["attribute"] == "strength")]
    figure = figures.strengths(strengths.men(campaign, groups), groups, sides)
    assert set(shown(figure)) == set(expected.index)


@each_side
def test_each_number_is_drawn_where_its_claim_has_it_and_none_where_it_has_none(campaign, groups, sides):
    men = strengths.men(campaign, groups)
    drawn = {}
    for trace in dots(figures.strengths(men, groups, sides)):
        for key, x in zip(trace.customdata, trace.x, strict=True):
            drawn.setdefault(key, set()).add(x)
    told = {key: set(row.dropna()) for key, row in men[["low", "best", "high"]].iterrows() if row.notna().any()}
    assert drawn == told
    assert min(min(values) for values in drawn.values()) > 0


@each_side
def test_no_claim_looks_truer_than_another_of_its_side(campaign, groups, sides):
    men = strengths.men(campaign, groups)
    for trace in dots(figures.strengths(men, groups, sides)):
        assert len(set(trace.marker.color)) == 1
        assert isinstance(trace.marker.size, (int, float))


def test_a_claim_that_does_not_count_is_hollow(campaign, sides):
    men = strengths.men(campaign, strengths.SOVIET_MEN)
    men.loc["soviet_force_start-strength-shirokorad", "rank"] = "deprecated"
    colours = {}
    for trace in dots(figures.strengths(men, strengths.SOVIET_MEN, sides)):
        colours |= dict(zip(trace.customdata, trace.marker.color, strict=True))
    assert colours["soviet_force_start-strength-shirokorad"].endswith("00")
    assert not colours["soviet_force_start-strength-becker1968"].endswith("00")


def test_guns_and_shells_are_not_among_the_men_and_the_one_nought_is_a_texts_own(campaign):
    arms = strengths.arms(campaign)
    assert not set(arms["force"]) & set(strengths.quantities(campaign))
    assert set(arms["unit"]) == {"items"}
    nought = arms[(arms[["low", "best", "high"]] == 0).any(axis=1)]
    assert list(nought.index) == ["kolesov_shells-count-front1918"]
    assert arms.loc["kushka_guns-strength-kuts", ["low", "best", "high"]].isna().all()


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        ({"best": 2000, "hedge": "approx"}, "about 2,000"),
        ({"high": 35000, "hedge": "at_most"}, "at most 35,000"),
        ({"low": 546, "high": 646, "hedge": "derived"}, "546–646 (ours)"),
        ({"best": 40000, "hedge": "reported"}, "40,000 (hearsay)"),
        ({"hedge": "several"}, "many killed"),
        ({"best": 0, "hedge": "plain"}, "0"),
        ({"best": 450, "hedge": "plain", "unit": "persons_per_day"}, "many killed"),
    ],
)
def test_a_claim_is_written_with_its_hedge_or_in_its_words(cells, text):
    row = {"value": "many killed; no number", "low": pd.NA, "best": pd.NA, "high": pd.NA, "unit": "persons"} | cells
    (claim,) = pd.DataFrame([row]).itertuples()
    assert said(claim) == text
