"""Damages of the bibliography."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from shared.damages.model import FOLDER, Damage, Original, register

from helpers.record.citations import BIBLIOGRAPHY

Change = Callable[[str, Random], bytes | None]
ENTRY = re.compile(r"@\w+\{([^,]+),\n.*?\n\}\n", re.DOTALL)


def _in_an_entry(change: Callable[[str], str]) -> Change:
    def made(text: str, rng: Random) -> bytes:
        entry = rng.choice([*ENTRY.finditer(text)])
        return (text[: entry.start()] + change(entry[0]) + text[entry.end() :]).encode()

    return made


def _field(name: str, value: str) -> Change:
    def change(entry: str) -> str:
        found = re.search(rf"^  {name} = .*?(,?)$", entry, re.MULTILINE)
        if found:
            return entry.replace(found[0], f"  {name} = {value}{found[1]}")
        head, _, rest = entry.partition("\n")
        return f"{head}\n  {name} = {value},\n{rest}"

    return _in_an_entry(change)


BIB: dict[str, tuple[str, Change]] = {
    "entry not closed": ("the last brace of an entry is missing", _in_an_entry(lambda e: e[:-2])),
    "brace of a field not closed": (
        "the last brace of a field is missing",
        _in_an_entry(lambda e: e.replace("}},\n", "},\n", 1).replace("},\n", ",\n", 1)),
    ),
    "brace too many": ("a brace more closes a field", _in_an_entry(lambda e: e.replace("},\n", "}},\n", 1))),
    "entry removed": ("an entry is taken out", _in_an_entry(lambda e: "")),
    "entry twice": ("an entry stands twice", _in_an_entry(lambda e: e + e)),
    "entry of no source": (
        "an entry has no row among the sources",
        lambda t, r: (t + "\n@misc{nobody1900,\n  title = {Nothing}\n}\n").encode(),
    ),
    "key of an entry changed": (
        "the key of an entry gets a letter more",
        _in_an_entry(lambda e: e.replace(",\n", "x,\n", 1)),
    ),
    "key of an entry in capitals": (
        "the key of an entry is in capitals",
        _in_an_entry(lambda e: re.sub(r"\{[^,]+,", lambda m: m[0].upper(), e, count=1)),
    ),
    "entry without a key": ("an entry has no key", _in_an_entry(lambda e: re.sub(r"\{[^,]+,", "{,", e, count=1))),
    "comma between fields missing": (
        "two fields are not parted",
        _in_an_entry(lambda e: re.sub(r"\},\n  ", "}\n  ", e, count=1)),
    ),
    "kind of entry that is none": (
        "an entry is of a kind that no program knows",
        _in_an_entry(lambda e: re.sub(r"@\w+", "@scroll", e, count=1)),
    ),
    "entry without a title": (
        "the title of an entry is taken out",
        _in_an_entry(lambda e: re.sub(r"^  title = .*\n", "", e, flags=re.MULTILINE)),
    ),
    "year of an entry that is no number": ("the year of an entry is in words", _field("year", "{long ago}")),
    "address of an entry that runs a script": (
        "the address of an entry is a script",
        _field("url", "{javascript:alert(1)}"),
    ),
    "macro of LaTeX in an entry": ("a title includes a file", _field("title", r"{\input{/etc/hostname}}")),
    "markup in an entry": ("a title is a script of a page", _field("title", "{<script>1</script>}")),
    "unseen character in an entry": (
        "a zero width space stands in a title",
        _field("title", "{A\N{ZERO WIDTH SPACE} title}"),
    ),
    "bibliography missing": ("the bibliography is not there", lambda t, r: None),
    "bibliography emptied": ("nothing stands in the bibliography", lambda t, r: b""),
    "folder in place of the bibliography": ("a folder has the name of the bibliography", lambda t, r: FOLDER),
    "bibliography cut in the middle": (
        "the second half of the bibliography is missing",
        lambda t, r: t.encode()[: len(t) // 2],
    ),
    "bibliography in UTF-16": ("the bibliography is saved as UTF-16", lambda t, r: t.encode("utf-16")),
    "byte of the bibliography that is not UTF-8": (
        "one byte is of another encoding",
        lambda t, r: t.encode() + b"% \xe9\n",
    ),
    "marks of a merge in the bibliography": (
        "the marks of a merge stand in the bibliography",
        lambda t, r: ("<<<<<<< HEAD\n" + t + "=======\n").encode(),
    ),
}


def _kind(change: Change) -> Callable[[Original, Random], Damage]:
    return lambda original, rng: Damage(
        BIBLIOGRAPHY, change(original.texts[BIBLIOGRAPHY], rng), elsewhere=frozenset({"sources.csv"})
    )


for _name, (_does, _change) in BIB.items():
    register(_name, "bibliography", _does, _kind(_change))
