"""Findings of the chapter on the order of the campaign."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import wraps

from helpers.bukhara.chronology import campaign_events, chronology, day_claims, pairs, resting_on, turned
from helpers.bukhara.chronology.lanes import FLOATING
from helpers.bukhara.daycount import DIFFERENCE
from helpers.bukhara.daycount.constraints import day_text
from helpers.bukhara.daycount.table import span_text
from helpers.dating import Interval
from helpers.findings.model import UNKNOWN, Finding
from helpers.record import Campaign
from helpers.record.wording import number

OPENING = (
    "ultimatum_sent", "first_battle", "second_manifesto", "delegation_sent", "delegates_seized", "delegates_killed",
)  # fmt: skip
CELLAR, PEACE, RETREAT = "cellar_opened", "kyzyl_tepe_agreement", "retreat_begins"
ARRESTS, DEATHS, AYNI = "emir_orders_arrests", "delegates_killed", "ayni1920"
#: Events without a day that lie between the death of the delegates and the peace.
UNDATED = tuple(e for part in ("The fighting", "The retreat", "The relief") for e in FLOATING[part])


def _if_ordered(test: Callable[[Campaign], Finding]) -> Callable[[Campaign], Finding]:
    """Where the days that are left contradict the order, or an event is gone, nothing can be concluded."""

    @wraps(test)
    def asked(campaign: Campaign) -> Finding:
        try:
            return test(campaign)
        except (KeyError, ValueError):
            return UNKNOWN

    return asked


@_if_ordered
def the_opening_has_its_days(campaign: Campaign) -> Finding:
    """Whether each step from the letter to the death of the delegates is known to two days or better."""
    days = chronology(campaign).intervals
    steps = [days[event] for event in OPENING]
    values = {"opening-days": number(steps[-1].last - steps[0].first, words=True)}
    return Finding(all(step.days is not None and step.days <= 2 for step in steps), values)


def no_text_dates_the_retreat(campaign: Campaign) -> Finding:
    """Whether no claim, nor our reading, gives a day to the fighting after the pause, the retreat or the relief."""
    there = set(UNDATED) & set(campaign_events(campaign))
    if len(there) < len(UNDATED):
        return UNKNOWN
    ours = campaign.events.loc[sorted(there), "date_edtf"].notna().any()
    return Finding(not ours and not there & set(day_claims(campaign)["event"]), {"undated": number(len(there))})


@_if_ordered
def the_trains_left_on_one_of_many_days(campaign: Campaign) -> Finding:
    """Whether the later count leaves the trains fewer than half the days that the earlier leaves them."""
    early, late = (chronology(campaign, count).intervals[RETREAT] for count in ("early", "late"))
    values = {
        "window-early": number(early.days),
        "window-late": number(late.days, words=True),
        "retreat": _text(early),
        "retreat-late": _text(late),
    }
    return Finding(late.days * 2 < early.days, values)


@_if_ordered
def one_order_turns_round(campaign: Campaign) -> Finding:
    """Whether the only certain order that the later count upsets is that of the cellar and the peace."""
    changes = turned(campaign)
    gained = pairs(campaign).query("early == 'open' and late != 'open'")
    holds = [(c.earlier, c.later, c.becomes) for c in changes] == [(CELLAR, PEACE, "reversed")]
    early, late = (chronology(campaign, count).intervals[CELLAR] for count in ("early", "late"))
    values = {
        "turned": number(len(changes), words=True),
        "gained": number(len(gained)),
        "cellar": _text(early),
        "cellar-late": _text(late),
    }
    return Finding(holds, values)


@_if_ordered
def more_orders_are_open_than_fixed(campaign: Campaign) -> Finding:
    """Whether of more than half the pairs of events no source fixes which came first."""
    found = pairs(campaign)
    open_ = int((found["early"] == "open").sum())
    values = {
        "events": number(len(campaign_events(campaign))),
        "pairs": number(len(found)),
        "fixed": number(len(found) - open_),
        "open": number(open_),
    }
    return Finding(open_ * 2 > len(found), values)


@_if_ordered
def the_arrests_hang_on_ayni(campaign: Campaign) -> Finding:
    """Whether the arrests come before the death of the delegates, and after it if Ayni alone wrote Old Style."""
    changes = resting_on(campaign, AYNI)
    upset = {(change.earlier, change.later): change.becomes for change in changes}
    return Finding(upset.get((ARRESTS, DEATHS)) == "reversed", {"ayni-orders": number(len(changes))})


@_if_ordered
def two_texts_put_the_killing_on_two_sides_of_the_peace(campaign: Campaign) -> Finding:
    """Whether one text has the killing in the Ark begin before the peace and another after it."""
    claims = campaign.claims[(campaign.claims["event"] == "ark_executions") & (campaign.claims["attribute"] == "date")]
    peace = chronology(campaign).intervals[PEACE].earliest
    begins = claims["earliest"].dropna().dt.date
    if begins.empty or peace is None:
        return UNKNOWN
    return Finding(bool((begins < peace).any() and (begins >= peace).any()))


def day_words(campaign: Campaign) -> Mapping[str, str]:
    """Return the days of the story as the prose puts them in.

    Raises
    ------
    KeyError, ValueError
        If an event or a claim of the story is not in the campaign, or has no day.
    """
    days = chronology(campaign).intervals
    named = {
        "kokand": "kokand_autonomy_crushed",
        "kuts-back": "kuts_returns_samarkand",
        "arrival": "kolesov_arrives_new_bukhara",
        "ultimatum": "ultimatum_sent",
        "battle": "first_battle",
        "delegation": "delegation_sent",
        "deaths": DEATHS,
        "outside": "reformers_killed_outside_city",
        "prisons": "prisons_full",
        "boys": "sobitov_boys_hanged",
        "peace": PEACE,
    }
    cut_off = campaign.claims.loc["kagan_cut_off-date-becker1968", "latest"].date()
    affair = campaign.claims.loc["delegates_killed-date-tajenc-2", "latest"].date()
    relief = days["columns_meet"].last - days["relief_ordered"].last
    return {
        **{name: _text(days[event]) for name, event in named.items()},
        "cut-off-becker": day_text(cut_off),
        "cut-off-ours": day_text(cut_off - timedelta(DIFFERENCE)),
        "affair-end": day_text(affair),
        "relief-days": number(relief, words=True),
        "relief-latest": day_text(days["relief_ordered"].latest),
    }


def _text(days: Interval) -> str:
    if days.earliest is None or days.latest is None:
        raise ValueError(f"the days {days} are open: the prose cannot name them")
    return span_text(days.earliest, days.latest)
