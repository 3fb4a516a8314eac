"""Damages of one cell by what its column holds: keys, citations, words of a list, numbers, days."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from shared.damages.model import Cell, Original, cell_kind


def is_key(original: Original, cell: Cell) -> bool:
    """Whether the cell holds one key."""
    return bool(cell.value) and cell.column in original.keys(cell.table)


def _is_list(_: Original, cell: Cell) -> bool:
    return bool(cell.value) and "references" in cell.field


def _are_several(original: Original, cell: Cell) -> bool:
    return _is_list(original, cell) and ";" in cell.value


def _is_id(_: Original, cell: Cell) -> bool:
    return cell.column == "id"


def _is_citation(_: Original, cell: Cell) -> bool:
    return bool(cell.value) and bool(cell.field.get("citations"))


def _has_locator(original: Original, cell: Cell) -> bool:
    return _is_citation(original, cell) and "[" in cell.value


def _is_word(_: Original, cell: Cell) -> bool:
    return bool(cell.value) and "enum" in cell.field.get("constraints", {}) and cell.field["type"] == "string"


def _of_type(*types: str):
    return lambda _, cell: bool(cell.value) and cell.field["type"] in types


def _required(_: Original, cell: Cell) -> bool:
    return bool(cell.field.get("constraints", {}).get("required"))


def always(value: str):
    """Return the change that puts the same in every place."""
    return lambda _, rng: value


def _first_letter(new: str):
    return lambda value, rng: new + value[1:]


def _homoglyph(value: str, rng: Random) -> str | None:
    places = [n for n, letter in enumerate(value) if letter in "aceopxy"]
    if not places:
        return None
    at = rng.choice(places)
    return value[:at] + "асеорху"["aceopxy".index(value[at])] + value[at + 1 :]


def _misspelt(value: str, rng: Random) -> str:
    at = rng.randrange(len(value))
    return value[:at] + value[at] + value[at:]


def _without_locator(value: str, rng: Random) -> str:
    before, _, rest = value.partition("[")
    return before + rest.partition("]")[2]


def _days(value: str, days: int) -> str:
    return str(date.fromisoformat(value) + timedelta(days))


CELLS = {
    "keys": {
        "key of no row": ("a key gets a letter twice, so that no row has it", is_key, _misspelt),
        "key with a capital": ("a key begins with a capital", is_key, lambda v, r: v.capitalize()),
        "key with a space": ("a space stands behind a key", is_key, lambda v, r: v + " "),
        "key with a Cyrillic letter": ("a letter of a key is the Cyrillic one of the same looks", is_key, _homoglyph),
        "key that is a path": ("a key leads out of the folder", is_key, lambda v, r: "../" + v),
        "key that is a number": ("a number stands in place of a key", is_key, always("17")),
        "key of no row in a list": ("a key of several gets a letter twice", _is_list, _misspelt),
        "list with commas": ("keys are joined with commas", _are_several, lambda v, r: v.replace(";", ",")),
        "list with a separator too many": ("a list of keys ends in a separator", _is_list, lambda v, r: v + ";"),
        "list with an empty key": (
            "two separators follow one another",
            _are_several,
            lambda v, r: v.replace(";", ";;", 1),
        ),
        "key twice in a list": (
            "the first key of a list stands in it again",
            _is_list,
            lambda v, r: f"{v};{v.split(';')[0]}",
        ),
        "required cell emptied": ("a cell that must be filled is emptied", _required, always("")),
    },
    "ids": {
        "id with a space": ("a space stands within an id", _is_id, lambda v, r: v[:2] + " " + v[2:]),
        "id with a capital": ("an id begins with a capital", _is_id, lambda v, r: v.capitalize()),
        "id with a Cyrillic letter": ("a letter of an id is the Cyrillic one of the same looks", _is_id, _homoglyph),
        "id that is a path": ("an id leads out of the folder", _is_id, lambda v, r: "../../" + v),
        "id with a quotation mark": ("a quotation mark stands in an id", _is_id, lambda v, r: v + "'"),
        "id with a hyphen at its end": ("an id ends in a hyphen", _is_id, lambda v, r: v + "-"),
        "id of 100,000 letters": ("an id is lengthened without end", _is_id, lambda v, r: v + "x" * 100_000),
        "id emptied": ("a row has no id", _is_id, always("")),
    },
    "citations": {
        "citation of no source": ("the key of a citation gets a letter twice", _is_citation, lambda v, r: v[0] + v),
        "bracket of a citation not closed": (
            "a closing bracket is gone",
            _has_locator,
            lambda v, r: v.replace("]", "", 1),
        ),
        "bracket of a citation not opened": (
            "an opening bracket is gone",
            _has_locator,
            lambda v, r: v.replace("[", "", 1),
        ),
        "locator of a citation emptied": (
            "nothing stands in the brackets",
            _has_locator,
            lambda v, r: _without_locator(v, r) + "[]",
        ),
        "locator of a citation removed": ("a citation loses the place in the text", _has_locator, _without_locator),
        "same source cited twice": (
            "the first source of a cell is cited again",
            _is_citation,
            lambda v, r: f"{v};{v.split(';')[0].split('[')[0]}",
        ),
        "citations joined with a comma": (
            "a comma parts two citations",
            lambda o, c: _is_citation(o, c) and ";" in c.value,
            lambda v, r: v.replace(";", ", ", 1),
        ),
        "citation with a capital": (
            "the key of a citation begins with a capital",
            _is_citation,
            lambda v, r: v.capitalize(),
        ),
        "citation in words": ("a citation is written out", _is_citation, always("Becker 1968, p. 264")),
    },
    "words of a list": {
        "word of no list": ("a word gets a letter twice", _is_word, _misspelt),
        "word with a capital": (
            "a word of a list begins with a capital",
            _is_word,
            lambda v, r: v.lower() if v[0].isupper() else v.capitalize(),
        ),
        "word with a space": ("a space stands before a word of a list", _is_word, lambda v, r: " " + v),
        "word with a Cyrillic letter": (
            "a letter of a word is the Cyrillic one of the same looks",
            _is_word,
            _homoglyph,
        ),
        "two words of a list": ("a cell holds two words", _is_word, lambda v, r: f"{v};{v}"),
        "truth value in capitals": (
            "true or false is written as a spreadsheet does",
            _of_type("boolean"),
            lambda v, r: v.upper(),
        ),
        "truth value as a number": (
            "true or false is written 1 or 0",
            _of_type("boolean"),
            lambda v, r: str(int(v == "true")),
        ),
        "truth value in another word": ("yes stands in place of true or false", _of_type("boolean"), always("yes")),
    },
    "numbers": {
        name: (does, _of_type("integer", "number"), change)
        for name, does, change in (
            ("number with a letter", "a letter stands behind a number", lambda v, r: v + "a"),
            ("number with two signs", "two minus signs stand before a number", lambda v, r: "--" + v.lstrip("-")),
            ("number with a comma", "a decimal comma stands in a number", lambda v, r: v.split(".")[0] + ",5"),
            ("number with a space", "a space parts the thousands", lambda v, r: "1 " + v.lstrip("-").zfill(3)),
            (
                "number with two points",
                "points part the thousands",
                lambda v, r: f"1.{v.split('.')[0].lstrip('-').zfill(3)}.000",
            ),
            ("number with an exponent beyond all", "a number is raised to 1e400", always("1e400")),
            ("number beyond 64 bits", "a number has 31 digits", always("9" * 31)),
            ("number of 5,000 digits", "a number has 5,000 digits", always("1" * 5000)),
            ("no number", "nan stands in place of a number", always("nan")),
            ("infinite", "inf stands in place of a number", always("inf")),
            ("hexadecimal number", "a number is written to the base of 16", always("0x10")),
            ("minus nought", "a number is -0", always("-0")),
            ("number in Arabic digits", "digits are those of the Arabic script", always("١٢")),
            ("number in wide digits", "digits are the wide ones of East Asian fonts", always("１２")),
            ("number with an underscore", "an underscore parts the thousands", lambda v, r: "1_000"),
            ("number with a plus", "a plus stands before a number", lambda v, r: "+" + v.lstrip("-")),
            ("number in words", "a number is written in words", always("some hundred")),
            ("number as a range", "two numbers with a dash stand in one cell", lambda v, r: f"{v}-{v}0"),
            ("number with its unit", "the unit stands in the cell of the number", lambda v, r: v + " men"),
            ("fraction", "a sign for a fraction stands in place of a number", always("½")),
        )
    },
    "days": {
        name: (does, _of_type("date"), change)
        for name, does, change in (
            (
                "day without noughts",
                "month and day lose their noughts",
                lambda v, r: f"{v[:4]}-{int(v[5:7])}-{int(v[8:])}-"[:-1],
            ),
            ("day with points", "a day is written as in German or Russian", lambda v, r: f"{v[8:]}.{v[5:7]}.{v[:4]}"),
            ("day with strokes", "a day is written with strokes", lambda v, r: v.replace("-", "/")),
            ("day in American order", "a day is written month first", lambda v, r: f"{v[5:7]}/{v[8:]}/{v[:4]}"),
            ("day that no month has", "a day is 30 February", lambda v, r: v[:4] + "-02-30"),
            ("month that no year has", "a month is 13", lambda v, r: v[:4] + "-13-01"),
            ("year of two digits", "a year loses its century", lambda v, r: v[2:]),
            ("day with a time", "a time of day stands behind a day", lambda v, r: v + "T00:00:00"),
            ("day in words", "a day is written in words", always("2 March 1918")),
            ("month alone", "a day is cut to its month", lambda v, r: v[:7]),
            ("day in a leap year that is none", "29 February of a common year", always("1918-02-29")),
            ("day before the year 1", "a day has the year nought", always("0000-01-01")),
            ("day with a negative year", "a minus stands before a day", lambda v, r: "-" + v),
            ("day in wide digits", "the year has the wide digits of East Asian fonts", lambda v, r: "１９１８" + v[4:]),
            ("day with a long dash", "hyphens become dashes", lambda v, r: v.replace("-", "\N{EN DASH}")),
            (
                "day as a serial number",
                "a day is the number that a spreadsheet keeps",
                lambda v, r: str((date.fromisoformat(v) - date(1899, 12, 30)).days),
            ),
            ("day of the last year", "9999-12-31 stands for what lasts", always("9999-12-31")),
            ("week in place of a day", "a day is written as a week", lambda v, r: v[:4] + "-W10-2"),
            ("one day a year later", "one bound is a year too late", lambda v, r: _days(v, 365)),
            ("one day a year earlier", "one bound is a year too early", lambda v, r: _days(v, -365)),
            ("one day emptied", "one bound is taken out", always("")),
        )
    },
}

for _group, _kinds in CELLS.items():
    for _name, (_does, _where, _change) in _kinds.items():
        cell_kind(_name, _group, _does, _where, _change)
