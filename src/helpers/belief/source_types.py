"""Who speaks: what kind of text stands behind a statement, the nearest to the event first."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from helpers.record import Campaign
from helpers.record.cached import cached

#: Kinds of voices and what they are called, the nearest first.
VOICES: Mapping[str, str] = MappingProxyType(
    {
        "witness": "told by a participant or the press of the time",
        "tale": "told in a documentary tale",
        "scholar": "told by a later historian or editor",
        "reference": "only in an encyclopaedia or a popular book",
    }
)
_AT_THE_TIME = frozenset({"press", "document", "testimony"})
_REFERENCE = frozenset({"encyclopaedia", "popular", "textbook", "gazetteer"})


def voices(campaign: Campaign, claims: pd.DataFrame) -> pd.Series:
    """Return who speaks in each claim, a key of `VOICES`; where a text reports another, it is the other that speaks.

    An article of the press that looks back on the events from years later is counted with the scholars.

    >>> claims = campaign.claims.loc[["kokand_dead-loss-lee2018", "kokand_dead-loss-muhaz_yb"]]
    >>> voices(campaign, claims).tolist()
    ['scholar', 'reference']
    """
    speaker = claims["quoting"].where(claims["quoting"].isin(campaign.sources.index), claims["source"])
    return speaker.map(source_voices(campaign))


@cached
def source_voices(campaign: Campaign) -> pd.Series:
    """Return who speaks in each text, a key of `VOICES`.

    >>> source_voices(campaign)[["kuts", "becker1968", "wikipedia_en"]].tolist()
    ['witness', 'scholar', 'reference']
    """
    columns, last = ["participant", "kind", "year_written"], campaign.period[1].year
    return campaign.sources[columns].apply(_voice, axis="columns", last=last)


def nearest(found: pd.Series) -> str:
    """Return the nearest of some voices, as from `voices`.

    Raises
    ------
    ValueError
        If there is none.
    """
    if found.empty:
        raise ValueError("nobody speaks: there is no claim to take a voice from")
    return min(found, key=list(VOICES).index)


def _voice(source: pd.Series, last: int) -> str:
    late = pd.notna(source["year_written"]) and source["year_written"] > last
    if source["participant"] or (source["kind"] in _AT_THE_TIME and not (source["kind"] == "press" and late)):
        return "witness"
    if source["kind"] == "narrative":
        return "tale"
    return "reference" if source["kind"] in _REFERENCE else "scholar"
