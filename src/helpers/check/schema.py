"""The tables and columns that every book of this kind has, and what their cells must at least be held to.

The rules and the chapters build upon these. What a column means and which words it may hold is for each descriptor to
say; that it is required, a key or a citation is not, or else a line taken out of the descriptor would silence a rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from helpers.check.package import Package
from helpers.record import DESCRIPTOR, Fault

#: Every table with its columns. After a name stand the type (``:date``; string is not written out), ``!`` if the
#: column is required, ``^`` if its values are unique, ``~`` if it has a pattern, ``#`` if it has a list of values,
#: ``>table`` if it holds a key, ``>>table`` if it holds several, ``@`` if it holds citations.
SCHEMA = {
    "sources": "id!^~ author title! label!^ year_written:integer year_published:integer language!~ kind!# perspective!#"
    " participant:boolean! lineage!~ based_on>>sources may_rest_on>>sources calendar!# read_at extent_read!# note",
    "places": "id!^~ name_1918! name_today other_names lat:number lon:number coordinate_precision# kind!# line#"
    " line_km:number polity_1918!# wikidata~ source!@ note",
    "actors": "id!^~ name! label!^ name_original kind!# side!# parent>actors role born~ died~ fate wikidata~ source!@"
    " note",
    "actor_names": "id!^~ actor!>actors name! language!~ script!# source!@ note",
    "events": "id!^~ title! summary! kind!# phase!# place>places date_edtf earliest:date latest:date after>>events"
    " part_of>events status!# because source!@ note",
    "participants": "id!^~ event!>events actor!>actors role!# side# source!@ note",
    "relations": "id!^~ actor_a!>actors actor_b!>actors directed:boolean! sign:integer!# kind!# start_earliest:date"
    " start_latest:date end_earliest:date end_latest:date start_event>events end_event>events certainty!# status!#"
    " because source!@ note",
    "forces": "id!^~ actor!>actors event!>events category!# population! scope! unit!# low:number best:number"
    " high:number method!# status!# because source!@ note",
    "movements": "id!^~ journey!~ actor!>actors seq:integer! place_from!>places place_to!>places depart_earliest:date"
    " depart_latest:date arrive_earliest:date arrive_latest:date mode!# status!# because source!@ note",
    "terms": "id!^~ document!# number:integer text! party_bound!# topic!# fulfilled!# certainty!# status!# because"
    " source!@ note",
    "claims": "id!^~ event>events relation>relations force>forces actor>actors term>terms movement>movements"
    " place>places attribute!# value! low:number best:number high:number unit# date_as_written calendar_stated#"
    " calendar_assumed# assumed_because hijri_stated~ weekday_stated# earliest:date latest:date source!>sources"
    " locator! quoting>sources quote quote_language~ translation hedge!# stance!# rank!# confidence!# note",
    "findings": "id!^~ chapter!~ sentence! kind!# claims_for>>claims claims_against>>claims test!~ note",
    "policies": "id!^~ label! rule march_dates!# rationale!",
}
ALL_SOURCES = "all"
"""The policy that every package has: every text counts."""

_COLUMN = re.compile(
    r"(?P<name>\w+)(?::(?P<type>\w+))?(?P<required>!?)(?P<unique>\^?)(?P<pattern>~?)(?P<enum>#?)"
    r"(?:>>(?P<several>\w+)|>(?P<key>\w+))?(?P<citations>@?)"
)
_MENDS = {
    "required": "its cells are required; write `required`: true among its constraints",
    "unique": "its values are unique; write `unique`: true among its constraints",
    "pattern": "its values have a form; write it as `pattern` among its constraints",
    "enum": "its values come from a list; write it as `enum` among its constraints",
}


def no_table_or_column_is_missing(package: Package) -> Iterator[Fault]:
    """The descriptor has every table and column that the rules and chapters build upon, held to what they need."""
    resources = {resource["name"]: resource for resource in package.descriptor["resources"]}
    for table, columns in SCHEMA.items():
        if table not in resources:
            yield Fault(DESCRIPTOR, 0, table, "the table is missing; describe it (it may have no rows)")
            continue
        schema = resources[table]["schema"]
        fields = {field["name"]: field for field in schema["fields"]}
        for expected in map(_COLUMN.fullmatch, columns.split()):
            for message in _column_faults(table, schema, fields.get(expected["name"]), expected):
                yield Fault(DESCRIPTOR, 0, f"{table}.{expected['name']}", message)


def every_source_can_be_believed(package: Package) -> Iterator[Fault]:
    """There is a policy under which every text counts. All other tables may be empty, as they are in a new book."""
    policies = package["policies"]
    if ALL_SOURCES not in policies["id"].known:
        yield Fault(policies.file, 1, "id", f"there is no row {ALL_SOURCES!r}; add it: a policy without a rule")


def _column_faults(
    table: str, schema: Mapping[str, Any], field: Mapping[str, Any] | None, expected: re.Match
) -> Iterator[str]:
    if field is None:
        yield "the column is missing; describe it (its cells may be empty)"
        return
    if field["type"] != (wanted := expected["type"] or "string"):
        yield f"the type is {field['type']} and must be {wanted}; mend it"
    constraints = field.get("constraints", {})
    yield from (mend for name, mend in _MENDS.items() if expected[name] and not constraints.get(name))
    if expected["citations"] and not field.get("citations"):
        yield "its cells are citations; write `citations`: true"
    if (key := expected["key"]) and key not in _targets(table, schema, field["name"]):
        yield f"its cells are keys of {key}; add the foreign key"
    if (several := expected["several"]) and field.get("references", {}).get("resource") != several:
        yield f"its cells are keys of {several}; write `references` with this table and the separator ';'"


def _targets(table: str, schema: Mapping[str, Any], column: str) -> set[str]:
    keys = schema.get("foreignKeys", ())
    return {key["reference"]["resource"] or table for key in keys if key["fields"] == [column]}


RULES = (no_table_or_column_is_missing,)
