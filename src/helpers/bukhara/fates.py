"""What became of the people of the campaign, as far as the sources follow them.

The people are those who take part in an event of March 1918, and the committee of the party that made the campaign
with Kolesov. Someone of whom no text that we have read says anything after the peace is *lost from sight*: that is a
statement about our sources, not about the person.
"""

from __future__ import annotations

import pandas as pd

from helpers.dating import edtf_bounds
from helpers.record import Campaign, accepted
from helpers.record.cached import cached

MARCH = ("ultimatum", "fighting", "retreat", "peace")
COMMITTEE = "ybc_reorganised_1917"
PEACE = "kyzyl_tepe_agreement"
LIFE = ("fate", "office", "membership", "role")
"""Attributes of a claim that show someone alive on the days it names."""

FELL, DATED, SEEN, LOST = "died in the campaign", "death known", "seen again", "lost from sight"
NOT_A_SIGN_OF_LIFE = ("victim",)


def people(campaign: Campaign) -> pd.Index:
    """Return the keys of the people of the campaign."""
    events = campaign.events
    wanted = events.index[events["phase"].isin(MARCH) | (events.index == COMMITTEE)]
    there = set(campaign.participants.loc[campaign.participants["event"].isin(wanted), "actor"])
    actors = campaign.actors
    return actors.index[(actors["kind"] == "person") & actors.index.isin(there)]


def peace_day(campaign: Campaign) -> pd.Timestamp | None:
    """Return the day of the agreement of Kyzyl-Tepe, None where the sources at hand do not give it."""
    events = campaign.events
    day = events["earliest"].get(PEACE, pd.NaT)
    return None if pd.isna(day) else day


def traces(campaign: Campaign) -> pd.DataFrame:
    """Return every sign of life of the people of the campaign after the peace, in order of time.

    Returns
    -------
    pandas.DataFrame
        ``actor``, ``earliest``, ``latest`` (NaT where open), ``what`` and ``source``. Deaths are not among them.
    """
    peace = peace_day(campaign)
    if peace is None:
        return pd.DataFrame(columns=["actor", "earliest", "latest", "what", "source"])
    found = pd.concat([_in_events(campaign), _in_claims(campaign, peace)], ignore_index=True)
    found = found[found["actor"].isin(people(campaign))]
    found["earliest"] = found["earliest"].fillna(peace).clip(lower=peace)
    return found.sort_values(["actor", "earliest", "latest", "what"], ignore_index=True)


@cached
def fates(campaign: Campaign) -> pd.DataFrame:
    """Return one row for each of the people of the campaign.

    Returns
    -------
    pandas.DataFrame
        Indexed by actor: ``label``, ``side``, ``ending`` (`FELL`, `DATED`, `SEEN` or `LOST`), ``died_first`` and
        ``died_last`` (the days between which the death lies, NaT where not known), ``died`` (what a source says of
        it); ``seen_first`` and ``seen_last`` (the days between which the last sign of life lies; ``seen_last`` is NaT
        where it has no day) and ``last`` (what it was).
    """
    rows = campaign.actors.loc[people(campaign), ["label", "side"]]
    signs = traces(campaign).groupby("actor").tail(1).set_index("actor")
    signs = signs.rename(columns={"earliest": "seen_first", "latest": "seen_last", "what": "last"})
    rows = rows.join(_deaths(campaign)).join(signs[["seen_first", "seen_last", "last"]])
    peace = peace_day(campaign)
    return rows.assign(ending=[_ending(row, peace) for row in rows.itertuples()])


def _ending(row, peace: pd.Timestamp | None) -> str:
    if not pd.isna(row.died_first):
        return FELL if peace is not None and row.died_first < peace else DATED
    return LOST if pd.isna(row.seen_first) else SEEN


def _deaths(campaign: Campaign) -> pd.DataFrame:
    """Between which days each died, by the claim that says it best: the preferred one, else the most exact.

    A claim without a day takes those of our reading, ``actors.died``.
    """
    claims = accepted(campaign.claims[["actor", "attribute", "rank", "earliest", "latest", "value"]])
    said = claims[(claims["attribute"] == "died") & claims["actor"].notna()]
    said = said.assign(rival=said["rank"] != "preferred", width=said["latest"] - said["earliest"])
    said = said.sort_values(["rival", "width"], kind="stable").groupby("actor").head(1).set_index("actor")
    read = campaign.actors["died"].reindex(said.index).map(lambda text: None if pd.isna(text) else edtf_bounds(text))
    return pd.DataFrame(
        {
            "died_first": said["earliest"].fillna(_days(read, "earliest")),
            "died_last": said["latest"].fillna(_days(read, "latest")),
            "died": said["value"],
        }
    )


def _days(read: pd.Series, end: str) -> pd.Series:
    return pd.to_datetime(read.map(lambda days: None if days is None else getattr(days, end))).astype("datetime64[us]")


def _in_events(campaign: Campaign) -> pd.DataFrame:
    events = campaign.events
    after = events[(events["phase"] == "aftermath") & (events["kind"] != "death")]
    taking_part = campaign.participants[~campaign.participants["role"].isin(NOT_A_SIGN_OF_LIFE)]
    found = taking_part.merge(after[["earliest", "latest", "title"]], left_on="event", right_index=True)
    return found.rename(columns={"title": "what"})[["actor", "earliest", "latest", "what", "source"]]


def _in_claims(campaign: Campaign, peace: pd.Timestamp) -> pd.DataFrame:
    claims = accepted(campaign.claims[["actor", "attribute", "rank", "earliest", "latest", "value", "source"]])
    counted = claims["actor"].notna() & claims["attribute"].isin(LIFE)
    found = claims[counted & (claims["earliest"] >= peace)]
    return found.rename(columns={"value": "what"})[["actor", "earliest", "latest", "what", "source"]]
