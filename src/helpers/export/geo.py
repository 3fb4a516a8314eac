"""The places and the lines as GeoJSON (RFC 7946: longitude first, WGS 84)."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from helpers.record import Campaign, described


def feature_collection(campaign: Campaign) -> dict:
    """Return places that have coordinates as points, and each line as a path through its places in order.

    >>> feature_collection(campaign)["type"]
    'FeatureCollection'
    """
    located = campaign.places.dropna(subset=["lat", "lon"])
    points = [_feature("Point", _position(row), {"id": key} | _properties(row)) for key, row in located.iterrows()]
    on_a_line = located.dropna(subset=["line", "line_km"]).sort_values("line_km")
    lines = [
        _feature("LineString", [_position(row) for _, row in stops.iterrows()], _line_properties(campaign, line))
        for line, stops in on_a_line.groupby("line")
        if len(stops) > 1
    ]
    return {"type": "FeatureCollection", "features": points + lines}


def write_geojson(campaign: Campaign, path: Path) -> None:
    """Write the places and the lines as GeoJSON."""
    path.write_text(
        json.dumps(feature_collection(campaign), ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n"
    )


def _feature(kind: str, coordinates: list, properties: dict) -> dict:
    return {"type": "Feature", "geometry": {"type": kind, "coordinates": coordinates}, "properties": properties}


def _line_properties(campaign: Campaign, line: str) -> dict:
    name = described(campaign.package, "places", "line")["definitions"][line]
    return {"id": f"{line}_line", "name": f"{name}, straight between the places that have coordinates"}


def _position(row: pd.Series) -> list[float]:
    return [float(row["lon"]), float(row["lat"])]


def _properties(row: pd.Series) -> dict:
    """The other columns; missing ones as null, so that every feature has the same."""
    others = row.drop(["lat", "lon"])
    return {column: None if pd.isna(v) else float(v) if column == "line_km" else v for column, v in others.items()}
