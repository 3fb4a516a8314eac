"""Rules on time: calendars, weekdays, the text of dates, the order of events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from helpers.calendars import hijri_interval, hijri_text, weekday
from helpers.check.package import Package, parts
from helpers.dating import Conflict, Interval, check_edtf, conflicts, find_cycle
from helpers.tables import MISSING, Fault

#: Days by which a Hijri day by the moon as seen may differ from the arithmetical one.
HIJRI_TOLERANCE = 2


def date_texts_agree_with_their_bounds(package: Package) -> Iterator[Fault]:
    """The EDTF text of a date and its stored bounds say the same."""
    events = package["events"]
    cells = zip(events["date_edtf"], events["earliest"], events["latest"], strict=True)
    for index, (text, earliest, latest) in enumerate(cells):
        if text != MISSING and (message := check_edtf(text, earliest or None, latest or None)):
            yield events.fault(index, "date_edtf", message)


def order_is_possible(package: Package) -> Iterator[Fault]:
    """`after` and `part_of` run in no circle and contradict no date."""
    events = package["events"]
    row = {key: index for index, key in enumerate(events["id"])}
    links = {
        column: {key: frozenset(parts(cell)) for key, cell in zip(events["id"], events[column], strict=True) if cell}
        for column in ("after", "part_of")
    }
    for column, found in links.items():
        if circle := find_cycle(found):
            yield events.fault(
                row[circle[0]], column, f"`{column}` runs in a circle, {' -> '.join(circle)}; take one link out"
            )
            return
    # Bounds in the wrong order have a rule and a message of their own; here they count as unknown.
    intervals = {
        key: Interval() if MISSING not in (a, b) and a > b else Interval(_day(a), _day(b))
        for key, a, b in zip(events["id"], events["earliest"], events["latest"], strict=True)
    }
    found = conflicts(intervals, links["after"], links["part_of"])
    own = [conflict for conflict in found if _linked(conflict, links)]
    # One wrong link puts everything behind it in the wrong order: tell the link itself, where one is to blame.
    for conflict in own or found:
        yield events.fault(row[conflict.later], "after", conflict.message)


def dated_claims_name_their_calendar(package: Package) -> Iterator[Fault]:
    """A claim with a date says which calendar the source states and which we assume, and why."""
    claims = package["claims"]
    for index, written in enumerate(claims["date_as_written"]):
        dated = MISSING not in (claims["earliest"][index], claims["latest"][index])
        if written != MISSING and claims["calendar_stated"][index] == MISSING:
            yield claims.fault(
                index, "calendar_stated", "the source prints a date; say in which calendar, or `unstated`"
            )
        if written != MISSING and dated and claims["calendar_assumed"][index] == MISSING:
            yield claims.fault(index, "calendar_assumed", "the date was turned into New Style; say from which calendar")
        if (
            claims["calendar_stated"][index] == "unstated"
            and claims["calendar_assumed"][index] != MISSING
            and claims["assumed_because"][index] == MISSING
        ):
            yield claims.fault(index, "assumed_because", "a calendar is assumed; say on what ground")


def weekdays_fit_the_calendar(package: Package) -> Iterator[Fault]:
    """A weekday that the source names falls on the day as we read it."""
    claims = package["claims"]
    for index, stated in enumerate(claims["weekday_stated"]):
        first, last = _day(claims["earliest"][index]), _day(claims["latest"][index])
        if stated == MISSING or first is None or last is None:
            continue
        days = {weekday(first + timedelta(n)) for n in range(min((last - first).days, 6) + 1)}
        if stated not in days:
            yield claims.fault(
                index,
                "weekday_stated",
                f"the source says {stated}, but {first} was a {weekday(first)}; mend the date or the assumed calendar",
            )


def hijri_dates_fit_the_calendar(package: Package) -> Iterator[Fault]:
    """A Hijri date that the source names falls within two days of the day as we read it."""
    claims = package["claims"]
    for index, stated in enumerate(claims["hijri_stated"]):
        first, last = _day(claims["earliest"][index]), _day(claims["latest"][index])
        if stated == MISSING or first is None or last is None:
            continue
        lowest, highest = hijri_interval(*map(int, stated.split("-")), tolerance=HIJRI_TOLERANCE)
        if last < lowest or highest < first:
            yield claims.fault(
                index,
                "hijri_stated",
                f"{stated} falls about {lowest + (highest - lowest) / 2}, but {first} "
                f"was about {hijri_text(first)}; mend the date or the assumed calendar",
            )


def _linked(conflict: Conflict, links: Mapping[str, Mapping[str, frozenset[str]]]) -> bool:
    """Whether a cell of the one event names the other."""
    ends = ((conflict.later, conflict.earlier), (conflict.earlier, conflict.later))
    return any(other in found.get(one, ()) for found in links.values() for one, other in ends)


def _day(cell: str) -> date | None:
    return None if cell == MISSING else date.fromisoformat(cell)


RULES = (
    date_texts_agree_with_their_bounds,
    order_is_possible,
    dated_claims_name_their_calendar,
    weekdays_fit_the_calendar,
    hijri_dates_fit_the_calendar,
)
