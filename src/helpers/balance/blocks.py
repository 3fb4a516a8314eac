"""Blocks of a signed graph, the cycles that spoil their balance, and partitions into camps.

Two camps are enough exactly when no cycle has an odd number of negative edges [1]_, any number of camps
exactly when no cycle has a single negative edge [2]_. A `Rule` holds what differs between the two cases.
Nothing here knows networkx; `helpers.balance.programs` solves and `helpers.balance.indices` is the public face.

References
----------
.. [1] Harary 1953, Michigan Mathematical Journal 2, 143-146.
.. [2] Davis 1967, Human Relations 20, 181-187, doi:10.1177/001872676702000206
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import breadth_first_order, connected_components, dijkstra, minimum_spanning_tree

Cycle = tuple[int, ...]
"""The edge numbers of one offending cycle, ascending."""

_SHORT = 1e-5  # added to every edge weight, so that of two equally violated cycles the shorter is found
_VIOLATED = 1 - 1e-3


@dataclass(frozen=True, eq=False)
class Block:
    """Arrays of a signed graph with nodes 0 .. size-1 (simple, undirected, no self-loops).

    Attributes
    ----------
    size : number of nodes
    tail, head : integer arrays of shape (edges,)
    negative : boolean array of shape (edges,)
    """

    size: int
    tail: np.ndarray
    head: np.ndarray
    negative: np.ndarray
    _order: np.ndarray = field(init=False, repr=False)
    _keys: np.ndarray = field(init=False, repr=False)

    def __post_init__(self) -> None:
        keys = np.minimum(self.tail, self.head) * self.size + np.maximum(self.tail, self.head)
        order = np.argsort(keys)
        object.__setattr__(self, "_order", order)
        object.__setattr__(self, "_keys", keys[order])

    @property
    def edges(self) -> int:
        return len(self.tail)

    def edge(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        """Edge numbers of the node pairs (a, b)."""
        return self._order[np.searchsorted(self._keys, np.minimum(a, b) * self.size + np.maximum(a, b))]

    def adjacency(self) -> csr_array:
        ones = np.tile(np.where(self.negative, -1, 1), 2)
        ends = np.r_[self.tail, self.head], np.r_[self.head, self.tail]
        return csr_array((ones, ends), shape=(self.size, self.size))

    def frustrated(self, labels: np.ndarray) -> np.ndarray:
        """Mask of the positive edges between camps and the negative edges inside one."""
        return (labels[self.tail] != labels[self.head]) != self.negative

    def cost(self, labels: np.ndarray) -> int:
        return int(self.frustrated(labels).sum())


@dataclass(frozen=True, eq=False)
class Rule:
    """How many camps are allowed, and what that makes of cycles and of a fractional cover."""

    camps: int | None
    violated: Callable[[Block, np.ndarray, np.ndarray], set[Cycle]]
    rounded: Callable[[Block, np.ndarray], np.ndarray]


# Finding offending cycles -------------------------------------------------------------------------------


def negative_cycles(block: Block, x: np.ndarray, labels: np.ndarray) -> set[Cycle]:
    """Cycles of negative sign whose edges sum to less than 0.999 in `x`; empty only if there are none.

    A shortest path from a node to its copy in the signed double cover (a negative edge changes the layer).
    Every negative cycle holds an edge frustrated under `labels`, so one end of each suffices as a start.
    """
    u, v, n = block.tail, block.head, block.size
    far, near = np.where(block.negative, v + n, v), np.where(block.negative, v, v + n)
    arcs = np.r_[u, u + n, far, near], np.r_[far, near, u, u + n]
    weights = csr_array((np.tile(x + _SHORT, 4), arcs), shape=(2 * n, 2 * n))
    starts = np.unique(u[block.frustrated(labels)])
    if not len(starts):
        return set()
    distance, before = dijkstra(weights, indices=starts, limit=1, return_predecessors=True)
    rows = np.flatnonzero(distance[np.arange(len(starts)), starts + n] < _VIOLATED)
    return _traced(block, before, rows, starts[rows], starts[rows] + n)


def single_negative_cycles(block: Block, x: np.ndarray, labels: np.ndarray) -> set[Cycle]:
    """Cycles with one negative edge that sum to less than 0.999 in `x`; empty only if there are none.

    For each negative edge, a shortest path of positive edges between its ends.
    """
    plus, minus = np.flatnonzero(~block.negative), np.flatnonzero(block.negative)
    u, v, n = block.tail, block.head, block.size
    weights = csr_array((x[plus] + _SHORT, (u[plus], v[plus])), shape=(n, n))
    starts, rows = np.unique(u[minus], return_inverse=True)
    if not len(starts):
        return set()
    distance, before = dijkstra(weights, directed=False, indices=starts, limit=1, return_predecessors=True)
    short = distance[rows, v[minus]] + x[minus] < _VIOLATED
    return _traced(block, before, rows[short], u[minus][short], v[minus][short], closing=minus[short])


def _traced(
    block: Block,
    before: np.ndarray,
    rows: np.ndarray,
    starts: np.ndarray,
    ends: np.ndarray,
    *,
    closing: np.ndarray | None = None,
) -> set[Cycle]:
    """Edges of the paths start -> end in each row of a predecessor matrix, with the edge closing each."""
    which, used = [], []
    number, here = np.arange(len(rows)), ends
    if closing is not None:
        which, used = [number], [closing]
    while len(number):
        there = before[rows[number], here]
        which.append(number)
        used.append(block.edge(there % block.size, here % block.size))
        going = there != starts[number]
        number, here = number[going], there[going]
    if not used:
        return set()
    row, edge = np.concatenate(which), np.concatenate(used)
    count = coo_array((np.ones(len(row), dtype=int), (row, edge)), shape=(len(rows), block.edges)).tocsr()
    # An edge walked twice cancels: what is left still holds an offending cycle, and is no heavier.
    odd = [count.indices[a:b][count.data[a:b] % 2 == 1] for a, b in pairwise(count.indptr)]
    return {tuple(sorted(edges.tolist())) for edges in odd}


# From a fractional cover to a partition ----------------------------------------------------------------


def two_camps(block: Block, x: np.ndarray) -> np.ndarray:
    """Labels 0 and 1 that satisfy every edge of a lightest spanning forest under `x`."""
    forest = minimum_spanning_tree(csr_array((x + 1e-3, (block.tail, block.head)), shape=(block.size,) * 2))
    labels = np.full(block.size, -1)
    for root in range(block.size):
        if labels[root] >= 0:
            continue
        order, parent = breadth_first_order(forest, root, directed=False)
        labels[root] = 0
        below, above = order[1:], parent[order[1:]]
        flips = block.negative[block.edge(below, above)]
        for node, over, flip in zip(below.tolist(), above.tolist(), flips.tolist(), strict=True):
            labels[node] = labels[over] ^ flip
    return labels


def any_camps(block: Block, x: np.ndarray) -> np.ndarray:
    """Labels by the connected parts left when the positive edges with x > 1/2 are cut."""
    kept = ~block.negative & (x <= 0.5)
    joined = csr_array((np.ones(kept.sum()), (block.tail[kept], block.head[kept])), shape=(block.size,) * 2)
    return connected_components(joined, directed=False)[1].astype(int)


TWO = Rule(2, negative_cycles, two_camps)
ANY = Rule(None, single_negative_cycles, any_camps)


def descended(block: Block, labels: np.ndarray, camps: int | None) -> np.ndarray:
    """Return a partition that moving no single node betters, from `labels` (which stay below `camps`) on."""
    width = min(block.size, camps if camps is not None else int(labels.max()) + 2)
    matrix, nodes, labels = block.adjacency(), np.arange(block.size), labels.copy()
    ties = matrix @ np.eye(width)[labels]  # ties[v, c]: sum of the signs from v into camp c
    while True:
        gain = ties - ties[nodes, labels][:, None]
        node, camp = divmod(int(gain.argmax()), width)
        if gain[node, camp] <= 0:
            return labels
        near = slice(matrix.indptr[node], matrix.indptr[node + 1])
        ties[matrix.indices[near], labels[node]] -= matrix.data[near]
        ties[matrix.indices[near], camp] += matrix.data[near]
        labels[node] = camp
