"""Who is tied to whom as a matrix, camp by camp."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import networkx as nx
import plotly.graph_objects as go

from helpers.figures.alliances import WORDS, tie_text
from helpers.figures.style import ALLIANCE, CONFLICT, GRID, MUTED, blank, fade, on_narrow

SQUARES = {
    1: {"symbol": "square", "color": ALLIANCE, "line": {"width": 0}},
    -1: {"symbol": "square-open", "color": CONFLICT, "line": {"width": 2, "color": CONFLICT}},
}


def matrix(graph: nx.Graph, order: Sequence[str], breaks: Iterable[int] = ()) -> go.Figure:
    """Draw who is tied to whom as a matrix, actors in the given order, thin lines after the camps in `breaks`.

    Parameters
    ----------
    graph
        As for `helpers.figures.alliances.panels`.
    order, breaks
        As from `helpers.network.camps.order`.

    A filled blue square is an alliance, an open vermillion one a conflict, small where the tie is only possible; a
    pair tied both ways has both. On a narrow screen numbers stand above the columns, and before the names of the
    rows.
    """
    names, count = [graph.nodes[actor]["label"] for actor in order], len(order)
    rank = {actor: place for place, actor in enumerate(order)}
    figure = blank(height=170 + 24 * count, narrow=_numbered(names))
    for number, sign in enumerate((1, -1)):
        pairs = [(a, b) for a, b, held in graph.edges(data="held") if sign in held]
        pairs += [(b, a) for a, b in pairs]
        sizes = [13 if graph[a][b]["held"][sign] else 7 for a, b in pairs]
        figure.add_scatter(
            x=[rank[a] for a, _ in pairs],
            y=[rank[b] for _, b in pairs],
            mode="markers",
            name=WORDS[sign],
            hoverinfo="text",
            hovertext=[tie_text(graph, a, b) for a, b in pairs],
            marker={**SQUARES[sign], "opacity": 1, "size": sizes},
        )
        on_narrow(figure, {f"data.{number}.marker.size": [9 if size == 13 else 5 for size in sizes]})
    ends = (-0.6, count - 0.4)
    ticks = {"tickvals": list(range(count)), "ticktext": names, "zeroline": False, "showgrid": True}
    ticks["gridcolor"] = fade(GRID, 0.6)
    figure.update_xaxes(**ticks, range=ends, side="top", tickangle=-60)
    figure.update_yaxes(**ticks, range=ends[::-1])
    for end in (end - 0.5 for end in breaks):
        for line in (
            {"x0": end, "x1": end, "y0": ends[0], "y1": ends[1]},
            {"y0": end, "y1": end, "x0": ends[0], "x1": ends[1]},
        ):
            figure.add_shape(type="line", line={"color": MUTED, "width": 1.2}, **line)
    return figure.update_layout(legend={"y": -0.01, "yanchor": "top", "itemsizing": "constant"})


def _numbered(names: Sequence[str]) -> dict[str, object]:
    """What a matrix changes on a narrow screen, where names above the columns would be too small to read."""
    numbers = list(map(str, range(1, len(names) + 1)))
    return {
        "height": 110 + 20 * len(names),
        "xaxis.nticks": None,
        "xaxis.ticktext": numbers,
        "xaxis.tickangle": 0,
        "xaxis.tickfont.size": 8,
        "yaxis.ticktext": [f"{name}  {number}" for name, number in zip(names, numbers, strict=True)],
        "yaxis.tickfont.size": 11,
        "legend.y": -0.01,
        "legend.yanchor": "top",
    }
