"""Figures of the chapter on what followed: lives from the campaign to their ends, open where nothing is known."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from helpers.bukhara.fates import DATED, LOST, SEEN
from helpers.bukhara.figures.timeline import line_note
from helpers.figures import lines
from helpers.figures.style import MUTED, PAPER, Side, Sides, blank, fade, write

START, BREAK, END = pd.Timestamp("1918-03-01"), pd.Timestamp("1921-01-01"), pd.Timestamp("1970-01-01")
CUT = 0.62  # part of the width that the years to BREAK get
ROW = 36  # pixels a person
GAP = 1.5
OPEN = pd.Timedelta(days=120)


def fates(lives: pd.DataFrame, traces: pd.DataFrame, sides: Sides) -> go.Figure:
    """Draw what is known of each life after the campaign, on two scales: to the end of 1920, and from then on.

    Parameters
    ----------
    lives
        As from `helpers.bukhara.fates.fates`.
    traces
        As from `helpers.bukhara.fates.traces`.
    sides
        Those to draw, from top to bottom.

    A thick line runs to the last sign of life, a thin one on to a death whose date is known; a dotted end means that
    no text seen follows the person further. Those of a side of whom nothing more is told share its last line.
    """
    figure = blank(showlegend=False, margin={"t": 34})
    notes, y = [], 0.0
    for side, look in sides.items():
        there = lives[lives["side"] == side]
        told = there[there["ending"].isin([DATED, SEEN])]
        told = told.assign(end=told["died_last"].fillna(END), seen=told["seen_first"].fillna(START))
        told = told.sort_values(["end", "seen", "label"])
        notes.append(line_note(y, f"<b>{look.label}</b>", 13))
        places = [y + 0.9 + place for place in range(len(told))]
        for place, life in zip(places, told.itertuples(), strict=True):
            notes.append(line_note(place, f"{life.label}: {_said(life)}", 12))
            _life(figure, place + 0.38, life, look, traces[traces["actor"] == life.Index])
        y += 0.9 + len(told)
        lost = there[there["ending"] == LOST]
        if len(lost):
            notes.append(line_note(y, f"<i>{len(lost)} more of whom nothing is told after the peace</i>", 12))
            _open(figure, y + 0.38, START, look.colour, "<br>".join(lost["label"]))
            y += 1
        y += GAP - 0.9
    write(figure, notes)
    return _frame(figure, y)


def _frame(figure: go.Figure, y: float) -> go.Figure:
    figure.update_layout(
        height=int(64 + y * ROW),
        xaxis={
            "domain": [0, CUT], "range": [START - pd.Timedelta(days=20), BREAK], "tickformat": "%Y",
            "tickvals": ["1919-01-01", "1920-01-01"], "ticktext": ["1919", "1920"],
        },
        xaxis2={
            "domain": [CUT + 0.03, 1], "range": [BREAK, END], "anchor": "y",
            "tickvals": ["1938-01-01", "1960-01-01"], "ticktext": ["1938", "1960"],
        },
        yaxis={"range": [y - 0.5, -0.6], "showticklabels": False, "showgrid": False, "zeroline": False},
    )  # fmt: skip
    lines.fit(figure)
    return figure


def _life(figure: go.Figure, y: float, life, look: Side, traces: pd.DataFrame) -> None:
    seen = max([START, *traces["earliest"]])
    _line(figure, y, START, seen, {"color": fade(look.colour, 0.75), "width": 6})
    for trace in traces.dropna(subset="latest").itertuples():
        _mark(figure, y, trace.earliest, {"color": PAPER, "size": 7, "line": {"color": look.colour, "width": 2}},
              f"{life.label}, {trace.earliest:%B %Y} at the earliest:<br>{trace.what}")  # fmt: skip
    if life.ending == SEEN:
        _open(figure, y, seen, look.colour, f"{life.label}: not followed further")
        return
    _line(figure, y, seen, life.died_first, {"color": fade(look.colour, 0.75), "width": 2})
    _line(figure, y, life.died_first, life.died_last, {"color": fade(look.colour, 0.35), "width": 9})
    _mark(
        figure,
        y,
        life.died_last,
        {"color": look.colour, "symbol": look.symbol, "size": 10},
        f"{life.label}: {life.died}",
    )


def _open(figure: go.Figure, y: float, start: pd.Timestamp, colour: str, text: str) -> None:
    """An end of which nothing is known: dots that lead nowhere, and a question mark."""
    length = OPEN if start < BREAK else OPEN * 30
    axis = "x" if start < BREAK else "x2"
    end = start + length
    figure.add_scatter(
        x=[start, end], y=[y, y], mode="lines+text", line={"color": fade(colour, 0.8), "width": 2, "dash": "dot"},
        text=["", "?"], textposition="middle right", textfont={"color": MUTED}, hovertext=[text, text],
        hoverinfo="text", cliponaxis=False, xaxis=axis,
    )  # fmt: skip


def _line(figure: go.Figure, y: float, start: pd.Timestamp, end: pd.Timestamp, line: dict) -> None:
    """A line on one scale or across both."""
    for axis, first, last in (("x", START, BREAK), ("x2", BREAK, END)):
        a, b = max(start, first), min(end, last)
        if a < b:
            figure.add_scatter(x=[a, b], y=[y, y], mode="lines", line=line, hoverinfo="skip", xaxis=axis)


def _mark(figure: go.Figure, y: float, day: pd.Timestamp, marker: dict, text: str) -> None:
    figure.add_scatter(
        x=[day], y=[y], mode="markers", marker=marker, hovertext=[text], hoverinfo="text", cliponaxis=False,
        xaxis="x" if day < BREAK else "x2",
    )  # fmt: skip


def _said(life) -> str:
    if life.ending == DATED:
        return life.died
    return "alive later, no day given" if pd.isna(life.seen_last) else f"last seen {_months(life)}"


def _months(life) -> str:
    first, last = life.seen_first, life.seen_last
    if (first.year, first.month) == (last.year, last.month):
        return f"{last:%B %Y}"
    if first.year == last.year and (first.month, last.month) == (1, 12):
        return f"{last:%Y}"
    return f"{first:%B}{'' if first.year == last.year else f' {first:%Y}'} to {last:%B %Y}"
