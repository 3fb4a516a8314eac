"""Men and arms of the two sides: which quantities there are, under which headings, and what is said of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import pandas as pd

from helpers import quantities as forces
from helpers.record import Campaign

PHASES = ("winter", "ultimatum", "fighting", "retreat")
ARMS = ("rifles", "guns", "machine_guns", "shells")
SOVIET, EMIR = "soviet_force_start", "emir_force_total"

#: Headings of the Soviet side and of the Young Bukharans, and the quantities under each.
SOVIET_MEN: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "Kolesov's force at the opening": (SOVIET,),
        "of it, his own escort": ("kolesov_escort",),
        "of it, troops already at New Bukhara": ("kagan_troops",),
        "sent by Samarkand": ("samarkand_reinforcement_men",),
        "Morozov's detachment": ("morozov_detachment_men",),
        "Kuts's detachment": ("kuts_detachment_men",),
        "First Tashkent detachment": ("first_tashkent_detachment_men",),
        "Escort of the Revolutionary Committee": ("revolutionary_committee_escort",),
        "Relief column, first count": ("relief_column_men",),
        "Relief column, on leaving": ("relief_column_departing",),
        "Young Bukharans given arms": ("young_bukharan_armed_men",),
        "Young Bukharans, all": ("young_bukharan_force",),
    }
)

#: Headings of the emir's side.
EMIR_MEN: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "Army in peace, foot, 1889": ("army_infantry_1889",),
        "Army in peace, horse, 1889": ("army_cavalry_1889",),
        "Army in peace, 1913": ("army_1913",),
        "of it, in the city": ("army_city_1913",),
        "Called up over the winter": ("emir_mobilised",),
        "Afghan volunteers": ("afghan_volunteers_men",),
        "Hired Cossacks": ("hired_cossacks_men",),
        "The crowd at the first battle": ("first_battle_crowd",),
        "Thrown against New Bukhara": ("emir_irregulars_men",),
        "Against the relief, at a station": ("relief_station_attackers",),
        "Fort of Kermine": ("kermine_garrison_men",),
        "Russian gunners near Kermine": ("russian_gunners_men",),
        "All, the whole of March 1918": (EMIR,),
    }
)


def quantities(campaign: Campaign) -> list[str]:
    """Return the keys of `forces` that count men under arms for the campaign, the armies of peace among them."""
    found = campaign.forces.join(campaign.events["phase"], on="event")
    peace_horse = found["event"].eq("campaign") & found["category"].eq("cavalry")
    return list(found.index[(found["category"].eq("men") & found["phase"].isin(PHASES)) | peace_horse])


def men(campaign: Campaign, groups: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Return every claim on the quantities of some headings, with a number or without.

    Returns
    -------
    pandas.DataFrame
        As from `helpers.quantities.estimates`, with ``side``, the side of those who are counted.
    """
    found = forces.estimates_of(campaign, [key for keys in groups.values() for key in keys], numbered=False)
    return found.assign(side=found["actor"].map(campaign.actors["side"]))


def arms(campaign: Campaign) -> pd.DataFrame:
    """Return every claim on weapons and shells for the campaign, as from `men`, with ``scope``; never added to men."""
    found = campaign.forces.join(campaign.events["phase"], on="event")
    known = found.index[found["category"].isin(ARMS) & found["phase"].isin(PHASES)]
    claims = forces.estimates_of(campaign, known, numbered=False)
    claims = claims.assign(side=claims["actor"].map(campaign.actors["side"]))
    return claims.join(campaign.forces["scope"], on="force").sort_values(["category", "side", "force"], kind="stable")
