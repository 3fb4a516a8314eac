"""The alliances and conflicts as a signed graph at a day.

A tie has four dates, so that a day gives two graphs: the ties that *may* have held (`possible`) and those that
*must* have held (`certain`). The truth lies between them. An empty date is no bound: a tie whose latest possible
beginning is unknown is never certain.

Hierarchy is not alliance. With ``actors="autonomous"`` every actor is counted as its ancestor without a parent,
and ties within one hierarchy are left out: they would balance triangles for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal, NamedTuple

import networkx as nx
import pandas as pd

from helpers.record import Campaign, described
from helpers.record.cached import cached

Actors = Literal["autonomous", "all"]
Reduction = Literal["conflict", "alliance", "drop"]


class Tie(NamedTuple):
    """A tie between two actors, in the order of their names: the key of its row, its sign (0 for dealings), its kind.

    With ``actors="autonomous"`` each is the ancestor of the actor that the row names.
    """

    key: str
    one: str
    other: str
    sign: int
    kind: str


def ancestors(actors: pd.DataFrame) -> dict[str, str]:
    """Return for each actor the ancestor that has no parent: itself, if it is autonomous.

    >>> ancestors(campaign.actors)["irgash"]
    'kokand_autonomy'
    """
    parent = actors["parent"].dropna().to_dict()

    def root(actor: str) -> str:
        while actor in parent:
            actor = parent[actor]
        return actor

    return {actor: root(actor) for actor in actors.index}


def active(relations: pd.DataFrame, on: date, *, certain: bool = False) -> pd.DataFrame:
    """Return the ties that may have held on a day, or only those that must have.

    Parameters
    ----------
    relations
        The table `relations`.
    on
        The day, New Style.
    certain
        Keep only ties certain on that day: begun at the latest and ended at the earliest, and not merely
        possible (`certainty`).

    >>> tie = campaign.relations.loc[["alimkhan-kokand_autonomy-refusal"]]
    >>> [len(active(tie, date(1917, 12, day))) for day in (9, 10)]
    [0, 1]
    """
    if not certain:
        return lasting(relations, first=on, last=on)
    day = pd.Timestamp(on)
    held = (relations["start_latest"] <= day) & (day <= relations["end_earliest"])
    return relations[held & (relations["certainty"] != "possible")]


def lasting(relations: pd.DataFrame, *, first: date, last: date) -> pd.DataFrame:
    """Return the ties that may have held on some day between two days."""
    begun = relations["start_earliest"].isna() | (relations["start_earliest"] <= pd.Timestamp(last))
    ended = relations["end_latest"].notna() & (relations["end_latest"] < pd.Timestamp(first))
    return relations[begun & ~ended]


def change_points(relations: pd.DataFrame, *, certain: bool = False) -> list[date]:
    """Return the days on which the graph is another than on the day before, in order.

    Between two of them nothing changes, so a series needs these days only.

    >>> tie = campaign.relations.loc[["alimkhan-kokand_autonomy-refusal"]]
    >>> [day.isoformat() for day in change_points(tie)]
    ['1917-12-10', '1918-02-23']
    """
    first, last = ("start_latest", "end_earliest") if certain else ("start_earliest", "end_latest")
    starts, ends = relations[first].dropna(), relations[last].dropna() + pd.Timedelta(days=1)
    if certain:
        sure = relations[relations["certainty"] != "possible"].dropna(subset=[first, last])
        sure = sure[sure[first] <= sure[last]]
        starts, ends = sure[first], sure[last] + pd.Timedelta(days=1)
    return sorted({day.date() for day in pd.concat([starts, ends])})


def signed_graph(
    campaign: Campaign,
    on: date | None = None,
    *,
    certain: bool = False,
    actors: Actors = "autonomous",
    reduction: Reduction = "conflict",
) -> nx.Graph:
    """Return who stood with whom and against whom.

    Parameters
    ----------
    campaign
        The data package.
    on
        The day, New Style; without one, all ties of the table together.
    certain
        Only ties that must have held on the day (see `active`). Needs a day.
    actors
        ``"autonomous"`` counts every actor as its ancestor without a parent; ``"all"`` leaves actors as they are.
    reduction
        What becomes of two actors tied both ways on one day: the ``"conflict"`` wins, the ``"alliance"``
        wins, or the pair is ``"drop"``-ped. It is never summed up in silence: the edge says ``mixed``.

    Returns
    -------
    networkx.Graph
        Nodes carry ``label``, ``name``, ``kind`` and ``side``; edges ``sign`` (1 or -1), ``mixed`` (bool), ``kind``
        (the kinds of the ties that made the sign, joined by commas) and ``relations`` (the ids of all ties, sorted).
        Dealings without a sign (talks, truces, mediation) make no edge.

    Raises
    ------
    ValueError
        If `certain` is asked for without a day, or a word is none of those above.

    >>> graph = signed_graph(campaign, date(1918, 3, 2))
    >>> graph["emirate"]["turkestan_sovnarkom"]["sign"], graph.nodes["emirate"]["side"]
    (-1, 'emirate')
    """
    _known("actors", actors, Actors)
    _known("reduction", reduction, Reduction)
    if certain and on is None:
        raise ValueError("which ties are certain depends on the day: give `on`")
    graph = graph_of(ties_on(campaign, on, certain=certain, actors=actors), reduction)
    described_as = _described(campaign)
    for actor in graph:
        graph.nodes[actor].update(described_as[actor])
    return graph


def graph_of(ties: Iterable[Tie], reduction: Reduction = "conflict") -> nx.Graph:
    """Return the graph that some ties make, its edges as for `signed_graph`; nothing is said of the actors.

    >>> ties = [Tie("one", "a", "b", 1, "alliance"), Tie("other", "a", "b", -1, "war")]
    >>> [len(graph_of(ties, reduction).edges) for reduction in ("conflict", "drop")]
    [1, 0]
    """
    pairs: dict[tuple[str, str], list[Tie]] = {}
    for tie in ties:
        if tie.sign:
            pairs.setdefault((tie.one, tie.other), []).append(tie)
    graph = nx.Graph()
    for pair in sorted(pairs):
        if edge := _reduced(pairs[pair], reduction):
            graph.add_edge(*pair, **edge)
    return graph


@cached
def ties_on(
    campaign: Campaign, on: date | None = None, *, certain: bool = False, actors: Actors = "autonomous"
) -> tuple[Tie, ...]:
    """Return the ties of a day, dealings among them, each counted for two actors; parameters as for `signed_graph`.

    >>> "alimkhan-kokand_autonomy-refusal" in {tie.key for tie in ties_on(campaign, date(1917, 12, 10), actors="all")}
    True
    """
    held = campaign.relations[list(_TIE)] if on is None else _held(campaign, on, certain=certain)
    return _ties(held, _ancestors(campaign) if actors == "autonomous" else {})


def _ties(rows: pd.DataFrame, root: Mapping[str, str]) -> tuple[Tie, ...]:
    """The ties of some rows, each counted for two ancestors; ties within one are gone."""
    found = []
    for key, a, b, sign, kind in zip(rows.index, *(rows[column].tolist() for column in _TIE), strict=True):
        one, other = sorted((root.get(a, a), root.get(b, b)))
        if one != other:
            found.append(Tie(key, one, other, sign, kind))
    return tuple(found)


_TIE = ("actor_a", "actor_b", "sign", "kind")
_HOLDS = ("start_earliest", "start_latest", "end_earliest", "end_latest", "certainty")


@cached
def _held(campaign: Campaign, on: date, *, certain: bool) -> pd.DataFrame:
    return active(_relations(campaign), on, certain=certain)[list(_TIE)]


@cached
def _relations(campaign: Campaign) -> pd.DataFrame:
    """The columns of the ties that a graph needs: the table is wide, and many days are asked for."""
    return campaign.relations[[*_TIE, *_HOLDS]]


@cached
def _ancestors(campaign: Campaign) -> dict[str, str]:
    return ancestors(campaign.actors)


@cached
def _described(campaign: Campaign) -> dict[str, dict[str, str]]:
    """What a graph says of each actor."""
    return campaign.actors[["label", "name", "kind", "side"]].to_dict(orient="index")


def dealings(campaign: Campaign, on: date, *, actors: Actors = "autonomous") -> pd.DataFrame:
    """Return talks, truces and mediation that may have held on a day: columns ``one``, ``other``, ``kind``, by id.

    >>> talks = dealings(campaign, date(1917, 12, 15))
    >>> talks.loc["ybc_committee-kolesov-negotiation", ["one", "other", "kind"]].tolist()
    ['turkestan_sovnarkom', 'young_bukharans', 'negotiation']
    """
    talks = [tie for tie in ties_on(campaign, on, actors=actors) if not tie.sign]
    return pd.DataFrame(talks, columns=Tie._fields).set_index("key").rename_axis(campaign.relations.index.name)


@cached
def phase_days(campaign: Campaign) -> dict[str, date]:
    """Return the day that stands for each part of the story: the last on which its event can have happened.

    Which event that is, says ``event_of`` in what the descriptor says of ``events.phase``. By that day all that the
    event began has begun. On the first day it can have happened, nothing of it is certain where a source knows only
    the month. A phase without such an event, or whose event has no day under these sources, is left out.

    >>> phase_days(campaign)["winter"].isoformat()
    '1917-12-26'
    """
    event_of = described(campaign.package, "events", "phase")["event_of"]
    last = campaign.events["latest"].reindex(event_of.values()).fillna(campaign.events["earliest"])
    return {phase: last[event].date() for phase, event in event_of.items() if pd.notna(last[event])}


def union_graph(campaign: Campaign, *, first: date, last: date, actors: Actors = "autonomous") -> nx.Graph:
    """Return all pairs tied at some time between two days, with ``weight`` = days on which a tie may have held.

    Unlike `signed_graph` it has one edge for each pair whatever the sign; ``days`` holds the two counts,
    {1: days of alliance, -1: days of conflict}.

    >>> graph = union_graph(campaign, first=date(1918, 3, 1), last=date(1918, 3, 10))
    >>> graph["emirate"]["turkestan_sovnarkom"]["days"]
    {-1: 9, 1: 1}
    """
    lo, hi = pd.Timestamp(first), pd.Timestamp(last)
    ties = campaign.relations[campaign.relations["sign"] != 0]
    start = ties["start_earliest"].fillna(lo).clip(lower=lo)
    end = ties["end_latest"].fillna(hi).clip(upper=hi)
    lasted = ((end - start).dt.days + 1).to_dict()
    longest: dict[tuple[str, str, int], int] = {}
    for tie in _ties(ties, _ancestors(campaign) if actors == "autonomous" else {}):
        if lasted[tie.key] > 0:
            pair = tie.one, tie.other, int(tie.sign)
            longest[pair] = max(longest.get(pair, 0), int(lasted[tie.key]))
    graph = nx.Graph()
    for (one, other, sign), days in sorted(longest.items()):
        known = graph.get_edge_data(one, other, {"days": {}})["days"] | {sign: days}
        graph.add_edge(one, other, days=known, weight=max(known.values()))
    return graph


def _reduced(ties: list[Tie], reduction: Reduction) -> dict | None:
    """The attributes of the one edge that stands for all ties of a pair; None if it is dropped."""
    signs = {tie.sign for tie in ties}
    mixed = len(signs) > 1
    if mixed and reduction == "drop":
        return None
    sign = int((max if reduction == "alliance" else min)(signs))
    kinds = ", ".join(sorted({tie.kind for tie in ties if tie.sign == sign}))
    return {"sign": sign, "mixed": mixed, "kind": kinds, "relations": tuple(sorted(tie.key for tie in ties))}


def _known(name: str, value: str, words) -> None:
    allowed: Iterable[str] = words.__args__
    if value not in allowed:
        raise ValueError(f"{name}={value!r}: write one of {', '.join(map(repr, allowed))}")
