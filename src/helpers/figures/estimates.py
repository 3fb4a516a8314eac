"""Claims on quantities, each on its own line: the number a text gives, or the words where it gives none.

A dot is a number, a bar runs between two, an arrow stands for an end that the text leaves open. What has no number is
written out and never placed on the axis: it is not nothing. A dotted line joins claims of one family of texts.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from helpers.figures import estimate_marks as marks
from helpers.figures import lines
from helpers.figures.estimate_marks import Look, Row, has_place
from helpers.figures.style import blank

__all__ = ["Look", "by_source", "has_place"]

ROW = 27  # pixels a claim
TICKS = (1, 5, 10, 50, 100, 500, 1000, 5000, 10_000, 50_000)
FEW_TICKS = (1, 10, 100, 1000, 10_000)


def by_source(
    claims: pd.DataFrame,
    groups: Mapping[str, Sequence[str]],
    looks: Mapping[str, Look],
    *,
    legend: bool = False,
    scale: pd.DataFrame | None = None,
) -> go.Figure:
    """Draw each claim on a line of its own on a logarithmic axis, grouped under what it counts.

    Parameters
    ----------
    claims
        As from `helpers.quantities.estimates` with all claims, and ``look``, the key of `looks` for each.
    groups
        Heading to keys of quantities; drawn from top to bottom.
    looks
        How each kind of claim is drawn. Deprecated claims are hollow.
    legend
        Whether the kinds are explained below the figure.
    scale
        The claims that give the axis its ends, if others than those drawn: so that two figures can be compared.

    Raises
    ------
    ValueError
        If a claim belongs to no group: nothing may be lost on the way to the figure.
    """
    lost = set(claims["force"]) - {key for keys in groups.values() for key in keys}
    if lost:
        raise ValueError(f"no group holds {', '.join(sorted(lost))}; add them to the groups of the figure")
    ordered = list(claims.sort_values("size", kind="stable").itertuples())
    members = ((heading, [claim for claim in ordered if claim.force in keys]) for heading, keys in groups.items())
    # A text that takes two lines of words needs a little more room than one.
    found = lines.placed(members, lines=lambda claim: 1 + 0.3 * (marks.lines(claim) - 1))
    rows = [Row(y, claim) for y, claim in found.rows]
    low, high = _reach(claims if scale is None else scale)
    figure = _canvas(int(60 + found.end * ROW), legend, low, high)
    marks.families(figure, rows)
    for key, look in looks.items():
        marks.draw(figure, [row for row in rows if row.claim.look == key and has_place(row.claim)], look)
    marks.numbers(figure, rows, reach=(low, high))
    marks.words(figure, rows, left=1.06 * 10**low)
    lines.name(figure, found, lambda claim: claim.label, top=0.7)
    return figure


def _canvas(height: int, legend: bool, low: float, high: float) -> go.Figure:
    few = [tick for tick in FEW_TICKS if low < math.log10(tick) < high]
    narrow = {
        "height": height + (105 if legend else 0),
        "margin.l": 4,
        "xaxis.tickvals": few,
        "xaxis.ticktext": [f"{tick:,}" for tick in few],
    }
    if legend:
        narrow |= {"legend.y": 0, "legend.yanchor": "top"}
    below = {"y": 0, "yanchor": "top"}
    figure = blank(height=height + (95 if legend else 0), showlegend=legend, legend=below, narrow=narrow)
    ticks = [tick for tick in TICKS if low < math.log10(tick) < high]
    return figure.update_xaxes(
        type="log", range=[low, high], tickvals=ticks, ticktext=[f"{tick:,}" for tick in ticks], side="top"
    )


def _reach(claims: pd.DataFrame) -> tuple[float, float]:
    """The ends of the logarithmic axis, with room for open ends and numbers."""
    placed = claims[claims["unit"] != "persons_per_day"]
    values = placed[["low", "best", "high"]].stack().astype(float)
    values = values[values > 0]
    return math.log10(values.min() / 2.2), math.log10(values.max() * 2.2)
