"""The tables and columns that every book of this kind has, and what their cells must at least be held to.

They stand in ``helpers/record/schema.json``, which each descriptor extends. Which sides, parts and places there are is
for the descriptor to say; that a column is required, a key or a citation is not, nor are the words that the rules know,
or else a line taken out of the descriptor would silence a rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from helpers.check.package import Package
from helpers.record import DESCRIPTOR, Fault, general_schema

ALL_SOURCES = "all"
"""The policy that every package has: every text counts."""

_MENDS = {
    "required": "its cells are required; write `required`: true among its constraints",
    "unique": "its values are unique; write `unique`: true among its constraints",
    "pattern": "its values have a form; write it as `pattern` among its constraints",
    "enum": "its values come from a list; write it as `enum` among its constraints",
}


def no_table_or_column_is_missing(package: Package) -> Iterator[Fault]:
    """The descriptor has every table and column of the general schema, held to at least what they are held to there."""
    schemas = {resource["name"]: resource["schema"] for resource in package.descriptor["resources"]}
    for resource in general_schema()["resources"]:
        table, general = resource["name"], resource["schema"]
        if table not in schemas:
            yield Fault(DESCRIPTOR, 0, table, "the table is missing; describe it (it may have no rows)")
            continue
        fields = {field["name"]: field for field in schemas[table]["fields"]}
        keys = _keys(table, general) - _keys(table, schemas[table])
        for field in general["fields"]:
            name = field["name"]
            for message in _column_faults(field, fields.get(name), [to for column, to in keys if column == name]):
                yield Fault(DESCRIPTOR, 0, f"{table}.{name}", message)


def every_source_can_be_believed(package: Package) -> Iterator[Fault]:
    """There is a policy under which every text counts. All other tables may be empty, as they are in a new book."""
    policies = package["policies"]
    if ALL_SOURCES not in policies["id"].known:
        yield Fault(policies.file, 1, "id", f"there is no row {ALL_SOURCES!r}; add it: a policy without a rule")


def _column_faults(general: Mapping[str, Any], field: Mapping[str, Any] | None, no_keys_of: list[str]) -> Iterator[str]:
    if field is None:
        yield "the column is missing; describe it (its cells may be empty)"
        return
    if field["type"] != general["type"]:
        yield f"the type is {field['type']} and must be {general['type']}; mend it"
    wanted, constraints = general.get("constraints", {}), field.get("constraints", {})
    yield from (mend for name, mend in _MENDS.items() if wanted.get(name) and not constraints.get(name))
    if words := constraints.get("enum"):
        for word in general.get("keep", wanted.get("enum", ())):
            if word not in words:
                yield f"`enum` has no {word!r}, a word that the rules know; add it, and its meaning to `definitions`"
    if general.get("citations") and not field.get("citations"):
        yield "its cells are citations; write `citations`: true"
    yield from (f"its cells are keys of {table}; add the foreign key" for table in no_keys_of)
    several = general.get("references", {}).get("resource")
    if several and field.get("references", {}).get("resource") != several:
        yield f"its cells are keys of {several}; write `references` with this table and the separator ';'"


def _keys(table: str, schema: Mapping[str, Any]) -> set[tuple[str, str]]:
    """Column and table of each foreign key."""
    keys = schema.get("foreignKeys", ())
    return {(key["fields"][0], key["reference"]["resource"] or table) for key in keys}


RULES = (no_table_or_column_is_missing,)
