"""Findings of the chapter on the actors."""

from __future__ import annotations

from helpers.findings.model import UNKNOWN, Finding
from helpers.people import lives
from helpers.record import Campaign
from helpers.record.wording import number

COMMITTEE_LEADERS = ("mansurov", "burhanov")


def most_people_have_no_dates(campaign: Campaign) -> Finding:
    """Of more than half of the named people no source seen gives a birth or a death."""
    people = campaign.actors[campaign.actors["kind"] == "person"]
    silent = lives.without_dates(campaign)
    values = {"people": number(len(people)), "dateless": number(len(silent))}
    return Finding(len(silent) > len(people) / 2, values)


def two_men_are_called_chairman_of_the_committee(campaign: Campaign) -> Finding:
    """Sources of different families name different chairmen of the Young Bukharan committee of 1917."""
    claims = campaign.claims
    chairs = claims[
        claims["actor"].isin(COMMITTEE_LEADERS) & claims["value"].str.contains("chairman", case=False, na=False)
    ]
    named = chairs.join(campaign.sources["lineage"], on="source").groupby("actor")["lineage"].agg(set)
    if named.empty:
        return UNKNOWN
    return Finding(set(named.index) == set(COMMITTEE_LEADERS) and len(set.union(*named)) > 1)


def two_men_are_called_qushbegi_in_the_same_days(campaign: Campaign) -> Finding:
    """Usman-bek and Nizamuddin are both called qushbegi in March 1918, by different families of sources."""
    claims = campaign.claims
    of_both = claims[claims["actor"].isin(["usmanbek", "nizamuddin"])]
    called = of_both["value"].str.contains("qushbegi", case=False, na=False)
    said = of_both[called & ~of_both["value"].str.contains("1920", na=False)]
    if said.empty:
        return UNKNOWN
    lineages = campaign.sources["lineage"]
    by = said.groupby("actor")["source"].agg(lambda sources: set(lineages[sources]))
    return Finding({"usmanbek", "nizamuddin"} <= set(by.index) and by["usmanbek"] != by["nizamuddin"])


def kishishev_is_known_from_one_memoir(campaign: Campaign) -> Finding:
    """One text by someone who was there describes Kishishev, encyclopaedias make him a commander, one spells him so."""
    claims = campaign.claims[campaign.claims["actor"] == "kishishev"].join(
        campaign.sources[["participant", "kind"]], on="source"
    )
    if claims.empty:
        return UNKNOWN
    witnesses = claims.loc[claims["participant"], "source"].nunique()
    listed = claims[claims["kind"] == "encyclopaedia"]
    commander = listed.loc[listed["attribute"] == "role", "value"].str.contains("commander", na=False).any()
    return Finding(witnesses == 1 and bool(commander and (listed["value"] == "Kishiyev").any()))
