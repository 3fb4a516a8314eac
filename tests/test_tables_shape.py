"""The shape of a descriptor: each part that is missing, of a wrong kind or not kept is told with its place."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from helpers.record import DataError, data_folder, read_descriptor
from helpers.record.kinds import DEEPEST, not_json
from helpers.record.shape import shape_faults

GONE = object()
WHOLE = {
    "resources": [
        {"name": "places", "path": "places.csv", "schema": {"fields": [{"name": "id", "type": "string"}]}},
        {
            "name": "events",
            "path": "events.csv",
            "schema": {
                "fields": [
                    {"name": "id", "type": "string"},
                    {"name": "day", "type": "date", "constraints": {"minimum": "1918-01-01"}},
                    {"name": "place", "type": "string", "constraints": {"pattern": "[a-z]+"}},
                    {"name": "count", "type": "integer", "constraints": {"enum": ["1", 2]}},
                    {"name": "after", "type": "string", "references": {"resource": "events", "separator": ";"}},
                ],
                "missingValues": [""],
                "primaryKey": "id",
                "foreignKeys": [{"fields": ["place"], "reference": {"resource": "places", "fields": ["id"]}}],
            },
            "dialect": {"delimiter": ",", "lineTerminator": "\n"},
        },
    ]
}


def changed(place: str, value: Any) -> dict[str, Any]:
    descriptor = copy.deepcopy(WHOLE)
    part, (*path, last) = descriptor, [int(name) if name.isdecimal() else name for name in place.split(".")]
    for name in path:
        part = part[name]
    if value is GONE:
        del part[last]
    else:
        part[last] = value
    return descriptor


R, F, K = "resources.1", "resources.1.schema.fields", "resources.1.schema.foreignKeys.0"


@pytest.mark.parametrize(
    ("place", "value", "message"),
    [
        # missing, or of a wrong kind
        ("resources", GONE, "it is missing; add it"),
        ("resources", {}, "it is no list"),
        ("resources", [], "no list with something in it"),
        ("resources.1", "events.csv", "it is no object"),
        (f"{R}.name", GONE, "missing"),
        (f"{R}.name", "Events!", "it is no name of small letters"),
        (f"{R}.name", 5, "it is no name"),
        (f"{R}.path", GONE, "missing"),
        *[
            (f"{R}.path", path, "it is no name of a CSV file within the folder")
            for path in ("../events.csv", "/etc/passwd", "a/../../b.csv", "C:\\x.csv", "http://x/y.csv", ["a.csv"], "")
        ],
        (f"{R}.schema", GONE, "missing"),
        (f"{R}.schema", "schema.json", "it is no object of names and values"),
        (f"{R}.schema.fields", GONE, "missing"),
        (f"{R}.schema.fields", [], "no list with something in it"),
        (f"{F}.1", "day", "it is no object"),
        (f"{F}.1.name", GONE, "missing"),
        (f"{F}.1.name", None, "it is no name"),
        (f"{F}.1.type", GONE, "missing"),
        (f"{F}.1.constraints", [], "it is no object"),
        (f"{F}.1.constraints.required", "yes", "it is no true or false"),
        (f"{F}.2.constraints.pattern", "[a-z", "it is no regular expression"),
        (f"{F}.2.constraints.pattern", "a" * 501, "at most 500 characters"),
        (f"{F}.2.constraints.pattern", "a{99999999999}", "it is no regular expression"),
        (f"{F}.2.constraints.pattern", "(?P<a>b)(?P<a>c)", "it is no regular expression"),
        (f"{F}.2.constraints.pattern", "[[a]", "it is no regular expression"),
        (f"{F}.2.constraints.enum", [], "no list with something in it"),
        (f"{F}.2.constraints.minLength", -1, "it is no whole number from 0"),
        (f"{F}.2.definitions", ["a"], "it is no object"),
        (f"{F}.4.references", "events", "it is no object"),
        (f"{F}.4.references.separator", ",", "is not kept; write ';'"),
        (f"{F}.2.looks", {"soviet": []}, "it is no object"),
        (f"{R}.schema.foreignKeys", {}, "it is no list"),
        (f"{K}.fields", "place", 'it is no list with the name of one column, like ["place"]'),
        (f"{K}.reference", GONE, "missing"),
        (f"{K}.reference", "places", "it is no object"),
        (f"{K}.reference.fields", ["name"], "is not kept; write ['id']"),
        # of the standard and not kept
        *[
            (f"{F}.1.type", kind, "is not kept; write 'string' or 'integer' or 'number' or 'boolean' or 'date'")
            for kind in ("year", "time", "datetime", "object", "geopoint", "any", "Date", 5)
        ],
        (f"{F}.1.format", "%d/%m/%Y", "is not kept; write 'default'"),
        (f"{F}.1.constraints.maximun", 5, "this is not kept; write one of required, unique, enum"),
        (f"{F}.1.constraints.jsonSchema", {}, "this is not kept"),
        (f"{F}.1.missingValues", ["-"], "this property is not kept here; an empty cell"),
        (f"{F}.1.trueValues", ["yes"], "this property is not kept here"),
        (f"{F}.1.decimalChar", ",", "this property is not kept here"),
        (f"{F}.1.categories", ["a"], "this property is not kept here; write `enum`"),
        (f"{R}.schema.missingValues", ["", "NA"], "is not kept; write ['']"),
        (f"{R}.schema.primaryKey", "place", "is not kept; write ['id'] or 'id'"),
        (f"{R}.schema.uniqueKeys", [["place"]], "this is not kept"),
        (f"{R}.dialect.delimiter", ";", "is not kept; write ','"),
        (f"{R}.dialect.lineTerminator", "\r\n", "is not kept"),
        (f"{R}.dialect.commentChar", "#", "this is not kept; write one of"),
        (f"{R}.encoding", "cp1251", "is not kept; write 'utf-8'"),
        (f"{R}.format", "xlsx", "is not kept"),
        (f"{R}.data", [], "this property is not kept here"),
        # parts that do not fit one another
        (f"{R}.name", "places", "'places' stands before in this list"),
        (f"{R}.path", "places.csv", "'places.csv' stands before in this list"),
        (f"{F}.1.name", "id", "'id' stands before in this list"),
        (f"{F}.2.constraints.enum", ["a", "a"], "stands before in this list"),
        (f"{F}.3.constraints.enum", ["one"], "'one' is not of the type of its column, integer"),
        (f"{F}.3.constraints.enum", [1.5], "1.5 is not of the type of its column, integer"),
        (f"{F}.2.constraints.enum", [1], "1 is not of the type of its column, string"),
        (f"{F}.1.constraints.minimum", 1918, "1918 is not of the type of its column, date"),
        (f"{F}.1.constraints.maximum", "1918-02-30", "is not of the type of its column, date"),
        (f"{F}.3.constraints.minimum", "low", "is not of the type of its column, integer"),
        (f"{F}.1.constraints.pattern", "1918.*", "a column of the type date cannot have it"),
        (f"{F}.2.constraints.minimum", 5, "a column of the type string cannot have it"),
        (f"{F}.3.constraints.maxLength", 5, "a column of the type integer cannot have it"),
        (f"{F}.4.references.resource", "event", "there is no table 'event'"),
        (f"{K}.reference.resource", "place", "there is no table 'place'"),
        (f"{K}.fields", ["plaice"], "there is no column 'plaice' in this table"),
        (f"{F}.0.name", "key", "the first column is not `id`"),
        # what JSON cannot hold
        (f"{F}.3.constraints.minimum", float("nan"), "nan is no number of JSON"),
        ("more", float("inf"), "inf is no number of JSON"),
    ],
)
def test_what_is_wrong_with_a_descriptor_is_told_with_its_place(place, value, message):
    told = list(shape_faults(changed(place, value)))
    start = "".join(f"[{name}]" if name.isdecimal() else f".{name}" for name in place.split(".")).lstrip(".")
    assert any(where.startswith(start.removesuffix(".name")) and message in what for where, what in told), told


def test_a_whole_descriptor_and_those_of_both_books_have_no_fault():
    assert list(shape_faults(WHOLE)) == []
    assert list(shape_faults(read_descriptor(data_folder()))) == []


def test_a_property_that_the_standard_does_not_know_is_let_through():
    assert list(shape_faults(changed(f"{F}.1.colour", {"of": ["the", "page"]}))) == []


@pytest.mark.parametrize("other", [None, [], "x", 5, True, [[[]]], {"resources": None}])
def test_what_is_no_descriptor_at_all_is_told(other):
    assert list(shape_faults(other))


def test_nesting_is_told_where_it_becomes_too_deep():
    deep: Any = 1
    for _ in range(DEEPEST + 1):
        deep = [deep]
    assert [place for place, _ in not_json({"more": deep}, "")] == ["more" + "[0]" * DEEPEST]


def test_every_part_of_the_books_descriptor_may_go_or_be_of_any_kind_without_a_trace():
    """Each part is taken out, and replaced by values of every kind of JSON, in turn."""
    descriptor = read_descriptor(data_folder())
    descriptor["resources"] = [r for r in descriptor["resources"] if r["name"] in ("actors", "places")]
    damages = 0
    for parent, name in list(parts(descriptor)):
        whole = parent[name]
        for value in ([], {}, "x", 7, -0.5, None, True, [None], {"a": None}, [[]]):
            parent[name] = value
            list(shape_faults(descriptor))
            damages += 1
        parent[name] = whole
    assert damages > 3000
    assert list(shape_faults(descriptor)) == []


def parts(value: Any):
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in list(pairs):
        yield value, name
        yield from parts(part)


def test_a_name_that_stands_twice_is_told_with_its_place(tmp_path):
    (tmp_path / "datapackage.json").write_text('{"resources": [{"name": "a", "name": "b"}]}', encoding="utf-8")
    with pytest.raises(DataError, match=r"datapackage\.json:0:resources\[0\]\.name: the name stands twice"):
        read_descriptor(tmp_path)
