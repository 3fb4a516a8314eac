"""Figures of the chapter on forces: every estimate by its source, none left out, and what can be made of them."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from helpers.figures.estimates import Look, by_source
from helpers.figures.lines import SHORT
from helpers.figures.style import BLUE, INK, MUTED, Sides, blank, fade, on_narrow
from helpers.quantities import Band

WRAP = 24  # letters of the name of a family in one line
TICKS = [1, 2, 5, 10, 20, 50, 100]


def strengths(
    claims: pd.DataFrame, groups: Mapping[str, Sequence[str]], sides: Sides, *, scale: pd.DataFrame | None = None
) -> go.Figure:
    """Draw each claim on its own line, grouped under what it counts, in the colour of the side that is counted.

    Parameters
    ----------
    claims
        As from `helpers.bukhara.forces.strengths.men`.
    groups
        Heading to quantities, drawn from top to bottom.
    sides
        How the sides are drawn.
    scale
        The claims that give the axis its ends, if others than those drawn.
    """
    looks = {key: Look(sides[key].label, sides[key].colour, sides[key].symbol) for key in claims["side"].unique()}
    return by_source(claims.assign(look=claims["side"]), groups, looks, scale=scale)


def odds(whole: Band, left: pd.DataFrame, names: Mapping[str, str], colour: str) -> go.Figure:
    """Draw the ratio with all sources, and how leaving out each family of texts moves its middle and its band.

    Parameters
    ----------
    whole
        The band with all sources.
    left
        As from `helpers.quantities.without_each_lineage`: the widest change first.
    names
        Family to what it is called.
    colour
        Of the bands.

    The thick bar is the change in the middle, the thin line the band that holds nine draws in ten.
    """
    known = left.dropna(subset="middle").iloc[::-1]
    rows = [(f"without {names[key]}", row.low, row.middle, row.high) for key, row in known.iterrows()]
    rows.append(("all sources", whole.low, whole.middle, whole.high))
    figure = blank(height=100 + 36 * len(rows), showlegend=False)
    _lines(figure, [(name, low, high) for name, low, _, high in rows], fade(colour, 0.6), 2.5)
    _lines(figure, [(name, whole.middle, middle) for name, _, middle, _ in rows[:-1]], fade(BLUE, 0.55), 13)
    figure.add_scatter(
        x=[middle for _, _, middle, _ in rows],
        y=[name for name, *_ in rows],
        mode="markers",
        marker={"color": [BLUE] * (len(rows) - 1) + [INK], "size": 10},
        hoverinfo="text",
        hovertext=[f"{name}: {low:.0f} to {high:.0f}, middle {middle:.0f}" for name, low, middle, high in rows],
    )
    for x, dash in ((1, "dot"), (whole.middle, "solid")):
        figure.add_vline(x=x, line={"color": INK if dash == "dot" else MUTED, "dash": dash, "width": 1.5})
    figure.update_xaxes(type="log", tickvals=TICKS, range=[-0.15, 2.1], title="the emir's men to one of Kolesov's")
    called = [name for name, *_ in rows]
    figure.update_yaxes(showgrid=False, tickvals=called, ticktext=_folded(called, WRAP))
    on_narrow(
        figure,
        {
            "height": 110 + 50 * len(rows),
            "xaxis.tickvals": TICKS,
            "yaxis.ticktext": _folded(called, SHORT),
            "yaxis.tickfont.size": 11,
        },
    )
    return figure


def break_even(bands: pd.DataFrame) -> go.Figure:
    """Draw what one of Kolesov's men had to be worth for parity, under each law: a band on a logarithmic axis.

    Parameters
    ----------
    bands
        As from `helpers.bukhara.forces.odds.break_even`.
    """
    names = [f"{law} law" for law in bands["law"]]
    figure = blank(height=110 + 46 * len(bands), showlegend=False)
    _lines(figure, list(zip(names, bands["low"], bands["high"], strict=True)), fade(BLUE, 0.45), 9)
    figure.add_scatter(
        x=bands["middle"],
        y=names,
        mode="markers+text",
        marker={"color": BLUE, "size": 11},
        text=[f"{middle:,.0f}" for middle in bands["middle"]],
        textposition="top center",
        textfont={"color": INK},
        hoverinfo="text",
        hovertext=[f"{row.law} law: {row.low:,.0f} to {row.high:,.0f}" for row in bands.itertuples()],
    )
    figure.add_vline(x=1, line={"color": INK, "dash": "dot", "width": 1.5})
    top = math.ceil(math.log10(bands["high"].max()))
    powers = [10**power for power in range(top + 1)]
    figure.update_xaxes(
        type="log",
        range=[-0.15, top],
        tickvals=powers,
        ticktext=[f"{power:,}" for power in powers],
        title="men of the emir's that one of Kolesov's had to be worth",
    )
    figure.update_yaxes(showgrid=False, range=[len(bands) - 0.4, -0.7])
    on_narrow(figure, {"xaxis.tickvals": powers, "xaxis.title.text": "the emir's men that one had to be worth"})
    return figure


def _folded(names: Sequence[str], width: int) -> list[str]:
    return ["<br>".join(textwrap.wrap(name, width)) for name in names]


def _lines(figure: go.Figure, spans: Sequence[tuple[str, float, float]], colour: str, width: float) -> None:
    figure.add_scatter(
        x=[v for _, low, high in spans for v in (low, high, None)],
        y=[v for name, _, _ in spans for v in (name, name, None)],
        mode="lines",
        line={"color": colour, "width": width},
        hoverinfo="skip",
    )
