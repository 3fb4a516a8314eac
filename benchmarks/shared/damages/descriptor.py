"""Damages of the descriptor: parts that are missing, odd, or promise what nobody keeps."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from random import Random
from typing import Any

from shared.damages.model import FOLDER, Damage, Original, register

from helpers.record import DESCRIPTOR

Edit = Callable[[dict[str, Any], Random], Any]


def _resource(package: dict[str, Any], rng: Random) -> dict[str, Any]:
    return rng.choice(package["resources"])


def _field(package: dict[str, Any], rng: Random, *needs: str) -> dict[str, Any]:
    return rng.choice([f for r in package["resources"] for f in r["schema"]["fields"] if all(n in f for n in needs)])


def _bound(package: dict[str, Any], rng: Random, name: str) -> dict[str, Any]:
    """The constraints of a column that have one of this name."""
    fields = [f for r in package["resources"] for f in r["schema"]["fields"]]
    return rng.choice([f["constraints"] for f in fields if name in f.get("constraints", {})])


def _dated(package: dict[str, Any], rng: Random) -> dict[str, Any]:
    return rng.choice([f for r in package["resources"] for f in r["schema"]["fields"] if f["type"] == "date"])


def _linked(package: dict[str, Any], rng: Random) -> dict[str, Any]:
    return rng.choice([r["schema"] for r in package["resources"] if r["schema"].get("foreignKeys")])


def _constrained(package: dict[str, Any], rng: Random, **rules: Any) -> None:
    _field(package, rng).setdefault("constraints", {}).update(rules)


def _remove_field(package: dict[str, Any], rng: Random) -> None:
    fields = _resource(package, rng)["schema"]["fields"]
    del fields[rng.randrange(1, len(fields))]


EDITS: dict[str, tuple[str, Edit]] = {
    **{
        f"package without {key}": (f"`{key}` of the package is taken out", lambda p, r, k=key: p.pop(k))
        for key in (
            "resources",
            "name",
            "title",
            "version",
            "licenses",
            "description",
            "created",
            "spatial",
            "findings",
        )
    },
    **{
        f"table without {key}": (f"`{key}` of a table is taken out", lambda p, r, k=key: _resource(p, r).pop(k))
        for key in ("name", "path", "schema", "description", "title")
    },
    **{
        f"column without {key}": (f"`{key}` of a column is taken out", lambda p, r, k=key: _field(p, r).pop(k))
        for key in ("name", "type", "description")
    },
    "schema without fields": ("the list of columns is taken out", lambda p, r: _resource(p, r)["schema"].pop("fields")),
    "schema without a primary key": (
        "the primary key is taken out",
        lambda p, r: _resource(p, r)["schema"].pop("primaryKey"),
    ),
    "tables that are no list": ("`resources` is a text", lambda p, r: p.update(resources="sources.csv")),
    "tables that are none": ("`resources` is empty", lambda p, r: p.update(resources=[])),
    "table that is a text": (
        "a table is given by its file alone",
        lambda p, r: p["resources"].__setitem__(0, "sources.csv"),
    ),
    "schema that is a file": (
        "a schema is the name of a file",
        lambda p, r: _resource(p, r).update(schema="schema.json"),
    ),
    "fields that are no list": ("the columns are an object", lambda p, r: _resource(p, r)["schema"].update(fields={})),
    "column that is a text": (
        "a column is given by its name alone",
        lambda p, r: _resource(p, r)["schema"]["fields"].__setitem__(1, "label"),
    ),
    "table taken out": ("a table is not described", lambda p, r: p["resources"].pop(r.randrange(len(p["resources"])))),
    "table twice": ("a table is described twice", lambda p, r: p["resources"].append(copy.deepcopy(_resource(p, r)))),
    "column taken out": ("a column is not described", _remove_field),
    "column twice": (
        "a column is described twice",
        lambda p, r: (f := _resource(p, r)["schema"]["fields"]).append(copy.deepcopy(f[1])),
    ),
    "type that is none": ("a column is of a type that is none", lambda p, r: _field(p, r).update(type="text")),
    "type that nobody reads": ("a column of days is of the type year", lambda p, r: _dated(p, r).update(type="year")),
    "type that is a list": ("the type of a column is a list", lambda p, r: _field(p, r).update(type=["string"])),
    "type of numbers for texts": (
        "a column of texts is said to hold numbers",
        lambda p, r: _field(p, r, "references").update(type="number"),
    ),
    "constraint that nobody keeps": ("a column has a greatest length", lambda p, r: _constrained(p, r, maxLength=1)),
    "constraint that is none": (
        "a column has a constraint of no standard",
        lambda p, r: _constrained(p, r, colour="red"),
    ),
    "open bound that nobody keeps": (
        "a column has an exclusive maximum",
        lambda p, r: _constrained(p, r, exclusiveMaximum=0),
    ),
    "constraints that are a list": (
        "the constraints of a column are a list",
        lambda p, r: _field(p, r).update(constraints=["required"]),
    ),
    "least day": (
        "a column of days has a least day that all are before",
        lambda p, r: _dated(p, r).setdefault("constraints", {}).update(minimum="2000-01-01"),
    ),
    "bound that is a text": ("a bound is in words", lambda p, r: _bound(p, r, "minimum").update(minimum="nought")),
    "bound that is turned round": (
        "the minimum is above the maximum",
        lambda p, r: _bound(p, r, "maximum").update(minimum=10**6),
    ),
    "pattern that is broken": (
        "a pattern has a bracket too few",
        lambda p, r: _bound(p, r, "pattern").update(pattern="[a-z"),
    ),
    "pattern that is a number": ("a pattern is a number", lambda p, r: _bound(p, r, "pattern").update(pattern=7)),
    "pattern dropped": ("a pattern is taken out", lambda p, r: _bound(p, r, "pattern").pop("pattern")),
    "required dropped": ("a column may be empty", lambda p, r: _bound(p, r, "required").pop("required")),
    "required that is a text": ("`required` is a text", lambda p, r: _bound(p, r, "required").update(required="false")),
    "unique where it is not": (
        "a column whose values repeat is said to be unique",
        lambda p, r: _field(p, r, "definitions").setdefault("constraints", {}).update(unique=True),
    ),
    "list of words dropped": (
        "the list of words of a column is taken out",
        lambda p, r: _bound(p, r, "enum").pop("enum"),
    ),
    "word of a list dropped": ("a word is taken out of a list", lambda p, r: _bound(p, r, "enum")["enum"].pop()),
    "word of a list twice": (
        "a word stands twice in a list",
        lambda p, r: (e := _bound(p, r, "enum")["enum"]).append(e[0]),
    ),
    "list of words that is a text": (
        "the list of words is one text",
        lambda p, r: _bound(p, r, "enum").update(enum="a, b"),
    ),
    "definitions dropped": (
        "the words of a list are not explained",
        lambda p, r: _field(p, r, "definitions").pop("definitions"),
    ),
    "definitions that are a list": (
        "the explanations of words are a list",
        lambda p, r: _field(p, r, "definitions").update(definitions=["a"]),
    ),
    "citations dropped": (
        "a column of citations is one of texts",
        lambda p, r: _field(p, r, "citations").pop("citations"),
    ),
    "references dropped": (
        "a column of keys is one of texts",
        lambda p, r: _field(p, r, "references").pop("references"),
    ),
    "references to no table": (
        "a column of keys points to no table",
        lambda p, r: _field(p, r, "references")["references"].update(resource="nowhere"),
    ),
    "references with another separator": (
        "keys are said to be parted by a stroke",
        lambda p, r: _field(p, r, "references")["references"].update(separator="|"),
    ),
    "foreign keys dropped": ("the keys of a table are taken out", lambda p, r: _linked(p, r).pop("foreignKeys")),
    "foreign key to no table": (
        "a key points to no table",
        lambda p, r: _linked(p, r)["foreignKeys"][0]["reference"].update(resource="nowhere"),
    ),
    "foreign key of no column": (
        "a key is a column that is not there",
        lambda p, r: _linked(p, r)["foreignKeys"][0].update(fields=["nothing"]),
    ),
    "foreign key in short form": (
        "a key is written as a text",
        lambda p, r: _linked(p, r)["foreignKeys"][0].update(
            fields="actor", reference={"resource": "actors", "fields": "id"}
        ),
    ),
    "foreign key without reference": (
        "a key points nowhere",
        lambda p, r: _linked(p, r)["foreignKeys"][0].pop("reference"),
    ),
    "foreign keys that are an object": (
        "the keys of a table are an object",
        lambda p, r: _linked(p, r).update(foreignKeys={}),
    ),
    "primary key of another column": (
        "the primary key is another column",
        lambda p, r: _resource(p, r)["schema"].update(primaryKey=["note"]),
    ),
    "words for nothing": (
        "a word is said to mean an empty cell",
        lambda p, r: _resource(p, r)["schema"].update(missingValues=["", "-"]),
    ),
    "delimiter that nobody reads": (
        "semicolons are said to part the cells",
        lambda p, r: _resource(p, r).update(dialect={"delimiter": ";"}),
    ),
    "encoding that nobody reads": (
        "a table is said to be Latin-1",
        lambda p, r: _resource(p, r).update(encoding="latin-1"),
    ),
    "format that nobody reads": (
        "a table is said to be a spreadsheet",
        lambda p, r: _resource(p, r).update(format="xlsx"),
    ),
    "path out of the folder": (
        "a table lies outside the package",
        lambda p, r: _resource(p, r).update(path="../../etc/hostname"),
    ),
    "path from the root": (
        "the path of a table begins at the root",
        lambda p, r: _resource(p, r).update(path="/etc/hostname"),
    ),
    "path on another machine": (
        "a table is an address",
        lambda p, r: _resource(p, r).update(path="https://example.org/a.csv"),
    ),
    "path that is a list": ("a table has two files", lambda p, r: _resource(p, r).update(path=["a.csv", "b.csv"])),
    "path of another table": (
        "two tables have one file",
        lambda p, r: p["resources"][1].update(path=p["resources"][0]["path"]),
    ),
    "name of a table with a space": (
        "the name of a table has a space",
        lambda p, r: _resource(p, r).update(name="my table"),
    ),
    "name of a table that is a number": (
        "the name of a table is a number",
        lambda p, r: _resource(p, r).update(name=7),
    ),
    "name of the package with a path": (
        "the name of the package leads out of a folder",
        lambda p, r: p.update(name="../../x"),
    ),
    "name of the package that is a number": ("the name of the package is a number", lambda p, r: p.update(name=7)),
    "version that is none": ("the version is a word", lambda p, r: p.update(version="new")),
    "version that is a number": ("the version is a number", lambda p, r: p.update(version=1.0)),
    "day of making that is none": ("the day of making is a word", lambda p, r: p.update(created="yesterday")),
    "licences that are a text": ("the licence is a text", lambda p, r: p.update(licenses="CC-BY-4.0")),
    "licences that are none": ("the list of licences is empty", lambda p, r: p.update(licenses=[])),
    "licence without address": ("the address of the licence is taken out", lambda p, r: p["licenses"][0].pop("path")),
    "title of two lines": ("the title has a line break", lambda p, r: p.update(title="One\nTwo")),
    "description of two lines": (
        "a column is described in two lines",
        lambda p, r: _field(p, r).update(description="One\nTwo"),
    ),
    "description that is empty": (
        "the description of a column is empty",
        lambda p, r: _field(p, r).update(description=""),
    ),
    "description that is a number": (
        "the description of a column is a number",
        lambda p, r: _field(p, r).update(description=7),
    ),
    "description with a script": (
        "the description of a column is a script",
        lambda p, r: _field(p, r).update(description="<script>1</script>"),
    ),
    "findings of another package": (
        "the tests of the conclusions are a package of Python's own",
        lambda p, r: p.update(findings="os"),
    ),
    "findings of another folder": (
        "the tests of the conclusions are in another folder",
        lambda p, r: p.update(findings="../../../tmp"),
    ),
    "region dropped": ("the bounds of the map are taken out", lambda p, r: _field(p, r, "region").pop("region")),
    "region turned round": (
        "the bounds of the map are turned round",
        lambda p, r: (f := _field(p, r, "region")).update(region=f["region"][::-1]),
    ),
    "signs dropped": ("the signs of the kinds of ties are taken out", lambda p, r: _field(p, r, "signs").pop("signs")),
    "sign of a kind changed": (
        "a kind of tie has the contrary sign",
        lambda p, r: (s := _field(p, r, "signs")["signs"]).update({(k := next(iter(s))): -s[k] or 1}),
    ),
    "looks dropped": ("what the sides look like is taken out", lambda p, r: _field(p, r, "looks").pop("looks")),
    "looks of one side dropped": (
        "what one side looks like is taken out",
        lambda p, r: (x := _field(p, r, "looks")["looks"]).pop(next(iter(x))),
    ),
}

TEXTS: dict[str, tuple[str, Callable[[str], bytes | None]]] = {
    "descriptor missing": ("the descriptor is not there", lambda t: None),
    "folder in place of the descriptor": ("a folder has the name of the descriptor", lambda t: FOLDER),
    "descriptor emptied": ("nothing stands in the descriptor", lambda t: b""),
    "descriptor cut in the middle": (
        "the second half of the descriptor is missing",
        lambda t: t.encode()[: len(t) // 2],
    ),
    "descriptor that is a list": ("the descriptor is a list", lambda t: f"[{t}]".encode()),
    "descriptor that is nothing": ("the descriptor is null", lambda t: b"null\n"),
    "descriptor that is a text": ("the descriptor is a text", lambda t: b'"data"\n'),
    "descriptor without parts": ("the descriptor is an empty object", lambda t: b"{}\n"),
    "descriptor nested without end": ("the descriptor has 100,000 brackets", lambda t: b"[" * 100_000),
    "descriptor with no number": ("a bound is NaN", lambda t: t.replace('"minimum": 0', '"minimum": NaN', 1).encode()),
    "descriptor with a key twice": (
        "`resources` stands twice, the second time empty",
        lambda t: (t.rstrip()[:-1].rstrip() + ',\n "resources": []\n}\n').encode(),
    ),
    "descriptor with a comma too many": (
        "a comma stands before a closing brace",
        lambda t: (t.rstrip()[:-1].rstrip() + ",\n}\n").encode(),
    ),
    "descriptor with comments": ("a comment stands before the descriptor", lambda t: ("// ours\n" + t).encode()),
    "descriptor with a byte-order mark": (
        "a byte-order mark stands before the descriptor",
        lambda t: t.encode("utf-8-sig"),
    ),
    "descriptor in UTF-16": ("the descriptor is saved as UTF-16", lambda t: t.encode("utf-16")),
    "descriptor with half a letter": (
        "a text holds half of a pair of code units",
        lambda t: t.replace('"title": "', '"title": "\\ud800', 1).encode(),
    ),
    "descriptor with marks of a merge": (
        "the marks of a merge stand in the descriptor",
        lambda t: ("<<<<<<< HEAD\n" + t).encode(),
    ),
}


def _edited(edit: Edit) -> Callable[[Original, Random], Damage]:
    def make(original: Original, rng: Random) -> Damage:
        package = copy.deepcopy(dict(original.descriptor))
        edit(package, rng)
        text = json.dumps(package, ensure_ascii=False, indent=1) + "\n"
        return Damage(DESCRIPTOR, text.encode(), elsewhere=frozenset(original.texts))

    return make


def _written(change: Callable[[str], bytes | None]) -> Callable[[Original, Random], Damage]:
    return lambda original, rng: Damage(DESCRIPTOR, change(original.texts[DESCRIPTOR]))


for _name, (_does, _edit) in EDITS.items():
    register(_name, "descriptor", _does, _edited(_edit))
for _name, (_does, _change) in TEXTS.items():
    register(_name, "descriptor", _does, _written(_change))
