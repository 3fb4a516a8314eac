"""What the chapter on the calendar concludes, recomputed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from helpers import calendars
from helpers.bukhara.daycount import DIFFERENCE, statements, ultimatum_weekday
from helpers.bukhara.daycount.constraints import FIVE, SLACK, constraints, day_text
from helpers.bukhara.daycount.grid import COUNTS, count_of, fewest_to_level, summary, without_each
from helpers.findings.model import UNKNOWN, Finding
from helpers.record import Campaign
from helpers.record.wording import number

MANIFESTO = ("khodzhaev1926", "second_manifesto")
ULTIMATUM = ("becker1968", "ultimatum_sent")
PEACE = ("shirokorad", "kyzyl_tepe_agreement")
ACTION = ("togan1942", "campaign")


def hijri_days_fit_new_style(campaign: Campaign) -> Finding:
    """Whether every Hijri date beside a day of March 1918 fits New Style and none fits Old Style."""
    found = {one.key: one for one in constraints(campaign)}
    tests = [found[key] for key in ("hijri_khodzhaev", "hijri_ayni") if key in found]
    if not tests:
        return UNKNOWN
    new, old = ([one.needs[key,] for one in tests] for key in ("NS", "OS"))
    fit_new, fit_old = (sum(off <= SLACK["hijri"] for off in offs) for offs in (new, old))
    values = {
        "equations": number(len(tests), words=True),
        "equations-new": _fit(fit_new, len(tests)),
        "equations-old": _fit(fit_old, len(tests)),
        "equations-off": number(min(old)),
    }
    return Finding(fit_new == len(tests) and not fit_old, values)


def _fit(few: int, all_: int) -> str:
    """How many of some things fit, with its verb."""
    if few == all_:
        return "both fit" if all_ == 2 else "all fit"
    return "none fits" if not few else f"{number(few, words=True)} {'fits' if few == 1 else 'fit'}"


def a_looser_moon_changes_nothing(campaign: Campaign) -> Finding:
    """Whether each count rejects as many statements if a Hijri day may be two days or a week out as if one."""
    found = constraints(campaign)
    if not any(one.slack == "hijri" for one in found):
        return UNKNOWN
    paid = [tuple(summary(found, slack={**SLACK, "hijri": days})[c] for c in COUNTS) for days in (1, 2, 7)]
    return Finding(len(set(paid)) == 1 and None not in paid[0])


def weekday_fits_new_style(campaign: Campaign) -> Finding:
    """Whether the day before the manifesto is the ultimatum's weekday in New Style, and not in Old Style."""
    said, stated = statements(campaign), ultimatum_weekday(campaign)
    if MANIFESTO not in said or stated is None:
        return UNKNOWN
    eve = said[MANIFESTO].first - timedelta(1)
    new, old = calendars.weekday(eve), calendars.weekday(eve + timedelta(DIFFERENCE))
    values = {"eve-stated": stated[1], "eve-new": new, "eve-old": old}
    return Finding(new == stated[1] and old != stated[1], values)


def early_count_costs_less(campaign: Campaign) -> Finding:
    """Whether the battle on the earlier day asks to reject fewer statements than on the later."""
    found = constraints(campaign)
    told = summary(found)
    if told["early"] is None or told["late"] is None:
        return UNKNOWN
    values = {
        "combinations": number(told["combinations"]),
        "ordered": number(told["ordered"]),
        "compatible": "none" if not told["compatible"] else number(told["compatible"]),
        "witnesses": number(sum(one.kind == "witness" for one in found), words=True),
        "price-early": number(told["early"], words=True),
        "price-late": number(told["late"], words=True),
    }
    return Finding(told["early"] < told["late"], values)


def early_count_survives_each_text(campaign: Campaign) -> Finding:
    """Whether the earlier day costs less whichever one text is left out."""
    left = without_each(campaign)
    if left.empty or left[["early", "late"]].isna().any(axis=None):
        return UNKNOWN
    values = {
        "worst-early": number(left["early"].max(), words=True),
        "best-late": number(left["late"].min(), words=True),
    }
    return Finding(bool((left["early"] < left["late"]).all()), values)


def the_verdict_leans_on_the_moon(campaign: Campaign) -> Finding:
    """Whether the earlier day costs less without the weekday, and no less without the Hijri dates."""
    found = constraints(campaign)
    weekless = summary([one for one in found if one.key != "weekday"])
    moonless = summary([one for one in found if one.slack != "hijri"])
    named = (("weekless", weekless), ("moonless", moonless))
    paid = {f"{name}-{count}": price[count] for name, price in named for count in COUNTS}
    if None in paid.values() or not {"weekday", "hijri_khodzhaev", "hijri_ayni"} <= {one.key for one in found}:
        return UNKNOWN
    leans = weekless["early"] < weekless["late"] and moonless["early"] >= moonless["late"]
    return Finding(leans, {name: number(price, words=True) for name, price in paid.items()})


