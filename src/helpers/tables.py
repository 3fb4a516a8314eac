"""Read the data package: raw cells for the checks, typed frames for everyone else.

Nothing in this module knows any history. What a column is called, what type it has and which values it
may hold stands in ``data/datapackage.json`` and only there.
"""

from __future__ import annotations

import csv
import gc
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

DESCRIPTOR = "datapackage.json"
VARIABLE = "BOOK_DATA"
"""Environment variable with the folder of the data package; a build sets it to the data of the book it builds."""
MISSING = ""
LOADING, TABLE = "helpers.loading", "helpers.table"
"""Audit events (`sys.audit`): a folder is being read or was read (folder, whether it begins); a table is looked at (its
file). To read a package is not yet to look at each of its tables: a build that listens learns which a chapter uses."""


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong with the data, where it is and how to mend it."""

    file: str
    row: int
    column: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.row}:{self.column}: {self.message}"


class DataError(ValueError):
    """The package cannot be read. ``faults`` holds every reason found, not only the first."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(faults)
        super().__init__("\n".join(map(str, self.faults)))


@dataclass(frozen=True)
class RawTable:
    """A table as it stands in its file: every cell a string, one list a column.

    ``schema`` maps each column to its field of the descriptor. Cell ``i`` of a column stands in line
    ``i + 2`` of the file, since line 1 is the header and no cell may hold a line break.
    """

    name: str
    file: str
    schema: Mapping[str, Mapping[str, Any]]
    columns: Mapping[str, list[str]]
    _distinct: dict[str, frozenset[str]] = field(default_factory=dict, repr=False, compare=False)

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), []))

    def __getitem__(self, column: str) -> list[str]:
        return self.columns[column]

    def distinct(self, column: str) -> frozenset[str]:
        """Return the different values of a column, without the missing one: most rules need to look at these only."""
        if column not in self._distinct:
            self._distinct[column] = frozenset(self.columns[column]) - {MISSING}
        return self._distinct[column]

    def fault(self, index: int, column: str, message: str) -> Fault:
        """Return a fault of the cell in record `index` (counted from 0)."""
        return Fault(self.file, index + 2, column, message)


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

    @classmethod
    def method(cls, function: Callable) -> Callable:
        """Give every campaign a method that a later layer defines, without this one knowing of it.

        `helpers.policies` does so for ``campaign.under("soviet_only")``; ``import helpers`` is enough to have it.
        """
        setattr(cls, function.__name__, function)
        return function


def data_folder() -> Path:
    """Return the folder of the data package of the book at hand.

    It is the one that ``BOOK_DATA`` names; else ``data`` in or above the current folder; else the one that
    `helpers` was made for, beside its ``src``.
    """
    if named := os.environ.get(VARIABLE):
        return Path(named)
    beside = Path(__file__).resolve().parents[2] / "data"
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


def read_descriptor(folder: Path) -> dict[str, Any]:
    """Return the descriptor of the package in `folder`; raise `DataError` where it cannot be read."""
    try:
        with _announced(folder):
            return json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))
    except FileNotFoundError:
        message = f"there is no such file in {folder}; give the folder that holds the data package"
    except UnicodeDecodeError as error:
        message = f"not UTF-8 text ({error.reason} at byte {error.start}); save it as UTF-8"
    except json.JSONDecodeError as error:
        raise DataError([Fault(DESCRIPTOR, error.lineno, "-", f"not JSON: {error.msg}; mend the syntax")]) from None
    raise DataError([Fault(DESCRIPTOR, 0, "-", message)])


def read_raw(folder: Path, descriptor: Mapping[str, Any]) -> tuple[dict[str, RawTable], list[Fault]]:
    """Return the tables that could be read, and a fault for each thing that kept one from being read whole."""
    tables, faults = {}, []
    for resource in descriptor["resources"]:
        try:
            tables[resource["name"]] = _read_table(folder, resource)
        except DataError as error:
            faults += error.faults
    return tables, faults


def load(path: str | Path | None = None) -> Campaign:
    """Read the data package into one frozen `Campaign`.

    Parameters
    ----------
    path
        Folder that holds ``datapackage.json`` and the tables; by default the book's own ``data``.

    Raises
    ------
    DataError
        If a table is missing, is not UTF-8, has not the columns of the schema, repeats an id or holds a
        cell that is not of its type. The message lists every fault as ``file:row:column: what and mend``.
        What a table says is checked by ``python -m helpers check``, not here.

    >>> campaign = load()
    >>> list(campaign)[:3]
    ['sources', 'places', 'actors']
    """
    folder = data_folder() if path is None else Path(path)
    descriptor = read_descriptor(folder)
    frames: dict[str, pd.DataFrame] = {}
    with no_garbage(), _announced(folder):
        raw, faults = read_raw(folder, descriptor)
        for name, table in raw.items():
            try:
                frames[name] = _typed(table)
            except DataError as error:
                faults += error.faults
    if faults:
        raise DataError(faults)
    files = {resource["name"]: str(folder / resource["path"]) for resource in descriptor["resources"]}
    return Campaign(MappingProxyType(descriptor), _Tables(frames, files), folder)


