"""The campaign by two day-counts: when each event can have happened, and in which order.

The *early* count is the book's own: the days as they stand in the table of events. The *late* count reads the
days of March 1918 that the texts print as Old Style, and so 13 days later, which is where Becker has them
(`helpers.bukhara.daycount`). A bound that was counted from the fall of Kokand or back from the peace stays where it is:
no text seen puts either on another day. So do the last days of February in Kuts, see `NEW_STYLE`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from functools import lru_cache
from itertools import combinations
from typing import Literal

import pandas as pd

from helpers.bukhara.daycount import DIFFERENCE
from helpers.dating import Chronology, Interval, OrderChange, event_intervals, event_links, lost_orders
from helpers.record import Campaign, accepted
from helpers.record.cached import cached

Count = Literal["early", "late"]
Pairs = tuple[tuple[str, frozenset[str]], ...]

CAMPAIGN = "campaign"
PHASES = ("ultimatum", "fighting", "retreat", "peace")
FIRST_PRINTED, LAST_PRINTED = date(1918, 2, 26), date(1918, 3, 16)
"""Days between which a bound rests on printed days: from Morozov's departure (but see `NEW_STYLE`) to the end of
Togan's campaign."""
NEW_STYLE = frozenset({"morozov_leaves_samarkand", "kuts_returns_samarkand", "kuts_called_to_committee"})
"""Events that stay by either count: Kuts dates them, and his march to Kokand of 17 February fits New Style only."""
MARCH = (date(1918, 3, 1), date(1918, 3, 31))
"""The month in which Ayni has the hangings; its end moves with his days."""


def campaign_events(campaign: Campaign) -> list[str]:
    """Return the ids of what happened in the campaign, from the gathering of troops to the peace."""
    events = campaign.events
    return sorted(events.index[events["phase"].isin(PHASES) & (events.index != CAMPAIGN)])


def moves(day: date | None, phase: str) -> bool:
    """Whether a bound of an event of this part of the story is 13 days later by the late count.

    In `winter` only days of March move: a last day of February there closes a month or a season.
    """
    if day is None:
        return False
    first = MARCH[0] if phase == "winter" else FIRST_PRINTED
    return first <= day <= LAST_PRINTED or day == MARCH[1]


def late(days: Interval, phase: str) -> Interval:
    """Return the days of an event by the late count."""
    moved = days.shift(DIFFERENCE)
    return Interval(
        moved.earliest if moves(days.earliest, phase) else days.earliest,
        moved.latest if moves(days.latest, phase) else days.latest,
    )


def intervals(
    campaign: Campaign, count: Count = "early", *, only: Collection[str] | None = None
) -> dict[str, Interval]:
    """Return the days of each event by a count, as they stand before order narrows them.

    With `only` the late count moves these events and leaves the others; without, it moves all but `NEW_STYLE`.
    """
    days = event_intervals(campaign.events)
    if count == "late":
        phases = campaign.events["phase"]
        moving = days.keys() - NEW_STYLE if only is None else only
        days |= {event: late(days[event], phases[event]) for event in moving}
    return days


def chronology(campaign: Campaign, count: Count = "early", *, only: Collection[str] | None = None) -> Chronology:
    """Return the partial order of all events by a count.

    By the late count a part of the campaign can fall after the peace; the campaign then lasts as long.

    Raises
    ------
    ValueError
        If the days contradict the order that the sources give.
    """
    return _chronology(campaign, count, None if only is None else frozenset(only))


@cached
def _chronology(campaign: Campaign, count: Count, only: frozenset[str] | None) -> Chronology:
    days = intervals(campaign, count, only=only)
    part_of = event_links(campaign.events["part_of"])
    if count == "late" and CAMPAIGN in days:
        parts = [days[event] for event, wholes in part_of.items() if CAMPAIGN in wholes]
        days[CAMPAIGN] = _lasting(days[CAMPAIGN], [part.latest for part in parts if part.latest])
    return _ordered(tuple(days.items()), _as_key(event_links(campaign.events["after"])), _as_key(part_of))


@lru_cache(maxsize=64)  # many choices of sources leave the days as they are
def _ordered(days: tuple[tuple[str, Interval], ...], after: Pairs, part_of: Pairs) -> Chronology:
    return Chronology.of(dict(days), dict(after), dict(part_of))


def _as_key(links: Mapping[str, frozenset[str]]) -> Pairs:
    return tuple(links.items())


def _lasting(whole: Interval, ends: list[date]) -> Interval:
    return Interval(whole.earliest, whole.latest and max(whole.latest, *ends))


def pairs(campaign: Campaign, *, only: Collection[str] | None = None) -> pd.DataFrame:
    """Return every pair of events of the campaign and its order by both counts.

    Parameters
    ----------
    only
        Events that the late count moves, as for `intervals`.

    Returns
    -------
    pandas.DataFrame
        Columns ``first``, ``second`` (ids, in the order of the alphabet), ``early`` and ``late``: "before" (the
        first came before the second), "after", or "open" (no source fixes it). A part and its whole are no pair.
    """
    return _pairs(campaign, None if only is None else frozenset(only))


@cached
def _pairs(campaign: Campaign, only: frozenset[str] | None) -> pd.DataFrame:
    counts = {"early": chronology(campaign), "late": chronology(campaign, "late", only=only)}
    wholes = counts["early"].wholes
    found = [(a, b) for a, b in combinations(campaign_events(campaign), 2) if a not in wholes[b] and b not in wholes[a]]
    orders = {count: [order.relation(*pair) for pair in found] for count, order in counts.items()}
    return pd.DataFrame(found, columns=["first", "second"]).assign(**orders)


def turned(campaign: Campaign) -> tuple[OrderChange, ...]:
    """Return the orders within the campaign that are certain by the early count and not by the late."""
    return lost_orders(chronology(campaign), chronology(campaign, "late"), among=campaign_events(campaign))


def dated_by(campaign: Campaign, source: str) -> list[str]:
    """Return the events of the campaign whose day, as we read it, stands in this text and in no other."""
    days = event_intervals(campaign.events)
    found = {}
    for claim in day_claims(campaign).itertuples():
        if Interval(claim.earliest.date(), claim.latest.date()).possibly_overlaps(days[claim.event]):
            found.setdefault(claim.event, set()).add(claim.source)
    return sorted(event for event, sources in found.items() if sources == {source} and event != CAMPAIGN)


def resting_on(campaign: Campaign, source: str) -> tuple[OrderChange, ...]:
    """Return the orders within the campaign that fall if this text alone is read as Old Style.

    Raises
    ------
    ValueError
        If the story cannot go that way at all.
    """
    moved = chronology(campaign, "late", only=dated_by(campaign, source))
    return lost_orders(chronology(campaign), moved, among=campaign_events(campaign))


WIDE = 7
"""Days: a claim as wide as this or wider names a month or a season, not a day."""


def day_claims(campaign: Campaign) -> pd.DataFrame:
    """Return the claims that give an event of the campaign a day, or a few days together."""
    claims = accepted(campaign.claims)
    dated = claims["event"].isin(campaign_events(campaign)) & (claims["attribute"] == "date")
    dated &= claims["earliest"].notna() & claims["latest"].notna()
    claims = claims[dated]
    return claims[claims["latest"] - claims["earliest"] < pd.Timedelta(days=WIDE)]
