"""Rules on ids that say something, on records that say the same, and on keys of the right table and the wrong kind."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from typing import Any

import numpy as np

from helpers.check.package import Package
from helpers.check.values import number
from helpers.record import MISSING, Fault, RawTable

EARTH = 6371.0  # mean radius in kilometres
STRAIGHTEST, MOST_WINDING = 0.95, 4.0
"""Kilometres of a line to one by air: a little less than one as coordinates are rounded, four in the mountains."""
_SAYS_NOTHING_OF_ITS_OWN = ("id", "note", "label")


def ids_are_composed_of_their_columns(package: Package) -> Iterator[Fault]:
    """An id that the descriptor says is made of other columns (`composed_of`) is made of them."""
    for table in package:
        form = table.schema.get("id", {}).get("composed_of")
        if isinstance(form, dict):
            yield from _of_another_form(table, form)


def numbers_are_those_of_the_id(package: Package) -> Iterator[Fault]:
    """The number of a term is that in its id, and stands once in its document."""
    terms, seen = package["terms"], set()
    for index in np.flatnonzero(terms["number"].filled):
        document, said = terms["document"][index], terms["number"][index]
        last = terms["id"][index].rpartition("-")[2]
        if last.isdecimal() and last != said:
            yield terms.fault(index, "number", f"the number is {said}, the id ends in {last}; mend one of them")
        if (document, said) in seen:
            yield terms.fault(index, "number", f"{document} has a number {said} already; mend the number")
        seen.add((document, said))


def persons_are_no_parents(package: Package) -> Iterator[Fault]:
    """Whom an actor belongs to is a body and no person."""
    actors = package["actors"]
    persons = {key for key, kind in zip(actors["id"], actors["kind"], strict=True) if kind == "person"}
    message = "{!r} is a person, and only a body has members; name the body, or enter a tie in relations.csv".format
    yield from actors.faults("parent", {key: message(key) for key in actors["parent"].distinct if key in persons})


def legs_make_a_journey(package: Package) -> Iterator[Fault]:
    """A leg goes from one place to another, with one actor, from where the last leg of its journey ended.

    Where no source tells of the way between two legs, the second says so in `because`.
    """
    legs = package["movements"]
    for index in range(len(legs)):
        if legs["place_from"][index] == legs["place_to"][index] != MISSING:
            yield legs.fault(index, "place_to", "the leg ends where it begins; mend one of the places")
    journeys = defaultdict(list)
    for index in np.flatnonzero(legs["seq"].filled):
        journeys[legs["journey"][index]].append((number(legs["seq"][index]) or 0.0, int(index)))
    for found in journeys.values():
        for (_, one), (_, other) in pairwise(sorted(found)):
            start, end = legs["place_from"][other], legs["place_to"][one]
            if MISSING not in (start, end) and start != end and legs["because"][other] == MISSING:
                message = f"{start!r} is not where the leg before ends, {end!r}; mend one or say why in `because`"
                yield legs.fault(other, "place_from", message)
            if legs["actor"][one] != legs["actor"][other]:
                yield legs.fault(other, "actor", f"the leg before is one of {legs['actor'][one]!r}; mend one of them")


def no_record_says_the_same_again(package: Package) -> Iterator[Fault]:
    """No two records of a table differ in id, label and note alone; a text that nobody cites has its own fault."""
    for table in (table for table in package if table.name != "sources"):
        columns = [column for column in table.columns if column not in _SAYS_NOTHING_OF_ITS_OWN]
        first: dict[int, int] = {}
        for index, kind in enumerate(table.kinds(columns).tolist()):
            if (one := first.setdefault(kind, index)) != index:
                yield table.fault(index, "id", f"the row says the same as {table['id'][one]!r}; take one of them out")


def lineages_differ_in_more_than_spelling(package: Package) -> Iterator[Fault]:
    """No two lineages differ in underscores or doubled letters alone."""
    sources = package["sources"]
    counts = Counter(sources["lineage"])
    usual: dict[str, str] = {}
    for lineage in sorted(counts, key=lambda lineage: -counts[lineage]):
        first = usual.setdefault(re.sub(r"_|(.)(?=\1)", "", lineage), lineage)
        if first != lineage:
            yield from sources.faults("lineage", {lineage: f"{lineage!r} is {first!r} in another spelling; write that"})


def kilometres_fit_the_line(package: Package) -> Iterator[Fault]:
    """A kilometre has its line, and along the line it is no nearer to two other places than through the air."""
    places = package["places"]
    for index in np.flatnonzero(places["line_km"].filled & ~places["line"].filled):
        yield places.fault(index, "line", "a kilometre without a line; name the line or take the kilometre out")
    lines = defaultdict(list)
    for index in np.flatnonzero(places["line"].filled & places["line_km"].filled & places["lat"].filled):
        lines[places["line"][index]].append(index)
    for on_it in lines.values():
        for index in on_it:
            wrong = [other for other in on_it if other != index and _misfits(places, index, other)]
            if len(wrong) > 1 or (wrong and len(on_it) == 2):
                names = " and ".join(repr(places["id"][other]) for other in wrong[:2])
                yield places.fault(
                    index, "line_km", f"{places['line_km'][index]} does not fit the way by air to {names}; mend it"
                )


def _misfits(places: RawTable, one: int, other: int) -> bool:
    """Whether two places are nearer along their line than by air, or many times further."""
    cells = [[number(places[column][index]) for column in ("lat", "lon", "line_km")] for index in (one, other)]
    if None in (*cells[0], *cells[1]):
        return False
    (*start, begin), (*goal, end) = cells
    straight = _kilometres(*start, *goal)
    return not STRAIGHTEST * straight <= abs(end - begin) <= MOST_WINDING * straight + 1


def _kilometres(lat: float, lon: float, lat_there: float, lon_there: float) -> float:
    """Great-circle distance of two places in degrees, by the haversine formula."""
    north, there, east = map(radians, (lat, lat_there, lon_there - lon))
    half = sin((there - north) / 2) ** 2 + cos(north) * cos(there) * sin(east / 2) ** 2
    return 2 * EARTH * asin(sqrt(half))


def _of_another_form(table: RawTable, form: Mapping[str, Any]) -> Iterator[Fault]:
    """The ids that are not their columns, joined by hyphens; of columns in a list of their own one is filled."""
    parts = [part if isinstance(part, list) else [part] for part in form.get("columns", ())]
    cells = [map("".join, zip(*(table[c] for c in names if c in table.columns), strict=True)) for names in parts]
    tail = form.get("tail", "none")
    for index, (key, *said) in enumerate(zip(table["id"], *cells, strict=True)):
        stem = "-".join(said)
        if not ((key.startswith(stem + "-") and tail in ("may", "must")) or (key == stem and tail != "must")):
            wanted = f"{stem}-… with a word or number of its own" if tail == "must" else stem
            yield table.fault(index, "id", f"{key!r} is not composed of its columns, {wanted}; mend the id or a column")


RULES = (
    ids_are_composed_of_their_columns,
    numbers_are_those_of_the_id,
    persons_are_no_parents,
    legs_make_a_journey,
    no_record_says_the_same_again,
    lineages_differ_in_more_than_spelling,
    kilometres_fit_the_line,
)
