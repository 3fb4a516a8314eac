"""Numbers and days as words, the same on every page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

UNKNOWN = "unknown"
# The bounds of "at least" and "at most" carry the words themselves.
_SAID = {"approx": "about {}", "reported": "{} (hearsay)", "derived": "{} (ours)"}
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def number(value: Any, *, digits: int = 0, words: bool = False) -> str:
    """Write a number: ``3,000``.

    Parameters
    ----------
    digits
        Digits after the point; a value is rounded to it.
    words
        Write whole numbers up to ten as words (zero as "no").

    A missing value is written "unknown", never 0.

    >>> number(3000), number(4, words=True), number(None)
    ('3,000', 'four', 'unknown')
    """
    if pd.isna(value):
        return UNKNOWN
    if words and value == int(value) and 0 <= value < len(_SMALL):
        return _SMALL[int(value)]
    return f"{value:,.{digits}f}"


def span(low: Any, high: Any, *, digits: int = 0) -> str:
    """Write a range: ``500–600``; an open end becomes "at least" or "at most".

    >>> span(500, 600), span(None, 35_000), span(500, 500)
    ('500–600', 'at most 35,000', '500')
    """
    if pd.isna(low) and pd.isna(high):
        return UNKNOWN
    if pd.isna(low):
        return at_most(high, digits=digits)
    if pd.isna(high):
        return at_least(low, digits=digits)
    if low > high:
        raise ValueError(f"low is {low}, above high, {high}; swap them")
    first, last = number(low, digits=digits), number(high, digits=digits)
    return first if first == last else f"{first}–{last}"


def about(value: Any, *, digits: int = 0) -> str:
    """Write ``about 3,000``.

    >>> about(3000)
    'about 3,000'
    """
    return _hedged("about", value, digits)


def at_most(value: Any, *, digits: int = 0) -> str:
    """Write ``at most 35,000``.

    >>> at_most(35_000)
    'at most 35,000'
    """
    return _hedged("at most", value, digits)


def at_least(value: Any, *, digits: int = 0) -> str:
    """Write ``at least 2,000``.

    >>> at_least(2000)
    'at least 2,000'
    """
    return _hedged("at least", value, digits)


def more_than(value: Any, *, digits: int = 0) -> str:
    """Write ``more than 10,000``."""
    return _hedged("more than", value, digits)


def fewer_than(value: Any, *, digits: int = 0) -> str:
    """Write ``fewer than 100``."""
    return _hedged("fewer than", value, digits)


def estimate(low: Any = None, best: Any = None, high: Any = None, *, hedge: str | None = None) -> str:
    """Write what the columns low, best, high and hedge of a row say.

    Best alone is the number, with "about" before it for the hedge ``approx``; bounds alone are a `span`; both
    together are ``3,000 (2,000–5,000)``. Nothing at all is "unknown", or "several"
    where the source says so.

    >>> estimate(500, None, 600)
    '500–600'
    >>> estimate(best=3000, hedge="approx")
    'about 3,000'
    """
    if pd.isna(best):
        nothing = pd.isna(low) and pd.isna(high)
        return hedge if nothing and hedge == "several" else span(low, high)
    value = about(best) if hedge == "approx" else number(best)
    if pd.isna(low) and pd.isna(high):
        return value
    bounds = span(low, high)
    return value if bounds == number(best) else f"{value} ({bounds})"


def said(claim: Any) -> str:
    """Write in short what a row of `claims` says: its number with the hedge, or its words where it has no number.

    A number a day is written in the words of the row, for it is no number of people.
    """
    words = claim.value.split(";")[0]
    if claim.unit == "persons_per_day":
        return words.split(",")[0]
    if pd.isna(claim.low) and pd.isna(claim.best) and pd.isna(claim.high):
        return words
    number = estimate(claim.low, claim.best, claim.high)
    return _SAID.get(claim.hedge, "{}").format(number)


def told(campaign: Mapping[str, pd.DataFrame], place: str) -> str:
    """Write what a row says: its number where it has one, else its days.

    Parameters
    ----------
    campaign
        Tables by name.
    place
        ``table/id`` or ``table/id:form``. A form is one of the columns ``low``, ``best`` and ``high``, written as a
        number; ``words``, the number in words; ``short``, the days without their year; ``year``.

    Raises
    ------
    ValueError
        If there is no such table, row or form, or the row has nothing to write.

    >>> told(campaign, "forces/delegation_horsemen"), told(campaign, "events/second_manifesto:short")
    ('25', '2 March')
    """
    where, _, form = place.partition(":")
    table, _, key = where.partition("/")
    if table not in campaign or key not in campaign[table].index:
        raise ValueError(f"{place!r}: there is no such row; write table/id")
    row = campaign[table].loc[key]
    if form in ("low", "best", "high"):
        return number(row[form])
    if form == "words":
        return number(next((row[c] for c in ("best", "low", "high") if pd.notna(row[c])), None), words=True)
    first, last = row.get("earliest"), row.get("latest")
    if not form and any(pd.notna(row.get(end)) for end in ("low", "best", "high")):
        return estimate(row["low"], row["best"], row["high"], hedge=row.get("hedge"))
    if pd.isna(first) and pd.isna(last):
        raise ValueError(f"{place!r}: the row has no days" + (f", so no form {form!r}" if form else " and no number"))
    if form == "year":
        return f"{pd.Timestamp(last if pd.isna(first) else first):%Y}"
    if form not in ("", "short"):
        raise ValueError(f"{place!r}: there is no form {form!r}")
    written = days(first, last)
    return re.sub(r" \d{4}(?= –|$)", "", written) if form else written


def day(date: Any) -> str:
    """Write a day: ``13 March 1918``.

    >>> day("1918-03-02")
    '2 March 1918'
    """
    if pd.isna(date):
        return UNKNOWN
    date = pd.Timestamp(date)
    return f"{date.day} {date:%B} {date.year}"


def days(earliest: Any, latest: Any) -> str:
    """Write an interval of days as short as it can be: ``1–5 March 1918``.

    >>> days("1918-03-01", "1918-03-05")
    '1–5 March 1918'
    """
    if pd.isna(earliest) or pd.isna(latest):
        return day(latest if pd.isna(earliest) else earliest)
    first, last = pd.Timestamp(earliest), pd.Timestamp(latest)
    if first > last:
        raise ValueError(f"earliest is {first.date()}, after latest, {last.date()}; swap them")
    if first == last:
        return day(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    if first.year == last.year:
        return f"{first.day} {first:%B} – {day(last)}"
    return f"{day(first)} – {day(last)}"


def _hedged(words: str, value: Any, digits: int) -> str:
    return UNKNOWN if pd.isna(value) else f"{words} {number(value, digits=digits)}"
