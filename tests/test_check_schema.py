"""What every book of this kind has: a part of the schema that is taken out of a descriptor is told."""

from __future__ import annotations

import copy
from datetime import date
from pathlib import Path

import pytest

from helpers.book.new import blank
from helpers.check.package import Package
from helpers.check.schema import no_table_or_column_is_missing
from helpers.record import data_folder, general_schema, read_descriptor

KOKAND = Path(__file__).parents[1] / "examples/kokand/data"
DESCRIPTOR = read_descriptor(data_folder())
GENERAL = {resource["name"]: resource["schema"] for resource in general_schema()["resources"]}
#: What each book says of a column in words and measures of its own.
OWN = {"description", "title", "region", "days", "stay", "titles", "no_family_names"}
#: And of a column whose words are its own.
CHOSEN = {"keep", "definitions", "labels", "looks", "event_of"}


def told(descriptor):
    return [str(fault) for fault in no_table_or_column_is_missing(Package(data_folder(), descriptor, {}))]


def test_the_book_and_a_new_one_have_all_that_a_book_needs():
    assert told(DESCRIPTOR) == []
    assert told(blank(name="new", title="New", created=date(2026, 11, 30))) == []


@pytest.mark.parametrize("folder", [data_folder(), KOKAND], ids=["this book", "kokand"])
def test_a_descriptor_extends_the_general_schema_and_says_nothing_otherwise(folder):
    resources = {resource["name"]: resource["schema"] for resource in read_descriptor(folder)["resources"]}
    assert list(resources) == list(GENERAL)
    for table, general in GENERAL.items():
        schema = resources[table]
        assert {**schema, "fields": 0} == {**general, "fields": 0}
        assert [field["name"] for field in schema["fields"]] == [field["name"] for field in general["fields"]]
        for field, expected in zip(schema["fields"], general["fields"], strict=True):
            own = OWN | (CHOSEN if "keep" in expected else set())
            rules, wanted = (dict(one.get("constraints", {})) for one in (field, expected))
            for bound in ("minimum", "maximum", *(["enum"] if "keep" in expected else [])):
                if bound not in wanted or bound == "enum":
                    rules.pop(bound, None), wanted.pop(bound, None)
            place = f"{table}.{field['name']}"
            assert rules == wanted, place
            assert shared(field, own) == shared(expected, own), place


def shared(field, own):
    return {name: said for name, said in field.items() if name not in {*own, "constraints"}}


def test_a_word_that_the_rules_know_cannot_be_left_out_and_one_of_the_book_can():
    descriptor = copy.deepcopy(DESCRIPTOR)
    columns = {f"{r['name']}.{f['name']}": f for r in descriptor["resources"] for f in r["schema"]["fields"]}
    columns["claims.rank"]["constraints"]["enum"].remove("deprecated")
    columns["actors.kind"]["constraints"]["enum"].remove("person")
    columns["actors.side"]["constraints"]["enum"].remove("soviet")
    mend = "a word that the rules know; add it, and its meaning to `definitions`"
    assert told(descriptor) == [
        f"datapackage.json:0:actors.kind: `enum` has no 'person', {mend}",
        f"datapackage.json:0:claims.rank: `enum` has no 'deprecated', {mend}",
    ]


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


@pytest.mark.parametrize("table", GENERAL)
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
