"""Damages of whole rows and columns of a table."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from random import Random

from shared.damages.model import Damage, Original, Row, kind

ANY = frozenset({"findings.csv", "claims.csv"})
G = "rows and columns"


def _table(original: Original, rng: Random) -> tuple[str, list[Row]]:
    table = rng.choice([name for name, rows in original.tables.items() if len(rows) > 3])
    return table, [*original.tables[table]]


def _again(original: Original, table: str, lines: list[list[str]]) -> Damage:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(lines)
    return Damage(f"{table}.csv", out.getvalue().encode())


def _lines(original: Original, table: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(original.texts[f"{table}.csv"], newline="")))


@kind(G, "two rows next to one another are exchanged")
def rows_exchanged(original: Original, rng: Random) -> Damage:
    """Exchange a row with the next."""
    table, rows = _table(original, rng)
    at = rng.randrange(len(rows) - 1)
    rows[at], rows[at + 1] = rows[at + 1], rows[at]
    return original.written(table, rows, at + 2, at + 3)


@kind(G, "the rows are sorted the other way round")
def rows_turned_round(original: Original, rng: Random) -> Damage:
    """Turn the order of the rows round."""
    table, rows = _table(original, rng)
    return original.written(table, rows[::-1])


@kind(G, "a row stands twice")
def row_twice(original: Original, rng: Random) -> Damage:
    """Write a row twice."""
    table, rows = _table(original, rng)
    at = rng.randrange(len(rows))
    return original.written(table, [*rows[: at + 1], *rows[at:]], at + 2, at + 3)


@kind(G, "a row stands again under another id")
def row_again_under_another_id(original: Original, rng: Random) -> Damage:
    """Write a row again behind itself, with an id of its own."""
    table, rows = _table(original, rng)
    at = rng.randrange(len(rows))
    copy = rows[at] | {"id": rows[at]["id"] + "0"}
    rows = sorted([*rows, copy], key=lambda row: row["id"])
    places = [n + 2 for n, row in enumerate(rows) if row["id"] in (copy["id"], copy["id"][:-1])]
    return original.written(table, rows, *places, elsewhere=ANY)


@kind(G, "a row is deleted")
def row_deleted(original: Original, rng: Random) -> Damage:
    """Delete a row; whatever misses it is a good place for the fault."""
    table, rows = _table(original, rng)
    del rows[rng.randrange(len(rows))]
    return original.written(table, rows, elsewhere=frozenset(original.texts))


@kind(G, "every row is deleted")
def rows_all_deleted(original: Original, rng: Random) -> Damage:
    """Leave the header alone."""
    table, _ = _table(original, rng)
    return original.written(table, [], elsewhere=frozenset(original.texts))


@kind(G, "an id is changed, and what uses it is not")
def id_renamed_without_its_references(original: Original, rng: Random) -> Damage:
    """Give a row another id that keeps the order."""
    table, rows = _table(original, rng)
    at = rng.randrange(len(rows))
    rows[at] = rows[at] | {"id": rows[at]["id"] + "0"}
    rows.sort(key=lambda row: row["id"])
    return original.written(table, rows, elsewhere=frozenset(original.texts))


@kind(G, "the ids of two rows are exchanged")
def ids_of_two_rows_exchanged(original: Original, rng: Random) -> Damage:
    """Exchange what two neighbours hold, not their ids."""
    table, rows = _table(original, rng)
    at = rng.randrange(len(rows) - 1)
    one, other = rows[at], rows[at + 1]
    rows[at], rows[at + 1] = other | {"id": one["id"]}, one | {"id": other["id"]}
    return original.written(table, rows, elsewhere=frozenset(original.texts))


@kind(G, "two cells of one column are exchanged", told_by_source=True)
def cells_of_a_column_exchanged(original: Original, rng: Random) -> Damage | None:
    """Exchange the cells of two rows."""
    table, rows = _table(original, rng)
    column = rng.choice([field["name"] for field in original.fields(table)][1:])
    one, other = rng.sample(range(len(rows)), 2)
    if rows[one][column] == rows[other][column]:
        return None
    rows[one], rows[other] = rows[one] | {column: rows[other][column]}, rows[other] | {column: rows[one][column]}
    return original.written(table, rows, one + 2, other + 2, elsewhere=ANY)


@kind(G, "the cells of a row from one on stand one to the right")
def cells_shifted(original: Original, rng: Random) -> Damage:
    """Shift the cells of a row behind the id; the last one is lost."""
    table, rows = _table(original, rng)
    at = rng.randrange(len(rows))
    cells = list(rows[at].values())
    rows[at] = dict(zip(rows[at], [cells[0], "", *cells[1:-1]], strict=True))
    return original.written(table, rows, at + 2, elsewhere=ANY)


@kind(G, "a row has a cell more than the header")
def cell_too_many(original: Original, rng: Random) -> Damage:
    """Add a cell to a line."""
    table, rows = _table(original, rng)
    lines, at = _lines(original, table), rng.randrange(len(rows))
    lines[at + 1].append("x")
    return _again(original, table, lines)._replace(rows=frozenset({at + 2}))


@kind(G, "a row has a cell less than the header")
def cell_too_few(original: Original, rng: Random) -> Damage:
    """Take the last cell of a line."""
    table, rows = _table(original, rng)
    lines, at = _lines(original, table), rng.randrange(len(rows))
    lines[at + 1].pop()
    return _again(original, table, lines)._replace(rows=frozenset({at + 2}))


@kind(G, "an empty line stands between two rows")
def empty_line(original: Original, rng: Random) -> Damage:
    """Insert an empty line."""
    table, rows = _table(original, rng)
    at = rng.randrange(len(rows))
    lines = original.texts[f"{table}.csv"].split("\n")
    lines.insert(at + 1, "")
    return Damage(f"{table}.csv", "\n".join(lines).encode(), frozenset({at + 2}))


@kind(G, "a column is added")
def column_added(original: Original, rng: Random) -> Damage:
    """Add a column without a description."""
    table, _ = _table(original, rng)
    lines = [[*line, "x" if n else "extra"] for n, line in enumerate(_lines(original, table))]
    return _again(original, table, lines)._replace(rows=frozenset({1}))


@kind(G, "a column is missing")
def column_missing(original: Original, rng: Random) -> Damage:
    """Take a column out."""
    table, _ = _table(original, rng)
    at = rng.randrange(len(original.fields(table)))
    lines = [line[:at] + line[at + 1 :] for line in _lines(original, table)]
    return _again(original, table, lines)._replace(rows=frozenset({1}))


@kind(G, "two columns are exchanged with their headings")
def columns_exchanged(original: Original, rng: Random) -> Damage:
    """Exchange the last two columns."""
    table, _ = _table(original, rng)
    return _again(original, table, [[*line[:-2], line[-1], line[-2]] for line in _lines(original, table)])


def _heading(original: Original, rng: Random, change) -> Damage:
    table, _ = _table(original, rng)
    lines = _lines(original, table)
    at = rng.randrange(len(lines[0]))
    lines[0][at] = change(lines[0], at)
    return _again(original, table, lines)._replace(rows=frozenset({1}))


@kind(G, "a heading gets a letter more")
def heading_misspelt(original: Original, rng: Random) -> Damage:
    """Misspell a heading."""
    return _heading(original, rng, lambda names, at: names[at] + "s")


@kind(G, "a heading begins with a capital")
def heading_with_a_capital(original: Original, rng: Random) -> Damage:
    """Capitalise a heading."""
    return _heading(original, rng, lambda names, at: names[at].capitalize())


@kind(G, "a space stands behind a heading")
def heading_with_a_space(original: Original, rng: Random) -> Damage:
    """Put a space behind a heading."""
    return _heading(original, rng, lambda names, at: names[at] + " ")


@kind(G, "a heading stands twice")
def heading_twice(original: Original, rng: Random) -> Damage:
    """Name a column like its neighbour."""
    return _heading(original, rng, lambda names, at: names[at - 1])


@kind(G, "the header is missing")
def header_missing(original: Original, rng: Random) -> Damage:
    """Take the first line out."""
    table, _ = _table(original, rng)
    return _again(original, table, _lines(original, table)[1:])._replace(rows=frozenset({1}))


@kind(G, "the header stands again among the rows")
def header_again(original: Original, rng: Random) -> Damage:
    """Repeat the header, as where two files were put together."""
    table, rows = _table(original, rng)
    lines, at = _lines(original, table), rng.randrange(1, len(rows))
    return _again(original, table, [*lines[:at], lines[0], *lines[at:]])._replace(rows=frozenset({at, at + 1, at + 2}))


def _round_trip(value: str) -> str:
    """What a German spreadsheet makes of a cell when the file is opened and saved again."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value) and value >= "1900":
        return date.fromisoformat(value).strftime("%d.%m.%Y")
    if re.fullmatch(r"-?\d+\.\d+", value):
        return value.replace(".", ",")
    return value.upper() if value in ("true", "false") else value


@kind(
    "files", "a spreadsheet opened and saved the table: semicolons, days with points, decimal commas, a byte-order mark"
)
def spreadsheet_round_trip(original: Original, rng: Random) -> Damage:
    """Write a table as a German spreadsheet does."""
    table, _ = _table(original, rng)
    out = io.StringIO(newline="")
    lines = [list(map(_round_trip, line)) for line in _lines(original, table)]
    csv.writer(out, delimiter=";").writerows(lines)
    return Damage(f"{table}.csv", out.getvalue().encode("utf-8-sig"))


@kind("files", "a spreadsheet saved the table with commas: days with points, truth values in capitals")
def spreadsheet_round_trip_with_commas(original: Original, rng: Random) -> Damage | None:
    """Write a table as an English spreadsheet with German days does."""
    table, _ = _table(original, rng)
    lines = [list(map(_round_trip, line)) for line in _lines(original, table)]
    found = _again(original, table, lines)
    return None if found.content == original.texts[found.file].encode() else found
