"""Rules on our own readings: every reading rests on claims, and says why where the claims do not settle it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import numpy as np

from helpers.check.package import READINGS, Package
from helpers.tables import MISSING, Fault, RawTable, common_codes

NUMBERS = ("strength", "loss", "count")
INFINITY = float("inf")


class Envelope(NamedTuple):
    """For each record the lowest and the highest value that the claims on it allow; low > high where there is none."""

    low: np.ndarray
    high: np.ndarray


def bounds_are_in_order(package: Package) -> Iterator[Fault]:
    """low <= best <= high, and every earliest is no later than its latest."""
    for table in package.having("low", "best", "high"):
        yield from _numbers_out_of_order(table)
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
            one, other = common_codes(table[first], table[last])
            for index in np.flatnonzero((one > other) & table[last].filled):
                a, b = table[first][index], table[last][index]
                yield table.fault(index, first, f"{first} {a} is later than {last} {b}; mend one of them")


def every_reading_rests_on_a_claim(package: Package) -> Iterator[Fault]:
    """No event, relation, force, term or journey stands without a claim of a source."""
    for table, subject in _readings(package):
        for index in np.flatnonzero(package.lineages_behind[table.name] == 0):
            key = table["id"][index]
            yield table.fault(index, "id", f"no claim says so; add a row with {subject} = {key!r} to claims.csv")


def status_fits_the_lineages(package: Package) -> Iterator[Fault]:
    """Contested and settled readings rest on two lineages at least, a single source on one."""
    for table, _ in _readings(package):
        count, single = package.lineages_behind[table.name], table["status"].among({"single_source"})
        for index in np.flatnonzero(single & (count > 1)):
            yield table.fault(
                index,
                "status",
                f"single_source, but its claims come from {count[index]} lineages; write settled or contested",
            )
        for index in np.flatnonzero(~single & (count < 2)):
            yield table.fault(
                index,
                "status",
                f"{table['status'][index]}, but its claims come from one lineage; write single_source or enter the"
                " other claim",
            )


def contested_readings_say_why(package: Package) -> Iterator[Fault]:
    """A contested reading gives the reason for what it prefers."""
    for table, _ in _readings(package):
        for index in np.flatnonzero(table["status"].among({"contested"}) & ~table["because"].filled):
            yield table.fault(index, "because", "contested without a reason; say why we read it so")


def readings_lie_within_their_claims(package: Package) -> Iterator[Fault]:
    """A number or a date of ours lies within what the claims say, or the row says why not."""
    yield from _outside(package["forces"], _numbers(package), ("low", "high"), float)
    yield from _outside(package["events"], _dates(package), ("earliest", "latest"), _ordinal)


def relations_keep_their_sign(package: Package) -> Iterator[Fault]:
    """The sign of a tie follows from its kind, and a tie has two ends."""
    relations = package["relations"]
    signs = relations.schema["kind"]["signs"]

    def wrong(kind: str, sign: str) -> str | None:
        right = str(signs[kind])
        return None if sign == right else f"a tie of the kind {kind} has the sign {right}; mend sign or kind"

    yield from relations.judged("sign", ("kind", "sign"), wrong)
    one, other = common_codes(relations["actor_a"], relations["actor_b"])
    for index in np.flatnonzero(one == other):
        yield relations.fault(index, "actor_b", "both ends are the same actor; a tie has two")


def hierarchy_is_not_alliance(package: Package) -> Iterator[Fault]:
    """No positive tie joins two actors under one parent: that is hierarchy."""
    relations, parents = package["relations"], _parents(package)

    def wrong(one: str, other: str) -> str | None:
        if (root := _root(one, parents)) != _root(other, parents):
            return None
        return (
            f"{one!r} and {other!r} both belong to {root!r}: that is "
            "hierarchy (actors.parent), not alliance; take the row out"
        )

    yield from relations.judged("sign", ("actor_a", "actor_b"), wrong, among=relations["sign"].among({"1"}))


def parents_do_not_circle(package: Package) -> Iterator[Fault]:
    """No actor belongs, through others, to itself."""
    parents = _parents(package)
    circling = [key for key in parents if _root(key, parents) is None]
    message = "{!r} belongs to itself through its parents; mend the chain".format
    for index in np.flatnonzero(package["actors"]["id"].among(circling)) if circling else ():
        yield package["actors"].fault(index, "parent", message(package["actors"]["id"][index]))


def _readings(package: Package) -> Iterator[tuple[RawTable, str]]:
    return ((package[name], subject) for name, subject in READINGS.items())


def _numbers_out_of_order(table: RawTable) -> Iterator[Fault]:
    numbers = {column: table[column].each(float, missing=np.nan) for column in ("low", "best", "high")}
    for lower, upper in (("low", "best"), ("best", "high"), ("low", "high")):
        wrong = numbers[lower] > numbers[upper]
        if (lower, upper) == ("low", "high"):  # beside a best value each was compared with that
            wrong &= ~table["best"].filled
        for index in np.flatnonzero(wrong):
            a, b = numbers[lower][index], numbers[upper][index]
            yield table.fault(index, lower, f"{lower} {a:g} is more than {upper} {b:g}; low <= best <= high")


def _parents(package: Package) -> dict[str, str]:
    return dict(zip(package["actors"]["id"], package["actors"]["parent"], strict=True))


def _root(actor: str, parents: dict[str, str]) -> str | None:
    """The ancestor without a parent; None if the chain runs in a circle."""
    seen = set()
    while parents.get(actor, MISSING) != MISSING:
        if actor in seen:
            return None
        seen.add(actor)
        actor = parents[actor]
    return actor


def _numbers(package: Package) -> Envelope:
    """What the claims on each force say of its number."""
    claims = package["claims"]
    given = [claims[column].each(float, missing=np.nan) for column in ("low", "best", "high")]
    lows = np.where(claims["hedge"].among({"at_most"}), -INFINITY, np.fmin.reduce(given))
    highs = np.where(claims["hedge"].among({"at_least"}), INFINITY, np.fmax.reduce(given))
    counted = claims["attribute"].among(NUMBERS) & ~np.isnan(given).all(axis=0)
    return _envelope(package, "forces", "force", counted, lows, highs)


def _dates(package: Package) -> Envelope:
    """What the claims on each event say of its day."""
    claims = package["claims"]
    first, last = claims["earliest"], claims["latest"]
    counted = claims["attribute"].among({"date"}) & (first.filled | last.filled)
    lows, highs = first.each(_ordinal, missing=-INFINITY), last.each(_ordinal, missing=INFINITY)
    return _envelope(package, "events", "event", counted, lows, highs)


def _envelope(package: Package, table: str, subject: str, counted, lows, highs) -> Envelope:
    about, size = package.subjects(table, subject), len(package[table])
    counted = counted & package.standing & (about >= 0)
    found = Envelope(np.full(size, INFINITY), np.full(size, -INFINITY))
    np.minimum.at(found.low, about[counted], lows[counted])
    np.maximum.at(found.high, about[counted], highs[counted])
    return found


def _outside(table: RawTable, envelope: Envelope, columns: tuple[str, str], value) -> Iterator[Fault]:
    low, high = (table[c].each(value, edge) for c, edge in zip(columns, (-INFINITY, INFINITY), strict=True))
    told = (envelope.low <= envelope.high) & ~table["because"].filled
    below, above = low < envelope.low, high > envelope.high
    for index in np.flatnonzero(told & (below | above)):
        yield table.fault(
            index,
            columns[0] if below[index] else columns[1],
            "the reading goes beyond what its claims say; mend it or give the reason in `because`",
        )


def _ordinal(cell: str) -> float:
    return float(date.fromisoformat(cell).toordinal())


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
