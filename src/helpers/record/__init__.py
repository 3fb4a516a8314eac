"""Read the data package: raw cells for the checks, typed frames for everyone else.

Nothing in this module knows any history. What a column is called, what type it has and which values it
may hold stands in ``data/datapackage.json`` and only there.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from helpers.record.raw import MISSING, Column, DataError, Fault, RawTable, common_codes, shown, type_fault
from helpers.record.reading import (
    DESCRIPTOR,
    content_of,
    decoded,
    general_schema,
    package_folder,
    read_descriptor,
    read_raw,
    refuse,
)

__all__ = [
    "DESCRIPTOR",
    "MISSING",
    "SEED",
    "VARIABLE",
    "Campaign",
    "Column",
    "DataError",
    "Fault",
    "RawTable",
    "accepted",
    "bad_cells",
    "common_codes",
    "content_of",
    "data_folder",
    "decoded",
    "described",
    "general_schema",
    "load",
    "package_folder",
    "read_descriptor",
    "read_raw",
    "repeated",
    "shown",
    "typed",
]

SEED = 1918
"""Of everything that is drawn at random, so that it is the same on every run; any other would do."""

VARIABLE = "BOOK_DATA"
"""Environment variable with the folder of the data package; a build sets it to the data of the book it builds."""


@dataclass(frozen=True)
class Campaign:
    """The whole data package, read and typed.

    Each table is a pandas frame with ``id`` as its index: ``campaign.events`` or ``campaign["events"]``.
    A frame is handed out as a lazy copy, so that no chapter can change what another one reads.

    Attributes
    ----------
    package
        The descriptor, ``data/datapackage.json``.
    tables
        The typed frames by name of table.
    path
        The folder the package was read from.

    >>> campaign.events.loc["ultimatum_sent", "title"]
    'Kolesov sends the emir an ultimatum'
    >>> campaign["sources"].index.name
    'id'
    """

    package: Mapping[str, Any]
    tables: Mapping[str, pd.DataFrame]
    path: Path

    def __getitem__(self, name: str) -> pd.DataFrame:
        try:
            return self.tables[name].copy(deep=False)
        except KeyError:
            raise KeyError(f"the package has no table {name!r}; it has {', '.join(self.tables)}") from None

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name.startswith("_") or name not in self.tables:
            raise AttributeError(f"a Campaign has no table {name!r}; it has {', '.join(self.tables)}")
        return self[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.tables)

    @property
    def period(self) -> tuple[date, date]:
        """The first and the last day of the conflict itself; ``temporal`` in the descriptor spans all of its days.

        >>> campaign.period[0] < campaign.events.loc["ultimatum_sent", "earliest"].date() < campaign.period[1]
        True
        """
        first, last = map(date.fromisoformat, self.package["period"])
        return first, last

    @classmethod
    def method(cls, function: Callable) -> Callable:
        """Give every campaign a method that a later layer defines, without this one knowing of it.

        `helpers.belief.policies` does so for ``campaign.under("soviet_only")``; ``import helpers`` is enough.
        """
        setattr(cls, function.__name__, function)
        return function


def accepted(claims: pd.DataFrame) -> pd.DataFrame:
    """Return those of some claims that stand: a deprecated one is kept for the record, and nothing rests on it.

    >>> bool((accepted(campaign.claims)["rank"] == "deprecated").any())
    False
    """
    return claims[claims["rank"] != "deprecated"]


def data_folder() -> Path:
    """Return the folder of the data package of the book at hand.

    It is the one that ``BOOK_DATA`` names; else ``data`` in or above the current folder; else the one that
    `helpers` was made for, beside its ``src``.
    """
    if named := os.environ.get(VARIABLE):
        return Path(named)
    beside = Path(__file__).resolve().parents[3] / "data"
    above = [folder / "data" for folder in (Path.cwd(), *Path.cwd().parents)]
    for folder in (*above, beside):
        if (folder / DESCRIPTOR).is_file():
            return folder
    raise FileNotFoundError(
        f"no {DESCRIPTOR} in a `data` folder in or above {Path.cwd()}, nor beside the package; "
        "run inside a clone of the book, or give the folder: helpers.load('path/to/data')"
    )


def described(package: Mapping[str, Any], table: str, column: str) -> Mapping[str, Any]:
    """Return what a descriptor says of a column: its type, its permitted values, and what this book adds to it.

    >>> import helpers
    >>> described(helpers.load().package, "places", "lat")["region"]
    [33.0, 45.0]
    """
    resource = next(r for r in package["resources"] if r["name"] == table)
    return next(f for f in resource["schema"]["fields"] if f["name"] == column)


def load(path: str | Path | None = None) -> Campaign:
    """Read the data package into one frozen `Campaign`.

    Parameters
    ----------
    path
        Folder that holds ``datapackage.json`` and the tables, or that file; by default the book's own ``data``.

    Raises
    ------
    DataError
        If the descriptor lacks a part or has one that is not kept; if a table is missing, is not UTF-8, has not
        the columns of the schema, repeats an id or holds a cell that is not of its type. The message lists every
        fault as ``file:row:column: what and mend``.
        What a table says is checked by ``python -m helpers check``, not here.

    >>> campaign = load()
    >>> list(campaign)[:3]
    ['sources', 'places', 'actors']
    """
    folder = data_folder() if path is None else package_folder(path)
    descriptor = read_descriptor(folder)
    raw, faults = read_raw(folder, descriptor)
    return typed(folder, descriptor, raw, faults)


def typed(
    folder: Path, descriptor: Mapping[str, Any], raw: Mapping[str, RawTable], faults: Sequence[Fault] = ()
) -> Campaign:
    """Return the campaign that the raw tables of a package hold.

    Raises
    ------
    DataError
        If a cell is not of its type, an id stands twice, or reading has found `faults` already.
    """
    found, frames = list(faults), {}
    for name, table in raw.items():
        try:
            frames[name] = _frame(table)
        except DataError as error:
            found += error.faults
    refuse(found)
    return Campaign(MappingProxyType(descriptor), MappingProxyType(frames), folder)


def bad_cells(table: RawTable) -> Iterator[Fault]:
    """Yield a fault for each filled cell that is not of the type of its column."""
    for column, field in table.schema.items():
        if field["type"] != "string":
            found = {value: type_fault(value, field["type"]) for value in table[column].distinct}
            yield from table.faults(column, {value: message for value, message in found.items() if message})


def repeated(table: RawTable, column: str) -> Iterator[Fault]:
    """Yield a fault for each filled cell of a column whose value stands in an earlier row too."""
    cells = table[column]
    if len(cells.distinct) == cells.filled.sum():
        return
    seen: dict[str, int] = {}
    for index, value in enumerate(cells):
        if value != MISSING and seen.setdefault(value, index) != index:
            other = f"the {column} {shown(value)} stands in line {table.line(seen[value])} too"
            yield table.fault(index, column, f"{other}; {column}s are unique")


def _frame(table: RawTable) -> pd.DataFrame:
    refuse([*bad_cells(table), *repeated(table, "id")])
    cells = {name: _typed_cells(table[name], field["type"]) for name, field in table.schema.items()}
    return pd.DataFrame(cells, copy=False).set_index("id")


def _typed_cells(column: Column, kind: str) -> Any:
    """Return the cells as a column of their type; an empty cell is missing."""
    return _typed_values(column.distinct, kind).take(column.codes - 1, allow_fill=True)


def _typed_values(values: list[str], kind: str) -> Any:
    match kind:
        case "integer":
            return pd.array(list(map(int, values)), dtype="Int64")
        case "number":
            return pd.array(list(map(float, values)), dtype="Float64")
        case "boolean":
            return pd.array([value == "true" for value in values], dtype="boolean")
        case "date":
            # The unit is named, as that of a column without any day would be another.
            return pd.to_datetime(pd.Series(values, dtype=object), format="%Y-%m-%d").astype("datetime64[us]").array
    return pd.array(values, dtype="str")
