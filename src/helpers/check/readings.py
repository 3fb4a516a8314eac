"""Rules on our own readings: every reading rests on claims, and says why where the claims do not settle it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import numpy as np

from helpers.check import ids
from helpers.check.package import READINGS, Package
from helpers.check.values import number, span
from helpers.dating import Interval
from helpers.record import MISSING, Fault, RawTable, common_codes

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


def methods_fit_the_claims(package: Package) -> Iterator[Fault]:
    """The numbers of a force are those that its `method` takes from the claims on it."""
    forces, claims = package["forces"], package["claims"]
    about = package.subjects("forces", "force")
    said: dict[int, list[tuple[str, list[float]]]] = defaultdict(list)
    for index in np.flatnonzero(package.standing & (about >= 0) & claims["attribute"].among(NUMBERS)):
        if given := _given(claims, index):
            said[int(about[index])].append((claims["rank"][index], given))
    for index, method in enumerate(forces["method"]):
        if method in METHODS and (wrong := METHODS[method](_given(forces, index), said[index])):
            yield forces.fault(index, "method", f"{method}, but {wrong}; mend the method or the numbers")


def categories_fit_the_claims(package: Package) -> Iterator[Fault]:
    """What is counted fits its unit and the attribute of its claims, as the descriptor gives both."""
    forces, claims = package["forces"], package["claims"]
    field = forces.schema.get("category", {})
    units, attributes = field.get("units", {}), field.get("attributes", {})

    def wrong(category: str, unit: str) -> str | None:
        if unit in units.get(category, (unit,)):
            return None
        return f"{category} are counted in {' or '.join(units[category])}, not in {unit}; mend unit or category"

    yield from forces.judged("unit", ("category", "unit"), wrong)
    about = package.subjects("forces", "force")
    for index in np.flatnonzero(about >= 0):
        force = about[index]
        category, attribute, unit = forces["category"][force], claims["attribute"][index], claims["unit"][index]
        if attribute not in attributes.get(category, (attribute,)):
            message = f"of {forces['id'][force]!r}, {category}, one claims {' or '.join(attributes[category])}"
            yield claims.fault(index, "attribute", f"{message}, not {attribute}; mend the attribute or the category")
        if attribute in NUMBERS and unit not in (MISSING, forces["unit"][force]):
            message = f"{forces['id'][force]!r} is counted in {forces['unit'][force]}, not in {unit}"
            yield claims.fault(index, "unit", f"{message}; mend one of them")


def ties_fit_their_events(package: Package) -> Iterator[Fault]:
    """A tie begins and ends in the days of the events with which it does, or the day beside them."""
    relations, events = package["relations"], package["events"]
    days = dict(zip(events["id"], map(span, events["earliest"], events["latest"]), strict=True))

    def wrong(event: str, earliest: str, latest: str) -> str | None:
        bounds, near = span(earliest, latest), days.get(event, Interval())
        if bounds.last + 1 >= near.first and near.last + 1 >= bounds.first:
            return None
        return f"{event!r} is of {near}, and here stands {bounds}; mend the days or the event"

    for end in ("start", "end"):
        cells = (f"{end}_event", f"{end}_earliest", f"{end}_latest")
        yield from relations.judged(cells[0], cells, wrong, among=relations[cells[0]].filled)


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


def _given(table: RawTable, index: int) -> list[float]:
    """The numbers of a record, as far as there are any."""
    return [found for c in ("low", "best", "high") if (found := number(table[c][index])) is not None]


def _not_given(ours: list[float], said: list[tuple[str, list[float]]]) -> str | None:
    return "a number stands in the row" if ours else "a claim gives a number" if said else None


def _single_claim(ours: list[float], said: list[tuple[str, list[float]]]) -> str | None:
    if len({tuple(given) for _, given in said}) != 1:
        return "not one number is claimed" if said else "no claim gives a number"
    return None if ours and {*ours} <= {*said[0][1]} else "the numbers are not those of the claim"


def _preferred_claim(ours: list[float], said: list[tuple[str, list[float]]]) -> str | None:
    preferred = {value for rank, given in said for value in given if rank == "preferred"}
    if not preferred:
        return "no claim with a number is preferred"
    return (
        None
        if ours and {*ours} <= {value for _, given in said for value in given} and preferred & {*ours}
        else ("the numbers are not those of the claims, the preferred one among them")
    )


def _envelope_of(ours: list[float], said: list[tuple[str, list[float]]]) -> str | None:
    values = [value for _, given in said for value in given]
    if len({*values}) < 2:
        return "the claims give no two numbers"
    lowest, highest = min(values), max(values)
    if ours and (min(ours), max(ours)) == (lowest, highest):
        return None
    return f"the claims reach from {lowest:g} to {highest:g}"


METHODS = {
    "not_given": _not_given,
    "single_claim": _single_claim,
    "preferred_claim": _preferred_claim,
    "envelope": _envelope_of,
}
"""What is wrong with numbers of ours beside those of the claims, by what `method` says; `derived` binds to nothing."""


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
    methods_fit_the_claims,
    categories_fit_the_claims,
    ties_fit_their_events,
    *ids.RULES,
)
