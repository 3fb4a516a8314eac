"""Journeys along the line: what their days imply of their speed, and where they can have been.

The days of a leg are bounds. So its speed is a range, and a train's place on a day is a band. Both are worked out
under either day-count of March 1918: the book's, and the one that puts everything before the peace 13 days later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import pandas as pd

from helpers.bukhara.daycount import DIFFERENCE
from helpers.bukhara.railway import kilometres
from helpers.bukhara.railway.time import speed
from helpers.record import Campaign
from helpers.record.cached import cached

Count = Literal["early", "late"]
COUNTS: tuple[Count, ...] = ("early", "late")
DAYS = ("depart_earliest", "depart_latest", "arrive_earliest", "arrive_latest")
DAY = pd.Timedelta(days=1)

#: Highest speed in km/h at which we believe a leg: above it the days cannot be right.
LIMITS: Mapping[str, float] = MappingProxyType({"rail": 60.0, "mixed": 60.0, "march": 15.0})
#: Branches that leave the main line at Kagan.
BRANCHES = ("bukhara_branch", "termez")
#: Journeys that Kuts dates, and the day before which their days stand on either count: he counts New Style, as his
#: march to Kokand of 17 February shows. What bounds them later hangs on the battle.
NEW_STYLE, BEFORE = ("morozov_march", "kuts_march"), pd.Timestamp("1918-03-01")
#: Events of the chart.
PEACE, MEETING, ATTACK = "kyzyl_tepe_agreement", "columns_meet", "first_battle"


@dataclass(frozen=True)
class Band:
    """Where a leg can have run: its earliest and its latest way, each as the times of its start and its end.

    ``computed`` says that the start is ours, counted back from the arrival at the reported speed.
    """

    early: tuple[pd.Timestamp, pd.Timestamp]
    late: tuple[pd.Timestamp, pd.Timestamp]
    computed: bool


def peace(campaign: Campaign) -> pd.Timestamp | None:
    """Return the day of the peace, which both day-counts share; None if no source left gives it."""
    day = campaign.events["earliest"].get(PEACE)
    return None if pd.isna(day) else day


def days_of(campaign: Campaign, event: str, *, count: Count = "early") -> tuple[pd.Timestamp, pd.Timestamp] | None:
    """Return the first and the last day on which an event can have been, under a day-count; None if either is open."""
    days = campaign.events.reindex([event])[["earliest", "latest"]]
    if days.isna().any(axis=None):
        return None
    return tuple(on_count(days, count, peace(campaign)).iloc[0])


def on_count(days: pd.DataFrame, count: Count, last: pd.Timestamp | None) -> pd.DataFrame:
    """Return days of February and March 1918 as they stand under a day-count.

    The late count reads each day 13 days later. It leaves alone a day that would then fall after the peace: such
    bounds were counted back from the peace itself, which has the same day on both.

    Raises
    ------
    ValueError
        If there is no such count.
    """
    if count not in COUNTS:
        raise ValueError(f"count={count!r}: write one of {', '.join(COUNTS)}")
    if count == "early":
        return days
    moved = days + DIFFERENCE * DAY
    of_march = (days >= pd.Timestamp("1918-02-14")) & (days <= pd.Timestamp("1918-03-31"))
    return days.where(~of_march | (moved > last if last is not None else False), moved)


@cached
def legs(campaign: Campaign, *, count: Count = "early") -> pd.DataFrame:
    """Return the movements with their distances, days and speeds.

    Returns
    -------
    pandas.DataFrame
        Indexed by movement: ``journey``, ``actor``, ``who`` (label of the actor), ``place_from``, ``place_to``,
        ``mode``, the four bounds in days, ``km_from`` and ``km_to`` (kilometres on the main line, missing off it),
        ``km`` (length, missing where unknown), ``slowest`` and ``fastest`` (km/h; missing where the days set no
        bound) and ``verdict``: "possible", "impossible", "no day", "no distance".

    >>> legs(campaign).loc["morozov_march-1", ["place_from", "place_to", "mode", "verdict"]].tolist()
    ['samarkand_station', 'kagan', 'rail', 'possible']
    """
    moves = campaign.movements
    days = moves[list(DAYS)]
    stays = days.lt(BEFORE) & moves["journey"].isin(NEW_STYLE).to_numpy()[:, None]
    moves[list(DAYS)] = days.where(stays, on_count(days, count, peace(campaign)))
    placed = {station: one.km for station, one in kilometres(campaign).items()}
    branch = _branch_stops(campaign)
    spots = [tuple(_spot(placed, branch, end) for end in ends) for ends in _ends(moves)]
    moves["who"] = moves["actor"].map(campaign.actors["label"])
    for side, column in enumerate(("km_from", "km_to")):
        moves[column] = pd.array([s[side][1] if s[side] and s[side][0] == "main" else None for s in spots], "Float64")
    moves["km"] = pd.array([_apart(*pair) for pair in spots], "Float64")
    ranges = [implied(row) for row in moves.itertuples()]
    moves["slowest"], moves["fastest"] = (pd.array([r[i] for r in ranges], "Float64") for i in (0, 1))
    moves["verdict"] = [_verdict(row) for row in moves.itertuples()]
    columns = ["journey", "actor", "who", "place_from", "place_to", "mode", *DAYS]
    return moves[[*columns, "km_from", "km_to", "km", "slowest", "fastest", "verdict"]]


def implied(leg) -> tuple[float | None, float | None]:
    """Return the lowest and the highest speed in km/h that the days of a leg allow; None for no bound.

    Days are whole: a leg that left and arrived on one day may have taken any part of it, so it has no highest speed.
    """
    if pd.isna(leg.km):
        return None, None
    longest, shortest = leg.arrive_latest + DAY - leg.depart_earliest, leg.arrive_earliest - leg.depart_latest - DAY
    slowest = None if pd.isna(longest) else leg.km / _hours(longest)
    return slowest, leg.km / _hours(shortest) if not pd.isna(shortest) and _hours(shortest) > 0 else None


def bands(campaign: Campaign, *, count: Count = "early", slower: float = 1) -> dict[str, Band]:
    """Return where each leg on the main line can have run, as far as its days are bounded.

    No leg starts before the one before it could end, and none ends after the one that follows must start. A leg
    whose departure no source gives starts so long before its arrival as the reported speed needs; the band says so.
    Legs without a day or a kilometre are not in the result.

    Parameters
    ----------
    slower
        How many times slower than the reported speed the trains ran.
    """
    pace, found = speed(campaign), {}
    moves = legs(campaign, count=count).dropna(subset=["km_from", "km_to", "arrive_earliest", "arrive_latest"])
    for _, journey in moves.groupby("journey", sort=False):
        chain = list(journey.itertuples())
        runs = [pd.Timedelta(hours=slower * leg.km / (pace.with_stops if pace else LIMITS[leg.mode])) for leg in chain]
        early, late = _earliest(chain, runs), _latest(chain, runs)
        for leg, first, last in zip(chain, early, late, strict=True):
            computed = bool(pd.isna(leg.depart_earliest) or pd.isna(leg.depart_latest))
            found[leg.Index] = Band(first, last, computed)
    return found


def _earliest(chain: Sequence, runs: Sequence[pd.Timedelta]) -> list[tuple[pd.Timestamp, pd.Timestamp]]:
    """The earliest way along the legs of a journey, from the first on."""
    ways: list[tuple[pd.Timestamp, pd.Timestamp]] = []
    for leg, run in zip(chain, runs, strict=True):
        start = leg.arrive_earliest - run if pd.isna(leg.depart_earliest) else leg.depart_earliest
        start = max(start, ways[-1][1]) if ways else start
        ways.append((start, max(leg.arrive_earliest, start + run)))
    return ways


def _latest(chain: Sequence, runs: Sequence[pd.Timedelta]) -> list[tuple[pd.Timestamp, pd.Timestamp]]:
    """The latest way along the legs of a journey, from the last back."""
    ways: list[tuple[pd.Timestamp, pd.Timestamp]] = []
    for leg, run in zip(reversed(chain), reversed(runs), strict=True):
        end = leg.arrive_latest + DAY
        end = min(end, ways[-1][0]) if ways else end
        start = end - run if pd.isna(leg.depart_latest) else min(leg.depart_latest + DAY, end - run)
        ways.append((start, end))
    return ways[::-1]


def meeting(campaign: Campaign, *, count: Count = "early") -> tuple[float, pd.Timestamp, pd.Timestamp] | None:
    """Return where and between which days the two columns met: the kilometre of Kermine, first day, last day.

    They met a few versts west of that station, and no source says how few. None if no source tells of it.
    """
    days, placed = days_of(campaign, MEETING, count=count), kilometres(campaign)
    if days is None or "kermine_station" not in placed:
        return None
    return float(placed["kermine_station"].km), *days


def _ends(moves: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(moves["place_from"], moves["place_to"], strict=True))


def _branch_stops(campaign: Campaign) -> dict[str, tuple[str, float]]:
    """Line and kilometre, from the junction, of the places on a branch."""
    stops = campaign.places[campaign.places["line"].isin(BRANCHES)].dropna(subset="line_km")
    return {
        place: (line, float(km)) for place, line, km in zip(stops.index, stops["line"], stops["line_km"], strict=True)
    }


def _spot(placed: Mapping[str, float], branch: Mapping, place: str) -> tuple[str, float] | None:
    """Line and kilometre of a place; None off the lines."""
    return ("main", placed[place]) if place in placed else branch.get(place)


def _apart(a: tuple[str, float] | None, b: tuple[str, float] | None) -> float | None:
    """Kilometres between two spots, through the junction at Kagan if they lie on different lines."""
    if a is None or b is None:
        return None
    return abs(a[1] - b[1]) if a[0] == b[0] else abs(a[1]) + abs(b[1])


def _hours(time: pd.Timedelta) -> float:
    return time / pd.Timedelta(hours=1)


def _verdict(leg) -> str:
    if pd.isna(leg.km):
        return "no distance"
    if pd.isna(leg.slowest) and pd.isna(leg.fastest):
        return "no day"
    return "impossible" if not pd.isna(leg.slowest) and leg.slowest > LIMITS[leg.mode] else "possible"
