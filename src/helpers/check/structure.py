"""Rules that a table of any subject must keep: types, keys, vocabularies, order, spelling of cells."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from operator import gt

import numpy as np

from helpers.check.package import SEPARATOR, Package, parts
from helpers.tables import Column, Fault, RawTable, bad_cells, repeated_ids

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
            stripped = [*map(str.strip, cells)]
            spaced = () if stripped == cells else (a for a, b in zip(cells, stripped, strict=True) if a != b)
            yield from _bad(table, column, spaced, "a space stands at an end; take it out")
            yield from _bad(
                table,
                column,
                PANDAS_MISSING.intersection(cells),
                "{!r} is read as missing by common programs; leave the cell empty or write another word",
            )


def required_cells_are_filled(package: Package) -> Iterator[Fault]:
    """A required column has no empty cell."""
    for table in package:
        for column, field in table.schema.items():
            if field.get("constraints", {}).get("required"):
                hint = "cite a source: key[place]" if field.get("citations") else "fill it"
                for index in np.flatnonzero(~table[column].filled):
                    yield table.fault(index, column, f"the cell is empty and must not be; {hint}")


def values_keep_their_constraints(package: Package) -> Iterator[Fault]:
    """Values lie within the list, the pattern and the bounds of their column."""
    for table in package:
        for column, field in table.schema.items():
            bounds, cells = field.get("constraints", {}), table[column].distinct
            if "enum" in bounds:
                allowed = list(map(str, bounds["enum"]))
                message = "{!r} is not in the list of values: " + _literal(", ".join(allowed))
                yield from _bad(table, column, frozenset(cells).difference(allowed), message)
            if "pattern" in bounds:
                other = _of_another_form(cells, bounds["pattern"])
                yield from _bad(table, column, other, "{!r} is not of the form " + _literal(bounds["pattern"]))
            for name, over in (("minimum", float.__lt__), ("maximum", float.__gt__)):
                if name in bounds:
                    beyond = (value for value in cells if _number(value, over, float(bounds[name])))
                    yield from _bad(table, column, beyond, "{!r} is beyond the " + f"{name}, {bounds[name]}")


def ids_are_unique_and_sorted(package: Package) -> Iterator[Fault]:
    """No id stands twice, and rows are sorted by id."""
    for table in package:
        yield from repeated_ids(table)
        ids = list(table["id"])
        if any(map(gt, ids, ids[1:])):
            yield from _out_of_order(table, ids)


def keys_resolve(package: Package) -> Iterator[Fault]:
    """Every key names a row of the table it points to, alone in its cell or one of several."""
    for table in package:
        for column, target, several in _references(package, table):
            known = package.keys(target)
            cells = table[column]
            if _keys(cells, several) <= known:
                continue
            for cell in cells.distinct:
                for key in parts(cell) if several else [cell]:
                    if key not in known:
                        message = f"there is no row {key!r} in {target}.csv; mend the key or add the row"
                        yield from table.faults(column, {cell: message})


def _keys(cells: Column, several: bool) -> AbstractSet[str]:
    """Return the keys that the cells of a column hold, in each cell one or several."""
    return {*SEPARATOR.join(cells.distinct).split(SEPARATOR)} if several and cells.distinct else cells.known


def _references(package: Package, table: RawTable) -> Iterator[tuple[str, str, bool]]:
    """Yield column, table pointed to and whether a cell may hold several keys."""
    resource = next(r for r in package.descriptor["resources"] if r["name"] == table.name)
    for key in resource["schema"].get("foreignKeys", ()):
        yield key["fields"][0], key["reference"]["resource"] or table.name, False
    for column, field in table.schema.items():
        if "references" in field:
            assert field["references"]["separator"] == SEPARATOR
            yield column, field["references"]["resource"], True


def _out_of_order(table: RawTable, ids: list[str]) -> Iterator[Fault]:
    again = {fault.row for fault in repeated_ids(table)}
    for index, (before, key) in enumerate(itertools.pairwise(ids), start=1):
        fault = table.fault(index, "id", f"{key!r} stands after {before!r}; sort the rows by id")
        if before > key and fault.row not in again:
            yield fault


def _bad(table: RawTable, column: str, values: Iterable[str], message: str) -> Iterator[Fault]:
    return table.faults(column, {value: message.format(value) for value in values})


def _of_another_form(cells: list[str], pattern: str) -> Iterable[str]:
    """The values that a pattern does not match, tried all at once, and one by one only where that fails.

    What can match a line end, or looks at what stands around it, is always tried one by one.
    """
    of_one_line = pattern.isprintable() and not any(mark in pattern for mark in ("\\", "[^", "(?"))
    if of_one_line and re.fullmatch(rf"(?:(?:{pattern})\n)*+", "\n".join([*cells, ""])):
        return ()
    return itertools.filterfalse(re.compile(pattern).fullmatch, cells)


def _number(value: str, over, bound: float) -> bool:
    try:
        return over(float(value), bound)
    except ValueError:  # not a number at all: `cells_have_their_type` says so
        return False


def _literal(pattern: str) -> str:
    return pattern.replace("{", "{{").replace("}", "}}")


RULES = (
    cells_have_their_type,
    cells_are_clean,
    required_cells_are_filled,
    values_keep_their_constraints,
    ids_are_unique_and_sorted,
    keys_resolve,
)
