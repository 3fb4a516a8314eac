"""Figures of the chapter on forces: every estimate by its source, none left out."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from helpers.figures.style import INK, SIDES, blank, fade
from helpers.forces import Band

ROW = 27  # pixels a claim
OPEN = 1.9  # factor over which an open end is drawn


def estimates_by_source(claims: pd.DataFrame, groups: Mapping[str, tuple[str, Sequence[str]]]) -> go.Figure:
    """Draw each claim on its own line, low to high on a logarithmic axis, grouped under what it counts.

    Parameters
    ----------
    claims
        As from `helpers.forces.estimates`, with ``label``, the short name of the source.
    groups
        Heading to (side, keys of quantities); drawn from top to bottom.

    A dot is the number a source gives, a bar runs from the lowest to the highest it gives, an arrow stands for
    an end that it leaves open ("up to", "at least"). Hollow dots are claims that do not count.
    """
    rows, heads, y = [], [], 0.0
    for heading, (side, quantities) in groups.items():
        heads.append((y, heading))
        for claim in claims[claims["force"].isin(quantities)].sort_values("size").itertuples():
            y += 1
            rows.append((y, side, claim))
        y += 1.35
    height = int(60 + y * ROW)
    figure = blank(height=height, narrow={"margin.l": 4})
    for side in dict.fromkeys(side for _, side, _ in rows):
        _draw_side(figure, [(y, claim) for y, s, claim in rows if s == side], side)
    low, high = _reach(claims)
    for y, heading in heads:
        figure.add_annotation(
            x=0, xref="paper", y=y, text=f"<b>{heading}</b>", showarrow=False, xanchor="left", font_color=INK
        )
    figure.update_xaxes(
        type="log",
        range=[low, high],
        tickvals=[50, 100, 500, 1000, 5000, 10000, 50000],
        ticktext=["50", "100", "500", "1,000", "5,000", "10,000", "50,000"],
        side="top",
    )
    figure.update_yaxes(
        range=[y, -0.7],
        tickvals=[y for y, _, _ in rows],
        ticktext=[c.label for _, _, c in rows],
        showgrid=False,
        zeroline=False,
    )
    figure.update_layout(showlegend=False)
    return figure


def _draw_side(figure: go.Figure, rows: list, side: str) -> None:
    colour = SIDES[side].colour
    bars: dict[str, list] = {"x": [], "y": []}
    dots: dict[str, list] = {"x": [], "y": [], "text": [], "fill": []}
    arrows: dict[str, list] = {"x": [], "y": [], "symbol": []}
    for y, claim in rows:
        low, high = _ends(claim)
        if low != high:
            bars["x"] += [low, high, None]
            bars["y"] += [y, y, None]
        if claim.hedge in ("at_least", "at_most"):
            arrows["x"].append(high if claim.hedge == "at_least" else low)
            arrows["y"].append(y)
            arrows["symbol"].append("triangle-right" if claim.hedge == "at_least" else "triangle-left")
        for value in {v for v in (claim.low, claim.best, claim.high) if not pd.isna(v)}:
            dots["x"].append(value)
            dots["y"].append(y)
            dots["text"].append(f"{claim.label}: {value:,.0f} ({claim.hedge.replace('_', ' ')})<br>{claim.population}")
            dots["fill"].append(fade(colour, 0.0) if claim.rank == "deprecated" else colour)
    figure.add_scatter(
        x=bars["x"], y=bars["y"], mode="lines", line={"color": fade(colour, 0.55), "width": 5}, hoverinfo="skip"
    )
    figure.add_scatter(
        x=arrows["x"],
        y=arrows["y"],
        mode="markers",
        hoverinfo="skip",
        marker={"symbol": arrows["symbol"], "size": 10, "color": colour},
    )
    figure.add_scatter(
        x=dots["x"],
        y=dots["y"],
        mode="markers",
        hovertext=dots["text"],
        hoverinfo="text",
        name=SIDES[side].label,
        marker={"symbol": SIDES[side].symbol, "size": 10, "color": dots["fill"], "line": {"color": colour, "width": 2}},
    )


def _ends(claim) -> tuple[float, float]:
    given = [v for v in (claim.low, claim.best, claim.high) if not pd.isna(v)]
    low, high = min(given), max(given)
    if claim.hedge == "at_least":
        high *= OPEN
    if claim.hedge == "at_most":
        low /= OPEN
    return low, high


def _reach(claims: pd.DataFrame) -> tuple[float, float]:
    """The ends of the logarithmic axis, with room for open ends."""
    values = claims[["low", "best", "high"]].stack().astype(float)
    values = values[values > 0]
    return math.log10(values.min() / 2.2), math.log10(values.max() * 2.2)


def odds(whole: Band, left: pd.DataFrame) -> go.Figure:
    """Draw the band of the ratio with all sources and with each lineage left out, on a logarithmic axis.

    Parameters
    ----------
    whole
        The band with all sources.
    left
        As from `helpers.forces.without_each_lineage`.
    """
    known = left.dropna(subset="middle").iloc[::-1]
    rows = [
        *(
            (f"without {lineage}", row.low, row.middle, row.high)
            for lineage, row in zip(known.index, known.itertuples(), strict=True)
        ),
        ("all sources", whole.low, whole.middle, whole.high),
    ]
    figure = blank(height=90 + 34 * len(rows), showlegend=False)
    for name, low, middle, high in rows:
        colour = INK if name == "all sources" else SIDES["emirate"].colour
        figure.add_scatter(
            x=[low, high],
            y=[name, name],
            mode="lines",
            line={"color": fade(colour, 0.45), "width": 7},
            hoverinfo="skip",
        )
        figure.add_scatter(
            x=[middle],
            y=[name],
            mode="markers",
            marker={"color": colour, "size": 11},
            hoverinfo="text",
            hovertext=[f"{name}: {low:.0f} to {high:.0f}, middle {middle:.0f}"],
        )
    figure.add_vline(x=1, line={"color": INK, "dash": "dot", "width": 1.5})
    figure.update_xaxes(
        type="log", tickvals=[1, 2, 5, 10, 20, 50, 100], title="the emir's men to one of Kolesov's", range=[-0.15, 2.1]
    )
    figure.update_yaxes(showgrid=False)
    return figure
