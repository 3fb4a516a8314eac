"""The week before the first battle: who came when, counted in days from the battle.

A text whose days are read in one way or the other moves with the battle: read as Old Style both stand 13 days later. So
the days *before the battle* are the same on either day-count, and both can stand under one axis. Kuts alone does not
move (see `bukhara.chronology.NEW_STYLE`): his days are of the early count and lie 13 further back on the late one.
Only what a text says without a day has no place on the axis.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType

import pandas as pd

from helpers.bukhara.daycount import BECKER, choices
from helpers.bukhara.daycount.table import count_days
from helpers.record import Campaign, accepted
from helpers.record.wording import said

#: Steps of the build-up in the order of the telling: what happened, and what is said with a number of men.
STEPS: Mapping[str, tuple[str, Mapping[str, str]]] = MappingProxyType(
    {
        "morozov_leaves_samarkand": ("Morozov's men leave Samarkand", {"morozov_detachment_men": "{}"}),
        "kuts_returns_samarkand": ("Kuts's unit is back at Samarkand", {"kuts_detachment_men": "{}"}),
        "kuts_called_to_committee": ("Kuts is called to the committee", {}),
        "kolesov_arrives_new_bukhara": (
            "Kolesov comes to New Bukhara",
            {"kolesov_escort": "{} with him", "kagan_troops": "{} there", "soviet_force_start": "{} in all"},
        ),
        "samarkand_reinforcement_sent": ("Samarkand sends help", {"samarkand_reinforcement_men": "{}"}),
        "kuts_reaches_new_bukhara": ("Kuts finds no staff there", {}),
        "young_bukharans_armed": ("Young Bukharans are armed", {"young_bukharan_armed_men": "{}"}),
        "ultimatum_sent": ("The ultimatum", {}),
        "first_battle": ("The first battle", {}),
    }
)


def buildup(campaign: Campaign) -> pd.DataFrame:
    """Return what each text says of each step, with the days before the battle and the men who came.

    Returns
    -------
    pandas.DataFrame
        One row a step and text: ``event``, ``step`` (its short name), ``label`` of the text, ``first`` and ``last``
        (days from the first battle, the battle being 0; missing where the text tells no day), ``men`` (what the text
        says of their number; empty where it says nothing of it) and ``says``. The first battle itself is on every
        text's own day.
    """
    rows = []
    for event, (step, words) in STEPS.items():
        told, strengths = _told(campaign, event), _strengths(campaign, event, words)
        spoken = [*told["source"], *strengths["source"]] or campaign.claims.query("event == @event")["source"]
        for source in dict.fromkeys(spoken):
            dated = told[told["source"] == source]
            first, last = (None, None) if dated.empty else _days(campaign, source, dated.iloc[0])
            men = _men(strengths[strengths["source"] == source], words)
            row = {"event": event, "step": step, "label": campaign.sources.loc[source, "label"], "men": men}
            rows.append(row | {"first": first, "last": last, "says": None if dated.empty else dated.iloc[0]["value"]})
    frame = pd.DataFrame(rows, columns=["event", "step", "label", "first", "last", "men", "says"])
    return frame.astype({"first": "Int64", "last": "Int64"})


def ticks(campaign: Campaign, first: int, last: int) -> dict[int, tuple[str, str]]:
    """Return the day of either day-count for each number of days from the battle, without the year."""
    battles = [days[1] for days in count_days(campaign).values()]
    return {
        offset: tuple(f"{day.day} {day:%b}" for day in (pd.Timestamp(b) + pd.Timedelta(days=offset) for b in battles))
        for offset in range(first, last + 1)
    }


def _told(campaign: Campaign, event: str) -> pd.DataFrame:
    """Claims of a day on an event, the preferred and the narrower first."""
    claims = accepted(campaign.claims)
    dated = claims[(claims["event"] == event) & (claims["attribute"] == "date")]
    dated = dated[dated["earliest"].notna() & dated["latest"].notna()]
    width = dated["latest"] - dated["earliest"]
    return dated.assign(width=width).sort_values(["earliest", "width"], kind="stable")


def _strengths(campaign: Campaign, event: str, quantities: Collection[str]) -> pd.DataFrame:
    """Claims on the men of a step: those counted at it, and others only where the text gives them this day."""
    claims = campaign.claims[
        campaign.claims["force"].isin(list(quantities)) & (campaign.claims["attribute"] == "strength")
    ]
    here = claims["force"].map(campaign.forces["event"]) == event
    return claims[here | claims["earliest"].notna()]


def _days(campaign: Campaign, source: str, claim: pd.Series) -> tuple[int, int]:
    """Days from the battle of the count on which a text stands."""
    count = "late" if choices(source) is BECKER else "early"
    battle = pd.Timestamp(count_days(campaign)[count][1])
    return (claim["earliest"] - battle).days, (claim["latest"] - battle).days


def _men(claims: pd.DataFrame, words: Mapping[str, str]) -> str:
    numbered = claims[claims[["low", "best", "high"]].notna().any(axis=1)]
    if claims.empty:
        return ""
    texts = {claim.force: words[claim.force].format(said(claim)) for claim in numbered.itertuples()}
    return ", ".join(texts[force] for force in words if force in texts) or "no number"
