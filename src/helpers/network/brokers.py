"""Who stood between the camps: ranks over every defensible way of drawing the graph, not one centrality.

A rank by betweenness hangs on which ties are believed, whether talks and mediation count as ties, and whether
belonging (an actor and its parent) does. So each actor gets the range of its ranks over all of these.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise, product
from types import MappingProxyType
from typing import get_args

import networkx as nx
import numpy as np
import pandas as pd

from helpers.kept import kept
from helpers.network import Reduction, Tie, graph_of, ties_on
from helpers.tables import Campaign

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


@kept
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
    actors = sorted({actor for link in links for actor in link})
    values = betweenness(actors, links).round(9)
    better = (values[:, None] < values).sum(axis=1)
    return MappingProxyType(dict(zip(actors, np.where(values > 0, 1.0 + better, np.nan).tolist(), strict=True)))


def betweenness(actors: Sequence[str], links: Collection[tuple[str, str]]) -> np.ndarray:
    """Return for each actor the share of shortest paths between two others that run through it [1]_.

    It is what networkx gives, but for rounding: paths from all actors are followed at once, which for a few dozen is
    several times quicker.

    References
    ----------
    .. [1] Brandes 2001, Journal of Mathematical Sociology 25, 163-177, doi:10.1080/0022250X.2001.9990249

    >>> betweenness(["a", "b", "c"], [("a", "b"), ("b", "c")]).tolist()
    [0.0, 1.0, 0.0]
    """
    n, place = len(actors), {actor: number for number, actor in enumerate(actors)}
    linked = np.zeros((n, n))
    for one, other in links:
        linked[place[one], place[other]] = linked[place[other], place[one]] = 1
    # The number of shortest paths from each (row) to each (column), by their length.
    paths, reached = [np.eye(n)], np.eye(n, dtype=bool)
    while (further := np.where(reached, 0, paths[-1] @ linked)).any():
        paths.append(further)
        reached |= further > 0
    # What of the paths from each runs on through each, from the far ends back.
    through = np.zeros((n, n))
    for nearer, farther in reversed(list(pairwise(paths))):
        share = np.divide(1 + through, farther, out=np.zeros((n, n)), where=farther > 0)
        through += (share @ linked) * nearer
    np.fill_diagonal(through, 0)
    return through.sum(axis=0) / max((n - 1) * (n - 2), 1)


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
