"""Calendars, held against published dates and against day-number formulas of another origin.

The formulas here are those of Fliegel and Van Flandern (Communications of the ACM 11, 1968, p. 657) for the
Gregorian calendar, one of the same kind for the Julian, and for the Hijri a plain count of years and months;
the code under test uses other ones.
"""

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import calendars
from helpers.bukhara.daycount import soviet_civil
from helpers.calendars import (
    HIJRI_MONTHS,
    Reading,
    gregorian,
    hijri_interval,
    hijri_text,
    parse_hijri,
    readings,
    weekday,
    written,
)

DAYS = st.dates(date(1850, 1, 1), date(1950, 12, 31))
LEAP_YEARS_OF_THIRTY = {2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29}
HIJRI_EPOCH = 1948440  # Friday 16 July 622 Old Style
MANIFESTO = (1336, 5, 19)  # Khodzhaev: 19 Jumada I 1336, "corresponding to 2 March 1918"
NIGHT = (1336, 5, 26)  # Ayni: 26 Jumada I, the night of 9 March


def day_number(day: date) -> int:
    return day.toordinal() + 1721425


def quotient(a: int, b: int) -> int:
    """Division towards zero, as the formulas' FORTRAN has it."""
    return int(a / b)


def gregorian_day_number(y: int, m: int, d: int) -> int:
    a = quotient(m - 14, 12)
    years, months = quotient(1461 * (y + 4800 + a), 4), quotient(367 * (m - 2 - 12 * a), 12)
    return d - 32075 + years + months - quotient(3 * quotient(y + 4900 + a, 100), 4)


def julian_day_number(y: int, m: int, d: int) -> int:
    return 367 * y - quotient(7 * (y + 5001 + quotient(m - 9, 7)), 4) + quotient(275 * m, 9) + d + 1729777


def hijri_day_number(y: int, m: int, d: int) -> int:
    leap_days = sum((year % 30 or 30) in LEAP_YEARS_OF_THIRTY for year in range(1, y))
    months = sum(30 if month % 2 else 29 for month in range(1, m))
    return HIJRI_EPOCH + 354 * (y - 1) + leap_days + months + d - 1


ORACLES = {"NS": gregorian_day_number, "OS": julian_day_number, "AH": hijri_day_number}


@pytest.mark.parametrize("calendar", ORACLES)
@given(day=DAYS)
def test_a_day_written_in_any_calendar_comes_back_as_the_same_day(calendar, day):
    assert gregorian(calendar, *written(calendar, day)) == day


@pytest.mark.parametrize("calendar", ORACLES)
@given(day=DAYS)
def test_a_written_day_has_the_day_number_an_independent_formula_gives_it(calendar, day):
    assert ORACLES[calendar](*written(calendar, day)) == day_number(day)


@given(DAYS)
def test_the_weekday_is_the_day_number_modulo_seven(day):
    names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    assert weekday(day) == names[day_number(day) % 7]


@pytest.mark.parametrize(
    ("calendar", "written_day", "day"),
    [
        ("OS", (1917, 10, 25), date(1917, 11, 7)),  # the October Revolution
        ("OS", (1918, 1, 31), date(1918, 2, 13)),  # the last Old Style day of the Soviet decree
        ("OS", (1899, 12, 31), date(1900, 1, 12)),
        ("AH", (1, 1, 1), date(622, 7, 19)),  # 16 July 622 Old Style
        ("AH", (1421, 1, 1), date(2000, 4, 6)),  # Meeus, Astronomical Algorithms, example 9.a
        ("AH", (1412, 2, 2), date(1991, 8, 13)),  # Meeus, example 9.b
    ],
)
def test_published_dates_convert_both_ways(calendar, written_day, day):
    assert gregorian(calendar, *written_day) == day
    assert written(calendar, day) == written_day


@pytest.mark.parametrize(
    ("day", "gap"),
    [
        (date(1900, 3, 12), 12),  # 28 February 1900 Old Style
        (date(1900, 3, 13), 12),  # 29 February, which only the Julian calendar has
        (date(1900, 3, 14), 13),
        (date(1850, 1, 1), 12),
        (date(1918, 3, 2), 13),
    ],
)
def test_old_style_falls_thirteen_days_behind_after_its_leap_day_of_1900(day, gap):
    year, month, number = written("OS", day)
    label = date(year, month, number) if (month, number) != (2, 29) else date(1900, 3, 1)
    assert day - label == timedelta(gap)


def test_29_february_1900_exists_in_old_style_only():
    assert gregorian("OS", 1900, 2, 29) == date(1900, 3, 13)
    with pytest.raises(ValueError, match="February 1900 has 28 days in New Style"):
        gregorian("NS", 1900, 2, 29)
    assert [reading.calendar for reading in readings(1900, 2, 29)] == ["OS"]


