"""The ratio of the two forces under every choice of whom to believe.

`helpers.quantities` draws from the claims; here the draws are made for each set of families of texts, so that a reader
can leave any of them out and see what becomes of the band.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pandas as pd

from helpers import quantities as forces

SPREADS = (1.1, 1.25, 1.5, 2.0)
BAND = ("low", "middle", "high")


def families(*claims: pd.DataFrame) -> dict[str, str]:
    """Return the families of texts behind some claims, with the names of their texts, in the order of the names."""
    names = pd.concat(claims).groupby("lineage")["label"].agg(lambda labels: _together(sorted(labels.unique())))
    return dict(names.sort_values().items())


def by_choice(ours: pd.DataFrame, theirs: pd.DataFrame, *, spread: float = forces.SPREAD) -> pd.DataFrame:
    """Return the band of the ratio for every set of families that a reader may believe.

    Parameters
    ----------
    ours, theirs
        Claims as from `helpers.quantities.estimates`, each on one quantity.
    spread
        As for `helpers.quantities.draw`.

    Returns
    -------
    pandas.DataFrame
        Indexed by the families believed, joined by ``;`` in alphabetical order: ``low``, ``middle``, ``high`` (5th,
        50th, 95th percentile of the ratio), ``above_one`` (share of draws), ``ours`` and ``theirs`` (how many of the
        families speak of each side). Missing, not zero, where nobody is left to speak of a side.
    """
    rows = {}
    for chosen in _sets(sorted(families(ours, theirs))):
        a, b = (claims[claims["lineage"].isin(chosen)] for claims in (ours, theirs))
        row = {"ours": a["lineage"].nunique(), "theirs": b["lineage"].nunique()}
        if row["ours"] and row["theirs"]:
            ratios = forces.ratio(a, b, spread=spread)
            found = forces.band(ratios)
            row |= {"low": found.low, "middle": found.middle, "high": found.high}
            row["above_one"] = float((ratios > 1).mean())
        rows[";".join(chosen)] = row
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=[*BAND, "above_one", "ours", "theirs"])
    return frame.rename_axis("believed")


def sensitivity(ours: pd.DataFrame, theirs: pd.DataFrame, asserted: pd.Series) -> pd.DataFrame:
    """Return the band of the ratio under other conventions of ours.

    Parameters
    ----------
    asserted
        Whether each claim says what we use it for, by claim; the others imply it, by our reading.

    Returns
    -------
    pandas.DataFrame
        Columns ``convention``, ``low``, ``middle``, ``high``.
    """
    rows = [
        (f"a single figure may be out by a factor of {spread:g}", forces.ratio(ours, theirs, spread=spread))
        for spread in SPREADS
    ]
    said = [claims[asserted.reindex(claims.index, fill_value=False).to_numpy()] for claims in (ours, theirs)]
    if not any(claims.empty for claims in said):
        rows.append(("only what a text says of the whole force itself", forces.ratio(*said)))
    return _bands(rows, "convention")


def _together(labels: list[str]) -> str:
    """Names of texts as one: "Wikipedia (English, Russian)" for two that differ in the brackets only."""
    heads = {label.partition(" (")[0] for label in labels}
    if len(labels) > 1 and len(heads) == 1:
        return f"{heads.pop()} ({', '.join(label.partition(' (')[2].rstrip(')') for label in labels)})"
    return ", ".join(labels)


def _bands(rows: list[tuple[str, object]], name: str) -> pd.DataFrame:
    found = [(key, forces.band(values)) for key, values in rows]
    return pd.DataFrame([(key, one.low, one.middle, one.high) for key, one in found], columns=[name, *BAND])


def _sets(names: list[str]) -> Iterator[tuple[str, ...]]:
    for size in range(len(names), 0, -1):
        yield from combinations(names, size)
