"""Where each actor stands in the pictures of the graph: one place for all days, so that nothing moves but the ties.

Sides have fixed anchors; actors are drawn to the anchor of their side and to their allies, then moved apart until
no name lies on another.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import combinations
from types import MappingProxyType

import networkx as nx

from helpers.tables import Campaign

Places = dict[str, tuple[float, float]]

#: Half the width and half the height of a picture, in the units of the layout.
REACH = 1.5

#: Where the sides stand on the page, so that no picture ever moves them.
ANCHORS: Mapping[str, tuple[float, float]] = MappingProxyType({
    "soviet": (-0.95, 0.45), "young_bukharan": (-0.75, -0.95), "emirate": (0.75, 0.0), "imperial": (0.1, 1.2),
    "foreign": (1.0, 1.1), "autonomy": (-0.95, 1.25), "go_between": (1.05, -0.6), "civilian": (0.2, -1.1),
})  # fmt: skip

#: Room that a name needs: width of one letter, height of a line with its mark.
LETTER, LINE = 0.054, 0.31


def places(campaign: Campaign, graph: nx.Graph, *, seed: int = 1918) -> Places:
    """Return a place on the page for each node: seeded, drawn by alliances, held near the anchor of its side.

    Give it the union of all ties once (`helpers.network.union_graph`) and reuse the places in every picture:
    positions then mean the same throughout. Coordinates lie between -`REACH` and `REACH`, without a unit.
    """
    side = campaign.actors["side"]
    drawn = nx.Graph([(a, b) for a, b, days in graph.edges(data="days") if 1 in days])
    drawn.add_nodes_from(graph)
    drawn.add_edges_from((node, ("anchor", side[node])) for node in sorted(graph))
    fixed = {node: ANCHORS[node[1]] for node in drawn if isinstance(node, tuple)}
    begin = fixed | {node: _near(ANCHORS[side[node]], rank, len(graph)) for rank, node in enumerate(sorted(graph))}
    found = nx.spring_layout(drawn, pos=begin, fixed=list(fixed), k=0.7, iterations=200, seed=seed)
    names = campaign.actors["label"]
    return apart({node: tuple(map(float, found[node])) for node in sorted(graph)}, {n: names[n] for n in graph})


def apart(places: Mapping[str, tuple[float, float]], names: Mapping[str, str], *, rounds: int = 600) -> Places:
    """Return the places moved as little as will do for no name to lie on another, inside the picture.

    Each overlapping pair is pushed apart along the direction in which less is missing, all pairs in turn, until
    none is left or the rounds are over.
    """
    half = {node: (LETTER * len(names[node]) / 2, LINE / 2) for node in places}
    at = {node: list(place) for node, place in places.items()}
    for _ in range(rounds):
        moved = False
        for one, other in combinations(sorted(at), 2):
            moved |= _push(at[one], at[other], half[one], half[other])
        for node, place in at.items():
            for axis in (0, 1):
                limit = REACH - half[node][axis] - 0.02
                place[axis] = min(max(place[axis], -limit), limit)
        if not moved:
            break
    return {node: (round(x, 3), round(y, 3)) for node, (x, y) in at.items()}


def _push(one: list[float], other: list[float], half: tuple[float, float], half_other: tuple[float, float]) -> bool:
    """Move two places apart, half the way each, if their names overlap."""
    missing = [half[axis] + half_other[axis] - abs(one[axis] - other[axis]) for axis in (0, 1)]
    if min(missing) <= 0.001:
        return False
    axis = 0 if missing[0] < missing[1] else 1
    step = missing[axis] / 2 * (1 if one[axis] >= other[axis] else -1)
    one[axis] += step
    other[axis] -= step
    return True


def _near(anchor: tuple[float, float], rank: int, count: int) -> tuple[float, float]:
    """A start near the anchor, another for each node, so that none begins on top of another."""
    angle = 2 * math.pi * rank / max(count, 1)
    return anchor[0] + 0.2 * math.cos(angle), anchor[1] + 0.2 * math.sin(angle)
