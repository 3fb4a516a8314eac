"""When two claims contradict each other, as far as their columns can tell.

Only what can be decided without reading prose counts: numbers of one quantity that leave no value in common, days
of one event that leave no day in common, and an assertion beside a denial. Whether two texts contradict each other
in words alone is for the one who writes the finding to see.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from helpers.record import MISSING, RawTable

#: Attributes of which one subject has one day.
DAYS = ("date", "born", "died", "route")

#: Attributes of which a subject has one number. Only a force is defined so narrowly that all its claims count the
#: same thing, even two of one source; elsewhere one source may count twice and mean two things.
NUMBERS = {"force": ("strength", "loss", "count"), "": ("loss", "duration", "distance_to")}

#: What a unit is in the one it is compared in.
UNITS = {"versts": ("km", 1.0668), "miles": ("km", 1.609344), "days": ("hours", 24.0)}

#: The cells, beside those of subject and source, that decide whether two claims contradict each other.
COMPARED = ("attribute", "stance", "value", "low", "best", "high", "unit", "hedge", "earliest", "latest")

ABOUT = 0.1
"""An "about" leaves a tenth either way."""

_LENGTHS = ("km", "versts", "miles", "farsakhs")


class Interval(NamedTuple):
    """What a claim allows; infinite where it sets no bound."""

    low: float
    high: float

    def misses(self, other: Interval) -> bool:
        """Whether no value lies in both."""
        return self.high < other.low or other.high < self.low


def contradict(claims: RawTable, subject: str, one: int, other: int) -> bool:
    """Whether two records on one subject and attribute cannot both be right."""
    attribute = claims["attribute"][one]
    same_source = claims["source"][one] == claims["source"][other]
    if attribute in NUMBERS["force"] and subject == "force":
        return _numbers_miss(claims, one, other)
    if same_source:
        return False
    if {claims["stance"][one], claims["stance"][other]} in ({"asserts", "denies"}, {"implies", "denies"}):
        return True
    if attribute in DAYS:
        return _days(claims, one).misses(_days(claims, other))
    return attribute in NUMBERS[""] and _numbers_miss(claims, one, other)


def _numbers_miss(claims: RawTable, one: int, other: int) -> bool:
    if claims["attribute"][one] == "distance_to" and claims["value"][one] != claims["value"][other]:
        return False  # distances to two places
    first, second = _number(claims, one), _number(claims, other)
    return first is not None and second is not None and first[0] == second[0] and first[1].misses(second[1])


def _number(claims: RawTable, index: int) -> tuple[str, Interval] | None:
    given = [float(claims[c][index]) for c in ("low", "best", "high") if claims[c][index] != MISSING]
    if not given:
        return None
    unit, hedge = claims["unit"][index], claims["hedge"][index]
    low, high = min(given), max(given)
    if hedge == "approx":
        low, high = low * (1 - ABOUT), high * (1 + ABOUT)
    if unit in _LENGTHS:  # printed to the whole unit
        low, high = low - 0.5, high + 0.5
    unit, factor = UNITS.get(unit, (unit, 1.0))
    infinity = float("inf")
    return unit, Interval(
        -infinity if hedge == "at_most" else low * factor, infinity if hedge == "at_least" else high * factor
    )


def _days(claims: RawTable, index: int) -> Interval:
    ends = (claims["earliest"][index], claims["latest"][index])
    infinity = float("inf")
    return Interval(
        -infinity if ends[0] == MISSING else date.fromisoformat(ends[0]).toordinal(),
        infinity if ends[1] == MISSING else date.fromisoformat(ends[1]).toordinal(),
    )
