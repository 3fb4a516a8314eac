"""An empty data package with the schema of the first book, and nothing of its history.

The schema is taken from the descriptor of the first book, so that there is one schema. What ``blank.json`` says of
a column stands in place of what the first book says: the words of its own conflict.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from helpers.record import described

ALL_SOURCES = ("all", "All sources", "", "as_assumed", "Every text counts; this is the reading that the book gives.")
"""The one policy that every package has."""

_BLANK = Path(__file__).parent / "blank.json"
_EXAMPLE = ("khodzhaev1926[143];ayni1920", "smith1926[143];jones1920")
_OF_THE_FIRST = ("keywords",)


def blank(first: Mapping[str, Any], *, name: str, title: str, created: date) -> dict[str, Any]:
    """Return the descriptor of an empty package with the schema of the first book's.

    Parameters
    ----------
    first
        The descriptor of the first book.
    name
        Lower case, without spaces; exports are named after it.
    title
        What the data are about.
    created
        The day on which it was made.
    """
    words = json.loads(_BLANK.read_text("utf-8"))
    made = {key: value for key, value in copy.deepcopy(dict(first)).items() if key not in _OF_THE_FIRST}
    made |= words["package"] | {"name": name, "title": title, "created": f"{created}T00:00:00Z"}
    for resource in made["resources"]:
        for key in ("bytes", "hash"):
            resource.pop(key, None)
        for field in resource["schema"]["fields"]:
            field["description"] = field["description"].replace(*_EXAMPLE)
    for place, said in words["columns"].items():
        _say(described(made, *place.split(".")), said)
    return made


def header(resource: Mapping[str, Any]) -> str:
    """Return the text of a table without rows."""
    return ",".join(field["name"] for field in resource["schema"]["fields"]) + "\n"


def _say(field: dict[str, Any], said: Mapping[str, Any]) -> None:
    """Let a column say this instead; the list of its permitted values follows its definitions."""
    for key in ("days", "stay", "labels", "looks", "event_of"):
        if "definitions" in said:
            field.pop(key, None)
    field |= said
    if "definitions" in said:
        field["constraints"]["enum"] = list(said["definitions"])
    if field["name"] == "line_km":
        for bound in ("minimum", "maximum"):
            field["constraints"].pop(bound)
