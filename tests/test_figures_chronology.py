"""The figures of the chronology: every event stands where its days are, and every mark can be drawn by the page."""

import pandas as pd
import pytest

from helpers.book import page
from helpers.bukhara.chronology import lanes as chronology_lanes
from helpers.bukhara.chronology import tables as chronology_tables
from helpers.bukhara.figures import chronology as figures


@pytest.fixture(scope="module")
def rows(campaign):
    return chronology_lanes.timeline(campaign)


@pytest.fixture(scope="module")
def dated(rows):
    return figures.lanes(chronology_lanes.dated(rows))


@pytest.fixture(scope="module")
def pairs(campaign):
    return chronology_tables.key_pairs(campaign)


def words(figure):
    return [note.text for note in figure.layout.annotations]


def ends(figure, name, title):
    (trace,) = (trace for trace in figure.data if trace.name == name)
    return [x for x, text in zip(trace.x, trace.hovertext, strict=True) if text and text.startswith(f"{title}<br>")]


def test_every_event_and_every_lane_is_named(dated, rows):
    short = chronology_lanes.dated(rows)
    assert set(short["title"]) <= set(words(dated))
    assert {f"<b>{lane}</b>" for lane in short["lane"]} <= set(words(dated))


def test_an_event_is_drawn_from_its_first_day_to_its_last_by_both_counts(dated):
    title = "The delegates are killed"
    assert ends(dated, figures.GIVEN, title) == [pd.Timestamp("1918-03-04"), pd.Timestamp("1918-03-05")]
    assert ends(dated, figures.LATE, title) == [pd.Timestamp("1918-03-17"), pd.Timestamp("1918-03-18")]


def test_a_day_that_is_ours_is_a_bar_without_ends_and_can_be_seen(dated):
    first, last = ends(dated, figures.OURS, "Utkin is received by the emir")
    assert first < pd.Timestamp("1918-03-04") < last
    (trace,) = (trace for trace in dated.data if trace.name == figures.OURS)
    assert trace.mode == "lines"


def test_what_nothing_bounds_runs_to_the_edge(rows):
    figure = figures.lanes(rows.loc[["karshi_killings"]])
    _, last = ends(figure, figures.LATE, "Killings at Karshi")
    assert last > pd.Timestamp(figures.LAST)


def test_no_two_events_share_a_row(dated):
    heights = [note.y for note in dated.layout.annotations]
    assert len(set(heights)) == len(heights)


def test_each_pair_of_key_events_has_one_mark_of_one_kind(pairs):
    figure = figures.orders(pairs, chronology_tables.KEY_EVENTS)
    marks = [(x, y) for trace in figure.data if trace.mode == "markers" for x, y in zip(trace.x, trace.y, strict=True)]
    assert len(marks) == len(set(marks)) == len(pairs)
    assert all(x < y for x, y in marks)


def test_the_cellar_and_the_peace_are_marked_as_turning_with_the_count(pairs):
    figure = figures.orders(pairs, chronology_tables.KEY_EVENTS)
    (turning,) = (trace for trace in figure.data if trace.name == figures.TURNS)
    assert any("cellar opened and peace of Kyzyl-Tepe" in text for text in turning.hovertext)


def test_the_page_can_draw_all_of_it(campaign, dated, pairs):
    for figure in (dated, figures.orders(pairs, chronology_tables.KEY_EVENTS)):
        assert {trace.type for trace in figure.data} <= page.DRAWABLE
        assert figure.layout.width is None
