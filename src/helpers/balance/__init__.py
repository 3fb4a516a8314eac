"""Structural balance of any signed graph: is the enemy of my enemy a friend, and what stands in the way?

No single number measures balance; report the triads, the frustration index, the clusterability index and a
walk-based measure together, and set them against `null_model`. All functions take an undirected simple
networkx graph whose edges carry a sign of +1 or -1, and refuse anything else with a `ValueError` that names
the edge. The graph may be empty, without edges or in several components.

>>> import networkx as nx
>>> graph = nx.Graph()
>>> graph.add_edges_from([("a", "b"), ("b", "c")], sign=1)
>>> graph.add_edge("a", "c", sign=-1)
>>> triads(graph)
Triads(ppp=0, ppm=1, pmm=0, mmm=0)
>>> result = frustration(graph)
>>> result.index, result.exact, len(frustrated_in(graph).some)
(1, True, 3)
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import networkx as nx
import numpy as np
from scipy.sparse.csgraph import connected_components

from helpers.balance.indices import (
    FrustratedIn,
    LineIndex,
    SignedGraph,
    clusterability,
    frustrated_in,
    frustration,
    frustration_of_signings,
    signed,
)

__all__ = [
    "FrustratedIn",
    "LineIndex",
    "NullModel",
    "Triads",
    "clusterability",
    "frustrated_in",
    "frustration",
    "frustration_null_model",
    "null_model",
    "signed_laplacian_gap",
    "triads",
    "walk_balance",
]


@dataclass(frozen=True)
class Triads:
    """Triangles of a signed graph by number of negative edges: none, one, two, three."""

    ppp: int
    ppm: int
    pmm: int
    mmm: int

    @property
    def total(self) -> int:
        return self.ppp + self.ppm + self.pmm + self.mmm

    @property
    def balanced_share(self) -> float:
        """Share of +++ and +-- (strong form [1]_); NaN without triangles, as there is nothing to share.

        References
        ----------
        .. [1] Cartwright & Harary 1956, Psychological Review 63, 277-293, doi:10.1037/h0046049
        """
        return (self.ppp + self.pmm) / self.total if self.total else math.nan

    @property
    def weakly_balanced_share(self) -> float:
        """Share of all but ++-: weak balance allows three enemies [1]_; NaN without triangles.

        References
        ----------
        .. [1] Davis 1967, Human Relations 20, 181-187, doi:10.1177/001872676702000206
        """
        return 1 - self.ppm / self.total if self.total else math.nan


def triads(graph: nx.Graph, *, sign: str = "sign") -> Triads:
    """Count the triangles of a signed graph by their signs.

    Parameters
    ----------
    graph : undirected simple graph
    sign : edge attribute that holds +1 or -1

    Raises
    ------
    ValueError
        If the graph is directed or a multigraph, or an edge is a self-loop or has no sign of +1 or -1.

    >>> import networkx as nx
    >>> graph = nx.Graph()
    >>> graph.add_edges_from([("a", "b"), ("b", "c"), ("a", "c")], sign=-1)
    >>> triads(graph)
    Triads(ppp=0, ppm=0, pmm=0, mmm=1)
    """
    given = signed(graph, sign=sign)
    neighbours: list[dict[int, int]] = [{} for _ in given.nodes]
    block = given.whole
    ends = np.sort(np.c_[block.tail, block.head], axis=1).tolist()
    for (u, v), minus in zip(ends, block.negative.tolist(), strict=True):
        neighbours[u][v] = minus
    count = [0, 0, 0, 0]
    for later in neighbours:
        for v, first in later.items():
            for w in later.keys() & neighbours[v].keys():
                count[first + later[w] + neighbours[v][w]] += 1
    return Triads(*count)


def walk_balance(graph: nx.Graph, *, sign: str = "sign") -> float:
    """Walk-based balance K: closed signed walks over closed walks, each of length l weighted by 1/l! [1]_.

    K = sum exp(eigenvalues of the signed adjacency) / sum exp(eigenvalues of the unsigned one). It is 1 for
    a balanced graph (also without edges or nodes) and tends to 0; on dense graphs it is small even if nearly
    all triangles are balanced. Parameters and errors are those of `triads`.

    References
    ----------
    .. [1] Estrada & Benzi 2014, Physical Review E 90, 042802, doi:10.1103/PhysRevE.90.042802

    >>> import networkx as nx
    >>> graph = nx.Graph()
    >>> graph.add_edges_from([("a", "b"), ("b", "c"), ("a", "c")], sign=1)
    >>> walk_balance(graph)
    1.0
    """
    matrix = _adjacency(signed(graph, sign=sign))
    if not len(matrix):
        return 1.0
    plain = np.linalg.eigvalsh(np.abs(matrix))
    largest = plain.max()  # taken out of both sums, so that neither overflows
    return float(np.exp(np.linalg.eigvalsh(matrix) - largest).sum() / np.exp(plain - largest).sum())


def signed_laplacian_gap(graph: nx.Graph, *, sign: str = "sign") -> float:
    """Algebraic conflict: smallest eigenvalue of the signed Laplacian, degrees minus signed adjacency [1]_.

    Taken per connected component, and the largest of these returned. So it is zero (up to rounding, about
    1e-12 times the largest degree) if and only if the whole graph is balanced; the plain minimum would be
    zero as soon as one component, or one isolated node, is. Parameters and errors are those of `triads`.

    References
    ----------
    .. [1] Kunegis et al. 2010, Proc. SIAM Int. Conf. on Data Mining, 559-570, doi:10.1137/1.9781611972801.49

    >>> import networkx as nx
    >>> graph = nx.Graph()
    >>> graph.add_edges_from([("a", "b"), ("b", "c"), ("a", "c")], sign=-1)
    >>> round(signed_laplacian_gap(graph), 3)
    1.0
    """
    matrix = _adjacency(signed(graph, sign=sign))
    if not len(matrix):
        return 0.0
    laplacian = np.diag(np.abs(matrix).sum(axis=0)) - matrix
    number, part = connected_components(matrix, directed=False)
    nodes = [np.flatnonzero(part == i) for i in range(number)]
    return max(0.0, *(float(np.linalg.eigvalsh(laplacian[np.ix_(own, own)])[0]) for own in nodes))


def _adjacency(given: SignedGraph) -> np.ndarray:
    return given.whole.adjacency().toarray().astype(float)


@dataclass(frozen=True)
class NullModel:
    """A statistic of a signed graph beside its values after random shuffles of the signs.

    Attributes
    ----------
    observed : the statistic of the graph itself
    mean, sd : of the samples (sd with n - 1 in the denominator)
    z : (observed - mean) / sd; NaN if all samples are equal
    p : one-sided, (1 + samples at least as extreme as observed) / (1 + samples) [1]_
    samples : values of the shuffled graphs

    References
    ----------
    .. [1] Phipson & Smyth 2010, Statistical Applications in Genetics and Molecular Biology 9 (1), 39
    """

    observed: float
    mean: float
    sd: float
    z: float
    p: float
    samples: tuple[float, ...]


def null_model(
    graph: nx.Graph,
    statistic: Callable[[nx.Graph], float],
    *,
    n: int = 1000,
    seed: int = 0,
    tail: Literal["lower", "upper"] = "lower",
    sign: str = "sign",
) -> NullModel:
    """Compare a statistic with its values when the same signs fall on the same edges at random.

    Ties, their number per node and the number of negative ones stay as they are [1]_.

    Parameters
    ----------
    graph : undirected simple signed graph; it is not changed
    statistic : function of a graph with the same sign attribute, such as ``lambda g: frustration(g).index``
    n : number of shuffles, at least 2
    seed : of the random shuffles; the same seed gives the same samples
    tail : "lower" if small values mean more order (frustration), "upper" if large ones do (balanced share)
    sign : edge attribute that holds +1 or -1

    Raises
    ------
    ValueError
        If `n` or `tail` is not as above, or the statistic is not a finite number; else see `triads`.

    References
    ----------
    .. [1] Leskovec, Huttenlocher & Kleinberg 2010, Proc. CHI, 1361-1370, doi:10.1145/1753326.1753532

    >>> import networkx as nx
    >>> graph = nx.Graph()
    >>> graph.add_edges_from([("a", "b"), ("b", "c")], sign=1)
    >>> graph.add_edge("a", "c", sign=-1)
    >>> null_model(graph, lambda g: frustration(g).index, n=19, seed=1).observed
    1.0
    """
    given = signed(graph, sign=sign)
    _check_options(n, tail)
    observed = _finite(statistic(graph))
    samples = [_finite(statistic(_with_signs(given, signs, sign))) for signs in _shuffles(given, n, seed)]
    return _beside(observed, np.array(samples), tail)


def frustration_null_model(
    graph: nx.Graph,
    *,
    n: int = 1000,
    seed: int = 0,
    tail: Literal["lower", "upper"] = "lower",
    sign: str = "sign",
) -> NullModel:
    """Return the `null_model` of the index of `frustration`, in much less time than shuffle by shuffle.

    The shuffles are the same, and so is what is returned. Parameters and errors are those of `null_model`.

    >>> import networkx as nx
    >>> graph = nx.Graph()
    >>> graph.add_edges_from([("a", "b"), ("b", "c")], sign=1)
    >>> graph.add_edge("a", "c", sign=-1)
    >>> fast, plain = frustration_null_model(graph, n=19), null_model(graph, lambda g: frustration(g).index, n=19)
    >>> fast.samples == plain.samples
    True
    """
    given = signed(graph, sign=sign)
    _check_options(n, tail)
    signings = np.array([given.signs, *_shuffles(given, n, seed)])
    observed, *samples = frustration_of_signings(given, signings).astype(float).tolist()
    return _beside(observed, np.array(samples), tail)


def _check_options(n: int, tail: str) -> None:
    if n < 2 or tail not in ("lower", "upper"):
        raise ValueError(f"n={n!r}, tail={tail!r}: give n of at least 2, and tail 'lower' or 'upper'")


def _beside(observed: float, samples: np.ndarray, tail: str) -> NullModel:
    n = len(samples)
    extreme = samples <= observed if tail == "lower" else samples >= observed
    mean, sd = float(samples.mean()), float(samples.std(ddof=1))
    z = (observed - mean) / sd if np.ptp(samples) else math.nan
    return NullModel(observed, mean, sd, z, float((1 + extreme.sum()) / (1 + n)), tuple(samples.tolist()))


def _shuffles(given: SignedGraph, n: int, seed: int) -> Iterator[np.ndarray]:
    rng, signs = np.random.default_rng(seed), given.signs
    return (rng.permutation(signs) for _ in range(n))


def _with_signs(given: SignedGraph, signs: np.ndarray, sign: str) -> nx.Graph:
    shuffled = nx.Graph()
    shuffled.add_nodes_from(given.nodes)
    signed_edges = zip(given.edges, signs.tolist(), strict=True)
    shuffled.add_edges_from((u, v, {sign: value}) for (u, v), value in signed_edges)
    return shuffled


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise ValueError(f"the statistic is {value!r}: it must be a finite number (are there triangles?)")
    return float(value)
