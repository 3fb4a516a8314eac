"""Findings of the chapter on the dead."""

from __future__ import annotations

from helpers.bukhara import losses
from helpers.findings.model import UNKNOWN, Finding
from helpers.record import Campaign, accepted
from helpers.record.wording import at_least, number

SETTLEMENTS, ALL, KARSHI, KARSHI_ALL = (
    "settlements_dead",
    "all_killings_dead",
    "karshi_dead_per_day",
    "karshi_dead_total",
)
SOLDIERS = ("emirate_losses_campaign", "soviet_losses_campaign", "emirate_losses_first_battle", "chardzhui_losses")


def no_group_is_counted_twice(campaign: Campaign) -> Finding:
    """Of most groups of the dead nobody gives a number, and of none two families of texts do."""
    found = losses.counted(campaign)
    if found.empty or not found["numbers"].any():
        return UNKNOWN
    values = {
        "groups": number(len(found), words=True),
        "groups-counted": number(int((found["numbers"] > 0).sum()), words=True),
    }
    return Finding(bool((found["numbers"] < 2).all() and (found["numbers"] > 0).mean() < 0.5), values)


def the_one_total_is_probably_a_number_for_others(campaign: Campaign) -> Finding:
    """The only number asserted for all the killed is, to within a tenth, the least Khodzhaev gives for one group."""
    claims = losses.counts(campaign).join(campaign.claims["stance"])
    total = claims[(claims["force"] == ALL) & (claims["stance"] == "asserts") & claims["best"].notna()]
    part = claims[(claims["force"] == SETTLEMENTS) & claims["low"].notna()]
    if total.empty or part.empty:
        return UNKNOWN
    whole, least = float(total["best"].iloc[0]), float(part["low"].iloc[0])
    values = {"total-said": number(whole), "settlements-least": at_least(least)}
    return Finding(len(total) == 1 and abs(whole / least - 1) < 0.1, values)


def a_rate_gives_no_total(campaign: Campaign) -> Finding:
    """For Karshi there is a number a day, and of all the days together none."""
    claims = losses.counts(campaign)
    rate, total = claims[claims["force"] == KARSHI], claims[claims["force"] == KARSHI_ALL]
    if rate["best"].isna().all() or total.empty:
        return UNKNOWN
    values = {"karshi-day": number(rate["best"].iloc[0])}
    return Finding(bool(total[["low", "best", "high"]].isna().all(axis=None)), values)


def nobody_counted_the_soldiers(campaign: Campaign) -> Finding:
    """Texts speak of the dead of the fighting on either side, and none gives a number."""
    claims = losses.counts(campaign)
    told = claims[claims["force"].isin(SOLDIERS)]
    if told["force"].nunique() < 2:
        return UNKNOWN
    return Finding(bool(told[["low", "best", "high"]].isna().all(axis=None)))


def every_hanged_name_is_in_one_book(campaign: Campaign) -> Finding:
    """All the people hanged whose names are known are known from one family of texts."""
    claims = campaign.claims
    victims = campaign.participants.query("event in ['rekhana_hangings', 'sobitov_boys_hanged'] and role == 'victim'")
    told = claims[claims["actor"].isin(victims["actor"]) & (claims["attribute"] == "died")]
    if told.empty:
        return UNKNOWN
    families = told.join(campaign.sources["lineage"], on="source")["lineage"].nunique()
    return Finding(families == 1, {"hanged-named": number(told["actor"].nunique(), words=True)})


def most_texts_lay_the_killing_on_the_emir(campaign: Campaign) -> Finding:
    """Who killed the delegates: more families of texts name the emir than do not."""
    claims = campaign.claims
    told = claims[(claims["event"] == "delegates_killed") & (claims["attribute"] == "responsibility")]
    told = told.join(campaign.sources["lineage"], on="source").drop_duplicates("lineage")
    if len(told) < 2:
        return UNKNOWN
    emir = int(told["value"].str.match(r"the emir\b(?!'s)").sum())
    values = {"killers": number(len(told), words=True), "killers-emir": number(emir, words=True)}
    return Finding(2 * emir > len(told), values)


def the_delegation_is_counted_in_two_ways(campaign: Campaign) -> Finding:
    """Two families of texts have one number for the delegation, a third has a larger one."""
    claims = campaign.claims[campaign.claims["force"] == "delegation_size"]
    sizes = claims.join(campaign.sources["lineage"], on="source").groupby("best")["lineage"].nunique()
    if len(sizes) < 2:
        return UNKNOWN
    values = {"delegation": number(sizes.index.min()), "delegation-becker": number(sizes.index.max())}
    return Finding(bool(sizes.iloc[0] > sizes.iloc[-1]), values)


def terror_before_or_after_the_peace(campaign: Campaign) -> Finding:
    """Ayni has the killing in the Ark begin before the courtier whom Khalid quotes has it begin."""
    told = accepted(campaign.claims).query("event == 'ark_executions' and attribute == 'date'")
    begins = told.groupby("source")["earliest"].min().dropna()
    if not {"ayni1920", "khalid2015"} <= set(begins.index):
        return UNKNOWN
    return Finding(bool(begins["ayni1920"] < begins["khalid2015"]))
