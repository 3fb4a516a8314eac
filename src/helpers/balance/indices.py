"""Exact line indices of a signed graph: how many ties stand in the way of two camps, or of any number.

The *frustration index* (line index of balance) is the least number of edges whose removal, or change of
sign, leaves a graph that falls into two camps: friends inside, enemies across [1]_ [2]_. The *clusterability
index* allows any number of camps, as weak balance does [3]_, or at most `k` [4]_. Both are NP-hard; a result
therefore says whether it was proven, and gives the proven lower bound beside the best partition found.

References
----------
.. [1] Harary 1959, Behavioral Science 4, 316-323
.. [2] Aref, Mason & Wilson 2020, Networks 75, 95-110, doi:10.1002/net.21907
.. [3] Davis 1967, Human Relations 20, 181-187, doi:10.1177/001872676702000206
.. [4] Doreian & Mrvar 1996, Social Networks 18, 149-168, doi:10.1016/0378-8733(95)00259-6
"""

from __future__ import annotations

import time
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace
from numbers import Real

import networkx as nx
import numpy as np

from helpers.balance import exhaustive
from helpers.balance.blocks import ANY, TWO, Block, Rule, any_camps, two_camps
from helpers.balance.programs import Cover, cover, other_optimum, within

Node = Hashable
Edge = tuple[Node, Node]


