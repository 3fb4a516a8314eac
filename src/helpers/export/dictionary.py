"""The dictionary of the data package, written from its descriptor: nothing is said twice by hand."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from helpers.findings import published
from helpers.record import Campaign, load
from helpers.record.quoting import markdown_cell

ESSAY, README = "ESSAY.md", "README.md"


def dictionary(campaign: Campaign) -> str:
    """Return ``data/README.md``: what the package is, the essay on its sources where there is one, every column."""
    package = campaign.package
    essay = campaign.path / ESSAY
    return (
        "\n\n".join(
            [
                f"# {package['title']}",
                " ".join([package["description"], *_terms(package)]),
                "This page is written from `datapackage.json` by `python -m helpers describe`; change it there.",
                "\n".join(_contents(campaign)),
                *([essay.read_text(encoding="utf-8").strip()] if essay.is_file() else []),
                "## The tables",
                *(_table(resource) for resource in package["resources"]),
                *(_published() if (campaign.path / published.FILE).is_file() else ()),
            ]
        )
        + "\n"
    )


def _terms(package: Mapping[str, Any]) -> Iterator[str]:
    """Version and licence, where the descriptor names them."""
    licences = [licence.get("title", licence.get("name", "")) for licence in package.get("licenses", ())[:1]]
    told = [f"version {package['version']}" if "version" in package else "", *(f"licence {one}" for one in licences)]
    if filled := ", ".join(filter(None, told)):
        yield f"{filled[0].upper()}{filled[1:]}."


def _contents(campaign: Campaign) -> Iterator[str]:
    yield "| table | one row is | rows |\n|---|---|---:|"
    for resource in campaign.package["resources"]:
        name = resource["name"]
        yield f"| [`{resource['path']}`](#{name}) | {markdown_cell(resource['description'])} | {len(campaign[name])} |"


def _table(resource: Mapping[str, Any]) -> str:
    fields = resource["schema"]["fields"]
    target = {
        k["fields"][0]: k["reference"]["resource"] or resource["name"]
        for k in resource["schema"].get("foreignKeys", ())
    }
    rows = [
        f"| `{f['name']}` | {_kind(f, target.get(f['name']))} | {markdown_cell(f['description'])} |" for f in fields
    ]
    words = [_vocabulary(f) for f in fields if "definitions" in f]
    return "\n\n".join(
        [
            f"### {resource['name']}",
            resource["description"],
            "\n".join(["| column | type | what it holds |", "|---|---|---|", *rows]),
            *words,
        ]
    )


def _published() -> Iterator[str]:
    """What stands beside the tables and is none of them: it is computed from them."""
    yield "## Beside the tables"
    yield (
        f"`{published.FILE}` is no table of the package: it holds what the findings answered, and each value as the "
        "book prints it, when `python -m helpers publish` was last run. One row is one value."
    )
    rows = [f"| `{name}` | string, required | {markdown_cell(text)} |" for name, text in published.COLUMNS.items()]
    yield "\n".join(["| column | type | what it holds |", "|---|---|---|", *rows])


def _kind(field: Mapping[str, Any], target: str | None) -> str:
    several = field.get("references", {}).get("resource")
    kind = f"key of `{target}`" if target else f"keys of `{several}`" if several else field["type"]
    return f"{kind}, required" if field.get("constraints", {}).get("required") else kind


def _vocabulary(field: Mapping[str, Any]) -> str:
    values = [f"- `{value}`: {meaning}" for value, meaning in field["definitions"].items()]
    return "\n".join([f"Values of `{field['name']}`:\n", *values])


def main(argv: Sequence[str] | None = None) -> int:
    """Write the dictionary beside the tables from the command line."""
    parser = argparse.ArgumentParser(prog="python -m helpers describe", description="Write data/README.md anew.")
    parser.add_argument("path", nargs="?", help="folder with datapackage.json (default: the book's data)")
    campaign = load(parser.parse_args(argv).path)
    (campaign.path / README).write_text(dictionary(campaign), encoding="utf-8", newline="\n")
    return 0
