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

from helpers.network import Reduction, Tie, graph_of, ties_on
from helpers.record import Campaign
from helpers.record.cached import cached

Choices = tuple[bool, Reduction, bool, bool]
Ties = tuple[Tie, ...]

VIEW = ["day", "certain", "reduction", "talks", "belonging"]
#: In how many ways the graph of a day can be drawn (`views`).
VIEWS_A_DAY = 2 * len(get_args(Reduction)) * 2 * 2


def views(campaign: Campaign, on: date) -> Iterator[tuple[Choices, nx.Graph]]:
    """Yield every defensible graph of who was linked to whom on a day, signs forgotten, with the choices behind it.

    Actors stand as they are, not counted as their ancestors. The choices are, in this order: ``certain``, only ties
    that must have held; ``reduction``, what becomes of a pair tied both ways (both as for
    `helpers.network.signed_graph`); ``talks``, whether dealings without a sign (negotiation, truce, mediation) are
    links; ``belonging``, whether every actor that has a link is linked to its parent.
    """
    yield from _drawn(*_told(campaign, on))


def _told(campaign: Campaign, on: date) -> tuple[Ties, Ties, tuple[tuple[str, str], ...]]:
    """What the views of a day are drawn from: ties that may have held, ties that must have, each actor's parent."""
    may, must = (ties_on(campaign, on, certain=certain, actors="all") for certain in (False, True))
    return may, must, _parents(campaign)


@cached
def _parents(campaign: Campaign) -> tuple[tuple[str, str], ...]:
    return tuple(campaign.actors["parent"].dropna().items())


def _drawn(may: Ties, must: Ties, parents: Iterable[tuple[str, str]]) -> Iterator[tuple[Choices, nx.Graph]]:
    parent, sure = dict(parents), {tie.key for tie in must}
    for certain, way in product((False, True), get_args(Reduction)):
        tied = graph_of(must if certain else may, way).edges
        met = [(tie.one, tie.other) for tie in may if not tie.sign and (tie.key in sure or not certain)]
        for talks, belonging in product((True, False), (True, False)):
            graph = nx.Graph(tied)
            if talks:
                graph.add_edges_from(met)
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
        rows += [(day, *row) for row in _ranks(*_told(campaign, day))]
    return pd.DataFrame(rows, columns=[*VIEW, "actor", "rank"]).astype({"rank": "Int64"})


@lru_cache(maxsize=256)  # many choices of sources leave the ties of a day as they are
def _ranks(may: Ties, must: Ties, parents: tuple[tuple[str, str], ...]) -> tuple[tuple, ...]:
    """The rows of `ranks` of one day, without the day."""
    rows: list[tuple] = []
    for choices, graph in _drawn(may, must, parents):
        ranked = _ranked(frozenset(tuple(sorted(link)) for link in graph.edges))
        rows += [(*choices, actor, ranked[actor]) for actor in sorted(ranked)]
    return tuple(rows)


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
