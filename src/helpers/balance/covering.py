"""Smallest sets of edges that meet every offending cycle of a signed block, proven or bounded.

The linear relaxation is solved with cycle inequalities added only as they are violated [1]_. Where it
leaves a gap, an integer programme over camp membership [2]_, strengthened by the same inequalities, closes
it. A bound never rests on the solver's tolerance alone: it is recomputed from the dual values, which bound
the optimum whatever they are [3]_. Two camps of a small block need none of this (`helpers.balance.exhaustive`).

References
----------
.. [1] Barahona & Mahjoub 1986, Mathematical Programming 36, 157-173
.. [2] Aref, Mason & Wilson 2020, Networks 75, 95-110, doi:10.1002/net.21907
.. [3] Neumaier & Shcherbina 2004, Mathematical Programming 99, 283-296, doi:10.1007/s10107-003-0433-3
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
from helpers.balance.blocks import Block, Cycle, Rule, improved

_TOLERANCE = 1e-6
_PATIENCE = 25  # rounds of cuts without a gain in the bound worth waiting for


@dataclass(frozen=True, eq=False)
class Cover:
    """A partition, a proven lower bound on the cost of any, and the inequalities behind the bound."""

    labels: np.ndarray
    lower: int
    cuts: frozenset[Cycle] = frozenset()


@dataclass(frozen=True, eq=False)
class Relaxation:
    """Optimum of the linear relaxation: edge values, proven bound, slack of each cut."""

    x: np.ndarray
    bound: float
    slack: np.ndarray


def seconds_left(deadline: float) -> float:
    return max(deadline - time.monotonic(), 0.0)


def incidence(cuts: Collection[Cycle], edges: int) -> csr_array:
    """One row per cycle, one column per edge."""
    lengths = [len(cycle) for cycle in cuts]
    columns = np.fromiter((e for cycle in cuts for e in cycle), dtype=int, count=sum(lengths))
    return csr_array(
        (np.ones(len(columns)), columns, np.r_[0, np.cumsum(lengths)].astype(int)), shape=(len(lengths), edges)
    )


def relaxed(cuts: Collection[Cycle], edges: int, deadline: float) -> Relaxation | None:
    """Fractional cover of the cycles in `cuts`; None when the time is up."""
    rows = incidence(cuts, edges)
    left = seconds_left(deadline)
    if left <= 0:
        return None
    result = linprog(
        np.ones(edges),
        A_ub=-rows,
        b_ub=-np.ones(len(cuts)),
        bounds=(0, 1),
        method="highs-ipm",
        options={"time_limit": left},
    )
    if result.status != 0:
        return None
    duals = np.maximum(-result.ineqlin.marginals, 0)
    bound = duals.sum() + np.minimum(1 - rows.T @ duals, 0).sum()
    return Relaxation(result.x, float(bound), rows @ result.x - 1)


def cover(block: Block, rule: Rule, deadline: float) -> Cover:
    """Best partition of a block under `rule` and the best bound that can be proven before `deadline`."""
    if rule.camps == 2 and block.size <= exhaustive.SMALL:
        labels = exhaustive.best(block)
        return Cover(labels, block.cost(labels))
    labels = _start(block, rule)
    cuts = rule.violated(block, np.zeros(block.edges), labels)
    best, lower, waited = 0.0, 0, 0
    while cuts and lower < block.cost(labels) and waited < _PATIENCE:
        ordered = sorted(cuts)
        relaxation = relaxed(ordered, block.edges, deadline)
        if relaxation is None:
            return Cover(labels, lower, frozenset(cuts))
        lower = max(lower, math.ceil(relaxation.bound - _TOLERANCE))
        labels = _better(block, labels, _near(block, rule, relaxation.x))
        fresh = rule.violated(block, relaxation.x, labels) - cuts
        if not fresh:
            break
        gained = relaxation.bound - best
        if gained > _TOLERANCE:  # dropping slack cuts only after a gain cannot go round in circles
            cuts = {cycle for cycle, slack in zip(ordered, relaxation.slack, strict=True) if slack < 0.3}
            best = relaxation.bound
        waited = 0 if gained > (block.cost(labels) - best) / 200 else waited + 1
        cuts |= fresh
    if lower < block.cost(labels):
        labels = _better(block, labels, improved(block, labels, rule.camps))
    return closed(block, rule, Cover(labels, min(lower, block.cost(labels)), frozenset(cuts)), deadline)


def _start(block: Block, rule: Rule) -> np.ndarray:
    tree = rule.rounded(block, np.zeros(block.edges))
    quick = min(6 * block.size, 2000)
    starts = (improved(block, labels, rule.camps, steps=quick) for labels in (np.zeros_like(tree), tree))
    return _better(block, *starts)


def _near(block: Block, rule: Rule, x: np.ndarray) -> np.ndarray:
    """A good partition near a fractional cover."""
    return improved(block, rule.rounded(block, x), rule.camps, steps=min(3 * block.size, 200))


def _better(block: Block, one: np.ndarray, other: np.ndarray) -> np.ndarray:
    return other if block.cost(other) < block.cost(one) else one


# Closing the gap ----------------------------------------------------------------------------------------


def closed(block: Block, rule: Rule, known: Cover, deadline: float) -> Cover:
    """Prove `known` optimal, or better it, by integer programming."""
    if known.lower >= block.cost(known.labels):
        return known
    if rule.camps is not None:
        return with_camps(block, rule.camps, known, deadline)
    while known.lower < (upper := block.cost(known.labels)) and seconds_left(deadline) > 0:
        rows, ones = LinearConstraint(incidence(known.cuts, block.edges), lb=1), np.ones(block.edges)
        result = _solve(ones, [rows, _at_most(upper - 1, block.edges)], Bounds(0, 1), ones, deadline)
        lower = max(known.lower, _proven(result, upper))
        if result.x is None:
            return Cover(known.labels, lower, known.cuts)
        labels = _better(block, known.labels, rule.rounded(block, result.x))
        fresh = rule.violated(block, np.round(result.x), labels) - known.cuts
        if not fresh and labels is known.labels:  # only by numerical trouble: leave the gap open
            return Cover(labels, lower, known.cuts)
        known = Cover(labels, min(lower, block.cost(labels)), known.cuts | fresh)
    return known


def with_camps(block: Block, camps: int, known: Cover, deadline: float) -> Cover:
    """Prove `known` optimal among partitions into at most `camps` camps, or better it."""
    upper = block.cost(known.labels)
    result = membership(block, camps, known.cuts, np.ones(block.edges), upper - 1, deadline)
    labels = known.labels
    if result.x is not None:
        labels = _better(block, labels, camp_labels(result, block, camps))
    return Cover(labels, min(max(known.lower, _proven(result, upper)), block.cost(labels)), known.cuts)


def membership(
    block: Block, camps: int, cuts: Collection[Cycle], objective: np.ndarray, budget: int, deadline: float
) -> OptimizeResult:
    """Partition into at most `camps` camps with at most `budget` frustrated edges, least in `objective`.

    Variables: x[e], edge e counted as frustrated (shape `edges`); y[c, v], node v in camp c. Cutting off at
    `budget` makes "infeasible" a proof that no partition is that cheap.
    """
    m, n = block.edges, block.size
    rows, lower = _linking(block, camps)
    one_camp = hstack([csr_array((n, m))] + [csr_array(np.eye(n))] * camps)
    strengthened = hstack([incidence(cuts, m), csr_array((len(cuts), camps * n))])
    constraints = [
        LinearConstraint(rows, lb=lower),
        LinearConstraint(one_camp, lb=1, ub=1),
        _at_most(budget, m, camps * n),
    ]
    if cuts:
        constraints.append(LinearConstraint(strengthened, lb=1))
    upper = np.r_[np.ones(m), _first_come(block, camps).ravel()]
    integral = np.r_[np.zeros(m), np.ones(camps * n)]
    return _solve(np.r_[objective, np.zeros(camps * n)], constraints, Bounds(0, upper), integral, deadline)


def camp_labels(result: OptimizeResult, block: Block, camps: int) -> np.ndarray:
    return result.x[block.edges :].reshape(camps, block.size).argmax(axis=0)


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


def _first_come(block: Block, camps: int) -> np.ndarray:
    """Upper bounds of y: the i-th node by degree may only use camps 0 .. i, as camps have no names."""
    degree = np.bincount(np.r_[block.tail, block.head], minlength=block.size)
    rank = np.empty(block.size, dtype=int)
    rank[np.argsort(-degree, kind="stable")] = np.arange(block.size)
    return (np.arange(camps)[:, None] <= rank).astype(float)


def _at_most(budget: int, edges: int, others: int = 0) -> LinearConstraint:
    return LinearConstraint(csr_array(np.r_[np.ones(edges), np.zeros(others)][None]), ub=budget)


def _solve(
    objective: np.ndarray, constraints: list[LinearConstraint], bounds: Bounds, integral: np.ndarray, deadline: float
) -> OptimizeResult:
    options = {"time_limit": max(seconds_left(deadline), 0.01), "mip_rel_gap": 0}
    return milp(objective, constraints=constraints, bounds=bounds, integrality=integral, options=options)


def _proven(result: OptimizeResult, upper: int) -> int:
    """Lower bound on the index from a programme that only looked for partitions cheaper than `upper`."""
    if result.status == 2:  # infeasible
        return upper
    bound = getattr(result, "mip_dual_bound", None)
    usable = bound is not None and math.isfinite(bound)
    return min(upper, math.ceil(bound - _TOLERANCE)) if usable else 0
