"""Citations in the manner of CLDF: ``khodzhaev1926[143];ayni1920`` is two citations, the first with a locator."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

BIBLIOGRAPHY = "references.bib"
_CITATION = re.compile(r"(?P<key>[a-z0-9_]+)(?:\[(?P<locator>[^\[\]]+)\])?")
_VALUE = r"(?:[^{}@]++|\{(?:[^{}@]++|\{[^{}@]*+\})*+\})*+"
_FIELD = r"\s*,\s*([a-z]+)\s*=\s*\{(" + _VALUE + r")\}"
_FIELDS = re.compile(_FIELD)
#: An entry with nothing but fields in braces, as most are. Whatever else BibTeX allows is left to pybtex.
_PLAIN_ENTRY = re.compile(
    r"\s*@(?!comment|string|preamble)[a-z]+\{(?P<key>[a-z0-9_]+)(?P<fields>(?:" + _FIELD + r")++)\s*,?\s*\}\s*"
)
_BETWEEN = re.compile(r";(?![^\[]*\])")


@dataclass(frozen=True)
class Citation:
    """A source and, where it is known, the place in it."""

    key: str
    locator: str | None = None

    def __str__(self) -> str:
        return self.key if self.locator is None else f"{self.key}[{self.locator}]"


@lru_cache(maxsize=65536)
def parse(text: str) -> tuple[Citation, ...]:
    """Return the citations in `text`, in their order.

    Raises
    ------
    ValueError
        If a part between semicolons is not a key with or without a locator in brackets.

    >>> [(one.key, one.locator) for one in parse("khodzhaev1926[143];ayni1920")]
    [('khodzhaev1926', '143'), ('ayni1920', None)]
    """
    return tuple(map(_citation, _BETWEEN.split(text)))


def keys(text: str) -> tuple[str, ...]:
    """Return the keys of the sources cited in `text`.

    >>> keys("khodzhaev1926[143];ayni1920")
    ('khodzhaev1926', 'ayni1920')
    """
    return tuple(citation.key for citation in parse(text))


def join(citations: Iterable[Citation]) -> str:
    """Return the text that `parse` would read as these citations.

    >>> join(parse("khodzhaev1926[143];ayni1920"))
    'khodzhaev1926[143];ayni1920'
    """
    return ";".join(map(str, citations))


def bibliography_keys(path: Path) -> frozenset[str]:
    """Return the keys of the entries of a BibTeX file.

    Raises
    ------
    ValueError
        If the file is not BibTeX.
    FileNotFoundError
        If there is no such file.
    """
    text = path.read_text(encoding="utf-8")
    return _plain_keys(text) or _parsed_keys(text)


def _plain_keys(text: str) -> frozenset[str]:
    """The keys of a bibliography of plain entries; none if it holds anything that pybtex might refuse."""
    keys, place = [], 0
    while entry := _PLAIN_ENTRY.match(text, place):
        if not _is_plain(_FIELDS.findall(entry["fields"])):
            return frozenset()
        keys.append(entry["key"])
        place = entry.end()
    return frozenset(keys if place == len(text) and len(keys) == len(set(keys)) else ())


def _is_plain(fields: list[tuple[str, str]]) -> bool:
    """Whether no field stands twice, and no name has more than two commas."""
    people = [value for field, value in fields if field in ("author", "editor")]
    names = [name for value in people for name in ([value] if "{" in value else value.split(" and "))]
    return len(dict(fields)) == len(fields) and all(name.count(",") <= 2 for name in names)


def _parsed_keys(text: str) -> frozenset[str]:
    from pybtex.database import parse_string  # here, since only the check needs it and it is slow to import
    from pybtex.exceptions import PybtexError

    try:
        return frozenset(parse_string(text, "bibtex").entries)
    except PybtexError as error:
        raise ValueError(f"not BibTeX: {error}") from None


def _citation(part: str) -> Citation:
    match = _CITATION.fullmatch(part)
    if match is None:
        raise ValueError(f"{part!r} is not a citation; write key or key[place], joined by semicolons")
    return Citation(match["key"], match["locator"])
