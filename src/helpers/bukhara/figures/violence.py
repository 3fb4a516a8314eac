"""Figures of the chapter on the dead: each count by its source, and the days, as far as any are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from helpers.figures.estimate_marks import LOOKS
from helpers.figures.estimates import by_source

FIRST, LAST = pd.Timestamp("1918-02-28"), pd.Timestamp("1918-04-01")


def counts(
    claims: pd.DataFrame, groups: Mapping[str, Sequence[str]], *, scale: pd.DataFrame | None = None
) -> go.Figure:
    """Draw what each text says of each group of the dead, one line a claim; what has no number is written out.

    Parameters
    ----------
    claims
        As from `helpers.bukhara.losses.counts`.
    groups
        Heading to quantities, as `helpers.bukhara.losses.GROUPS`.
    scale
        The claims that give the axis its ends, if others than those drawn.
    """
    return by_source(claims.assign(look=claims["voice"]), groups, LOOKS, legend=True, scale=scale)
