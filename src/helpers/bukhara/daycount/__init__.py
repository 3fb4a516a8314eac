"""What the texts print of the days of March 1918, and the ways in which each can be read.

A text that prints a day without naming its calendar leaves a choice: New Style as printed, or Old Style and
so 13 days later. Becker gives New Style; the choice there is whether his days stand, or were converted from
days that were New Style already and so stand 13 days too late. `helpers.bukhara.daycount.constraints` says what the
choices must satisfy together, `helpers.bukhara.daycount.grid` tries all of them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

import pandas as pd

from helpers import calendars
from helpers.record import Campaign, accepted
from helpers.record.cached import cached

_SWITCH = (1918, 2, 14)  # first day the Soviet civil calendar counted New Style
DIFFERENCE = 13
"""Days that Old Style was behind New Style in 1918."""


@dataclass(frozen=True)
class Choice:
    """One way to read the days a text prints, and the days it moves them by."""

    key: str
    label: str
    shift: int


CHOICES = (Choice("NS", "New Style", 0), Choice("OS", "Old Style", DIFFERENCE))
BECKER = (
    Choice("NS", "New Style, as he gives them", 0),
    Choice("moved", "converted once too often", -DIFFERENCE),
)

#: Event by which a text dates the first battle, and the days from the one to the other. Becker dates the
#: ultimatum and has the advance on the next day; Khodzhaev has the manifesto signed on the day of the battle.
BATTLE: Mapping[str, tuple[str, int]] = MappingProxyType(
    {
        "khodzhaev1926": ("second_manifesto", 0),
        "ayni1920": ("first_battle", 0),
        "tajenc": ("first_battle", 0),
        "togan1942": ("campaign", 0),
        "becker1968": ("ultimatum_sent", 1),
    }
)
#: Further dated statements that bear on the count, by text.
OTHERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "ayni1920": ("ark_executions",),
        "togan1942": ("manifesto_april_1917",),
        "ozme_kolesov": ("kolesov_arrives_new_bukhara",),
        "kuts": ("morozov_leaves_samarkand", "kuts_leaves_for_fergana"),
        "alekseenkov1931": ("kokand_autonomy_crushed",),
        "doclecture_kokand": ("kokand_autonomy_crushed",),
        "shirokorad": ("kyzyl_tepe_agreement",),
        "wikipedia_en": ("five_days_announced",),
    }
)

Key = tuple[str, str]
Shifts = Mapping[str, int]


@dataclass(frozen=True)
class Statement:
    """A day or days that a text prints, as they would stand if it wrote New Style."""

    claim: str
    source: str
    event: str
    first: date
    last: date
    written: str
    hijri: calendars.Day | None = None


Said = Mapping[Key, Statement]


def choices(source: str) -> tuple[Choice, ...]:
    """Return the two ways to read the days of a text."""
    return BECKER if source == "becker1968" else CHOICES


def statements(campaign: Campaign, *, without: Collection[str] = ()) -> dict[Key, Statement]:
    """Return the dated statements that bear on the count, by text and event.

    Where a text dates an event twice, a claim with a Hijri day goes before one without, then the narrower
    before the wider. Texts in `without` are left out.

    >>> said = statements(campaign)
    >>> said["doclecture_kokand", "kokand_autonomy_crushed"].first.isoformat()
    '1918-02-06'
    """
    return {key: said for key, said in _statements(campaign).items() if said.source not in without}


@cached
def _statements(campaign: Campaign) -> dict[Key, Statement]:
    wanted = [(source, event) for source, (event, _) in BATTLE.items()]
    wanted += [(source, event) for source, events in OTHERS.items() for event in events]
    claims = accepted(campaign.claims[_STATED])
    claims = claims[claims["source"].isin({source for source, _ in wanted}) & claims["event"].notna()]
    claims = claims[claims["earliest"].notna() & claims["latest"].notna()]
    claims = claims.assign(width=claims["latest"] - claims["earliest"], bare=claims["hijri_stated"].isna())
    claims = claims.sort_values(["bare", "width"], kind="stable").drop_duplicates(["source", "event"])
    found = {(row.source, row.event): row for row in claims.reset_index().itertuples()}
    return {key: _statement(found[key]) for key in wanted if key in found}


_STATED = ["source", "event", "rank", "earliest", "latest", "calendar_assumed", "hijri_stated", "date_as_written"]


def _statement(row) -> Statement:
    ahead = timedelta(DIFFERENCE if row.calendar_assumed == "OS" else 0)
    first, last = (day.date() - ahead for day in (row.earliest, row.latest))
    hijri = hijri_day(row.hijri_stated)
    return Statement(row.id, row.source, row.event, first, last, row.date_as_written, hijri)


def hijri_day(text: object) -> calendars.Day | None:
    """Return year, month and day of a cell of ``claims.hijri_stated``; None for an empty one."""
    return None if pd.isna(text) else tuple(map(int, text.split("-")))


def ultimatum_weekday(campaign: Campaign, *, without: Collection[str] = ()) -> tuple[str, str] | None:
    """Return the text that puts the ultimatum on a weekday, and the weekday; None if no text left does."""
    return next((said for said in _ultimatum_weekdays(campaign) if said[0] not in without), None)


@cached
def _ultimatum_weekdays(campaign: Campaign) -> tuple[tuple[str, str], ...]:
    claims = campaign.claims[["event", "source", "weekday_stated"]]
    found = claims[(claims["event"] == "ultimatum_sent") & claims["weekday_stated"].notna()]
    return tuple(zip(found["source"].tolist(), found["weekday_stated"].tolist(), strict=True))


def battle_texts(said: Said) -> tuple[str, ...]:
    """Return the texts that date the first battle."""
    return tuple(source for source, (event, _) in BATTLE.items() if (source, event) in said)


def battle_days(said: Said, texts: Sequence[str], shifts: Shifts) -> list[date]:
    """Return the New Style day on which each text has the first battle, its days moved by `shifts`."""
    return [said[s, BATTLE[s][0]].first + timedelta(BATTLE[s][1] + shifts[s]) for s in texts]


def soviet_civil(year: int, month: int, day: int) -> date:
    """The New Style date of a day in the Soviet civil calendar.

    31 January 1918 Old Style was followed by 14 February 1918 New Style: Julian before, Gregorian after.
    It is the calendar of the decree; whether a writer in Turkestan followed it, the evidence must say.

    Raises
    ------
    ValueError
        For 1-13 February 1918, which that calendar skipped, and for days in neither calendar.

    >>> soviet_civil(1918, 1, 31).isoformat(), soviet_civil(1918, 2, 14).isoformat()
    ('1918-02-13', '1918-02-14')
    """
    if (1918, 2, 1) <= (year, month, day) < _SWITCH:
        raise ValueError(
            f"{day} February 1918 does not exist in the Soviet civil calendar: 31 January (Old Style) was"
            " followed by 14 February (New Style); if a source prints it, record the calendar as OS or NS"
        )
    return calendars.gregorian("NS" if (year, month, day) >= _SWITCH else "OS", year, month, day)
