"""How long a train took: the speed that a source reports, and what follows from it for March 1918.

The speed is that of passenger trains about 1900. Nothing was found on troop trains of 1918, which burned sleepers and
oil-cake; so every time is also given at half the speed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from helpers.bukhara.railway import UNITS, VERST, length
from helpers.record import Campaign
from helpers.record.cached import cached

#: Journeys that the story turns on, and what they were.
RUNS = (
    ("tashkent", "kagan"),
    ("samarkand_station", "kagan"),
    ("chardzhui", "kagan"),
    ("kagan", "kermine_station"),
    ("tashkent", "kermine_station"),
)
DAY = 24  # hours


@dataclass(frozen=True)
class Speed:
    """Speed of a passenger train as a source reports it, in km/h: all stops counted, and while running (at least)."""

    with_stops: float
    running: float | None


@dataclass(frozen=True)
class Notice:
    """What a notice of some days was worth to a train from `start`.

    Attributes
    ----------
    days
        Length of the notice.
    hours
        Hours that the journey took at the reported speed.
    round_trips
        How many times a train could have come and gone back within the notice.
    enough
        The speed in km/h above which the notice was long enough.
    """

    days: float
    hours: float
    round_trips: int
    enough: float


@cached
def speed(campaign: Campaign) -> Speed | None:
    """Return the speed of trains on this line before the war, None if no source gives one."""
    claims, places = campaign.claims[["place", "attribute", "unit", "best", "low"]], campaign.places
    on_the_line = claims["place"].isin(places.index[places["line"] == "main"])
    told = claims[(claims["attribute"] == "count") & claims["unit"].isin(["mph", "kmh"]) & on_the_line]
    factor = told["unit"].map({"mph": UNITS["miles"], "kmh": UNITS["km"]}).astype(float)
    whole, running = ((told[c].astype(float) * factor).dropna() for c in ("best", "low"))
    if whole.empty:
        return None
    return Speed(float(whole.iloc[0]), None if running.empty else float(running.iloc[0]))


def hours(campaign: Campaign, a: str, b: str) -> float | None:
    """Return the hours between two stations at the reported speed with its stops; None if either is unknown.

    >>> round(hours(campaign, "kagan", "tashkent"))
    21
    """
    km, pace = length(campaign, a, b), speed(campaign)
    return None if km is None or pace is None else km / pace.with_stops


def runs(campaign: Campaign) -> pd.DataFrame:
    """Return the journeys of `RUNS` with their length and their time.

    Returns
    -------
    pandas.DataFrame
        ``start``, ``end`` (names of 1918), ``km``, ``versts``, and in hours ``running`` (at most: without stops),
        ``with_stops`` and ``half_speed``. Journeys that cannot be told are left out.
    """
    pace, names, rows = speed(campaign), campaign.places["name_then"], []
    for a, b in RUNS:
        if pace and (km := length(campaign, a, b)) is not None:
            fastest = km / pace.running if pace.running else None
            rows.append((names[a], names[b], km, km / VERST, fastest, km / pace.with_stops, 2 * km / pace.with_stops))
    return pd.DataFrame(rows, columns=["start", "end", "km", "versts", "running", "with_stops", "half_speed"])


def notice(campaign: Campaign, start: str = "tashkent", end: str = "kagan") -> Notice | None:
    """Return what Kolesov's notice was worth to a train; None if the notice, a distance or the speed is unknown."""
    claims = campaign.claims
    told = claims[(claims["term"] == "march_promise-five_days") & (claims["unit"] == "days")]["best"].dropna()
    km, time = length(campaign, start, end), hours(campaign, start, end)
    if told.empty or km is None or time is None:
        return None
    days = float(told.iloc[0])
    return Notice(days, time, math.floor(days * DAY / (2 * time)), km / (days * DAY))


def relief_days(campaign: Campaign, *, slower: float = 2) -> int | None:
    """Return in how many days a column from Tashkent could stand at Kermine, with one day of fighting on the way.

    Parameters
    ----------
    slower
        How many times slower than the reported speed it went.
    """
    time = hours(campaign, "tashkent", "kermine_station")
    return None if time is None else math.ceil(time * slower / DAY) + 1
