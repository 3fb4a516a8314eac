"""Figures with one line a statement under headings: where the lines stand, and the headings above them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import plotly.graph_objects as go

from helpers.figures.style import INK

LETTER = 5.7  # pixels of a letter beside the axis, about
GAP = 1.25  # from the last line of a group to the next heading, in lines


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


def headings(figure: go.Figure, heads: Iterable[tuple[float, str]], labels: Iterable[str]) -> None:
    """Write the headings, from where the names beside the axis begin: so they have the width of a small screen."""
    shift = -LETTER * max(map(len, labels))
    for y, heading in heads:
        figure.add_annotation(
            x=0,
            xref="paper",
            xshift=shift,
            xanchor="left",
            y=y,
            text=f"<b>{heading}</b>",
            showarrow=False,
            font={"color": INK},
        )
