"""Which parts a descriptor has, of which kind, and which of the Table Schema standard are kept here.

What the standard knows and this package does not keep is refused by name, so that nobody relies on it. A property
that the standard does not know is let through: the standard allows it.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from typing import Any

from helpers.record.kinds import Told, kind, listed, made_of, mapped, not_json, not_kept, only
from helpers.record.raw import FORMS, type_fault

TYPES = ("string", *FORMS)
ORDERED = ("integer", "number", "date")
BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
OF_TEXT = ("pattern", "minLength", "maxLength")
LONGEST_PATTERN = 500  # characters
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_PATH = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*\.csv")


def shape_faults(descriptor: Any) -> Told:
    """Yield each place of a descriptor where something is missing, of a wrong kind or not kept, and the mend.

    >>> list(shape_faults({"resources": {}}))
    [('resources', 'it is no list with something in it; write one')]
    """
    if (found := list(not_json(descriptor, ""))) or (found := list(_PACKAGE(descriptor, ""))):
        yield from found
        return
    resources = descriptor["resources"]
    for part in ("name", "path"):
        yield from _twice([r[part] for r in resources], "resources", f".{part}")
    tables = {r["name"] for r in resources} | {""}
    for number, resource in enumerate(resources):
        yield from _schema_faults(resource["schema"], tables, f"resources[{number}].schema")


def _schema_faults(schema: Mapping[str, Any], tables: set[str], place: str) -> Told:
    fields = schema["fields"]
    names = [field["name"] for field in fields]
    yield from _twice(names, f"{place}.fields", ".name")
    if names[0] != "id" or fields[0]["type"] != "string":
        yield f"{place}.fields[0]", "the first column is not `id`, of the type string; every table begins with its key"
    for number, field in enumerate(fields):
        yield from _field_faults(field, tables, f"{place}.fields[{number}]")
    for number, key in enumerate(schema.get("foreignKeys", ())):
        here = f"{place}.foreignKeys[{number}]"
        yield from _target_fault(key["reference"]["resource"], tables, f"{here}.reference")
        if key["fields"][0] not in names:
            yield f"{here}.fields[0]", f"there is no column {key['fields'][0]!r} in this table; mend the name"


def _field_faults(field: Mapping[str, Any], tables: set[str], place: str) -> Told:
    typ, constraints = field["type"], field.get("constraints", {})
    if "references" in field:
        yield from _target_fault(field["references"]["resource"], tables, f"{place}.references")
    for name, value in constraints.items():
        here = f"{place}.constraints.{name}"
        if (name in BOUNDS and typ not in ORDERED) or (name in OF_TEXT and typ != "string"):
            yield here, f"a column of the type {typ} cannot have it; take it out"
        elif name in BOUNDS and not _is_of_type(value, typ):
            yield here, f"{value!r} is not of the type of its column, {typ}; write such a value"
    values = constraints.get("enum", [])
    yield from _twice(list(map(str, values)), f"{place}.constraints.enum", "")
    for number, value in enumerate(values):
        if not _is_of_type(value, typ):
            yield f"{place}.constraints.enum[{number}]", f"{value!r} is not of the type of its column, {typ}; mend it"


def _is_of_type(value: str | float, typ: str) -> bool:
    if isinstance(value, str):
        return typ == "string" or type_fault(value, typ) is None
    return typ == "number" or (typ == "integer" and isinstance(value, int))


def _target_fault(table: str, tables: set[str], place: str) -> Told:
    if table not in tables:
        yield f"{place}.resource", f"there is no table {table!r}; mend the name or describe the table"


def _twice(values: list[str], place: str, part: str) -> Told:
    for number, value in enumerate(values):
        if value in values[:number]:
            yield f"{place}[{number}]{part}", f"{value!r} stands before in this list; take one of the two out"


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_pattern(value: Any) -> bool:
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_PATTERN:
        return False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            re.compile(value)
    except (re.error, OverflowError, RecursionError, Warning):
        return False
    return True


_TEXT = kind("text", lambda value: isinstance(value, str))
_TRUTH = kind("true or false", lambda value: isinstance(value, bool))
_NUMBER = kind("number", _is_number)
_LENGTH = kind("whole number from 0", lambda value: _is_number(value) and isinstance(value, int) and value >= 0)
_SCALAR = kind("text or number", lambda value: isinstance(value, str) or _is_number(value))
_PATTERN = kind(f"regular expression of at most {LONGEST_PATTERN} characters that can be compiled", _is_pattern)
_NAMED = kind(
    "name of small letters, digits and _, a letter first",
    lambda value: isinstance(value, str) and bool(_NAME.fullmatch(value)),
)
_FILE = kind(
    "name of a CSV file within the folder of the package",
    lambda value: isinstance(value, str) and bool(_PATH.fullmatch(value)),
)
_CONSTRAINTS = made_of(
    {
        "required": _TRUTH,
        "unique": _TRUTH,
        "enum": listed(_SCALAR),
        "pattern": _PATTERN,
        "minLength": _LENGTH,
        "maxLength": _LENGTH,
        **dict.fromkeys(BOUNDS, _SCALAR),
    },
    others=False,
)
_FIELD = made_of(
    {
        "name": _NAMED,
        "type": only(*TYPES),
        "description": _TEXT,
        "title": _TEXT,
        "constraints": _CONSTRAINTS,
        "format": only("default"),
        # of the standard, and not kept
        "missingValues": not_kept("an empty cell is the missing value; take it out"),
        **dict.fromkeys(("trueValues", "falseValues"), not_kept("cells hold true or false; take it out")),
        **dict.fromkeys(
            ("decimalChar", "groupChar", "bareNumber"), not_kept("numbers are digits and one point; take it out")
        ),
        **dict.fromkeys(("categories", "categoriesOrdered"), not_kept("write `enum` and `definitions`")),
        # of this book
        "definitions": mapped(_TEXT),
        "labels": mapped(_TEXT),
        "references": made_of({"resource": _TEXT, "separator": only(";")}, ("resource", "separator"), others=False),
        "citations": _TRUTH,
        "region": listed(_NUMBER),
        "signs": mapped(_NUMBER),
        "event_of": mapped(_TEXT),
        "days": listed(_TEXT),
        **dict.fromkeys(("stay", "titles", "no_family_names"), listed(_TEXT)),
        "looks": mapped(
            made_of({"label": _TEXT, "colour": _TEXT, "dark": _TEXT, "symbol": _TEXT, "part": listed(_NUMBER)})
        ),
    },
    ("name", "type"),
)
_FOREIGN_KEY = made_of(
    {
        "fields": kind(
            'list with the name of one column, like ["place"]',
            lambda value: isinstance(value, list) and len(value) == 1 and isinstance(value[0], str),
        ),
        "reference": made_of(
            {"resource": _TEXT, "fields": only(["id"])},
            ("resource", "fields"),
            others=False,
        ),
    },
    ("fields", "reference"),
    others=False,
)
_SCHEMA = made_of(
    {
        "$schema": _TEXT,
        "fields": listed(_FIELD),
        "missingValues": only([""]),
        "primaryKey": only(["id"], "id"),
        "foreignKeys": listed(_FOREIGN_KEY),
        "fieldsMatch": only("exact", ["exact"]),
    },
    ("fields",),
    others=False,
)
_DIALECT = made_of(
    {
        "$schema": _TEXT,
        "delimiter": only(","),
        "lineTerminator": only("\n"),
        "quoteChar": only('"'),
        "doubleQuote": only(True),
        "header": only(True),
        "headerRows": only([1]),
        "skipInitialSpace": only(False),
    },
    others=False,
)
_RESOURCE = made_of(
    {
        "name": _NAMED,
        "type": only("table"),
        "path": _FILE,
        "title": _TEXT,
        "description": _TEXT,
        "format": only("csv"),
        "mediatype": only("text/csv"),
        "encoding": only("utf-8"),
        "dialect": _DIALECT,
        "bytes": _LENGTH,
        "hash": _TEXT,
        "schema": _SCHEMA,
        "data": not_kept("put the rows into a CSV file and name it as `path`"),
        "compression": not_kept("store the CSV file as it is; take it out"),
    },
    ("name", "path", "schema"),
)
_PACKAGE = made_of(
    {
        **dict.fromkeys(("name", "title", "description", "version", "created", "spatial", "findings"), _TEXT),
        **dict.fromkeys(("keywords", "period"), listed(_TEXT)),
        "licenses": listed(made_of({"name": _TEXT, "path": _TEXT, "title": _TEXT})),
        "resources": listed(_RESOURCE),
    },
    ("resources",),
)
