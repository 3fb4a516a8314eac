"""Smallest sets of edges that meet every offending cycle of a signed block, by linear and integer programming.

A cycle that spoils the balance must lose an edge: the least cover of these cycles is the line index. Cycles are
added only as a solution violates them [1]_, first to the linear relaxation, and where that leaves a gap to the
integer programme. A partition into at most `k` camps is found by a programme over camp membership [2]_. Both are
solved by HiGHS. Two camps of a small block need none of this (`helpers.balance.exhaustive`).

References
----------
.. [1] Barahona & Mahjoub 1986, Mathematical Programming 36, 157-173
.. [2] Aref, Mason & Wilson 2020, Networks 75, 95-110, doi:10.1002/net.21907
"""

from __future__ import annotations

import math
import time
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, linprog, milp
from scipy.sparse import coo_array, csr_array, hstack

from helpers.balance import exhaustive
from helpers.balance.blocks import Block, Cycle, Rule, descended

_TOLERANCE = 1e-6


@dataclass(frozen=True, eq=False)
class Cover:
    """A partition, a proven lower bound on the cost of any, and the cycles behind the bound."""

    labels: np.ndarray
    lower: int
    cycles: frozenset[Cycle] = frozenset()


def seconds_left(deadline: float) -> float:
    return max(deadline - time.monotonic(), 0.0)


def cover(block: Block, rule: Rule, deadline: float) -> Cover:
    """Return the best partition of a block under `rule`, and the best bound that can be proven before `deadline`."""
    if rule.camps == 2 and block.size <= exhaustive.SMALL:
        labels = exhaustive.best(block)
        return Cover(labels, block.cost(labels))
    nothing = np.zeros(block.edges)
    labels, lower, integral = descended(block, rule.rounded(block, nothing), rule.camps), 0, False
    cycles = rule.violated(block, nothing, labels)
    while cycles and lower < block.cost(labels):
        solution, bound = least(cycles, block.edges, deadline, integral=integral)
        lower = max(lower, math.ceil(bound - _TOLERANCE))
        if solution is None:
            break
        labels = _better(block, labels, descended(block, rule.rounded(block, solution), rule.camps))
        further = rule.violated(block, solution, labels) - cycles
        if not further and integral:
            break
        integral |= not further
        cycles |= further
    return Cover(labels, min(lower, block.cost(labels)), frozenset(cycles))


def least(cycles: Collection[Cycle], edges: int, deadline: float, *, integral: bool) -> tuple[np.ndarray | None, float]:
    """Return the edge values of a least cover of some cycles, None if the time is up, and what bounds it from below."""
    rows, objective, left = _incidence(cycles, edges), np.ones(edges), seconds_left(deadline)
    if not left:
        return None, 0
    if integral:
        result = _solve(objective, [LinearConstraint(rows, lb=1)], Bounds(0, 1), objective, deadline)
        return (None if result.x is None else np.round(result.x)), getattr(result, "mip_dual_bound", None) or 0
    found = linprog(
        objective, A_ub=-rows, b_ub=-np.ones(len(cycles)), bounds=(0, 1), method="highs", options={"time_limit": left}
    )
    return (found.x, found.fun) if found.status == 0 else (None, 0)


def other_optimum(
    block: Block, rule: Rule, cycles: Collection[Cycle], objective: np.ndarray, index: int, deadline: float
) -> tuple[np.ndarray | None, frozenset[Cycle]]:
    """Return which edges of a block an optimal partition frustrates, the one that is least in `objective`.

    Parameters
    ----------
    cycles
        Offending cycles that are known; those found on the way are returned with them.
    index
        What an optimal partition costs.

    Returns
    -------
    tuple
        A mask of shape (edges,), None if the time is up, and the cycles.
    """
    known, nobody = set(cycles), np.zeros(block.size, dtype=int)
    budget = LinearConstraint(np.ones((1, block.edges)), ub=index)
    while True:
        rows = [LinearConstraint(_incidence(known, block.edges), lb=1)] if known else []
        result = _solve(objective, [*rows, budget], Bounds(0, 1), np.ones(block.edges), deadline)
        if result.status != 0:
            return None, frozenset(known)
        solution = np.round(result.x)
        further = rule.violated(block, solution, nobody) - known
        if not further:
            return block.frustrated(rule.rounded(block, solution)), frozenset(known)
        known |= further


