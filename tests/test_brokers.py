"""Who stood between: ranks over every defensible way of drawing the graph."""

from datetime import date

import networkx as nx
import pandas as pd
from ties import ALWAYS, made, tie

from helpers.network import brokers

DAY = date(1918, 3, 5)
DOUBTFUL = ("1918-03-01", "1918-03-20", "1918-03-01", "1918-03-20")


def errand(a, b, *days):
    return tie(a, b, 0, *(days or ALWAYS), kind="mediation")


def test_there_is_a_view_for_every_combination_of_choices():
    found = list(brokers.views(made(tie("a", "b", 1, *ALWAYS)), DAY))
    assert len({choices for choices, _ in found}) == len(found) == 24


def test_a_messenger_is_between_only_where_talks_count():
    campaign = made(errand("emir", "messenger"), errand("messenger", "kolesov"))
    for (_, _, talks, _), graph in brokers.views(campaign, DAY):
        assert ("messenger" in graph) == talks
    found = brokers.rank_ranges(brokers.ranks(campaign, [DAY])).loc["messenger"]
    assert (found["best"], found["worst"], found["between"], found["present"], found["views"]) == (1, 1, 12, 12, 24)


def test_an_errand_that_is_only_possible_is_in_no_certain_view():
    campaign = made(errand("a", "b", *DOUBTFUL), tie("c", "d", 1, *ALWAYS))
    for (certain, _, talks, _), graph in brokers.views(campaign, DAY):
        assert ("a" in graph) == (talks and not certain)


def test_belonging_links_an_actor_to_all_above_it_and_nobody_without_a_tie():
    parents = {"soldier": "unit", "unit": "army", "idle": "army"}
    campaign = made(tie("soldier", "enemy", -1, *ALWAYS), parents=parents)
    for (_, _, _, belonging), graph in brokers.views(campaign, DAY):
        assert set(graph) == ({"soldier", "enemy"} | ({"unit", "army"} if belonging else set()))


def test_equals_share_the_better_rank_and_ends_have_none():
    # A path of five: the middle is on four shortest paths, its neighbours on three each.
    campaign = made(*(tie(a, b, 1, *ALWAYS) for a, b in ("ab", "bc", "cd", "de")))
    ranked = brokers.ranks(campaign, [DAY])
    ranks = ranked.groupby("actor")["rank"].first()
    assert ranks[["b", "c", "d"]].tolist() == [2, 1, 2]
    assert pd.isna(ranks["a"])
    assert list(brokers.rank_ranges(ranked).index) == ["c", "b", "d"]


def test_no_view_counts_twice_and_every_day_has_all(campaign):
    ranked = brokers.ranks(campaign, [DAY, date(1918, 3, 25)])
    assert len(ranked[brokers.VIEW].drop_duplicates()) == 48
    assert not ranked.duplicated([*brokers.VIEW, "actor"]).any()


def test_ranks_are_those_of_the_values_that_networkx_gives(campaign):
    day = date(1918, 3, 5)
    ranked = brokers.ranks(campaign, [day]).set_index([*brokers.VIEW[1:], "actor"])["rank"].sort_index()
    for choices, graph in brokers.views(campaign, day):
        value = pd.Series(nx.betweenness_centrality(graph), dtype=float).round(9)
        expected = value.where(value > 0).rank(ascending=False, method="min").astype("Int64").sort_index()
        assert ranked.loc[choices].to_dict() == expected.to_dict(), choices
