"""The line of rails: distances add up, speeds stay within bounds or are flagged, days are never invented."""

import math
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.belief import policies
from helpers.bukhara import railway
from helpers.bukhara.figures import railway as figures
from helpers.bukhara.figures.stringline import JOURNEYS, Panel, stringline
from helpers.bukhara.railway import legs as railway_legs
from helpers.bukhara.railway import reported_distances as railway_told
from helpers.bukhara.railway import time as railway_time


def without(campaign, *claims):
    """The campaign without some claims, its places kept."""
    left = campaign.claims.drop(list(claims))
    return replace(campaign, tables=MappingProxyType(dict(campaign.tables) | {"claims": left}))


# The line


def test_the_kilometres_of_the_table_are_those_that_the_claims_give(campaign):
    placed = railway.kilometres(campaign)
    told = campaign.places["line_km"].reindex(railway.LINE).dropna()
    assert set(told.index) == set(placed)
    for station, km in told.items():
        assert math.isclose(km, placed[station].km, abs_tol=0.05), station


def test_the_order_of_the_line_is_that_of_the_kilometres(campaign):
    km = [one.km for one in railway.kilometres(campaign).values()]
    assert km == sorted(km)
    assert len(set(km)) == len(km)


def test_distances_add_up_along_the_line(campaign):
    """Chardzhui to Tashkent, worked out by hand: 346 versts of 1.0668 km, then 180 and 150 km."""
    assert math.isclose(railway.length(campaign, "chardzhui", "tashkent"), 346 * 1.0668 + 330)
    stations = list(railway.kilometres(campaign))
    parts = [railway.length(campaign, a, b) for a, b in pairwise(stations)]
    assert math.isclose(sum(parts), railway.length(campaign, stations[0], stations[-1]))


@given(st.permutations(["karakul", "kagan", "kermine_station"]))
def test_a_way_through_a_station_between_is_as_long_as_the_way(campaign, order):
    ordered = sorted(order, key=railway.LINE.index)
    a, b, c = ordered
    whole = railway.length(campaign, a, b) + railway.length(campaign, b, c)
    assert math.isclose(whole, railway.length(campaign, c, a))


def test_no_track_is_shorter_than_the_straight_line(campaign):
    placed = railway.kilometres(campaign)
    for a, b in pairwise(placed):
        if (least := railway_told.bound(campaign, a, b)) is not None:
            assert railway.length(campaign, a, b) >= least, (a, b)


def test_a_station_known_only_by_its_order_has_no_kilometre(campaign):
    stations = railway.stations(campaign)
    for station in ("farab", "alat", "murgak", "kuyu_mazar", "malik", "nagornaya", "jizzakh"):
        assert pd.isna(stations.loc[station, "km"]), station
    assert stations.loc["kagan", "km"] == 0


def test_barely_so_far_is_a_bound_and_places_no_station(campaign):
    told = railway_told.compared(campaign)
    assert told.loc["kuropatkino-distance_to-hamilton1906", "verdict"] == "a bound"
    assert "kuropatkino" not in railway.kilometres(campaign)


def test_without_the_distance_from_kagan_the_line_is_reached_another_way(campaign):
    other = without(campaign, "kagan-distance_to-geo_route056")
    assert railway.length(other, "samarkand_station", "kagan") == 249


def test_without_any_distance_only_kagan_is_left(campaign):
    bare = without(campaign, *railway.distances(campaign).index)
    assert list(railway.kilometres(bare)) == ["kagan"]
    assert railway.length(bare, "tashkent", "kagan") is None


def test_the_straight_line_agrees_with_a_degree_of_latitude(campaign):
    """Kagan to Old Bukhara: by hand 12.0 km."""
    assert math.isclose(railway_told.straight(campaign, "kagan", "old_bukhara"), 12.0, abs_tol=0.1)


def test_a_place_without_coordinates_is_refused_by_name(campaign):
    with pytest.raises(ValueError, match="no coordinates for murgak"):
        railway_told.straight(campaign, "kagan", "murgak")


# Distances as told


def test_every_distance_between_stations_is_compared_and_has_a_verdict(campaign):
    claims = campaign.claims
    along = claims["place"].isin(railway.LINE) & claims["value"].isin(railway.LINE)
    wanted = claims[(claims["attribute"] == "distance_to") & claims["unit"].isin(railway.UNITS) & along]
    told = railway_told.compared(campaign)
    assert set(told.index) == set(wanted.index)
    assert told["verdict"].ne("").all()


def test_distances_that_differ_are_flagged_and_the_preferred_ones_do_not(campaign):
    told = railway_told.compared(campaign)
    assert set(told[told["rank"] == "preferred"]["verdict"]) <= {"places the station", "agrees"}
    assert set(told[told["rank"] == "deprecated"]["verdict"]) == {"shorter than a straight line"}
    assert told.loc["kagan-distance_to-becker1968", "verdict"] == "differs"
    assert told.loc["kagan-distance_to-kuts", "verdict"] == "shorter than a straight line"


