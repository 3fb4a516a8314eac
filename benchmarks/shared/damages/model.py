"""What a damage is, and the package that it is made to."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from helpers.record import DESCRIPTOR
from helpers.record.citations import BIBLIOGRAPHY

Row = dict[str, str]
Change = Callable[[str, Random], str | None]


class Damage(NamedTuple):
    """One change of one file.

    Attributes
    ----------
    file
        What is changed, relative to the folder of the package.
    content
        What it holds afterwards: None if it is gone, a folder if it is ``FOLDER``.
    rows
        The lines of the file at one of which a fault may stand; empty if any line of the file will do.
    elsewhere
        Other files in which a fault is as well placed: the key that was renamed is missed where it is used.
    """

    file: str
    content: bytes | None
    rows: frozenset[int] = frozenset()
    elsewhere: frozenset[str] = frozenset()


FOLDER = b"\0folder"


class Cell(NamedTuple):
    """A place in a table: its name, the index of the row, the column as the descriptor describes it, what it holds."""

    table: str
    index: int
    field: Mapping[str, Any]
    value: str

    @property
    def column(self) -> str:
        """The name of the column."""
        return self.field["name"]


@dataclass(frozen=True)
class Original:
    """The whole package, read once."""

    folder: Path
    descriptor: Mapping[str, Any]
    texts: Mapping[str, str]
    tables: Mapping[str, list[Row]]

    @classmethod
    def read(cls, folder: Path) -> Original:
        """Read the files of a package that is known to be whole."""
        descriptor = json.loads((folder / DESCRIPTOR).read_text("utf-8"))
        names = {r["name"]: r["path"] for r in descriptor["resources"]}
        texts = {path: (folder / path).read_bytes().decode() for path in (*names.values(), DESCRIPTOR, BIBLIOGRAPHY)}
        tables = {name: list(csv.DictReader(io.StringIO(texts[path], newline=""))) for name, path in names.items()}
        return cls(folder, descriptor, texts, tables)

    def fields(self, table: str) -> list[Mapping[str, Any]]:
        """Return what the descriptor says of each column of a table."""
        return next(r["schema"]["fields"] for r in self.descriptor["resources"] if r["name"] == table)

    def keys(self, table: str) -> dict[str, str]:
        """Return the columns of a table that hold one key, each with the table that it points to."""
        schema = next(r["schema"] for r in self.descriptor["resources"] if r["name"] == table)
        return {k["fields"][0]: k["reference"]["resource"] or table for k in schema.get("foreignKeys", ())}

    def cells(self) -> Iterator[Cell]:
        """Yield every cell."""
        for table, rows in self.tables.items():
            fields = self.fields(table)
            for index, row in enumerate(rows):
                yield from (Cell(table, index, field, row[field["name"]]) for field in fields)

    def written(self, table: str, rows: list[Row], *lines: int, elsewhere: frozenset[str] = frozenset()) -> Damage:
        """Return the damage that these rows are in place of the table's; a fault belongs to one of the lines."""
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([field["name"] for field in self.fields(table)])
        writer.writerows(row.values() for row in rows)
        return Damage(f"{table}.csv", out.getvalue().encode(), frozenset(lines), elsewhere)

    def changed(
        self, table: str, index: int, *also: int, elsewhere: frozenset[str] = frozenset(), **cells: str
    ) -> Damage:
        """Return the damage that cells of one row hold something else; a fault may stand at the rows `also` too."""
        rows = [*self.tables[table]]
        rows[index] = rows[index] | cells
        return self.written(table, rows, *(place + 2 for place in (index, *also)), elsewhere=elsewhere)


Make = Callable[[Original, Random], Damage | None]


@dataclass(frozen=True)
class Kind:
    """A kind of damage.

    Attributes
    ----------
    name
        Unique among all kinds.
    group
        What it is done to.
    does
        What is changed, in one line.
    make
        Returns one damage of the kind, or None where a random choice met nothing to damage.
    told_by_source
        Whether only somebody who has the source before them can tell.
    """

    name: str
    group: str
    does: str
    make: Make
    told_by_source: bool = False


KINDS: dict[str, Kind] = {}


def register(name: str, group: str, does: str, make: Make, *, told_by_source: bool = False) -> None:
    """Add a kind.

    Raises
    ------
    ValueError
        If there is one of that name.
    """
    if name in KINDS:
        raise ValueError(f"two kinds of damage are named {name!r}")
    KINDS[name] = Kind(name, group, does, make, told_by_source)


def kind(group: str, does: str, *, told_by_source: bool = False) -> Callable[[Make], Make]:
    """Register a function as a kind that is named like it."""

    def added(make: Make) -> Make:
        register(make.__name__.strip("_").replace("_", " "), group, does, make, told_by_source=told_by_source)
        return make

    return added


def cell_kind(
    name: str, group: str, does: str, where: Callable[[Original, Cell], bool], change: Change, **more: bool
) -> None:
    """Register the kind that one cell of those chosen by `where` is changed."""
    known: dict[int, list[Cell]] = {}

    def make(original: Original, rng: Random) -> Damage | None:
        if id(original) not in known:
            known.clear()
            known[id(original)] = [cell for cell in original.cells() if where(original, cell)]
        places = known[id(original)]
        if not places:
            return None
        cell = rng.choice(places)
        value = change(cell.value, rng)
        if value is None or value == cell.value:
            return None
        return original.changed(cell.table, cell.index, **{cell.column: value})

    register(name, group, does, make, **more)
