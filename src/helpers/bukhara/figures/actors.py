"""Figures of the chapter on the actors."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from helpers.figures.style import INK, Side, Sides, blank, fade

CAMPAIGN = pd.Timestamp("1918-03-01")
ROW = 21  # pixels a person


def lifelines(lives: pd.DataFrame, sides: Sides) -> go.Figure:
    """Draw each life as a line from birth to death, grouped by side; an end that is not known fades out.

    Parameters
    ----------
    lives
        As from `helpers.people.lives.lifelines`.
    sides
        Those to draw, from top to bottom.
    """
    rows, heads, y = [], [], 0.0
    for side, look in sides.items():
        heads.append((y, look.label))
        for life in lives[lives["side"] == side].itertuples():
            y += 1
            rows.append((y, side, life))
        y += 1.6
    bottom = y - 0.6
    figure = blank(height=int(50 + bottom * ROW), showlegend=False)
    for side in dict.fromkeys(side for _, side, _ in rows):
        _side(figure, [(y, life) for y, s, life in rows if s == side], sides[side])
    for y, heading in heads:
        figure.add_annotation(
            x=0, xref="paper", y=y, text=f"<b>{heading}</b>", showarrow=False, xanchor="left", font_color=INK
        )
    figure.add_vline(x=CAMPAIGN, line={"color": INK, "width": 1, "dash": "dot"})
    figure.add_annotation(
        x=CAMPAIGN, y=1, yref="paper", yanchor="bottom", text="March 1918", showarrow=False, font_color=INK
    )
    figure.update_xaxes(type="date", range=["1862-01-01", "1972-01-01"], dtick="M240", tickformat="%Y")
    figure.update_yaxes(
        range=[bottom, -0.7],
        tickvals=[y for y, _, _ in rows],
        ticktext=[life.label for _, _, life in rows],
        showgrid=False,
        zeroline=False,
    )
    return figure


def _side(figure: go.Figure, rows: list, style: Side) -> None:
    known: dict[str, list] = {"x": [], "y": []}
    open_: dict[str, list] = {"x": [], "y": []}
    for y, life in rows:
        start = CAMPAIGN if pd.isna(life.born) else life.born
        end = CAMPAIGN if pd.isna(life.died) else life.died
        if start != end:
            known["x"] += [start, end, None]
            known["y"] += [y, y, None]
        if pd.isna(life.born):
            open_["x"] += [min(start, end) - pd.Timedelta(days=365 * 6), min(start, end), None]
            open_["y"] += [y, y, None]
        if pd.isna(life.died):
            open_["x"] += [end, end + pd.Timedelta(days=365 * 6), None]
            open_["y"] += [y, y, None]
    figure.add_scatter(**known, mode="lines", line={"color": fade(style.colour, 0.6), "width": 5}, hoverinfo="skip")
    figure.add_scatter(
        **open_, mode="lines", line={"color": fade(style.colour, 0.5), "width": 2, "dash": "dot"}, hoverinfo="skip"
    )
    deaths = [(y, life) for y, life in rows if not pd.isna(life.died)]
    figure.add_scatter(
        x=[life.died for _, life in deaths],
        y=[y for y, _ in deaths],
        mode="markers",
        name=style.label,
        hoverinfo="text",
        hovertext=[_said(life) for _, life in deaths],
        marker={"symbol": style.symbol, "color": style.colour, "size": 9},
    )


def _said(life) -> str:
    born = life.born_text if isinstance(life.born_text, str) else "?"
    fate = life.fate if isinstance(life.fate, str) else ""
    return f"{life.label}: {born} to {life.died_text}<br>{fate}"
