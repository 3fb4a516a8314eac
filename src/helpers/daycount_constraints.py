"""What the readings of the texts must satisfy together.

An *order* constraint is the story itself: two texts tell of one battle, men leave before they fight. A
*witness* is something a text says that ties the days to another clock or another event. A historian may
reject a witness, at a price that can be named.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from types import MappingProxyType
from typing import Literal

from helpers import calendars
from helpers.daycount import (
    Key,
    Said,
    Shifts,
    Statement,
    battle_days,
    battle_texts,
    choices,
    statements,
    ultimatum_weekday,
)
from helpers.tables import Campaign

#: Days by which a witness may be out before it counts as rejected, by kind: a Hijri day may be a day off
#: either way; "evening" is 1 for a reader who counts the evening as the beginning of the next weekday.
SLACK: Mapping[str, int] = MappingProxyType({"hijri": 1, "evening": 0, "": 0})
SPREAD = 2
"""Days within which two texts can tell of the same battle."""
FIVE, NEAR = 5, 1
"""The notice in days, and by how many it may be loose."""

Verdict = tuple[int | None, str]
Judge = Callable[[Shifts], Verdict]


@dataclass(frozen=True)
class Constraint:
    """What must be true of the readings of some texts together.

    Attributes
    ----------
    key, text
        Its name, and what it says, in one sentence.
    kind
        "order" or "witness" (see the module's text).
    sources
        The texts whose readings decide.
    rests_on
        The text whose statement is rejected by a reader for whom it does not hold; empty if of several.
    slack
        Which of `SLACK` applies.
    needs
        By the readings of `sources`, in order: the least slack with which it holds, None if it cannot.
    says
        The same, in words.
    """

    key: str
    text: str
    kind: Literal["order", "witness"]
    sources: tuple[str, ...]
    rests_on: str
    slack: str
    needs: Mapping[tuple[str, ...], int | None]
    says: Mapping[tuple[str, ...], str]

    def holds(self, reading: Mapping[str, str], *, slack: Mapping[str, int] = SLACK) -> bool:
        """Whether it holds when each text is read as `reading` says (key of a `Choice` by text)."""
        need = self.needs[tuple(reading[source] for source in self.sources)]
        return need is not None and need <= slack[self.slack]


def constraints(campaign: Campaign, *, without: Collection[str] = ()) -> tuple[Constraint, ...]:
    """Return what the texts ask of one another, those in `without` left out; order comes first.

    What no text is left to say is not among them.
    """
    said = statements(campaign, without=without)
    weekday = ultimatum_weekday(campaign, without=without)
    return (*_order(said), *_equations(said), *_weekday(said, weekday), *_kokand(said), *_others(said))


def _constraint(
    key: str,
    text: str,
    sources: Sequence[str],
    judge: Judge,
    *,
    kind: Literal["order", "witness"] = "witness",
    rests_on: str = "",
    slack: str = "",
) -> Constraint:
    texts = tuple(dict.fromkeys(sources))
    verdicts = {}
    for chosen in product(*map(choices, texts)):
        shifts = {source: choice.shift for source, choice in zip(texts, chosen, strict=True)}
        verdicts[tuple(choice.key for choice in chosen)] = judge(shifts)
    needs = MappingProxyType({keys: need for keys, (need, _) in verdicts.items()})
    says = MappingProxyType({keys: words for keys, (_, words) in verdicts.items()})
    return Constraint(key, text, kind, texts, rests_on, slack, needs, says)


_BEFORE: Mapping[Key, tuple[str, str, str]] = MappingProxyType(
    {
        ("ozme_kolesov", "kolesov_arrives_new_bukhara"): (
            "arrival",
            "Kolesov comes to New Bukhara before the battle.",
            "he comes",
        ),
        ("kuts", "morozov_leaves_samarkand"): (
            "morozov",
            "Morozov's men leave Samarkand before the battle.",
            "they leave",
        ),
    }
)


def _order(said: Said) -> Iterator[Constraint]:
    battle = battle_texts(said)
    if len(battle) > 1:
        text = "All tell of the same first battle."
        yield _constraint("same_battle", text, battle, _same(said, battle), kind="order")
    for (source, event), (key, text, what) in _BEFORE.items():
        if battle and (source, event) in said:
            judge = _precedes(said, battle, said[source, event], what)
            yield _constraint(key, text, (source, *battle), judge, kind="order", rests_on=source)
    peace = said.get(("shirokorad", "kyzyl_tepe_agreement"))
    if battle and peace:
        text, sources = "The peace comes after the battle.", (peace.source, *battle)
        judge = _follows(said, battle, peace)
        yield _constraint("peace", text, sources, judge, kind="order", rests_on=peace.source)


def _same(said: Said, battle: Sequence[str]) -> Judge:
    def judge(shifts: Shifts) -> Verdict:
        days = battle_days(said, battle, shifts)
        apart = (max(days) - min(days)).days
        words = f"all of them on {day_text(days[0])}" if not apart else f"they put it {apart} days apart"
        return (0 if apart <= SPREAD else None), words

    return judge


def _precedes(said: Said, battle: Sequence[str], one: Statement, what: str) -> Judge:
    def judge(shifts: Shifts) -> Verdict:
        day = one.first + timedelta(shifts[one.source])
        gap = (max(battle_days(said, battle, shifts)) - day).days
        place = f"{_days(gap)} before" if gap >= 0 else f"{_days(-gap)} after"
        return (0 if gap >= 0 else None), f"{what} on {day_text(day)}, {place} the battle"

    return judge


def _follows(said: Said, battle: Sequence[str], one: Statement) -> Judge:
    def judge(shifts: Shifts) -> Verdict:
        day = one.first + timedelta(shifts[one.source])
        gap = (day - max(battle_days(said, battle, shifts))).days
        return (0 if gap >= 0 else None), f"it is of {day_text(day)}, {_days(gap)} after the battle"

    return judge


_EQUATIONS: Mapping[Key, str] = MappingProxyType(
    {
        ("khodzhaev1926", "second_manifesto"): "Khodzhaev's manifesto bears a Hijri date beside the day.",
        ("ayni1920", "sobitov_boys_hanged"): "Ayni gives the night of the two boys in both calendars.",
        ("togan1942", "manifesto_april_1917"): "Togan counts in 1918 as in April 1917, where he gives both.",
    }
)


def _equations(said: Said) -> Iterator[Constraint]:
    for key, text in _EQUATIONS.items():
        one = said.get(key)
        if one and one.hijri:
            name = f"hijri_{one.source.rstrip('0123456789')}"
            yield _constraint(name, text, (one.source,), _equals(one), rests_on=one.source, slack="hijri")


def _equals(one: Statement) -> Judge:
    lunar = calendars.Reading("AH", *one.hijri)

    def judge(shifts: Shifts) -> Verdict:
        day = one.first + timedelta(shifts[one.source])
        off = abs((day - lunar.new_style).days)
        words = f"{day_text(day)} is {calendars.hijri_text(day)}"
        return off, f"{words}, as it says" if not off else f"{words}, {_days(off)} from its {lunar}"

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
    yield _constraint("weekday", text, battle, judge, rests_on=source, slack="evening")


def _kokand(said: Said) -> Iterator[Constraint]:
    battle = battle_texts(said)
    one = said.get(("alekseenkov1931", "kokand_autonomy_crushed"))
    other = said.get(("doclecture_kokand", "kokand_autonomy_crushed"))
    if one and battle:
        text = "Bukhara was to wait until Kokand was dealt with."
        judge = _precedes(said, battle, one, "Kokand is attacked")
        yield _constraint("kokand", text, (one.source, *battle), judge, rests_on=one.source)
    if one and other:
        # The text that prints 6 February can only mean Old Style: see `calendars.soviet_civil`.
        there = other.first + timedelta(_days_to_add(other))

        def judge(shifts: Shifts) -> Verdict:
            day = one.first + timedelta(shifts[one.source])
            apart = abs((day - there).days)
            return (0 if apart <= 1 else None), f"{day_text(day)}, where the other has {day_text(there)}"

        text = "A day printed 6 February is the day of the attack on Kokand."
        yield _constraint("kokand_day", text, (one.source,), judge, rests_on=other.source)


def _others(said: Said) -> Iterator[Constraint]:
    battle = battle_texts(said)
    notice = said.get(("wikipedia_en", "five_days_announced"))
    action, peace = said.get(("togan1942", "campaign")), said.get(("shirokorad", "kyzyl_tepe_agreement"))
    if notice and battle:
        text, sources = "Early in March Kolesov gave five days' notice.", (notice.source, *battle)
        yield _constraint("five_days", text, sources, _notice(said, battle, notice), rests_on=notice.source)
    if action and peace:

        def over(shifts: Shifts) -> Verdict:
            end = action.last + timedelta(shifts[action.source])
            day = peace.first + timedelta(shifts[peace.source])
            words = f"he ends it on {day_text(end)}, the peace is of {day_text(day)}"
            return (0 if end <= day else None), words

        text, sources = "Togan's campaign is over by the day of the peace.", (action.source, peace.source)
        yield _constraint("togan_end", text, sources, over, rests_on=action.source)


def _notice(said: Said, battle: Sequence[str], one: Statement) -> Judge:
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
        calendars.soviet_civil(one.first.year, one.first.month, one.first.day)
    except ValueError:
        return choices(one.source)[1].shift
    return 0


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


def day_text(day: date) -> str:
    """Write a day without its year: ``2 March``."""
    return f"{day.day} {calendars.MONTHS[day.month - 1]}"
