"""Figures of the signed graph: one panel a phase."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType

import networkx as nx
import plotly.graph_objects as go

from helpers import network
from helpers.figures.style import (
    ALLIANCE_LINE,
    CONFLICT_LINE,
    GRID,
    INK,
    MUTED,
    Drawing,
    Sides,
    blank,
    sides,
)
from helpers.network import camps
from helpers.network.layout import REACH, Places
from helpers.record import Campaign
from helpers.record.wording import day

PANEL = 340  # height of a panel in pixels
WORDS = {1: "alliance", -1: "conflict"}
LINES = {1: ALLIANCE_LINE, -1: CONFLICT_LINE}
APART = 0.028  # between the two lines of a pair tied both ways, from the middle
UNSEEN = "rgba(0,0,0,0)"


def panels(graphs: Mapping[str, nx.Graph], places: Places, sides: Sides, *, columns: int = 2) -> go.Figure:
    """Draw one signed graph a panel, every actor in the same place in all of them.

    Parameters
    ----------
    graphs
        Title to signed graph whose edges say whether they are `certain` (`helpers.network.camps.marked`), row by row.
    places
        Where each actor stands (`helpers.network.layout.places`).
    sides
        How the actors of each side are drawn (`helpers.figures.style.sides`).

    An alliance is a solid blue line, a conflict a dashed vermillion one, thick where the tie must have held and
    thin where it may have; a pair tied both ways has both lines. An actor without a tie is a faint dot without a
    name. On a narrow screen the panels stand in one column.
    """
    rows, names = -(-len(graphs) // columns), _names(graphs.values(), places)
    figure = blank(height=rows * (PANEL + 30) + 60, narrow=_one_column(len(graphs)), showlegend=True)
    for number, (title, graph) in enumerate(graphs.items()):
        x, y = _domains(number % columns, number // columns, columns, rows)
        _axes(figure, number, x, y)
        figure.add_traces(_traces(graph, places, names, sides, number=number))
        figure.add_annotation(
            text=f"<b>{title}</b>",
            x=-REACH,
            y=REACH,
            xref=f"x{number + 1}",
            yref=f"y{number + 1}",
            xanchor="left",
            yanchor="bottom",
            showarrow=False,
            font_color=INK,
        )
    return figure


def phases(
    campaign: Campaign,
    *,
    names: Mapping[str, str],
    places: Places,
    other_days: Mapping[str, date] = MappingProxyType({}),
) -> Drawing | None:
    """Draw the signed graph of each phase that has a day, everybody in the same place in all of them.

    Parameters
    ----------
    names
        What each phase is called.
    other_days
        Days of phases, instead of those of the campaign.
    places
        As from `helpers.network.layout.places`, of the campaign with all sources: so nobody moves with the choice.
    """
    found = network.phase_days(campaign) | other_days
    graphs = {phase: camps.marked(campaign, on) for phase, on in found.items()}
    table = camps.listed(campaign, graphs)
    if table.empty:
        return None
    titled = {f"{names[phase]}, {day(found[phase])}": graph for phase, graph in graphs.items()}
    shown = table[["phase", "one", "other", "sign"]].itertuples(index=False, name=None)
    return Drawing(panels(titled, places, sides(campaign.package)), table, frozenset(shown))


def _one_column(count: int) -> dict[str, object]:
    """Where the axes go on a narrow screen."""
    layout: dict[str, object] = {"height": count * (PANEL + 40) + 90}
    for number in range(count):
        x, y = _domains(0, number, 1, count)
        suffix = "" if number == 0 else str(number + 1)
        layout |= {f"xaxis{suffix}.domain": x, f"yaxis{suffix}.domain": y}
    return layout


def _domains(column: int, row: int, columns: int, rows: int) -> tuple[tuple[float, float], tuple[float, float]]:
    """The part of the figure that one panel takes, room for its title left above it."""
    width, height = 1 / columns, 1 / rows
    top = 1 - row * height
    return (column * width + 0.008, (column + 1) * width - 0.008), (top - height + 0.01, top - 0.08 * height)


def _axes(figure: go.Figure, number: int, x: tuple[float, float], y: tuple[float, float]) -> None:
    suffix = "" if number == 0 else str(number + 1)
    hidden = {
        "showgrid": False,
        "zeroline": False,
        "showticklabels": False,
        "ticks": "",
        "mirror": True,
        "linecolor": GRID,
        "showline": True,
        "fixedrange": True,
    }
    figure.update_layout(
        {
            f"xaxis{suffix}": {**hidden, "range": [-REACH, REACH], "domain": x, "anchor": f"y{suffix}"},
            f"yaxis{suffix}": {**hidden, "range": [-REACH - 0.1, REACH], "domain": y, "anchor": f"x{suffix}"},
        }
    )


def _traces(
    graph: nx.Graph, places: Places, names: Mapping[str, str], sides: Sides, *, number: int = 0
) -> list[go.Scatter]:
    """Four kinds of line, the marks half-way along them, the actors: in this order in every panel and frame."""
    axes = {"xaxis": f"x{number + 1}" if number else "x", "yaxis": f"y{number + 1}" if number else "y"}
    lines = [_edges(graph, places, sign, sure, first=number == 0) for sign in (1, -1) for sure in (True, False)]
    marks = _middles(graph, places), _nodes(graph, places, names, sides)
    return [trace.update(**axes) for trace in (*lines, *marks)]


def _edges(graph: nx.Graph, places: Places, sign: int, sure: bool, *, first: bool) -> go.Scatter:
    lines = [
        _line(places[a], places[b], 0 if len(edge["held"]) == 1 else sign * APART)
        for a, b, edge in graph.edges(data=True)
        if edge["held"].get(sign) is sure
    ]
    name = f"{WORDS[sign]}, {'certain' if sure else 'possible'}"
    return go.Scatter(
        x=[x for ends in lines for x in (ends[0][0], ends[1][0], None)] or [None],
        y=[y for ends in lines for y in (ends[0][1], ends[1][1], None)] or [None],
        mode="lines",
        name=name,
        legendgroup=name,
        showlegend=first,
        hoverinfo="skip",
        line={**LINES[sign], "width": 2.8 if sure else 1.1},
    )


def _line(a: tuple[float, float], b: tuple[float, float], aside: float) -> tuple[tuple[float, float], ...]:
    """The two ends of a line, moved aside at right angles."""
    length = math.dist(a, b)
    across = (aside * (b[1] - a[1]) / length, aside * (a[0] - b[0]) / length)
    return tuple((round(x + across[0], 3), round(y + across[1], 3)) for x, y in (a, b))


def _middles(graph: nx.Graph, places: Places) -> go.Scatter:
    """Unseen marks half-way along each tie, since lines themselves do not answer the pointer."""
    x, y = _half_way(list(graph.edges), places)
    return go.Scatter(
        x=x,
        y=y,
        mode="markers",
        opacity=0,
        showlegend=False,
        hoverinfo="text",
        marker={"size": 14},
        hovertext=[tie_text(graph, a, b) for a, b in graph.edges],
    )


def _half_way(pairs: Sequence[tuple[str, str]], places: Places) -> tuple[list[float | None], list[float | None]]:
    x, y = ([round((places[a][axis] + places[b][axis]) / 2, 3) for a, b in pairs] or [None] for axis in (0, 1))
    return x, y


def _nodes(graph: nx.Graph, places: Places, names: Mapping[str, str], sides: Sides) -> go.Scatter:
    """All actors in every frame, each under its name, unseen where it has no tie.

    Plotly mixes up names that come and go.
    """
    tied = [actor in graph for actor in places]
    looks = [sides[graph.nodes[a]["side"]] if a in graph else None for a in places]
    return go.Scatter(
        x=[x for x, _ in places.values()],
        y=[y for _, y in places.values()],
        mode="markers+text",
        showlegend=False,
        text=[names[a] for a in places],
        textposition="bottom center",
        hoverinfo="text",
        hovertext=[graph.nodes[a]["name"] if a in graph else "no tie on this day" for a in places],
        textfont={"size": 11, "color": [INK if t else UNSEEN for t in tied]},
        cliponaxis=False,
        marker={
            "size": [12 if t else 4 for t in tied],
            "color": [s.colour if s else MUTED for s in looks],
            "opacity": [1 if t else 0.45 for t in tied],
            "symbol": [s.symbol if s else "circle" for s in looks],
        },
    )


def _names(graphs: Iterable[nx.Graph], places: Places) -> dict[str, str]:
    """What each actor is called, also where it has no tie; nothing for one that has none in any graph."""
    return dict.fromkeys(places, " ") | {
        a: label for graph in graphs for a, label in graph.nodes(data="label") if a in places
    }


def tie_text(graph: nx.Graph, a: str, b: str) -> str:
    """Who is tied to whom, how and how surely, for the pointer."""
    edge = graph[a][b]
    ties = [
        f"{WORDS[sign]}, {'certain' if sure else 'possible'} ({edge['kinds'][sign]})"
        for sign, sure in edge["held"].items()
    ]
    return "<br>".join([f"{graph.nodes[a]['name']} and {graph.nodes[b]['name']}:", *ties])
