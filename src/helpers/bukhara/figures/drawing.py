"""The book's main figures as one function each of a campaign: what is asked of the tables, and how it is drawn.

`helpers.book.page.show_by_policy` draws each of them under every choice of sources. Where the tables leave nothing to
draw, the answer is None and not an empty figure.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go

from helpers import network
from helpers.bukhara import losses
from helpers.bukhara.chronology import lanes
from helpers.bukhara.figures import chronology, forces, violence
from helpers.bukhara.forces import strengths
from helpers.figures import alliances
from helpers.network import camps, layout
from helpers.record import Campaign
from helpers.record.wording import day

MEN = (
    *("force", "label", "lineage", "value", "low", "best", "high", "hedge", "rank", "population", "locator"),
)  # fmt: skip
DEAD = (
    *("force", "population", "label", "voice", "value", "low", "best", "high", "hedge", "lineage", "locator"),
)  # fmt: skip


class Drawing(NamedTuple):
    """A figure, the tidy data behind it, and the keys of what it shows: of events, of claims, of ties."""

    figure: go.Figure
    table: pd.DataFrame
    shown: frozenset[Hashable]


Draw = Callable[[Campaign], Drawing | None]


def days(campaign: Campaign, *, late: bool = True) -> Drawing | None:
    """Draw the events of the campaign that are known to a few days; the table has the others too.

    Parameters
    ----------
    late
        Whether to draw the later count beside the book's own. A choice of sources settles the calendar and so has
        one count only.

    >>> drawn = days(campaign.under("soviet_only"), late=False)
    >>> drawn.shown < days(campaign).shown
    True
    """
    rows = lanes.timeline(campaign, late=late)
    dated = lanes.dated(rows)
    return None if dated.empty else Drawing(chronology.lanes(dated), rows.reset_index(), frozenset(dated.index))


def days_by_one_count(campaign: Campaign) -> Drawing | None:
    """Draw what `days` does, by the campaign's own count alone."""
    return days(campaign, late=False)


def floating(campaign: Campaign, *, late: bool = True) -> Drawing | None:
    """Draw the events that the chronology tells and no text dates, as `days` does."""
    rows = lanes.timeline(campaign, late=late)
    told = lanes.floating(rows)
    undated = rows.drop(lanes.dated(rows).index)
    return None if told.empty else Drawing(chronology.lanes(told), undated.reset_index(), frozenset(told.index))


def floating_by_one_count(campaign: Campaign) -> Drawing | None:
    """Draw what `floating` does, by the campaign's own count alone."""
    return floating(campaign, late=False)


def soviet_men(campaign: Campaign, *, whole: Campaign) -> Drawing | None:
    """Draw every claim on men of the Soviet side and of the Young Bukharans.

    Parameters
    ----------
    whole
        The campaign with all sources. Its numbers give the axis, so that this stays as the choice changes.

    >>> soviet_men(campaign.under("emirate_only"), whole=campaign) is None
    True
    """
    return _men(campaign, whole, strengths.SOVIET_MEN)


def emir_men(campaign: Campaign, *, whole: Campaign) -> Drawing | None:
    """Draw every claim on men of the emir's side, as `soviet_men` does."""
    return _men(campaign, whole, strengths.EMIR_MEN)


def _men(campaign: Campaign, whole: Campaign, groups: Mapping[str, Sequence[str]]) -> Drawing | None:
    claims = strengths.men(campaign, groups)
    if claims.empty:
        return None
    figure = forces.strengths(claims, groups, scale=strengths.men(whole, groups))
    return Drawing(figure, claims[list(MEN)], frozenset(claims.index))


def dead(campaign: Campaign, *, whole: Campaign) -> Drawing | None:
    """Draw every claim on the dead of the campaign, by the group that it counts, on the axis of `whole`."""
    claims = losses.counts(campaign)
    if claims.empty:
        return None
    figure = violence.counts(claims, losses.GROUPS, scale=losses.counts(whole))
    return Drawing(figure, claims[list(DEAD)], frozenset(claims.index))


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
    return Drawing(alliances.panels(titled, places), table, frozenset(shown))
