"""Rules that a table of any subject must keep: types, keys, vocabularies, order, spelling of cells."""

from __future__ import annotations

import itertools
import operator
from collections.abc import Callable, Iterable, Iterator

import numpy as np

from helpers.check.package import Package, parts
from helpers.check.patterns import OWN, unmatched, unmatched_in_time
from helpers.record import DESCRIPTOR, Fault, RawTable, bad_cells, repeated, shown

LONGEST_ID = 100
LONGEST_CELL = 10_000

_BEYOND: dict[str, Callable[[object, object], bool]] = {
    "minimum": operator.lt,
    "maximum": operator.gt,
    "exclusiveMinimum": operator.le,
    "exclusiveMaximum": operator.ge,
}

#: Spellings that pandas.read_csv turns into missing values unless it is told not to.
PANDAS_MISSING = frozenset(
    [
        "#N/A",
        "#N/A N/A",
        "#NA",
        "-1.#IND",
        "-1.#QNAN",
        "-NaN",
        "-nan",
        "1.#IND",
        "1.#QNAN",
        "<NA>",
        "N/A",
        "NA",
        "NULL",
        "NaN",
        "None",
        "n/a",
        "nan",
        "null",
    ]
)


def cells_have_their_type(package: Package) -> Iterator[Fault]:
    """Every filled cell is of the type of its column."""
    for table in package:
        yield from bad_cells(table)


def cells_are_clean(package: Package) -> Iterator[Fault]:
    """No cell begins or ends with a space or is spelled like a missing value."""
    for table in package:
        for column in table.columns:
            cells = table[column].distinct
            spaced = (cell for cell in cells if cell != cell.strip())
            yield from _bad(table, column, spaced, "a space stands at an end; take it out")
            missing = PANDAS_MISSING.intersection(cells)
            message = "{} is read as missing by common programs; leave the cell empty or write another word"
            yield from _bad(table, column, missing, message)


def cells_are_short(package: Package) -> Iterator[Fault]:
    """An id has at most 100 characters, any other cell 10,000."""
    for table in package:
        for column in table.columns:
            most = LONGEST_ID if column == "id" else LONGEST_CELL
            long = (cell for cell in table[column].distinct if len(cell) > most)
            yield from _bad(table, column, long, f"{{}} is too long; write at most {most:,} characters")


def required_cells_are_filled(package: Package) -> Iterator[Fault]:
    """A required column has no empty cell."""
    for table in package:
        for column, field in table.schema.items():
            if field.get("constraints", {}).get("required"):
                hint = "cite a source: key[place]" if field.get("citations") else "fill it"
                for index in np.flatnonzero(~table[column].filled):
                    yield table.fault(index, column, f"the cell is empty and must not be; {hint}")


def values_keep_their_constraints(package: Package) -> Iterator[Fault]:
    """Values lie within the list, the lengths and the bounds of their column, and stand once where they must."""
    for table in package:
        for column, field in table.schema.items():
            bounds, cells = field.get("constraints", {}), table[column].distinct
            if "enum" in bounds:
                allowed = list(map(str, bounds["enum"]))
                message = "{} is not in the list of values: " + _literal(", ".join(allowed))
                yield from _bad(table, column, frozenset(cells).difference(allowed), message)
            if bounds.get("unique"):
                yield from repeated(table, column)
            for name, beyond in (("minLength", operator.lt), ("maxLength", operator.gt)):
                if name in bounds:
                    wrong = (cell for cell in cells if beyond(len(cell), bounds[name]))
                    yield from _bad(table, column, wrong, f"{{}} is not of the length: {name} is {bounds[name]}")
            for name in _BEYOND.keys() & bounds.keys():
                wrong = (cell for cell in cells if _is_beyond(cell, name, bounds[name], field["type"]))
                yield from _bad(table, column, wrong, f"{{}} is beyond the {name}, {bounds[name]}")


def values_keep_their_pattern(package: Package) -> Iterator[Fault]:
    """Values are of the form of their column; a pattern that takes too long to try is refused."""
    foreign = {}
    for table in package:
        for column, field in table.schema.items():
            pattern, cells = field.get("constraints", {}).get("pattern"), table[column].distinct
            if pattern in OWN:
                yield from _of_another_form(table, column, pattern, unmatched(pattern, cells))
            elif pattern is not None and cells:
                foreign[table.name, column] = (pattern, cells)
    for (name, column), wrong in unmatched_in_time(foreign).items():
        pattern, _ = foreign[name, column]
        if wrong is None:
            message = f"the pattern {pattern} takes too long to try; write one that repeats nothing that is repeated"
            yield Fault(DESCRIPTOR, 0, f"{name}.{column}", message)
        else:
            yield from _of_another_form(package[name], column, pattern, wrong)


def ids_are_sorted(package: Package) -> Iterator[Fault]:
    """Every row has an id, no id stands twice, and rows are sorted by id."""
    for table in package:
        again = {fault.row for fault in repeated(table, "id")}
        if not table.schema["id"].get("constraints", {}).get("unique"):
            yield from repeated(table, "id")
        for index, (before, key) in enumerate(itertools.pairwise(table["id"]), start=1):
            fault = table.fault(index, "id", f"{shown(key)} stands after {shown(before)}; sort the rows by id")
            if before > key and fault.row not in again:
                yield fault


def keys_resolve(package: Package) -> Iterator[Fault]:
    """Every key names a row of the table it points to, alone in its cell or one of several."""
    for table in package:
        for column, target, several in _references(package, table):
            known = package.keys(target)
            for cell in table[column].distinct:
                for key in dict.fromkeys(parts(cell)) if several else [cell]:
                    if key not in known:
                        message = f"there is no row {shown(key)} in {target}.csv; mend the key or add the row"
                        yield from table.faults(column, {cell: message})


def _references(package: Package, table: RawTable) -> Iterator[tuple[str, str, bool]]:
    """Yield column, table pointed to and whether a cell may hold several keys."""
    resource = next(r for r in package.descriptor["resources"] if r["name"] == table.name)
    for key in resource["schema"].get("foreignKeys", ()):
        yield key["fields"][0], key["reference"]["resource"] or table.name, False
    for column, field in table.schema.items():
        if "references" in field:
            yield column, field["references"]["resource"] or table.name, True


def _bad(table: RawTable, column: str, values: Iterable[str], message: str) -> Iterator[Fault]:
    return table.faults(column, {value: message.format(shown(value)) for value in values})


def _of_another_form(table: RawTable, column: str, pattern: str, values: Iterable[str]) -> Iterator[Fault]:
    return _bad(table, column, values, "{} is not of the form " + _literal(pattern))


def _is_beyond(value: str, name: str, bound: str | float, kind: str) -> bool:
    if kind == "date":
        return _BEYOND[name](value, bound)
    try:
        return _BEYOND[name](float(value), float(bound))
    except ValueError:  # not a number at all: `cells_have_their_type` says so
        return False


def _literal(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


RULES = (
    cells_have_their_type,
    cells_are_clean,
    cells_are_short,
    required_cells_are_filled,
    values_keep_their_constraints,
    values_keep_their_pattern,
    ids_are_sorted,
    keys_resolve,
)
