"""What a selector of sources draws: a figure as a function of a campaign, with what stands in it.

`helpers.book.page.show_by_policy` draws such a figure under every choice of sources. Where the tables leave nothing
to draw, the answer is None and not an empty figure.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go

from helpers import network
from helpers.figures import alliances
from helpers.figures.style import sides
from helpers.network import camps, layout
from helpers.record import Campaign
from helpers.record.wording import day


class Drawing(NamedTuple):
    """A figure, the tidy data behind it, and the keys of what it shows: of events, of claims, of ties."""

    figure: go.Figure
    table: pd.DataFrame
    shown: frozenset[Hashable]


Draw = Callable[[Campaign], Drawing | None]


def phases(
    campaign: Campaign,
    *,
    names: Mapping[str, str],
    places: layout.Places,
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
    return Drawing(alliances.panels(titled, places, sides(campaign.package)), table, frozenset(shown))
