"""The three day-counts of the sources: New Style (NS), Old Style (OS) and Hijri (AH).

Every date is turned into a `datetime.date`, which is New Style. Conversions come from `convertdate`: the
Julian after Meeus, *Astronomical Algorithms*, 1998, ch. 7; the Hijri is the arithmetical civil calendar
(epoch 16 July 622 O.S., leap years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26 and 29 of each 30), as in Reingold
and Dershowitz, *Calendrical Calculations*, 2018, doi:10.1017/9781107415058.

Bukhara counted its months from the moon as seen, so a Hijri date computed here can be a day out, either way.
Wherever one is shown, say so; `hijri_interval` keeps the days that remain possible.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Literal

import convertdate

Calendar = Literal["NS", "OS", "AH"]
Day = tuple[int, int, int]

CALENDARS = MappingProxyType({"NS": "New Style (Gregorian)", "OS": "Old Style (Julian)", "AH": "Hijri (arithmetical)"})
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
HIJRI_MONTHS = (
    "Muharram", "Safar", "Rabi I", "Rabi II", "Jumada I", "Jumada II",
    "Rajab", "Shaban", "Ramadan", "Shawwal", "Dhu l-Qada", "Dhu l-Hijja",
)  # fmt: skip

_MODULES = {"NS": convertdate.gregorian, "OS": convertdate.julian, "AH": convertdate.islamic}
_SWITCH = (1918, 2, 14)  # first day the Soviet civil calendar counted New Style
_HIJRI = re.compile(r"(\d{1,2}) (\D+) (\d{4})(?: AH)?")
_ORDINALS = {"al-awwal": "I", "al-ula": "I", "al-thani": "II", "al-akhir": "II", "al-thaniya": "II"}


def gregorian(calendar: Calendar, year: int, month: int, day: int) -> date:
    """The New Style date of a day written in `calendar`.

    Raises
    ------
    ValueError
        If the calendar is not one of `CALENDARS`, or has no such day.

    >>> gregorian("OS", 1918, 2, 17)
    datetime.date(1918, 3, 2)
    >>> gregorian("AH", 1336, 5, 19).isoformat()
    '1918-03-02'
    """
    _check_day(calendar, year, month, day)
    if calendar == "NS":
        return date(year, month, day)
    return date(*_MODULES[calendar].to_gregorian(year, month, day))


def written(calendar: Calendar, day: date) -> Day:
    """Year, month and day `calendar` writes for the New Style date `day`: the way back of `gregorian`.

    >>> written("OS", date(1918, 3, 2))
    (1918, 2, 17)
    """
    if _known(calendar) == "NS":
        return day.year, day.month, day.day
    return _MODULES[calendar].from_gregorian(day.year, day.month, day.day)


def weekday(day: date) -> str:
    """English name of the day of the week of a New Style date.

    >>> weekday(date(1918, 3, 1))
    'Friday'
    """
    return WEEKDAYS[day.weekday()]


def soviet_civil(year: int, month: int, day: int) -> date:
    """The New Style date of a day in the Soviet civil calendar.

    31 January 1918 Old Style was followed by 14 February 1918 New Style: Julian before, Gregorian after.
    It is the calendar of the decree; whether a writer in Turkestan followed it, the evidence must say.

    Raises
    ------
    ValueError
        For 1-13 February 1918, which that calendar skipped, and for days in neither calendar.

    >>> soviet_civil(1918, 1, 31).isoformat(), soviet_civil(1918, 2, 14).isoformat()
    ('1918-02-13', '1918-02-14')
    """
    if (1918, 2, 1) <= (year, month, day) < _SWITCH:
        raise ValueError(
            f"{day} February 1918 does not exist in the Soviet civil calendar: 31 January (Old Style) was"
            " followed by 14 February (New Style); if a source prints it, record the calendar as OS or NS"
        )
    return gregorian("NS" if (year, month, day) >= _SWITCH else "OS", year, month, day)


def hijri_interval(year: int, month: int, day: int, *, tolerance: int = 1) -> tuple[date, date]:
    """Earliest and latest New Style date of a Hijri day, `tolerance` days either side of the computed one.

    With a tolerance of a day or more the 30th is accepted in every month: one of 29 days by the arithmetic
    may have been seen to last 30.

    >>> [day.isoformat() for day in hijri_interval(1336, 5, 19)]
    ['1918-03-01', '1918-03-03']
    """
    if tolerance < 0:
        raise ValueError(f"the tolerance is a number of days, 0 or more, not {tolerance}")
    beyond = 1 if day == 30 and tolerance else 0
    middle = gregorian("AH", year, month, day - beyond) + timedelta(beyond)
    return middle - timedelta(tolerance), middle + timedelta(tolerance)


def parse_hijri(text: str) -> Day:
    """Year, month and day of a Hijri date written like "19 Jumada I 1336".

    "Jumada al-awwal" and a closing "AH" are understood. Only the form is read: whether there is such a day,
    `gregorian` and `hijri_interval` decide.

    Raises
    ------
    ValueError
        If the text has another form or names no month of `HIJRI_MONTHS`.

    >>> parse_hijri("19 Jumada al-awwal 1336")
    (1336, 5, 19)
    """
    match = _HIJRI.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"'{text}' is not a Hijri date: write day, month and year, as in '19 Jumada I 1336'")
    name = " ".join(_ORDINALS.get(word, word) for word in match[2].split())
    if name not in HIJRI_MONTHS:
        raise ValueError(f"'{text}' names no Hijri month; write one of {', '.join(HIJRI_MONTHS)}")
    return int(match[3]), HIJRI_MONTHS.index(name) + 1, int(match[1])


def hijri_text(day: date) -> str:
    """A New Style date in the arithmetical Hijri calendar, "19 Jumada I 1336": good to a day either way.

    >>> hijri_text(date(1918, 3, 2))
    '19 Jumada I 1336'
    """
    return str(Reading("AH", *written("AH", day)))


@dataclass(frozen=True, order=True)
class Reading:
    """A day as written, under one assumption about the calendar it is written in.

    Raises
    ------
    ValueError
        If the calendar has no such day.
    """

    calendar: Calendar
    year: int
    month: int
    day: int

    def __post_init__(self) -> None:
        _check_day(self.calendar, self.year, self.month, self.day)

    def __str__(self) -> str:
        if self.calendar == "AH":
            return f"{self.day} {HIJRI_MONTHS[self.month - 1]} {self.year}"
        return f"{self.day} {MONTHS[self.month - 1]} {self.year} {self.calendar}"

    @property
    def new_style(self) -> date:
        """The New Style date; for a Hijri day the arithmetical one."""
        return gregorian(self.calendar, self.year, self.month, self.day)

    @property
    def interval(self) -> tuple[date, date]:
        """Earliest and latest New Style date: one day for NS and OS, a day either side for AH."""
        if self.calendar == "AH":
            return hijri_interval(self.year, self.month, self.day)
        return self.new_style, self.new_style

    @property
    def weekday(self) -> str:
        """English name of the day of the week of `new_style`."""
        return weekday(self.new_style)


def readings(year: int, month: int, day: int, *, calendars: tuple[Calendar, ...] = ("OS", "NS")) -> tuple[Reading, ...]:
    """What a bare day such as 2 March 1918 can mean: one reading for each calendar that has such a day.

    Raises
    ------
    ValueError
        If none of the calendars has it.

    >>> [(str(one), one.new_style.isoformat(), one.weekday) for one in readings(1918, 3, 2)]
    [('2 March 1918 OS', '1918-03-15', 'Friday'), ('2 March 1918 NS', '1918-03-02', 'Saturday')]
    """
    possible = tuple(name for name in calendars if _has_day(name, year, month, day))
    if not possible:
        raise ValueError(f"{year}-{month:02}-{day:02} exists in none of the calendars {', '.join(calendars)}")
    return tuple(Reading(name, year, month, day) for name in possible)


def _known(calendar: str) -> str:
    if calendar not in CALENDARS:
        raise ValueError(f"'{calendar}' is no calendar of this book; write one of {', '.join(CALENDARS)}")
    return calendar


def _has_day(calendar: str, year: int, month: int, day: int) -> bool:
    module = _MODULES[_known(calendar)]
    return 1 <= month <= 12 and 1 <= day <= module.month_length(year, month)


def _check_day(calendar: str, year: int, month: int, day: int) -> None:
    if _has_day(calendar, year, month, day):
        return
    if not 1 <= month <= 12:
        raise ValueError(f"{year}-{month}-{day}: there is no month {month} in {CALENDARS[calendar]}")
    names = HIJRI_MONTHS if calendar == "AH" else MONTHS
    length = _MODULES[calendar].month_length(year, month)
    raise ValueError(f"{names[month - 1]} {year} has {length} days in {CALENDARS[calendar]}, no day {day}")
