"""Rules on what the descriptor says of the conflict itself: its ground, its sides, its parts, its findings.

No module of `helpers` knows one conflict from another. What belongs to one stands in its descriptor, beside the
columns it explains; these rules name what is missing there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from helpers.check.package import Package
from helpers.record import DESCRIPTOR, Fault, described

#: What the look of a side consists of. A part of the page is left and right end, bottom and top, from -1.5 to 1.5.
LOOK = ("label", "colour", "dark", "symbol", "part")
_COLOUR = re.compile(r"#[0-9A-F]{6}")
_REACH = 1.5


def the_package_says_where_and_by_what(package: Package) -> Iterator[Fault]:
    """The descriptor names the ground, for search engines, and where the functions of the findings are."""
    if not package.descriptor.get("spatial"):
        yield _fault("spatial", "it is missing; write in a few words which ground the data speak of")
    if not package.descriptor.get("findings"):
        yield _fault(
            "findings",
            "it is missing; write where the functions of the findings are: a folder seen from the data, like"
            " '../findings', or a package of Python that ends in '.findings'",
        )


def coordinates_have_a_region(package: Package) -> Iterator[Fault]:
    """Latitude and longitude say between which values the ground lies, so that a slip shows."""
    for column in ("lat", "lon"):
        region = _said(package, "places", column).get("region")
        if not (_numbers(region, 2) and region[0] < region[1]):
            yield _fault(
                f"places.{column}", "`region` is no pair of numbers; write the lowest and the highest value, in degrees"
            )


def sides_have_a_look(package: Package) -> Iterator[Fault]:
    """Every side has a name, two colours, a symbol and a part of the page, and nothing else has any."""
    field = _said(package, "actors", "side")
    looks, sides = field.get("looks", {}), field["constraints"]["enum"]
    for side in sorted({*looks} ^ {*sides}):
        has = "has no row in `looks`; add one" if side in sides else "has a look and is no side; take one out"
        yield _fault("actors.side", f"{side!r} {has}")
    for side in sorted({*field.get("no_family_names", ())} - {*sides}):
        yield _fault("actors.side", f"`no_family_names` has {side!r}, which is no side; mend it or add the side")
    for side in (side for side in sides if side in looks):
        for name in LOOK:
            if name not in looks[side]:
                yield _fault("actors.side", f"the look of {side!r} has no {name!r}; add it")
        for name in ("colour", "dark"):
            if not _COLOUR.fullmatch(str(looks[side].get(name, "#000000"))):
                yield _fault("actors.side", f"{looks[side][name]!r} of {side!r} is no colour; write one like '#0072B2'")
        if not _is_part(looks[side].get("part", (-1, 1, -1, 1))):
            yield _fault(
                "actors.side", f"`part` of {side!r} is not left, right, bottom, top between -{_REACH} and {_REACH}"
            )


def phases_name_their_events(package: Package) -> Iterator[Fault]:
    """`event_of` gives phases of the story the event whose day stands for them."""
    field, known = _said(package, "events", "phase"), package.keys("events")
    if "event_of" not in field:
        yield _fault("events.phase", "`event_of` is missing; give phases the event whose day stands for each, or {}")
    for phase, event in field.get("event_of", {}).items():
        if phase not in field["constraints"]["enum"]:
            yield _fault("events.phase", f"`event_of` has {phase!r}, which is no phase; mend it or add the phase")
        if event not in known:
            yield _fault("events.phase", f"`event_of` names the event {event!r}, which events.csv has not; mend it")


def a_choice_of_calendar_says_its_days(package: Package) -> Iterator[Fault]:
    """Where a policy may read days in another calendar, the descriptor says which days those are."""
    field = _said(package, "policies", "calendar_unstated")
    if "OS" in field["constraints"]["enum"] and not _are_days(field.get("days")):
        yield _fault(
            "policies.calendar_unstated", "`days` is no pair of days; write the first and the last that may move"
        )
    for source in sorted({*field.get("stay", ())} - {*package["sources"]["id"]}):
        yield _fault(
            "policies.calendar_unstated", f"`stay` names the text {source!r}, which sources.csv has not; mend it"
        )


def perspectives_have_a_label(package: Package) -> Iterator[Fault]:
    """Every perspective of a source has the words under which the bibliography shows it."""
    field = _said(package, "sources", "perspective")
    for value in sorted({*field.get("labels", {})} ^ {*field["constraints"]["enum"]}):
        yield _fault("sources.perspective", f"{value!r} stands in only one of `enum` and `labels`; let both have it")


def _said(package: Package, table: str, column: str) -> Mapping[str, Any]:
    return described(package.descriptor, table, column)


def _numbers(value: Any, count: int) -> bool:
    return isinstance(value, list) and len(value) == count and all(isinstance(v, int | float) for v in value)


def _is_part(value: Any) -> bool:
    if not _numbers(list(value), 4):
        return False
    left, right, bottom, top = value
    return -_REACH <= left < right <= _REACH and -_REACH <= bottom < top <= _REACH


def _are_days(value: Any) -> bool:
    try:
        first, last = map(date.fromisoformat, value)
    except (TypeError, ValueError):
        return False
    return first <= last


def _fault(column: str, message: str) -> Fault:
    return Fault(DESCRIPTOR, 0, column, message)


RULES = (
    the_package_says_where_and_by_what,
    coordinates_have_a_region,
    sides_have_a_look,
    phases_name_their_events,
    a_choice_of_calendar_says_its_days,
    perspectives_have_a_label,
)