def test_29_february_1916_exists_in_both_and_1918_in_neither():
    assert [str(reading) for reading in readings(1916, 2, 29)] == [
        "29 February 1916 OS",
        "29 February 1916 NS",
    ]
    with pytest.raises(ValueError, match="none of the calendars OS, NS"):
        readings(1918, 2, 29)


@pytest.mark.parametrize(
    ("calendar", "day", "reason"),
    [
        ("NS", (1918, 2, 30), "February 1918 has 28 days"),
        ("OS", (1918, 2, 30), "February 1918 has 28 days"),
        ("OS", (1918, 13, 1), "no month 13"),
        ("AH", (1336, 2, 30), "Safar 1336 has 29 days"),
        ("AH", (1335, 12, 30), "Dhu l-Hijja 1335 has 29 days"),
        ("NS", (1918, 3, 0), "no day 0"),
        ("AM", (1918, 3, 1), "'AM' is no calendar of this book; write one of NS, OS, AH"),
    ],
)
def test_a_day_that_does_not_exist_is_refused_with_the_reason(calendar, day, reason):
    with pytest.raises(ValueError, match=reason):
        gregorian(calendar, *day)


def test_the_last_month_of_a_leap_year_of_the_hijra_has_thirty_days():
    assert gregorian("AH", 1336, 12, 30) + timedelta(1) == gregorian("AH", 1337, 1, 1)


def test_the_soviet_calendar_steps_from_31_january_to_14_february_in_one_day():
    assert soviet_civil(1918, 1, 31) == date(1918, 2, 13)
    assert soviet_civil(1918, 2, 14) == date(1918, 2, 14)


@pytest.mark.parametrize("day", range(1, 14))
def test_the_soviet_calendar_has_no_first_half_of_february_1918(day):
    with pytest.raises(ValueError, match=rf"^{day} February 1918 does not exist in the Soviet civil calendar"):
        soviet_civil(1918, 2, day)


@pytest.mark.parametrize("day", [(1918, 1, 32), (1918, 2, 0), (1918, 2, 29)])
def test_a_day_of_no_calendar_is_not_blamed_on_the_soviet_switch(day):
    with pytest.raises(ValueError, match="no day"):
        soviet_civil(*day)


@given(DAYS)
def test_the_soviet_calendar_is_old_style_before_the_switch_and_new_style_from_it_on(day):
    calendar = "OS" if day < date(1918, 2, 14) else "NS"
    assert soviet_civil(*written(calendar, day)) == day


@given(DAYS, st.integers(0, 3))
def test_a_hijri_date_keeps_the_days_on_either_side(day, tolerance):
    span = (day - timedelta(tolerance), day + timedelta(tolerance))
    assert hijri_interval(*written("AH", day), tolerance=tolerance) == span


def test_a_thirtieth_seen_in_a_short_month_is_the_day_after_the_29th_and_needs_a_tolerance():
    twenty_ninth = gregorian("AH", 1336, 2, 29)
    assert hijri_interval(1336, 2, 30) == (twenty_ninth, twenty_ninth + timedelta(2))
    with pytest.raises(ValueError, match="Safar 1336 has 29 days"):
        hijri_interval(1336, 2, 30, tolerance=0)
    with pytest.raises(ValueError, match="number of days, 0 or more"):
        hijri_interval(1336, 2, 1, tolerance=-1)


@given(DAYS)
def test_hijri_text_reads_back(day):
    assert gregorian("AH", *parse_hijri(hijri_text(day))) == day


@pytest.mark.parametrize("number", range(1, 13))
def test_every_month_of_the_hijra_is_read(number):
    assert parse_hijri(f"1 {HIJRI_MONTHS[number - 1]} 1336") == (1336, number, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("19 Jumada I 1336", MANIFESTO),
        ("26 Jumada al-awwal 1336 AH", NIGHT),
        ("28 Jumada al-thani 1335", (1335, 6, 28)),
        ("1 Dhu l-Hijja 1336", (1336, 12, 1)),
    ],
)
def test_hijri_dates_are_read_as_the_sources_spell_them(text, day):
    assert parse_hijri(text) == day


@pytest.mark.parametrize("text", ["19 Jumada 1336", "19 March 1918", "Jumada I 1336", "", "1336-05-19"])
def test_what_is_not_a_hijri_date_is_refused(text):
    with pytest.raises(ValueError, match="Hijri"):
        parse_hijri(text)


def test_a_reading_knows_its_day_its_weekday_and_how_it_is_written():
    old, new = readings(1918, 3, 2)
    assert (str(old), old.new_style, old.weekday) == ("2 March 1918 OS", date(1918, 3, 15), "Friday")
    assert (str(new), new.new_style, new.weekday) == ("2 March 1918 NS", date(1918, 3, 2), "Saturday")
    assert new.interval == (date(1918, 3, 2), date(1918, 3, 2))


