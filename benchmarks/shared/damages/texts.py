"""Damages of the letters of a text: what cannot be seen, what was misread, what runs somewhere else."""

from __future__ import annotations

import unicodedata
from random import Random

from shared.damages.cells import always
from shared.damages.model import Cell, Original, cell_kind


def _is_text(_: Original, cell: Cell) -> bool:
    field = cell.field
    plain = field["type"] == "string" and not {"citations", "references"} & field.keys()
    bound = {"enum", "pattern"} & field.get("constraints", {}).keys()
    return plain and not bound and len(cell.value) > 3 and cell.column in _PROSE


_PROSE = {
    "title",
    "summary",
    "note",
    "because",
    "value",
    "quote",
    "translation",
    "name",
    "label",
    "role",
    "fate",
    "text",
    "population",
    "scope",
    "author",
    "rationale",
    "name_then",
    "locator",
    "sentence",
}


def _within(letters: str):
    def change(value: str, rng: Random) -> str:
        at = rng.randrange(1, len(value))
        return value[:at] + letters + value[at:]

    return change


def _decomposed(value: str, rng: Random) -> str:
    return unicodedata.normalize("NFD", value)


def _mojibake(value: str, rng: Random) -> str:
    return value.encode().decode("latin-1")


def _mixed(value: str, rng: Random) -> str | None:
    at = next((n for n, letter in enumerate(value) if n and letter in "aeo" and value[n - 1].isalpha()), None)
    return None if at is None else value[:at] + "аео"["aeo".index(value[at])] + value[at + 1 :]


def _has_marks(original: Original, cell: Cell) -> bool:
    return _is_text(original, cell) and unicodedata.normalize("NFD", cell.value) != cell.value


def _has_spaces(original: Original, cell: Cell) -> bool:
    return _is_text(original, cell) and " " in cell.value


UNSEEN = {
    "zero width space": 0x200B,
    "left-to-right mark": 0x200E,
    "right-to-left mark": 0x200F,
    "right-to-left override": 0x202E,
    "word joiner": 0x2060,
    "directional isolate": 0x2066,
    "soft hyphen": 0x00AD,
    "replacement character": 0xFFFD,
    "no character": 0xFFFE,
    "null character": 0x0000,
    "escape character": 0x001B,
    "bell": 0x0007,
    "delete character": 0x007F,
    "next line": 0x0085,
    "line separator": 0x2028,
    "paragraph separator": 0x2029,
    "tabulator": 0x0009,
    "byte-order mark": 0xFEFF,
    "form feed": 0x000C,
    "private character": 0xE000,
}

for _name, _code in UNSEEN.items():
    cell_kind(f"{_name} in a text", "letters", f"U+{_code:04X} stands within a text", _is_text, _within(chr(_code)))

LETTERS = {
    "accents taken apart": ("letters and their accents become two characters (NFD)", _has_marks, _decomposed),
    "text read in a wrong encoding": ("UTF-8 was read as Latin-1", _has_marks, _mojibake),
    "Cyrillic letter in a Latin word": (
        "a letter within a word is the Cyrillic one of the same looks",
        lambda o, c: _is_text(o, c) and c.value.isascii(),
        _mixed,
    ),
    "two spaces": ("a space within a text is doubled", _has_spaces, lambda v, r: v.replace(" ", "  ", 1)),
    "space before a text": ("a space stands before a text", _is_text, lambda v, r: " " + v),
    "space behind a text": ("a space stands behind a text", _is_text, lambda v, r: v + " "),
    "no-break space behind a text": (
        "a no-break space stands behind a text",
        _is_text,
        lambda v, r: v + "\N{NO-BREAK SPACE}",
    ),
    "line break in a text": ("a line ends within a cell", _has_spaces, lambda v, r: v.replace(" ", "\n", 1)),
    "Windows line break in a text": (
        "a line ends within a cell with CR and LF",
        _has_spaces,
        lambda v, r: v.replace(" ", "\r\n", 1),
    ),
    "paragraphs in a text": ("an empty line stands within a cell", _has_spaces, lambda v, r: v.replace(" ", "\n\n", 1)),
    "text of a megabyte": ("a cell holds a megabyte", _is_text, lambda v, r: v + " x" * 500_000),
    "word for nothing: NA": ("NA stands in place of a text", _is_text, always("NA")),
    "word for nothing: None": ("None stands in place of a text", _is_text, always("None")),
    "word for nothing: null": ("null stands in place of a text", _is_text, always("null")),
    "question marks for letters": (
        "letters that an encoding lacks became question marks",
        lambda o, c: _is_text(o, c) and not c.value.isascii(),
        lambda v, r: v.encode("ascii", "replace").decode(),
    ),
}

FOREIGN = {
    "formula of a spreadsheet": ("a text is a formula that opens an address", '=HYPERLINK("https://example.org","x")'),
    "formula after a plus": ("a text is a formula that begins with a plus", "+1+cmd|' /C calc'!A0"),
    "formula after an at sign": ("a text is a formula that begins with an at sign", "@SUM(1,1)"),
    "script in a text": ("a text is a script of a page", "<script>document.title=1</script>"),
    "picture with a script": (
        "a text is a picture that runs a script where it cannot be shown",
        "<img src=x onerror=alert(1)>",
    ),
    "template in a text": ("a text is an expression of Jinja", "{{ 7 * 7 }}"),
    "role in a text": ("a text is a role that includes a file", "{eval}`1+1` {glue:text}`x`"),
    "directive in a text": ("a text is a directive that includes a file", "```{include} /etc/hostname"),
    "mathematics in a text": ("a text is a macro of LaTeX", "$\\input{/etc/hostname}$"),
    "end of a script in a text": ("a text closes the script that it stands in", "</script><script>1</script>"),
}

for _name, (_does, _where, _change) in LETTERS.items():
    cell_kind(_name, "letters", _does, _where, _change)
for _name, (_does, _text) in FOREIGN.items():
    cell_kind(_name, "code in a text", _does, _is_text, always(_text))
