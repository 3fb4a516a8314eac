"""The story itself as constraints: two texts tell of one battle, men leave before they fight, peace comes last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType

from helpers.bukhara.daycount import Key, Said, Shifts, Statement, battle_days, battle_texts
from helpers.bukhara.daycount.model import Constraint, Judge, Verdict, constraint, day_text, days_text

SPREAD = 2
"""Days within which two texts can tell of the same battle."""

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


def order_constraints(said: Said) -> Iterator[Constraint]:
    """Yield what the story asks of the readings, as far as the texts in `said` tell it."""
    battle = battle_texts(said)
    if len(battle) > 1:
        text = "All tell of the same first battle."
        yield constraint("same_battle", text, battle, _same(said, battle), kind="order")
    for (source, event), (key, text, what) in _BEFORE.items():
        if battle and (source, event) in said:
            judge = precedes(said, battle, said[source, event], what)
            yield constraint(key, text, (source, *battle), judge, kind="order", rests_on=source)
    peace = said.get(("shirokorad", "kyzyl_tepe_agreement"))
    if battle and peace:
        text, sources = "The peace comes after the battle.", (peace.source, *battle)
        judge = _follows(said, battle, peace)
        yield constraint("peace", text, sources, judge, kind="order", rests_on=peace.source)


def _same(said: Said, battle: Sequence[str]) -> Judge:
    def judge(shifts: Shifts) -> Verdict:
        days = battle_days(said, battle, shifts)
        apart = (max(days) - min(days)).days
        words = f"all of them on {day_text(days[0])}" if not apart else f"they put it {apart} days apart"
        return (0 if apart <= SPREAD else None), words

    return judge


def precedes(said: Said, battle: Sequence[str], one: Statement, what: str) -> Judge:
    """Judge whether a day is not later than the battle; `what` are the words for it."""

    def judge(shifts: Shifts) -> Verdict:
        day = one.first + timedelta(shifts[one.source])
        gap = (max(battle_days(said, battle, shifts)) - day).days
        place = f"{days_text(gap)} before" if gap >= 0 else f"{days_text(-gap)} after"
        return (0 if gap >= 0 else None), f"{what} on {day_text(day)}, {place} the battle"

    return judge


def _follows(said: Said, battle: Sequence[str], one: Statement) -> Judge:
    def judge(shifts: Shifts) -> Verdict:
        day = one.first + timedelta(shifts[one.source])
        gap = (day - max(battle_days(said, battle, shifts))).days
        return (0 if gap >= 0 else None), f"it is of {day_text(day)}, {days_text(gap)} after the battle"

    return judge
