"""Long stretches of time as rows: chosen events in eras, each with the side that acted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from helpers.record import Campaign

LEADING = (
    ("agent", "author", "signatory"),
    ("leader",),
    ("commander",),
    ("negotiator",),
    ("supporter", "appointed", "member"),
)
"""Parts in an event, those that most make it somebody's act first."""

NOBODY = "none"
"""Stands for a side where the tables name nobody, or people of several sides in the leading parts."""


def acting_side(campaign: Campaign, event: str) -> str:
    """Return the side whose act an event was: that of everyone in its leading parts, or `NOBODY`.

    An actor's side is that of March 1918, unless the row of `participants` gives another for the event.
    """
    taking_part = campaign.participants[campaign.participants["event"] == event]
    sides = taking_part["side"].fillna(taking_part["actor"].map(campaign.actors["side"]))
    for roles in LEADING:
        found = set(sides[taking_part["role"].isin(roles)])
        if found:
            return found.pop() if len(found) == 1 else NOBODY
    return NOBODY


def timeline(campaign: Campaign, eras: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Return one row an event, era by era and in order of time within each.

    Parameters
    ----------
    campaign
        The data package.
    eras
        Name of an era to the ids of its events.

    Returns
    -------
    pandas.DataFrame
        Indexed by event: ``era``, ``title``, ``side``, ``earliest``, ``latest`` (days, NaT where open), ``status``
        and ``source``.

    Raises
    ------
    LookupError
        If `events` has no such row.
    """
    events = campaign.events
    wanted = {event: era for era, members in eras.items() for event in members}
    if unknown := [event for event in wanted if event not in events.index]:
        raise LookupError(f"events has no row {', '.join(unknown)}: mend the name, or take it out of the list")
    rows = events.loc[list(wanted), ["title", "earliest", "latest", "status", "source"]]
    rows.insert(0, "era", [wanted[event] for event in rows.index])
    rows.insert(2, "side", [acting_side(campaign, event) for event in rows.index])
    place = rows["era"].map({era: number for number, era in enumerate(eras)})
    begun = rows["earliest"].fillna(rows["latest"])
    return rows.assign(_place=place, _begun=begun).sort_values(["_place", "_begun", "latest"]).iloc[:, :-2]
