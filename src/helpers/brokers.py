"""Who stood between the camps: ranks over every defensible way of drawing the graph, not one centrality.

A rank by betweenness hangs on which ties are believed, whether talks and mediation count as ties, and whether
belonging (an actor and its parent) does. So each actor gets the range of its ranks over all of these.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import product
from typing import get_args

import networkx as nx
import pandas as pd

from helpers.network import Reduction, active, dealings, signed_graph
from helpers.tables import Campaign

VIEW = ["day", "certain", "reduction", "talks", "belonging"]


def view(
    campaign: Campaign, on: date, *, certain: bool, reduction: Reduction, talks: bool, belonging: bool
) -> nx.Graph:
    """Return who was linked to whom on a day, signs forgotten, actors as they are (not counted as their ancestors).

    Parameters
    ----------
    campaign, on, certain, reduction
        As for `helpers.network.signed_graph`.
    talks
        Count dealings without a sign: negotiation, truce, mediation.
    belonging
        Link every actor that has a tie to its parent.
    """
    graph = nx.Graph(signed_graph(campaign, on, certain=certain, actors="all", reduction=reduction).edges)
    if talks:
        met = dealings(campaign, on, actors="all")
        sure = active(campaign.relations, on, certain=True).index
        graph.add_edges_from(met.loc[met.index.isin(sure) if certain else slice(None), ["one", "other"]].to_numpy())
    if belonging:
        parent = campaign.actors["parent"].dropna()
        for actor in list(graph):
            while actor in parent.index:
                graph.add_edge(actor, actor := parent[actor])
    return graph


def ranks(campaign: Campaign, days: Iterable[date]) -> pd.DataFrame:
    """Return the rank of every actor by betweenness in every view of every day.

    Columns ``day``, ``certain``, ``reduction``, ``talks``, ``belonging``, ``actor``, ``rank``: 1 is the most between,
    equals share the better rank, and an actor through whom no shortest path runs has none (missing).
    """
    rows = []
    for day, certain, way, talks, belonging in product(
        days, (False, True), get_args(Reduction), (True, False), (True, False)
    ):
        graph = view(campaign, day, certain=certain, reduction=way, talks=talks, belonging=belonging)
        value = pd.Series(nx.betweenness_centrality(graph), dtype=float).round(9)
        rank = value.where(value > 0).rank(ascending=False, method="min")
        rows += [(day, certain, way, talks, belonging, actor, rank[actor]) for actor in sorted(graph)]
    return pd.DataFrame(rows, columns=[*VIEW, "actor", "rank"]).astype({"rank": "Int64"})


def rank_ranges(ranked: pd.DataFrame) -> pd.DataFrame:
    """Return the range of each actor's ranks, for those who stand between others in any view. Indexed by actor.

    Columns ``best``, ``middle`` and ``worst`` rank; ``between``, ``present`` and ``views``: in how many views a
    shortest path runs through the actor, in how many it has a link at all, and how many there are. Most often
    between come first.
    """
    views = len(ranked[VIEW].drop_duplicates())
    found = ranked.groupby("actor")["rank"].agg(
        best="min", middle="median", worst="max", between="count", present="size"
    )
    found = found[found["between"] > 0].assign(views=views)
    return found.sort_values(["between", "middle"], ascending=[False, True], kind="stable")
