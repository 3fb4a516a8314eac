"""All partitions of a small block into two camps, tried at once.

Half of the nodes are given every pattern of sides, the other half too, and one matrix product adds what lies
between the halves. Up to `SMALL` nodes this is quicker than any programme, and it knows every optimum.
"""

from __future__ import annotations

import numpy as np

from helpers.balance.blocks import Block

#: Largest number of nodes for which all partitions are tried: 131,072 of them, half a megabyte.
SMALL = 18
AT_ONCE = 4096
"""Partitions that are held against many signings at once, so that what is in memory stays small."""


def best(block: Block) -> np.ndarray:
    """Return the labels 0 and 1 of an optimal partition, shape (nodes,)."""
    one, other, cost = _costs(block)
    row, column = divmod(int(cost.argmin()), cost.shape[1])
    return np.r_[one[row], other[column]].astype(int)


def optima(block: Block) -> np.ndarray:
    """Return the labels of all optimal partitions, one a row; the first node always has label 0."""
    one, other, cost = _costs(block)
    rows, columns = np.nonzero(cost == cost.min())
    return np.hstack([one[rows], other[columns]]).astype(int)


def costs_of_signings(block: Block, negative: np.ndarray) -> np.ndarray:
    """Return what an optimal partition costs under each of several signings of the edges, shape (signings,).

    Parameters
    ----------
    negative
        Boolean, shape (signings, edges).
    """
    minus = negative.T.astype(np.float32)
    labels = _patterns(block.size, first_fixed=True)
    cheapest = np.full(len(negative), np.inf)
    for some in np.array_split(labels, -(-len(labels) // AT_ONCE)):
        cut = (some[:, block.tail] != some[:, block.head]).astype(np.float32)
        # Frustrated is what is cut or negative, but not both.
        costs = cut.sum(axis=1)[:, None] - 2 * cut @ minus
        np.minimum(cheapest, costs.min(axis=0), out=cheapest)
    return (cheapest + minus.sum(axis=0)).astype(int)


def _costs(block: Block) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Every pattern of either half, and the frustrated edges of each pair of patterns as a matrix.

    With sides as +1 and -1, the satisfied edges less the frustrated ones are the sum of sign times side times side.
    """
    half = (block.size + 1) // 2
    one, other = _patterns(half, first_fixed=True), _patterns(block.size - half)
    ties = np.triu(block.adjacency().toarray()).astype(np.float32)
    x, y = (1 - 2 * labels.astype(np.float32) for labels in (one, other))
    agree = x @ ties[:half, half:] @ y.T
    agree += _within(x, ties[:half, :half])[:, None]
    agree += _within(y, ties[half:, half:])
    return one, other, (block.edges - agree) / 2


def _within(sides: np.ndarray, ties: np.ndarray) -> np.ndarray:
    return ((sides @ ties) * sides).sum(axis=1)


def _patterns(nodes: int, *, first_fixed: bool = False) -> np.ndarray:
    """Every labelling of some nodes by 0 and 1, shape (patterns, nodes)."""
    return np.arange(2 ** (nodes - int(first_fixed)))[:, None] >> np.arange(nodes)[::-1] & 1
