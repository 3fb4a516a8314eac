"""The partial order of events that their dates and the sources' "after" leave."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations, permutations
from typing import Literal, NamedTuple

import pandas as pd

from helpers.dating.bounds import Links, reach, tighten
from helpers.dating.intervals import Interval, days_of


class OrderChange(NamedTuple):
    """A pair certainly in this order under one set of dates and not under another."""

    earlier: str
    later: str
    becomes: Literal["lost", "reversed"]


@dataclass(frozen=True)
class Chronology:
    """Events in the partial order that dates and the sources' "after" leave; made by `of` or `from_events`.

    Attributes
    ----------
    intervals
        The days of each event, narrowed by what it comes after, what comes after it and what it is part of.
    preceding
        For each event all it comes after by `after`, directly or through others.
    wholes
        For each event all it is part of. A part and its whole have no order.

    >>> order = Chronology.from_events(campaign.events)
    >>> order.relation("ultimatum_sent", "columns_meet")
    'before'
    """

    intervals: Mapping[str, Interval]
    preceding: Mapping[str, frozenset[str]]
    wholes: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, intervals: Mapping[str, Interval], after: Links, part_of: Links | None = None) -> Chronology:
        """Order plain data: the days of each event, and the ids each comes after and is part of.

        An event may fall on the same day as one it comes after. `after` is not handed down from a whole to
        its parts; a part keeps within the days of its whole.

        Raises
        ------
        ValueError
            If an id is unknown, `after` or `part_of` runs in a circle, or dates contradict them.
        """
        part_of = part_of or {}
        narrowed = tighten(intervals, after, part_of)
        return cls(narrowed, reach(narrowed, after), reach(narrowed, part_of))

    @classmethod
    def from_events(cls, events: pd.DataFrame, *, instead: Mapping[str, Interval] | None = None) -> Chronology:
        """Order the table `events` (index id; columns earliest, latest, after, part_of).

        Parameters
        ----------
        instead
            Days to take in place of the table's, by id: another reading of some dates.
        """
        intervals = event_intervals(events) | dict(instead or {})
        return cls.of(intervals, event_links(events["after"]), event_links(events["part_of"]))

    def relation(self, a: str, b: str) -> Literal["before", "after", "open"]:
        """Whether `a` certainly came before `b` or after it, or no source fixes which."""
        if self._precedes(a, b):
            return "before"
        return "after" if self._precedes(b, a) else "open"

    @cached_property
    def certain_pairs(self) -> frozenset[tuple[str, str]]:
        """All (earlier, later) pairs whose order is certain."""
        return frozenset(pair for pair in permutations(self.intervals, 2) if self._precedes(*pair))

    @cached_property
    def open_pairs(self) -> tuple[tuple[str, str], ...]:
        """All pairs, by id, whose order no source fixes; a part and its whole are not among them."""
        pairs = combinations(sorted(self.intervals), 2)
        skipped = {tuple(sorted((event, whole))) for event in self.intervals for whole in self.wholes[event]}
        return tuple(pair for pair in pairs if pair not in skipped and self.relation(*pair) == "open")

    def _precedes(self, a: str, b: str) -> bool:
        return self._lasts[a] < self._firsts[b] or a in self.preceding[b]

    @cached_property
    def _firsts(self) -> dict[str, float]:
        return {event: days.first for event, days in self.intervals.items()}

    @cached_property
    def _lasts(self) -> dict[str, float]:
        return {event: days.last for event, days in self.intervals.items()}


def lost_orders(one: Chronology, other: Chronology, *, among: Collection[str] | None = None) -> tuple[OrderChange, ...]:
    """Pairs certainly ordered under `one` whose order is open or reversed under `other`.

    Events missing from either are left out, and so are those not in `among`, if it is given.

    >>> from datetime import date
    >>> one = Chronology.of({"a": Interval(None, date(1918, 3, 1)), "b": Interval(date(1918, 3, 2), None)}, {})
    >>> other = Chronology.of({"a": Interval(), "b": Interval()}, {})
    >>> lost_orders(one, other)
    (OrderChange(earlier='a', later='b', becomes='lost'),)
    """
    both = one.intervals.keys() & other.intervals.keys()
    events = sorted(both if among is None else both & set(among))
    becomes = {"open": "lost", "after": "reversed"}
    relations = ((a, b, other.relation(a, b)) for a, b in permutations(events, 2) if one.relation(a, b) == "before")
    return tuple(OrderChange(a, b, becomes[now]) for a, b, now in relations if now != "before")


def event_intervals(events: pd.DataFrame) -> dict[str, Interval]:
    """The days of each event by id, from the columns earliest and latest (NaT = unbounded)."""
    rows = zip(events.index.tolist(), *(days_of(events[end]) for end in ("earliest", "latest")), strict=True)
    return {event: _row_interval(event, earliest, latest) for event, earliest, latest in rows}


def event_links(column: pd.Series) -> dict[str, frozenset[str]]:
    """The ids joined by ";" in a column such as `after`, by the id of the row; rows without are left out."""
    filled = column.dropna()
    return {event: frozenset(part.strip() for part in text.split(";")) for event, text in filled.items()}


def _row_interval(event: str, earliest: date | None, latest: date | None) -> Interval:
    try:
        return Interval(earliest, latest)
    except ValueError as error:
        raise ValueError(f"events, {event}: {error}") from None
