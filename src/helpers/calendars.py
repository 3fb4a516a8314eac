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
import unicodedata
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
_HIJRI = re.compile(r"([0-9]{1,2})\s+(\D+?)\s+([0-9]{1,4})(?:\s+AH)?")
#: Ayn, hamza and what is typed for them.
_MARKS = dict.fromkeys(map(ord, "'`\u00b4\u02b9\u02bb\u02bc\u02be\u02bf\u2018\u2019\u2032"))
_ARTICLES = frozenset({"al", "l", "ul", "el", "ath", "uth"})
_RABI, _JUMADA = "r[ae]bi(?:ul)?", "d?j[ua]mad[ai](?:l|ul)?"
_FIRST, _SECOND = " (?:i|aww?al|avval|ula)", " (?:ii|thaniy?a?|saniy?a?|akhira?)"
#: The usual transliterations of each month, without marks, diacritics, capitals, articles and a last h.
_HIJRI_FORMS = tuple(
    map(
        re.compile,
        (
            "m[uo]harr?[ae]m", "safar", _RABI + _FIRST, _RABI + _SECOND, _JUMADA + _FIRST, _JUMADA + _SECOND,
            "r[ae]d?j[ae]b", "sha{1,2}ban", "rama[dz]h?an", "sha(?:ww?|vv?)al",
            "(?:dh|z)[ui]l? ?[qk](?:[ai]|ai)d[ae]", "(?:dh|z)[ui]l? ?hid?jj?[ae]",
        ),
    )
)  # fmt: skip
_TWO_MONTHS = re.compile(f"{_RABI}|{_JUMADA}")


def gregorian(calendar: Calendar, year: int, month: int, day: int) -> date:
    """The New Style date of a day written in `calendar`.

    Raises
    ------
    ValueError
        If the calendar is not one of `CALENDARS` or has no such day, or a `date` cannot hold it: years 1 to 9999.

    >>> gregorian("OS", 1918, 2, 17)
    datetime.date(1918, 3, 2)
    >>> gregorian("AH", 1336, 5, 19).isoformat()
    '1918-03-02'
    """
    _check_day(calendar, year, month, day)
    found = (year, month, day) if calendar == "NS" else _MODULES[calendar].to_gregorian(year, month, day)
    if not date.min.year <= found[0] <= date.max.year:
        raise ValueError(f"{year}-{month}-{day} in {CALENDARS[calendar]} lies outside the New Style years 1 to 9999")
    return date(*found)


def written(calendar: Calendar, day: date) -> Day:
    """Year, month and day `calendar` writes for the New Style date `day`: the way back of `gregorian`.

    Raises
    ------
    ValueError
        If the calendar is not one of `CALENDARS`, or had not begun on that day.
    TypeError
        If `day` is no day: a text, or pandas' NaT.

    >>> written("OS", date(1918, 3, 2))
    (1918, 2, 17)
    """
    day = _day(day)
    if _known(calendar) == "NS":
        return day.year, day.month, day.day
    found = _MODULES[calendar].from_gregorian(day.year, day.month, day.day)
    if found[0] < 1:
        raise ValueError(f"{day} lies before the year 1 in {CALENDARS[calendar]}")
    return found


def weekday(day: date) -> str:
    """English name of the day of the week of a New Style date.

    Raises
    ------
    TypeError
        If `day` is no day: a text, or pandas' NaT.

    >>> weekday(date(1918, 3, 1))
    'Friday'
    """
    return WEEKDAYS[_day(day).weekday()]


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
    try:
        return middle - timedelta(tolerance), middle + timedelta(tolerance)
    except OverflowError:
        raise ValueError(f"{tolerance} days about {middle} run beyond the New Style years 1 to 9999") from None


def parse_hijri(text: str) -> Day:
    """Year, month and day of a Hijri date written like "19 Jumada I 1336".

    The months are read in the usual transliterations ("Jumādā al-ūlā", "Shaʿban", "Dhu'l-Hijja"), whatever their
    capitals, diacritics and marks for ayn and hamza; a closing "AH" is understood. Only the form is read: whether
    there is such a day, `gregorian` and `hijri_interval` decide.

    Raises
    ------
    ValueError
        If the text has another form, names no month of `HIJRI_MONTHS`, or one that two share ("Rabi", "Jumada").

    >>> parse_hijri("19 Jumada al-awwal 1336")
    (1336, 5, 19)
    """
    match = _HIJRI.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"'{text}' is not a Hijri date: write day, month and year, as in '19 Jumada I 1336'")
    name = _bare(match[2])
    if _TWO_MONTHS.fullmatch(name):
        raise ValueError(f"'{text}' can be either of two Hijri months; write '{match[2]} I' or '{match[2]} II'")
    months = [number for number, form in enumerate(_HIJRI_FORMS, start=1) if form.fullmatch(name)]
    if not months:
        raise ValueError(f"'{text}' names no Hijri month; write one of {', '.join(HIJRI_MONTHS)}")
    return int(match[3]), months[0], int(match[1])


def _bare(name: str) -> str:
    """The name of a month in small Latin letters, without what transliterations write differently or leave out."""
    letters = unicodedata.normalize("NFKD", name).translate(_MARKS).lower()
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    words = [word for word in re.split(r"[\s\u2010\u2011-]+", plain) if word not in _ARTICLES]
    return " ".join(re.sub("ah$", "a", word) for word in words)


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


def _day(day: date) -> date:
    """The day alone, of a `date`, a `datetime` or a pandas Timestamp."""
    if not isinstance(day, date) or day != day:  # NaT, which pandas calls a datetime, is not equal to itself
        raise TypeError(f"{day!r} is no day; give one as in date(1918, 3, 2)")
    return date(day.year, day.month, day.day)


def _has_day(calendar: str, year: int, month: int, day: int) -> bool:
    module = _MODULES[_known(calendar)]
    return year >= 1 and 1 <= month <= 12 and 1 <= day <= module.month_length(year, month)


def _check_day(calendar: str, year: int, month: int, day: int) -> None:
    if _has_day(calendar, year, month, day):
        return
    if year < 1:
        raise ValueError(f"{year}-{month}-{day}: the years of {CALENDARS[calendar]} begin with 1")
    if not 1 <= month <= 12:
        raise ValueError(f"{year}-{month}-{day}: there is no month {month} in {CALENDARS[calendar]}")
    names = HIJRI_MONTHS if calendar == "AH" else MONTHS
    length = _MODULES[calendar].month_length(year, month)
    raise ValueError(f"{names[month - 1]} {year} has {length} days in {CALENDARS[calendar]}, no day {day}")
