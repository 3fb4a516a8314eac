"""Figures of the chapter on the calendar: three clocks, and where each text's days fall on them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pandas as pd
import plotly.graph_objects as go

from helpers import calendars
from helpers.figures import lines
from helpers.figures.style import BLUE, GREEN, INK, MUTED, VERMILLION, blank, fade

ROW = 42  # pixels a row
FIRST, LAST = date(1918, 2, 15), date(1918, 4, 10)
CLOCK_ROWS, TEXTS_FROM = (0, 1.3, 2.6), 3.8
"""Rows of the three clocks, and of the first text below them."""
CLOCKS = ("New Style", "Old Style", "Hijri, to within a day")
SHORT = (
    "Muh.",
    "Safar",
    "Rabi I",
    "Rabi II",
    "Jum. I",
    "Jum. II",
    "Rajab",
    "Shab.",
    "Ram.",
    "Shaw.",
    "Qada",
    "Hijja",
)
PRINTED = {"color": BLUE, "symbol": "circle", "size": 11}
OTHER = {
    "color": fade(VERMILLION, 0),
    "symbol": "square",
    "size": 10,
    "line": {"color": VERMILLION, "width": 2},
}
FIXED = {"color": GREEN, "symbol": "diamond", "size": 9}


def three_clocks(rows: pd.DataFrame, *, counts: dict[str, tuple[date, date]], weekday: str | None) -> go.Figure:
    """Draw the weeks on three clocks, and below them the days of each text under both of its readings.

    Parameters
    ----------
    rows
        As from `helpers.bukhara.daycount.table.printed`, in the order in which they are to stand. Days outside the
        weeks shown are left out.
    counts
        Name of a day-count to the first and the last day of its ultimatum and battle.
    weekday
        Day of the week of the ultimatum; each such day is marked in a last row, None for no such row.

    A green bar is what a Hijri day in the text allows.
    """
    shown = rows[(rows["last"] >= FIRST) & (rows["first"] <= LAST)]
    total = TEXTS_FROM + len(shown) + (weekday is not None)
    figure = blank(height=int(60 + total * ROW), showlegend=True, legend={"y": 1.0, "itemsizing": "constant"})
    for name, (first, last) in counts.items():
        _band(figure, name, first, last)
    fridays = [day for day in _days() if calendars.weekday(day) == "Friday"]
    for place, clock in zip(CLOCK_ROWS, CLOCKS, strict=True):
        _head(figure, place - 0.12, f"<b>{clock}</b>")
        texts = [_short(clock, day) for day in fridays]
        figure.add_scatter(
            x=fridays, y=[place + 0.1] * len(fridays), mode="text", text=texts, textfont={"size": 11, "color": INK},
            textposition="middle center", hoverinfo="skip", showlegend=False, cliponaxis=False,
        )  # fmt: skip
    for place, row in enumerate(shown.itertuples()):
        _head(figure, TEXTS_FROM + place, f"<b>{row.label}</b>: {row.says}")
    _marks(figure, shown)
    if weekday is not None:
        _weekdays(figure, total - 1, weekday)
    figure.update_xaxes(
        range=[FIRST - timedelta(3), LAST + timedelta(2)],
        tickvals=fridays,
        showticklabels=False,
        zeroline=False,
    )
    figure.update_yaxes(range=[total - 0.5, -0.8], showgrid=False, showticklabels=False, zeroline=False)
    lines.fit(figure)
    return figure


def _marks(figure: go.Figure, rows: pd.DataFrame) -> None:
    """The three kinds of marks, each one trace for the bars and one for the ends."""
    places = [TEXTS_FROM + number for number in range(len(rows))]
    spans = {
        "as printed": ([*zip(rows["first"], rows["last"], strict=True)], PRINTED, 0.0),
        "under the other reading": ([*zip(rows["other_first"], rows["other_last"], strict=True)], OTHER, 0.0),
        "what the Hijri day or the weekday allows": (
            [*zip(rows["hijri_first"], rows["hijri_last"], strict=True)],
            FIXED,
            0.2,
        ),
    }
    for name, (days, marker, drop) in spans.items():
        colour = marker.get("line", marker)["color"]
        x, y = [], []
        for place, (first, last) in zip(places, days, strict=True):
            if not pd.isna(first):
                x += [first, last, None]
                y += [place + drop, place + drop, None]
        points = [(a, b) for a, b in zip(x, y, strict=True) if a is not None]
        figure.add_scatter(
            x=x,
            y=y,
            mode="lines",
            line={"color": fade(colour, 0.45), "width": 5},
            hoverinfo="skip",
            showlegend=False,
        )
        figure.add_scatter(
            x=[a for a, _ in points], y=[b for _, b in points], mode="markers", marker=marker, name=name,
            hovertext=[hover_text(a) for a, _ in points], hoverinfo="text",
        )  # fmt: skip


def _weekdays(figure: go.Figure, place: float, weekday: str) -> None:
    days = [day for day in _days() if calendars.weekday(day) == weekday]
    _head(figure, place, f"<b>Salimbek</b>: the ultimatum, on a {weekday}")
    figure.add_scatter(
        x=days, y=[place] * len(days), mode="markers", marker=FIXED, hovertext=[hover_text(d) for d in days],
        hoverinfo="text", showlegend=False,
    )  # fmt: skip


def _band(figure: go.Figure, name: str, first: date, last: date) -> None:
    figure.add_vrect(
        x0=pd.Timestamp(first) - pd.Timedelta(hours=12), x1=pd.Timestamp(last) + pd.Timedelta(hours=12),
        fillcolor=fade(MUTED, 0.16), line_width=0, layer="below",
    )  # fmt: skip


def _head(figure: go.Figure, place: float, text: str) -> None:
    figure.add_annotation(
        x=0, xref="paper", y=place - 0.42, text=text, showarrow=False, xanchor="left", yanchor="middle",
        font={"size": 12, "color": INK},
    )  # fmt: skip


def _days() -> Iterable[date]:
    return (FIRST + timedelta(n) for n in range((LAST - FIRST).days + 1))


def _short(clock: str, day: date) -> str:
    if clock == "New Style":
        return f"{day.day}<br>{calendars.MONTHS[day.month - 1][:3]}"
    if clock == "Old Style":
        _, month, number = calendars.written("OS", day)
        return f"{number}<br>{calendars.MONTHS[month - 1][:3]}"
    _, month, number = calendars.written("AH", day)
    return f"{number}<br>{SHORT[month - 1]}"


def hover_text(day: date) -> str:
    """Write a day on all three clocks."""
    day = pd.Timestamp(day).date()
    old = calendars.Reading("OS", *calendars.written("OS", day))
    new = f"{calendars.weekday(day)}, {day.day} {calendars.MONTHS[day.month - 1]} {day.year}"
    return f"{new}<br>{old}<br>{calendars.hijri_text(day)}"
