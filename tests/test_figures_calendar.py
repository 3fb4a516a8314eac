"""The figures of the calendar chapter: every day is drawn where the table has it, and the form offers every reading."""

import re
from datetime import date

import pytest

from helpers.book import page
from helpers.bukhara.daycount import choices
from helpers.bukhara.daycount import table as daycount_table
from helpers.bukhara.daycount.constraints import SLACK, constraints
from helpers.bukhara.daycount.grid import sources
from helpers.bukhara.figures import calendar
from helpers.bukhara.forms import calendar as calendar_form


@pytest.fixture(scope="module")
def rows(campaign):
    return daycount_table.printed(campaign)


@pytest.fixture(scope="module")
def clocks(campaign, rows):
    return calendar.three_clocks(rows, counts=daycount_table.count_days(campaign), weekday="Friday")


@pytest.fixture(scope="module")
def found(campaign):
    return constraints(campaign)


def drawn(figure, name):
    (trace,) = (trace for trace in figure.data if trace.name == name)
    return list(trace.x)


def test_the_clocks_show_each_day_of_the_weeks_shown_under_both_readings(clocks, rows):
    shown = rows[(rows["last"] >= calendar.FIRST) & (rows["first"] <= calendar.LAST)]
    assert set(rows["event"]) - set(shown["event"]) == {"manifesto_april_1917"}
    assert drawn(clocks, "as printed") == [day for row in shown.itertuples() for day in (row.first, row.last)]
    other = drawn(clocks, "under the other reading")
    assert other == [day for row in shown.itertuples() for day in (row.other_first, row.other_last)]


def test_the_clocks_use_only_marks_that_the_page_can_draw(clocks):
    assert {trace.type for trace in clocks.data} <= page.DRAWABLE


def test_the_last_row_marks_every_friday_and_can_be_left_out(campaign, rows, clocks):
    fridays = [trace for trace in clocks.data if trace.mode == "markers" and not trace.name]
    assert len(fridays) == 1
    assert {day.weekday() for day in fridays[0].x} == {4}
    bare = calendar.three_clocks(rows, counts=daycount_table.count_days(campaign), weekday=None)
    assert len(bare.data) == len(clocks.data) - 1


def test_a_day_is_told_on_all_three_clocks():
    told = calendar.hover_text(date(1918, 3, 2))
    assert told == "Saturday, 2 March 1918<br>17 February 1918 OS<br>19 Jumada I 1336"


def test_the_form_offers_both_readings_of_every_open_text_and_ticks_the_given_one(campaign, found):
    reading = daycount_table.cheapest(found)["early"]
    html = calendar_form.form(daycount_table.open_texts(campaign, found), reading)
    for source in sources(found):
        values = re.findall(rf'name="reading-{source}" value="(\w+)"( checked)?', html)
        assert [value for value, _ in values] == [choice.key for choice in choices(source)]
        assert [value for value, ticked in values if ticked] == [reading[source]]
        assert f'aria-describedby="hint-{source}"' in html


def test_what_the_script_looks_up_is_what_the_constraints_say(found):
    readings = daycount_table.cheapest(found)
    data = calendar_form.data(found, readings)
    assert data["presets"] == readings
    assert calendar_form.PRESETS.keys() == readings.keys()
    for one, written in zip(found, data["constraints"], strict=True):
        assert written["slack"] in SLACK
        assert {tuple(keys.split("|")): need for keys, need in written["needs"].items()} == dict(one.needs)
        assert len(written["says"]) == 2 ** len(one.sources)


def test_the_fallback_is_a_table_with_the_prices(campaign, found):
    html = calendar_form.fallback(daycount_table.leaving_out(campaign, found))
    assert html.count("<tr") == 1 + 13
