"""Statements of a day held against themselves: what the sources equate meets in New Style and misses in Old."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.bukhara.daycount.agreement import agreement
from helpers.calendars import weekday, written

DAYS = st.dates(date(1850, 1, 1), date(1950, 12, 31))
MANIFESTO = (1336, 5, 19)  # Khodzhaev: 19 Jumada I 1336, "corresponding to 2 March 1918"
NIGHT = (1336, 5, 26)  # Ayni: 26 Jumada I, the night of 9 March


@pytest.mark.parametrize(("printed", "hijri"), [((1918, 3, 2), MANIFESTO), ((1918, 3, 9), NIGHT)])
def test_khodzhaev_and_ayni_equate_days_that_meet_in_new_style_and_miss_by_13_days_in_old(printed, hijri):
    old, new = agreement(printed, hijri=hijri)
    assert (new.calendar, new.hijri_off, new.fits()) == ("NS", 0, True)
    assert (old.calendar, old.hijri_off, old.fits()) == ("OS", 13, False)


@pytest.mark.parametrize(("printed", "stated"), [((1918, 3, 1), "Friday"), ((1918, 3, 2), "Saturday")])
def test_salimbeks_friday_and_saturday_are_1_and_2_march_in_new_style_only(printed, stated):
    old, new = agreement(printed, weekday=stated)
    assert (new.weekday, new.weekday_off, new.fits()) == (stated, 0, True)
    assert (old.weekday_off, old.fits()) == (1, False)


def test_the_manifesto_of_1917_shows_the_method_to_be_good_to_a_day():
    (computed,) = agreement(hijri=(1335, 6, 28), weekday="Friday")
    assert (computed.new_style, computed.weekday, computed.weekday_off) == (date(1917, 4, 21), "Saturday", -1)
    assert computed.fits()
    assert not computed.fits(tolerance=0)
    (friday, _) = agreement((1917, 4, 7), weekday="Friday", hijri=(1335, 6, 28))
    assert (friday.calendar, friday.new_style, friday.hijri_off) == ("OS", date(1917, 4, 20), -1)
    assert friday.fits()


def test_a_day_with_nothing_to_hold_it_against_neither_fits_nor_fails():
    assert [one.fits() for one in agreement((1918, 3, 2))] == [None, None]


def test_a_weekday_that_fails_is_not_saved_by_a_hijri_day_that_fits():
    _, new = agreement((1918, 3, 2), weekday="Friday", hijri=MANIFESTO)
    assert (new.hijri_off, new.weekday_off, new.fits()) == (0, -1, False)


@given(DAYS, st.sampled_from(["Monday", "Wednesday", "Friday", "Sunday"]))
def test_the_weekday_is_off_by_the_shortest_way_to_it(day, stated):
    (one,) = agreement(written("NS", day), weekday=stated, calendars=("NS",))
    assert abs(one.weekday_off) <= 3
    assert weekday(day + timedelta(one.weekday_off)) == stated


def test_a_statement_must_fix_a_day():
    with pytest.raises(ValueError, match="a weekday alone fixes no day"):
        agreement(weekday="Friday")
    with pytest.raises(ValueError, match="'Freitag' is no weekday"):
        agreement((1918, 3, 1), weekday="Freitag")
