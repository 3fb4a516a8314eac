"""Rules on the words of claims, names and citations: numbers, hedges, units, scripts, addresses, places in a text."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

import numpy as np

from helpers.check.package import SUBJECTS, Package
from helpers.check.values import number
from helpers.record import MISSING, Fault, RawTable
from helpers.record.citations import BIBLIOGRAPHY, Citation, parse

NUMBERS = ("low", "best", "high")
#: Hedges that leave open which numbers go with them.
_FREE = ("derived",)
_FORMS = {"at_most": ("high",), "at_least": ("low",), "between": ("low", "high"), "several": ()}
_WORDS = (
    "no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
)
_NUMERALS = dict(zip(_WORDS.split(), (*range(21), 30, 40, 50, 60, 70, 80, 90), strict=True))
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_COMPOUND = re.compile(r"\b([a-z]+ty)-([a-z]+)\b")
_SCRIPTS = {"LATIN": "Latn", "CYRILLIC": "Cyrl", "ARABIC": "Arab", "GREEK": "Grek", "HEBREW": "Hebr", "CJK": "Hani"}
USUAL = 9
"""Citations of a source with their place, for one without, from which a table can be said to give the place."""
_URL = re.compile(r"\s*url\s*=\s*[{\"](.*?)[}\"]\s*,?\s*")


def numbers_go_with_their_hedge(package: Package) -> Iterator[Fault]:
    """A hedge has the numbers that it is about, and a bound has a hedge."""

    def wrong(hedge: str, *cells: str) -> str | None:
        given = tuple(name for name, cell in zip(NUMBERS, cells, strict=True) if cell != MISSING)
        wanted = _FORMS.get(hedge, ("best",))
        if hedge in _FREE or given == wanted or (not given and hedge not in ("at_most", "at_least", "between")):
            return None
        only = {"at_least": "`low` (and never `best`)", "several": "no number"}.get(hedge)
        return f"`{hedge}` gives {only or ' and '.join(f'`{name}`' for name in wanted) + ' only'}; move the number"

    yield from package["claims"].judged("hedge", ("hedge", *NUMBERS), wrong)


def hedges_fit_their_words(package: Package) -> Iterator[Fault]:
    """A number of which the value says "about" or "up to" is hedged so (`words` of the column `hedge`)."""
    claims = package["claims"]
    words = claims.schema.get("hedge", {}).get("words", {})

    def wrong(hedge: str, value: str) -> str | None:
        for right, said in words.items():
            for word in said:
                if re.search(rf"(?<!not )\b{re.escape(word)}\b", value) and hedge not in (right, *_FREE):
                    return f"{value!r} says {word!r}: the hedge is `{right}`, or the value is worded otherwise"
        return None

    yield from claims.judged("hedge", ("hedge", "value"), wrong, among=_numbered(claims))


def numbers_stand_in_the_value(package: Package) -> Iterator[Fault]:
    """A number of a claim is one that its value, its quotation or the translation has, in digits or in English."""

    def wrong(hedge: str, value: str, quote: str, translation: str, *cells: str) -> str | None:
        if hedge in _FREE or not (told := _numbers(value)):
            return None
        told = told | _numbers(quote) | _numbers(translation)
        lost = [cell for cell in cells if cell != MISSING and number(cell) not in told]
        return f"{lost[0]} stands neither in the value nor in the quotation; mend it, or the hedge" if lost else None

    cells = ("hedge", "value", "quote", "translation", *NUMBERS)
    yield from package["claims"].judged("value", cells, wrong, among=_numbered(package["claims"]))


def attributes_fit_subject_and_unit(package: Package) -> Iterator[Fault]:
    """What is said fits what it is said of and the unit it is said in, as the descriptor gives both."""
    claims = package["claims"]
    field = claims.schema.get("attribute", {})
    subjects, units = field.get("subjects", {}), field.get("units", {})

    def foreign(attribute: str, *cells: str) -> str | None:
        about = next((name for name, cell in zip(SUBJECTS, cells, strict=True) if cell != MISSING), None)
        if about in subjects.get(attribute, (about,)):
            return None
        return f"{attribute} is said of {' or '.join(subjects[attribute])}, not of a {about}; mend one of them"

    def odd(attribute: str, unit: str) -> str | None:
        if unit in units.get(attribute, (unit,)):
            return None
        return f"{attribute} is told in {', '.join(units[attribute])}, not in {unit}; mend one of them"

    yield from claims.judged("attribute", ("attribute", *SUBJECTS), foreign)
    yield from claims.judged("unit", ("attribute", "unit"), odd, among=claims["unit"].filled)


def languages_are_known_with_their_scripts(package: Package) -> Iterator[Fault]:
    """A language is one of `languages` of the descriptor, and names and quotations are in a script of theirs."""
    known = package.descriptor.get("languages")
    if not isinstance(known, dict):
        return

    def unknown(code: str) -> str | None:
        return None if code in known else f"{code!r} is not among `languages` of the descriptor; mend it or add it"

    for table, column in (("sources", "language"), ("actor_names", "language"), ("claims", "quote_language")):
        yield from package[table].judged(column, (column,), unknown, among=package[table][column].filled)

    def unwritten(code: str, text: str) -> str | None:
        script, usual = _script(text), known.get(code, [])
        if not usual or script is None or script in usual:
            return None
        return f"the quotation is in {script}, and {code} is written in {' or '.join(usual)}; mend the language"

    claims, names = package["claims"], package["actor_names"]
    yield from claims.judged("quote_language", ("quote_language", "quote"), unwritten, claims["quote"].filled)

    def other_script(code: str, script: str, name: str) -> str | None:
        if _script(name) not in (script, None):
            return f"{name!r} is in {_script(name)}, not in {script}; mend the script"
        return None if script in known.get(code, (script,)) else f"{code} is not written in {script}; mend one of them"

    yield from names.judged("script", ("language", "script", "name"), other_script)


def addresses_are_addresses(package: Package) -> Iterator[Fault]:
    """What stands as an address, in `read_at` and in the bibliography, is one of the web."""
    sources = package["sources"]
    yield from sources.faults(
        "read_at",
        {
            cell: f"{wrong[0]!r} is no address; write one that begins with https:// or http://, with spaces between two"
            for cell in sources["read_at"].distinct
            if (wrong := [part for part in cell.split() if not _is_address(part)])
        },
    )
    try:
        lines = (package.folder / BIBLIOGRAPHY).read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError):  # `sources_are_in_the_bibliography` says so
        return
    for place, line in enumerate(lines, start=1):
        if (found := _URL.fullmatch(line)) and not _is_address(found[1]):
            yield Fault(BIBLIOGRAPHY, place, "url", f"{found[1]!r} is no address; write one that begins with https://")


def citations_name_a_place_once(package: Package) -> Iterator[Fault]:
    """No cell cites one place of a source twice, or the source once with its place and once without."""
    for table, column in package.citing():
        said = {}
        for cell in table[column].distinct:
            counts = Counter(found := _citations(cell))
            keys = Counter(citation.key for citation in found)
            twice = [c.key for c, count in counts.items() if count > 1 or (c.locator is None and keys[c.key] > 1)]
            if twice:
                said[cell] = f"{twice[0]!r} is cited twice; leave it once, with its place"
        yield from table.faults(column, said)


def citations_have_their_place(package: Package) -> Iterator[Fault]:
    """A source that a table cites with the place, nine times in ten or more, is cited so in every row of it."""
    for table, column in package.citing():
        found = [(index, citation) for index, cell in enumerate(table[column]) for citation in _citations(cell)]
        placed, all_of = (
            Counter(citation.key for _, citation in found if citation.locator or not only) for only in (True, False)
        )
        for index, citation in found:
            key = citation.key
            if citation.locator is None and placed[key] >= USUAL * (all_of[key] - placed[key]):
                yield table.fault(
                    index, column, f"{key!r} stands without its place, which {placed[key]} others give: {key}[place]"
                )


def _numbered(claims: RawTable) -> np.ndarray:
    return np.logical_or.reduce([claims[column].filled for column in NUMBERS])


def _numbers(text: str) -> set[float]:
    """The numbers in a text; with "hundred" or "thousand" in it, all of them that many times too."""
    text = re.sub(r"(?<=\d)[,\u00a0 ](?=\d{3}(?!\d))", "", text)
    words = re.findall(r"[a-z]+", text.lower())
    found = {float(digits) for digits in _DIGITS.findall(text)}
    found |= {float(_NUMERALS[word]) for word in words if word in _NUMERALS}
    found |= {float(_NUMERALS.get(tens, 0) + _NUMERALS.get(ones, 0)) for tens, ones in _COMPOUND.findall(text.lower())}
    scales = [_SCALES[word] for word in words if word in _SCALES]
    return found | {value * scale for value in {*found, 1.0} for scale in scales}


def _script(text: str) -> str | None:
    """The script of most letters of a text, None if it has no letter of a known one."""
    names = (unicodedata.name(letter, "").split(" ")[0] for letter in text if letter.isalpha())
    found = Counter(_SCRIPTS[name] for name in names if name in _SCRIPTS)
    return found.most_common(1)[0][0] if found else None


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and "." in (parts.hostname or "") and " " not in text
    except ValueError:
        return False


def _citations(cell: str) -> Sequence[Citation]:
    try:
        return parse(cell)
    except ValueError:  # an empty cell, or one of which `citations_resolve` says so
        return ()


RULES = (
    numbers_go_with_their_hedge,
    hedges_fit_their_words,
    numbers_stand_in_the_value,
    attributes_fit_subject_and_unit,
    languages_are_known_with_their_scripts,
    addresses_are_addresses,
    citations_name_a_place_once,
    citations_have_their_place,
)
