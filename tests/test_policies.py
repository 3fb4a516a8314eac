"""The campaign under a choice of sources: what loses its support is gone, and never zero."""

import pandas as pd
import pytest

from helpers.belief import policies
from helpers.belief.policies import believing, under, without_lineage


def test_all_sources_change_nothing(campaign):
    assert under(campaign, "all") is campaign


def test_only_claims_of_admitted_sources_are_left(campaign):
    emirate = under(campaign, "emirate_only")
    assert set(emirate.sources["perspective"]) == {"emirate"}
    assert set(emirate.claims["source"]) <= set(emirate.sources.index)
    assert 0 < len(emirate.claims) < len(campaign.claims)


@pytest.mark.parametrize("table", sorted(policies.READINGS))
def test_no_reading_stands_without_a_claim(campaign, table):
    for policy in campaign.policies.index:
        seen = under(campaign, policy)
        standing = seen.claims[seen.claims["rank"] != "deprecated"]
        assert set(seen[table].index) <= set(standing[policies.READINGS[table]].dropna()), policy


def test_a_quantity_that_loses_its_numbers_is_unknown_and_not_zero(campaign):
    for lineage in campaign.sources["lineage"].unique():
        seen = without_lineage(campaign, lineage)
        numbered = set(
            seen.claims.loc[
                seen.claims["best"].notna() | seen.claims["low"].notna() | seen.claims["high"].notna(), "force"
            ].dropna()
        )
        bare = seen.forces[~seen.forces.index.isin(numbered)]
        assert bare[["low", "best", "high"]].isna().all(axis=None)


def test_best_stays_only_while_a_source_that_gives_it_counts(campaign):
    for policy in campaign.policies.index.drop("all"):
        seen = under(campaign, policy)
        for force, best in seen.forces["best"].dropna().items():
            assert best in set(seen.claims.loc[seen.claims["force"] == force, "best"].dropna()), (policy, force)


def test_no_key_points_to_a_row_that_is_gone(campaign):
    seen = under(campaign, "emirate_only")
    for resource in campaign.package["resources"]:
        for key in resource["schema"].get("foreignKeys", ()):
            column = seen[resource["name"]][key["fields"][0]].dropna()
            assert column.isin(seen[key["reference"]["resource"] or resource["name"]].index).all()
    after = seen.events["after"].dropna().str.split(";").explode()
    assert after.isin(seen.events.index).all()


def test_the_ultimatum_moves_to_beckers_day_when_only_becker_counts(campaign):
    alone = believing(campaign, "lineage == 'becker'")
    assert alone.events.loc["ultimatum_sent", "earliest"] == pd.Timestamp("1918-03-14")


def test_a_campaign_is_asked_for_its_view(campaign):
    assert set(campaign.under("emirate_only").claims.index) == set(under(campaign, "emirate_only").claims.index)


def test_each_family_of_texts_is_a_policy_that_leaves_out_its_texts_and_no_other(campaign):
    choices = policies.choices(campaign)
    left_out = choices.index[choices["kind"] == "left out"]
    assert {p.removeprefix(policies.WITHOUT) for p in left_out} == set(campaign.sources["lineage"])
    family = set(campaign.sources.index[campaign.sources["lineage"] == "genis"])
    seen = campaign.under("without:genis")
    assert len(family) > 1
    assert set(campaign.sources.index) - set(seen.sources.index) == family
    assert not seen.claims["source"].isin(family).any()


def test_all_sources_come_first_and_every_policy_has_its_reason(campaign):
    choices = policies.choices(campaign)
    assert choices.index[0] == "all"
    assert choices.index.is_unique
    assert choices[["label", "rationale", "kind"]].notna().all(axis=None)


def test_one_text_left_out_leaves_its_family_in(campaign):
    seen = policies.without_source(campaign, "wikipedia_ru")
    assert "wikipedia_en" in seen.sources.index
    assert not (seen.claims["source"] == "wikipedia_ru").any()


def test_the_campaign_itself_is_never_changed(campaign):
    before = {name: campaign[name].copy() for name in campaign}
    under(campaign, "scholarship_only")
    assert all(campaign[name].equals(before[name]) for name in campaign)


def test_an_unknown_policy_and_a_rule_that_is_none_are_refused(campaign):
    with pytest.raises(ValueError, match="no row 'mine'"):
        under(campaign, "mine")
    with pytest.raises(ValueError, match="no lineage 'mine'"):
        under(campaign, "without:mine")
    with pytest.raises(ValueError, match="no rule over the columns"):
        believing(campaign, "colour == 'red'")
