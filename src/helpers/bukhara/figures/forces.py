"""Figures of the chapter on forces: every estimate by its source, none left out, and what can be made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from helpers.figures.estimates import Look, by_source
from helpers.figures.style import Sides


def strengths(
    claims: pd.DataFrame, groups: Mapping[str, Sequence[str]], sides: Sides, *, scale: pd.DataFrame | None = None
) -> go.Figure:
    """Draw each claim on its own line, grouped under what it counts, in the colour of the side that is counted.

    Parameters
    ----------
    claims
        As from `helpers.bukhara.forces.strengths.men`.
    groups
        Heading to quantities, drawn from top to bottom.
    sides
        How the sides are drawn.
    scale
        The claims that give the axis its ends, if others than those drawn.
    """
    looks = {key: Look(sides[key].label, sides[key].colour, sides[key].symbol) for key in claims["side"].unique()}
    return by_source(claims.assign(look=claims["side"]), groups, looks, scale=scale)
