"""The campaign by two counts: what moves and what stays, which orders that upsets, and whose days hold what."""

from datetime import date

import pandas as pd
import pytest

from helpers.bukhara import chronology
from helpers.dating import Interval, lost_orders


def day(number, month=3):
    return date(1918, month, number)


@pytest.fixture(scope="module")
def early(campaign):
    return chronology.chronology(campaign)


@pytest.fixture(scope="module")
def late(campaign):
    return chronology.chronology(campaign, "late")


@pytest.mark.parametrize(
    ("bound", "phase", "moves"),
    [
        (day(28, 2), "ultimatum", True),  # the night in which Kolesov comes, by Becker
        (day(2), "fighting", True),
        (day(16), "fighting", True),  # the last day of Togan's campaign
        (day(31), "fighting", True),  # the end of Ayni's March
        (day(20, 2), "ultimatum", False),  # the day after the attack on Kokand
        (day(21), "retreat", False),  # counted back from the peace
        (day(25), "peace", False),
        (day(28, 2), "winter", False),  # the end of a winter
        (day(1), "winter", True),  # the ultimatum
        (None, "fighting", False),
    ],
)
def test_a_bound_that_rests_on_a_printed_march_day_moves_and_no_other_does(bound, phase, moves):
    assert chronology.moves(bound, phase) is moves


def test_an_event_between_the_battle_and_the_peace_keeps_its_end_and_loses_its_beginning():
    assert chronology.late(Interval(day(5), day(24)), "retreat") == Interval(day(18), day(24))
    assert chronology.late(Interval(day(2), None), "fighting") == Interval(day(15), None)


@pytest.mark.parametrize(
    ("event", "ours", "other"),
    [
        ("ultimatum_sent", day(1), day(14)),  # Becker: the afternoon of 14 March
        ("first_battle", day(2), day(15)),
        ("second_manifesto", day(2), day(15)),
        ("delegates_seized", day(4), day(17)),
        ("sobitov_boys_hanged", day(9), day(22)),
        ("kyzyl_tepe_agreement", day(25), day(25)),
    ],
)
def test_the_days_of_both_counts_by_hand(early, late, event, ours, other):
    assert (early.intervals[event], late.intervals[event]) == (Interval(ours, ours), Interval(other, other))


def test_kutss_days_of_february_stay_and_the_later_count_leaves_morozov_seventeen_days(early, late):
    for event in chronology.NEW_STYLE:
        assert early.intervals[event] == late.intervals[event]
    left, battle = late.intervals["morozov_leaves_samarkand"], late.intervals["first_battle"]
    assert (battle.first - left.first, battle.last - left.last) == (17, 17)


def test_by_the_late_count_the_events_that_becker_dates_fall_within_two_days_of_his(campaign, late):
    claims = chronology.day_claims(campaign).query("source == 'becker1968'")
    assert len(claims) > 8
    for claim in claims.itertuples():
        his = Interval(claim.earliest.date(), claim.latest.date())
        assert late.intervals[claim.event].widen(2).possibly_overlaps(his), claim.Index


def test_only_the_cellar_and_the_peace_change_places_between_the_counts(campaign):
    assert [tuple(change) for change in chronology.turned(campaign)] == [
        ("cellar_opened", "kyzyl_tepe_agreement", "reversed")
    ]


def test_pairs_are_those_of_the_campaign_without_parts_and_their_wholes(campaign, early, late):
    found = chronology.pairs(campaign)
    events = chronology.campaign_events(campaign)
    nested = sum(len(early.wholes[event] & set(events)) for event in events)
    assert len(found) == len(events) * (len(events) - 1) // 2 - nested
    assert set(found["early"]) == {"before", "after", "open"}
    row = found.set_index(["first", "second"]).loc[("cellar_opened", "kyzyl_tepe_agreement")]
    assert (row["early"], row["late"]) == ("before", "after")


def test_the_campaign_itself_is_none_of_its_events(campaign):
    events = chronology.campaign_events(campaign)
    assert "campaign" not in events
    assert {"ultimatum_sent", "delegates_killed", "columns_meet", "kyzyl_tepe_agreement"} <= set(events)


def test_ayni_alone_gives_the_arrests_the_prisons_and_the_boys_their_days(campaign):
    assert chronology.dated_by(campaign, "ayni1920") == [
        "emir_orders_arrests", "killing_method_proposed", "prisons_full", "reformers_killed_outside_city",
        "sobitov_boys_hanged",
    ]  # fmt: skip


def test_moving_ayni_alone_puts_the_arrests_after_the_death_of_the_delegates(campaign):
    upset = {(c.earlier, c.later): c.becomes for c in chronology.resting_on(campaign, "ayni1920")}
    assert upset["emir_orders_arrests", "delegates_killed"] == "reversed"


@pytest.mark.parametrize("source", ["khodzhaev1926", "salimbek2009", "kuts"])
def test_no_other_witness_can_be_moved_alone(campaign, source):
    assert chronology.dated_by(campaign, source)
    with pytest.raises(ValueError, match="puts the first no later than the second"):
        chronology.resting_on(campaign, source)


def test_moving_nothing_changes_nothing(campaign, early):
    assert lost_orders(early, chronology.chronology(campaign, "late", only=())) == ()


def test_a_month_gives_no_event_a_day(campaign):
    claims = chronology.day_claims(campaign)
    assert (claims["latest"] - claims["earliest"] < pd.Timedelta(days=7)).all()
    assert "rekhana_hangings" not in set(claims["event"])  # Ayni: in March
