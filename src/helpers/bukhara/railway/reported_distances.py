"""Distances as told, held against the line as we place it and against the straight line, which no track undercuts."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from helpers.bukhara.railway import BOUNDS, LINE, VERST, ZERO, distances, kilometres, length
from helpers.record import Campaign

EARTH = 6371.0  # km, mean radius
#: Precisions of coordinates good enough to bound a distance: the spot itself, or the town at it.
LOCATED = ("site", "town")
AGREES = 0.03  # share by which a distance told may differ from ours before we say so


@dataclass(frozen=True)
class TakenUp:
    """Track said to be taken up, against the line between the places named, in versts.

    Attributes
    ----------
    told
        The length told, as "more than".
    between
        Length of line between the two places, by the distances that place the stations.
    least
        The same at the very least: the straight line to the town, less the way from the station to the town.
    """

    told: float
    between: float
    least: float


def straight(campaign: Campaign, *places: str) -> float:
    """Return the length in kilometres of the straight way over the globe through some places, in that order.

    Raises
    ------
    ValueError
        If a place has no coordinates.
    """
    where = campaign.places.loc[list(places), ["lat", "lon"]]
    if where.isna().any(axis=None):
        raise ValueError(f"no coordinates for {', '.join(where.index[where.isna().any(axis=1)])}")
    points = [tuple(map(math.radians, map(float, row))) for row in where.to_numpy()]
    return sum(_great_circle(a, b) for a, b in pairwise(points))


def bound(campaign: Campaign, a: str, b: str) -> float | None:
    """Return the kilometres that no track between two stations can undercut, by way of the towns between them.

    None if either station is not located well enough.
    """
    first, last = sorted((LINE.index(a), LINE.index(b)))
    precision = campaign.places["coordinate_precision"]
    through = [s for s in LINE[first : last + 1] if precision.get(s) in LOCATED]
    return straight(campaign, *through) if {a, b} <= set(through) else None


def compared(campaign: Campaign) -> pd.DataFrame:
    """Return the `distances` with what the line as we place it makes of them.

    Returns
    -------
    pandas.DataFrame
        As from `distances`, with ``line`` (our kilometres), ``bound`` (the straight line), ``share`` (told by ours)
        and ``verdict``: "places the station", "agrees", "differs", "shorter than a straight line" (by
        the towns on the line); "a bound" for at most and at least; "no measure" where the line does not reach.
    """
    frame, placed = distances(campaign), kilometres(campaign)
    used = {one.claim for one in placed.values()}
    pairs = list(zip(frame["place"], frame["other"], strict=True))
    lines = [abs(placed[a].km - placed[b].km) if a in placed and b in placed else None for a, b in pairs]
    bounds = [bound(campaign, a, b) for a, b in pairs]
    frame = frame.assign(line=pd.array(lines, dtype="Float64"), bound=pd.array(bounds, dtype="Float64"))
    frame["share"] = frame["km"] / frame["line"]
    return frame.assign(verdict=[_verdict(row, row.Index in used) for row in frame.itertuples()])


def along(campaign: Campaign, *, west: str = "karakul", east: str = "kermine_station") -> pd.DataFrame:
    """Return every distance from Kagan that a source gives, as a stretch of the line, and the track taken up.

    Returns
    -------
    pandas.DataFrame
        West before east, shorter before longer: ``head`` (who says what), ``start`` and ``end`` (versts from Kagan,
        east positive; the end is where the distance told would bring you), ``open`` (more than so far), ``counts``
        (False for a deprecated claim), ``text`` (with what the line makes of it). Last come the two ways to lay the
        track taken up, measured from either of the places named.
    """
    names, rows = campaign.places["name_then"].str.removesuffix(" station"), []
    for row in compared(campaign).sort_values("km", kind="stable").itertuples():
        if ZERO not in (row.place, row.other):
            continue
        far = row.other if row.place == ZERO else row.place
        way = 1 if LINE.index(far) > LINE.index(ZERO) else -1
        text = f"{row.label}: {row.told} ({row.hedge.replace('_', ' ')})<br>{row.verdict}"
        head = f"{row.label}: to {names[far]}, {'about ' * (row.hedge == 'approx')}{row.told}"
        rows.append((head, 0.0, way * row.km / VERST, False, row.rank != "deprecated", text))
    rows.sort(key=lambda row: row[2] > 0)
    if found := taken_up(campaign, west, east):
        placed = kilometres(campaign)
        ends = {place: placed[place].km / VERST for place in (west, east)}
        for start, way in ((east, -1), (west, 1)):
            head = f"Khodzhaev: over {found.told:g} versts, from {names[start]}"
            text = f"{head}<br>the line between the two places: about {found.between:.0f} versts"
            rows.append((head, ends[start], ends[start] + way * found.told, True, True, text))
    return pd.DataFrame(rows, columns=["head", "start", "end", "open", "counts", "text"])


def taken_up(campaign: Campaign, west: str = "karakul", east: str = "kermine_station") -> TakenUp | None:
    """Return the track that Khodzhaev says was taken up, against the line; None if he or a distance is missing."""
    claims = campaign.claims
    told = claims[(claims["event"] == "railway_destroyed") & (claims["unit"] == "versts") & claims["low"].notna()]
    between, to_east = length(campaign, west, east), length(campaign, ZERO, east)
    if told.empty or between is None or to_east is None:
        return None
    away = claims[(claims["place"] == west) & (claims["attribute"] == "position") & (claims["unit"] == "versts")]
    off = 0.0 if away.empty else float(away["best"].max())
    least = (to_east + straight(campaign, ZERO, west)) / VERST - off
    return TakenUp(float(told["low"].iloc[0]), float(between / VERST), float(least))


def _great_circle(a: tuple[float, ...], b: tuple[float, ...]) -> float:
    """Haversine distance of two points in radians, in kilometres."""
    (lat1, lon1), (lat2, lon2) = a, b
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH * math.asin(math.sqrt(half))


def _verdict(row, used: bool) -> str:
    if row.hedge in BOUNDS:
        return "a bound"
    if pd.isna(row.line):
        return "no measure"
    if used:
        return "places the station"
    if not pd.isna(row.bound) and row.km < row.bound:
        return "shorter than a straight line"
    return "agrees" if abs(row.share - 1) <= AGREES else "differs"
