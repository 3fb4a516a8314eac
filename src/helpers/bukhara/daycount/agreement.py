"""A statement of a day held against itself: the printed date, the weekday and the Hijri day it gives together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from helpers.calendars import WEEKDAYS, Calendar, Day, Reading, readings


@dataclass(frozen=True)
class Agreement:
    """How one reading of a day sits with what else the source says of it.

    Attributes
    ----------
    weekday_off
        Days from `new_style` to the nearest day with the stated weekday, -3 to 3; None if none is stated.
    hijri_off
        Days from the arithmetical Hijri day to `new_style`, positive if the printed day falls later; None
        unless a Hijri day is stated beside a printed one.
    """

    calendar: Calendar
    new_style: date
    weekday: str
    weekday_off: int | None
    hijri_off: int | None

    def fits(self, *, tolerance: int = 1) -> bool | None:
        """Whether all that is stated holds, Hijri days within `tolerance`; None if nothing is stated."""
        slack = tolerance if self.calendar == "AH" else 0
        tests = [(self.weekday_off, slack), (self.hijri_off, tolerance)]
        stated = [abs(off) <= allowed for off, allowed in tests if off is not None]
        return all(stated) if stated else None


def agreement(
    printed: Day | None = None,
    *,
    weekday: str | None = None,
    hijri: Day | None = None,
    calendars: tuple[Calendar, ...] = ("OS", "NS"),
) -> tuple[Agreement, ...]:
    """Hold a statement about a day against itself, once under each calendar its printed date may be in.

    Parameters
    ----------
    printed
        Year, month and day as printed. Without it the Hijri day itself is held against the weekday.
    weekday
        English name of the weekday the source states.
    hijri
        Year, month and day of the Hijri date the source equates with `printed`, as from `parse_hijri`.

    Raises
    ------
    ValueError
        If neither `printed` nor `hijri` is given, the weekday is unknown, or a day does not exist.
    """
    if printed is None and hijri is None:
        raise ValueError("a weekday alone fixes no day: give the printed day or the Hijri day as well")
    if weekday is not None and weekday not in WEEKDAYS:
        raise ValueError(f"'{weekday}' is no weekday; write one of {', '.join(WEEKDAYS)}")
    lunar = None if hijri is None else Reading("AH", *hijri)
    if printed is None:
        return (_agreement(lunar, weekday, None),)
    return tuple(_agreement(reading, weekday, lunar) for reading in readings(*printed, calendars=calendars))


def _agreement(reading: Reading, stated: str | None, lunar: Reading | None) -> Agreement:
    day = reading.new_style
    weekday_off = None if stated is None else (WEEKDAYS.index(stated) - day.weekday() + 3) % 7 - 3
    hijri_off = None if lunar is None else (day - lunar.new_style).days
    return Agreement(reading.calendar, day, reading.weekday, weekday_off, hijri_off)
