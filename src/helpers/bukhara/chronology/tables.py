"""Tables of the chronology for the page: days and what each source says of them; open questions."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from helpers import calendars
from helpers.bukhara.chronology import chronology, day_claims, moves, pairs
from helpers.bukhara.daycount import DIFFERENCE
from helpers.dating import Interval
from helpers.record import Campaign, wording

NEW_STYLE_SOURCES = ("becker1968", "kuts")
"""Texts whose days stand on either count: Becker's by his practice, Kuts's by `bukhara.chronology.NEW_STYLE`."""


def days(campaign: Campaign) -> pd.DataFrame:
    """Return what each source says of each day, the days as the book reads them.

    Returns
    -------
    pandas.DataFrame
        One row a claim, by day: ``day`` and ``weekday`` (New Style), ``other`` (the day by the late count, empty
        where it is the same), ``source`` (label), ``event`` (title), ``says`` and ``written`` (as the text
        prints the day, empty where the day was counted from another).
    """
    claims = day_claims(campaign).sort_values(["earliest", "latest", "event", "source"])
    rows = []
    for claim in claims.itertuples():
        first, last = claim.earliest.date(), claim.latest.date()
        stays = claim.source in NEW_STYLE_SOURCES
        moved = moves(first, campaign.events["phase"][claim.event]) and not stays
        ahead = pd.Timedelta(days=DIFFERENCE if moved else 0)
        rows.append(
            {"day": wording.days(first, last).removesuffix(" 1918")}
            | {"weekday": calendars.weekday(first) if first == last else ""}
            | {"other": wording.days(first + ahead, last + ahead).removesuffix(" 1918") if moved else ""}
            | {"source": campaign.sources["label"][claim.source], "event": campaign.events["title"][claim.event]}
            | {"says": claim.value, "written": "" if pd.isna(claim.date_as_written) else claim.date_as_written}
        )
    return pd.DataFrame(rows)


#: Events between which the figure of orders is drawn, and their names in it.
KEY_EVENTS: Mapping[str, str] = MappingProxyType(
    {
        "morozov_leaves_samarkand": "Morozov leaves Samarkand",
        "kolesov_arrives_new_bukhara": "Kolesov arrives",
        "ultimatum_sent": "ultimatum",
        "first_battle": "first battle",
        "second_manifesto": "the emir signs",
        "emir_orders_arrests": "arrests ordered",
        "carriage_talks": "talks in the carriage",
        "flight_to_ark": "the emir to the Ark",
        "kagan_cut_off": "New Bukhara cut off",
        "delegation_sent": "delegation sent",
        "delegates_killed": "delegates killed",
        "prisons_full": "prisons full",
        "sobitov_boys_hanged": "Sobitov boys hanged",
        "cellar_opened": "cellar opened",
        "railway_destroyed": "track taken up",
        "relief_ordered": "relief ordered",
        "mass_attack_on_kagan": "mass attack",
        "old_bukhara_shelled": "city shelled",
        "decision_to_retreat": "decision to retreat",
        "retreat_begins": "trains leave",
        "relief_reaches_kermine": "relief at Kermine",
        "columns_meet": "columns meet",
        "kyzyl_tepe_agreement": "peace of Kyzyl-Tepe",
    }
)


def key_pairs(campaign: Campaign, *, only: Collection[str] | None = None) -> pd.DataFrame:
    """Return the rows of `bukhara.chronology.pairs`, of which `only` is, in which both events are key events."""
    found = pairs(campaign, only=only)
    keys = list(KEY_EVENTS)
    return found[found["first"].isin(keys) & found["second"].isin(keys)].reset_index(drop=True)


@dataclass(frozen=True)
class Question:
    """Two events of which no source fixes which came first."""

    text: str
    first: str
    second: str


QUESTIONS = (
    Question("Was the order for the arrests given before the battle, or after?", "emir_orders_arrests", "first_battle"),
    Question("Did the emir sign before the talks in the carriage, or after?", "second_manifesto", "carriage_talks"),
    Question("Was New Bukhara cut off when the delegation set out?", "kagan_cut_off", "delegation_sent"),
    Question("Was the track taken up before the delegates died, or after?", "railway_destroyed", "delegates_killed"),
    Question("Was the city shelled before the mass attack, or after?", "old_bukhara_shelled", "mass_attack_on_kagan"),
    Question("Was the relief ordered before Kolesov gave up, or after?", "relief_ordered", "decision_to_retreat"),
    Question("Had the relief left Tashkent when the trains left New Bukhara?", "relief_departs", "retreat_begins"),
    Question("Had the trains left when the Sobitov boys were hanged?", "retreat_begins", "sobitov_boys_hanged"),
    Question("Are the last fight and the meeting of the columns of one day?", "last_fight_junction", "columns_meet"),
    Question("Did the emir's letter go out before the columns met, or after?", "emir_reply_letter", "columns_meet"),
    Question("Was it before the peace that people were killed at Karshi, or after?",
             "karshi_killings", "kyzyl_tepe_agreement"),
)  # fmt: skip


def questions(campaign: Campaign) -> pd.DataFrame:
    """Return the open questions with the days that each of the two events can have had.

    Returns
    -------
    pandas.DataFrame
        Columns ``question``, ``first``, ``first_days``, ``second``, ``second_days`` (titles; days in words).
    """
    found = chronology(campaign).intervals
    titles = campaign.events["title"]
    rows = [
        {"question": one.text, "first": titles[one.first], "first_days": interval_text(found[one.first])}
        | {"second": titles[one.second], "second_days": interval_text(found[one.second])}
        for one in QUESTIONS
    ]
    return pd.DataFrame(rows)


def interval_text(days: Interval) -> str:
    """Write an interval of 1918: ``2–5 March``, ``not before 2 March``."""
    if days.earliest is None or days.latest is None:
        known, word = (days.earliest, "not before") if days.latest is None else (days.latest, "not after")
        return "unknown" if known is None else f"{word} {wording.day(known).removesuffix(' 1918')}"
    return wording.days(days.earliest, days.latest).removesuffix(" 1918")
