"""The tables of the calendar chapter: what each text prints, what comes out, and what it costs."""

from datetime import date, timedelta

import pytest

from helpers.bukhara import daycount
from helpers.bukhara.daycount import table as daycount_table
from helpers.bukhara.daycount.constraints import constraints
from helpers.bukhara.daycount.grid import sources

EARLY_DAYS = (date(1918, 3, 1), date(1918, 3, 2))


@pytest.fixture(scope="module")
def found(campaign):
    return constraints(campaign)


@pytest.fixture(scope="module")
def printed(campaign):
    return daycount_table.printed(campaign)


def test_every_statement_has_a_row_a_label_and_words(campaign, printed):
    keys = set(zip(printed["source"], printed["event"], strict=True))
    assert keys == daycount.statements(campaign).keys() == daycount_table.SUBJECTS.keys()
    assert printed[["label", "says"]].notna().all(axis=None)
    assert (printed["label"] != printed["source"]).all()


def test_the_other_reading_is_13_days_later_and_beckers_13_days_earlier(printed):
    for row in printed.itertuples():
        ahead = timedelta(-13 if row.source == "becker1968" else 13)
        assert (row.other_first - row.first, row.other_last - row.last) == (ahead, ahead)


def test_only_days_with_a_hijri_date_have_a_span_the_moon_allows(printed):
    with_moon = printed.dropna(subset=["hijri_first"]).set_index("source")
    assert set(with_moon.index) == {"khodzhaev1926", "ayni1920", "togan1942"}
    manifesto = with_moon.loc["khodzhaev1926"]
    assert (manifesto["hijri_first"], manifesto["hijri_last"]) == (date(1918, 3, 1), date(1918, 3, 3))


def test_each_open_text_is_known_to_the_reader_by_one_statement(campaign, found):
    shown = daycount_table.open_texts(campaign, found)
    assert list(shown.index) == list(sources(found))
    assert shown.index.is_unique
    assert (shown.loc["kuts", "NS"], shown.loc["kuts", "OS"]) == ("26 February", "11 March")
    assert (shown.loc["becker1968", "NS"], shown.loc["becker1968", "moved"]) == ("14 March", "1 March")


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(1918, 3, 2), date(1918, 3, 2), "2 March"),
        (date(1918, 3, 2), date(1918, 3, 5), "2–5 March"),
        (date(1918, 2, 26), date(1918, 3, 2), "26 February – 2 March"),
    ],
)
def test_days_are_written_as_short_as_they_can_be(first, last, text):
    assert daycount_table.span_text(first, last) == text


def test_the_two_counts_have_the_ultimatum_and_the_battle_on_successive_days(campaign):
    counts = daycount_table.count_days(campaign)
    assert counts["early"] == EARLY_DAYS
    assert counts["late"] == tuple(day + timedelta(13) for day in EARLY_DAYS)


def test_each_equation_is_held_against_both_calendars(campaign):
    table = daycount_table.equations(campaign)
    assert len(table) == 6
    assert table.groupby("reading")["off"].unique().map(list).to_dict() == {"New Style": [0], "Old Style": [13]}
    manifesto = table[(table["source"] == "khodzhaev1926") & (table["reading"] == "Old Style")].iloc[0]
    assert manifesto["says"] == "2 March 1918 = 19 Jumada I 1336"
    assert (manifesto["weekday"], manifesto["hijri"]) == ("Friday", "2 Jumada II 1336")


def test_the_table_without_each_text_begins_with_all_of_them(campaign, found):
    table = daycount_table.leaving_out(campaign, found)
    assert table.iloc[0].to_list() == ["no text", 1024, 40, 0, 1, 4]
    assert len(table) == 13
    assert table.loc[table["left out"] == "Ayni 1920", ["2 March rejects", "15 March rejects"]].to_numpy().tolist() == [
        [1, 3]
    ]


def test_the_cheapest_reading_leaves_as_many_texts_in_new_style_as_it_can(found):
    readings = daycount_table.cheapest(found)
    moved = {count: {s for s, key in reading.items() if key != "NS"} for count, reading in readings.items()}
    assert moved["early"] == {"becker1968"}
    assert moved["late"] == {"khodzhaev1926", "ayni1920", "tajenc", "togan1942", "shirokorad"}


def test_the_bill_has_a_line_for_every_witness_and_says_what_becomes_of_it(campaign, found):
    bill = daycount_table.price_list(campaign, found)
    assert len(bill) == 9
    assert (int((~bill["early"]).sum()), int((~bill["late"]).sum())) == (1, 4)
    line = bill[bill["rests on"] == "Salimbek"].iloc[0]
    assert (line["early"], line["late"]) == (True, False)
    assert line["late_says"] == "that day, 14 March, is a Thursday"
