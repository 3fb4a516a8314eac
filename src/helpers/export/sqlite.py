"""The package as one SQLite file, with keys that are enforced and the dictionary in its comments."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.record import Campaign
from helpers.record.citations import parse
from helpers.record.quoting import sql_comment, sql_name

TYPES = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "date": "TEXT", "string": "TEXT"}
LINKS = """CREATE TABLE {name} (
  -- {comment}
  row TEXT NOT NULL REFERENCES {table}(id),
  {column} TEXT NOT NULL REFERENCES {target}(id)
)"""
CITATIONS = """CREATE TABLE citations (
  -- One row is a citation in a row of another table.
  "table" TEXT NOT NULL, -- the table
  row TEXT NOT NULL, -- the id of the row
  source TEXT NOT NULL REFERENCES sources(id), -- the text cited
  locator TEXT -- the place in it
)"""


def write_sqlite(campaign: Campaign, path: Path) -> None:
    """Write every table; columns that hold several keys also become tables of links, citations a table of their own.

    Dates are ISO text, truth values 0 and 1. Each CREATE statement, as `.schema` shows it, carries the
    description of the table and of each column as comments.

    Raises
    ------
    ValueError
        If a name cannot be one in SQLite, or a key points nowhere.
    """
    with closing(sqlite3.connect(path)) as base, base:
        base.execute("PRAGMA foreign_keys = OFF")  # tables point to one another in a ring
        for resource in campaign.package["resources"]:
            _make(base, _create(resource))
            _insert(base, resource["name"], campaign[resource["name"]].reset_index())
        for resource in campaign.package["resources"]:
            _link(base, resource, campaign[resource["name"]])
        _make(base, CITATIONS)
        base.executemany("INSERT INTO citations VALUES (?, ?, ?, ?)", _citations(campaign))
        if broken := base.execute("PRAGMA foreign_key_check").fetchall():
            raise ValueError(f"keys that point nowhere: {broken[:5]}; run `python -m helpers check`")


def _make(base: sqlite3.Connection, statement: str) -> None:
    try:
        base.execute(statement)
    except sqlite3.OperationalError as error:  # two tables or columns that differ in capitals only, and the like
        raise ValueError(f"SQLite cannot hold the tables ({error}); mend the name in datapackage.json") from None


def _create(resource: Mapping[str, Any]) -> str:
    schema = resource["schema"]
    target = {k["fields"][0]: k["reference"]["resource"] or resource["name"] for k in schema.get("foreignKeys", ())}
    columns = [_column(field, target.get(field["name"])) for field in schema["fields"]]
    last = len(columns) - 1
    lines = [f"  {sql}{',' if i < last else ''} -- {sql_comment(comment)}" for i, (sql, comment) in enumerate(columns)]
    head = [f"CREATE TABLE {sql_name(resource['name'])} (", f"  -- {sql_comment(resource.get('description', ''))}"]
    return "\n".join([*head, *lines, ")"])


def _column(field: Mapping[str, Any], target: str | None) -> tuple[str, str]:
    parts = [sql_name(field["name"]), TYPES[field["type"]]]
    if field["name"] == "id":
        parts.append("PRIMARY KEY")
    if field.get("constraints", {}).get("required"):
        parts.append("NOT NULL")
    if target:
        parts.append(f"REFERENCES {sql_name(target)}(id)")
    return " ".join(parts), field.get("description", "")


def _insert(base: sqlite3.Connection, table: str, frame: pd.DataFrame) -> None:
    marks = ", ".join("?" * frame.shape[1])
    base.executemany(
        f"INSERT INTO {sql_name(table)} VALUES ({marks})",
        (tuple(map(_plain, row)) for row in frame.itertuples(index=False)),
    )


def _link(base: sqlite3.Connection, resource: Mapping[str, Any], frame: pd.DataFrame) -> None:
    for field in (f for f in resource["schema"]["fields"] if "references" in f):
        table, column, target = resource["name"], field["name"], field["references"]["resource"]
        name = sql_name(f"{table}_{column}")
        names = {"table": sql_name(table), "column": sql_name(column), "target": sql_name(target)}
        _make(base, LINKS.format(name=name, comment=sql_comment(field.get("description", "")), **names))
        pairs = [(row, key) for row, cell in frame[column].dropna().items() for key in cell.split(";")]
        base.executemany(f"INSERT INTO {name} VALUES (?, ?)", pairs)


def _citations(campaign: Campaign) -> Iterator[tuple[str, str, str, str | None]]:
    for resource in campaign.package["resources"]:
        for field in (f for f in resource["schema"]["fields"] if f.get("citations")):
            for row, cell in campaign[resource["name"]][field["name"]].dropna().items():
                yield from ((resource["name"], row, c.key, c.locator) for c in parse(cell))


def _plain(value: object) -> object:
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return value.item() if hasattr(value, "item") else value
