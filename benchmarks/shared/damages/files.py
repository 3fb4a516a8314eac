"""Damages of a whole file: its encoding, its line ends, its marks, its end."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from shared.damages.model import FOLDER, Damage, Original, register


def _cut(part: float) -> Callable[[str], bytes]:
    return lambda text: text.encode()[: int(len(text.encode()) * part)]


def _quote_opened(text: str) -> bytes:
    lines = text.split("\n")
    lines[2] = lines[2].replace(",", ',"', 1)
    return "\n".join(lines).encode()


def _quote_within(text: str) -> bytes:
    lines = text.split("\n")
    first, _, rest = lines[2].partition(",")
    lines[2] = f'{first},"a"b,{rest.partition(",")[2]}'
    return "\n".join(lines).encode()


def _glued(text: str) -> bytes:
    lines = text.split("\n")
    return "\n".join([*lines[:2], lines[2] + lines[3], *lines[4:]]).encode()


FILES: dict[str, tuple[str, Callable[[str], bytes | None]]] = {
    "file with a byte-order mark": ("a byte-order mark stands before a table", lambda t: t.encode("utf-8-sig")),
    "file in UTF-16": ("a table is saved as UTF-16", lambda t: t.encode("utf-16")),
    "file in UTF-32": ("a table is saved as UTF-32", lambda t: t.encode("utf-32")),
    "file in a Cyrillic encoding": (
        "a table is saved as Windows-1251",
        lambda t: t.encode("cp1251", "replace") + "é".encode("latin-1"),
    ),
    "byte that is not UTF-8": ("one byte is of another encoding", lambda t: t.encode() + b"\xe9\n"),
    "Windows line ends": ("lines end in CR and LF", lambda t: t.replace("\n", "\r\n").encode()),
    "old Macintosh line ends": ("lines end in CR", lambda t: t.replace("\n", "\r").encode()),
    "last line without its end": ("the last line end is missing", lambda t: t[:-1].encode()),
    "empty lines at the end": ("two empty lines stand at the end", lambda t: (t + "\n\n").encode()),
    "file cut in the middle": ("the second half of a table is missing", _cut(0.5)),
    "file cut near its end": ("the last letters of a table are missing", _cut(0.995)),
    "file emptied": ("nothing stands in a table", lambda t: b""),
    "file of one line end": ("only a line end stands in a table", lambda t: b"\n"),
    "file missing": ("a table is not there", lambda t: None),
    "folder in place of a file": ("a folder has the name of a table", lambda t: FOLDER),
    "semicolons": ("semicolons part the cells", lambda t: t.replace(",", ";").encode()),
    "tabulators": ("tabulators part the cells", lambda t: t.replace(",", "\t").encode()),
    "quotation mark not closed": ("a quotation mark opens a cell that does not end", _quote_opened),
    "quotation mark within a cell": ("letters follow a closing quotation mark", _quote_within),
    "two rows glued": ("the line end between two rows is missing", _glued),
    "file of null characters": ("a table holds null characters, as after a crash", lambda t: b"\0" * 4096),
    "marks of a merge": (
        "a table holds the marks of a merge that was not finished",
        lambda t: ("<<<<<<< HEAD\n" + t + "=======\n>>>>>>> other\n").encode(),
    ),
    "page in place of a table": (
        "a table is a web page, as a failed download leaves it",
        lambda t: b"<!DOCTYPE html>\n<html><body>404</body></html>\n",
    ),
    "pointer in place of a table": (
        "a table is the pointer of Git LFS",
        lambda t: b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n",
    ),
}


def _kind(change: Callable[[str], bytes | None]) -> Callable[[Original, Random], Damage]:
    def make(original: Original, rng: Random) -> Damage:
        name = rng.choice([f"{table}.csv" for table, rows in original.tables.items() if len(rows) > 3])
        return Damage(name, change(original.texts[name]), elsewhere=frozenset())

    return make


for _name, (_does, _change) in FILES.items():
    register(_name, "files", _does, _kind(_change))
