"""Kinds of values in JSON, each a function that tells what keeps a value from being of the kind, and where."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Told = Iterator[tuple[str, str]]
"""Places in the descriptor, like ``resources[3].schema.fields[2].type``, each with what is wrong there."""
Kind = Callable[[Any, str], Told]
"""Yields what keeps a value, at a place, from being of a kind."""

REPEATED = "\0repeated"
"""Under this name the reader marks the names that stand twice in an object."""
DEEPEST = 20  # objects and lists within one another


def not_json(value: Any, place: str, depth: int = 0) -> Told:
    """Yield what a program must not write into JSON although Python reads it."""
    if depth > DEEPEST:
        yield place, f"nested more than {DEEPEST} deep; nothing in a descriptor is"
    elif isinstance(value, dict):
        for name in value.get(REPEATED, ()):
            yield within(place, name), "the name stands twice in one object, and only one would count; take one out"
        for name, part in value.items():
            if name != REPEATED:
                yield from not_json(part, within(place, name), depth + 1)
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from not_json(part, f"{place}[{number}]", depth + 1)
    elif isinstance(value, float) and not math.isfinite(value):
        yield place, f"{value} is no number of JSON; write digits, or take it out"


def within(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name


def kind(name: str, test: Callable[[Any], bool]) -> Kind:
    """Return the kind of whatever passes a test; `name` says in words what that is."""

    def told(value: Any, place: str) -> Told:
        if not test(value):
            yield place, f"it is no {name}; write one"

    return told


def only(*values: Any) -> Kind:
    """Return the kind of these values; others are not kept."""

    def told(value: Any, place: str) -> Told:
        if not any(value == kept and type(value) is type(kept) for kept in values):
            yield place, f"{str(value)[:80]!r} is not kept; write {' or '.join(map(repr, values))}"

    return told


def not_kept(instead: str) -> Kind:
    """Return the kind that nothing is of: a property of the standard that is refused; `instead` is the mend."""

    def told(value: Any, place: str) -> Told:
        yield place, f"this property is not kept here; {instead}"

    return told


def listed(kind: Kind) -> Kind:
    """Return the kind of a list, not empty, of values of a kind."""

    def told(value: Any, place: str) -> Told:
        if not isinstance(value, list) or not value:
            yield place, "it is no list with something in it; write one"
            return
        for number, part in enumerate(value):
            yield from kind(part, f"{place}[{number}]")

    return told


def mapped(kind: Kind) -> Kind:
    """Return the kind of an object whose values are of a kind, whatever their names."""

    def told(value: Any, place: str) -> Told:
        if not isinstance(value, dict):
            yield place, "it is no object of names and values in braces; write one"
            return
        for name, part in value.items():
            yield from kind(part, within(place, name))

    return told


def made_of(parts: Mapping[str, Kind], needed: tuple[str, ...] = (), others: bool = True) -> Kind:
    """Return the kind of an object with these parts, some of them needed; `others` tells whether it may have more."""

    def told(value: Any, place: str) -> Told:
        if not isinstance(value, dict):
            yield place, "it is no object of names and values in braces; write one"
            return
        for name in needed:
            if name not in value:
                yield within(place, name), "it is missing; add it"
        for name, part in value.items():
            if name in parts:
                yield from parts[name](part, within(place, name))
            elif not others:
                yield within(place, name), f"this is not kept; write one of {', '.join(parts)}, or take it out"

    return told
