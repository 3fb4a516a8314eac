"""What ties the days of a text to another clock or another event: the moon, the week, Kokand, the five days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType

from helpers import calendars
from helpers.bukhara.daycount import Key, Said, Shifts, Statement, battle_days, battle_texts, choices, soviet_civil
from helpers.bukhara.daycount.model import Constraint, Judge, Verdict, constraint, day_text, days_text
from helpers.bukhara.daycount.order import precedes

FIVE, NEAR = 5, 1
"""The notice in days, and by how many it may be loose."""
FALLING = 3
"""Days from the attack on Kokand to the last on which any text seen has it fall, 22 February 1918."""


def witness_constraints(said: Said, weekday: tuple[str, str] | None) -> Iterator[Constraint]:
    """Yield what single texts say, as far as they say it; `weekday` as from `daycount.ultimatum_weekday`."""
    yield from _equations(said)
    yield from _weekday(said, weekday)
    yield from _kokand(said)
    yield from _march(said)
    yield from _notice(said)
    yield from _peace(said)


_EQUATIONS: Mapping[Key, str] = MappingProxyType(
    {
        ("khodzhaev1926", "second_manifesto"): "Khodzhaev's manifesto bears a Hijri date beside the day.",
        ("ayni1920", "ark_executions"): "Ayni gives a night in the Ark in both calendars.",
        ("togan1942", "manifesto_april_1917"): "Togan counts in 1918 as in April 1917, where he gives both.",
    }
)


def _equations(said: Said) -> Iterator[Constraint]:
    for key, text in _EQUATIONS.items():
        one = said.get(key)
        if one and one.hijri:
            name = f"hijri_{one.source.rstrip('0123456789')}"
            yield constraint(name, text, (one.source,), _equals(one), rests_on=one.source, slack="hijri")


def _equals(one: Statement) -> Judge:
    lunar = calendars.Reading("AH", *one.hijri)

    def judge(shifts: Shifts) -> Verdict:
        day = one.first + timedelta(shifts[one.source])
        off = abs((day - lunar.new_style).days)
        words = f"{day_text(day)} is {calendars.hijri_text(day)}"
        return off, f"{words}, as it says" if not off else f"{words}, {days_text(off)} from its {lunar}"

    return judge


def _weekday(said: Said, stated: tuple[str, str] | None) -> Iterator[Constraint]:
    battle = battle_texts(said)
    if not stated or not battle:
        return
    source, weekday = stated
    wanted = calendars.WEEKDAYS.index(weekday)

    def judge(shifts: Shifts) -> Verdict:
        days = battle_days(said, battle, shifts)
        eves = [min(days) + timedelta(n - 1) for n in range((max(days) - min(days)).days + 1)]
        early = min((wanted - eve.weekday()) % 7 for eve in eves)
        words = f"that day, {day_text(eves[0])}, is a {calendars.weekday(eves[0])}"
        # After sunset the next weekday has begun: a day too early can be an evening, more is an error.
        return (early if early <= 1 else None), words if len(eves) == 1 else "the day is open"

    text = f"The ultimatum came on a {weekday}, the day before the battle."
    yield constraint("weekday", text, battle, judge, rests_on=source, slack="evening")


def _kokand(said: Said) -> Iterator[Constraint]:
    battle = battle_texts(said)
    one = said.get(("alekseenkov1931", "kokand_autonomy_crushed"))
    other = said.get(("doclecture_kokand", "kokand_autonomy_crushed"))
    if one and battle:
        text = "Bukhara was to wait until Kokand was dealt with."
        judge = precedes(said, battle, one, "Kokand is attacked")
        yield constraint("kokand", text, (one.source, *battle), judge, rests_on=one.source)
    if one and other:
        # The text that prints 6 February can only mean Old Style: see `soviet_civil`.
        there = other.first + timedelta(_days_to_add(other))

        def judge(shifts: Shifts) -> Verdict:
            day = one.first + timedelta(shifts[one.source])
            apart = abs((day - there).days)
            return (0 if apart <= 1 else None), f"{day_text(day)}, where the other has {day_text(there)}"

        text = "A day printed 6 February is the day of the attack on Kokand."
        yield constraint("kokand_day", text, (one.source,), judge, rests_on=other.source)


def _march(said: Said) -> Iterator[Constraint]:
    march = said.get(("kuts", "kuts_leaves_for_fergana"))
    attack = said.get(("alekseenkov1931", "kokand_autonomy_crushed"))
    if march and attack:

        def judge(shifts: Shifts) -> Verdict:
            day, there = (one.first + timedelta(shifts[one.source]) for one in (march, attack))
            late = (day - there).days
            place = f"{days_text(late)} after" if late > 0 else f"{days_text(-late)} before"
            return (0 if late <= FALLING else None), f"they leave on {day_text(day)}, {place} the attack there"

        text, sources = "Kuts's unit leaves for Kokand before it has fallen.", (march.source, attack.source)
        yield constraint("kuts_kokand", text, sources, judge, rests_on=march.source)


def _notice(said: Said) -> Iterator[Constraint]:
    battle = battle_texts(said)
    notice = said.get(("wikipedia_en", "five_days_announced"))
    if notice and battle:
        text, sources = "Early in March Kolesov gave five days' notice.", (notice.source, *battle)
        yield constraint("five_days", text, sources, _days_ahead(said, battle, notice), rests_on=notice.source)


def _peace(said: Said) -> Iterator[Constraint]:
    action, peace = said.get(("togan1942", "campaign")), said.get(("shirokorad", "kyzyl_tepe_agreement"))
    if action and peace:

        def over(shifts: Shifts) -> Verdict:
            end = action.last + timedelta(shifts[action.source])
            day = peace.first + timedelta(shifts[peace.source])
            words = f"he ends it on {day_text(end)}, the peace is of {day_text(day)}"
            return (0 if end <= day else None), words

        text, sources = "Togan's campaign is over by the day of the peace.", (action.source, peace.source)
        yield constraint("togan_end", text, sources, over, rests_on=action.source)


def _days_ahead(said: Said, battle: Sequence[str], one: Statement) -> Judge:
    def judge(shifts: Shifts) -> Verdict:
        first, last = (day + timedelta(shifts[one.source]) for day in (one.first, one.last))
        days = [day - timedelta(FIVE) for day in battle_days(said, battle, shifts)]
        fits = min(days) - timedelta(NEAR) <= last and max(days) + timedelta(NEAR) >= first
        words = f"five days before the battle is {day_text(min(days))}"
        return (0 if fits else None), f"{words}; early March is {day_text(first)} to {day_text(last)}"

    return judge


def _days_to_add(one: Statement) -> int:
    """Days to add to a printed day: those of Old Style if the Soviet civil calendar had no such day."""
    try:
        soviet_civil(one.first.year, one.first.month, one.first.day)
    except ValueError:
        return choices(one.source)[1].shift
    return 0
