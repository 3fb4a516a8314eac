"""Read the files of a data package: the descriptor, and each table as it stands.

An exact reader takes small files. Large ones mostly hold nothing unusual and are read by the fast reader of pandas;
wherever that one cannot be shown to have read every cell, the exact one takes the file again. Only it says what is
wrong.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from helpers.tables.raw import MISSING, Column, DataError, Fault, RawTable

DESCRIPTOR = "datapackage.json"
SMALL = 1 << 18
"""Bytes up to which the exact reader is the quicker one."""
_BYTE_ORDER_MARK = "\ufeff".encode()


def read_descriptor(folder: Path) -> dict[str, Any]:
    """Return the descriptor of the package in `folder`; raise `DataError` where it cannot be read."""
    try:
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


def refuse(faults: Iterable[Fault]) -> None:
    """Raise a `DataError` if there is any fault."""
    if found := list(faults):
        raise DataError(found)


def _read_table(folder: Path, resource: Mapping[str, Any]) -> RawTable:
    file = resource["path"]
    schema = {field["name"]: field for field in resource["schema"]["fields"]}
    try:
        content = (folder / file).read_bytes()
    except FileNotFoundError:
        message = "the file is missing; put it back or take it out of the descriptor"
        raise DataError([Fault(file, 0, "-", message)]) from None
    quick = _quick_columns(folder / file, content, list(schema)) if len(content) > SMALL else None
    columns = quick or _exact_columns(file, content, list(schema))
    return RawTable(resource["name"], file, schema, columns)


def _quick_columns(path: Path, content: bytes, names: list[str]) -> dict[str, Column] | None:
    """Return the columns as pandas reads them, None unless that is what `_exact_columns` would return.

    The header is read like a row, as pandas refuses every line that is longer than the first.
    """
    if not _is_plain(content, names):
        return None
    try:
        frame = pd.read_csv(
            path, header=None, names=names, dtype=object, na_filter=False, skip_blank_lines=False, low_memory=False
        )
    except ValueError:  # of pandas' own, or of a cell that is not UTF-8
        return None
    frame.iloc[0] = MISSING
    columns = {name: _column(frame[name].to_numpy()) for name in names}
    return columns if _is_whole(content, columns) else None


def _is_plain(content: bytes, names: list[str]) -> bool:
    """Whether header and line ends are as they must be, and no byte is one that readers take differently."""
    return (
        len(names) > 1  # else an empty line would pass for a cell
        and '"' not in "".join(names)
        and content.startswith((",".join(names) + "\n").encode())
        and content.endswith(b"\n")
        and not any(mark in content for mark in (b"\r", b"\0", _BYTE_ORDER_MARK[:1]))
    )


def _is_whole(content: bytes, columns: Mapping[str, Column]) -> bool:
    """Whether no line was short and no cell runs over a line end, given that no line is longer than the header.

    A comma of the file parts two cells or stands in one. pandas fills short lines up, so that after them the file has
    fewer commas than the cells need.
    """
    lines = 1 + len(next(iter(columns.values())))
    inside = sum(_commas(column) for column in columns.values())
    letters = np.frombuffer(content, np.uint8)
    line_ends, commas = (np.count_nonzero(letters == ord(mark)) for mark in "\n,")
    return line_ends == lines and commas == lines * (len(columns) - 1) + inside


def _commas(column: Column) -> int:
    """The number of commas that stand in the cells of a column."""
    if "," not in "".join(column.values):
        return 0
    return int(column.each(lambda value: value.count(","), missing=0).sum())


def _column(cells: np.ndarray) -> Column:
    """Return the cells below the first, which is the missing one, so that its code is 0."""
    codes, values = pd.factorize(cells)
    return Column(values.tolist(), codes[1:].astype(np.int32))


def _exact_columns(file: str, content: bytes, names: list[str]) -> dict[str, Column]:
    """Return the columns of a file; raise a `DataError` with what keeps it from being read whole."""
    header, *records = _records(file, _text(file, content))
    refuse(_header_faults(file, header, names))
    refuse(
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
    cells = zip(*records, strict=True) if records else ((),) * len(header)
    return dict(zip(header, map(Column.of, cells), strict=True))


def _records(file: str, text: str) -> list[list[str]]:
    """Return the header and the records."""
    rows = csv.reader(text.split("\n")[:-1])
    records: list[list[str]] = []
    try:
        records.extend(rows)
    except csv.Error as error:  # a cell without end, as a quotation mark opens it and none closes it
        message = f"a cell that begins here cannot be read ({error}); check for a quotation mark too many or too few"
        raise DataError([Fault(file, len(records) + 1, "-", message)]) from None
    return records


def _text(file: str, content: bytes) -> str:
    """Return the text of a file that is UTF-8 without a byte-order mark and has LF line ends."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        message = f"not UTF-8 text (byte {error.object[error.start]:#04x}); save the file as UTF-8"
        raise DataError([Fault(file, line, "-", message)]) from None
    checks = {
        "\ufeff": "a byte-order mark stands in the file; save it as UTF-8 without one",
        "\r": "the line does not end in LF alone; save the file with Unix line ends",
    }
    refuse(Fault(file, text[: text.index(c)].count("\n") + 1, "-", m) for c, m in checks.items() if c in text)
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