def five_days_fit_only_the_late_count(campaign: Campaign) -> Finding:
    """Whether five days' notice given early in March fits the later day and not the earlier."""
    found = {one.key: one for one in constraints(campaign)}
    said = statements(campaign)
    if "five_days" not in found or MANIFESTO not in said:
        return UNKNOWN
    test = found["five_days"]
    fits = {count: [] for count in (*COUNTS, None)}
    for keys, need in test.needs.items():
        fits[count_of(dict(zip(test.sources, keys, strict=True)))].append(need is not None)
    early = said[MANIFESTO].first - timedelta(FIVE)
    values = {"notice-early": day_text(early), "notice-late": day_text(early + timedelta(DIFFERENCE))}
    return Finding(any(fits["late"]) and not any(fits["early"]), values)


def becker_stands_thirteen_days_later(campaign: Campaign) -> Finding:
    """Whether Becker's ultimatum stands as many days after Khodzhaev's as Old Style was behind New Style."""
    said = statements(campaign)
    if MANIFESTO not in said or ULTIMATUM not in said:
        return UNKNOWN
    gap = (said[ULTIMATUM].first - (said[MANIFESTO].first - timedelta(1))).days
    return Finding(gap == DIFFERENCE, {"becker-gap": number(gap)})


def kokand_days_are_one_day(campaign: Campaign) -> Finding:
    """Whether the attack on Kokand is printed on two days as far apart as Old Style was behind New Style."""
    said = statements(campaign)
    new, old = (said.get((source, "kokand_autonomy_crushed")) for source in ("alekseenkov1931", "doclecture_kokand"))
    if new is None or old is None:
        return UNKNOWN
    gap = (new.first - old.first).days
    values = {"kokand-new": day_text(new.first), "kokand-old": day_text(old.first), "kokand-gap": number(gap)}
    return Finding(gap == DIFFERENCE, values)


def kuts_marched_before_kokand_fell(campaign: Campaign) -> Finding:
    """Whether Kuts's unit leaves for Kokand before the attack there if he wrote New Style, and too late if Old."""
    said, found = statements(campaign), {one.key: one for one in constraints(campaign)}
    if "kuts_kokand" not in found or ("doclecture_kokand", "kokand_autonomy_crushed") not in said:
        return UNKNOWN
    # That Alekseenkov's day of the attack is New Style follows from the text that prints its Old Style equal.
    march, attack = (
        said["kuts", "kuts_leaves_for_fergana"].first,
        said["alekseenkov1931", "kokand_autonomy_crushed"].first,
    )
    later = march + timedelta(DIFFERENCE)
    values = {
        "kuts-march": day_text(march),
        "kuts-march-old": day_text(later),
        "kuts-ahead": number((attack - march).days, words=True),
        "kuts-behind": number((later - attack).days, words=True),
    }
    needs = found["kuts_kokand"].needs
    return Finding(march <= attack and needs["NS", "NS"] == 0 and needs["OS", "NS"] is None, values)


def day_words(campaign: Campaign) -> Mapping[str, str]:
    """Return the days of both counts, as the prose of the chapter puts them in.

    Raises
    ------
    KeyError
        If Khodzhaev, Togan or the text that dates the peace is not in the campaign.
    """
    said = statements(campaign)
    manifesto, peace = said[MANIFESTO].first, said[PEACE].first
    ultimatum, later = manifesto - timedelta(1), timedelta(DIFFERENCE)
    end = said[ACTION].last
    return {
        "difference": number(DIFFERENCE),
        "ultimatum-early": day_text(ultimatum),
        "ultimatum-late": day_text(ultimatum + later),
        "battle-early": day_text(manifesto),
        "battle-late": day_text(manifesto + later),
        "peace-day": day_text(peace),
        "peace-late": day_text(peace + later),
        "length-early": number((peace - ultimatum).days),
        "length-late": number((peace - ultimatum - later).days),
        "togan-end": day_text(end),
        "togan-end-late": day_text(end + later),
    }


def levelling(campaign: Campaign, *, hijri: int = 1, evening: int = 0) -> str:
    """Return the short names of the fewest texts without which the later count costs no more, in words."""
    names = fewest_to_level(campaign, slack={"hijri": hijri, "evening": evening, "": 0})
    labels = [campaign.sources["label"].get(name, name) for name in names or ()]
    return " and ".join([", ".join(labels[:-1]), labels[-1]]) if len(labels) > 1 else "".join(labels)
