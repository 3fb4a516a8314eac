"""The marks of `helpers.figures.estimates`: what a claim looks like on its line."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go

from helpers.belief.source_types import VOICES
from helpers.figures.style import BLUE, INK, MUTED, fade
from helpers.record.wording import said

OPEN = 1.9  # factor over which an open end is drawn
WRAP = 34  # letters of a line where a text gives no number
GAP = "\u2002\u2002"  # between a mark and its number


class Look(NamedTuple):
    """How one kind of claim is drawn."""

    label: str
    colour: str
    symbol: str
    fill: float = 1.0


#: How a statement is drawn by who speaks: the nearer the voice, the fuller the mark.
LOOKS: Mapping[str, Look] = MappingProxyType(
    {
        "witness": Look(VOICES["witness"], BLUE, "circle"),
        "tale": Look(VOICES["tale"], BLUE, "diamond", 0.45),
        "scholar": Look(VOICES["scholar"], BLUE, "square", 0.45),
        "reference": Look(VOICES["reference"], BLUE, "circle", 0.0),
    }
)


class Row(NamedTuple):
    """A claim, a row of `helpers.quantities.estimates`, and the height at which it stands."""

    y: float
    claim: Any


def has_place(claim: Any) -> bool:
    """Whether a claim gives a number of things: a number a day, zero and words alone have no place on the axis."""
    return bool(_given(claim)) and min(_given(claim)) > 0 and claim.unit != "persons_per_day"


def lines(claim: Any) -> int:
    """Return how many lines a claim takes."""
    return 1 if has_place(claim) else len(_wrapped(claim))


def draw(figure: go.Figure, rows: Sequence[Row], look: Look) -> None:
    """Draw bars, open ends and dots of the claims of one kind."""
    if not rows:
        return
    spans = [(row, *_ends(row.claim)) for row in rows]
    bars = {
        "x": [v for _, low, high in spans for v in (low, high, None)],
        "y": [v for row in rows for v in (row.y, row.y, None)],
    }
    line = {"color": fade(look.colour, 0.45), "width": 5}
    figure.add_scatter(**bars, mode="lines", line=line, hoverinfo="skip", showlegend=False)
    arrows = [(low, high, row) for row, low, high in spans if row.claim.hedge in ("at_least", "at_most")]
    up = [row.claim.hedge == "at_least" for *_, row in arrows]
    figure.add_scatter(
        x=[high if above else low for (low, high, _), above in zip(arrows, up, strict=True)],
        y=[row.y for *_, row in arrows],
        mode="markers",
        hoverinfo="skip",
        showlegend=False,
        marker={
            "symbol": ["triangle-right" if above else "triangle-left" for above in up],
            "size": 10,
            "color": look.colour,
        },
    )
    dots = [(value, row) for row in rows for value in sorted(set(_given(row.claim)))]
    figure.add_scatter(
        x=[value for value, _ in dots],
        y=[row.y for _, row in dots],
        mode="markers",
        name=look.label,
        hovertext=[_hover(row.claim) for _, row in dots],
        hoverinfo="text",
        customdata=[row.claim.Index for _, row in dots],
        marker={
            "symbol": look.symbol,
            "size": 10,
            "color": [fade(look.colour, 0.0 if r.claim.rank == "deprecated" else look.fill) for _, r in dots],
            "line": {"color": look.colour, "width": 2},
        },
    )


def numbers(figure: go.Figure, rows: Sequence[Row], *, reach: tuple[float, float]) -> None:
    """Write each number beside its mark, on the side with more room (`reach` of the axis in powers of ten)."""
    shown = [(row, *_ends(row.claim)) for row in rows if has_place(row.claim)]
    leftward = [math.log10(low) - reach[0] > reach[1] - math.log10(high) for _, low, high in shown]
    figure.add_scatter(
        x=[low if left else high for (_, low, high), left in zip(shown, leftward, strict=True)],
        y=[row.y for row, *_ in shown],
        mode="text",
        text=[f"{GAP}{said(row.claim)}{GAP}" for row, *_ in shown],
        textposition=["middle left" if left else "middle right" for left in leftward],
        textfont={"size": 11, "color": MUTED},
        hoverinfo="skip",
        showlegend=False,
    )


def words(figure: go.Figure, rows: Sequence[Row], *, left: float) -> None:
    """Write out what gives no number, from the left end of the axis, which has no meaning for it."""
    shown = [row for row in rows if not has_place(row.claim)]
    figure.add_scatter(
        x=[left] * len(shown),
        y=[row.y for row in shown],
        mode="text",
        text=[f"<i>{'<br>'.join(_wrapped(row.claim))}</i>" for row in shown],
        textposition="middle right",
        textfont={"size": 11, "color": INK},
        hovertext=[_hover(row.claim) for row in shown],
        hoverinfo="text",
        customdata=[row.claim.Index for row in shown],
        showlegend=False,
    )


def families(figure: go.Figure, rows: Sequence[Row]) -> None:
    """Join the numbers that one family of texts gives for one quantity."""
    found: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for row in rows:
        if has_place(row.claim):
            found.setdefault((row.claim.force, row.claim.lineage), []).append((_ends(row.claim)[1], row.y))
    joined = [points for points in found.values() if len(points) > 1]
    figure.add_scatter(
        x=[v for points in joined for v in (*(x for x, _ in points), None)],
        y=[v for points in joined for v in (*(y for _, y in points), None)],
        mode="lines",
        line={"color": MUTED, "dash": "dot", "width": 1.5},
        hoverinfo="skip",
        showlegend=False,
    )


def _given(claim: Any) -> list[float]:
    return [v for v in (claim.low, claim.best, claim.high) if not pd.isna(v)]


def _ends(claim: Any) -> tuple[float, float]:
    low, high = min(_given(claim)), max(_given(claim))
    if claim.hedge == "at_least":
        high *= OPEN
    if claim.hedge == "at_most":
        low /= OPEN
    return low, high


def _wrapped(claim: Any) -> list[str]:
    return textwrap.wrap(said(claim), WRAP)


def _hover(claim: Any) -> str:
    return f"{claim.label}: {claim.value}<br>{claim.population}<br>family of texts: {claim.lineage}"
