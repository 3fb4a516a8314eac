"""Dates written in the Extended Date/Time Format, and the days that they can mean."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from functools import lru_cache
from time import struct_time

from edtf import EDTFParseException, parse_edtf

from helpers.dating.intervals import Interval, day_of

_NOT_EDTF = "not EDTF: write a date as in 1918-03-02, 1918-03? or ../1918-03"
_SEASON = re.compile("[?~%]?([0-9]{4})[?~%]?-[?~%]?(2[1-9]|3[0-9]|4[01])[?~%]?")
_SIGNIFICANT = re.compile("([0-9]{4})S([1-4])")
#: Seasons that begin in one year and end in the next: winter, winter in the north, summer in the south.
_ACROSS_NEW_YEAR = re.compile("[0-9X]{4}[?~%]?-[?~%]?(24|28|30)(?![0-9-])")


@lru_cache(maxsize=4096)
def edtf_bounds(text: str) -> Interval:
    """The days a text in the Extended Date/Time Format (levels 0 to 2) can mean, as its strict bounds.

    `?`, `~` and `%` do not widen them. An open (`..`) or unknown (nothing) end of an interval is unbounded.
    For an interval (`a/b`) they are its first and last day, for a set (`[a..b]`, `[a,b]`) its outermost days. A
    season without a hemisphere is the northern one, of whole months: spring is March to May. A year of which so
    many digits are significant (`1950S2`) is any that begins with these.

    Raises
    ------
    ValueError
        If the text is not EDTF, names a day that does not exist or that a `date` cannot hold (years 1 to 9999),
        or cannot be bounded with certainty: a season that runs across New Year (in which year?), a month or more
        than one day with a digit unknown.

    >>> str(edtf_bounds("1918-03")), str(edtf_bounds("1918-03-25/.."))
    ('1918-03-01/1918-03-31', '1918-03-25/..')
    """
    try:
        return _edtf_interval(text.strip())
    except (ValueError, OverflowError, RecursionError) as error:
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
    if "/" not in text:
        return _one_date(text)
    ends = text.split("/")
    if len(ends) != 2 or not any(ends) or any(end.startswith(("[", "{")) for end in ends):
        raise ValueError(_NOT_EDTF)
    # edtf gives an unknown end ten years of its own, so the ends are read apart and such an end left open.
    lower, upper = (Interval() if end in ("", "..") else _one_date(end) for end in ends)
    return Interval(lower.earliest, upper.latest)


def _one_date(text: str) -> Interval:
    """The days of what is not an interval: a date, a season, a set."""
    _refuse_unbounded(text)
    if season := _SEASON.fullmatch(text):  # edtf reads no qualifier of a season, and none changes its bounds
        text = "-".join(season.groups())
    if match := _SIGNIFICANT.fullmatch(text):  # edtf takes the whole year for known
        return _one_date(match[1][: int(match[2])].ljust(4, "X"))
    if re.search("-([0-9]X|X[0-9])", text):
        return _half_known(text)
    try:
        parsed = parse_edtf(text)
    except EDTFParseException:
        raise ValueError(_NOT_EDTF) from None
    return Interval(_edtf_day(parsed.lower_strict()), _edtf_day(parsed.upper_strict()))


def _refuse_unbounded(text: str) -> None:
    """Refuse what edtf would bound wrongly, or raise a number to a power for without end."""
    if "Y" in text:
        raise ValueError("a year of more than four digits: the years of the tables are 1 to 9999")
    if season := _ACROSS_NEW_YEAR.search(text):
        name = "a southern summer" if season[1] == "30" else "a winter"
        raise ValueError(f"{name} lies in two years: write its months, as in 1917-12/1918-02")
    if re.search("[0-9X]{4}-([0-9]X|X[0-9])", text):
        raise ValueError("a month with a digit unknown: write a set, as in [1918-03..1918-09]")
    if re.search("X[0-9X]*-02-29", text):
        raise ValueError("a leap day of a year with a digit unknown: write a set, as in [1912-02-29,1916-02-29]")
    if "S" in text and not _SIGNIFICANT.fullmatch(text):
        raise ValueError("significant digits are read of a year alone, one to four of them, as in 1918S2")


def _half_known(text: str) -> Interval:
    """The outermost of the ten readings of 1918-03-0X or 1918-03-X2, which edtf accepts and cannot bound."""
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
