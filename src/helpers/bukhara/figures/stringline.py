"""Trains as lines: days across, kilometres of the line upwards, after the timetable charts that Marey printed in 1885.

What is known of a train is bounds, so it is not one line but the ground between two: the earliest way and the latest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from helpers.bukhara.railway.legs import Band
from helpers.figures.style import BLUE, GREEN, INK, MUTED, ORANGE, PAPER, VERMILLION, Sides, blank, fade, on_narrow

PANEL = 430  # pixels
NAMES = 70  # pixels of the names of the stations
GAP = 0.1  # of the height, between panels
FIRST, LAST = pd.Timestamp("1918-02-24"), pd.Timestamp("1918-03-29")
#: Journeys that are drawn: name, colour or the side whose colour it is, dash, by the journey in the table.
JOURNEYS: Mapping[str, tuple[str, str, str]] = {
    "kolesov_column": ("Kolesov, to New Bukhara", "soviet", "solid"),
    "morozov_march": ("Samarkand: Morozov", BLUE, "solid"),
    "kuts_march": ("Samarkand: Kuts's unit", BLUE, "dot"),
    "kolesov_retreat": ("Kolesov's trains, back", ORANGE, "dash"),
    "relief": ("Relief from Tashkent", GREEN, "solid"),
}


@dataclass(frozen=True)
class Panel:
    """One day-count: its title and what it makes of the journeys.

    Attributes
    ----------
    legs
        As from `helpers.bukhara.railway.legs.legs`, with ``journey``, ``km_from`` and ``km_to``.
    bands
        As from `helpers.bukhara.railway.legs.bands`.
    attack
        First and last day of the attack on the city.
    meeting
        Kilometre, first and last day of the meeting of the columns; None if unknown.
    """

    title: str
    legs: pd.DataFrame
    bands: Mapping[str, Band]
    attack: tuple[pd.Timestamp, pd.Timestamp]
    meeting: tuple[float, pd.Timestamp, pd.Timestamp] | None


def stringline(
    panels: Sequence[Panel],
    sides: Sides,
    *,
    marks: pd.DataFrame,
    broken: tuple[float, float],
    peace: pd.Timestamp,
) -> go.Figure:
    """Draw the journeys under each day-count, one panel below the other on the same days.

    Parameters
    ----------
    panels
        Day-counts, from top to bottom.
    sides
        How the sides are drawn.
    marks
        Stations on the upward axis: ``name`` and ``km``.
    broken
        Kilometres between which the track was taken up, some time after the attack.
    peace
        Day of the peace, the same in every panel.
    """
    figure = blank(
        height=PANEL * len(panels) + 90,
        narrow={"height": PANEL * len(panels) + 190, "legend.y": 1.06},
        showlegend=True,
        legend={"y": 1.05, "itemsizing": "constant", "tracegroupgap": 0},
    )
    share = (1 - GAP * (len(panels) - 1)) / len(panels)
    for place, panel in enumerate(panels):
        top = 1 - place * (share + GAP)
        axis = f"y{place + 1 if place else ''}"
        figure.update_layout({f"yaxis{axis[1:]}": _upward(marks, top - share, top)})
        _broken(figure, panel, broken, axis, peace)
        for journey, (name, colour, dash) in JOURNEYS.items():
            colour = sides[colour].colour if colour in sides else colour
            _journey(figure, panel, journey, name, colour, dash, axis, legend=not place)
        _attack(figure, panel, axis, legend=not place)
        _meeting(figure, panel, axis, legend=not place)
        # On a small screen a title begins above the names of the stations.
        on_narrow(figure, {f"annotations.{len(figure.layout.annotations)}.xshift": -NAMES})
        figure.add_annotation(
            x=0, xref="paper", y=top, yref="paper", yshift=14, xanchor="left", showarrow=False,
            text=f"<b>{panel.title}</b>", font_color=INK,
        )  # fmt: skip
    at = peace + pd.Timedelta(hours=12)
    figure.add_shape(
        type="line", x0=at, x1=at, y0=0, y1=1, yref="paper", line={"color": MUTED, "width": 1.5, "dash": "dot"}
    )
    figure.add_annotation(
        x=at, y=1, yref="paper", yshift=-10, text="peace ", showarrow=False, xanchor="right", font_color=MUTED,
        bgcolor=fade(PAPER, 0.7),
    )  # fmt: skip
    weeks = pd.date_range(FIRST + pd.Timedelta(days=5), LAST, freq="7D")
    figure.update_xaxes(
        range=[FIRST, LAST], tickvals=weeks, ticktext=[f"{d.day} {d:%b}" for d in weeks], anchor=axis, zeroline=False
    )
    return figure


def _upward(marks: pd.DataFrame, low: float, high: float) -> dict:
    span = marks["km"].max() - marks["km"].min()
    return {
        "domain": [max(low, 0), high],
        "range": [marks["km"].min() - 0.03 * span, marks["km"].max() + 0.03 * span],
        "tickvals": list(marks["km"]),
        "ticktext": list(marks["name"]),
        "zeroline": False,
    }


def _journey(figure, panel: Panel, journey: str, name: str, colour: str, dash: str, axis: str, *, legend: bool) -> None:
    """The legs of a journey: the ground between the earliest and the latest way, and these two as lines."""
    ground: tuple[list, list] = ([], [])
    ways: tuple[list, list] = ([], [])
    for leg in panel.legs[panel.legs["journey"] == journey].itertuples():
        if band := panel.bands.get(leg.Index):
            ground[0].extend([*band.early, band.late[1], band.late[0], None])
            ground[1].extend([leg.km_from, leg.km_to, leg.km_to, leg.km_from, None])
            ways[0].extend([*band.early, None, *band.late, None])
            ways[1].extend([leg.km_from, leg.km_to, None] * 2)
    if not ways[0]:
        return
    figure.add_scatter(
        x=ground[0][:-1], y=ground[1][:-1], yaxis=axis, mode="none", fill="toself", fillcolor=fade(colour, 0.16),
        hoverinfo="skip", legendgroup=journey, showlegend=False,
    )  # fmt: skip
    figure.add_scatter(
        x=ways[0][:-1], y=ways[1][:-1], yaxis=axis, mode="lines", line={"color": colour, "width": 2.5, "dash": dash},
        name=name, legendgroup=journey, showlegend=legend, hoverinfo="name",
    )  # fmt: skip


def _broken(figure, panel: Panel, broken: tuple[float, float], axis: str, peace: pd.Timestamp) -> None:
    """The stretch without rails, from the attack on: how long it stayed so nobody says."""
    figure.add_shape(
        type="rect", x0=panel.attack[0], x1=LAST, y0=broken[0], y1=broken[1], yref=axis, line_width=0, layer="below",
        fillcolor=fade(MUTED, 0.18),
    )  # fmt: skip
    figure.add_annotation(
        x=panel.attack[0] + (peace - panel.attack[0]) / 2, y=broken[0] / 2, yref=axis, text="track taken up",
        showarrow=False, font={"size": 12, "color": MUTED},
    )  # fmt: skip


def _attack(figure, panel: Panel, axis: str, *, legend: bool) -> None:
    first, last = panel.attack
    figure.add_scatter(
        x=[first, last + pd.Timedelta(days=1)], y=[0, 0], yaxis=axis, mode="lines", line={"color": INK, "width": 7},
        name="attack on Bukhara", legendgroup="attack", showlegend=legend, hoverinfo="name",
    )  # fmt: skip


def _meeting(figure, panel: Panel, axis: str, *, legend: bool) -> None:
    if panel.meeting is None:
        return
    km, first, last = panel.meeting
    figure.add_scatter(
        x=[first, last + pd.Timedelta(days=1)], y=[km, km], yaxis=axis, mode="lines+markers",
        line={"color": VERMILLION, "width": 5}, marker={"symbol": "line-ns-open", "size": 12, "color": VERMILLION},
        name="the columns meet, on one of these days", legendgroup="meeting", showlegend=legend, hoverinfo="name",
    )  # fmt: skip
