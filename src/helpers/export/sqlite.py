"""The package as one SQLite file, with keys that are enforced and the dictionary in its comments."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.citations import parse
from helpers.tables import Campaign

TYPES = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "date": "TEXT", "string": "TEXT"}
LINKS = """CREATE TABLE "{name}" (
  -- {comment}
  row TEXT NOT NULL REFERENCES "{table}"(id),
  "{column}" TEXT NOT NULL REFERENCES "{target}"(id)
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
    """
    with closing(sqlite3.connect(path)) as base, base:
        base.execute("PRAGMA foreign_keys = OFF")  # tables point to one another in a ring
        for resource in campaign.package["resources"]:
            base.execute(_create(resource))
            _insert(base, resource["name"], campaign[resource["name"]].reset_index())
        for resource in campaign.package["resources"]:
            _link(base, resource, campaign[resource["name"]])
        base.execute(CITATIONS)
        base.executemany("INSERT INTO citations VALUES (?, ?, ?, ?)", _citations(campaign))
        if broken := base.execute("PRAGMA foreign_key_check").fetchall():
            raise ValueError(f"keys that point nowhere: {broken[:5]}; run `python -m helpers check`")


def _create(resource: Mapping[str, Any]) -> str:
    schema = resource["schema"]
    target = {k["fields"][0]: k["reference"]["resource"] or resource["name"] for k in schema.get("foreignKeys", ())}
    columns = [_column(field, target.get(field["name"])) for field in schema["fields"]]
    last = len(columns) - 1
    lines = [f"  {sql}{',' if i < last else ''} -- {comment}" for i, (sql, comment) in enumerate(columns)]
    return "\n".join([f'CREATE TABLE "{resource["name"]}" (', f"  -- {_comment(resource)}", *lines, ")"])


def _column(field: Mapping[str, Any], target: str | None) -> tuple[str, str]:
    parts = [f'"{field["name"]}"', TYPES[field["type"]]]
    if field["name"] == "id":
        parts.append("PRIMARY KEY")
    if field.get("constraints", {}).get("required"):
        parts.append("NOT NULL")
    if target:
        parts.append(f'REFERENCES "{target}"(id)')
    return " ".join(parts), _comment(field)


def _comment(described: Mapping[str, Any]) -> str:
    """The description on one line, as a comment of SQL ends with its line."""
    return " ".join(described.get("description", "").split())


def _insert(base: sqlite3.Connection, table: str, frame: pd.DataFrame) -> None:
    marks = ", ".join("?" * frame.shape[1])
    base.executemany(
        f'INSERT INTO "{table}" VALUES ({marks})', (tuple(map(_plain, row)) for row in frame.itertuples(index=False))
    )


def _link(base: sqlite3.Connection, resource: Mapping[str, Any], frame: pd.DataFrame) -> None:
    for field in (f for f in resource["schema"]["fields"] if "references" in f):
        table, column, target = resource["name"], field["name"], field["references"]["resource"]
        name = f"{table}_{column}"
        base.execute(LINKS.format(name=name, comment=_comment(field), table=table, column=column, target=target))
        pairs = [(row, key) for row, cell in frame[column].dropna().items() for key in cell.split(";")]
        base.executemany(f'INSERT INTO "{name}" VALUES (?, ?)', pairs)


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
