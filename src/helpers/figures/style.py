"""Colours, fonts and the plotly template, in one place for notebooks and for the built pages.

A figure is drawn in the light colours below. The page redraws it in the dark ones when the reader changes
the theme: it swaps every colour that `dark_for` names and leaves the others alone. So take colours from here
(`fade` for transparent ones) and never type a colour into a figure. Ink, grid and background come from the
template and need no setting at all.

On a screen narrower than `NARROW_BELOW` pixels the page applies `NARROW` and then the figure's own
`layout.meta["narrow"]`: a mapping of dotted layout keys to values, for instance
``{"height": 640, "yaxis.showticklabels": False, "data.0.mode": "markers"}``.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go
import plotly.io as pio

from helpers.record import Campaign, described

BLACK, ORANGE, SKY, GREEN = "#000000", "#E69F00", "#56B4E9", "#009E73"
YELLOW, BLUE, VERMILLION, PURPLE = "#F0E442", "#0072B2", "#D55E00", "#CC79A7"
OKABE_ITO = (BLUE, VERMILLION, GREEN, ORANGE, PURPLE, SKY, YELLOW, BLACK)
"""The palette of Okabe and Ito (2002), https://jfly.uni-koeln.de/color/."""

ALLIANCE, CONFLICT = BLUE, VERMILLION
ALLIANCE_LINE = {"color": ALLIANCE, "dash": "solid"}
CONFLICT_LINE = {"color": CONFLICT, "dash": "dash"}

INK, MUTED, GRID, PAPER = "#23262B", "#5D6269", "#E3E1DC", "#FCFBF8"
"""Text and strong lines; secondary text; grid lines; the page behind a figure (for outlines of marks)."""


@dataclass(frozen=True)
class Side:
    """How one side is drawn: never by colour alone."""

    label: str
    colour: str
    dark: str
    symbol: str


Sides = Mapping[str, Side]
"""The sides of a conflict by their keys, in the order in which they are listed."""


class Drawing(NamedTuple):
    """A figure, the tidy data behind it, and the keys of what it shows: of events, of claims, of ties."""

    figure: go.Figure
    table: pd.DataFrame
    shown: frozenset[Hashable]


Draw = Callable[[Campaign], Drawing | None]
"""Draws a campaign under any choice of sources; where the tables leave nothing to draw, the answer is None."""


def sides(package: Mapping[str, Any]) -> dict[str, Side]:
    """Return how each side is drawn, as the descriptor of a data package says in ``looks`` of ``actors.side``."""
    looks = described(package, "actors", "side")["looks"]
    return {key: Side(*(look[name] for name in ("label", "colour", "dark", "symbol"))) for key, look in looks.items()}


def dark_for(sides: Sides) -> dict[str, str]:
    """Return for each light colour the one that stands in for it on a dark page."""
    return {side.colour: side.dark for side in sides.values()} | DARK_FOR


DARK_FOR = {
    BLUE: "#3D9BD6",
    VERMILLION: "#F07A2B",
    BLACK: "#FFFFFF",
    INK: "#ECEAE5",
    MUTED: "#A9ADB4",
    GRID: "#343A42",
    PAPER: "#15181D",
}

FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", Arial, sans-serif'

HEIGHT = 440
"""Height in pixels of a figure that does not set its own."""

NARROW_BELOW = 500
NARROW: Mapping[str, Any] = {
    "font.size": 12,
    "legend.orientation": "h",
    "legend.x": 0,
    "legend.xanchor": "left",
    "legend.y": 1.02,
    "legend.yanchor": "bottom",
    "margin.l": 6,
    "margin.r": 6,
    "xaxis.nticks": 4,
}


def fade(colour: str, opacity: float) -> str:
    """Return a ``#RRGGBB`` colour with an opacity between 0 and 1, in a form the dark theme can swap."""
    if not 0 <= opacity <= 1:
        raise ValueError(f"opacity is {opacity}; give a number between 0 and 1")
    return f"{colour}{round(opacity * 255):02X}"


def template(*, dark: bool = False) -> go.layout.Template:
    """Return the book's plotly template for the light or the dark page."""
    ink, muted, grid, paper = (DARK_FOR[c] if dark else c for c in (INK, MUTED, GRID, PAPER))
    axis = {
        "automargin": True,
        "gridcolor": grid,
        "linecolor": muted,
        "tickcolor": muted,
        "zerolinecolor": grid,
        "tickfont": {"color": muted},
        "title": {"font": {"color": ink, "size": 13}, "standoff": 10},
    }
    return go.layout.Template(
        layout={
            "font": {"family": FONT, "size": 13, "color": ink},
            "colorway": [DARK_FOR.get(c, c) if dark else c for c in OKABE_ITO],
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "margin": {"l": 12, "r": 12, "t": 28, "b": 12},
            "xaxis": axis,
            "yaxis": axis,
            "legend": {
                "orientation": "h",
                "x": 0,
                "xanchor": "left",
                "y": 1.02,
                "yanchor": "bottom",
            },
            "hoverlabel": {"bgcolor": paper, "bordercolor": muted, "font": {"family": FONT, "color": ink}},
            "hovermode": "closest",
            "dragmode": False,
            "annotationdefaults": {"font": {"color": ink}, "arrowcolor": muted},
            "shapedefaults": {"line": {"color": muted}},
        }
    )


def blank(*, height: int = HEIGHT, narrow: Mapping[str, Any] | None = None, **layout: Any) -> go.Figure:
    """Return an empty figure in the book's style.

    Parameters
    ----------
    height
        Pixels. Set it: the page reserves the room before the figure is drawn.
    narrow
        Dotted layout keys and their values on a narrow screen (see the module's text).
    **layout
        Anything else that plotly's layout takes.
    """
    meta = {"narrow": dict(narrow)} if narrow else None
    return go.Figure(layout={"template": "book", "height": height, "meta": meta, **layout})


def on_narrow(figure: go.Figure, changes: Mapping[str, Any]) -> None:
    """Add to what a figure changes on a narrow screen: dotted keys and their values (see the module's text)."""
    meta = dict(figure.layout.meta or {})
    figure.layout.meta = meta | {"narrow": {**meta.get("narrow", {}), **changes}}


def write(figure: go.Figure, notes: Iterable[Mapping[str, Any]]) -> None:
    """Write several notes (plotly's annotations) into a figure.

    One at a time, plotly would look through all that stand there already again.
    """
    figure.layout.annotations = [*figure.layout.annotations, *notes]


def page_themes(sides: Sides) -> dict[str, Any]:
    """Return what the page's script needs to draw the figures of a book in either theme, ready for JSON."""
    return {
        "light": {"template": template().to_plotly_json(), "colours": {}},
        "dark": {"template": template(dark=True).to_plotly_json(), "colours": dark_for(sides)},
        "narrow": dict(NARROW),
        "narrowBelow": NARROW_BELOW,
    }


pio.templates["book"] = template()
