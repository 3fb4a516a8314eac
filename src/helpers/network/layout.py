"""Where each actor stands in the pictures of the graph: one place for all days, so that nothing moves but the ties.

Each side has a part of the page (``part`` in what the descriptor says of ``actors.side``: left and right end, bottom
and top), so that the camps stand apart whatever the ties are. Within it an actor is put
where its name covers no other name, its ties run past nobody else and cross as few others as will do.
"""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx
import numpy as np

from helpers.record import SEED, Campaign, described

Places = dict[str, tuple[float, float]]

#: Half the width and half the height of a picture, in the units of the layout.
REACH = 1.5

#: Room that a name needs: width of one letter, height of a line with its mark above it, how far it stands below that.
LETTER, LINE, BELOW = 0.054, 0.3, 0.15

_NEAR = 0.17  # a tie that passes a mark or a name at less than this seems to end there
_STARTS, _ROUNDS, _TRIES, _SHRINK = 4, 14, 64, 0.75


@dataclass(frozen=True, eq=False)
class _Page:
    """What the search knows: room of each name, part of the page of each actor (both from the middle), ties."""

    half: np.ndarray
    low: np.ndarray
    high: np.ndarray
    ties: np.ndarray


def places(campaign: Campaign, graph: nx.Graph, *, seed: int = SEED) -> Places:
    """Return a place on the page for each node, the same on every run.

    Give it the union of all ties once (`helpers.network.union_graph`) and reuse the places in every picture:
    positions then mean the same throughout.

    Parameters
    ----------
    campaign
        The data package, for the names and sides of the actors.
    graph
        The nodes to place and the ties between them.
    seed
        Of the random tries.

    Returns
    -------
    dict
        Node to (x, y), between -`REACH` and `REACH`, without a unit.

    >>> from datetime import date
    >>> from helpers.network import union_graph
    >>> graph = union_graph(campaign, first=date(1918, 3, 1), last=date(1918, 3, 10))
    >>> at = places(campaign, graph.subgraph(["emirate", "turkestan_sovnarkom"]))
    >>> at["turkestan_sovnarkom"][0] < at["emirate"][0]
    True
    """
    nodes = sorted(graph)
    if not nodes:
        return {}
    page, rng = _page(campaign, graph, nodes), np.random.default_rng(seed)
    at = min((_settled(page, rng) for _ in range(_STARTS)), key=lambda at: _total(page, at))
    return {node: (round(float(x), 3), round(float(y), 3)) for node, (x, y) in zip(nodes, at, strict=True)}


def _settled(page: _Page, rng: np.random.Generator) -> np.ndarray:
    """From a random start, move one actor after another to the best of some spots near it, nearer in each round."""
    at = rng.uniform(page.low, page.high)
    busiest_first = np.argsort(-np.bincount(page.ties.ravel(), minlength=len(at)), kind="stable")
    for turn in range(_ROUNDS):
        step = 0.9 * _SHRINK**turn
        for one in busiest_first:
            spots = at[one] + np.vstack([np.zeros(2), rng.normal(0, step, (_TRIES, 2))])
            spots = np.clip(spots, page.low[one], page.high[one])
            at[one] = spots[_cost(page, at, one, spots).argmin()]
    return at


def _total(page: _Page, at: np.ndarray) -> float:
    return sum(float(_cost(page, at, one, at[[one]])[0]) for one in range(len(at)))


def _page(campaign: Campaign, graph: nx.Graph, nodes: list[str]) -> _Page:
    number = {node: i for i, node in enumerate(nodes)}
    width = LETTER * campaign.actors.loc[nodes, "label"].str.len().to_numpy(dtype=float)
    half = np.c_[np.maximum(width / 2, 0.07), np.full(len(nodes), LINE / 2)]
    looks = described(campaign.package, "actors", "side")["looks"]
    left, right, bottom, top = np.array([looks[side]["part"] for side in campaign.actors.loc[nodes, "side"]]).T
    limit = np.maximum(REACH - half - 0.02, 0)  # a name wider than the page stands in its middle
    low, high = np.maximum(np.c_[left, bottom], -limit), np.minimum(np.c_[right, top], limit)
    # A name wider than its side's part of the page reaches out of it, on to the middle.
    low, high = np.minimum(low, high), np.maximum(low, high)
    # Sorted, so that the order in which the graph was built decides nothing.
    ties = np.array(sorted(sorted((number[a], number[b])) for a, b in graph.edges), dtype=int).reshape(-1, 2)
    return _Page(half, low, high, ties)


def _cost(page: _Page, at: np.ndarray, one: int, spots: np.ndarray) -> np.ndarray:
    """What it costs to put an actor in each of some spots, all others staying where they are."""
    others = np.arange(len(at)) != one
    own = (page.ties == one).any(axis=1)
    foreign = page.ties[~own]
    a, b = at[foreign[:, 0]], at[foreign[:, 1]]
    missing = np.maximum(page.half[one] + page.half[others] + 0.03 - np.abs(spots[:, None] - at[others]), 0)
    cost = 120 * missing.min(axis=2).sum(axis=1) + _passed(spots[:, None], a, b)
    for end in page.ties[own].sum(axis=1) - one:
        rest, far = others & (np.arange(len(at)) != end), (foreign != end).all(axis=1)
        length = np.hypot(*(at[end] - spots).T)
        cost += 0.35 * length + 4 * np.maximum(1 - length / 0.45, 0)
        cost += _passed(at[rest], spots[:, None], at[end])
        cost += 0.35 * _crossed(spots[:, None], at[end], a[far], b[far]).sum(axis=1)
    return cost


def _passed(marks: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """What it costs that ties from `a` to `b` pass by marks and by the names below them, for each spot."""
    # Each direction by itself: numpy is slow to sum over an axis of two.
    right, up, cost = b[..., 0] - a[..., 0], b[..., 1] - a[..., 1], 0.0
    squared, x = np.maximum(right**2 + up**2, 1e-9), marks[..., 0] - a[..., 0]
    for weight, height in ((6, marks[..., 1]), (1, marks[..., 1] - BELOW)):
        y = height - a[..., 1]
        share = np.clip((x * right + y * up) / squared, 0, 1)
        cost += weight * np.maximum(1 - np.hypot(x - share * right, y - share * up) / _NEAR, 0).sum(axis=-1)
    return cost


def _crossed(a: np.ndarray, b: np.ndarray, c: np.ndarray, d: np.ndarray) -> np.ndarray:
    """Whether the tie from `a` to `b` crosses the one from `c` to `d`."""
    return (_turn(a, b, c) * _turn(a, b, d) < 0) & (_turn(c, d, a) * _turn(c, d, b) < 0)


def _turn(a: np.ndarray, b: np.ndarray, c: np.ndarray) -> np.ndarray:
    """Positive if one turns left on the way from `a` over `b` to `c`."""
    one, other = b - a, c - a
    return one[..., 0] * other[..., 1] - one[..., 1] * other[..., 0]
