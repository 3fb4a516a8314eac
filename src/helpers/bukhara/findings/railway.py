"""Findings of the chapter on the railway."""

from __future__ import annotations

from helpers.bukhara.railway import length
from helpers.bukhara.railway.legs import ATTACK, days_of, legs, peace
from helpers.bukhara.railway.reported_distances import compared, taken_up
from helpers.bukhara.railway.time import hours, notice, relief_days, speed
from helpers.findings.model import UNKNOWN, Finding
from helpers.record import Campaign
from helpers.record.wording import day, number

TASHKENT, KAGAN, KERMINE, SAMARKAND = "tashkent", "kagan", "kermine_station", "samarkand_station"
#: From the first train back to the meeting of the columns.
RETREAT = ("retreat_begins", "relief_departs", "relief_station_battle", "relief_reaches_kermine", "columns_meet")


def tashkent_was_a_day_away(campaign: Campaign) -> Finding:
    """At the reported speed a train needed less than a day from Tashkent to Kagan, and less than two at half of it."""
    km, time = length(campaign, TASHKENT, KAGAN), hours(campaign, TASHKENT, KAGAN)
    if km is None or time is None:
        return UNKNOWN
    values = {
        "tashkent-km": number(km),
        "tashkent-hours": number(time),
        "tashkent-half": number(2 * time),
        "mph": number(speed(campaign).with_stops / 1.609344, digits=1),
        "kmh": number(speed(campaign).with_stops),
    }
    return Finding(time < 24 and 2 * time < 48, values)


def a_company_came_from_samarkand_overnight(campaign: Campaign) -> Finding:
    """The company asked for in April 1917 arrived a day after the asking at the latest, as the speed would have it."""
    told, time = legs(campaign), hours(campaign, SAMARKAND, KAGAN)
    if "company_1917-1" not in told.index or time is None:
        return UNKNOWN
    leg = told.loc["company_1917-1"]
    days = (leg["arrive_latest"] - leg["depart_earliest"]).days
    values = {"asked": day(leg["depart_earliest"]), "samarkand-hours": number(round(time), words=True)}
    return Finding(days <= 1 and time < 24, values)


def five_days_were_enough_for_the_trains(campaign: Campaign) -> Finding:
    """Within the notice a train could come from Tashkent at a walking pace, or go there and back at the old speed."""
    found = notice(campaign)
    if found is None:
        return UNKNOWN
    values = {
        "notice": number(found.days, words=True),
        "round-trips": {1: "once", 2: "twice"}.get(found.round_trips, f"{found.round_trips} times"),
        "walking": number(round(found.enough), words=True),
    }
    return Finding(found.enough < 6 and found.round_trips >= 1, values)


def kermine_to_karakul_is_more_than_a_hundred_odd(campaign: Campaign) -> Finding:
    """The line between the two places is at least a third longer than the versts told, at its very least."""
    found = taken_up(campaign)
    if found is None:
        return UNKNOWN
    values = {
        "told": number(found.told),
        "between": number(found.between),
        "least": number(found.least),
    }
    return Finding(found.least / found.told > 4 / 3, values)


def both_numbers_of_kuts_are_short(campaign: Campaign) -> Finding:
    """Kuts's versts to Chardzhui and to Samarkand are both too few, and the second is still twice the first."""
    told = compared(campaign)
    told = told[(told["source"] == "kuts") & told["line"].notna()]
    if len(told) < 2:
        return UNKNOWN
    near, far = told.sort_values("km")["line"]
    short = [100 * (1 - share) for share in sorted(told["share"], reverse=True)]
    values = {"kuts-short": f"{number(short[0])} and {number(short[1])}", "ways": number(far / near, digits=1)}
    return Finding(bool((told["share"] < 1).all() and 1.5 < far / near < 2.5), values)


def kolesov_came_a_sixth_of_the_way(campaign: Campaign) -> Finding:
    """From Kagan to where the columns met is less than a fifth of the way to Tashkent."""
    whole, back = length(campaign, TASHKENT, KAGAN), length(campaign, KAGAN, KERMINE)
    claims = campaign.claims
    where = claims[(claims["event"] == "columns_meet") & (claims["attribute"] == "place")]
    if whole is None or back is None or where.empty:
        return UNKNOWN
    values = {"back": number(back), "whole": number(whole), "share": number(100 * back / whole)}
    return Finding(back / whole < 0.2, values)


def no_source_gives_a_day_for_the_retreat(campaign: Campaign) -> Finding:
    """Whoever says when the retreat, the relief or their meeting was, says it by other events and never by a day."""
    claims = campaign.claims
    told = claims[claims["event"].isin(RETREAT) & (claims["attribute"] == "date")]
    if told.empty:
        return UNKNOWN
    return Finding(bool(told[["earliest", "latest"]].isna().all(axis=None)))


def the_trains_fit_either_day_count(campaign: Campaign) -> Finding:
    """From the attack to the peace there is more time than the relief needed, on both day-counts."""
    last, needed = peace(campaign), relief_days(campaign)
    attacks = [days_of(campaign, ATTACK, count=count) for count in ("early", "late")]
    if last is None or needed is None or None in attacks or "relief_departs" not in campaign.events.index:
        return UNKNOWN
    early, late = ((last - first).days for first, _ in attacks)
    values = {
        "days-early": number(early),
        "days-late": number(late, words=True),
        "days-needed": number(needed, words=True),
    }
    return Finding(min(early, late) > needed, values)
