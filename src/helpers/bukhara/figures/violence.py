"""Figures of the chapter on the dead: each count by its source, and the days, as far as any are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from helpers.figures import lines
from helpers.figures.estimate_marks import LOOKS
from helpers.figures.estimates import Look, by_source
from helpers.figures.style import INK, MUTED, blank, fade

ROW = 30  # pixels a statement of days
FIRST, LAST = pd.Timestamp("1918-02-28"), pd.Timestamp("1918-04-01")
HALF = pd.Timedelta(hours=12)


def counts(
    claims: pd.DataFrame, groups: Mapping[str, Sequence[str]], *, scale: pd.DataFrame | None = None
) -> go.Figure:
    """Draw what each text says of each group of the dead, one line a claim; what has no number is written out.

    Parameters
    ----------
    claims
        As from `helpers.bukhara.losses.counts`.
    groups
        Heading to quantities, as `helpers.bukhara.losses.GROUPS`.
    scale
        The claims that give the axis its ends, if others than those drawn.
    """
    return by_source(claims.assign(look=claims["voice"]), groups, LOOKS, legend=True, scale=scale)


def days(said: pd.DataFrame, marks: Mapping[str, pd.Timestamp]) -> go.Figure:
    """Draw the days that each text gives for each killing; an open end runs out of the figure.

    Parameters
    ----------
    said
        As from `helpers.bukhara.losses.days`. A row without a day is written out as not told.
    marks
        Names and days of upright lines.
    """
    found = lines.placed((killing, group.itertuples()) for killing, group in said.groupby("killing", sort=False))
    rows, height = found.rows, int(110 + found.end * ROW)
    narrow = {
        "height": height + 60,
        "margin.l": 4,
        "legend.y": -0.04,
        "legend.yanchor": "top",
        "xaxis.tickangle": 0,
    }
    figure = blank(height=height, legend={"y": -0.02, "yanchor": "top"}, narrow=narrow)
    for name, day in marks.items():
        figure.add_vline(x=day, line={"color": MUTED, "dash": "dot", "width": 1.5})
        figure.add_annotation(
            x=day, y=-1.1, text=name, showarrow=False, xanchor="left", font={"size": 11, "color": MUTED}
        )
    for voice, look in LOOKS.items():
        _bars(figure, [(y, row) for y, row in rows if row.voice == voice], look)
    silent = [y for y, row in rows if pd.isna(row.label)]
    figure.add_scatter(
        x=[FIRST + 6 * HALF] * len(silent),
        y=silent,
        mode="text",
        text=["<i>no text tells the day</i>"] * len(silent),
        textposition="middle right",
        textfont={"size": 11, "color": INK},
        hoverinfo="skip",
        showlegend=False,
    )
    lines.name(figure, found, lambda row: None if pd.isna(row.label) else row.label, top=1.6)
    figure.update_xaxes(range=[FIRST, LAST], tickformat="%-d %b", dtick=7 * 24 * 3600 * 1000, tick0="1918-03-02")
    return figure


def _bars(figure: go.Figure, rows: list[tuple[float, tuple]], look: Look) -> None:
    if not rows:
        return
    spans = [(y, row, *_span(row)) for y, row in rows]
    figure.add_scatter(
        x=[v for _, _, first, last in spans for v in (first, last, None)],
        y=[v for y, *_ in spans for v in (y, y, None)],
        mode="lines",
        line={"color": fade(look.colour, 0.45), "width": 6},
        hoverinfo="skip",
        showlegend=False,
    )
    ends = [(end, y, row) for y, row, *_ in spans for end in (row.earliest, row.latest) if not pd.isna(end)]
    figure.add_scatter(
        x=[x for x, *_ in ends],
        y=[y for _, y, _ in ends],
        mode="markers",
        name=look.label,
        hovertext=[f"{row.label}: {row.says}" for *_, row in ends],
        hoverinfo="text",
        marker={
            "symbol": look.symbol,
            "size": 10,
            "color": fade(look.colour, look.fill),
            "line": {"color": look.colour, "width": 2},
        },
    )
    arrows = [(last, y) for y, row, _, last in spans if pd.isna(row.latest)]
    figure.add_scatter(
        x=[x for x, _ in arrows],
        y=[y for _, y in arrows],
        mode="markers",
        hoverinfo="skip",
        showlegend=False,
        marker={"symbol": "triangle-right", "size": 10, "color": look.colour},
    )


def _span(row: tuple) -> tuple[pd.Timestamp, pd.Timestamp]:
    """First and last day as drawn: an open end runs to the edge."""
    first = FIRST if pd.isna(row.earliest) else row.earliest
    return first, LAST - HALF if pd.isna(row.latest) else row.latest
