"""Lanes, days and questions: what the page shows of the chronology."""

import pandas as pd
import pytest

from helpers.bukhara import chronology
from helpers.bukhara.chronology import lanes as chronology_lanes
from helpers.bukhara.chronology import tables as chronology_tables
from helpers.dating import Interval


@pytest.fixture(scope="module")
def rows(campaign):
    return chronology_lanes.timeline(campaign)


@pytest.mark.parametrize(
    ("place", "lane"),
    [("kagan", 1), ("ark", 2), ("tashkent", 0), ("kyzyl_tepe", 3), ("karshi", 3), (None, 4)],
)
def test_a_place_has_the_lane_of_its_part_of_the_country(campaign, place, lane):
    polity = campaign.places["polity"].to_dict()
    assert chronology_lanes.lane(place, polity) == chronology_lanes.LANES[lane]


def test_the_timeline_has_each_event_once_and_leaves_parts_to_their_wholes(campaign, rows):
    assert rows.index.is_unique
    parts = campaign.events["part_of"]
    assert not {event for event in rows.index if parts.get(event) not in (None, "campaign") and pd.notna(parts[event])}
    assert "rout_kavala_gate" not in rows.index  # part of the first battle


def test_lanes_come_in_their_order_and_days_within_them(rows):
    lanes = list(dict.fromkeys(rows["lane"]))
    assert lanes == [lane for lane in chronology_lanes.LANES if lane in lanes]
    for _, group in rows.groupby("lane"):
        assert group["first"].is_monotonic_increasing


def test_an_event_is_dated_only_if_a_text_gives_its_day(rows):
    assert rows.loc[["ultimatum_sent", "delegates_killed"], "dated"].all()
    assert not rows.loc[["utkin_audience", "retreat_begins", "columns_meet"], "dated"].any()


def test_an_event_that_nothing_bounds_has_no_end(rows):
    assert pd.isna(rows.loc["karshi_killings", "last"])


def test_the_days_hold_every_claim_that_gives_one_and_what_it_would_be_by_the_other_count(campaign):
    table = chronology_tables.days(campaign)
    assert len(table) == len(chronology.day_claims(campaign))
    friday = table[(table["source"] == "Salimbek") & (table["event"] == "Kolesov sends the emir an ultimatum")].iloc[0]
    assert (friday["day"], friday["weekday"], friday["other"]) == ("1 March", "Friday", "14 March")
    becker = table[table["source"] == "Becker 1968"]
    assert set(becker["other"]) == {""}
    assert "14 March" in set(becker["day"])


@pytest.mark.parametrize("question", chronology_tables.QUESTIONS, ids=lambda one: f"{one.first}-{one.second}")
def test_what_is_asked_is_open(campaign, question):
    assert chronology.chronology(campaign).relation(question.first, question.second) == "open"


def test_an_open_interval_is_written_with_the_end_it_has():
    day = pd.Timestamp("1918-03-02").date()
    assert chronology_tables.interval_text(Interval(day, None)) == "not before 2 March"
    assert chronology_tables.interval_text(Interval(None, day)) == "not after 2 March"
    assert chronology_tables.interval_text(Interval()) == "unknown"


def test_key_pairs_are_all_pairs_of_the_key_events(campaign):
    number = len(chronology_tables.KEY_EVENTS)
    assert len(chronology_tables.key_pairs(campaign)) == number * (number - 1) // 2
