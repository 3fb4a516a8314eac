"""Read the files of a data package: the descriptor, and each table as it stands."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from helpers.record.kinds import REPEATED
from helpers.record.raw import Column, DataError, Fault, RawTable
from helpers.record.shape import shape_faults

DESCRIPTOR = "datapackage.json"


@cache
def general_schema() -> dict[str, Any]:
    """Return what every descriptor of this kind extends: ``schema.json`` beside this module; only to be read.

    It is itself the descriptor of a package without rows. Where a column has ``keep``, the words of its list are for
    each book to choose, but those that stand in ``keep``.
    """
    return json.loads((Path(__file__).parent / "schema.json").read_text("utf-8"))


def package_folder(path: str | Path) -> Path:
    """Return the folder of a data package, of which the folder itself or its ``datapackage.json`` may be given.

    Raises
    ------
    DataError
        If there is nothing at this path, or another file.

    >>> package_folder("book/data/datapackage.json").as_posix()
    'book/data'
    """
    path = Path(path)
    if path.name == DESCRIPTOR and not path.is_dir():
        return path.parent
    if path.is_dir():
        return path
    wrong = "this is a file" if path.exists() else "there is nothing at this path"
    raise DataError([Fault(str(path), 0, "-", f"{wrong}; give the folder that holds {DESCRIPTOR}")])


def read_descriptor(folder: Path) -> dict[str, Any]:
    """Return the descriptor of the package in `folder`.

    Raises
    ------
    DataError
        If it cannot be read, or lacks a part without which the tables cannot be, or has one that is not kept.
    """
    missing = f"there is no such file in {folder}; give the folder that holds the data package"
    descriptor = _json(decoded(DESCRIPTOR, content_of(folder, DESCRIPTOR, missing)))
    refuse(Fault(DESCRIPTOR, 0, place or "-", message) for place, message in shape_faults(descriptor))
    return descriptor


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
    content = content_of(folder, file, "the file is missing; put it back or take it out of the descriptor")
    lines, records = _records(file, _text(file, content))
    header = records.pop(0) if records else []
    refuse(_header_faults(file, header, list(schema)))
    refuse(
        Fault(
            file,
            line,
            "-",
            f"{len(record)} cells in a table of {len(header)} columns; "
            "check for a comma or a quotation mark too many or too few",
        )
        for line, record in zip(lines[1:], records, strict=True)
        if len(record) != len(header)
    )
    cells = zip(*records, strict=True) if records else ((),) * len(header)
    return RawTable(resource["name"], file, schema, dict(zip(header, map(Column.of, cells), strict=True)), lines[1:])


def content_of(folder: Path, file: str, missing: str) -> bytes:
    """Return the bytes of a file of the package.

    Raises
    ------
    DataError
        With the message `missing` if there is no such file; with its own if the file cannot be read, or lies outside
        the folder, by way of a link too.
    """
    path = folder / file
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            raise DataError([Fault(file, 0, "-", "the file leads outside the folder of the package; put it inside")])
        return path.read_bytes()
    except FileNotFoundError:
        message = missing
    except IsADirectoryError:
        message = "a folder stands where the file should; put the file in its place"
    except OSError as error:
        message = f"it cannot be read ({error.strerror}); see to its place and its rights"
    raise DataError([Fault(file, 0, "-", message)])


def _json(text: str) -> Any:
    """Return what JSON says, with the names that stand twice in one object marked in it."""

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            found[REPEATED] = [name for name, count in Counter(name for name, _ in pairs).items() if count > 1]
        return found

    try:
        return json.loads(text, object_pairs_hook=unique)
    except json.JSONDecodeError as error:
        line, message = error.lineno, error.msg
    except RecursionError:
        line, message = 0, "nested too deeply"
    except ValueError as error:  # a number of more digits than Python turns into one
        line, message = 0, str(error)
    raise DataError([Fault(DESCRIPTOR, line, "-", f"not JSON: {message}; mend the syntax")])


def _records(file: str, text: str) -> tuple[list[int], list[list[str]]]:
    """Return header and records, and the line in which each begins."""
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines, records = [1], []
    try:
        for record in rows:
            records.append(record)
            lines.append(rows.line_num + 1)
    except csv.Error as error:  # a quotation mark that nothing closes or that stands within a cell; a cell too long
        message = f"a cell that begins here cannot be read ({error}); check for a quotation mark too many or too few"
        raise DataError([Fault(file, lines[-1], "-", message)]) from None
    return lines[:-1], records


def decoded(file: str, content: bytes) -> str:
    """Return the text of a file that is UTF-8; raise `DataError` with its first line that is not."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        message = f"not UTF-8 text (byte {error.object[error.start]:#04x}); save the file as UTF-8"
        raise DataError([Fault(file, line, "-", message)]) from None


def _text(file: str, content: bytes) -> str:
    """Return the text of a table that is UTF-8 without a byte-order mark and has LF line ends."""
    text = decoded(file, content)
    checks = {
        "\ufeff": "a byte-order mark stands in the file (U+FEFF); save it as UTF-8 without one",
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
