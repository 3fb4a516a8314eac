"""What the camps rest on: ties in the way, ties that alone place an actor, and families of texts."""

from datetime import date

from ties import ALWAYS, made, tie

from helpers import network
from helpers.belief import policies
from helpers.network import supports

DAY = date(1918, 3, 5)
DAYS = {"fighting": DAY}


def test_the_tie_in_every_best_partition_is_told_from_those_in_some():
    # In one triangle any of three ties may be the wrong one; a tie that spoils two triangles is always it.
    one = made(*(tie(*pair, -1, *ALWAYS) for pair in ("ab", "bc", "ac")))
    found = supports.carriers(one, DAYS).query("reduction == 'conflict'")
    assert (len(found), found["every"].any()) == (3, False)
    friends = [tie(*pair, 1, *ALWAYS) for pair in ("ac", "bc", "ad", "bd")]
    found = supports.carriers(made(tie("a", "b", -1, *ALWAYS), *friends), DAYS).query("reduction == 'conflict'")
    assert found[["one", "other", "every"]].to_numpy().tolist() == [["a", "b", True]]


def test_a_tie_off_every_cycle_stands_alone_and_families_are_counted_once():
    ties = [tie(*pair, -1, *ALWAYS) for pair in ("ab", "bc", "ac")] + [tie("a", "d", 1, *ALWAYS)]
    campaign = made(*ties, told={"r0": ("memoir", "chronicle"), "r3": ("memoir",)})
    found = supports.supports(campaign, DAY).set_index(["one", "other"])
    assert found["alone"].to_dict() == {("a", "b"): False, ("a", "c"): False, ("a", "d"): True, ("b", "c"): False}
    assert found["families"].to_dict()["a", "b"] == 2
    assert found["families"].to_dict()["a", "d"] == 1


def test_only_ties_of_the_sign_that_counts_are_its_support():
    campaign = made(tie("a", "b", 1, *ALWAYS), tie("a", "b", -1, *ALWAYS), told={"r0": ("x", "y"), "r1": ("z",)})
    assert supports.supports(campaign, DAY)["families"].tolist() == [1]


def test_quarrels_within_one_hierarchy_are_found_where_the_graph_hides_them():
    campaign = made(tie("agapov", "kolesov", -1, *ALWAYS), parents={"agapov": "tashkent", "kolesov": "tashkent"})
    assert not network.signed_graph(campaign, DAY).edges
    assert list(supports.quarrels_within(campaign).index) == ["r0"]


def test_without_a_family_the_ties_it_alone_reports_are_gone():
    triangle = [tie(*pair, -1, *ALWAYS) for pair in ("ab", "bc", "ac")]
    campaign = made(*triangle, told={"r0": ("memoir",), "r1": ("memoir", "chronicle"), "r2": ("chronicle", "press")})
    found = supports.without_each_lineage(campaign, DAYS)
    assert found.to_dict("index") == {"memoir": {"ties": 1, "lost": 1, "turned": 0, "fighting": 0}}


def test_without_a_family_a_pair_tied_both_ways_may_turn():
    campaign = made(tie("a", "b", 1, *ALWAYS), tie("a", "b", -1, *ALWAYS), told={"r0": ("x",), "r1": ("y",)})
    found = supports.without_each_lineage(campaign, DAYS)
    assert found["turned"].to_dict() == {"x": 0, "y": 1}
    assert found["lost"].to_dict() == {"x": 0, "y": 0}


def test_leaving_a_family_out_removes_the_same_ties_as_the_choice_of_sources_does(campaign):
    found = supports.without_each_lineage(campaign)
    for lineage in ("zayats", "becker"):
        left = policies.without_lineage(campaign, lineage)
        assert found.loc[lineage, "ties"] == len(campaign.relations) - len(left.relations), lineage
