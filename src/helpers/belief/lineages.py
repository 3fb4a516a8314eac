"""Who copies whom: the texts that rest on others, and what each text adds of its own."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from helpers.belief.policies import READINGS
from helpers.belief.source_types import VOICES, source_voices
from helpers.record import Campaign, accepted

SEEN, JUDGED = "seen", "judged"
#: How we know that a text rests on another, and the column of `sources` that says so.
LINKS: Mapping[str, str] = MappingProxyType({SEEN: "based_on", JUDGED: "may_rest_on"})


def links(campaign: Campaign) -> pd.DataFrame:
    """Return which text rests on which.

    Returns
    -------
    pandas.DataFrame
        Columns ``text``, ``rests_on`` (keys of `sources`) and ``how`` (a key of `LINKS`), sorted.

    >>> found = links(campaign)
    >>> found.loc[found["text"] == "becker1968", ["rests_on", "how"]].values.tolist()
    [['khodzhaev1926', 'seen']]
    """
    parts = []
    for how, column in LINKS.items():
        keys = campaign.sources[column].dropna().astype("str").str.split(";").explode().rename("rests_on")
        parts.append(keys.rename_axis("text").reset_index().assign(how=how))
    return pd.concat(parts).sort_values(["text", "rests_on"], ignore_index=True)


def family_tree(campaign: Campaign) -> pd.DataFrame:
    """Return the texts that rest on another or have another rest on them, the nearest voices first.

    Returns
    -------
    pandas.DataFrame
        Index the text; columns ``label``, ``voice`` (see `helpers.belief.source_types.VOICES`), ``written`` and
        ``edition`` (years, missing where unknown) and ``lineage``. Within a voice, those on which most rest come
        first, then by year.
    """
    found = links(campaign)
    sources = campaign.sources.loc[sorted({*found["text"], *found["rests_on"]})]
    voice = source_voices(campaign).reindex(sources.index)
    table = sources[["label", "lineage"]].assign(
        voice=pd.Categorical(voice, categories=list(VOICES), ordered=True),
        written=sources["year_written"],
        edition=sources["year_published"],
        used=found.groupby("rests_on").size().reindex(sources.index, fill_value=0),
    )
    year = table["written"].fillna(table["edition"]).astype("Float64").fillna(9999)
    order = table.assign(year=year).sort_values(["voice", "used", "year", "label"], ascending=[True, False, True, True])
    return order.assign(voice=order["voice"].astype(str))[["label", "voice", "written", "edition", "lineage"]]


def own_words(campaign: Campaign) -> pd.DataFrame:
    """Return what each text says, and what only it and its family say.

    Returns
    -------
    pandas.DataFrame
        Index the text, those that say most first; columns ``claims`` (that stand), ``events`` (of which it speaks),
        ``alone`` (events, ties, quantities, terms and legs of a journey on which it has a claim and no other family
        has one) and ``examples`` (titles of up to three events among them, joined by semicolons; empty where there
        is none).

    >>> bool(own_words(campaign).loc["syb1913", "alone"] > 0)
    True
    """
    claims = accepted(campaign.claims)
    lineage = claims["source"].map(campaign.sources["lineage"])
    alone = pd.Series(0, index=campaign.sources.index)
    for subject in READINGS.values():
        single = lineage.groupby(claims[subject]).transform("nunique") == 1
        said = claims[single & claims[subject].notna()].groupby("source")[subject].unique()
        alone = alone.add(said.map(len), fill_value=0)
    by_text, titles = claims.groupby("source"), campaign.events["title"]
    single = lineage.groupby(claims["event"]).transform("nunique") == 1
    told = claims[single].groupby("source")["event"].unique()
    examples = told.map(lambda keys: "; ".join(titles.loc[sorted(keys)[:3]]))
    found = pd.DataFrame(
        {
            "claims": by_text.size(),
            "events": by_text["event"].nunique(),
            "alone": alone,
            "examples": examples,
        }
    ).reindex(campaign.sources.index)
    found["examples"] = found["examples"].fillna("")
    counts = ["claims", "events", "alone"]
    found[counts] = found[counts].fillna(0).astype(int)
    return found.sort_values(["claims", "alone"], ascending=False, kind="stable").rename_axis("source")
