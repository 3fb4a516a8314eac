"""Rules on sources and claims: who says what, where, in which words."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from helpers.check import wording
from helpers.check.package import SUBJECTS, Package
from helpers.record import MISSING, Fault
from helpers.record.citations import BIBLIOGRAPHY, bibliography_keys, parse

LONGEST_QUOTATION = 25  # words


def citations_resolve(package: Package) -> Iterator[Fault]:
    """Every citation can be parsed and names a text in `sources`."""
    known = package.keys("sources")
    for table, column in package.citing():
        cells = table[column].distinct
        if not package.cited[table.name, column] <= known:
            yield from table.faults(
                column, {cell: message for cell in cells if (message := _citation_fault(cell, known))}
            )


def sources_are_in_the_bibliography(package: Package) -> Iterator[Fault]:
    """Every source has its entry in the bibliography, and every entry its source."""
    sources = package["sources"]
    try:
        entries = bibliography_keys(package.folder / BIBLIOGRAPHY)
    except FileNotFoundError:
        yield Fault(BIBLIOGRAPHY, 0, "-", "the file is missing; put it back")
        return
    except ValueError as error:
        yield Fault(BIBLIOGRAPHY, 0, "-", f"{error}; mend the entry")
        return
    for index, key in enumerate(sources["id"]):
        if key not in entries:
            yield sources.fault(index, "id", f"{BIBLIOGRAPHY} has no entry {key!r}; add one")
    for key in entries - set(sources["id"]):
        yield Fault(BIBLIOGRAPHY, 0, key, "the entry has no row in sources.csv; add one or take the entry out")


def every_source_is_used(package: Package) -> Iterator[Fault]:
    """No text stands in `sources` that no row cites."""
    known, sources = package.keys("sources"), package["sources"]
    used = {key for column in ("source", "quoting") for key in package["claims"][column].values}
    for table, column in package.citing():
        keys = package.cited[table.name, column]
        used |= keys if keys <= known else {c.key for cell in table[column].distinct for c in _citations(cell)}
    unused = known - used
    yield from sources.faults("id", {key: f"no row cites {key!r}; enter what it says or take it out" for key in unused})


def claims_have_one_subject(package: Package) -> Iterator[Fault]:
    """A claim is about exactly one thing."""
    claims = package["claims"]
    for index in np.flatnonzero(sum(claims[s].filled.astype(int) for s in SUBJECTS) != 1):
        said = " and ".join(s for s in SUBJECTS if claims[s][index] != MISSING) or "none"
        yield claims.fault(
            index, "-", f"a claim has exactly one subject, this has {said}; leave one of {', '.join(SUBJECTS)}"
        )


def quotations_are_short_and_translated(package: Package) -> Iterator[Fault]:
    """A quotation has at most 25 words, its language, and a translation unless it is English."""
    claims = package["claims"]
    words = {quote: len(quote.split()) for quote in claims["quote"].distinct}
    long = {
        quote: f"{n} words; quote at most {LONGEST_QUOTATION}" for quote, n in words.items() if n > LONGEST_QUOTATION
    }
    yield from claims.faults("quote", long)
    quoted, language = claims["quote"].filled, claims["quote_language"]
    for index in np.flatnonzero(quoted & ~language.filled):
        yield claims.fault(index, "quote_language", "the quotation has no language; add its ISO 639-1 code")
    for index in np.flatnonzero(quoted & ~language.among({"en", MISSING}) & ~claims["translation"].filled):
        yield claims.fault(index, "translation", "the quotation has no translation; add your own")


def deprecated_claims_say_why(package: Package) -> Iterator[Fault]:
    """A claim that does not count has a note that says why."""
    claims = package["claims"]
    for index in np.flatnonzero(~package.standing & ~claims["note"].filled):
        yield claims.fault(index, "note", "the claim is deprecated without a reason; say why it does not count")


def numbers_have_a_unit(package: Package) -> Iterator[Fault]:
    """A claim with a number says what it counts in."""
    claims = package["claims"]
    low, best, high = (claims[c].filled for c in ("low", "best", "high"))
    for index in np.flatnonzero((low | best | high) & ~claims["unit"].filled):
        yield claims.fault(index, "unit", "a number without a unit; add the unit")


def coordinates_lie_in_the_region(package: Package) -> Iterator[Fault]:
    """Coordinates come in pairs, with their precision, and lie in the `region` that the descriptor gives."""
    places = package["places"]
    for index, pair in enumerate(zip(places["lat"], places["lon"], strict=True)):
        if (MISSING in pair) != (places["coordinate_precision"][index] == MISSING) or pair.count(MISSING) == 1:
            yield places.fault(index, "lat", "latitude, longitude and precision go together; fill all or none")
        elif MISSING not in pair and places["polity"][index] != "abroad":
            for column, cell in zip(("lat", "lon"), pair, strict=True):
                low, high = places.schema[column]["region"]
                if not low <= float(cell) <= high:
                    yield places.fault(
                        index, column, f"{cell} lies outside the region ({low} to {high}); check the value"
                    )


def _citations(cell: str):
    try:
        return parse(cell)
    except ValueError:  # `citations_resolve` says so
        return ()


def _citation_fault(cell: str, known: frozenset[str]) -> str | None:
    try:
        lost = [c.key for c in parse(cell) if c.key not in known]
    except ValueError as error:
        return str(error)
    return (
        f"there is no source {', '.join(map(repr, lost))} in sources.csv; mend the key or add the text"
        if lost
        else None
    )


RULES = (
    citations_resolve,
    sources_are_in_the_bibliography,
    every_source_is_used,
    claims_have_one_subject,
    quotations_are_short_and_translated,
    deprecated_claims_say_why,
    numbers_have_a_unit,
    coordinates_lie_in_the_region,
    *wording.RULES,
)