def test_kermine_to_karakul_is_half_as_long_again_as_khodzhaev_says(campaign):
    """93 km and 66.8 km are 149.8 versts; the straight 64.7 km less ten versts leave 137.9."""
    found = railway_told.taken_up(campaign)
    assert (found.told, round(found.between, 1), round(found.least, 1)) == (100, 149.8, 137.9)


def test_track_of_unknown_length_is_not_measured(campaign):
    silent = policies.without_claims(campaign, "railway_destroyed-count-khodzhaev1926-pt")
    assert railway_told.taken_up(silent) is None
    assert not railway_told.along(silent)["open"].any()


# How long it took


def test_the_hours_are_the_kilometres_by_the_speed(campaign):
    """579 km at 17.5 miles an hour."""
    assert math.isclose(railway_time.hours(campaign, "tashkent", "kagan"), 579 / (17.5 * 1.609344))
    assert (railway_time.runs(campaign)["running"] < railway_time.runs(campaign)["with_stops"]).all()


def test_nobody_knows_how_long_a_train_took_where_no_source_gives_a_speed(campaign):
    silent = without(campaign, "krasnovodsk-count-norman1902", "krasnovodsk-count-norman1902-2")
    assert railway_time.speed(silent) is None
    assert railway_time.hours(silent, "tashkent", "kagan") is None
    assert railway_time.runs(silent).empty
    assert railway_time.notice(silent) is None
    assert railway_time.relief_days(silent) is None


def test_five_days_are_two_journeys_there_and_back_and_most_of_a_third(campaign):
    found = railway_time.notice(campaign)
    assert (found.days, found.round_trips) == (5, 2)
    assert math.isclose(found.enough, 579 / 120)


# Journeys


def leg(*days):
    """A leg of 240 km with its four days of March; None for a day that nobody gives."""
    given = [pd.NaT if day is None else pd.Timestamp(1918, 3, day) for day in days]
    return pd.Series({"km": 240.0} | dict(zip(railway_legs.DAYS, given, strict=True)))


def test_a_leg_of_whole_days_has_a_lowest_speed_and_a_highest_only_with_days_between():
    assert railway_legs.implied(leg(2, 2, 2, 2)) == (10.0, None)
    assert railway_legs.implied(leg(2, 2, 4, 6)) == (2.0, 10.0)


def test_a_leg_without_days_has_no_speed_and_not_the_speed_nought():
    assert railway_legs.implied(leg(None, None, None, None)) == (None, None)
    assert railway_legs.implied(leg(2, None, None, None)) == (None, None)


@pytest.mark.parametrize("count", railway_legs.COUNTS)
def test_every_journey_is_within_the_limits_or_flagged(campaign, count):
    moves = railway_legs.legs(campaign, count=count)
    assert set(moves.index) == set(campaign.movements.index)
    timed = moves[moves["verdict"] == "possible"]
    assert (timed["slowest"] <= timed["mode"].map(railway_legs.LIMITS)).all()
    assert (moves["verdict"] != "impossible").all()
    assert moves.loc[moves["km"].isna(), "verdict"].eq("no distance").all()


def test_an_impossible_journey_is_flagged(campaign):
    moves = campaign.movements
    row = moves.loc[["morozov_march-1"]].assign(
        place_from="tashkent", mode="march", arrive_latest=pd.Timestamp("1918-02-26")
    )
    spoilt = replace(campaign, tables=MappingProxyType(dict(campaign.tables) | {"movements": row}))
    assert railway_legs.legs(spoilt)["verdict"].tolist() == ["impossible"]


def test_the_late_count_moves_the_days_of_march_by_thirteen_and_never_past_the_peace(campaign):
    early, late = (railway_legs.legs(campaign, count=c) for c in railway_legs.COUNTS)
    assert late.loc["kolesov_column-1", "arrive_latest"] == pd.Timestamp("1918-03-14")
    assert late.loc["relief-1", "depart_earliest"] == pd.Timestamp("1918-03-16")
    assert late.loc["relief-1", "depart_latest"] == early.loc["relief-1", "depart_latest"]
    assert late.loc["company_1917-1", "arrive_latest"] == early.loc["company_1917-1", "arrive_latest"]
    of_march = late[late["arrive_latest"].between("1918-03-01", "1918-04-30")]
    assert (of_march["arrive_latest"] <= railway_legs.peace(campaign)).all()


def test_the_men_from_samarkand_leave_on_kutss_days_on_either_count_and_may_arrive_later(campaign):
    early, late = (railway_legs.legs(campaign, count=c) for c in railway_legs.COUNTS)
    for leg in ("morozov_march-1", "kuts_march-1"):
        assert late.loc[leg, "depart_earliest"] == early.loc[leg, "depart_earliest"] < railway_legs.BEFORE
        assert late.loc[leg, "arrive_latest"] - early.loc[leg, "arrive_latest"] == pd.Timedelta(days=13)


def test_becker_has_kolesov_arrive_on_the_first_day_of_the_late_count(campaign):
    late = railway_legs.legs(campaign, count="late").loc["kolesov_column-1"]
    told = campaign.claims.loc["kolesov_column-1-route-becker1968", "earliest"]
    assert late["arrive_earliest"] == told


