"""Rules on the descriptor: every column described, every word of a vocabulary defined."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from helpers.check.package import Package
from helpers.record import DESCRIPTOR, Fault

_NAME = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
_VERSION = re.compile(r"(?:0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)")
_LICENCE = re.compile(r"[A-Za-z0-9]+(?:[.+-][A-Za-z0-9]+)*\+?")


def the_package_says_what_it_is(package: Package) -> Iterator[Fault]:
    """The descriptor gives name, title, description, version, day of creation and licence in the form of each."""
    descriptor = package.descriptor
    if not _NAME.fullmatch(descriptor.get("name", "")):
        yield _fault("name", "it is missing or odd; write small letters and digits, joined by hyphens, like 'my-book'")
    for part in ("title", "description"):
        if not descriptor.get(part, "").strip():
            yield _fault(part, "it is missing; write in words what the data are about")
    if not _VERSION.fullmatch(descriptor.get("version", "")):
        yield _fault("version", "it is missing or odd; write three numbers joined by points, like '1.0.0'")
    if not _is_time(descriptor.get("created", "")):
        yield _fault("created", "it is missing or no time; write one like '2026-11-25T00:00:00Z'")
    if "licenses" not in descriptor:
        yield _fault("licenses", "it is missing, so that nobody may use the data; name the licence, like 'CC-BY-4.0'")
    for number, licence in enumerate(descriptor.get("licenses", ())):
        if not _LICENCE.fullmatch(licence.get("name", "")):
            yield _fault(
                f"licenses[{number}].name", "it is missing or odd; write an identifier of SPDX, like 'CC-BY-4.0'"
            )
        if not licence.get("path", "https://").startswith("https://"):
            yield _fault(
                f"licenses[{number}].path", "it is no address; write where the licence can be read, https://..."
            )


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


def _is_time(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _fault(column: str, message: str) -> Fault:
    return Fault(DESCRIPTOR, 0, column, message)


RULES = (the_package_says_what_it_is, columns_are_described, vocabularies_are_defined)
