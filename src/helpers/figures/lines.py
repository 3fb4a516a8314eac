"""Figures with one line a statement under headings: where the lines stand, and the headings above them."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import plotly.graph_objects as go

from helpers.figures.style import INK, on_narrow, write

LETTER, SMALL_LETTER = 5.7, 5.3  # pixels of a letter beside the axis on a wide and on a small screen, about
SHORT = 19  # letters of a name in one line on a small screen
ROOM = 316  # pixels across a small screen
WIDE = 0.52  # of a letter, about, as a share of its height
GAP = 1.25  # from the last line of a group to the next heading, in lines
_TAG = re.compile("<[^>]+>")


class Lines(NamedTuple):
    """Heights, from the top down: each row with its own, each heading with its own, and the end of all."""

    rows: list[tuple[float, Any]]
    heads: list[tuple[float, str]]
    end: float


def placed(groups: Iterable[tuple[str, Iterable[Any]]], *, lines: Callable[[Any], float] = lambda _: 1) -> Lines:
    """Return where rows stand under their headings; a group without rows has no heading.

    Parameters
    ----------
    groups
        Heading and its rows.
    lines
        How many lines of height a row takes.
    """
    rows, heads, y = [], [], 0.0
    for heading, members in groups:
        members = list(members)
        if not members:
            continue
        heads.append((y, heading))
        for row in members:
            y += lines(row)
            rows.append((y, row))
        y += GAP
    return Lines(rows, heads, y)


def name(figure: go.Figure, lines: Lines, label: Callable[[Any], str | None], *, top: float) -> None:
    """Write the headings, and beside the axis the name of each row; on a small screen a name may take two lines.

    Parameters
    ----------
    label
        The name of a row, or None where it has none.
    top
        How far above the first heading the axis begins, in lines.
    """
    names = [(y, text) for y, row in lines.rows if (text := label(row)) is not None]
    folded = ["<br>".join(textwrap.wrap(text, SHORT)) for _, text in names]
    figure.update_yaxes(
        range=[lines.end - 0.4, -top],
        tickvals=[y for y, _ in names],
        ticktext=[text for _, text in names],
        showgrid=False,
        zeroline=False,
    )
    small = {"yaxis.ticktext": folded, "yaxis.tickfont.size": 11}
    # From where the names begin, so that a heading has the width of a small screen.
    wide_shift = -LETTER * max(len(text) for _, text in names)
    small_shift = -SMALL_LETTER * max(len(line) for text in folded for line in text.split("<br>"))
    standing = len(figure.layout.annotations)
    small |= {f"annotations.{standing + place}.xshift": small_shift for place in range(len(lines.heads))}
    beside = {"x": 0, "xref": "paper", "xshift": wide_shift, "xanchor": "left", "font": {"color": INK}}
    write(figure, [{**beside, "y": y, "text": f"<b>{head}</b>", "showarrow": False} for y, head in lines.heads])
    on_narrow(figure, small)


def fit(figure: go.Figure, *, room: float = ROOM) -> None:
    """Set notes that are too long for a small screen in smaller letters there, so that none is cut off."""
    small = {}
    for place, note in enumerate(figure.layout.annotations):
        letters, size = len(_TAG.sub("", note.text)), note.font.size or 13
        if letters * WIDE * size > room:
            small[f"annotations.{place}.font.size"] = int(2 * room / (letters * WIDE)) / 2
    on_narrow(figure, small)
