"""Results of the benchmarks: files that a benchmark writes and the colophon prints.

A file ``benchmarks/results/NAME.json`` is a list of tables; ``benchmarks/README.md`` says what one holds. What is
printed was measured: nothing here fills a gap, and a file that does not keep to the format is refused whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import pandas as pd

RESULTS = Path("benchmarks/results")
Cell = str | int | float | bool | None
_NEEDED = {"title", "measured_on", "rows"}
_KNOWN = {*_NEEDED, "command", "note"}


class ResultError(ValueError):
    """A file of results does not keep to the format. The message names the file, the table and the mend."""


@dataclass(frozen=True)
class ResultTable:
    """One table of measurements.

    Attributes
    ----------
    title
        What was measured, with its unit where all columns share one.
    measured_on
        The day (ISO), and after a comma on what: ``2026-11-25, 2 processors, CPython 3.11.7``.
    rows
        Each maps the same headings, units in them, to a text, a number, true, false or None (not measured).
    command
        What measures it again.
    note
        What a reader must know to read the numbers.
    """

    title: str
    measured_on: str
    rows: Sequence[Mapping[str, Cell]]
    command: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        for name in ("title", "measured_on", "command", "note"):
            if not isinstance(getattr(self, name), str):
                raise ResultError(f"{name} is {getattr(self, name)!r}; write a text")
        if not self.title.strip():
            raise ResultError("title is empty; say what was measured")
        if not _begins_with_a_day(self.measured_on):
            raise ResultError(f"measured_on is {self.measured_on!r}; begin with a day like 2026-11-25")
        _check_rows(self.rows)

    @property
    def frame(self) -> pd.DataFrame:
        """The rows as a frame, columns in the order of the file."""
        return pd.DataFrame(list(self.rows))


def read(folder: Path = RESULTS) -> list[ResultTable]:
    """Return the tables of all result files, by name of file; none if there is no such folder.

    Raises
    ------
    ResultError
        If a file is not JSON or does not keep to the format.
    """
    return [table for path in sorted(folder.glob("*.json")) for table in read_file(path)]


def read_file(path: Path) -> list[ResultTable]:
    """Return the tables of one result file (see `read`)."""
    try:
        content = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise ResultError(f"{path.name}: not JSON ({error}); write it with helpers.book.results.write") from None
    if not isinstance(content, list) or not content:
        raise ResultError(f"{path.name}: not a list of tables; put [ ] round the table")
    return [_table(item, f"{path.name}: table {place}") for place, item in enumerate(content, start=1)]


def write(path: Path, tables: Iterable[ResultTable]) -> None:
    """Write tables as a result file, one row a line, so that a new measurement reads as a small change."""
    path.parent.mkdir(parents=True, exist_ok=True)
    body = ",\n".join(map(_text, tables))
    path.write_text(f"[\n{body}\n]\n", "utf-8")


def _table(item: object, where: str) -> ResultTable:
    if not isinstance(item, dict):
        raise ResultError(f"{where}: {item!r} is no table; write an object with title, measured_on and rows")
    absent, strange = sorted(_NEEDED - set(item)), sorted(set(item) - _KNOWN)
    if absent or strange:
        parts = [f"{', '.join(names)} {verb}" for names, verb in ((absent, "missing"), (strange, "unknown")) if names]
        raise ResultError(f"{where}: {'; '.join(parts)}; a table has title, measured_on, rows, command and note")
    try:
        return ResultTable(**item)
    except ResultError as error:
        raise ResultError(f"{where}: {error}") from None


def _check_rows(rows: object) -> None:
    if not isinstance(rows, list | tuple) or not rows:
        raise ResultError("rows is empty or no list; give one object a row")
    for place, row in enumerate(rows, start=1):
        if not isinstance(row, Mapping) or list(row) != list(rows[0]):
            raise ResultError(f"row {place} has not the headings of row 1; give every row the same ones in one order")
        for heading, cell in row.items():
            if not isinstance(cell, Cell):
                raise ResultError(f"row {place}, {heading!r}: {cell!r} is no text, number, true, false or null")


def _begins_with_a_day(text: str) -> bool:
    try:
        return date.fromisoformat(text[:10]).isoformat() == text[:10] and text[10:11] in ("", ",")
    except ValueError:
        return False


def _text(table: ResultTable) -> str:
    fields = {name: value for name, value in asdict(table).items() if value and name != "rows"}
    head = "".join(f"  {_json(name)}: {_json(value)},\n" for name, value in fields.items())
    rows = ",\n".join(f"    {_json(dict(row))}" for row in table.rows)
    return f' {{\n{head}  "rows": [\n{rows}\n  ]\n }}'


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
