"""Intervals of whole days with open ends, and what is certain and what is possible of two of them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class Interval:
    """The days from `earliest` to `latest`, both included; None = unbounded on that side.

    The ends may be given as the tables hold them: a pandas Timestamp or a `datetime` stands for its day, NaT for None.

    Raises
    ------
    ValueError
        If `earliest` is later than `latest`.
    TypeError
        If an end is anything else, as a text: `edtf_bounds` reads texts.

    >>> march = Interval(date(1918, 3, 1), date(1918, 3, 5))
    >>> str(march.shift(13)), march.days, date(1918, 3, 2) in march
    ('1918-03-14/1918-03-18', 5, True)
    >>> march.certainly_before(Interval(date(1918, 3, 6), None))
    True
    """

    earliest: date | None = None
    latest: date | None = None

    def __post_init__(self) -> None:
        for end in ("earliest", "latest"):
            given = getattr(self, end)
            if given is not None and type(given) is not date:
                object.__setattr__(self, end, _day_alone(end, given))
        if self.first > self.last:
            raise ValueError(f"the earliest day {self.earliest} is later than the latest day {self.latest}")

    def __str__(self) -> str:
        return f"{self.earliest or '..'}/{self.latest or '..'}"

    def __contains__(self, other: date | Interval) -> bool:
        inner = other if isinstance(other, Interval) else Interval(other, other)
        return self.first <= inner.first and inner.last <= self.last

    @property
    def days(self) -> int | None:
        """Number of days, None if an end is open."""
        return None if math.isinf(self.last - self.first) else int(self.last - self.first) + 1

    def certainly_before(self, other: Interval) -> bool:
        """Whether this event fell on an earlier day than the other, wherever each lay."""
        return self.last < other.first

    def possibly_before(self, other: Interval) -> bool:
        """Whether this event can have fallen on an earlier day than the other."""
        return self.first < other.last

    def certainly_overlaps(self, other: Interval) -> bool:
        """Whether both events fell on the same day: each interval is that one day."""
        return self == other and self.days == 1

    def possibly_overlaps(self, other: Interval) -> bool:
        """Whether both events can have fallen on the same day."""
        return self.first <= other.last and other.first <= self.last

    def intersection(self, other: Interval) -> Interval | None:
        """The days in both, None if there are none."""
        if not self.possibly_overlaps(other):
            return None
        return between(max(self.first, other.first), min(self.last, other.last))

    def widen(self, days: int) -> Interval:
        """The interval with `days` more on each closed side."""
        if days < 0:
            raise ValueError(f"an interval is widened by 0 days or more, not {days}")
        return between(self.first - days, self.last + days)

    def shift(self, days: int) -> Interval:
        """The interval moved `days` later: by 13, a day of 1918 read as NS becomes the same read as OS."""
        return between(self.first + days, self.last + days)

    @property
    def first(self) -> float:
        """Ordinal of the earliest day, minus infinity if it is open."""
        return -math.inf if self.earliest is None else self.earliest.toordinal()

    @property
    def last(self) -> float:
        """Ordinal of the latest day, infinity if it is open."""
        return math.inf if self.latest is None else self.latest.toordinal()


def between(first: float, last: float) -> Interval:
    """The interval between two ordinals of days, infinite where it is open."""
    ends = (None if math.isinf(day) else date.fromordinal(int(day)) for day in (first, last))
    return Interval(*ends)


@dataclass(frozen=True)
class Span:
    """Something that lasted from one unknown day to another, both included.

    Raises
    ------
    ValueError
        If it would certainly end before it began.
    """

    start: Interval
    end: Interval

    def __post_init__(self) -> None:
        if self.end.certainly_before(self.start):
            raise ValueError(f"it ends ({self.end}) before it starts ({self.start})")

    @property
    def possible(self) -> Interval:
        """The days on which it can have lasted."""
        return Interval(self.start.earliest, self.end.latest)

    @property
    def certain(self) -> Interval | None:
        """The days on which it certainly lasted, None if there is no such day."""
        if self.start.last > self.end.first:
            return None
        return Interval(self.start.latest, self.end.earliest)

    def certainly_overlaps(self, other: Span) -> bool:
        """Whether they shared a day, wherever their ends lay."""
        return self.start.last <= other.end.first and other.start.last <= self.end.first

    def possibly_overlaps(self, other: Span) -> bool:
        """Whether they can have shared a day."""
        return self.possible.possibly_overlaps(other.possible)


def days_of(column: pd.Series) -> list[date | None]:
    """The days of a column of a table, None where one is missing.

    >>> days_of(campaign.events.loc[["ultimatum_sent", "campaign"], "earliest"])[0]
    datetime.date(1918, 3, 1)
    """
    if pd.api.types.is_datetime64_dtype(column):
        return [None if day is pd.NaT else day for day in column.dt.date.tolist()]
    return [day_of(value) for value in column]


def _day_alone(end: str, given: object) -> date | None:
    if not isinstance(given, date | np.datetime64) and given is not pd.NaT:
        raise TypeError(f"{end} is {given!r}; give a date or None, and read a text with edtf_bounds")
    return day_of(given)


def day_of(value: object) -> date | None:
    """A `date` from what a table holds: NaT, None, Timestamp or date."""
    return None if pd.isna(value) else pd.Timestamp(value).date()
