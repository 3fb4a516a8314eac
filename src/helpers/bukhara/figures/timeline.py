"""A timeline whose eras have scales of their own: decades, months and weeks on one page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from helpers.bukhara.eras import NOBODY
from helpers.figures.style import INK, MUTED, Sides, blank, fade

WIDE_ROW, NARROW_ROW = 23, 38  # pixels an event
HEAD, TICKS = 34, 46  # pixels for the heading of an era and for the ticks under it
TOP, NARROW_TOP = 56, 84  # pixels for the legend
LABELS = 352  # pixels for the titles beside the eras on a wide screen
POINT = 1 / 40  # an interval shorter than this part of its era is drawn as a mark
OTHER = "no one side"
NAMES = {"soviet": "Soviets"}  # over the years Petrograd and Moscow act too, not Tashkent alone


@dataclass(frozen=True)
class Scale:
    """How one era is drawn.

    Attributes
    ----------
    first, last
        The days at its ends, ISO, New Style.
    ticks
        Distance of its ticks, as plotly's `dtick`.
    tick_text, day_text
        Formats of the ticks (d3) and of the day beside a mark (strftime).
    """

    first: str
    last: str
    ticks: str
    tick_text: str
    day_text: str


def eras(rows: pd.DataFrame, scales: Mapping[str, Scale], sides: Sides) -> go.Figure:
    """Draw each event on a line of its own in its era: a mark for a day, a bar for the days it can have filled.

    Parameters
    ----------
    rows
        As from `helpers.bukhara.eras.timeline`.
    scales
        Name of each era, in the order of the rows, to how it is drawn.
    sides
        How the sides are drawn.
    """
    figure = blank(
        height=_height(rows, scales, WIDE_ROW) + TOP, showlegend=True, margin={"l": LABELS, "t": TOP, "b": 0}
    )
    for number, (era, scale) in enumerate(scales.items(), start=1):
        _era(figure, rows[rows["era"] == era], scale, _suffix(number), sides)
    _legend(figure, rows, sides)
    ticks = {
        f"xaxis{_suffix(number)}": {
            "range": [scale.first, scale.last],
            "dtick": scale.ticks,
            "tickformat": scale.tick_text,
            "anchor": f"y{_suffix(number)}",
        }
        for number, scale in enumerate(scales.values(), start=1)
    }
    figure.update_layout(ticks, **_rows(rows, scales, WIDE_ROW), annotations=_labels(rows, scales, narrow=False))
    narrow = {
        f"{axis}.{key}": value for axis, keys in _rows(rows, scales, NARROW_ROW).items() for key, value in keys.items()
    }
    figure.layout.meta = {
        "narrow": {
            "height": _height(rows, scales, NARROW_ROW) + NARROW_TOP,
            "annotations": _labels(rows, scales, narrow=True),
            "margin.t": NARROW_TOP,
            **narrow,
        }
    }
    return figure


def line_note(y: float, text: str, size: int) -> dict[str, Any]:
    """Return a text from the left edge of a figure, at a height of its first vertical axis, in pixels of `size`."""
    return {
        "x": 0, "xref": "paper", "y": y, "text": text, "showarrow": False, "xanchor": "left", "yanchor": "middle",
        "font": {"size": size, "color": INK},
    }  # fmt: skip


def _height(rows: pd.DataFrame, scales: Mapping[str, Scale], row: int) -> int:
    return len(rows) * row + len(scales) * (HEAD + TICKS)


def _rows(rows: pd.DataFrame, scales: Mapping[str, Scale], row: int) -> dict[str, dict]:
    """Where the axis of each era stands: its heading and a line for each event, and below it room for the ticks."""
    whole, top, axes = _height(rows, scales, row), 1.0, {}
    for number, era in enumerate(scales, start=1):
        count = int((rows["era"] == era).sum())
        bottom = top - (HEAD + count * row) / whole
        axes[f"yaxis{_suffix(number)}"] = {
            "domain": [max(bottom, 0), top],
            "range": [count - 0.5, -0.5 - HEAD / row],
            "showticklabels": False,
            "showgrid": False,
            "zeroline": False,
            "anchor": f"x{_suffix(number)}",
        }
        top = bottom - TICKS / whole
    return axes


def _suffix(number: int) -> str:
    return "" if number == 1 else str(number)


def _era(figure: go.Figure, rows: pd.DataFrame, scale: Scale, suffix: str, sides: Sides) -> None:
    axes = {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}", "showlegend": False}
    first, last = pd.Timestamp(scale.first), pd.Timestamp(scale.last)
    for side in dict.fromkeys(rows["side"]):
        colour, symbol = _look(side, sides)
        bars: dict[str, list] = {"x": [], "y": []}
        marks: dict[str, list] = {"x": [], "y": [], "text": [], "textposition": [], "hovertext": []}
        for place, event in enumerate(rows.itertuples()):
            if event.side != side:
                continue
            start = first if pd.isna(event.earliest) else max(event.earliest, first)
            end = last if pd.isna(event.latest) else min(event.latest, last)
            short = (end - start) < (last - first) * POINT
            bars["x"] += [start, end, None]
            bars["y"] += [place, place, None]
            left = (start - first) > (last - first) * 0.72
            marks["x"].append(start)
            marks["y"].append(place)
            marks["text"].append(f"  {_said(event, scale)}  " if short else "")
            marks["textposition"].append("middle left" if left else "middle right")
            marks["hovertext"].append(f"{event.title}<br>{_span(event)}")
        figure.add_scatter(
            **bars, mode="lines", line={"color": fade(colour, 0.5), "width": 8}, hoverinfo="skip", **axes
        )
        figure.add_scatter(
            **marks, mode="markers+text", marker={"color": colour, "symbol": symbol, "size": 10}, hoverinfo="text",
            textfont={"color": MUTED, "size": 11}, cliponaxis=False, **axes,
        )  # fmt: skip


def _legend(figure: go.Figure, rows: pd.DataFrame, sides: Sides) -> None:
    for side in [*sides, NOBODY]:
        if side in set(rows["side"]):
            colour, symbol = _look(side, sides)
            figure.add_scatter(
                x=[None], y=[None], mode="markers", name=NAMES.get(side, sides[side].label) if side in sides else OTHER,
                marker={"color": colour, "symbol": symbol, "size": 10},
            )  # fmt: skip


def _labels(rows: pd.DataFrame, scales: Mapping[str, Scale], *, narrow: bool) -> list[dict]:
    """Titles beside the eras on a wide screen, above each line on a narrow one; and the names of the eras."""
    found = []
    for number, era in enumerate(scales, start=1):
        there, row = rows[rows["era"] == era], NARROW_ROW if narrow else WIDE_ROW
        common = {"xref": "paper", "yref": f"y{_suffix(number)}", "x": 0, "showarrow": False}
        head = {
            "text": f"<b>{era}</b>",
            "y": -0.5 - HEAD / row / 2,
            "xanchor": "left",
            "font": {"size": 13, "color": INK},
        }
        found.append({**common, **head, **({} if narrow else {"xshift": -LABELS + 8})})
        for place, title in enumerate(there["title"]):
            spot = {"y": place - 0.47, "xanchor": "left"} if narrow else {"y": place, "xanchor": "right", "xshift": -8}
            found.append({**common, "text": title, "font": {"size": 11 if narrow else 11.5, "color": INK}, **spot})
    return found


def _look(side: str, sides: Sides) -> tuple[str, str]:
    return (sides[side].colour, sides[side].symbol) if side in sides else (MUTED, "circle-open")


def _said(event, scale: Scale) -> str:
    """The day beside a mark, or its two days: 21 Apr, 10 to 11 Dec."""
    ends = [f"{day:{scale.day_text}}".lstrip("0") for day in (event.earliest, event.latest) if not pd.isna(day)]
    if len(set(ends)) == 1:
        return ends[0]
    same_month = ends[0].split()[1:] == ends[-1].split()[1:]
    return f"{ends[0].split()[0] if same_month else ends[0]} to {ends[-1]}"


def _span(event) -> str:
    ends = [("" if pd.isna(day) else f"{day.day} {day:%B %Y}") for day in (event.earliest, event.latest)]
    if ends[0] == ends[1]:
        return ends[0]
    return f"between {ends[0]} and {ends[1]}" if all(ends) else f"from {ends[0]} on" if ends[0] else f"by {ends[1]}"
