"""Figures of the chapter on alliances: the signed graph by phase, the matrix by camp, balance over time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import networkx as nx
import plotly.graph_objects as go

from helpers.figures.style import ALLIANCE, ALLIANCE_LINE, CONFLICT, CONFLICT_LINE, GRID, INK, MUTED, SIDES, blank

Places = Mapping[str, tuple[float, float]]
REACH = 1.5  # half the width of a panel, in the units of the layout
PANEL = 300  # height of a panel in pixels


def panels(graphs: Mapping[str, nx.Graph], places: Places, *, columns: int = 2) -> go.Figure:
    """Draw one signed graph a panel, every actor in the same place in all of them.

    Parameters
    ----------
    graphs
        Title to signed graph, as from `helpers.network.signed_graph`, drawn row by row.
    places
        Where each actor stands, as from `helpers.network.layout`.

    An alliance is a solid blue line, a conflict a dashed vermillion one; an actor without a tie in a phase is
    a faint dot without a name. On a narrow screen the panels stand in one column.
    """
    rows = -(-len(graphs) // columns)
    figure = blank(height=rows * (PANEL + 30) + 60, narrow=_one_column(len(graphs)), showlegend=True)
    for number, (title, graph) in enumerate(graphs.items()):
        x, y = _domains(number % columns, number // columns, columns, rows)
        _axes(figure, number, x, y)
        _panel(figure, graph, places, number, first=number == 0)
        figure.add_annotation(text=f"<b>{title}</b>", x=-REACH, y=REACH, xref=f"x{number + 1}", yref=f"y{number + 1}",
                              xanchor="left", yanchor="bottom", showarrow=False, font_color=INK)
    return figure


def slider(frames: Mapping[str, nx.Graph], places: Places) -> go.Figure:
    """Draw the graph at every change point behind a slider; titles are the steps, the first is shown first."""
    titles = list(frames)
    figure = blank(height=540, showlegend=True)
    _axes(figure, 0, (0, 1), (0.12, 1))
    _panel(figure, frames[titles[0]], places, 0, first=True)
    figure.frames = [
        go.Frame(name=title, data=_traces(graph, places, number=0, first=True), traces=list(range(4)))
        for title, graph in frames.items()
    ]
    steps = [{"label": t, "method": "animate", "args": [[t], {"mode": "immediate", "frame": {"duration": 0, "redraw": False},
              "transition": {"duration": 0}}]} for t in titles]
    figure.update_layout(sliders=[{"steps": steps, "currentvalue": {"prefix": "On "}, "pad": {"t": 20}, "ticklen": 3,
                                   "font": {"size": 10}, "tickcolor": MUTED}])
    return figure


def matrix(graph: nx.Graph, order: Sequence[str], breaks: Iterable[int] = ()) -> go.Figure:
    """Draw who is tied to whom as a matrix, actors in the given order, thin lines after the camps in `breaks`.

    A filled blue square is an alliance, an open vermillion one a conflict, a dot in it marks a pair tied both
    ways. Frustrated ties are the conflicts inside a camp and the alliances outside the blocks.
    """
    names = [graph.nodes[actor]["label"] for actor in order]
    rank = {actor: place for place, actor in enumerate(order)}
    figure = blank(height=130 + 25 * len(order), narrow={"height": 150 + 22 * len(order), "yaxis.tickfont.size": 10,
                                                         "xaxis.tickfont.size": 10})
    for sign, label, symbol, colour in ((1, "alliance", "square", ALLIANCE), (-1, "conflict", "square-open", CONFLICT)):
        pairs = [pair for a, b, s in graph.edges(data="sign") if s == sign for pair in ((a, b), (b, a))]
        figure.add_scatter(
            x=[rank[a] for a, _ in pairs], y=[rank[b] for _, b in pairs], mode="markers", name=label, hoverinfo="text",
            hovertext=[_tie(graph, a, b) for a, b in pairs],
            marker={"symbol": symbol, "size": 13, "color": colour, "line": {"width": 2, "color": colour}},
        )
    mixed = [pair for a, b, m in graph.edges(data="mixed") if m for pair in ((a, b), (b, a))]
    figure.add_scatter(x=[rank[a] for a, _ in mixed], y=[rank[b] for _, b in mixed], mode="markers", name="tied both ways",
                       marker={"symbol": "circle", "size": 5, "color": INK}, hoverinfo="skip")
    ticks = {"tickvals": list(range(len(order))), "ticktext": names, "range": [-0.6, len(order) - 0.4], "zeroline": False}
    figure.update_xaxes(**ticks, side="top", tickangle=-60, showgrid=False)
    figure.update_yaxes(**ticks | {"range": [len(order) - 0.4, -0.6]}, showgrid=False)
    for end in breaks:
        for line in ({"x0": end - 0.5, "x1": end - 0.5, "y0": -0.6, "y1": len(order) - 0.4},
                     {"y0": end - 0.5, "y1": end - 0.5, "x0": -0.6, "x1": len(order) - 0.4}):
            figure.add_shape(type="line", line={"color": MUTED, "width": 1}, **line)
    figure.update_layout(legend={"y": -0.02, "yanchor": "top"})
    return figure


def _one_column(count: int) -> dict[str, object]:
    """Where the axes go on a narrow screen."""
    layout: dict[str, object] = {"height": count * (PANEL + 40) + 70}
    for number in range(count):
        x, y = _domains(0, number, 1, count)
        suffix = "" if number == 0 else str(number + 1)
        layout |= {f"xaxis{suffix}.domain": x, f"yaxis{suffix}.domain": y}
    return layout


def _domains(column: int, row: int, columns: int, rows: int) -> tuple[tuple[float, float], tuple[float, float]]:
    """The part of the figure that one panel takes, room for its title left above it."""
    width, height = 1 / columns, 1 / rows
    top = 1 - row * height
    return (column * width + 0.01, (column + 1) * width - 0.01), (top - height + 0.01, top - 0.1 * height)


def _axes(figure: go.Figure, number: int, x: tuple[float, float], y: tuple[float, float]) -> None:
    suffix = "" if number == 0 else str(number + 1)
    hidden = {"range": [-REACH, REACH], "showgrid": False, "zeroline": False, "showticklabels": False, "ticks": "",
              "mirror": True, "linecolor": GRID, "showline": True}
    figure.update_layout({f"xaxis{suffix}": {**hidden, "domain": x, "anchor": f"y{suffix}"},
                          f"yaxis{suffix}": {**hidden, "domain": y, "anchor": f"x{suffix}"}})


def _panel(figure: go.Figure, graph: nx.Graph, places: Places, number: int, *, first: bool) -> None:
    figure.add_traces(_traces(graph, places, number=number, first=first))


def _traces(graph: nx.Graph, places: Places, *, number: int, first: bool) -> list[go.Scatter]:
    axes = {"xaxis": f"x{number + 1}" if number else "x", "yaxis": f"y{number + 1}" if number else "y"}
    edges = [_edges(graph, places, 1, "alliance", ALLIANCE_LINE), _edges(graph, places, -1, "conflict", CONFLICT_LINE)]
    for trace in edges:
        trace.update(showlegend=first, **axes)
    return [*edges, _middles(graph, places).update(**axes), _nodes(graph, places).update(**axes)]


def _edges(graph: nx.Graph, places: Places, sign: int, name: str, line: Mapping[str, str]) -> go.Scatter:
    x: list[float | None] = []
    y: list[float | None] = []
    for a, b, s in graph.edges(data="sign"):
        if s == sign:
            x += [places[a][0], places[b][0], None]
            y += [places[a][1], places[b][1], None]
    return go.Scatter(x=x, y=y, mode="lines", name=name, legendgroup=name, hoverinfo="skip", line={**line, "width": 2.2})


def _middles(graph: nx.Graph, places: Places) -> go.Scatter:
    """Unseen marks half-way along each tie, since lines themselves do not answer the pointer."""
    pairs = list(graph.edges)
    middle = [((places[a][0] + places[b][0]) / 2, (places[a][1] + places[b][1]) / 2) for a, b in pairs]
    return go.Scatter(x=[x for x, _ in middle], y=[y for _, y in middle], mode="markers", opacity=0, showlegend=False,
                      hoverinfo="text", hovertext=[_tie(graph, a, b) for a, b in pairs], marker={"size": 14})


def _nodes(graph: nx.Graph, places: Places) -> go.Scatter:
    actors = list(places)
    tied = [actor in graph for actor in actors]
    sides = [SIDES[graph.nodes[a]["side"]] if a in graph else None for a in actors]
    return go.Scatter(
        x=[places[a][0] for a in actors], y=[places[a][1] for a in actors], mode="markers+text", showlegend=False,
        text=[graph.nodes[a]["label"] if a in graph else "" for a in actors], textposition=[_above(places[a]) for a in actors],
        hoverinfo="text", hovertext=[graph.nodes[a]["label"] if a in graph else "" for a in actors], textfont={"size": 11},
        marker={"size": [12 if t else 4 for t in tied], "color": [s.colour if s else GRID for s in sides],
                "symbol": [s.symbol if s else "circle" for s in sides]},
    )


def _above(place: tuple[float, float]) -> str:
    """Names run inwards from the edges, so that none is cut off."""
    across = "right" if place[0] < -0.8 else "left" if place[0] > 0.8 else "center"
    return f"top {across}"


def _tie(graph: nx.Graph, a: str, b: str) -> str:
    edge = graph[a][b]
    sign = "alliance" if edge["sign"] > 0 else "conflict"
    both = ", also tied the other way" if edge["mixed"] else ""
    return f"{graph.nodes[a]['name']} and {graph.nodes[b]['name']}: {sign} ({edge['kind']}{both})"
