"""Rules on time: calendars, weekdays, the text of dates, the order of events."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache

import numpy as np

from helpers.calendars import hijri_interval, hijri_text, weekday
from helpers.check import lives, written
from helpers.check.package import Package
from helpers.dating import Conflict, Interval, check_edtf, conflicts, find_cycle
from helpers.record import MISSING, Fault, RawTable

#: Days by which a Hijri day by the moon as seen may differ from the arithmetical one.
HIJRI_TOLERANCE = 2


def date_texts_agree_with_their_bounds(package: Package) -> Iterator[Fault]:
    """The EDTF text of a date and its stored bounds say the same."""

    def wrong(text: str, earliest: str, latest: str) -> str | None:
        return check_edtf(text, earliest or None, latest or None)

    events = package["events"]
    yield from events.judged("date_edtf", ("date_edtf", "earliest", "latest"), wrong, events["date_edtf"].filled)


def order_is_possible(package: Package) -> Iterator[Fault]:
    """`after` and `part_of` run in no circle and contradict no date."""
    events, row = package["events"], package.records("events")
    links = {column: package.links("events", column) for column in ("after", "part_of")}
    # Bounds in the wrong order have a rule and a message of their own; here they count as unknown.
    days = zip(events["earliest"], events["latest"], strict=True)
    intervals = dict(zip(events["id"], itertools.starmap(_interval, days), strict=True))
    try:
        found = conflicts(intervals, links["after"], links["part_of"])
    except ValueError:  # of a circle, as every key resolves
        yield from _first_circle(events, row, links)
        return
    own = [conflict for conflict in found if _linked(conflict, links)]
    # One wrong link puts everything behind it in the wrong order: tell the link itself, where one is to blame.
    for conflict in own or found:
        yield events.fault(row[conflict.later], "after", conflict.message)


def ties_are_as_wide_as_their_events(package: Package) -> Iterator[Fault]:
    """A tie begins and ends on any of the days of the events that begin and end it, or says why not.

    It may end on the day before its event, as a war does before its peace.
    """
    relations, row = package["relations"], package.records("events")
    days = dict(zip(row, zip(package["events"]["earliest"], package["events"]["latest"], strict=True), strict=True))
    for end in ("start", "end"):
        event, first, last = f"{end}_event", f"{end}_earliest", f"{end}_latest"
        for index in np.flatnonzero(relations[event].filled & ~relations["because"].filled):
            begins, ends = days[relations[event][index]]
            before = timedelta(end == "end")
            for column, bound, wider in ((first, begins, "earlier"), (last, ends, "later")):
                own = relations[column][index]
                narrow = own != MISSING and (
                    bound == MISSING
                    or (own > bound if wider == "earlier" else _day(own) < date.fromisoformat(bound) - before)
                )
                if narrow:
                    told = "no such bound" if bound == MISSING else bound
                    yield relations.fault(
                        index,
                        column,
                        f"{own} leaves out days that its event has, which has {told}; give them or say why",
                    )


def dated_claims_name_their_calendar(package: Package) -> Iterator[Fault]:
    """A claim with a date says which calendar the source states and which we assume, and why."""
    claims = package["claims"]
    written, stated, assumed = (claims[c].filled for c in ("date_as_written", "calendar_stated", "calendar_assumed"))
    for index in np.flatnonzero(written & ~stated):
        yield claims.fault(index, "calendar_stated", "the source prints a date; say in which calendar, or `unstated`")
    for index in np.flatnonzero(written & _dated(claims) & ~assumed):
        yield claims.fault(index, "calendar_assumed", "the date was turned into New Style; say from which calendar")
    unstated = claims["calendar_stated"].among({"unstated"})
    for index in np.flatnonzero(unstated & assumed & ~claims["assumed_because"].filled):
        yield claims.fault(index, "assumed_because", "a calendar is assumed; say on what ground")


def weekdays_fit_the_calendar(package: Package) -> Iterator[Fault]:
    """A weekday that the source names falls on the day as we read it."""

    def wrong(stated: str, earliest: str, latest: str) -> str | None:
        first, last = date.fromisoformat(earliest), date.fromisoformat(latest)
        if stated in {weekday(first + timedelta(n)) for n in range(min((last - first).days, 6) + 1)}:
            return None
        return f"the source says {stated}, but {first} was a {weekday(first)}; mend the date or the assumed calendar"

    yield from _judged_by_its_days(package, "weekday_stated", wrong)


def hijri_dates_fit_the_calendar(package: Package) -> Iterator[Fault]:
    """A Hijri date that the source names falls within two days of the day as we read it."""

    def wrong(stated: str, earliest: str, latest: str) -> str | None:
        first, last = date.fromisoformat(earliest), date.fromisoformat(latest)
        lowest, highest = hijri_interval(*map(int, stated.split("-")), tolerance=HIJRI_TOLERANCE)
        if lowest <= last and first <= highest:
            return None
        return (
            f"{stated} falls about {lowest + (highest - lowest) / 2}, but {first} "
            f"was about {hijri_text(first)}; mend the date or the assumed calendar"
        )

    yield from _judged_by_its_days(package, "hijri_stated", wrong)


def _dated(claims: RawTable) -> np.ndarray:
    return claims["earliest"].filled & claims["latest"].filled


def _judged_by_its_days(package: Package, column: str, judge: Callable[..., str | None]) -> Iterator[Fault]:
    claims = package["claims"]
    return claims.judged(column, (column, "earliest", "latest"), judge, claims[column].filled & _dated(claims))


def _first_circle(
    events: RawTable, row: Mapping[str, int], links: Mapping[str, Mapping[str, frozenset[str]]]
) -> Iterator[Fault]:
    for column, found in links.items():
        if circle := find_cycle(found):
            yield events.fault(
                row[circle[0]], column, f"`{column}` runs in a circle, {' -> '.join(circle)}; take one link out"
            )
            return


def _linked(conflict: Conflict, links: Mapping[str, Mapping[str, frozenset[str]]]) -> bool:
    """Whether a cell of the one event names the other."""
    ends = ((conflict.later, conflict.earlier), (conflict.earlier, conflict.later))
    return any(other in found.get(one, ()) for found in links.values() for one, other in ends)


@lru_cache(maxsize=4096)
def _interval(a: str, b: str) -> Interval:
    return Interval() if MISSING not in (a, b) and a > b else Interval(_day(a), _day(b))


def _day(cell: str) -> date | None:
    return None if cell == MISSING else date.fromisoformat(cell)


RULES = (
    date_texts_agree_with_their_bounds,
    order_is_possible,
    ties_are_as_wide_as_their_events,
    dated_claims_name_their_calendar,
    weekdays_fit_the_calendar,
    hijri_dates_fit_the_calendar,
    *written.RULES,
    *lives.RULES,
)
