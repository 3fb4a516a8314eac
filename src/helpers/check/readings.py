"""Rules on our own readings: every reading rests on claims, and says why where the claims do not settle it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from helpers.check.package import Package
from helpers.tables import MISSING, Fault, RawTable

#: Tables that hold a reading, with the subject column of the claims on it.
READINGS = {"events": "event", "relations": "relation", "forces": "force", "terms": "term", "movements": "movement"}
NUMBERS = ("strength", "loss", "count")
INFINITY = float("inf")


class Envelope(NamedTuple):
    """From the lowest to the highest value that claims on one subject allow."""

    low: float
    high: float


def bounds_are_in_order(package: Package) -> Iterator[Fault]:
    """low <= best <= high, and every earliest is no later than its latest."""
    for table in package.having("low", "best", "high"):
        for index in range(len(table)):
            numbers = [(c, float(table[c][index])) for c in ("low", "best", "high") if table[c][index] != MISSING]
            for (lower, a), (upper, b) in itertools.pairwise(numbers):
                if a > b:
                    yield table.fault(index, lower, f"{lower} {a:g} is more than {upper} {b:g}; low <= best <= high")
    pairs = [
        ("earliest", "latest"),
        ("start_earliest", "start_latest"),
        ("end_earliest", "end_latest"),
        ("start_earliest", "end_latest"),
        ("depart_earliest", "depart_latest"),
        ("arrive_earliest", "arrive_latest"),
        ("depart_earliest", "arrive_latest"),
    ]
    for first, last in pairs:
        for table in package.having(first, last):
            for index, (a, b) in enumerate(zip(table[first], table[last], strict=True)):
                if MISSING not in (a, b) and a > b:
                    yield table.fault(index, first, f"{first} {a} is later than {last} {b}; mend one of them")


def every_reading_rests_on_a_claim(package: Package) -> Iterator[Fault]:
    """No event, relation, force, term or journey stands without a claim of a source."""
    for table, subject in _readings(package):
        for index, key in enumerate(table["id"]):
            if not package.standing_claims(subject, key):
                yield table.fault(index, "id", f"no claim says so; add a row with {subject} = {key!r} to claims.csv")


def status_fits_the_lineages(package: Package) -> Iterator[Fault]:
    """Contested and settled readings rest on two lineages at least, a single source on one."""
    for table, subject in _readings(package):
        for index, key in enumerate(table["id"]):
            status, claims = table["status"][index], package.standing_claims(subject, key)
            count = len({package.lineages[package["claims"]["source"][c]] for c in claims})
            if status == "single_source" and count > 1:
                yield table.fault(
                    index,
                    "status",
                    f"single_source, but its claims come from {count} lineages; write settled or contested",
                )
            elif status != "single_source" and count < 2:
                yield table.fault(
                    index,
                    "status",
                    f"{status}, but its claims come from one lineage; write single_source or enter the other claim",
                )


def contested_readings_say_why(package: Package) -> Iterator[Fault]:
    """A contested reading gives the reason for what it prefers."""
    for table, _ in _readings(package):
        for index, status in enumerate(table["status"]):
            if status == "contested" and table["because"][index] == MISSING:
                yield table.fault(index, "because", "contested without a reason; say why we read it so")


def readings_lie_within_their_claims(package: Package) -> Iterator[Fault]:
    """A number or a date of ours lies within what the claims say, or the row says why not."""
    for index, key in enumerate(package["forces"]["id"]):
        yield from _outside(package["forces"], index, _numbers(package, key), ("low", "high"), _numeric)
    for index, key in enumerate(package["events"]["id"]):
        yield from _outside(package["events"], index, _dates(package, key), ("earliest", "latest"), _ordinal)


def relations_keep_their_sign(package: Package) -> Iterator[Fault]:
    """The sign of a tie follows from its kind, and a tie has two ends."""
    relations = package["relations"]
    signs = relations.schema["kind"]["signs"]
    for index, kind in enumerate(relations["kind"]):
        if relations["sign"][index] != str(signs[kind]):
            yield relations.fault(
                index, "sign", f"a tie of the kind {kind} has the sign {signs[kind]}; mend sign or kind"
            )
        if relations["actor_a"][index] == relations["actor_b"][index]:
            yield relations.fault(index, "actor_b", "both ends are the same actor; a tie has two")


def hierarchy_is_not_alliance(package: Package) -> Iterator[Fault]:
    """No positive tie joins two actors under one parent: that is hierarchy."""
    actors, relations = package["actors"], package["relations"]
    parents = dict(zip(actors["id"], actors["parent"], strict=True))
    for index, ends in enumerate(zip(relations["actor_a"], relations["actor_b"], strict=True)):
        first, second = (_root(end, parents) for end in ends)
        if first == second and relations["sign"][index] == "1":
            yield relations.fault(
                index,
                "sign",
                f"{ends[0]!r} and {ends[1]!r} both belong to {first!r}: that is "
                "hierarchy (actors.parent), not alliance; take the row out",
            )


def parents_do_not_circle(package: Package) -> Iterator[Fault]:
    """No actor belongs, through others, to itself."""
    actors = package["actors"]
    parents = dict(zip(actors["id"], actors["parent"], strict=True))
    for index, key in enumerate(actors["id"]):
        if _root(key, parents) is None:
            yield actors.fault(index, "parent", f"{key!r} belongs to itself through its parents; mend the chain")


def _readings(package: Package) -> Iterator[tuple[RawTable, str]]:
    return ((package[name], subject) for name, subject in READINGS.items())


def _root(actor: str, parents: dict[str, str]) -> str | None:
    """The ancestor without a parent; None if the chain runs in a circle."""
    seen = set()
    while parents.get(actor, MISSING) != MISSING:
        if actor in seen:
            return None
        seen.add(actor)
        actor = parents[actor]
    return actor


def _numbers(package: Package, force: str) -> Envelope | None:
    claims, lows, highs = package["claims"], [], []
    for index in package.standing_claims("force", force, *NUMBERS):
        given = [float(claims[c][index]) for c in ("low", "best", "high") if claims[c][index] != MISSING]
        if given:
            lows.append(-INFINITY if claims["hedge"][index] == "at_most" else min(given))
            highs.append(INFINITY if claims["hedge"][index] == "at_least" else max(given))
    return Envelope(min(lows), max(highs)) if lows else None


def _dates(package: Package, event: str) -> Envelope | None:
    claims = package["claims"]
    spans = [(claims["earliest"][i], claims["latest"][i]) for i in package.standing_claims("event", event, "date")]
    ends = [(_ordinal(a, -INFINITY), _ordinal(b, INFINITY)) for a, b in spans if (a, b) != (MISSING, MISSING)]
    return Envelope(min(a for a, _ in ends), max(b for _, b in ends)) if ends else None


def _outside(table: RawTable, index: int, envelope: Envelope | None, columns, value) -> Iterator[Fault]:
    if envelope is None or table["because"][index] != MISSING:
        return
    low, high = (value(table[c][index], edge) for c, edge in zip(columns, (-INFINITY, INFINITY), strict=True))
    if low < envelope.low or high > envelope.high:
        column = columns[0] if low < envelope.low else columns[1]
        yield table.fault(
            index, column, "the reading goes beyond what its claims say; mend it or give the reason in `because`"
        )


def _numeric(cell: str, unbounded: float) -> float:
    return unbounded if cell == MISSING else float(cell)


def _ordinal(cell: str, unbounded: float) -> float:
    return unbounded if cell == MISSING else date.fromisoformat(cell).toordinal()


RULES = (
    bounds_are_in_order,
    every_reading_rests_on_a_claim,
    status_fits_the_lineages,
    contested_readings_say_why,
    readings_lie_within_their_claims,
    relations_keep_their_sign,
    parents_do_not_circle,
    hierarchy_is_not_alliance,
)
