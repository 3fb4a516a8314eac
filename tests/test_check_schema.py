"""What every book of this kind has: a part of the schema that is taken out of a descriptor is told."""

from __future__ import annotations

import copy
from datetime import date

import pytest

from helpers.book.new.blank import blank
from helpers.check.package import Package
from helpers.check.schema import SCHEMA, no_table_or_column_is_missing
from helpers.record import data_folder, read_descriptor

DESCRIPTOR = read_descriptor(data_folder())


def told(descriptor):
    return [str(fault) for fault in no_table_or_column_is_missing(Package(data_folder(), descriptor, {}))]


def test_the_book_and_a_new_one_have_all_that_a_book_needs():
    assert told(DESCRIPTOR) == []
    assert told(blank(DESCRIPTOR, name="new", title="New", created=date(2026, 11, 30))) == []


def test_the_schema_is_that_of_the_book_column_by_column():
    for resource in DESCRIPTOR["resources"]:
        names = [column.split(":")[0].split(">")[0].strip("!^~#@") for column in SCHEMA[resource["name"]].split()]
        assert names == [field["name"] for field in resource["schema"]["fields"]]


def cases():
    for table, resource in enumerate(DESCRIPTOR["resources"]):
        for field, said in enumerate(resource["schema"]["fields"]):
            for part in ("required", "unique", "pattern", "enum"):
                if part in said.get("constraints", {}):
                    yield table, field, ("constraints", part)
            for part in ("citations", "references"):
                if part in said:
                    yield table, field, (part,)


def test_nothing_that_holds_a_column_can_be_dropped_unnoticed():
    """Each of the constraints, lists of keys and citations of the book is taken out in turn."""
    dropped = 0
    for table, field, path in cases():
        descriptor = copy.deepcopy(DESCRIPTOR)
        resource = descriptor["resources"][table]
        said = resource["schema"]["fields"][field]
        place = f"datapackage.json:0:{resource['name']}.{said['name']}: "
        holder = said
        for name in path[:-1]:
            holder = holder[name]
        del holder[path[-1]]
        (fault,) = told(descriptor)
        assert fault.startswith(place)
        dropped += 1
    assert dropped > 180


@pytest.mark.parametrize("table", SCHEMA)
def test_a_table_a_column_a_type_and_a_foreign_key_that_are_gone_are_told(table):
    descriptor = copy.deepcopy(DESCRIPTOR)
    resource = next(r for r in descriptor["resources"] if r["name"] == table)
    schema = resource["schema"]
    for key in schema.pop("foreignKeys", ()):
        target = key["reference"]["resource"] or table
        place = f"datapackage.json:0:{table}.{key['fields'][0]}"
        assert f"{place}: its cells are keys of {target}; add the foreign key" in told(descriptor)
    last = schema["fields"].pop()["name"]
    assert f"datapackage.json:0:{table}.{last}: the column is missing; describe it (its cells may be empty)" in told(
        descriptor
    )
    schema["fields"][0]["type"] = "integer"
    assert f"datapackage.json:0:{table}.id: the type is integer and must be string; mend it" in told(descriptor)
    descriptor["resources"].remove(resource)
    assert f"datapackage.json:0:{table}: the table is missing; describe it (it may have no rows)" in told(descriptor)
