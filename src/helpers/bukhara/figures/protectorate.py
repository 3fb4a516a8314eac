"""Figures of the chapter on the protectorate: who stood with one actor, and who against, through a year."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from helpers.bukhara.figures.timeline import line_note
from helpers.figures.style import ALLIANCE, CONFLICT, blank, fade, write

ROW = 37  # pixels a tie
GAP = 1.5
HEADS = {1: "With him", -1: "Against him, or turned away by him"}
LOOKS = {1: (ALLIANCE, "solid", "circle"), -1: (CONFLICT, "dot", "x")}


def standing(ties: pd.DataFrame, *, first: str, last: str) -> go.Figure:
    """Draw each tie on its own line: thin while it may have held, thick while it must have, blue with, red against.

    Parameters
    ----------
    ties
        As from `helpers.network.actor_ties.ties_of`.
    first, last
        Days at the ends of the axis, ISO, New Style.
    """
    start, end = pd.Timestamp(first), pd.Timestamp(last)
    figure = blank(showlegend=False, margin={"t": 30})
    notes, y = [], 0.0
    for sign, heading in HEADS.items():
        notes.append(line_note(y, f"<b>{heading}</b>", 13))
        y += 0.9
        there = ties[ties["sign"] == sign]
        for place, tie in enumerate(there.itertuples(), start=1):
            notes.append(line_note(y + place - 1, f"{tie.other_label}: {tie.kind.replace('_', ' ')}", 12))
        _lines(figure, there, [y + place - 0.62 for place in range(1, len(there) + 1)], sign, start, end)
        y += len(there) + GAP - 0.9
    write(figure, notes)
    figure.update_layout(height=int(60 + y * ROW))
    figure.update_xaxes(range=[start, end], dtick="M2", tickformat="%b<br>%Y", zeroline=False)
    figure.update_yaxes(range=[y - 0.6, -0.5], showticklabels=False, showgrid=False, zeroline=False)
    return figure


def _lines(
    figure: go.Figure, ties: pd.DataFrame, places: list[float], sign: int, first: pd.Timestamp, last: pd.Timestamp
) -> None:
    colour, dash, symbol = LOOKS[sign]
    may: dict[str, list] = {"x": [], "y": []}
    must: dict[str, list] = {"x": [], "y": []}
    ends: dict[str, list] = {"x": [], "y": [], "hovertext": []}
    for y, tie in zip(places, ties.itertuples(), strict=True):
        begun, ended = _within(tie.start_earliest, first, last, first), _within(tie.end_latest, first, last, last)
        may["x"] += [begun, ended, None]
        may["y"] += [y, y, None]
        sure = _within(tie.start_latest, first, last, last), _within(tie.end_earliest, first, last, first)
        if sure[0] < sure[1]:
            must["x"] += [*sure, None]
            must["y"] += [y, y, None]
        ends["x"].append(begun)
        ends["y"].append(y)
        ends["hovertext"].append(f"{tie.other_label}: {tie.kind}, {tie.status.replace('_', ' ')}<br>{tie.source}")
    figure.add_scatter(
        **may, mode="lines", line={"color": fade(colour, 0.55), "width": 3, "dash": dash}, hoverinfo="skip"
    )
    figure.add_scatter(**must, mode="lines", line={"color": colour, "width": 8}, hoverinfo="skip")
    figure.add_scatter(**ends, mode="markers", marker={"color": colour, "symbol": symbol, "size": 9}, hoverinfo="text")


def _within(day: pd.Timestamp, first: pd.Timestamp, last: pd.Timestamp, unknown: pd.Timestamp) -> pd.Timestamp:
    return unknown if pd.isna(day) else min(max(day, first), last)
