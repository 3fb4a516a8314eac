"""Rules that a table of any subject must keep: types, keys, vocabularies, order, spelling of cells."""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers.check.package import SEPARATOR, Package, parts
from helpers.tables import MISSING, Fault, RawTable, bad_cells

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
        for column in table.columns:
            yield from (table.fault(i, column, message) for i, message in bad_cells(table, column))


def cells_are_clean(package: Package) -> Iterator[Fault]:
    """No cell begins or ends with a space or is spelled like a missing value."""
    for table in package:
        for column in table.columns:
            yield from _bad(table, column, lambda v: v != v.strip(), "a space stands at an end; take it out")
            yield from _bad(
                table,
                column,
                PANDAS_MISSING.__contains__,
                "{!r} is read as missing by common programs; leave the cell empty or write another word",
            )


def required_cells_are_filled(package: Package) -> Iterator[Fault]:
    """A required column has no empty cell."""
    for table in package:
        for column, field in table.schema.items():
            if field.get("constraints", {}).get("required"):
                for index in (i for i, v in enumerate(table[column]) if v == MISSING):
                    hint = "cite a source: key[place]" if field.get("citations") else "fill it"
                    yield table.fault(index, column, f"the cell is empty and must not be; {hint}")


def values_keep_their_constraints(package: Package) -> Iterator[Fault]:
    """Values lie within the list, the pattern and the bounds of their column."""
    for table in package:
        for column, field in table.schema.items():
            bounds = field.get("constraints", {})
            if "enum" in bounds:
                allowed = list(map(str, bounds["enum"]))
                yield from _bad(
                    table,
                    column,
                    lambda v, a=frozenset(allowed): v not in a,
                    "{!r} is not in the list of values: " + ", ".join(allowed),
                )
            if "pattern" in bounds:
                matches = re.compile(bounds["pattern"]).fullmatch
                yield from _bad(
                    table,
                    column,
                    lambda v, m=matches: not m(v),
                    "{!r} is not of the form " + _literal(bounds["pattern"]),
                )
            for name, over in (("minimum", float.__lt__), ("maximum", float.__gt__)):
                if name in bounds:
                    yield from _bad(
                        table,
                        column,
                        lambda v, o=over, b=float(bounds[name]): _number(v, o, b),
                        "{!r} is beyond the " + f"{name}, {bounds[name]}",
                    )


def ids_are_unique_and_sorted(package: Package) -> Iterator[Fault]:
    """No id stands twice, and rows are sorted by id."""
    for table in package:
        seen: dict[str, int] = {}
        for index, key in enumerate(table["id"]):
            if key in seen:
                yield table.fault(index, "id", f"the id {key!r} stands in line {seen[key] + 2} too; ids are unique")
            elif index and key < table["id"][index - 1]:
                yield table.fault(index, "id", f"{key!r} stands after {table['id'][index - 1]!r}; sort the rows by id")
            seen.setdefault(key, index)


def keys_resolve(package: Package) -> Iterator[Fault]:
    """Every key names a row of the table it points to, alone in its cell or one of several."""
    for table in package:
        for column, target, several in _references(package, table):
            known = package[target].distinct("id")
            lost = {
                cell: unknown
                for cell in table.distinct(column)
                if (unknown := [key for key in (parts(cell) if several else [cell]) if key not in known])
            }
            for index, cell in enumerate(table[column] if lost else ()):
                for key in lost.get(cell, ()):
                    message = f"there is no row {key!r} in {target}.csv; mend the key or add the row"
                    yield table.fault(index, column, message)


def _references(package: Package, table: RawTable) -> Iterator[tuple[str, str, bool]]:
    """Yield column, table pointed to and whether a cell may hold several keys."""
    resource = next(r for r in package.descriptor["resources"] if r["name"] == table.name)
    for key in resource["schema"].get("foreignKeys", ()):
        yield key["fields"][0], key["reference"]["resource"] or table.name, False
    for column, field in table.schema.items():
        if "references" in field:
            assert field["references"]["separator"] == SEPARATOR
            yield column, field["references"]["resource"], True


def _bad(table: RawTable, column: str, is_bad, message: str) -> Iterator[Fault]:
    bad = {value for value in table.distinct(column) if is_bad(value)}
    for index, value in enumerate(table[column] if bad else ()):
        if value in bad:
            yield table.fault(index, column, message.format(value))


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