class _Tables(Mapping[str, pd.DataFrame]):
    """The frames by name; each look at one raises the audit event `TABLE`."""

    def __init__(self, frames: Mapping[str, pd.DataFrame], files: Mapping[str, str]) -> None:
        self._frames, self._files = frames, files

    def __getitem__(self, name: str) -> pd.DataFrame:
        frame = self._frames[name]
        sys.audit(TABLE, self._files[name])
        return frame

    def __contains__(self, name: object) -> bool:
        return name in self._frames

    def __iter__(self) -> Iterator[str]:
        return iter(self._frames)

    def __len__(self) -> int:
        return len(self._frames)


@contextmanager
def _announced(folder: Path) -> Iterator[None]:
    sys.audit(LOADING, str(folder), True)
    try:
        yield
    finally:
        sys.audit(LOADING, str(folder), False)


@contextmanager
def no_garbage() -> Iterator[None]:
    """Hold back the search for reference cycles: cells make none, and to look through millions takes long."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _read_table(folder: Path, resource: Mapping[str, Any]) -> RawTable:
    file = resource["path"]
    schema = {field["name"]: field for field in resource["schema"]["fields"]}
    header, *records = csv.reader(_text(folder, file).split("\n")[:-1]) or [[]]
    _refuse(_header_faults(file, header, list(schema)))
    _refuse(
        Fault(
            file,
            line,
            "-",
            f"{len(record)} cells in a table of {len(header)} columns; "
            "check for a comma or a quotation mark too many or too few",
        )
        for line, record in enumerate(records, start=2)
        if len(record) != len(header)
    )
    columns = (
        dict(zip(header, map(list, zip(*records, strict=True)), strict=True)) if records else {h: [] for h in header}
    )
    return RawTable(resource["name"], file, schema, columns)


def _text(folder: Path, file: str) -> str:
    """Return the text of a file that is UTF-8 without a byte-order mark and has LF line ends."""
    try:
        text = (folder / file).read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise DataError(
            [Fault(file, 0, "-", "the file is missing; put it back or take it out of the descriptor")]
        ) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        message = f"not UTF-8 text (byte {error.object[error.start]:#04x}); save the file as UTF-8"
        raise DataError([Fault(file, line, "-", message)]) from None
    checks = {
        "\ufeff": "a byte-order mark stands in the file; save it as UTF-8 without one",
        "\r": "the line does not end in LF alone; save the file with Unix line ends",
    }
    _refuse(Fault(file, text[: text.index(c)].count("\n") + 1, "-", m) for c, m in checks.items() if c in text)
    if not text.endswith("\n"):
        raise DataError([Fault(file, text.count("\n") + 1, "-", "the last line has no line end; add one")])
    return text


def _header_faults(file: str, header: list[str], expected: list[str]) -> list[Fault]:
    unknown = [
        Fault(file, 1, c, "unknown column; take it out or describe it in datapackage.json")
        for c in header
        if c not in expected
    ]
    absent = [
        Fault(file, 1, c, "the column is missing; add it (its cells may be empty)") for c in expected if c not in header
    ]
    if not unknown and not absent and header != expected:
        return [Fault(file, 1, "-", f"columns out of order; the order is {','.join(expected)}")]
    return unknown + absent


def _refuse(faults: Any) -> None:
    """Raise a `DataError` if there is any fault."""
    if found := list(faults):
        raise DataError(found)


def _typed(table: RawTable) -> pd.DataFrame:
    faults = [table.fault(i, c, m) for c in table.columns for i, m in bad_cells(table, c)]
    seen: dict[str, int] = {}
    for index, key in enumerate(table["id"]):
        if key in seen:
            faults.append(
                table.fault(index, "id", f"the id {key!r} stands in line {seen[key] + 2} too; ids are unique")
            )
        seen.setdefault(key, index)
    _refuse(faults)
    frame = pd.DataFrame({c: _series(table[c], field["type"]) for c, field in table.schema.items()})
    return frame.set_index("id")


def bad_cells(table: RawTable, column: str) -> Iterator[tuple[int, str]]:
    """Yield record and message for each filled cell that is not of the type of its column."""
    kind = table.schema[column]["type"]
    bad = {value for value in table.distinct(column) if not _fits(value, kind)}
    for index, value in enumerate(table[column] if bad else ()):
        if value in bad:
            yield index, f"{value!r} is not {_WANTED[kind]}"


_WANTED = {
    "integer": "a whole number; write digits only",
    "number": "a number; write digits and at most one point",
    "boolean": "true or false",
    "date": "a date; write a day that exists as year-month-day, like 1918-03-02",
}


def _fits(value: str, kind: str) -> bool:
    match kind:
        case "integer":
            return value.lstrip("-").isdecimal() and value.isascii()
        case "number":
            return value.isascii() and value.lstrip("-").replace(".", "", 1).isdecimal()
        case "boolean":
            return value in ("true", "false")
        case "date":
            return _is_day(value)
    return True


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _series(cells: list[str], kind: str) -> Any:
    """Return the cells as a column of their type; an empty cell is missing."""
    values = [None if cell == MISSING else cell for cell in cells]
    match kind:
        case "integer":
            return pd.array([None if v is None else int(v) for v in values], dtype="Int64")
        case "number":
            return pd.array([None if v is None else float(v) for v in values], dtype="Float64")
        case "boolean":
            return pd.array([None if v is None else v == "true" for v in values], dtype="boolean")
        case "date":
            # The unit is named, as that of a column without any day would be another.
            return pd.to_datetime(pd.Series(values, dtype=object), format="%Y-%m-%d").astype("datetime64[us]")
    return pd.array(values, dtype="str")
