"""Who stood between the camps: ranks over every defensible way of drawing the graph, not one centrality.

A rank by betweenness hangs on which ties are believed, whether talks and mediation count as ties, and whether
belonging (an actor and its parent) does. So each actor gets the range of its ranks over all of these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import product
from types import MappingProxyType
from typing import get_args

import networkx as nx
import pandas as pd

from helpers.network import Reduction, active, dealings, signed_graph
from helpers.tables import Campaign

VIEW = ["day", "certain", "reduction", "talks", "belonging"]
#: In how many ways the graph of a day can be drawn (`views`).
VIEWS_A_DAY = 2 * len(get_args(Reduction)) * 2 * 2


def views(campaign: Campaign, on: date) -> Iterator[tuple[tuple[bool, Reduction, bool, bool], nx.Graph]]:
    """Yield every defensible graph of who was linked to whom on a day, signs forgotten, with the choices behind it.

    Actors stand as they are, not counted as their ancestors. The choices are, in this order: ``certain``, only ties
    that must have held; ``reduction``, what becomes of a pair tied both ways (both as for
    `helpers.network.signed_graph`); ``talks``, whether dealings without a sign (negotiation, truce, mediation) are
    links; ``belonging``, whether every actor that has a link is linked to its parent.
    """
    parent, met = campaign.actors["parent"].dropna().to_dict(), dealings(campaign, on, actors="all")
    for certain, way in product((False, True), get_args(Reduction)):
        tied = signed_graph(campaign, on, certain=certain, actors="all", reduction=way)
        sure = met.index.isin(active(campaign.relations, on, certain=True).index) | (not certain)
        for talks, belonging in product((True, False), (True, False)):
            graph = nx.Graph(tied.edges)
            graph.add_edges_from(met.loc[sure & talks, ["one", "other"]].to_numpy())
            if belonging:
                _link_parents(graph, parent)
            yield (certain, way, talks, belonging), graph


def _link_parents(graph: nx.Graph, parent: Mapping[str, str]) -> None:
    for actor in list(graph):
        while actor in parent:
            graph.add_edge(actor, actor := parent[actor])


def ranks(campaign: Campaign, days: Iterable[date]) -> pd.DataFrame:
    """Return the rank of every actor by betweenness in every view of every day.

    Columns ``day``, ``certain``, ``reduction``, ``talks``, ``belonging``, ``actor``, ``rank``: 1 is the most between,
    equals share the better rank, and an actor through whom no shortest path runs has none (missing).
    """
    rows = []
    for day in days:
        for choices, graph in views(campaign, day):
            ranked = _ranked(frozenset(tuple(sorted(link)) for link in graph.edges))
            rows += [(day, *choices, actor, ranked[actor]) for actor in sorted(ranked)]
    return pd.DataFrame(rows, columns=[*VIEW, "actor", "rank"]).astype({"rank": "Int64"})


@lru_cache(maxsize=1024)  # many views, and many choices of sources, draw the same graph
def _ranked(links: frozenset[tuple[str, str]]) -> Mapping[str, float]:
    """The rank of each actor by betweenness, not a number where no shortest path runs through it."""
    value = pd.Series(nx.betweenness_centrality(nx.Graph(sorted(links))), dtype=float).round(9)
    return MappingProxyType(value.where(value > 0).rank(ascending=False, method="min").to_dict())


def rank_ranges(ranked: pd.DataFrame) -> pd.DataFrame:
    """Return the range of each actor's ranks, for those who stand between others in any view. Indexed by actor.

    Columns ``best``, ``middle`` and ``worst`` rank; ``between``, ``present`` and ``views``: in how many views a
    shortest path runs through the actor, in how many it has a link at all, and how many there are. Most often
    between come first.
    """
    views = VIEWS_A_DAY * ranked["day"].nunique()  # also those in which nobody had a link
    found = ranked.groupby("actor")["rank"].agg(
        best="min", middle="median", worst="max", between="count", present="size"
    )
    found = found[found["between"] > 0].assign(views=views)
    return found.sort_values(["between", "middle"], ascending=[False, True], kind="stable")
