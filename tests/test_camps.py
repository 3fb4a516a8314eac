"""Did the camps hold: the graph as it is drawn, its measures over time, and the order of the matrix."""

from datetime import date

import networkx as nx
import pytest
from ties import ALWAYS, made, tie

from helpers import network
from helpers.network import camps

DAY = date(1918, 3, 5)
DOUBTFUL = ("1918-03-01", "1918-03-20", "1918-03-01", "1918-03-20")
BEFORE = ("1917-12-01", "1917-12-01", "1917-12-31", "1917-12-31")
AFTER = ("1918-03-01", "1918-03-01", "1918-03-31", "1918-03-31")


def test_a_pair_tied_both_ways_keeps_both_signs_and_what_is_certain_of_each():
    campaign = made(tie("a", "b", 1, *DOUBTFUL, kind="support"), tie("a", "b", -1, *ALWAYS, kind="repression"))
    edge = camps.marked(campaign, DAY)["a"]["b"]
    assert edge["held"] == {1: False, -1: True}
    assert edge["kinds"] == {1: "support", -1: "repression"}
    assert (edge["sign"], edge["certain"], edge["mixed"]) == (-1, True, True)


def test_a_pair_tied_one_way_has_one_sign():
    campaign = made(tie("a", "b", 1, *DOUBTFUL))
    assert camps.marked(campaign, DAY)["a"]["b"]["held"] == {1: False}


def test_what_is_drawn_as_certain_is_in_the_certain_graph_with_that_sign(campaign):
    for on in network.phase_days(campaign).values():
        sure = [network.signed_graph(campaign, on, certain=True, reduction=way) for way in camps.BOTH]
        for a, b, held in camps.marked(campaign, on).edges(data="held"):
            signs = {graph[a][b]["sign"] for graph in sure if graph.has_edge(a, b)}
            assert {sign for sign, certain in held.items() if certain} == signs, (on, a, b)


def test_the_measures_of_three_mutual_enemies_with_a_friend_are_those_counted_by_hand():
    ties = [tie(*pair, -1, *ALWAYS) for pair in ("ab", "bc", "ac")] + [tie("a", "friend", 1, *ALWAYS)]
    found = camps.measures(network.signed_graph(made(*ties), DAY))
    expected = {"actors": 4, "ties": 4, "conflicts": 3, "on_cycles": 3, "mixed": 0, "mmm": 1, "ppm": 0}
    assert {key: found[key] for key in expected} == expected
    assert (found["two_camps"], found["many_camps"]) == (1, 0)
    assert found["walks"] < 1


def test_a_series_has_the_possible_and_the_certain_graph_of_every_day():
    campaign = made(tie("a", "b", 1, *DOUBTFUL), tie("b", "c", -1, *ALWAYS))
    found = camps.series(campaign, [DAY, date(1918, 3, 25)])
    assert list(zip(found["graph"], found["ties"], strict=True)) == [
        ("possible", 2),
        ("certain", 1),
        ("possible", 1),
        ("certain", 1),
    ]


def test_every_reduction_gives_its_own_index():
    # Two friends and a common friend whom one of them also fights.
    ties = tie("a", "b", 1, *ALWAYS), tie("a", "c", 1, *ALWAYS), tie("b", "c", 1, *ALWAYS), tie("b", "c", -1, *ALWAYS)
    found = {way: camps.series(made(*ties), [DAY], reduction=way) for way in camps.REDUCTIONS}
    possible = {way: series.set_index("graph").loc["possible", "two_camps"] for way, series in found.items()}
    assert possible == {"conflict": 1, "alliance": 0, "drop": 0}


def test_chance_is_the_same_on_every_run_and_brackets_its_mean(campaign):
    days = {"fighting": network.phase_days(campaign)["fighting"]}
    one, other = (camps.against_chance(campaign, days, shuffles=49) for _ in range(2))
    assert one.equals(other)
    row = one.loc["fighting"]
    assert row["low"] <= row["expected"] <= row["high"]
    assert 1 / 50 <= row["p"] <= 1


def test_a_tree_is_never_out_of_balance_so_that_nothing_can_be_concluded_from_it():
    campaign = made(tie("a", "b", 1, *ALWAYS), tie("b", "c", -1, *ALWAYS), tie("b", "d", -1, *ALWAYS))
    row = camps.against_chance(campaign, {"any": DAY}, shuffles=19).loc["any"]
    assert (row["two_camps"], row["expected"], row["p"]) == (0, 0, 1)


def test_a_pair_that_goes_from_alliance_to_conflict_has_turned():
    campaign = made(tie("a", "b", 1, *BEFORE), tie("a", "b", -1, *AFTER), tie("a", "c", 1, *BEFORE))
    assert camps.turned(campaign, [date(1917, 12, 5), DAY]) == [("a", "b")]
    assert camps.turned(campaign, [DAY, date(1917, 12, 5)]) == []


def test_a_pair_that_was_tied_both_ways_has_not_turned():
    campaign = made(tie("a", "b", 1, *BEFORE), tie("a", "b", -1, *BEFORE), tie("a", "b", -1, *AFTER))
    assert camps.turned(campaign, [date(1917, 12, 5), DAY]) == []


@pytest.mark.parametrize("friends", [[], [("a", "b")]])
def test_three_mutual_enemies_are_found_and_friends_among_them_are_not(friends):
    graph = nx.Graph()
    graph.add_edges_from([("a", "b"), ("b", "c"), ("a", "c"), ("c", "d")], sign=-1)
    graph.add_edges_from(friends, sign=1)
    assert camps.common_enemies(graph) == ([] if friends else [("a", "b", "c")])
