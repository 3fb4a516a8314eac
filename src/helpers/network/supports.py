"""What the camps rest on: which ties stand in the way, which alone place an actor, and on whose word."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import groupby
from operator import itemgetter

import networkx as nx
import pandas as pd

from helpers import balance
from helpers.network import ancestors, graph_of, lasting, phase_days, signed_graph, ties_on
from helpers.network.camps import REDUCTIONS, ties_in_the_way
from helpers.record import Campaign, accepted


def carriers(campaign: Campaign, days: Mapping[str, date]) -> pd.DataFrame:
    """Return the ties in the way of two camps: columns ``phase``, ``reduction``, ``one``, ``other``, ``every``.

    `every` is true if every best partition frustrates the tie, false if only some do. Possible graph.
    """
    rows = []
    for phase, day in days.items():
        for way in REDUCTIONS:
            found = balance.frustrated_in(signed_graph(campaign, day, reduction=way))
            rows += [(phase, way, *sorted(edge), edge in found.every) for edge in sorted(found.some, key=sorted)]
    return pd.DataFrame(rows, columns=["phase", "reduction", "one", "other", "every"])


def in_the_way(campaign: Campaign, days: Mapping[str, date]) -> pd.DataFrame:
    """Return the ties in the way of two camps as words: one row a phase, one column a reduction."""
    names, found = campaign.actors["label"], carriers(campaign, days)
    found["pair"] = found["one"].map(names) + " – " + found["other"].map(names)

    def words(ties: pd.DataFrame) -> str:
        sure, maybe = ("; ".join(ties.loc[mask, "pair"]) for mask in (ties["every"], ~ties["every"]))
        return "; ".join(filter(None, (sure, maybe and f"some of: {maybe}")))

    table = found.groupby(["phase", "reduction"])[["pair", "every"]].apply(words).unstack("reduction")
    return table.reindex(index=pd.Index(days, name="phase"), columns=list(REDUCTIONS)).fillna("none")


def supports(campaign: Campaign, on: date) -> pd.DataFrame:
    """Return what every pair of the possible graph of a day rests on, one row a pair: columns

    ``one``, ``other``, ``sign``; ``alone``, whether no cycle runs through the tie, so that no other tie could
    contradict it and it alone places what lies behind it; ``families``, how many families of texts report a tie of
    this sign between the two.
    """
    graph = signed_graph(campaign, on)
    alone = {frozenset(pair) for pair in nx.bridges(graph)}
    standing = accepted(campaign.claims)
    family = standing["source"].map(campaign.sources["lineage"])
    signs, rows = campaign.relations["sign"], []
    for one, other, edge in graph.edges(data=True):
        ties = [tie for tie in edge["relations"] if signs[tie] == edge["sign"]]
        families = family[standing["relation"].isin(ties)].nunique()
        rows.append((*sorted((one, other)), edge["sign"], frozenset((one, other)) in alone, families))
    return pd.DataFrame(rows, columns=["one", "other", "sign", "alone", "families"]).sort_values(["one", "other"])


def quarrels_within(campaign: Campaign) -> pd.DataFrame:
    """Return the conflicts between two actors of one hierarchy, which the graph of autonomous actors does not show."""
    first, last = campaign.period
    root = ancestors(campaign.actors)
    ties = lasting(campaign.relations, first=first, last=last)
    same = ties["actor_a"].map(root) == ties["actor_b"].map(root)
    return ties[same & (ties["sign"] < 0)]


def without_each_lineage(campaign: Campaign, days: Mapping[str, date] | None = None) -> pd.DataFrame:
    """Return what is left of the graph without each family of texts, one row a lineage without which a tie goes.

    Phases keep the days they have with all sources. Columns: ``ties`` (rows of the table that go because no claim
    supports them any more), ``lost`` and ``turned`` (pairs that go from the possible graphs of the phases, and pairs
    whose sign becomes another, summed over the phases), and for each phase the frustration index. Sorted by the pairs
    lost.
    """
    days = phase_days(campaign) if days is None else days
    held, rows = {phase: ties_on(campaign, day) for phase, day in days.items()}, {}
    whole = {phase: graph_of(ties) for phase, ties in held.items()}
    indices = {phase: ties_in_the_way(graph) for phase, graph in whole.items()}
    for lineage, gone in _sole_witness(campaign).items():
        left = {phase: [tie for tie in ties if tie.key not in gone] for phase, ties in held.items()}
        touched = [phase for phase in days if len(left[phase]) < len(held[phase])]
        graphs = whole | {phase: graph_of(left[phase]) for phase in touched}
        rows[lineage] = {
            "ties": len(gone),
            "lost": sum(len(whole[phase].edges) - len(graph.edges) for phase, graph in graphs.items()),
            "turned": sum(
                sign != whole[p][a][b]["sign"] for p, g in graphs.items() for a, b, sign in g.edges(data="sign")
            ),
            **indices,
            **{phase: ties_in_the_way(graphs[phase]) for phase in touched},
        }
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=["ties", "lost", "turned", *days])
    return frame.rename_axis("lineage").sort_values(["lost", "ties"], ascending=False, kind="stable")


def _sole_witness(campaign: Campaign) -> dict[str, frozenset[str]]:
    """The ties that only one family of texts reports, by family in order."""
    claims = accepted(campaign.claims[["relation", "rank", "source"]])
    standing = claims[claims["relation"].notna()]
    lineage = campaign.sources["lineage"].to_dict()
    families: dict[str, set[str]] = {}
    for tie, source in zip(standing["relation"].tolist(), standing["source"].tolist(), strict=True):
        families.setdefault(tie, set()).add(lineage[source])
    alone = sorted((*found, tie) for tie, found in families.items() if len(found) == 1)
    return {family: frozenset(tie for _, tie in ties) for family, ties in groupby(alone, key=itemgetter(0))}
