"""Rules on the letters of a text: what cannot be seen, what looks like another letter, what was decoded wrongly."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from helpers.check.package import Package
from helpers.record import DESCRIPTOR, DataError, Fault, content_of, decoded
from helpers.record.citations import BIBLIOGRAPHY

#: Letters that Unicode calls printable and of which nothing, or only a box or an empty space, is seen.
_UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u2800\u3164\ufe00-\ufe0f\uffa0\ufffc\ufffd]")
_LATIN = "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
_CYRILLIC = "\u0400-\u052f\u1c80-\u1c88\u2de0-\u2dff\ua640-\ua69f"
_GREEK = "\u0370-\u03ff\u1f00-\u1fff"
_SCRIPTS = (_LATIN, _CYRILLIC, _GREEK)
#: A letter beside one of another of these scripts, with nothing but marks that combine between them.
_MIXED = re.compile(
    "|".join(rf"[{one}](?=[\u0300-\u036f]*[{other}])" for one in _SCRIPTS for other in _SCRIPTS if one is not other)
)
_WORD = re.compile(rf"[{''.join(_SCRIPTS)}\u0300-\u036f'\u2019\u02bb\u02bc-]+")
#: The second and later bytes of a letter in UTF-8, as the two code pages show them.
_LATER_1252, _LATER_1251 = (
    re.escape("".join(bytes([byte]).decode(page, "replace").replace("\ufffd", chr(byte)) for byte in range(0x80, 0xC0)))
    for page in ("cp1252", "cp1251")
)
#: UTF-8 read as Windows-1252 or as Windows-1251: letters of Latin, Greek, Cyrillic and Arabic, and quotation marks.
#: In Russian a capital is followed by one such sign often enough, but not twice in turn.
_MISREAD = re.compile(
    rf"[ÂÃÄÅÊËÎÏÐÑØÙÚÛ][{_LATER_1252}]|â€[{_LATER_1252}]?|á[¸¹º»][{_LATER_1252}]|ï»¿|ð[{_LATER_1252}]{{3}}"
    rf"|(?:[ВГДЕКЛОПРСШЩЪЫ][{_LATER_1251}]){{2,}}|вЂ[{_LATER_1251}]|п»ї"
)
_ZERO_WIDTH_JOINERS = "\u200c\u200d"


def text_faults(text: str) -> Iterator[str]:
    """Yield what is wrong with the letters of a text, and how to mend it.

    >>> list(text_faults("Kag\\u200ban"))
    ['U+200B (ZERO WIDTH SPACE) stands in it; take it out']
    >>> list(text_faults("d\\u0435hqon"))
    ["the word 'dеhqon' mixes scripts: U+0435 (CYRILLIC SMALL LETTER IE); write it in one"]
    """
    if "  " in text:
        yield "two spaces stand in a row; leave one"
    if text.isascii() and text.isprintable():
        return
    for letter in dict.fromkeys(_unseen(text)):
        yield f"{_named(letter)} stands in it; {_instead(letter)}"
    if not unicodedata.is_normalized("NFC", text):
        apart = next(a for a in text if not unicodedata.is_normalized("NFC", a) or unicodedata.combining(a))
        yield f"the text is not in the composed form of Unicode (NFC), as with {_named(apart)}; type the letter anew"
    if misread := _MISREAD.search(text):
        yield f"{misread[0]!r} is UTF-8 that was read in another encoding; restore the text from its source"
    elif _MIXED.search(text):
        yield from _mixed(text)


def cells_are_readable(package: Package) -> Iterator[Fault]:
    """No cell holds letters that cannot be seen, are mixed from two scripts, or were decoded wrongly."""
    for table in package:
        for column in table.columns:
            for value in table[column].distinct:
                for message in text_faults(value):
                    yield from table.faults(column, {value: message})


def descriptor_is_readable(package: Package) -> Iterator[Fault]:
    """The texts of the descriptor keep what the cells must keep."""
    for place, text in _texts(package.descriptor, ""):
        for message in text_faults(text):
            yield Fault(DESCRIPTOR, 0, place, message)


def bibliography_is_readable(package: Package) -> Iterator[Fault]:
    """The bibliography can be read, and its lines keep what the cells must keep; how they are indented is free."""
    try:
        text = decoded(BIBLIOGRAPHY, content_of(package.folder, BIBLIOGRAPHY, "the file is missing; put it back"))
    except DataError as error:
        yield from error.faults
        return
    for number, line in enumerate(re.split("\r?\n", text), start=1):
        for message in text_faults(re.sub(r"^[ \t]+|[ \t]+$|(?<==) +| +(?==)", "", line)):
            yield Fault(BIBLIOGRAPHY, number, "-", message)


def _unseen(text: str) -> Iterator[str]:
    for place, letter in enumerate(text):
        if letter in _ZERO_WIDTH_JOINERS and _is_arabic(text[place - 1 : place]) and _is_arabic(text[place + 1 :][:1]):
            continue  # Persian writes half a space so
        if not letter.isprintable() or _UNSEEN.match(letter):
            yield letter


def _is_arabic(letter: str) -> bool:
    return bool(letter) and unicodedata.name(letter, "").startswith("ARABIC")


def _instead(letter: str) -> str:
    if letter == "\ufffd":
        return "restore the letter that was lost from its source"
    if letter in "\n\r\t\x0b\x0c\x85\u2028\u2029" or unicodedata.category(letter) == "Zs":
        return "write a plain space"
    return "take it out"


def _mixed(text: str) -> Iterator[str]:
    for word in dict.fromkeys(word for word in _WORD.findall(text) if _MIXED.search(word)):
        by_script = [[a for a in word if re.match(f"[{script}]", a)] for script in _SCRIPTS]
        few = min((letters for letters in by_script if letters), key=len)
        strange = ", ".join(_named(letter) for letter in dict.fromkeys(few))
        yield f"the word {word!r} mixes scripts: {strange}; write it in one"


def _named(letter: str) -> str:
    return f"U+{ord(letter):04X} ({unicodedata.name(letter, 'LINE BREAK' if letter in chr(10) else 'no name')})"


def _texts(value: Any, place: str) -> Iterator[tuple[str, str]]:
    """Yield every text of a descriptor, names of its parts too, with its place."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for name, part in value.items():
            here = f"{place}.{name}" if place else name
            yield here, name
            if name != "dialect":  # its signs are no text; the shape of the descriptor holds them to one form each
                yield from _texts(part, here)
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _texts(part, f"{place}[{number}]")


RULES = (cells_are_readable, descriptor_is_readable, bibliography_is_readable)
