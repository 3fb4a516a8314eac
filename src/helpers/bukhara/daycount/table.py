"""Tables of the day-counts for the page: what each text prints, what comes out, and what it costs."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

import pandas as pd

from helpers import calendars
from helpers.bukhara.daycount import BATTLE, CHOICES, DIFFERENCE, OTHERS, choices, hijri_day, statements
from helpers.bukhara.daycount.agreement import agreement
from helpers.bukhara.daycount.constraints import SLACK, Constraint, day_text
from helpers.bukhara.daycount.grid import COUNTS, grid, sources, summary, without_each
from helpers.record import Campaign

#: What each text dates with the days it prints, in words.
SUBJECTS: Mapping[tuple[str, str], str] = {
    ("khodzhaev1926", "second_manifesto"): "the emir signs the second manifesto",
    ("ayni1920", "first_battle"): "fighting outside the city",
    ("ayni1920", "ark_executions"): "a night in the Ark",
    ("tajenc", "first_battle"): "the emir's men are beaten",
    ("togan1942", "campaign"): "the Bolshevik action",
    ("togan1942", "manifesto_april_1917"): "the emir's first manifesto, in 1917",
    ("becker1968", "ultimatum_sent"): "the ultimatum",
    ("ozme_kolesov", "kolesov_arrives_new_bukhara"): "Kolesov arrives",
    ("kuts", "morozov_leaves_samarkand"): "Morozov's men leave Samarkand",
    ("kuts", "kuts_leaves_for_fergana"): "his own unit leaves for Kokand",
    ("alekseenkov1931", "kokand_autonomy_crushed"): "the attack on Kokand",
    ("doclecture_kokand", "kokand_autonomy_crushed"): "the attack on Kokand",
    ("shirokorad", "kyzyl_tepe_agreement"): "the peace of Kyzyl-Tepe",
    ("wikipedia_en", "five_days_announced"): "Kolesov gives five days' notice",
}


def printed(campaign: Campaign) -> pd.DataFrame:
    """Return what each text prints and what comes out in New Style under its two readings.

    Returns
    -------
    pandas.DataFrame
        One row a dated statement: ``source``, ``label``, ``event``, ``says``, ``first`` and ``last`` (as they
        stand in New Style), ``NS``, ``OS`` and ``moved`` (the days as text; missing where it is not among the
        readings of the text), ``other_first`` and ``other_last`` (the days under the second reading),
        ``hijri_first`` and ``hijri_last`` (the days that a stated Hijri date allows).
    """
    rows = []
    for (source, event), one in statements(campaign).items():
        lunar = calendars.hijri_interval(*one.hijri) if one.hijri else (pd.NaT, pd.NaT)
        days = {
            choice.key: span_text(*(day + timedelta(choice.shift) for day in (one.first, one.last)))
            for choice in choices(source)
        }
        says, other = SUBJECTS[source, event], timedelta(choices(source)[1].shift)
        label = campaign.sources["label"].get(source, source)
        rows.append(
            {"source": source, "label": label, "event": event, "says": says}
            | {"first": one.first, "last": one.last, "hijri_first": lunar[0], "hijri_last": lunar[1]}
            | {"other_first": one.first + other, "other_last": one.last + other}
            | days
        )
    return pd.DataFrame(rows)


def open_texts(campaign: Campaign, found: Sequence[Constraint]) -> pd.DataFrame:
    """Return the row of `printed` by which each open text is known to the reader, indexed by text."""
    table = printed(campaign)
    first = table[[(s, e) in _LEADING for s, e in zip(table["source"], table["event"], strict=True)]]
    return first.set_index("source").loc[list(sources(found))]


_LEADING = frozenset(
    [(source, event) for source, (event, _) in BATTLE.items()]
    + [(source, events[0]) for source, events in OTHERS.items() if source not in BATTLE]
)


def span_text(first: date, last: date) -> str:
    """Write one day or several without the year: ``2 March``, ``2–5 March``, ``26 February – 2 March``."""
    if first == last:
        return day_text(first)
    if first.month == last.month:
        return f"{first.day}–{day_text(last)}"
    return f"{day_text(first)} – {day_text(last)}"


def count_days(campaign: Campaign) -> dict[str, tuple[date, date]]:
    """Return the days of the ultimatum and of the battle on each count, from the day of the second manifesto."""
    battle = statements(campaign)["khodzhaev1926", "second_manifesto"].first
    days = {"early": battle, "late": battle + timedelta(DIFFERENCE)}
    return {count: (day - timedelta(1), day) for count, day in days.items()}


def equations(campaign: Campaign) -> pd.DataFrame:
    """Return the statements of a day that name a Hijri day or a weekday, held against each calendar.

    Returns
    -------
    pandas.DataFrame
        One row a claim and reading: ``source``, ``label``, ``says`` (what is stated), ``reading``, ``day``
        (New Style), ``weekday``, ``hijri`` (of that day) and ``off`` (days from what is stated, either way).
    """
    rows = []
    labels = {choice.key: choice.label for choice in CHOICES}
    for one in _equated(campaign).itertuples():
        hijri = hijri_day(one.hijri_stated)
        ahead = timedelta(DIFFERENCE if one.calendar_assumed == "OS" else 0)
        day = (one.earliest - ahead).date()
        says = f"{day_text(day)} {day.year} = {calendars.Reading('AH', *hijri)}"
        for found in agreement(calendars.written("NS", day), hijri=hijri, calendars=tuple(labels)):
            rows.append(
                {"source": one.source, "label": campaign.sources["label"].get(one.source, one.source)}
                | {"says": says, "reading": labels[found.calendar]}
                | {"day": pd.Timestamp(found.new_style), "weekday": found.weekday}
                | {"hijri": calendars.hijri_text(found.new_style), "off": abs(found.hijri_off)}
            )
    return pd.DataFrame(rows)


def _equated(campaign: Campaign) -> pd.DataFrame:
    keys = {("khodzhaev1926", "second_manifesto"), *(("ayni1920", e) for e in OTHERS["ayni1920"])}
    keys |= {("togan1942", event) for event in OTHERS["togan1942"]}
    claims = campaign.claims
    chosen = [key in keys for key in zip(claims["source"], claims["event"], strict=True)]
    claims = claims[pd.Series(chosen, index=claims.index) & claims["hijri_stated"].notna()]
    return claims[claims["earliest"] == claims["latest"]].drop_duplicates(["source", "event"])


def leaving_out(campaign: Campaign, found: Sequence[Constraint], *, without: Collection[str] = ()) -> pd.DataFrame:
    """Return the prices of both counts, all texts and without each: a table for the page.

    Parameters
    ----------
    found
        As from `helpers.bukhara.daycount.constraints.constraints`, those in `without` left out.

    Returns
    -------
    pandas.DataFrame
        One row a choice of texts: ``left out`` (label), ``combinations``, ``hold together``, ``nothing
        breaks``, and what each count rejects at least: ``2 March rejects``, ``15 March rejects``.
    """
    frame = pd.concat([pd.DataFrame([summary(found)], index=["-"]), without_each(campaign, without=without)])
    labels = campaign.sources["label"]
    frame.insert(0, "left out", ["no text" if s == "-" else labels.get(s, s) for s in frame.index])
    frame = frame.reset_index(drop=True).astype(dict.fromkeys(frame.columns[1:], "Int64"))
    frame.columns = [
        "left out",
        "combinations",
        "hold together",
        "nothing breaks",
        "2 March rejects",
        "15 March rejects",
    ]
    return frame


def cheapest(found: Sequence[Constraint], *, slack: Mapping[str, int] = SLACK) -> dict[str, dict[str, str]]:
    """Return a reading of least price under each count, with as many texts in New Style as can be."""
    tried = grid(found, slack=slack)
    names = list(sources(found))
    picked = {}
    for count in COUNTS:
        rows = tried[tried["ordered"] & (tried["count"] == count)]
        printed_as_is = (rows[names] == "NS").sum(axis=1)
        best = rows.assign(kept=-printed_as_is).sort_values(["price", "kept"], kind="stable")
        if not best.empty:
            picked[count] = dict(best[names].iloc[0])
    return picked


def price_list(campaign: Campaign, found: Sequence[Constraint]) -> pd.DataFrame:
    """Return each witness as it fares under the cheapest reading of either count.

    Returns
    -------
    pandas.DataFrame
        One row a witness: ``statement``, ``rests on`` (label of the text), and for each count whether it
        ``holds`` and in words what it comes to: ``early``, ``early_says``, ``late``, ``late_says``.
    """
    readings = cheapest(found)
    rows = []
    for one in (one for one in found if one.kind == "witness"):
        row = {"statement": one.text, "rests on": campaign.sources["label"].get(one.rests_on, one.rests_on)}
        for count, reading in readings.items():
            row[count] = one.holds(reading)
            row[f"{count}_says"] = one.says[tuple(reading[source] for source in one.sources)]
        rows.append(row)
    return pd.DataFrame(rows)
