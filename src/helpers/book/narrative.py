"""The prose of a chapter as it stands in its notebook, and the digits that may be typed into it.

A number in the prose comes from the tables through ``glue``; so does a day. What may be typed is listed here and
nowhere else (`ALLOWED`, `FIXED`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import nbformat

#: Names with a digit that is part of the name.
FIXED = ("UTF-8", "Creative Commons Attribution 4.0", "CC BY 4.0", "MIME 1.0", "ISO 8601")

#: Where digits may be typed, and why.
ALLOWED: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "code and roles, glued values among them": re.compile(
            r"^(`{3,}|~{3,}).*?^\1|\{[a-z:-]+\}`[^`]*`|`[^`]*`", re.S | re.M
        ),
        "comments, labels, the options of a directive and the head of a page": re.compile(
            r"\A---\n.*?^---$|<!--.*?-->|^\([\w-]+\)=$|^:[\w-]+:[^\n]*$|^:{3,}[^\n]*$", re.S | re.M
        ),
        "the title of a page, which is a name": re.compile(r"\A# .*$", re.M),
        "the number of an item in a list": re.compile(r"^ *\d{1,2}\. ", re.M),
        "where a link leads": re.compile(r"\]\([^)]*\)|<https?:[^>]*>"),
        "quotations: the words of a source are its own": re.compile(r"“[^”]*”|«[^»]*»|(?<!\w)\"[^\"\n]*\"(?!\w)"),
        "names": re.compile("|".join(map(re.escape, FIXED))),
        "years and spans of years, which name a time": re.compile(
            r"(?<![\w.,])1\d{3}s?(?:[–/-](?:1\d{3}|20\d\d|\d\d))?(?![\w])|(?<![\w.,])20\d\ds?(?![\w])"
        ),
    }
)
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.S)
_DIGITS = re.compile(r"\S*\d\S*")
_GLUE = re.compile(r"\{glue:text\}`([^`]+)`")
_MARK = re.compile(r"\{finding\}`([^`]+)`")
_TERM = re.compile(r"\{term\}`([^`<]+?)(?: <[^`]*)?`")


def cells(path: Path) -> Iterator[tuple[str, str]]:
    """Yield name and text of each narrative cell of a notebook; a page in Markdown is one cell."""
    if path.suffix == ".md":
        yield path.name, _FRONT_MATTER.sub("", path.read_text("utf-8"))
        return
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "markdown":
            yield cell.id, cell.source


def typed_digits(text: str) -> list[str]:
    """Return what holds a digit in a narrative text and is in no form of `ALLOWED`.

    >>> typed_digits("In 1918 he had {glue:text}`men` men, 46 of them his own, by 2 March 1918.")
    ['46', '2']
    """
    for form in ALLOWED.values():
        text = form.sub(" … ", text)
    return [found[0].strip(".,;:!?()[]*_") for found in _DIGITS.finditer(text)]


def prose(path: Path) -> str:
    """Return the narrative cells as one line: glued values as ``{name}``, terms as their words, no markers.

    That is the form in which ``data/findings.csv`` has a sentence.
    """
    return _line(_MARK.sub("", _text(path)))


def marked(path: Path) -> str:
    """Return the narrative cells as one line, with glued values as ``{name}`` and markers as ``{finding}`key```."""
    return _line(_text(path))


def markers(path: Path) -> list[str]:
    """Return the keys of the findings that a page marks, in their order."""
    return _MARK.findall(_text(path))


def _text(path: Path) -> str:
    return "\n".join(text for _, text in cells(path))


def _line(text: str) -> str:
    return " ".join(_TERM.sub(r"\1", _GLUE.sub(r"{\1}", text)).split())
