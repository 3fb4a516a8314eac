"""Who copies whom, and what a text adds of its own."""

import dataclasses

from helpers.belief import lineages
from helpers.belief.source_types import VOICES


def test_a_link_stands_for_each_text_that_is_named_and_says_how_we_know(campaign):
    found = lineages.links(campaign).set_index(["text", "rests_on"])["how"]
    assert found["zayats", "nasha_gazeta"] == "seen"
    assert found["tajenc", "ayni1920"] == found["tajenc", "salimbek2009"] == "judged"
    cells = campaign.sources[["based_on", "may_rest_on"]].stack().dropna().str.split(";").explode()
    assert len(found) == len(cells)


def test_only_texts_with_a_link_stand_in_the_family_tree_and_the_nearest_voices_first(campaign):
    tree, links = lineages.family_tree(campaign), lineages.links(campaign)
    assert set(tree.index) == {*links["text"], *links["rests_on"]}
    places = [list(VOICES).index(voice) for voice in tree["voice"]]
    assert places == sorted(places)
    assert tree.index[0] == "khodzhaev1926", "of the witnesses it is the one on which most rest"


def test_a_text_is_alone_on_what_no_other_family_speaks_of(campaign):
    found = lineages.own_words(campaign)
    claims = campaign.claims[campaign.claims["rank"] != "deprecated"].set_index("source")
    lone = claims.loc["syb1913", "force"].dropna().unique()
    told = claims.groupby("force").apply(lambda rows: set(rows.index), include_groups=False)
    assert all(told[force] == {"syb1913"} for force in lone)
    assert found.loc["syb1913", "alone"] == len(lone)


def test_two_texts_of_one_family_are_alone_together(campaign):
    joined = campaign.sources.assign(lineage=campaign.sources["lineage"].replace("becker", "khodzhaev"))
    other = dataclasses.replace(campaign, tables={**campaign.tables, "sources": joined})
    before, after = lineages.own_words(campaign)["alone"], lineages.own_words(other)["alone"]
    assert after["khodzhaev1926"] > before["khodzhaev1926"]


def test_a_deprecated_claim_is_no_word(campaign):
    claims = campaign.claims.copy()
    claims.loc[claims["source"] == "syb1913", "rank"] = "deprecated"
    silent = dataclasses.replace(campaign, tables={**campaign.tables, "claims": claims})
    assert lineages.own_words(silent).loc["syb1913", ["claims", "events", "alone"]].tolist() == [0, 0, 0]


def test_examples_are_titles_of_events(campaign):
    told = lineages.own_words(campaign)["examples"]
    titles = set(campaign.events["title"])
    assert set(told[told != ""].str.split("; ").explode()) <= titles
    assert (told.str.count("; ") <= 2).all()
