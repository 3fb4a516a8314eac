"""The book's main figures as one function each of a campaign: what is asked of the tables, and how it is drawn.

`helpers.book.page.show_by_policy` draws each of them under every choice of sources. Where the tables leave nothing to
draw, the answer is None and not an empty figure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from helpers.bukhara import losses
from helpers.bukhara.chronology import lanes
from helpers.bukhara.figures import chronology, forces, violence
from helpers.bukhara.forces import strengths
from helpers.figures import style
from helpers.figures.alliances import phases
from helpers.figures.style import Drawing
from helpers.record import Campaign

__all__ = ["days", "days_by_one_count", "dead", "emir_men", "phases", "soviet_men"]

MEN = (
    *("force", "label", "lineage", "value", "low", "best", "high", "hedge", "rank", "population", "locator"),
)  # fmt: skip
DEAD = (
    *("force", "population", "label", "voice", "value", "low", "best", "high", "hedge", "lineage", "locator"),
)  # fmt: skip


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
    figure = forces.strengths(claims, groups, style.sides(whole.package), scale=strengths.men(whole, groups))
    return Drawing(figure, claims[list(MEN)], frozenset(claims.index))


def dead(campaign: Campaign, *, whole: Campaign) -> Drawing | None:
    """Draw every claim on the dead of the campaign, by the group that it counts, on the axis of `whole`."""
    claims = losses.counts(campaign)
    if claims.empty:
        return None
    figure = violence.counts(claims, losses.GROUPS, scale=losses.counts(whole))
    return Drawing(figure, claims[list(DEAD)], frozenset(claims.index))
