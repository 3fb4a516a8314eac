"""What is known of when things happened: intervals of whole days, and the partial order they leave.

An event happened on one day, which its `Interval` encloses; a missing end means that no source bounds it
there. For an event that lasted, the interval runs from its earliest possible first day to its latest
possible last day, so an order that is certain here is certain for it. A state with a beginning and an end of
its own is a `Span`.

"Certain" means true for every choice of days in the intervals, "possible" for at least one. Bounds travel
along `after` as in the simple temporal problem of Dechter, Meiri and Pearl 1991,
doi:10.1016/0004-3702(91)90006-6.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import combinations, permutations
from time import struct_time
from typing import Literal, NamedTuple

import networkx as nx
import pandas as pd
from edtf import EDTFParseException, parse_edtf

Links = Mapping[str, Collection[str]]


@dataclass(frozen=True)
class Interval:
    """The days from `earliest` to `latest`, both included; None = unbounded on that side.

    Raises
    ------
    ValueError
        If `earliest` is later than `latest`.
    """

    earliest: date | None = None
    latest: date | None = None

    def __post_init__(self) -> None:
        if self._first > self._last:
            raise ValueError(f"the earliest day {self.earliest} is later than the latest day {self.latest}")

    def __str__(self) -> str:
        return f"{self.earliest or '..'}/{self.latest or '..'}"

    def __contains__(self, other: date | Interval) -> bool:
        inner = other if isinstance(other, Interval) else Interval(other, other)
        return self._first <= inner._first and inner._last <= self._last

    @property
    def days(self) -> int | None:
        """Number of days, None if an end is open."""
        return None if math.isinf(self._last - self._first) else int(self._last - self._first) + 1

    def certainly_before(self, other: Interval) -> bool:
        """Whether this event fell on an earlier day than the other, wherever each lay."""
        return self._last < other._first

    def possibly_before(self, other: Interval) -> bool:
        """Whether this event can have fallen on an earlier day than the other."""
        return self._first < other._last

    def certainly_overlaps(self, other: Interval) -> bool:
        """Whether both events fell on the same day: each interval is that one day."""
        return self == other and self.days == 1

    def possibly_overlaps(self, other: Interval) -> bool:
        """Whether both events can have fallen on the same day."""
        return self._first <= other._last and other._first <= self._last

    def intersection(self, other: Interval) -> Interval | None:
        """The days in both, None if there are none."""
        if not self.possibly_overlaps(other):
            return None
        return _interval(max(self._first, other._first), min(self._last, other._last))

    def widen(self, days: int) -> Interval:
        """The interval with `days` more on each closed side."""
        if days < 0:
            raise ValueError(f"an interval is widened by 0 days or more, not {days}")
        return _interval(self._first - days, self._last + days)

    def shift(self, days: int) -> Interval:
        """The interval moved `days` later: by 13, a day of 1918 read as NS becomes the same read as OS."""
        return _interval(self._first + days, self._last + days)

    @property
    def _first(self) -> float:
        return -math.inf if self.earliest is None else self.earliest.toordinal()

    @property
    def _last(self) -> float:
        return math.inf if self.latest is None else self.latest.toordinal()


def _interval(first: float, last: float) -> Interval:
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
        if self.start._last > self.end._first:
            return None
        return Interval(self.start.latest, self.end.earliest)

    def certainly_overlaps(self, other: Span) -> bool:
        """Whether they shared a day, wherever their ends lay."""
        return self.start._last <= other.end._first and other.start._last <= self.end._first

    def possibly_overlaps(self, other: Span) -> bool:
        """Whether they can have shared a day."""
        return self.possible.possibly_overlaps(other.possible)


class Conflict(NamedTuple):
    """Two events whose dates contradict the order that `after` and `part_of` give them."""

    earlier: str
    later: str
    message: str

    def __str__(self) -> str:
        return self.message


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
        return cls(narrowed, _reach(narrowed, after), _reach(narrowed, part_of))

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
        return a in self.preceding[b] or self.intervals[a].certainly_before(self.intervals[b])


def lost_orders(one: Chronology, other: Chronology) -> tuple[OrderChange, ...]:
    """Pairs certainly ordered under `one` whose order is open or reversed under `other`.

    Events missing from either are left out.
    """
    shared = [pair for pair in sorted(one.certain_pairs) if set(pair) <= other.intervals.keys()]
    becomes = {"open": "lost", "after": "reversed"}
    relations = ((a, b, other.relation(a, b)) for a, b in shared)
    return tuple(OrderChange(a, b, becomes[now]) for a, b, now in relations if now != "before")


def tighten(intervals: Mapping[str, Interval], after: Links, part_of: Links | None = None) -> dict[str, Interval]:
    """Narrow the days of each event to those its `after` and `part_of` allow.

    Raises
    ------
    ValueError
        If nothing is left for an event (see `conflicts`), an id is unknown or the links run in a circle.
    """
    found = conflicts(intervals, after, part_of)
    if found:
        raise ValueError("\n".join(map(str, found)))
    firsts, lasts = _bounds(intervals, after, part_of or {})
    return {event: _interval(firsts[event][0], -lasts[event][0]) for event in intervals}


def conflicts(intervals: Mapping[str, Interval], after: Links, part_of: Links | None = None) -> tuple[Conflict, ...]:
    """Pairs whose dates put them in the opposite order to `after`, or a part outside or after its whole.

    At least one pair is named for each event that no day is left for.

    Raises
    ------
    ValueError
        If an id is unknown or the links run in a circle.
    """
    for name, links in (("after", after), ("part_of", part_of or {})):
        _check_links(intervals, name, links)
    firsts, lasts = _bounds(intervals, after, part_of or {})
    clashing = {(firsts[one][1], lasts[one][1]) for one in intervals if firsts[one][0] > -lasts[one][0]}
    clashes = (_conflict(intervals, *pair) for pair in sorted(clashing))
    return (*clashes, *_ordered_parts(_reach(intervals, after), _reach(intervals, part_of or {})))


def _conflict(intervals: Mapping[str, Interval], first: str, last: str) -> Conflict:
    message = (
        f"'{first}' is not before {intervals[first].earliest} and '{last}' not after"
        f" {intervals[last].latest}, but `after` or `part_of` puts the first no later than the second:"
        " mend the dates or the links"
    )
    return Conflict(first, last, message)


def _ordered_parts(preceding: Links, wholes: Links) -> Iterator[Conflict]:
    for part, whole in ((event, whole) for event in wholes for whole in sorted(wholes[event])):
        message = f"'{part}' is part of '{whole}', so `after` cannot order them: mend either"
        if whole in preceding[part]:
            yield Conflict(whole, part, message)
        if part in preceding[whole]:
            yield Conflict(part, whole, message)


def find_cycle(links: Links) -> tuple[str, ...]:
    """One circle in `after` (or `part_of`), each id preceding the next and the first repeated; () if none."""
    graph = nx.DiGraph((before, event) for event in sorted(links) for before in sorted(links[event]))
    try:
        edges = nx.find_cycle(graph)
    except nx.NetworkXNoCycle:
        return ()
    return (*(start for start, _ in edges), edges[-1][1])


def _check_links(intervals: Mapping[str, Interval], name: str, links: Links) -> None:
    for event, others in links.items():
        unknown = sorted({event, *others} - intervals.keys())
        if unknown:
            raise ValueError(f"events, {event}: `{name}` uses the unknown id '{unknown[0]}'; mend or add it")
    circle = find_cycle(links)
    if circle:
        raise ValueError(f"events: `{name}` runs in a circle, {' -> '.join(circle)}; take one link out")


def _bounds(intervals: Mapping[str, Interval], after: Links, part_of: Links) -> tuple[dict, dict]:
    """Narrowed first and (negated) last ordinals by id, each with the id it comes from."""
    follows = [(before, event) for event, others in after.items() for before in others]
    precedes = [(event, before) for before, event in follows]
    within = [(whole, event) for event, others in part_of.items() for whole in others]
    firsts = {event: interval._first for event, interval in intervals.items()}
    lasts = {event: -interval._last for event, interval in intervals.items()}
    return _highest(firsts, follows + within), _highest(lasts, precedes + within)


def _highest(values: Mapping[str, float], edges: list[tuple[str, str]]) -> dict[str, tuple[float, str]]:
    """The highest value that reaches each id along the edges, and the id it starts from."""
    reached = {event: (value, event) for event, value in values.items()}
    changed = True
    while changed:
        changed = False
        for a, b in edges:
            if reached[a][0] > reached[b][0]:
                reached[b], changed = reached[a], True
    return reached


def _reach(intervals: Mapping[str, Interval], links: Links) -> dict[str, frozenset[str]]:
    graph = nx.DiGraph((event, other) for event, others in links.items() for other in others)
    graph.add_nodes_from(intervals)
    return {event: frozenset(nx.descendants(graph, event)) for event in intervals}


def event_intervals(events: pd.DataFrame) -> dict[str, Interval]:
    """The days of each event by id, from the columns earliest and latest (NaT = unbounded)."""
    rows = zip(events.index, events["earliest"], events["latest"], strict=True)
    return {event: _row_interval(event, earliest, latest) for event, earliest, latest in rows}


def event_links(column: pd.Series) -> dict[str, frozenset[str]]:
    """The ids joined by ";" in a column such as `after`, by the id of the row; rows without are left out."""
    filled = column.dropna()
    return {event: frozenset(part.strip() for part in text.split(";")) for event, text in filled.items()}


def _row_interval(event: str, earliest: object, latest: object) -> Interval:
    try:
        return Interval(_day(earliest), _day(latest))
    except ValueError as error:
        raise ValueError(f"events, {event}: {error}") from None


def _day(value: object) -> date | None:
    """A `date` from what a table holds: NaT, None, Timestamp or date."""
    return None if pd.isna(value) else pd.Timestamp(value).date()


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
    """
    try:
        return _edtf_interval(text.strip())
    except (ValueError, OverflowError) as error:
        raise ValueError(f"'{text}': {error}") from None


def check_edtf(text: str, earliest: object, latest: object) -> str | None:
    """What is wrong if a date's text and its stored bounds disagree, None if they agree.

    They must be the same; bounds stored for a hedged text (`?`, `~`, `%`) may be wider, never narrower.
    """
    try:
        strict, stored = edtf_bounds(text), Interval(_day(earliest), _day(latest))
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
