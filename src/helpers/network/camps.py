"""Did the camps hold? The signed graph over time and its balance as a band (`supports` says what it hangs on).

Every measure is taken of the ties that may have held on a day and of those that must have (`helpers.network`), so
that it has two values, and no single measure stands for balance (`helpers.balance`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import get_args

import networkx as nx
import pandas as pd

from helpers import balance
from helpers.network import Reduction, signed_graph
from helpers.record import SEED, Campaign

REDUCTIONS: tuple[Reduction, ...] = get_args(Reduction)
#: The two reductions that between them keep every sign of a pair.
BOTH: tuple[Reduction, Reduction] = ("alliance", "conflict")
SHUFFLES = 199


def marked(campaign: Campaign, on: date) -> nx.Graph:
    """Return the graph of the ties that may have held, as it is drawn.

    Its edges have three attributes more. ``held`` says for each sign that the pair may have had on the day whether
    it must have had it, {1: True, -1: False} for an alliance that is certain beside a conflict that is only
    possible; ``kinds`` names the kinds of tie behind each sign; ``certain`` is what ``held`` says of the sign to
    which the pair is reduced.

    >>> edge = marked(campaign, date(1918, 2, 10))["emirate"]["kokand_autonomy"]
    >>> edge["held"], edge["kinds"]
    ({-1: False}, {-1: 'refusal'})
    """
    graph = signed_graph(campaign, on)
    may, must = ([signed_graph(campaign, on, certain=sure, reduction=way) for way in BOTH] for sure in (False, True))
    for one, other, edge in graph.edges(data=True):
        ties = [part[one][other] for part in may]
        sure = {part[one][other]["sign"] for part in must if part.has_edge(one, other)}
        edge["held"] = {tie["sign"]: tie["sign"] in sure for tie in ties}
        edge["kinds"] = {tie["sign"]: tie["kind"] for tie in ties}
        edge["certain"] = edge["held"][edge["sign"]]
    return graph


def listed(campaign: Campaign, graphs: Mapping[str, nx.Graph]) -> pd.DataFrame:
    """Return the ties of some graphs as `marked` as a table: one row a phase, a pair and a sign.

    Columns ``phase``, ``one``, ``other``, ``sign`` (alliance or conflict), ``kinds``, ``must`` (whether it must have
    held) and ``ties``, the keys of its rows in the table `relations`.
    """
    names, signs, rows = campaign.actors["label"], campaign.relations["sign"], []
    for phase, graph in graphs.items():
        for one, other, edge in graph.edges(data=True):
            for sign, must in edge["held"].items():
                ties = ", ".join(tie for tie in edge["relations"] if signs[tie] == sign)
                word = "alliance" if sign > 0 else "conflict"
                rows.append((phase, names[one], names[other], word, edge["kinds"][sign], must, ties))
    return pd.DataFrame(rows, columns=["phase", "one", "other", "sign", "kinds", "must", "ties"])


def measures(graph: nx.Graph) -> dict[str, float]:
    """Return what is reported of a signed graph, all of it together.

    Counts of ``actors``, ``ties``, ``conflicts``, of ``on_cycles`` (ties on any cycle, the only ones that can be
    out of balance) and of ``mixed`` ties; the four triangles ``ppp``, ``ppm``, ``pmm``, ``mmm``; the frustration
    index ``two_camps``; the clusterability index ``many_camps``; walk balance ``walks``.
    """
    signs = [sign for *_, sign in graph.edges(data="sign")]
    count = balance.triads(graph)
    return {
        "actors": len(graph), "ties": len(signs), "conflicts": signs.count(-1),
        "on_cycles": len(signs) - sum(1 for _ in nx.bridges(graph)),
        "mixed": sum(mixed for *_, mixed in graph.edges(data="mixed")),
        "ppp": count.ppp, "ppm": count.ppm, "pmm": count.pmm, "mmm": count.mmm,
        "two_camps": balance.frustration(graph).index, "many_camps": balance.clusterability(graph).index,
        "walks": round(balance.walk_balance(graph), 3),
    }  # fmt: skip


def series(campaign: Campaign, days: Iterable[date], *, reduction: Reduction = "conflict") -> pd.DataFrame:
    """Return the `measures` of some days, one row a day and graph: columns ``day``, ``graph`` (possible, certain).

    >>> series(campaign, [date(1917, 12, 26)])[["graph", "two_camps", "many_camps"]].values.tolist()
    [['possible', 1, 0], ['certain', 0, 0]]
    """
    rows = [
        {
            "day": pd.Timestamp(day),
            "graph": name,
            **measures(signed_graph(campaign, day, certain=sure, reduction=reduction)),
        }
        for day in days
        for name, sure in (("possible", False), ("certain", True))
    ]
    return pd.DataFrame(rows)


def against_chance(
    campaign: Campaign,
    days: Mapping[str, date],
    *,
    reduction: Reduction = "conflict",
    shuffles: int = SHUFFLES,
    seed: int = SEED,
) -> pd.DataFrame:
    """Return the frustration index of the possible graph beside shuffles of its signs, one row a phase.

    Columns ``two_camps``, ``expected`` (the mean), ``low`` and ``high`` (5th and 95th percentile of the
    shuffles), ``z``, ``p`` (lower tail: as few frustrated ties or fewer). On a graph whose cycles are few,
    hardly any value can be rare.
    """
    rows = {}
    for phase, day in days.items():
        graph = signed_graph(campaign, day, reduction=reduction)
        found = _shuffled(tuple(graph), tuple(graph.edges(data="sign")), shuffles, seed)
        low, high = pd.Series(found.samples).quantile([0.05, 0.95])
        rows[phase] = {
            "day": pd.Timestamp(day),
            "two_camps": int(found.observed),
            "expected": found.mean,
            "low": low,
            "high": high,
            "z": found.z,
            "p": found.p,
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("phase")


@lru_cache(maxsize=1024)  # many choices of sources leave the graph of a phase as it is
def _shuffled(actors: tuple[str, ...], ties: tuple[tuple[str, str, int], ...], n: int, seed: int) -> balance.NullModel:
    return balance.frustration_null_model(_of(actors, ties), n=n, seed=seed)


def ties_in_the_way(graph: nx.Graph) -> int:
    """Return how many ties stand in the way of two camps: the frustration index.

    >>> ties_in_the_way(signed_graph(campaign, date(1917, 12, 26)))
    1
    """
    return _frustrated(tuple(graph), tuple(graph.edges(data="sign")))


@lru_cache(maxsize=1024)  # many choices of sources leave a graph as it is
def _frustrated(actors: tuple[str, ...], ties: tuple[tuple[str, str, int], ...]) -> int:
    return balance.frustration(_of(actors, ties)).index


def _of(actors: tuple[str, ...], ties: tuple[tuple[str, str, int], ...]) -> nx.Graph:
    graph = nx.Graph()
    graph.add_nodes_from(actors)
    graph.add_weighted_edges_from(ties, weight="sign")
    return graph


def turned(campaign: Campaign, days: Iterable[date]) -> list[tuple[str, str]]:
    """Return the pairs, sorted, with nothing but an alliance on one of the days and nothing but a conflict on a later.

    Possible graphs, so that neither the alliance nor the conflict need have been certain.
    """
    friends: set[tuple[str, str]] = set()
    found = set()
    for day in days:
        held = {tuple(sorted((a, b))): set(held) for a, b, held in marked(campaign, day).edges(data="held")}
        found |= {pair for pair, signs in held.items() if signs == {-1} and pair in friends}
        friends |= {pair for pair, signs in held.items() if signs == {1}}
    return sorted(found)


def common_enemies(graph: nx.Graph) -> list[tuple[str, str, str]]:
    """Return the triangles of three mutual enemies, each sorted, in order."""
    enemies = nx.Graph((a, b) for a, b, sign in graph.edges(data="sign") if sign < 0)
    return sorted(tuple(sorted(clique)) for clique in nx.enumerate_all_cliques(enemies) if len(clique) == 3)