def test_a_count_that_is_not_known_is_refused(campaign):
    with pytest.raises(ValueError, match="write one of early, late"):
        railway_legs.legs(campaign, count="middle")


@pytest.mark.parametrize("count", railway_legs.COUNTS)
def test_no_train_arrives_before_it_leaves_nor_leaves_again_before_it_arrives(campaign, count):
    bands, moves = railway_legs.bands(campaign, count=count), railway_legs.legs(campaign, count=count)
    for one in bands.values():
        assert one.early[0] < one.early[1] <= one.late[1]
        assert one.early[0] <= one.late[0] < one.late[1]
    for _, chain in moves.loc[list(bands)].groupby("journey"):
        for first, second in pairwise(chain.index):
            assert bands[first].early[1] <= bands[second].early[0], first
            assert bands[first].late[1] <= bands[second].late[0], first


def test_a_departure_that_no_source_gives_is_marked_as_computed(campaign):
    bands = railway_legs.bands(campaign)
    assert [key for key, band in bands.items() if band.computed] == ["kolesov_column-1"]
    run = pd.Timedelta(hours=railway_time.hours(campaign, "tashkent", "kagan"))
    assert bands["kolesov_column-1"].early[1] - bands["kolesov_column-1"].early[0] == run


def test_a_journey_without_a_day_is_not_drawn_at_all(campaign):
    assert "samarkand_reinforcement-1" not in railway_legs.bands(campaign)
    assert "kushka_guns-1" not in railway_legs.bands(campaign)


def test_the_columns_meet_at_kermine_or_short_of_it_and_nobody_knows_when_if_nobody_tells(campaign):
    km, first, last = railway_legs.meeting(campaign)
    assert km == railway.length(campaign, "kagan", "kermine_station")
    assert first < last
    told = campaign.claims.index[campaign.claims["event"] == "columns_meet"]
    assert railway_legs.meeting(policies.without_claims(campaign, *told)) is None


# Figures


def test_the_strip_shows_every_distance_from_kagan_and_the_track_from_both_ends(campaign):
    told = railway_told.compared(campaign)
    from_kagan = told[(told["place"] == "kagan") | (told["other"] == "kagan")]
    rows = railway_told.along(campaign)
    assert len(rows) == len(from_kagan) + 2
    marks = railway.stations(campaign).dropna(subset="km").assign(name="")[["name", "versts"]]
    drawn = [abs(t.x[1] - t.x[0]) for t in figures.told_along(rows, marks).data]
    wanted = [*(km / railway.VERST for km in from_kagan["km"]), 100, 100]
    assert sorted(round(v, 6) for v in drawn) == sorted(round(float(v), 6) for v in wanted)


def test_the_map_puts_places_where_the_table_has_them_and_draws_no_guessed_station(campaign, sides):
    places = campaign.places.assign(text=campaign.places["name_then"])
    line = ["karakul", "kagan", "kermine_station"]
    figure = figures.line_map(places, sides, line=line, branch=["kagan", "karshi"], broken=(line[0], line[-1]))
    shown = {(x, y) for trace in figure.data if trace.mode == "markers" for x, y in zip(trace.x, trace.y, strict=True)}
    wanted = campaign.places.loc[list(figures.NAMES), ["lon", "lat"]]
    assert shown == {tuple(row) for row in wanted.itertuples(index=False)}
    assert not campaign.places.loc[list(figures.NAMES), "coordinate_precision"].eq("interpolated").any()
    stretch = figure.layout.yaxis.scaleratio
    assert math.isclose(stretch, 1 / math.cos(math.radians(39.3)))


def test_the_rivers_pass_where_the_line_crosses_them(campaign):
    """The Amu-Darya runs past Chardzhui, within the few kilometres that a map of this scale may be out."""
    lat, lon = campaign.places.loc["chardzhui", ["lat", "lon"]]
    course = figures.RIVERS["Amu-Darya"]
    away = [math.hypot((y - lat) * 111, (x - lon) * 111 * math.cos(math.radians(lat))) for x, y in course]
    assert min(away) < 25


def test_the_stringline_draws_every_bounded_leg_of_its_journeys_in_both_counts(campaign, sides):
    panels = [
        Panel(
            title=count,
            legs=railway_legs.legs(campaign, count=count),
            bands=railway_legs.bands(campaign, count=count),
            attack=railway_legs.days_of(campaign, railway_legs.ATTACK, count=count),
            meeting=railway_legs.meeting(campaign, count=count),
        )
        for count in railway_legs.COUNTS
    ]
    marks = pd.DataFrame({"name": ["Kagan", "Tashkent"], "km": [0.0, 579.0]})
    figure = stringline(panels, sides, marks=marks, broken=(-66.8, 93.0), peace=railway_legs.peace(campaign))
    for panel in panels:
        for key, band in panel.bands.items():
            if panel.legs.loc[key, "journey"] in JOURNEYS:
                times = {pd.Timestamp(t) for trace in figure.data for t in trace.x if t is not None}
                assert set(band.early) | set(band.late) <= times, key
