"""Rules on the descriptor: every column described, every word of a vocabulary defined."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from helpers.check.package import Package
from helpers.tables import DESCRIPTOR, Fault


def columns_are_described(package: Package) -> Iterator[Fault]:
    """Every table and every column has a description."""
    for resource in package.descriptor["resources"]:
        if not resource.get("description"):
            yield _fault(resource["name"], "the table has no description; write one")
        for field in resource["schema"]["fields"]:
            if not field.get("description"):
                yield _fault(f"{resource['name']}.{field['name']}", "the column has no description; write one")


def vocabularies_are_defined(package: Package) -> Iterator[Fault]:
    """Every value that a column may hold is defined, and nothing else is."""
    for resource in package.descriptor["resources"]:
        for field in resource["schema"]["fields"]:
            listed = list(map(str, field.get("constraints", {}).get("enum", ())))
            defined: dict[str, Any] = field.get("definitions", {})
            for value in set(listed) ^ set(defined):
                yield _fault(
                    f"{resource['name']}.{field['name']}",
                    f"the value {value!r} stands in only one of `enum` and `definitions`; let both list it",
                )


def _fault(column: str, message: str) -> Fault:
    return Fault(DESCRIPTOR, 0, column, message)


RULES = (columns_are_described, vocabularies_are_defined)
