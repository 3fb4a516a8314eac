"""What findings ask of the claims on an event."""

from __future__ import annotations

import pandas as pd

from helpers.record import Campaign, accepted


def said(campaign: Campaign, event: str, attribute: str | None = None) -> pd.DataFrame:
    """Return the claims on an event that count, with ``lineage`` and ``perspective`` of their text.

    Parameters
    ----------
    campaign
        Any campaign.
    event
        Key of `events`; none of its claims need be left.
    attribute
        Only claims that say this of it, for instance ``content``; by default all.
    """
    claims = accepted(campaign.claims)
    about = claims["event"] == event
    if attribute is not None:
        about &= claims["attribute"] == attribute
    found, sources = claims[about], campaign.sources
    return found.assign(**{column: found["source"].map(sources[column]) for column in ("lineage", "perspective")})


def speaks_of(claims: pd.DataFrame, words: str) -> pd.Series:
    """Return whether each claim has one of some words (a regular expression, in any case)."""
    return claims["value"].str.contains(words, case=False, na=False)
