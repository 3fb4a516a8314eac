"""Figures of balance over time and of those between the camps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import fill

import pandas as pd
import plotly.graph_objects as go

from helpers.figures.style import BLUE, GREEN, INK, MUTED, Side, blank, fade, on_narrow

ROWS = {
    "two_camps": "Ties in the way of two camps",
    "many_camps": "Ties in the way of any number of camps",
    "walks": "Walk balance",
}


def balance_over_time(series: pd.DataFrame, chance: pd.DataFrame, names: Mapping[str, str]) -> go.Figure:
    """Draw the measures of balance as bands between the certain and the possible graph.

    Parameters
    ----------
    series
        As from `helpers.network.camps.series`.
    chance
        As from `helpers.network.camps.against_chance`: grey bars (5th to 95th percentile of the shuffles), means.
    names
        What each phase of `chance` is called.
    """
    figure = blank(height=560, narrow={"height": 580}, showlegend=True)
    wide = series.pivot(index="day", columns="graph", values=list(ROWS))
    for number, measure in enumerate(ROWS):
        _band(figure, wide[measure], number)
        _row(figure, number, ROWS[measure])
    within = chance[chance["day"] >= series["day"].min()]
    figure.add_scatter(
        x=within["day"],
        y=within["expected"],
        mode="markers",
        name="signs shuffled: mean, 5–95 %",
        hoverinfo="text",
        error_y={
            "type": "data",
            "symmetric": False,
            "array": within["high"] - within["expected"],
            "arrayminus": within["expected"] - within["low"],
            "color": MUTED,
            "thickness": 1.5,
            "width": 5,
        },
        marker={"symbol": "line-ew-open", "size": 12, "color": MUTED, "line": {"width": 2}},
        hovertext=[f"{names[p]}: {r.two_camps} against {r.expected:.1f} by chance" for p, r in within.iterrows()],
    )
    top = max(series["two_camps"].max(), within["high"].max()) + 0.6
    figure.update_layout(
        yaxis={"range": [-0.2, top], "dtick": 1},
        yaxis2={"range": [-0.2, 2.2], "dtick": 1},
        yaxis3={"range": [-0.1, 1.08], "dtick": 0.5},
        xaxis={"tickformat": "%-d %b<br>%Y", "nticks": 7},
    )
    return figure


def rank_ranges(ranges: pd.DataFrame, labels: Mapping[str, str], looks: Sequence[Side]) -> go.Figure:
    """Draw from the best to the worst rank of each actor, a mark at the middle one, and how often it is between at all.

    Parameters
    ----------
    ranges
        As from `helpers.network.brokers.rank_ranges`, the actors to be drawn in order.
    labels
        Name of each actor.
    looks
        How each of the actors to be drawn is drawn: the look of its side.
    """
    names = [fill(labels[actor], 24).replace("\n", "<br>") for actor in ranges.index]
    height = 90 + 32 * len(ranges)
    figure = blank(height=height, narrow={"height": height, "yaxis.tickfont.size": 11})
    x = [v for row in ranges.itertuples() for v in (row.best, row.worst, None)]
    y = [v for name in names for v in (name, name, None)]
    figure.add_scatter(
        x=x, y=y, mode="lines", line={"color": MUTED, "width": 5}, opacity=0.45, hoverinfo="skip", showlegend=False
    )
    figure.add_scatter(
        x=ranges["middle"],
        y=names,
        mode="markers",
        showlegend=False,
        hoverinfo="text",
        marker={
            "size": 12,
            "color": [look.colour for look in looks],
            "symbol": [look.symbol for look in looks],
            "line": {"color": INK, "width": 0.5},
        },
        hovertext=[
            f"{n}: rank {r.best} to {r.worst}, between others in {r.between} of {r.views} drawings"
            for n, r in zip(names, ranges.itertuples(), strict=True)
        ],
    )
    share = [f"{100 * r.between / r.views:.0f} %" for r in ranges.itertuples()]
    figure.add_scatter(
        x=[ranges["worst"].max() + 4] * len(ranges),
        y=names,
        mode="text",
        text=share,
        textfont={"color": MUTED},
        showlegend=False,
        hoverinfo="skip",
        cliponaxis=False,
    )
    figure.update_yaxes(autorange="reversed", showgrid=False)
    figure.update_xaxes(
        title="rank by betweenness (1 = most between); right: share of the drawings",
        zeroline=False,
        range=[-0.4, ranges["worst"].max() + 6],
        tickvals=[1, *range(5, ranges["worst"].max() + 1, 5)],
        showgrid=True,
    )
    changes = {
        "xaxis.title.text": "rank (1 = most between);<br>right: share of the drawings",
        "xaxis.range": [-1, ranges["worst"].max() + 8],
        "xaxis.nticks": None,
        "xaxis.tickvals": [1, *range(10, ranges["worst"].max() + 1, 10)],
    }
    on_narrow(figure, changes)
    return figure


def _band(figure: go.Figure, values: pd.DataFrame, number: int) -> None:
    axes = {"xaxis": "x", "yaxis": "y" if number == 0 else f"y{number + 1}"}
    step = {"shape": "hv"}
    last = pd.DataFrame([values.iloc[-1]], index=[values.index[-1] + pd.Timedelta(days=1)])
    values = pd.concat([values, last])
    look = {"mode": "lines", "x": values.index, "showlegend": number == 0, "hoverinfo": "x+y", **axes}
    figure.add_scatter(
        y=values["certain"],
        name="ties that must have held",
        legendgroup="c",
        line={"color": GREEN, "width": 2, "dash": "dot", **step},
        **look,
    )
    figure.add_scatter(
        y=values["possible"],
        name="ties that may have held",
        legendgroup="p",
        fill="tonexty",
        fillcolor=fade(BLUE, 0.15),
        line={"color": BLUE, "width": 2, **step},
        **look,
    )


def _row(figure: go.Figure, number: int, title: str) -> None:
    tops, bottoms = (0.94, 0.48, 0.22), (0.58, 0.33, 0.0)
    suffix = "" if number == 0 else str(number + 1)
    figure.update_layout(
        {f"yaxis{suffix}": {"domain": (bottoms[number], tops[number]), "anchor": "x", "zeroline": False}}
    )
    figure.add_annotation(
        text=title,
        x=0,
        y=tops[number] + 0.005,
        xref="paper",
        yref="paper",
        xanchor="left",
        yanchor="bottom",
        showarrow=False,
        font={"color": MUTED},
    )
    figure.update_layout(xaxis={"anchor": "y3", "showgrid": True})
