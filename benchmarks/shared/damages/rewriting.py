"""Rewriting cells of one row that have their form, so that together they are wrong."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from shared.damages.model import Damage, Original, Row, register

Rewrite = Callable[[Original, Row, Random], dict[str, str] | None]


def rows_kind(
    name: str, group: str, does: str, tables: tuple[str, ...], rewrite: Rewrite, *, told_by_source: bool = False
) -> None:
    """Register the kind that cells of one row of these tables are rewritten; `rewrite` gives None for other rows."""

    def make(original: Original, rng: Random) -> Damage | None:
        table = rng.choice(tables)
        places = [n for n, row in enumerate(original.tables[table]) if rewrite(original, row, Random(0))]
        if not places:
            return None
        index = rng.choice(places)
        row = original.tables[table][index]
        cells = rewrite(original, row, rng)
        if not cells or all(row[column] == value for column, value in cells.items()):
            return None
        return original.changed(table, index, elsewhere=frozenset({"findings.csv", "claims.csv"}), **cells)

    register(name, group, does, make, told_by_source=told_by_source)


def swapped(one: str, other: str) -> Rewrite:
    def rewrite(_: Original, row: Row, rng: Random) -> dict[str, str] | None:
        return {one: row[other], other: row[one]} if row[one] and row[other] and row[one] != row[other] else None

    return rewrite


def other_of(table: str, column: str) -> Rewrite:
    """Another word of the list of a column."""

    def rewrite(original: Original, row: Row, rng: Random) -> dict[str, str] | None:
        field = next(f for f in original.fields(table) if f["name"] == column)
        others = [str(word) for word in field["constraints"]["enum"] if str(word) != row[column]]
        return {column: rng.choice(others)} if row[column] and others else None

    return rewrite
