"""Figures of the chronology: lanes of days by two counts, orders that are fixed and open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import combinations

import pandas as pd
import plotly.graph_objects as go

from helpers.bukhara.figures.timeline import line_note
from helpers.figures import lines
from helpers.figures.style import BLUE, INK, MUTED, ORANGE, VERMILLION, blank, fade, write
from helpers.record import wording

ROW = 34  # pixels a row
FIRST, LAST = date(1918, 2, 18), date(1918, 4, 2)
HALF = pd.Timedelta(hours=10)
GIVEN, OURS, LATE = "a text gives the day", "our bounds: no text gives a day", "by the later count"


def lanes(rows: pd.DataFrame) -> go.Figure:
    """Draw events in lanes, each with its days by the early count and below them by the late, if the rows have it.

    Parameters
    ----------
    rows
        As from `helpers.bukhara.chronology.lanes.timeline`, in the order in which they are to stand.

    A bar runs from the first possible day to the last; where nothing bounds it, from or to the edge. A click on the
    legend hides a count.
    """
    places, heads = _places(rows)
    total = max(places.values()) + 1
    figure = blank(height=int(90 + total * ROW), showlegend=True, legend={"y": 1.02, "itemsizing": "constant"})
    figure.layout.shapes = [_rule(place - 0.5) for place in heads.values()]
    headings = (line_note(place, f"<b>{name}</b>", 13) for name, place in heads.items())
    titles = (line_note(places[event] - 0.36, title, 12) for event, title in rows["title"].items())
    write(figure, [*headings, *titles])
    given, ours = rows[rows["dated"]], rows[~rows["dated"]]
    _bars(figure, given, places, name=GIVEN, columns=("first", "last"), colour=BLUE, ends="circle")
    _bars(figure, ours, places, name=OURS, columns=("first", "last"), colour=BLUE, ends=None)
    if "late_first" in rows:
        _bars(
            figure, rows, places, name=LATE, columns=("late_first", "late_last"), colour=VERMILLION, ends="square-open"
        )  # fmt: skip
    mondays = [day for day in _days() if day.weekday() == 0]
    figure.update_xaxes(
        range=[FIRST - timedelta(1), LAST + timedelta(1)], zeroline=False, side="top", tickvals=mondays,
        ticktext=[f"{day.day} {day:%b}" for day in mondays], tickfont={"size": 11},
    )  # fmt: skip
    figure.update_yaxes(range=[total - 0.4, -0.7], showgrid=False, showticklabels=False, zeroline=False)
    lines.fit(figure)
    return figure


def _places(rows: pd.DataFrame) -> tuple[dict[str, float], dict[str, float]]:
    """The height of each event, and of the head of each lane."""
    places, heads, at = {}, {}, 0.0
    for name, group in rows.groupby("lane", sort=False):
        heads[name] = at
        for event in group.index:
            at += 1
            places[event] = at
        at += 1.1
    return places, heads


def _bars(figure: go.Figure, rows: pd.DataFrame, places: Mapping[str, float], *, name, columns, colour, ends) -> None:
    late = name == LATE
    x, y, words = [], [], []
    for event, row in rows.iterrows():
        first, last = row[list(columns)]
        drawn = _span(first, last)
        if not ends:  # whole days, so that a bar of one day can be seen
            drawn = (drawn[0] - HALF, drawn[1] + HALF)
        x += [*drawn, None]
        y += [places[event] + (0.22 if late else 0.0)] * 2 + [None]
        words += [f"{row['title']}<br>{_known(first, last)}, {name}"] * 2 + [None]
    marker = {"symbol": ends, "size": 8 if late else 9, "color": colour} if ends else {}
    figure.add_scatter(
        x=x, y=y, name=name, mode="lines+markers" if ends else "lines", marker=marker,
        line={"color": fade(colour, 0.5 if ends else 0.4), "width": 2 if late else 6},
        hovertext=words, hoverinfo="text", connectgaps=False,
    )  # fmt: skip


def _span(first: pd.Timestamp, last: pd.Timestamp) -> tuple[pd.Timestamp, pd.Timestamp]:
    """First and last day as drawn: an open end runs to the edge."""
    edges, day = (pd.Timestamp(FIRST), pd.Timestamp(LAST)), pd.Timedelta(days=1)
    start = edges[0] - day if pd.isna(first) else max(first, edges[0] - day)
    return start, edges[1] + day if pd.isna(last) else min(last, edges[1])


def _known(first: pd.Timestamp, last: pd.Timestamp) -> str:
    if pd.isna(first):
        return "no text bounds its day" if pd.isna(last) else f"not after {wording.day(last)}"
    return wording.days(first, last) if pd.notna(last) else f"not before {wording.day(first)}"


def _rule(place: float) -> dict:
    """A line across the figure."""
    line = {"color": fade(MUTED, 0.5), "width": 1}
    return {"type": "line", "xref": "x domain", "x0": 0, "x1": 1, "y0": place, "y1": place, "yref": "y", "line": line}


def _days():
    return (FIRST + timedelta(n) for n in range((LAST - FIRST).days + 1))


FIXED, TURNS, OPEN = "fixed by both counts", "fixed by one count only, or turned round", "open: no source fixes it"
_MARKS = {
    FIXED: {"symbol": "square", "color": BLUE},
    TURNS: {"symbol": "diamond", "color": ORANGE},
    OPEN: {"symbol": "circle-open", "color": MUTED},
}


def orders(pairs: pd.DataFrame, names: Mapping[str, str]) -> go.Figure:
    """Draw, for each two of some events, whether their order is fixed, turns with the count, or is open.

    Parameters
    ----------
    pairs
        As from `helpers.bukhara.chronology.pairs`, or those of them that are to be drawn.
    names
        Event to the name it is known by, in the order in which the events are to stand.
    """
    known = {(row.first, row.second): (row.early, row.late) for row in pairs.itertuples()}
    cells = {kind: [] for kind in _MARKS}
    for (i, a), (j, b) in combinations(enumerate(names), 2):
        early, late = known[min(a, b), max(a, b)]
        kind = TURNS if early != late else OPEN if early == "open" else FIXED
        cells[kind].append((i, j, f"{names[a]} and {names[b]}:<br>{kind}"))
    number, size = len(names), 21
    figure = blank(
        height=90 + number * size,
        showlegend=True,
        legend={"itemsizing": "constant"},
        narrow={"xaxis.range": [-0.8, number + 17], "height": 110 + number * size}
        | {f"data.{place}.marker.size": 6 for place in range(len(_MARKS))},
    )
    for kind, found in cells.items():
        figure.add_scatter(
            x=[i for i, _, _ in found], y=[j for _, j, _ in found], mode="markers", name=kind,
            marker={**_MARKS[kind], "size": 8}, hovertext=[text for *_, text in found], hoverinfo="text",
        )  # fmt: skip
    figure.add_scatter(
        x=[place - 0.45 for place in range(number)], y=list(range(number)), mode="text", hoverinfo="skip",
        text=[f"<b>{place + 1}</b> {name}" for place, name in enumerate(names.values())], showlegend=False,
        textposition="middle right", textfont={"size": 11, "color": INK}, cliponaxis=False,
    )  # fmt: skip
    figure.update_xaxes(
        range=[-0.8, number + 13], tickvals=[0, *range(4, number - 1, 5)],
        ticktext=["1", *(str(n + 1) for n in range(4, number - 1, 5))],
        showgrid=False, zeroline=False, tickfont={"size": 9}, tickangle=0,
    )  # fmt: skip
    figure.update_yaxes(range=[number - 0.4, -0.7], showgrid=False, showticklabels=False, zeroline=False)
    return figure