def within(block: Block, camps: int, labels: np.ndarray, known: Cover, deadline: float) -> Cover:
    """Prove a partition into at most `camps` camps optimal among these, or better it.

    Parameters
    ----------
    labels
        A partition into at most `camps` camps.
    known
        The best cover for any number of camps: its bound and its cycles hold here too.
    """
    labels = descended(block, labels, camps)
    upper = block.cost(labels)
    if known.lower >= upper:
        return Cover(labels, upper, known.cycles)
    result = _membership(block, camps, known.cycles, upper - 1, deadline)
    if result.x is not None:
        found = result.x[block.edges :].reshape(camps, block.size).argmax(axis=0)
        labels = _better(block, labels, found)
    bound = getattr(result, "mip_dual_bound", None)
    usable = bound is not None and math.isfinite(bound)
    proven = upper if result.status == 2 else math.ceil(bound - _TOLERANCE) if usable else 0  # 2: infeasible
    return Cover(labels, min(max(known.lower, proven), block.cost(labels)), known.cycles)


def _better(block: Block, one: np.ndarray, other: np.ndarray) -> np.ndarray:
    return other if block.cost(other) < block.cost(one) else one


def _incidence(cycles: Collection[Cycle], edges: int) -> csr_array:
    """One row a cycle, one column an edge; sorted, so that the same cycles give the same programme."""
    ordered = sorted(cycles)
    columns = np.array([edge for cycle in ordered for edge in cycle], dtype=int)
    starts = np.cumsum([0, *map(len, ordered)])
    return csr_array((np.ones(len(columns)), columns, starts), shape=(len(ordered), edges))


def _membership(block: Block, camps: int, cycles: Collection[Cycle], budget: int, deadline: float) -> OptimizeResult:
    """Solve for a partition into at most `camps` camps that frustrates at most `budget` edges, and the fewest.

    Variables: x[e], edge e counted as frustrated (shape `edges`); y[c, v], node v in camp c. Cutting off at
    `budget` makes "infeasible" a proof that no partition is that cheap.
    """
    m, n = block.edges, block.size
    rows, lower = _linking(block, camps)
    one_camp = hstack([csr_array((n, m)), *[csr_array(np.eye(n))] * camps])
    in_budget = np.r_[np.ones(m), np.zeros(camps * n)][None]
    constraints = [
        LinearConstraint(rows, lb=lower),
        LinearConstraint(one_camp, lb=1, ub=1),
        LinearConstraint(in_budget, ub=budget),
    ]
    if cycles:
        met = hstack([_incidence(cycles, m), csr_array((len(cycles), camps * n))])
        constraints.append(LinearConstraint(met, lb=1))
    # Camps have no names: the i-th node by degree may only use camps 0 .. i.
    degree = np.bincount(np.r_[block.tail, block.head], minlength=n)
    rank = np.argsort(np.argsort(-degree, kind="stable"))
    upper = np.r_[np.ones(m), (np.arange(camps)[:, None] <= rank).ravel()]
    integral = np.r_[np.zeros(m), np.ones(camps * n)]
    return _solve(1 - integral, constraints, Bounds(0, upper), integral, deadline)


def _linking(block: Block, camps: int) -> tuple[csr_array, np.ndarray]:
    """x >= |y_u - y_v| on a positive edge uv, x >= y_u + y_v - 1 on a negative one, for every camp."""
    m, n = block.edges, block.size
    plus, minus = np.flatnonzero(~block.negative), np.flatnonzero(block.negative)
    edge = np.r_[plus, plus, minus]
    on_tail = np.r_[-np.ones(len(plus)), np.ones(len(plus)), -np.ones(len(minus))]
    on_head = np.r_[np.ones(len(plus)), -np.ones(len(plus)), -np.ones(len(minus))]
    count, every = len(edge), np.arange(len(edge) * camps)
    shift = m + n * np.repeat(np.arange(camps), count)
    columns = np.r_[
        np.tile(edge, camps), shift + np.tile(block.tail[edge], camps), shift + np.tile(block.head[edge], camps)
    ]
    values = np.r_[np.ones(count * camps), np.tile(on_tail, camps), np.tile(on_head, camps)]
    matrix = coo_array((values, (np.tile(every, 3), columns)), shape=(count * camps, m + camps * n)).tocsr()
    return matrix, np.tile(np.r_[np.zeros(2 * len(plus)), -np.ones(len(minus))], camps)


def _solve(
    objective: np.ndarray, constraints: list[LinearConstraint], bounds: Bounds, integral: np.ndarray, deadline: float
) -> OptimizeResult:
    options = {"time_limit": max(seconds_left(deadline), 0.01), "mip_rel_gap": 0}
    return milp(objective, constraints=constraints, bounds=bounds, integrality=integral, options=options)
