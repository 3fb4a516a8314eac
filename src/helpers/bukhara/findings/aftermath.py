"""Findings of the chapter on what followed."""

from __future__ import annotations

from helpers import quantities as forces
from helpers.bukhara import fates
from helpers.bukhara.findings.reading import said, speaks_of
from helpers.findings.model import UNKNOWN, Finding
from helpers.record import Campaign, accepted
from helpers.record.wording import number, span

PURGE = 1938
LIMIT, ARMY = "army_limit_kyzyl_tepe", "emir_army_1920"


def hunt_is_put_before_and_after_the_peace(campaign: Campaign) -> Finding:
    """One family of texts begins the hunt for Jadids with the peace, another has it under way before."""
    peace = fates.peace_day(campaign)
    dated = said(campaign, "hunt_for_jadids_after_peace", "date")
    if peace is None or dated["lineage"].nunique() < 2:
        return UNKNOWN
    after, before = dated[dated["earliest"] >= peace], dated[dated["latest"] < peace]
    return Finding(bool(len(after) and len(before)) and not set(after["lineage"]) & set(before["lineage"]))


def districts_are_told_by_one_text(campaign: Campaign) -> Finding:
    """That districts were handed back after the peace stands in one family of texts."""
    told = said(campaign, "districts_handed_back")
    return Finding(told["lineage"].nunique() == 1) if len(told) else UNKNOWN


def commissars_of_1919_are_not_the_men_of_march(campaign: Campaign) -> Finding:
    """None of the named dead of January 1919 bears the name of anyone whom a text names in the campaign."""
    lists = said(campaign, "commissars_shot_1919", "participant")
    if lists.empty:
        return UNKNOWN
    dead = set().union(*map(_surnames, lists["value"]))
    there = campaign.actors.loc[fates.people(campaign), "name"].str.split().str[-1]
    return Finding(not dead & set(there), {"commissars-named": number(len(dead))})


def two_lists_of_founders_share_no_name(campaign: Campaign) -> Finding:
    """Two families of texts name the founders of the Bukharan Communist Party, and no name stands in both."""
    told = said(campaign, "bcp_founded")
    lists = told[told["attribute"].isin(["participant", "responsibility"]) & speaks_of(told, "yakubov|husainov")]
    if lists["lineage"].nunique() < 2:
        return UNKNOWN
    names = [_surnames(value) for value in lists["value"]]
    return Finding(not set.intersection(*names))


def message_to_lenin_stands_before_the_rising(campaign: Campaign) -> Finding:
    """Frunze's message that Bukhara must be finished with is older than the rising that called for the army."""
    if said(campaign, "frunze_telegram", "date").empty or said(campaign, "sakar_bazar_rising", "date").empty:
        return UNKNOWN
    message, rising = (campaign.events.loc[event] for event in ("frunze_telegram", "sakar_bazar_rising"))
    days = (rising["earliest"] - message["latest"]).days
    return Finding(days > 0, {"message-days": number(days)})


def most_counts_of_1920_lie_above_the_limit(campaign: Campaign) -> Finding:
    """More of the counts of the emir's regulars in 1920 lie above the limit of the peace than within it."""
    claims = accepted(campaign.claims)
    limit = claims.loc[claims["force"] == LIMIT, "high"].dropna()
    counts = claims[(claims["force"] == ARMY) & claims["best"].notna()]
    if limit.empty or len(counts) < 2:
        return UNKNOWN
    above = int((counts["best"] > limit.max()).sum())
    values = {
        "limit": number(limit.max()),
        "counts-1920": number(len(counts), words=True),
        "above-limit": number(above, words=True),
        "army-1920": span(*_bounds(campaign)),
    }
    return Finding(above > len(counts) / 2, values)


def most_who_outlived_it_are_lost_from_sight(campaign: Campaign) -> Finding:
    """Of more than half of those who are not known to have died in the campaign no text says anything after it."""
    if fates.peace_day(campaign) is None:
        return UNKNOWN
    endings = fates.fates(campaign)["ending"].value_counts()
    outlived = int(endings.drop(fates.FELL, errors="ignore").sum())
    if not outlived:
        return UNKNOWN
    lost = int(endings.get(fates.LOST, 0))
    values = {
        "campaigners": number(int(endings.sum())),
        "fell": number(int(endings.get(fates.FELL, 0))),
        "outlived": number(outlived),
        "lost": number(lost),
        "death-dated": number(int(endings.get(fates.DATED, 0))),
    }
    return Finding(lost > outlived / 2, values)


def more_died_in_1938_than_in_any_other_year(campaign: Campaign) -> Finding:
    """Of the deaths after the campaign whose year is known, more fall in 1938 than in any other year."""
    lives = fates.fates(campaign)
    dated = lives[lives["ending"] == fates.DATED]
    years = dated["died_first"].dt.year.value_counts()
    if years.empty:
        return UNKNOWN
    most = years.index[years == years.max()]
    values = {"purge": number(int(years.get(PURGE, 0)), words=True), "death-dated": number(len(dated))}
    return Finding(list(most) == [PURGE], values)


def _surnames(text: str) -> set[str]:
    """The words of a list that begin with a capital and are no initials."""
    words = text.replace(",", " ").replace(";", " ").replace(":", " ").split()
    return {word for word in words if word[0].isupper() and not word.endswith(".")} - {"Central", "Committee", "Jadids"}


def _bounds(campaign: Campaign) -> tuple[float, float]:
    bounds = forces.envelope(forces.estimates(campaign, ARMY))
    return bounds.low, bounds.high
