"""Rules on the conclusions: what each rests on stands, and no recorded contradiction is left out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np

from helpers.check.contradiction import COMPARED, DAYS, NUMBERS, contradict
from helpers.check.package import SUBJECTS, Package, parts
from helpers.record import MISSING, Fault, RawTable

#: A finding that rests on nobody's having said something says in its note where nothing stands.
ABSENCE = re.compile(r"Rests on the absence of ((?:[a-z_]+\.[a-z_]+(?:, )?)+): ")
_FORM = "'Rests on the absence of actors.born, actors.died: ' and why"
#: A finding that counts the rows of whole tables says in its note which.
COUNT = re.compile(r"Counted over ((?:[a-z_]+(?:, )?)+): ")

_FUNCTION = re.compile(r"^def (\w+)\(", re.MULTILINE)


def absent(note: object) -> list[tuple[str, str]]:
    """Return the tables and columns on whose empty cells a finding rests, by its note (which may be missing)."""
    found = ABSENCE.match(note) if isinstance(note, str) else None
    return [tuple(place.split(".")) for place in found[1].split(", ")] if found else []


def counted(note: object) -> list[str]:
    """Return the tables over which a finding counts, by its note (which may be missing)."""
    found = COUNT.match(note) if isinstance(note, str) else None
    return found[1].split(", ") if found else []


def findings_rest_on_claims(package: Package) -> Iterator[Fault]:
    """A finding has a claim for it, or its note says, in a set form, what nobody says or what it counts."""
    findings = package["findings"]
    for index, cell in enumerate(findings["claims_for"]):
        note = findings["note"][index]
        places, tables = absent(note), counted(note)
        if cell == MISSING and not places and not tables:
            yield findings.fault(
                index,
                "claims_for",
                f"no claim supports {_sentence(package, index)}; name the claims, rewrite the sentence so that some do,"
                f" or, if it rests on what nobody says, begin the note with {_FORM}; if it counts whole tables, with"
                " 'Counted over findings, claims: ' and what is counted",
            )
        for table in set(tables) - package.tables.keys():
            yield findings.fault(index, "note", f"there is no table {table}; mend the note")
        for table, column in places:
            if table not in package.tables or column not in package[table].schema:
                yield findings.fault(index, "note", f"there is no column {table}.{column}; mend the note")


def findings_cite_claims_that_stand(package: Package) -> Iterator[Fault]:
    """No finding rests on a deprecated claim, and no claim is both for and against it."""
    findings, claims = package["findings"], package["claims"]
    deprecated = {claims["id"][index] for index in np.flatnonzero(~package.standing)}
    for index in range(len(findings)):
        ours, theirs = (parts(findings[c][index]) for c in ("claims_for", "claims_against"))
        for column, keys in (("claims_for", ours), ("claims_against", theirs)):
            for key in deprecated & set(keys):
                yield findings.fault(
                    index,
                    column,
                    f"{key!r} is deprecated; take it out and see whether {_sentence(package, index)} stands",
                )
        for key in set(ours) & set(theirs):
            yield findings.fault(index, "claims_against", f"{key!r} is both for and against; leave it in one")


def findings_hide_no_contradiction(package: Package) -> Iterator[Fault]:
    """A claim that contradicts one that a finding rests on is itself for it or against it."""
    findings, claims, records = package["findings"], package["claims"], package.records("claims")
    rested_on = [[records[key] for key in parts(cell) if key in records] for cell in findings["claims_for"]]
    contradictions = _contradictions(package, {one for ours in rested_on for one in ours})
    for index in (index for index, ours in enumerate(rested_on) if not contradictions.keys().isdisjoint(ours)):
        ours = rested_on[index]
        named = {records.get(key) for key in parts(findings["claims_against"][index])} | set(ours)
        found: dict[int, int] = {}
        for one in ours:
            for other in contradictions.get(one, ()):
                if other not in named:
                    found.setdefault(other, one)
        for other, one in sorted(found.items()):
            yield findings.fault(
                index,
                "claims_against",
                f"{claims['id'][other]!r} ({claims['value'][other]}) contradicts {claims['id'][one]!r}"
                f" ({claims['value'][one]}) and is not named; put it in claims_against, or in claims_for if"
                f" {_sentence(package, index)} holds with it too",
            )


def findings_have_their_function(package: Package) -> Iterator[Fault]:
    """A finding's test is a function of the module of its chapter, which is read here and never run.

    Where the functions lie in a package other than `helpers`, nothing is said: to look for it would run it; nor of a
    package without a book, whose functions nobody asks.
    """
    findings = package["findings"]
    folder = _functions(package)
    if folder is None or not (folder.is_dir() or _book(package)):
        return

    known: dict[str, frozenset[str]] = {}
    for chapter in findings["chapter"].distinct:
        with suppress(OSError, UnicodeDecodeError):
            known[chapter] = frozenset(_FUNCTION.findall((folder / f"{chapter}.py").read_text(encoding="utf-8")))

    def wrong(chapter: str, test: str) -> str | None:
        if chapter not in known:
            return f"there is no {chapter}.py with the function {test!r} where `findings` says; mend chapter or file"
        return None if test in known[chapter] else f"{chapter}.py has no function {test!r}; mend the name or write it"

    yield from findings.judged("test", ("chapter", "test"), wrong)


def findings_have_their_chapter(package: Package) -> Iterator[Fault]:
    """The chapter of a finding is a page of the book; of a package without a book nothing is said."""
    book, findings = _book(package), package["findings"]
    if book is None:
        return
    pages = {chapter for chapter in findings["chapter"].distinct if not _has_page(book, chapter)}
    message = "there is no page chapters/{0}.ipynb or .md in the book; mend the name".format
    yield from findings.faults("chapter", {chapter: message(chapter) for chapter in pages})


def _book(package: Package) -> Path | None:
    book = package.folder.resolve().parent
    return book if (book / "_toc.yml").is_file() else None


def _has_page(book: Path, chapter: str) -> bool:
    pages = (folder / f"{chapter}{end}" for folder in (book / "chapters", book) for end in (".ipynb", ".md"))
    return any(page.is_file() for page in pages)


def _functions(package: Package) -> Path | None:
    """The folder with the modules of the findings, None where it cannot be told without importing something."""
    home = str(package.descriptor.get("findings", ""))
    if "/" in home:
        return package.folder / home
    first, *inner = home.split(".")
    is_ours = first == "helpers" and all(map(str.isidentifier, inner))
    return Path(__file__).parents[1].joinpath(*inner) if is_ours else None


def _contradictions(package: Package, asked: Collection[int]) -> dict[int, list[int]]:
    """Return the standing claims that contradict those asked for; claims with the same cells are compared once."""
    claims, doubtful = package["claims"], _may_be_contradicted(package)
    ones, others = package.beside(np.array([one for one in asked if doubtful[one]], int))
    kinds, sources = claims.kinds(COMPARED), claims["source"].codes
    cells = kinds[ones] * (kinds.max(initial=0) + 1) + kinds[others]
    alike = 4 * cells + 2 * claims["force"].filled[ones] + (sources[ones] == sources[others])
    _, first, number = np.unique(alike, return_index=True, return_inverse=True)
    said = [contradict(claims, _subject(claims, ones[pair]), ones[pair], others[pair]) for pair in first]
    found = defaultdict(list)
    for pair in np.flatnonzero(np.array(said, bool)[number]):
        found[int(ones[pair])].append(int(others[pair]))
    return found


def _may_be_contradicted(package: Package) -> np.ndarray:
    """Which claims give a number or a day, or are on what somebody denies: no others contradict one another."""
    claims, topics = package["claims"], package.topics
    denied = topics[claims["stance"].among({"denies"})]
    return claims["attribute"].among({*DAYS, *NUMBERS["force"], *NUMBERS[""]}) | np.isin(topics, denied)


def _subject(claims: RawTable, index: int) -> str:
    """Return what a claim is about; MISSING if nothing, which `claims_have_one_subject` tells."""
    return next((subject for subject in SUBJECTS if claims[subject][index] != MISSING), MISSING)


def _sentence(package: Package, index: int) -> str:
    findings = package["findings"]
    return f"the sentence of chapters/{findings['chapter'][index]} “{findings['sentence'][index]}”"


RULES = (
    findings_rest_on_claims,
    findings_cite_claims_that_stand,
    findings_hide_no_contradiction,
    findings_have_their_function,
    findings_have_their_chapter,
)
