"""Figure of the week before the first battle: what each text says of each step, on both day-counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from helpers.figures import lines
from helpers.figures.style import INK, blank, fade

ROW = 29  # pixels a line
EDGE = 1  # last day from the battle that is drawn; later ends run out of the figure
GAP = "\u2002\u2002"  # between a mark and its words


def buildup(rows: pd.DataFrame, ticks: Mapping[int, tuple[str, str]], colour: str) -> go.Figure:
    """Draw what each text says of the days before the battle, both day-counts under one axis.

    Parameters
    ----------
    rows
        As from `helpers.bukhara.forces.buildup.buildup`. A step without a day is written out at the left.
    ticks
        Days from the battle to the day on either count, as from `helpers.bukhara.forces.buildup.ticks`.
    colour
        Of the marks.
    """
    found = lines.placed((step, group.itertuples()) for step, group in rows.groupby("step", sort=False))
    every = list(ticks)[1::2]
    few = ["<br>".join(ticks[day]) for day in every]
    figure = blank(
        height=int(80 + found.end * ROW),
        showlegend=False,
        narrow={"margin.l": 4, "xaxis.tickvals": every, "xaxis.ticktext": few},
    )
    dated = [(y, row) for y, row in found.rows if not pd.isna(row.first)]
    figure.add_scatter(
        x=[x for _, row in dated for x in (row.first, min(row.last, EDGE), None)],
        y=[v for y, _ in dated for v in (y, y, None)],
        mode="lines",
        line={"color": fade(colour, 0.45), "width": 5},
        hoverinfo="skip",
    )
    ends = [(x, y, row) for y, row in dated for x in sorted({row.first, min(row.last, EDGE)})]
    figure.add_scatter(
        x=[x for x, *_ in ends],
        y=[y for _, y, _ in ends],
        mode="markers",
        marker={
            "color": colour,
            "size": 10,
            "symbol": ["triangle-right" if x == EDGE and row.last > EDGE else "square" for x, _, row in ends],
        },
        hovertext=[f"{row.label}: {row.says}" for *_, row in ends],
        hoverinfo="text",
    )
    _texts(figure, [(row.first, y, row.men.replace(", ", f"{GAP}<br>{GAP}")) for y, row in dated], ticks)
    silent = [(min(ticks) - 0.4, y, f"<i>no day{f': {row.men}' if row.men else ''}</i>") for y, row in found.rows]
    undated = [text for text, (_, row) in zip(silent, found.rows, strict=True) if pd.isna(row.first)]
    _words(figure, undated, "middle right")
    lines.name(figure, found, lambda row: row.label, top=0.8)
    figure.update_xaxes(
        range=[min(ticks) - 0.5, EDGE + 0.4],
        tickvals=list(ticks),
        ticktext=["<br>".join(days) for days in ticks.values()],
        side="top",
    )
    return figure


def _texts(figure: go.Figure, spots: Sequence[tuple[float, float, str]], ticks: Mapping[int, object]) -> None:
    """Write a number of men beside its mark, to the left where the mark stands right of the middle."""
    middle = (min(ticks) + EDGE) / 2
    for side, chosen in (
        ("middle left", [spot for spot in spots if spot[0] >= middle]),
        ("middle right", [spot for spot in spots if spot[0] < middle]),
    ):
        _words(figure, [(x, y, f"{GAP}{text}{GAP}") for x, y, text in chosen if text], side)


def _words(figure: go.Figure, spots: Sequence[tuple[float, float, str]], side: str) -> None:
    figure.add_scatter(
        x=[x for x, *_ in spots],
        y=[y for _, y, _ in spots],
        mode="text",
        text=[text for *_, text in spots],
        textposition=side,
        textfont={"size": 11, "color": INK},
        hoverinfo="skip",
    )
