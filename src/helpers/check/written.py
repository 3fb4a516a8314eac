"""Dates as the sources print them, against the days that we read in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from helpers.calendars import gregorian
from helpers.check.package import Package
from helpers.check.values import day
from helpers.record import MISSING, Fault

MONTHS = (
    "jan(?:uary)?|январ\\w*|yanvar\\w*", "feb(?:ruary)?|феврал\\w*|fevral\\w*", "mar(?:ch)?|март\\w*|mart\\w*",
    "apr(?:il)?|апрел\\w*|aprel\\w*", "may|ма[йяе]", "june?|июн\\w*|iyun\\w*", "july?|июл\\w*|iyul\\w*",
    "aug(?:ust)?|август\\w*|avgust\\w*", "sep(?:t(?:ember)?)?|сентябр\\w*|sent[ay]\\w*",
    "oct(?:ober)?|октябр\\w*|okt[ay]\\w*", "nov(?:ember)?|ноябр\\w*|noy[ab]\\w*",
    "dec(?:ember)?|декабр\\w*|dek[ab]\\w*",
)  # fmt: skip
"""How the names of the months begin in English, Russian, Tajik and Uzbek."""
HIJRI = re.compile(
    r"(?:\d{1,2}(?:-го)? )?(?:(?:muharram|safar|rabi|jumada|rajab|sha.?ban|ramadan|shawwal|dhu)\b"
    r"|(?:мухаррам|сафар|раби|дж[иу]мад|раджаб|шабан|рама[дз]ан|шавва)\w*)[^\d=;,()]*(?:\d{4}(?: hijri)?)?"
)
_WORDS = {"-": "to по до until and и – —", "<": "before", ">": "after", "night": "night ночью ночь"}
_MARKS = {word: mark for mark, words in _WORDS.items() for word in words.split()}
_SAYING_NOTHING = (
    "the in on of at from с со в во г года году yil соли го ое уми afternoon midnight evening morning next второй"
    " половине дня corresponding"
)
_EMPTY = frozenset(_SAYING_NOTHING.split())
_TOKEN = re.compile(r"\d+|m\d\d\b|[^\W\d]+|[-–—<>/()=,]")
_D, _M, _Y = r"\d{1,2}(?: [-,]+ \d{1,2})*", r"m\d\d", r"\d{4}"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"(?P<d>{_D}) (?P<m>{_M})(?: \(?(?P<y>{_Y}))?",
        rf"(?P<d>\d{{1,2}}) (?P<m>{_M})(?: (?P<y>{_Y}))? - (?P<d2>\d{{1,2}}) (?P<m2>{_M})(?: (?P<y2>{_Y}))?",
        rf"(?P<m>{_M})(?: (?P<y>{_Y}))?(?: - (?P<m2>{_M})(?: (?P<y2>{_Y}))?)?",
        rf"(?P<y>{_Y})(?: - (?P<y2>{_Y}|\d\d))?",
    )
)
_BOTH = re.compile(
    rf"(?P<os>{_D})(?P<om> {_M})?(?: {_Y})? [(/] ?(?P<ns>{_D})(?P<nm> {_M})? ?\)?(?P<m> {_M})?(?P<y> {_Y})?"
)


class Days(NamedTuple):
    """First and last New Style day of what is written; None where it sets no bound."""

    first: date | None
    last: date | None


@lru_cache(maxsize=4096)
def read(text: str, calendar: str, year: int) -> Days | None:
    """The days that a date as written means in a calendar, None where it is in words that are not understood.

    Parameters
    ----------
    text
        One date, span or list of them, in one of the plain forms: "2-3 March 1918", "2/15 March", "19 февраля".
    calendar
        ``NS`` or ``OS``.
    year
        The year where the text gives none.

    Raises
    ------
    ValueError
        If the calendar has no such day, or the two styles that are written are not the same day.

    >>> read("2 March", "OS", 1918)
    Days(first=datetime.date(1918, 3, 15), last=datetime.date(1918, 3, 15))
    >>> read("2/15 March 1918", "NS", 1918).first
    datetime.date(1918, 3, 15)
    >>> read("soon after", "NS", 1918) is None
    True
    """
    found = [_part(part.strip(), calendar, year) for part in text.lower().split(";")]
    if None in found:
        return None
    if len(found) == 1:
        return found[0]
    if any(None in days for days in found):
        return None
    return Days(min(days.first for days in found), max(days.last for days in found))


def dates_as_written_fit_their_days(package: Package) -> Iterator[Fault]:
    """The bounds of a claim are the days that it writes, in the calendar in which we read it.

    They may be narrower, or wide enough for the other style too, but not shifted. Where they take in more,
    `assumed_because` says so, with the word "bounds".
    """

    def wrong(text: str, calendar: str, because: str, first: str, last: str) -> str | None:
        bounds = Days(day(first), day(last))
        turned_round = None not in bounds and bounds.first > bounds.last
        if calendar not in ("NS", "OS") or bounds == (None, None) or turned_round:
            return None
        tried = [_fits(text, calendar, bounds, year, "bounds" in because) for year in _years(bounds)]
        return None if None in tried else tried[0]

    claims = package["claims"]
    yield from claims.judged(
        "date_as_written", ("date_as_written", "calendar_assumed", "assumed_because", "earliest", "latest"),
        wrong, claims["date_as_written"].filled & claims["calendar_assumed"].filled,
    )  # fmt: skip


def hijri_readings_name_a_hijri_date(package: Package) -> Iterator[Fault]:
    """A date is read as Hijri only where the source names a Hijri month, and stated in two styles where it has both."""

    def wrong(text: str, assumed: str, stated: str, hijri: str) -> str | None:
        if assumed == "AH" and hijri == MISSING and not HIJRI.search(text.lower()):
            return f"{text!r} names no Hijri month; mend calendar_assumed or the date"
        if assumed in ("NS", "OS") and stated in ("NS", "OS", "AH") and stated != assumed:
            return f"the source states {stated}, and {assumed} is assumed; mend one of them"
        if stated == "OS+NS" and not re.search(r"\d\D*[(/]\s*\d", text):
            return f"{text!r} has no second style in brackets; mend calendar_stated or the date"
        return None

    claims = package["claims"]
    yield from claims.judged(
        "calendar_assumed", ("date_as_written", "calendar_assumed", "calendar_stated", "hijri_stated"), wrong,
        claims["date_as_written"].filled & claims["calendar_stated"].filled,
    )  # fmt: skip


def _fits(text: str, calendar: str, bounds: Days, year: int, is_explained: bool) -> str | None:
    """What is wrong with the bounds if the text is of this year, where it names none."""
    try:
        days = read(text, calendar, year)
        if days is None:
            return _of_another_year(text, bounds)
        either = [read(text, style, year) for style in ("NS", "OS")]
    except (ValueError, OverflowError) as error:
        return f"{text!r}: {error}; mend the date or the calendar"
    widest = Days(either[0].first, either[1].last)
    if is_explained and _meet(days, bounds):
        return None
    if _within(bounds, widest) and (_within(bounds, days) or _within(days, bounds)):
        return None
    return (
        f"{text!r} in {calendar} is {_said(days)}, but earliest and latest say {_said(bounds)};"
        " mend the bounds or calendar_assumed, or say in assumed_because what the bounds take in"
    )


def _of_another_year(text: str, bounds: Days) -> str | None:
    """What is wrong if the text, not understood as a whole, names years and the bounds lie in none of them."""
    years = [int(found) for found in re.findall(r"(?<!\d)(?:1[789]|20)\d\d(?!\d)", text)]
    low = not years or not bounds.first or bounds.first.year >= min(years)
    high = not years or not bounds.last or bounds.last <= date(max(years) + 1, 1, 13)
    return None if low and high else f"{text!r} is not of the years of {_said(bounds)}; mend the bounds"


def _years(bounds: Days) -> list[int]:
    """The years of the bounds; the last days of a year Old Style lie in the next one New Style."""
    ends = [end for end in bounds if end]
    named = [end.year for end in ends] + [
        end.year - 1 for end in ends if (end.month, end.day) < (1, 14) and end.year > 1
    ]
    return list(dict.fromkeys(named))


def _within(inner: Days, outer: Days) -> bool:
    return not (
        (outer.first and inner.first and inner.first < outer.first)
        or (outer.last and inner.last and inner.last > outer.last)
    )  # fmt: skip


def _said(days: Days) -> str:
    return "/".join(str(end or "..") for end in dict.fromkeys(days))


def _meet(one: Days, other: Days) -> bool:
    return not any(a.last and b.first and a.last < b.first for a, b in ((one, other), (other, one)))


def _part(text: str, calendar: str, year: int) -> Days | None:
    western = HIJRI.sub(" ", re.sub(r"[\[\]]", " ", text))
    western = re.sub(r"^(\d{4})-yil (.*)", r"\2 \1", western)  # Uzbek writes the year first
    for number, names in enumerate(MONTHS, start=1):
        western = re.sub(rf"(?<![^\W\d])(?:{names})(?!\w)", f" m{number:02} ", western)
    tokens = [_MARKS.get(token, token) for token in _TOKEN.findall(western) if token not in _EMPTY]
    night = "night" in tokens
    said = " ".join(token for token in tokens if token != "night").strip(" =,-")
    said = re.sub(r"- (?=-)|(?:(?<=\b\d )|(?<=\b\d\d )|(?<=\) ))- (?=m)", "", said)  # of "2-го"
    side, said = (said[0], said[1:].strip()) if said[:1] in ("<", ">") else ("", said)
    found = _both_styles(said, year) or _one_style(re.sub(r"[()]", "", said).replace("  ", " ").strip(), calendar, year)
    if found is None or (side and night):
        return None
    if side:  # the day itself is left in, as for a part of it
        return Days(None, found.last) if side == "<" else Days(found.first, None)
    return Days(found.first - timedelta(1), found.last + timedelta(1)) if night else found


def _one_style(said: str, calendar: str, year: int) -> Days | None:
    match = next((match for form in _FORMS if (match := form.fullmatch(said))), None)
    if match is None:
        return None
    cell = match.groupdict()
    last_year = cell.get("y2") or cell.get("y") or str(year)
    first_year = cell.get("y") or last_year
    if len(last_year) == 2:
        last_year = first_year[:2] + last_year
    first_month, last_month = cell.get("m"), cell.get("m2") or cell.get("m")
    days = [int(found) for found in re.findall(r"\d+", cell.get("d") or "")]
    first_day, last_day = (days[0], int(cell.get("d2") or days[-1])) if days else (1, 0)
    first, last = _number(first_month, 1), _number(last_month, 12)
    return Days(
        gregorian(calendar, int(first_year), first, first_day),
        gregorian(calendar, int(last_year), last, last_day) if last_day else _end(calendar, int(last_year), last),
    )


def _both_styles(said: str, year: int) -> Days | None:
    match = _BOTH.fullmatch(said)
    if match is None or not (match["m"] or match["nm"]):
        return None
    old, new = ([int(found) for found in re.findall(r"\d+", match[name])] for name in ("os", "ns"))
    months = (match["om"] or match["m"] or match["nm"]).strip(), (match["nm"] or match["m"]).strip()
    written = int(match["y"] or year)
    for one, other in zip(old, new, strict=False):
        old_style = gregorian("OS", written, _number(months[0], 1), one)
        if old_style != gregorian("NS", written, _number(months[1], 1), other):
            raise ValueError("the day in brackets is not the other in New Style")
    month = _number(months[1], 1)
    return Days(gregorian("NS", written, month, new[0]), gregorian("NS", written, month, new[-1]))


def _number(month: str | None, without: int) -> int:
    return int(month[1:]) if month else without


def _end(calendar: str, year: int, month: int) -> date:
    after = (year + 1, 1) if month == 12 else (year, month + 1)
    return gregorian(calendar, *after, 1) - timedelta(1)


RULES = (dates_as_written_fit_their_days, hijri_readings_name_a_hijri_date)
