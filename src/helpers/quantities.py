"""Strengths and losses under contested estimates.

The order of the method is the order of the module: fix what is counted, lay out the claims by source, take the
envelope, and only then draw from it. Texts that rest on one another count as one witness, so every draw first
picks a lineage and then one of its claims. Nothing here predicts who wins.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from helpers.record import SEED, Campaign, accepted
from helpers.record.cached import cached

NUMERIC = ("strength", "loss", "count")
COLUMNS = (
    *("force", "actor", "category", "population", "unit"),
    *("source", "label", "author", "lineage", "perspective", "participant"),
    *("value", "low", "best", "high", "hedge", "rank", "quoting", "locator", "size"),
)
_CLAIMED = [*("force", "attribute", "source", "value", "low", "best", "high", "hedge", "rank", "quoting", "locator")]
DRAWS = 20_000

#: Either way, the factor by which a single printed figure may be out. A convention of ours, varied in the text.
SPREAD = 1.25


Bounds = tuple[float, float | None, float]


@dataclass(frozen=True)
class Envelope:
    """From the lowest to the highest value that any claim gives; None where no claim sets a bound on that side."""

    low: float | None
    high: float | None


@dataclass(frozen=True)
class Band:
    """The 5th, 50th and 95th percentile of what was drawn."""

    low: float
    middle: float
    high: float


@cached
def estimates(campaign: Campaign, *quantities: str, numbered: bool = True) -> pd.DataFrame:
    """Return the claims on some quantities, one row a claim, sorted by quantity and size.

    Parameters
    ----------
    campaign
        The data package.
    quantities
        Keys of `forces`; all of them if none is given.
    numbered
        Whether to leave out the claims that speak of a quantity and give no number. For figures, which show them.

    Returns
    -------
    pandas.DataFrame
        Indexed by the id of the claim: ``force``, ``actor``, ``category``, ``population``, ``unit``, ``source``,
        ``label``, ``author``, ``lineage``, ``perspective``, ``participant``, ``value`` (in words), ``low``, ``best``,
        ``high`` (any may be missing), ``hedge``, ``rank``, ``quoting``, ``locator`` and ``size``, by which they are
        sorted. Deprecated claims are there, and marked by their rank.

    Raises
    ------
    ValueError
        If a key is not in `forces`.

    >>> estimates(campaign, "kokand_dead")[["label", "size"]].values.tolist()
    [['Uzbek lecture text II', 10000.0], ['Lee 2018', 14000.0]]
    """
    unknown = set(quantities) - set(campaign.forces.index)
    if unknown:
        raise ValueError(f"forces has no row {', '.join(sorted(unknown))}")
    claims = campaign.claims[_CLAIMED]
    wanted = claims["force"].isin(quantities) if quantities else claims["force"].notna()
    found = claims[wanted & claims["attribute"].isin(NUMERIC)]
    if numbered:
        found = found[found[["low", "best", "high"]].notna().any(axis=1)]
    found = found.join(campaign.forces[["actor", "category", "population", "unit"]], on="force")
    found = found.join(campaign.sources[["label", "author", "lineage", "perspective", "participant"]], on="source")
    found = found.assign(size=found[["best", "high", "low"]].bfill(axis=1).iloc[:, 0])
    return found.sort_values(["force", "size"], kind="stable")[list(COLUMNS)]


def estimates_of(campaign: Campaign, quantities: Collection[str], *, numbered: bool = True) -> pd.DataFrame:
    """Return the `estimates` of those of some quantities that the campaign has; of none of them, no row.

    A choice of sources can leave nobody who speaks of a quantity. For `estimates`, no key would mean all of them.

    >>> emirate = campaign.under("emirate_only")
    >>> len(estimates_of(campaign, ["kokand_dead"])), len(estimates_of(emirate, ["kokand_dead"]))
    (2, 0)
    """
    known = [key for key in quantities if key in campaign.forces.index]
    return estimates(campaign, *known, numbered=numbered) if known else estimates(campaign).iloc[:0]


def envelope(claims: pd.DataFrame) -> Envelope:
    """Return the lowest and the highest value that the claims give, deprecated ones left out.

    "Up to" leaves the lower side open, "at least" the upper: where any claim does, the envelope is open there.

    >>> envelope(estimates(campaign, "kokand_dead"))
    Envelope(low=10000.0, high=None)
    """
    standing = accepted(claims)
    values = standing[["low", "best", "high"]]
    open_below, open_above = (standing["hedge"] == "at_most").any(), (standing["hedge"] == "at_least").any()
    low, high = values.min(axis=None), values.max(axis=None)
    return Envelope(
        None if open_below or pd.isna(low) else float(low), None if open_above or pd.isna(high) else float(high)
    )


def draw(claims: pd.DataFrame, *, draws: int = DRAWS, spread: float = SPREAD, seed: int = SEED) -> np.ndarray:
    """Return values that the claims allow: a lineage is drawn, then one of its claims, then a value.

    A range with a most likely value is drawn as a triangle (on the logarithm where it spans more than threefold),
    a range without one evenly on the logarithm; a single figure may be out by `spread` either way; "up to" lies
    within `spread` squared below its figure, "at least" within as much above.

    Parameters
    ----------
    claims
        As from `estimates`, of one quantity.
    draws, seed
        How many values, and the seed that makes them the same on every run.
    spread
        Factor, above 1.

    Returns
    -------
    numpy.ndarray
        Shape ``(draws,)``, in the unit of the claims.

    Raises
    ------
    ValueError
        If no claim stands, if claims are in different units, or if a claim says zero (it has no logarithm).

    >>> values = draw(estimates(campaign, "kokand_dead"), draws=1000)
    >>> values.shape, bool(values.min() > 5000)
    ((1000,), True)
    """
    standing = accepted(claims)
    if standing.empty:
        raise ValueError("no claim stands, so nothing can be drawn: this cannot be said")
    if standing["unit"].nunique() > 1:
        raise ValueError(f"claims in different units: {', '.join(standing['unit'].unique())}; draw one at a time")
    of_lineage: dict[str, list[Bounds]] = {}
    for claim in standing[["lineage", "low", "best", "high"]].itertuples():
        of_lineage.setdefault(claim.lineage, []).append(_bounds(claim, spread))
    return _drawn(tuple(tuple(of_lineage[lineage]) for lineage in sorted(of_lineage)), draws, seed).copy()


@lru_cache(maxsize=128)  # many choices of sources leave the claims on a quantity as they are
def _drawn(lineages: tuple[tuple[Bounds, ...], ...], draws: int, seed: int) -> np.ndarray:
    rng, values = np.random.default_rng(seed), np.empty(draws)
    for bounds, group in zip(lineages, np.array_split(rng.permutation(draws), len(lineages)), strict=True):
        for part, one in zip(np.array_split(group, len(bounds)), bounds, strict=True):
            values[part] = _values(rng, len(part), *one)
    return values


def band(values: np.ndarray) -> Band:
    """Return the 5th, 50th and 95th percentile.

    >>> band(np.arange(101))
    Band(low=5.0, middle=50.0, high=95.0)
    """
    return Band(*map(float, np.percentile(values, [5, 50, 95])))


def ratio(ours: pd.DataFrame, theirs: pd.DataFrame, *, spread: float = SPREAD, seed: int = SEED) -> np.ndarray:
    """Return drawn ratios ``theirs / ours`` of two quantities (see `draw`), shape ``(DRAWS,)``, without a unit.

    >>> ours, theirs = estimates(campaign, "soviet_force_start"), estimates(campaign, "emir_force_total")
    >>> band(ratio(ours, theirs)).middle > 1
    True
    """
    return draw(theirs, spread=spread, seed=seed + 1) / draw(ours, spread=spread, seed=seed)


def without_each_lineage(ours: pd.DataFrame, theirs: pd.DataFrame, *, spread: float = SPREAD) -> pd.DataFrame:
    """Return the band of the ratio with each lineage left out in turn (`spread` as for `draw`).

    Returns
    -------
    pandas.DataFrame
        Indexed by lineage, the widest change first: ``low``, ``middle``, ``high`` of the ratio, ``above_one``
        (the share of draws above 1) and ``change`` (middle by middle of all). Missing where nothing is left.

    >>> ours, theirs = estimates(campaign, "soviet_force_start"), estimates(campaign, "emir_force_total")
    >>> "khodzhaev" in without_each_lineage(ours, theirs).index
    True
    """
    whole = band(ratio(ours, theirs, spread=spread)).middle
    rows = {}
    for lineage in sorted(set(ours["lineage"]) | set(theirs["lineage"])):
        a, b = (claims[claims["lineage"] != lineage] for claims in (ours, theirs))
        rows[lineage] = _row(ratio(a, b, spread=spread), whole) if _stands(a) and _stands(b) else {}
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=["low", "middle", "high", "above_one", "change"])
    return frame.sort_values("change", key=lambda c: np.abs(np.log(c.astype(float))), ascending=False)


def outnumbered(ours: pd.DataFrame, theirs: pd.DataFrame) -> tuple[float, bool]:
    """Return the share of draws in which they were more than we; whether it tops a half without each lineage.

    >>> ours, theirs = estimates(campaign, "soviet_force_start"), estimates(campaign, "emir_force_total")
    >>> outnumbered(ours, theirs)[1]
    True
    """
    share = float((ratio(ours, theirs) > 1).mean())
    left = without_each_lineage(ours, theirs)["above_one"]
    return share, bool(left.notna().all() and (left > 0.5).all())


def _row(ratios: np.ndarray, whole: float) -> dict[str, float]:
    found = band(ratios)
    return {
        "low": found.low,
        "middle": found.middle,
        "high": found.high,
        "above_one": float((ratios > 1).mean()),
        "change": found.middle / whole,
    }


def _stands(claims: pd.DataFrame) -> bool:
    return not accepted(claims).empty


def _bounds(claim, spread: float) -> Bounds:
    """Lowest, most likely and highest value of one claim; None where it names none most likely."""
    low, best, high = (None if pd.isna(v) else float(v) for v in (claim.low, claim.best, claim.high))
    if 0 in (low, best, high):
        raise ValueError(f"claim {claim.Index} says zero, which cannot be drawn on the logarithm; leave it out by name")
    if low is None and best is None:
        return high / spread**2, high / spread, high
    if high is None and best is None:
        return low, low * spread, low * spread**2
    if best is None:
        return low, None, high
    return low or best / spread, best, high or best * spread


def _values(rng: np.random.Generator, count: int, low: float, mode: float | None, high: float) -> np.ndarray:
    if low == high:
        return np.full(count, low)
    if mode is None:
        return np.exp(rng.uniform(np.log(low), np.log(high), count))
    if high / low > 3:
        return np.exp(rng.triangular(np.log(low), np.log(mode), np.log(high), count))
    return rng.triangular(low, mode, high, count)