def test_a_hijri_reading_is_an_interval_of_three_days():
    reading = Reading("AH", *MANIFESTO)
    assert str(reading) == "19 Jumada I 1336"
    assert reading.interval == (date(1918, 3, 1), date(1918, 3, 3))


def test_a_reading_of_a_day_that_does_not_exist_cannot_be_made():
    with pytest.raises(ValueError, match="February 1918 has 28 days"):
        Reading("OS", 1918, 2, 29)


@pytest.mark.parametrize(
    ("month", "spellings"),
    [
        (1, "Muḥarram|MUHARRAM|Moharrem"),
        (2, "Ṣafar|safar"),
        (3, "Rabi' al-Awwal|Rabīʿ I|Rabi-ul-Awwal|Rabi‘ al-awwal"),
        (4, "Rabi' al-Thani|Rabīʿ al-Ākhir|Rabi' ath-Thani|rabi ii"),
        (5, "Jumada al-Awwal|Jumādā I|Jumada al-Ula|Jumādā l-ūlā"),
        (6, "Jumada al-Thani|Jumada al-Akhira|Jumādā al-Thāniyah|Jumada al-Akhir"),
        (7, "Rajab|Redjeb"),
        (8, "Shaʿban|Sha'ban|Shaʿbān|Sha’aban"),
        (9, "Ramaḍān|Ramazan|Ramadhan"),
        (10, "Shawwāl|Shawal"),
        (11, "Dhu al-Qaʿda|Dhū l-Qaʿda|Dhu'l-Qa'dah|Dhu al-Qiʿda|Zulqada"),
        (12, "Dhu al-Hijja|Dhū l-Ḥijja|Dhu'l-Hijjah|Zulhijja"),
    ],
)
def test_a_month_of_the_hijra_is_read_in_its_usual_transliterations(month, spellings):
    assert [calendars.parse_hijri(f"3 {name} 1336 AH") for name in spellings.split("|")] == [
        (1336, month, 3) for _ in spellings.split("|")
    ]


@pytest.mark.parametrize("name", ["Rabi", "Rabīʿ", "Jumada", "Jumādā"])
def test_a_name_that_two_months_share_is_refused(name):
    with pytest.raises(ValueError, match=f"either of two Hijri months; write '{name} I' or '{name} II'"):
        calendars.parse_hijri(f"3 {name} 1336")


@pytest.mark.parametrize("name", ["Dhu", "Ramadan II", "Rabi III", "al", "Sharban"])
def test_a_name_that_no_month_has_is_refused(name):
    with pytest.raises(ValueError, match="names no Hijri month"):
        calendars.parse_hijri(f"3 {name} 1336")


@pytest.mark.parametrize("calendar", ["NS", "OS", "AH"])
@pytest.mark.parametrize("year", [0, -1, -4])
def test_a_year_before_the_first_is_refused(calendar, year):
    with pytest.raises(ValueError, match=r"the years of .* begin with 1"):
        calendars.gregorian(calendar, year, 2, 29)
    with pytest.raises(ValueError, match=r"begin with 1|exists in none"):
        calendars.readings(year, 1, 1, calendars=(calendar,))


@pytest.mark.parametrize(
    ("calendar", "day"), [("OS", (1, 1, 1)), ("OS", (9999, 12, 31)), ("AH", (9700, 1, 1)), ("NS", (10000, 1, 1))]
)
def test_a_day_that_no_date_can_hold_is_refused_by_what_was_written(calendar, day):
    with pytest.raises(ValueError, match=f"{day[0]}-{day[1]}-{day[2]} in .* outside the New Style years 1 to 9999"):
        calendars.gregorian(calendar, *day)


def test_a_day_before_the_hijra_has_no_hijri_date():
    assert calendars.hijri_text(date(622, 7, 19)) == "1 Muharram 1"
    with pytest.raises(ValueError, match="0622-07-18 lies before the year 1 in Hijri"):
        calendars.hijri_text(date(622, 7, 18))


def test_a_tolerance_that_runs_beyond_the_last_day_is_refused():
    with pytest.raises(ValueError, match="run beyond the New Style years 1 to 9999"):
        calendars.hijri_interval(1336, 5, 19, tolerance=10**7)


def test_a_timestamp_is_taken_as_its_day_and_what_is_no_day_is_refused():
    assert calendars.weekday(pd.Timestamp("1918-03-01 23:59")) == "Friday"
    assert calendars.written("OS", pd.Timestamp("1918-03-02")) == (1918, 2, 17)
    for none in (pd.NaT, "1918-03-01"):
        for asked in (calendars.weekday, calendars.hijri_text):
            with pytest.raises(TypeError, match="is no day"):
                asked(none)
