"""Dates as written, against the days that are read in them."""

from datetime import date, timedelta

import pytest

from helpers.check.written import Days, read


@pytest.mark.parametrize(
    ("text", "calendar", "first", "last"),
    [
        ("1 March", "NS", "1918-03-01", "1918-03-01"),
        ("2/15 March", "NS", "1918-03-15", "1918-03-15"),
        ("15 марта", "OS", "1918-03-28", "1918-03-28"),
        ("March 1918", "OS", "1918-03-14", "1918-04-13"),
        ("19 Jumada al-awwal 1336, corresponding to 2 March 1918", "NS", "1918-03-02", "1918-03-02"),
        ("5, 6, 7 and 8 March", "NS", "1918-03-05", "1918-03-08"),
        ("со 2-го по 5-ое марта", "NS", "1918-03-02", "1918-03-05"),
        ("1918-yil 1-martda", "NS", "1918-03-01", "1918-03-01"),
        ("20 April - 1 May 1918", "NS", "1918-04-20", "1918-05-01"),
        ("2 – 7 (15 – 20)-уми декабри соли 1917", "NS", "1917-12-15", "1917-12-20"),
        ("20 May (1 June) 1891", "NS", "1891-06-01", "1891-06-01"),
        ("1913-16", "NS", "1913-01-01", "1916-12-31"),
        ("night of 8 April 1917", "OS", "1917-04-20", "1917-04-22"),
    ],
)
def test_a_plain_date_is_read(text, calendar, first, last):
    assert read(text, calendar, 1918) == Days(date.fromisoformat(first), date.fromisoformat(last))


def test_before_and_after_set_one_bound():
    assert read("before 19 February", "NS", 1918) == Days(None, date(1918, 2, 19))
    assert read("after 22 April 1917", "NS", 1918) == Days(date(1917, 4, 22), None)


def test_what_is_told_in_words_is_left():
    assert read("the day after the letters", "NS", 1918) is None


def test_two_styles_that_are_not_one_day_and_days_that_do_not_exist_are_refused():
    with pytest.raises(ValueError, match="not the other in New Style"):
        read("2/14 March 1918", "NS", 1918)
    with pytest.raises(ValueError, match="no day 31"):
        read("31 April", "NS", 1918)


def spoil(damaged, calendar, **cells):
    """Change the first claim that is dated to one day in a calendar; return the place of the fault to come."""
    rows = damaged.rows("claims")
    index = next(
        i
        for i, row in enumerate(rows)
        if row["calendar_assumed"] == calendar
        and row["earliest"] == row["latest"] != ""
        and read(row["date_as_written"], calendar, 1918)
    )
    for column, value in cells.items():
        new = value if isinstance(value, str) else str(date.fromisoformat(rows[index][column]) + timedelta(value))
        damaged.set("claims", index, column, new)
    return f"claims.csv:{index + 2}:date_as_written: "


@pytest.mark.parametrize(
    ("calendar", "cells"),
    [
        ("OS", {"earliest": -13, "latest": -13}),
        ("NS", {"earliest": 13, "latest": 13}),
        ("NS", {"calendar_assumed": "OS"}),
        ("OS", {"calendar_assumed": "NS"}),
        ("NS", {"date_as_written": "11 May 1903"}),
        ("NS", {"latest": 365}),
    ],
)
def test_days_that_are_not_those_written_are_told(damaged, calendar, cells):
    place = spoil(damaged, calendar, **cells)
    assert any(fault.startswith(place) and "say in assumed_because" in fault for fault in damaged.faults())


def test_bounds_that_take_in_more_say_so(damaged):
    place = spoil(damaged, "NS", latest=20, assumed_because="the bounds take in the days of the march")
    assert not any(fault.startswith(place) for fault in damaged.faults())


def test_a_hijri_reading_needs_a_hijri_date(damaged):
    index = damaged.find("claims", calendar_assumed="NS", hijri_stated="", date_as_written="1880")
    damaged.set("claims", index, "calendar_assumed", "AH")
    expected = (
        f"claims.csv:{index + 2}:calendar_assumed: '1880' names no Hijri month; mend calendar_assumed or the date"
    )
    assert expected in damaged.faults()
