"""What a constraint on the readings of the texts is (see `helpers.bukhara.daycount.constraints`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from types import MappingProxyType
from typing import Literal

from helpers import calendars
from helpers.bukhara.daycount import Shifts, choices

#: Days by which a witness may be out before it counts as rejected, by kind: a Hijri day may be a day off
#: either way; "evening" is 1 for a reader who counts the evening as the beginning of the next weekday.
SLACK: Mapping[str, int] = MappingProxyType({"hijri": 1, "evening": 0, "": 0})

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
        "order" or "witness" (see `helpers.bukhara.daycount.constraints`).
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
    needs: Mapping[tuple[str, ...], int | None] = field(hash=False)
    says: Mapping[tuple[str, ...], str] = field(hash=False)

    def holds(self, reading: Mapping[str, str], *, slack: Mapping[str, int] = SLACK) -> bool:
        """Whether it holds when each text is read as `reading` says (key of a `Choice` by text)."""
        need = self.needs[tuple(reading[source] for source in self.sources)]
        return need is not None and need <= slack[self.slack]


def constraint(
    key: str,
    text: str,
    sources: Sequence[str],
    judge: Judge,
    *,
    kind: Literal["order", "witness"] = "witness",
    rests_on: str = "",
    slack: str = "",
) -> Constraint:
    """Return a constraint with its verdict on every combination of the readings of `sources`."""
    texts = tuple(dict.fromkeys(sources))
    verdicts = {}
    for chosen in product(*map(choices, texts)):
        shifts = {source: choice.shift for source, choice in zip(texts, chosen, strict=True)}
        verdicts[tuple(choice.key for choice in chosen)] = judge(shifts)
    needs = MappingProxyType({keys: need for keys, (need, _) in verdicts.items()})
    says = MappingProxyType({keys: words for keys, (_, words) in verdicts.items()})
    return Constraint(key, text, kind, texts, rests_on, slack, needs, says)


def days_text(number: int) -> str:
    """Write a number of days: ``1 day``, ``13 days``."""
    return "1 day" if number == 1 else f"{number} days"


def day_text(day: date) -> str:
    """Write a day without its year: ``2 March``."""
    return f"{day.day} {calendars.MONTHS[day.month - 1]}"
