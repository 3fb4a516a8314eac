"""The dead of March 1918: what each source says of each group of them, kept apart.

There is no total here and no function that makes one. The groups overlap, some are counted by the day, most are not
counted at all; a sum would be a number about nobody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import pandas as pd

from helpers import quantities as forces
from helpers.belief.source_types import voices
from helpers.record import Campaign

DEAD = ("killed", "executed")

#: Phases of the campaign itself. The dead of Kokand, of April 1917 and of 1919 are other people in other quarrels.
PHASES = ("ultimatum", "fighting", "retreat", "peace")

#: Killings after the peace that belong to the same quarrel.
AFTER = ("hunt_for_jadids_after_peace",)

#: Short headings of the groups, in the order in which the chapter tells of them.
GROUPS: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "The delegation to the Ark": ("delegates_killed_count",),
        "of it, shot on the roof": ("delegate_killed_on_roof",),
        "Brought to the Ark and killed": ("ark_dead",),
        "Hanged in the Regkhana, by name": ("rekhana_named",),
        "The Sobitov brothers": ("sobitov_boys",),
        "Reformers killed outside the city": ("reformers_outside_city_dead",),
        "Supporters of the Young Bukharans": ("young_bukharan_supporters_dead",),
        "Karshi, by day": ("karshi_dead_per_day",),
        "Karshi, prisoners by night": ("karshi_prisoners_per_night",),
        "Karshi, all the days": ("karshi_dead_total",),
        "Shahrisabz, Guzar, Chardzhui, Kerki": ("other_towns_dead",),
        "Stations and settlements": ("settlements_dead",),
        "First battle, emir's soldiers": ("emirate_losses_first_battle",),
        "First battle, the crowd": ("first_battle_crowd_dead",),
        "Chardzhui, emir's soldiers": ("chardzhui_losses",),
        "The emir's soldiers, whole campaign": ("emirate_losses_campaign",),
        "The Red soldiers, whole campaign": ("soviet_losses_campaign",),
        "Executed as Jadids, then and later": ("jadids_executed",),
        "All, without the fighting": ("all_killings_dead",),
    }
)


def quantities(campaign: Campaign) -> list[str]:
    """Return the keys of `forces` that count the dead of the campaign."""
    found = campaign.forces[campaign.forces["category"].isin(DEAD)].join(campaign.events["phase"], on="event")
    return list(found.index[found["phase"].isin(PHASES) | found["event"].isin(AFTER)])


def counts(campaign: Campaign) -> pd.DataFrame:
    """Return every claim on the dead, with a number or without, and who speaks.

    Returns
    -------
    pandas.DataFrame
        As from `helpers.quantities.estimates`, with ``voice`` (see `helpers.belief.source_types`); ``label`` names
        whom a text quotes.
    """
    found = forces.estimates_of(campaign, quantities(campaign), numbered=False)
    heard = found["quoting"].map(campaign.sources["label"])
    label = found["label"].where(heard.isna(), heard + ", quoted")
    return found.assign(label=label, voice=voices(campaign, found))


def counted(campaign: Campaign) -> pd.DataFrame:
    """Return, for each group of the dead, how many families of texts tell of it and how many give a number.

    Returns
    -------
    pandas.DataFrame
        Indexed by quantity: ``population``, ``families``, ``numbers`` (families that give a number or a number a
        day of their own; sums and differences of ours are none, nor is what a number for others implies).
    """
    found = counts(campaign)
    numbered = found[found[["low", "best", "high"]].notna().any(axis=1) & ~found["hedge"].eq("derived")]
    numbered = numbered[campaign.claims.loc[numbered.index, "stance"] == "asserts"]
    return (
        campaign.forces.loc[quantities(campaign), ["population"]]
        .assign(
            families=found.groupby("force")["lineage"].nunique(),
            numbers=numbered.groupby("force")["lineage"].nunique(),
        )
        .fillna({"families": 0, "numbers": 0})
        .astype({"families": int, "numbers": int})
    )
