"""The signed graph of a few ties, with every number worked out by hand."""

from datetime import date

import pandas as pd
import pytest
from hand import small
from ties import ALWAYS, made, relations, tie

from helpers import network
from helpers.network import Tie, camps


def march(*days):
    return tuple(None if day is None else f"1918-03-{day:02}" for day in days)


def test_the_days_on_which_the_graph_changes_are_beginnings_and_the_days_after_ends():
    ties = relations(
        tie("a", "b", 1, *march(1, 3, 8, 10)),
        tie("a", "c", 1, *march(2, None, 5, 6)),
        tie("b", "c", -1, *march(4, 9, 7, 12)),
        tie("c", "d", -1, *march(4, 4, 20, 20), certainty="possible"),
        tie("d", "e", -1, *march(6, 6, 6, 6)),
    )
    days = {sure: [day.day for day in network.change_points(ties, certain=sure)] for sure in (False, True)}
    assert days[False] == [1, 2, 4, 6, 7, 11, 13, 21]
    # Certain: the first from the 3rd to the 8th, the last on the 6th; the third ends, at the earliest, before it began.
    assert days[True] == [3, 6, 7, 9]


def test_a_tie_may_hold_between_two_days_if_it_shares_one_with_them():
    ties = relations(tie("a", "b", 1, *march(5, 5, 8, 8)), tie("a", "c", 1, None, None, None, None))

    def lasting(first, last):
        return list(network.lasting(ties, first=date(1918, 3, first), last=date(1918, 3, last)).index)

    assert lasting(1, 4) == lasting(9, 12) == ["r1"]
    assert lasting(1, 5) == lasting(8, 12) == lasting(6, 7) == ["r0", "r1"]


@pytest.mark.parametrize(
    ("reduction", "sign", "kind"), [("conflict", -1, "war"), ("alliance", 1, "alliance, gift"), ("drop", None, None)]
)
def test_a_pair_tied_both_ways_is_reduced_as_it_is_asked(reduction, sign, kind):
    ties = [
        Tie("z", "a", "b", 1, "gift"),
        Tie("y", "a", "b", 1, "alliance"),
        Tie("x", "a", "b", -1, "war"),
        Tie("w", "a", "c", 0, "talks"),
        Tie("v", "b", "c", -1, "war"),
    ]
    graph = network.graph_of(ties, reduction)
    assert graph["b"]["c"] == {"sign": -1, "mixed": False, "kind": "war", "relations": ("v",)}
    assert not graph.has_edge("a", "c")
    if sign is None:
        assert not graph.has_edge("a", "b")
    else:
        assert graph["a"]["b"] == {"sign": sign, "mixed": True, "kind": kind, "relations": ("x", "y", "z")}


def test_the_union_counts_days_from_first_to_last_and_the_longest_tie_of_a_sign():
    campaign = made(
        tie("b", "a", 1, *march(1, 1, 3, 3)),
        tie("a", "b", 1, *march(2, 2, 10, 10)),
        tie("a", "b", -1, *march(10, 10, 10, 10)),
        tie("a", "c", -1, None, None, None, None),
        tie("a", "d", -1, "1918-02-01", "1918-02-01", "1918-02-28", "1918-02-28"),
        tie("a", "e", 0, *ALWAYS),
        tie("aa", "a", -1, *ALWAYS),
        tie("aa", "b", -1, *march(3, 3, 4, 4)),
        parents={"aa": "a"},
    )
    graph = network.union_graph(campaign, first=date(1918, 3, 1), last=date(1918, 3, 12))
    assert {frozenset(pair): (data["days"], data["weight"]) for *pair, data in graph.edges(data=True)} == {
        frozenset("ab"): ({1: 9, -1: 2}, 9),
        frozenset("ac"): ({-1: 12}, 12),
    }
    bare = network.union_graph(campaign, first=date(1918, 3, 1), last=date(1918, 3, 12), actors="all")
    assert bare["aa"]["a"]["weight"] == 12


def test_an_actor_is_counted_as_the_highest_above_it():
    actors = pd.DataFrame({"parent": ["b", "c", None, None]}, index=list("abcd"))
    assert network.ancestors(actors) == {"a": "c", "b": "c", "c": "c", "d": "d"}


def test_dealings_are_the_ties_without_a_sign():
    campaign = made(tie("b", "a", 0, *march(5, 5, 8, 8), kind="talks"), tie("a", "b", 1, *ALWAYS))
    found = network.dealings(campaign, date(1918, 3, 5))
    assert found.to_dict(orient="index") == {"r0": {"one": "a", "other": "b", "sign": 0, "kind": "talks"}}
    assert network.dealings(campaign, date(1918, 3, 9)).empty


def test_a_phase_is_its_event_on_the_last_day_it_can_have_been_else_on_the_first(campaign):
    event_of = network.described(campaign.package, "events", "phase")["event_of"]
    first, second, *_ = event_of
    events = {
        event_of[first]: {"earliest": "1918-03-01", "latest": "1918-03-04"},
        event_of[second]: {"earliest": "1918-03-05"},
    }
    days = network.phase_days(small(campaign, events=events | {e: {} for e in event_of.values() if e not in events}))
    assert days == {first: date(1918, 3, 4), second: date(1918, 3, 5)}


def test_all_ties_together_need_no_day_and_certain_ones_do():
    campaign = made(tie("a", "b", 1, *march(1, 2, 3, 4)), tie("b", "c", -1, *march(11, 12, 13, 14)))
    assert len(network.signed_graph(campaign).edges) == 2
    assert len(network.signed_graph(campaign, date(1918, 3, 1)).edges) == 1
    assert len(network.signed_graph(campaign, date(1918, 3, 1), certain=True).edges) == 0
    assert network.signed_graph(campaign, date(1918, 3, 12), certain=True).nodes["b"] == {
        "label": "b",
        "name": "b",
        "kind": "person",
        "side": "soviet",
    }


def test_a_square_with_one_enmity_and_a_tail_is_measured_as_counted_by_hand():
    # a-b-c-d-a with one minus is one cycle out of balance, whatever the tail d-e does; there is no triangle.
    campaign = made(
        tie("a", "b", 1, *ALWAYS),
        tie("b", "c", 1, *ALWAYS),
        tie("c", "d", 1, *ALWAYS),
        tie("a", "d", -1, *ALWAYS),
        tie("d", "e", -1, *ALWAYS),
        tie("d", "e", 1, *ALWAYS),
    )
    found = camps.measures(network.signed_graph(campaign, date(1918, 3, 1)))
    assert found.pop("walks") < 1
    assert found == {
        **{"actors": 5, "ties": 5, "conflicts": 2, "on_cycles": 4, "mixed": 1},
        **{"ppp": 0, "ppm": 0, "pmm": 0, "mmm": 0, "two_camps": 1, "many_camps": 1},
    }
    graph = network.signed_graph(campaign, date(1918, 3, 1))
    assert camps.ties_in_the_way(graph) == 1
    assert camps.common_enemies(graph) == []
