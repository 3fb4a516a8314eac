"""The one line of rails: its stations in order, and the distances between them.

Kilometres are counted from Kagan, positive to the east. They are built from what sources say of distances, never
measured on a map.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from helpers.record import Campaign, accepted
from helpers.record.cached import cached

#: Kilometres to one of each unit. A farsakh is as far as a man walks in some time, so it is not among them.
UNITS: Mapping[str, float] = MappingProxyType({"km": 1.0, "versts": 1.0668, "miles": 1.609344})
VERST = UNITS["versts"]

ZERO = "kagan"
#: The stations in order, west to east: by the line diagram to Ziaddin and by Hamilton's journey beyond it.
LINE = (
    "chardzhui",
    "farab",
    "khoja_davlet",
    "alat",
    "karakul",
    "yakatut",
    "murgak",
    "kagan",
    "kuyu_mazar",
    "kyzyl_tepe",
    "malik",
    "kermine_station",
    "ziaddin",
    "zirabulak",
    "katta_kurgan",
    "nagornaya",
    "djuma",
    "samarkand_station",
    "rostovtsevo",
    "kuropatkino",
    "milyutinskaya",
    "jizzakh",
    "khavast",
    "tashkent",
)
_DISTANCE = ["place", "attribute", "value", "unit", "low", "best", "high", "hedge", "rank", "confidence", "source"]
#: Hedges that make a number a bound and no measure.
BOUNDS = ("at_most", "at_least")


@dataclass(frozen=True)
class Placed:
    """Where a station lies on the line: kilometres from Kagan, and the claim that says so from another station."""

    km: float
    claim: str | None
    beyond: str | None


@cached
def distances(campaign: Campaign) -> pd.DataFrame:
    """Return every distance that a source gives between two stations of the line, in kilometres.

    Returns
    -------
    pandas.DataFrame
        Indexed by claim: ``place``, ``other``, ``km`` (the number, or the bound where only one is given), ``told``
        (as the source has it), ``hedge``, ``rank``, ``source``, ``label``. Best claims come first: preferred before
        others, exact before hedged, clear before
        doubtful. Distances in farsakhs are left out, having no fixed length.

    >>> told = distances(campaign)
    >>> told.loc[told["place"] == "kyzyl_tepe", "other"].iloc[0]
    'kagan'
    """
    claims = campaign.claims[_DISTANCE]
    told = claims[(claims["attribute"] == "distance_to") & claims["unit"].isin(UNITS)]
    told = told[told["place"].isin(LINE) & told["value"].isin(LINE)]
    number = told[["best", "high", "low"]].bfill(axis=1).iloc[:, 0].astype(float)
    order = {"preferred": 0, "normal": 1, "deprecated": 2}
    doubts = {"high": 0, "medium": 1, "low": 2}
    frame = told.assign(
        other=told["value"],
        km=number * told["unit"].map(UNITS).astype(float),
        told=[f"{n:g} {u}" for n, u in zip(number, told["unit"], strict=True)],
        label=told["source"].map(campaign.sources["label"]),
        first=told["rank"].map(order),
        hedged=~told["hedge"].isin(["plain", "derived"]),
        doubt=told["confidence"].map(doubts),
    )
    columns = ["place", "other", "km", "told", "hedge", "rank", "source", "label"]
    return frame.sort_values(["first", "hedged", "doubt"], kind="stable")[columns]


@cached
def kilometres(campaign: Campaign) -> dict[str, Placed]:
    """Place the stations along the line, one from another, by the best claim that reaches each.

    Returns
    -------
    dict
        Station to its place, west to east. Stations that no standing claim reaches are not in it: one that is only
        said to be at most or at least so far from another has no place.

    >>> placed = kilometres(campaign)
    >>> placed["kagan"].km, round(placed["kyzyl_tepe"].km)
    (0.0, 44)
    """
    left = accepted(distances(campaign))
    left = left[~left["hedge"].isin(BOUNDS)]
    told = list(left[["place", "other", "km"]].itertuples())
    placed = {ZERO: Placed(0.0, None, None)}
    while ahead := next((one for one in told if (one.place in placed) ^ (one.other in placed)), None):
        here, there = (ahead.place, ahead.other) if ahead.place in placed else (ahead.other, ahead.place)
        way = 1 if LINE.index(there) > LINE.index(here) else -1
        placed[there] = Placed(placed[here].km + way * ahead.km, ahead.Index, here)
    return {station: placed[station] for station in LINE if station in placed}


def length(campaign: Campaign, a: str, b: str) -> float | None:
    """Return the kilometres of line between two stations, None if a claim places only one of them or none.

    >>> round(length(campaign, "kagan", "samarkand_station"))
    249
    """
    placed = kilometres(campaign)
    return float(abs(placed[a].km - placed[b].km)) if a in placed and b in placed else None


def stations(campaign: Campaign) -> pd.DataFrame:
    """Return the stations in order, west to east, those without a kilometre among them.

    Returns
    -------
    pandas.DataFrame
        Indexed by place: ``name_then``, ``km`` and ``versts`` from Kagan (missing where no claim places the
        station), ``beyond`` and ``claim`` (see `Placed`), ``label`` (short name of its source), ``lat``, ``lon``,
        ``coordinate_precision``, ``polity``.

    >>> stations(campaign).index[0], stations(campaign).index[-1]
    ('chardzhui', 'tashkent')
    """
    placed = kilometres(campaign)
    frame = campaign.places.reindex(LINE)
    km = pd.array([placed[s].km if s in placed else None for s in LINE], dtype="Float64")
    claim = pd.Series([placed[s].claim if s in placed else None for s in LINE], index=frame.index, dtype="str")
    frame = frame.assign(
        km=km,
        versts=km / VERST,
        beyond=[placed[s].beyond if s in placed else None for s in LINE],
        claim=claim,
        label=claim.map(campaign.claims["source"]).map(campaign.sources["label"]),
    )
    columns = ["name_then", "km", "versts", "beyond", "claim", "label"]
    return frame[[*columns, "lat", "lon", "coordinate_precision", "polity"]]
