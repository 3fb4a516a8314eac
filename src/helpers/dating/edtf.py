"""Dates written in the Extended Date/Time Format, and the days that they can mean."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from functools import lru_cache
from time import struct_time

from edtf import EDTFParseException, parse_edtf

from helpers.dating.intervals import Interval, day_of


@lru_cache(maxsize=4096)
def edtf_bounds(text: str) -> Interval:
    """The days a text in the Extended Date/Time Format (levels 0 to 2) can mean, as its strict bounds.

    `?`, `~` and `%` do not widen them. An open (`..`) or unknown (nothing) end of an interval is unbounded.
    For an interval (`a/b`) they are its first and last day, for a set (`[a..b]`, `[a,b]`) its outermost days.

    Raises
    ------
    ValueError
        If the text is not EDTF, names a day that does not exist, or cannot be bounded with certainty: a
        winter (in which year?), a month or more than one day with a digit unknown.

    >>> str(edtf_bounds("1918-03")), str(edtf_bounds("1918-03-25/.."))
    ('1918-03-01/1918-03-31', '1918-03-25/..')
    """
    try:
        return _edtf_interval(text.strip())
    except (ValueError, OverflowError) as error:
        raise ValueError(f"'{text}': {error}") from None


def check_edtf(text: str, earliest: object, latest: object) -> str | None:
    """What is wrong if a date's text and its stored bounds disagree, None if they agree.

    They must be the same; bounds stored for a hedged text (`?`, `~`, `%`) may be wider, never narrower.

    >>> check_edtf("1918-03-02", "1918-03-02", "1918-03-02")
    >>> "mend the text or the bounds" in check_edtf("1918-03-02", "1918-03-02", "1918-03-03")
    True
    """
    try:
        strict, stored = edtf_bounds(text), Interval(day_of(earliest), day_of(latest))
    except ValueError as error:
        return str(error)
    if stored == strict or (re.search(r"[?~%]", text) and strict in stored):
        return None
    return f"'{text}' means {strict}, but earliest and latest say {stored}: mend the text or the bounds"


def _edtf_interval(text: str) -> Interval:
    if re.search(r"\d{4}-(24|28)\b(?!-)", text):
        raise ValueError("a winter lies in two years: write its months, as in 1917-12/1918-02")
    if re.search(r"\d{4}-\dX", text):
        raise ValueError("a month with a digit unknown: write a set, as in [1918-03..1918-09]")
    if re.search(r"-\dX", text) and "/" not in text:
        return _half_known(text)
    try:
        parsed = parse_edtf(text)
    except EDTFParseException:
        raise ValueError("not EDTF: write a date as in 1918-03-02, 1918-03? or ../1918-03") from None
    if "/" not in text:
        return Interval(_edtf_day(parsed.lower_strict()), _edtf_day(parsed.upper_strict()))
    # edtf gives an unknown end ten years of its own, so the ends are read apart and such an end left open.
    lower, upper = (Interval() if end in ("", "..") else _edtf_interval(end) for end in text.split("/"))
    return Interval(lower.earliest, upper.latest)


def _half_known(text: str) -> Interval:
    """The outermost of the ten readings of 1918-03-0X, which edtf accepts and cannot bound."""
    if text.count("X") > 1:
        raise ValueError("more than one unknown digit: write a set, as in [1918-03-01..1918-03-09]")
    readings = []
    for digit in "0123456789":
        with suppress(ValueError):
            readings.append(_edtf_interval(text.replace("X", digit)))
    if not readings:
        raise ValueError("stands for no day")
    return Interval(readings[0].earliest, readings[-1].latest)


def _edtf_day(bound: float | struct_time) -> date | None:
    """A bound as edtf gives it: an infinity where a set is open."""
    return None if isinstance(bound, float) else date(*bound[:3])
