"""What a cell holds, or None where it holds no such thing: other rules say what is wrong with it."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from helpers.dating import Interval, edtf_bounds


def day(cell: object) -> date | None:
    """The day that a cell in ISO form names."""
    try:
        return date.fromisoformat(str(cell))
    except ValueError:
        return None


def number(cell: object) -> float | None:
    """The number that a cell holds."""
    try:
        return float(str(cell))
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def span(earliest: object, latest: object) -> Interval:
    """The days between two cells; without bounds where these are in the wrong order."""
    first, last = day(earliest), day(latest)
    return Interval() if first and last and first > last else Interval(first, last)


@lru_cache(maxsize=4096)
def edtf(cell: str) -> Interval:
    """The days that a text in the Extended Date/Time Format can mean; without bounds where it is none."""
    if plain := day(cell) or (cell.isdecimal() and len(cell) == 4 and day(f"{cell}-01-01")):
        return Interval(plain, plain if len(cell) == 10 else date(plain.year, 12, 31))
    try:
        return edtf_bounds(cell)
    except ValueError:
        return Interval()
