"""What the readings of the texts must satisfy together.

An *order* constraint is the story itself: two texts tell of one battle, men leave before they fight. A
*witness* is something a text says that ties the days to another clock or another event. A historian may
reject a witness, at a price that can be named.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from helpers.bukhara.daycount import Key, Statement, statements, ultimatum_weekday
from helpers.bukhara.daycount.model import SLACK, Constraint, day_text
from helpers.bukhara.daycount.order import order_constraints
from helpers.bukhara.daycount.witnesses import FIVE, witness_constraints
from helpers.record import Campaign

__all__ = ["FIVE", "SLACK", "Constraint", "constraints", "day_text"]


def constraints(campaign: Campaign, *, without: Collection[str] = ()) -> tuple[Constraint, ...]:
    """Return what the texts ask of one another, those in `without` left out; order comes first.

    What no text is left to say is not among them.

    >>> "kuts_kokand" in {one.key for one in constraints(campaign)}
    True
    """
    said = statements(campaign, without=without)
    return _constraints(tuple(said.items()), ultimatum_weekday(campaign, without=without))


@lru_cache(maxsize=512)  # many choices of sources leave what bears on the count as it is
def _constraints(said: tuple[tuple[Key, Statement], ...], weekday: tuple[str, str] | None) -> tuple[Constraint, ...]:
    return (*order_constraints(dict(said)), *witness_constraints(dict(said), weekday))