@dataclass(frozen=True, eq=False)
class SignedGraph:
    """A checked signed graph: nodes and edges in the order of the networkx graph, and their arrays."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    whole: Block

    @property
    def signs(self) -> np.ndarray:
        """Signs as integers +1 and -1, shape (edges,)."""
        return np.where(self.whole.negative, -1, 1)

    def blocks(self) -> Iterator[tuple[np.ndarray, Block]]:
        """Biconnected blocks with a cycle, each with the numbers of its edges.

        Every cycle lies in one block, so that both indices are sums over blocks and bridges cost nothing.
        """
        tail, head = self.whole.tail.tolist(), self.whole.head.tolist()
        number = {frozenset(ends): i for i, ends in enumerate(zip(tail, head, strict=True))}
        plain = nx.Graph(zip(tail, head, strict=True))
        for ends in nx.biconnected_component_edges(plain):
            if len(ends) > 2:
                edges = np.sort([number[frozenset(pair)] for pair in ends])
                yield edges, self._block(edges)

    def _block(self, edges: np.ndarray) -> Block:
        ends = np.r_[self.whole.tail[edges], self.whole.head[edges]]
        nodes, local = np.unique(ends, return_inverse=True)
        tail, head = local[: len(edges)], local[len(edges) :]
        return Block(len(nodes), tail, head, self.whole.negative[edges])


def signed(graph: nx.Graph, *, sign: str = "sign") -> SignedGraph:
    """Check a signed graph and turn it into arrays.

    Raises
    ------
    ValueError
        If the graph is directed or a multigraph, or an edge is a self-loop or has no sign of +1 or -1.
    """
    if graph.is_directed() or graph.is_multigraph():
        kind = "directed" if graph.is_directed() else "a multigraph"
        raise ValueError(f"the graph is {kind}: reduce it to one undirected tie per pair of nodes first")
    number = {node: i for i, node in enumerate(graph)}
    negative = [_is_negative(u, v, ties.get(sign), sign) for u, v, ties in graph.edges(data=True)]
    ends = np.array([(number[u], number[v]) for u, v in graph.edges], dtype=int).reshape(-1, 2)
    whole = Block(len(number), ends[:, 0], ends[:, 1], np.array(negative, dtype=bool))
    return SignedGraph(tuple(graph), tuple(graph.edges), whole)


def _is_negative(u: Node, v: Node, value: object, sign: str) -> bool:
    if u == v:
        raise ValueError(f"edge ({u!r}, {v!r}) is a self-loop: remove it")
    if isinstance(value, bool) or not isinstance(value, Real) or value not in (1, -1):
        raise ValueError(f"edge ({u!r}, {v!r}) has {sign}={value!r}: give it +1 or -1, or remove it")
    return value == -1


@dataclass(frozen=True)
class LineIndex:
    """Best partition into camps that was found, and what is proven about it.

    Attributes
    ----------
    index : cost of the partition; the line index itself if `exact`, else an upper bound of it
    lower_bound : no partition costs less (equal to `index` if `exact`)
    exact : whether `index` is proven to be the least
    camps : node sets; the first holds the graph's first node
    frustrated_edges : positive edges between camps and negative edges inside one, as `graph.edges` has them
    edges : number of edges of the graph
    """

    index: int
    lower_bound: int
    exact: bool
    camps: tuple[frozenset[Node], ...]
    frustrated_edges: frozenset[Edge]
    edges: int

    @property
    def normalised(self) -> float:
        """1 - 2 index / edges: 1 for a balanced graph, 0 at the worst; 1 without edges [1]_.

        References
        ----------
        .. [1] Aref & Wilson 2018, Journal of Complex Networks 6, 566-595, doi:10.1093/comnet/cnx044
        """
        return 1 - 2 * self.index / self.edges if self.edges else 1.0


@dataclass(frozen=True)
class FrustratedIn:
    """Edges frustrated in every, and in some, optimal partition into two camps.

    If not `exact`, the time was up: `every` may then hold edges too many and `some` may lack edges.
    """

    every: frozenset[Edge]
    some: frozenset[Edge]
    exact: bool

    @property
    def unique(self) -> bool | None:
        """Whether only one set of edges is optimal; None if that was not proven.

        The camps of a connected graph are then unique too.
        """
        return self.every == self.some if self.exact else None


def frustration(graph: nx.Graph, *, sign: str = "sign", time_limit: float = 60) -> LineIndex:
    """Frustration index: least number of edges in the way of two camps (one may be empty).

    Parameters
    ----------
    graph : undirected simple graph, not necessarily connected
    sign : edge attribute that holds +1 or -1
    time_limit : seconds; roughly kept, as a step of the solver is not interrupted

    Raises
    ------
    ValueError
        See `signed`.

    Notes
    -----
    The optimal partition need not be unique, see `frustrated_in`. How the camps of separate components are
    put together is arbitrary.

    >>> graph = nx.Graph()
    >>> graph.add_edges_from([("a", "b"), ("b", "c"), ("a", "c")], sign=-1)
    >>> found = frustration(graph)
    >>> found.index, found.exact
    (1, True)
    """
    given = signed(graph, sign=sign)
    lower, frustrated, _ = _by_blocks(given, TWO, time.monotonic() + time_limit)
    # Every node reached over satisfied edges takes its side; what was cut off takes any.
    return _line_index(given, two_camps(given.whole, frustrated.astype(float)), lower, 2)


def frustration_of_signings(given: SignedGraph, signings: np.ndarray, *, time_limit: float = 60) -> np.ndarray:
    """Return the frustration index of a graph under each of several signings of its edges, shape (signings,).

    Which cycles there are is found out once, as it does not hang on the signs.

    Parameters
    ----------
    given : the graph; its own signs play no part
    signings : integers +1 and -1, shape (signings, edges)
    time_limit : seconds for each signing, as for `frustration`
    """
    negative, costs = signings < 0, np.zeros(len(signings), dtype=int)
    for edges, block in given.blocks():
        if block.size <= exhaustive.SMALL:
            costs += exhaustive.costs_of_signings(block, negative[:, edges])
        else:
            signed_blocks = (replace(block, negative=signs) for signs in negative[:, edges])
            costs += [one.cost(cover(one, TWO, time.monotonic() + time_limit).labels) for one in signed_blocks]
    return costs


def clusterability(graph: nx.Graph, k: int | None = None, *, sign: str = "sign", time_limit: float = 60) -> LineIndex:
    """Clusterability index: least number of edges in the way of any number of camps, or of at most `k`.

    Parameters are those of `frustration`. Without `k` the camps are as fine as an optimal partition of this
    cost allows: nodes share a camp only if satisfied positive edges join them, so that their number says
    little; camps without a tie between them could be one.

    Raises
    ------
    ValueError
        If `k` is less than 1; else see `signed`.

    >>> graph = nx.Graph()
    >>> graph.add_edges_from([("a", "b"), ("b", "c"), ("a", "c")], sign=-1)
    >>> clusterability(graph).index, clusterability(graph, 2).index
    (0, 1)
    """
    if k is not None and k < 1:
        raise ValueError(f"k={k!r}: a partition needs at least one camp")
    if k == 2:
        return frustration(graph, sign=sign, time_limit=time_limit)
    given, deadline = signed(graph, sign=sign), time.monotonic() + time_limit
    lower, frustrated, found = _by_blocks(given, ANY, deadline)
    labels = any_camps(given.whole, frustrated.astype(float))
    if k is None or k >= len(given.nodes):
        return _line_index(given, labels, lower, 0)
    known = within(given.whole, k, labels.clip(max=k - 1), Cover(labels, lower, found), deadline)
    return _line_index(given, known.labels, known.lower, 0)


def frustrated_in(graph: nx.Graph, *, sign: str = "sign", time_limit: float = 60) -> FrustratedIn:
    """Edges frustrated in every and in some optimal partition into two camps.

    Small blocks are tried whole (`helpers.balance.exhaustive`). In larger ones further optima are found by solving
    again with the index as a budget: each solution holds as many as possible of the edges not yet seen
    frustrated, or as few as possible of those always seen so. The sets are exact when the solver proves that
    no further optimum would change them. Meant for graphs of up to about a hundred nodes. Parameters and
    errors are those of `frustration`.

    >>> graph = nx.Graph()
    >>> graph.add_edges_from([("a", "b"), ("b", "c"), ("a", "c")], sign=-1)
    >>> found = frustrated_in(graph)
    >>> len(found.every), len(found.some), found.unique
    (0, 3, False)
    """
    given, deadline = signed(graph, sign=sign), time.monotonic() + time_limit
    every, some, exact = set(), set(), True
    for edges, block in given.blocks():
        always, ever, proven = _over_optima(block, cover(block, TWO, deadline), deadline)
        every.update(given.edges[i] for i in edges[always])
        some.update(given.edges[i] for i in edges[ever])
        exact &= proven
    return FrustratedIn(frozenset(every), frozenset(some), exact)


def _over_optima(block: Block, known: Cover, deadline: float) -> tuple[np.ndarray, np.ndarray, bool]:
    """Masks of the edges frustrated in all and in any optimum of a block, and whether that is proven."""
    if block.size <= exhaustive.SMALL:
        masks = np.array([block.frustrated(labels) for labels in exhaustive.optima(block)])
        return masks.all(axis=0), masks.any(axis=0), True
    index, cycles = block.cost(known.labels), known.cycles
    always = ever = block.frustrated(known.labels)
    if known.lower < index:
        return always, ever, False
    while index:
        objective = np.where(ever, 0.0, -1.0) + always * 1.0
        mask, cycles = other_optimum(block, TWO, cycles, objective, index, deadline)
        if mask is None:
            return always, ever, False
        if not (mask & ~ever).any() and not (always & ~mask).any():
            break
        always, ever = always & mask, ever | mask
    return always, ever, True


def _by_blocks(given: SignedGraph, rule: Rule, deadline: float) -> tuple[int, np.ndarray, frozenset]:
    """Sum of the blocks' lower bounds, mask of the frustrated edges, offending cycles of the whole."""
    lower, frustrated, cycles = 0, np.zeros(len(given.edges), dtype=bool), set()
    for edges, block in given.blocks():
        found = cover(block, rule, deadline)
        lower += found.lower
        frustrated[edges] = block.frustrated(found.labels)
        cycles.update(tuple(edges[list(cycle)].tolist()) for cycle in found.cycles)
    return lower, frustrated, frozenset(cycles)


def _line_index(given: SignedGraph, labels: np.ndarray, lower: int, at_least: int) -> LineIndex:
    """Put a partition in terms of the graph's own nodes and edges, with at least so many (empty) camps."""
    camps: dict[int, set[Node]] = {}
    for node, label in zip(given.nodes, labels.tolist(), strict=True):
        camps.setdefault(label, set()).add(node)
    sets = [frozenset(camp) for camp in camps.values()]
    sets += [frozenset()] * (at_least - len(sets))
    wrong = np.flatnonzero(given.whole.frustrated(labels))
    lower = min(lower, len(wrong))
    edges = frozenset(given.edges[i] for i in wrong)
    return LineIndex(len(wrong), lower, lower == len(wrong), tuple(sets), edges, len(given.edges))
