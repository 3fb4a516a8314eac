"""What the rules look at: the raw tables, the descriptor, and the few lookups that several rules share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from helpers.tables import MISSING, RawTable

SUBJECTS = ("event", "relation", "force", "actor", "term", "movement", "place")
SEPARATOR = ";"


@dataclass(frozen=True)
class Package:
    """The package as it stands in its folder."""

    folder: Path
    descriptor: Mapping[str, Any]
    tables: Mapping[str, RawTable]

    def __getitem__(self, name: str) -> RawTable:
        return self.tables[name]

    def __iter__(self) -> Iterator[RawTable]:
        return iter(self.tables.values())

    def having(self, *columns: str) -> Iterator[RawTable]:
        """Yield the tables that have all of these columns."""
        return (table for table in self if set(columns) <= table.columns.keys())

    @cached_property
    def lineages(self) -> dict[str, str]:
        """The lineage of each source."""
        return dict(zip(self["sources"]["id"], self["sources"]["lineage"], strict=True))

    @cached_property
    def claims_on(self) -> dict[tuple[str, str], list[int]]:
        """The records of the claims on each subject: (``"event"``, its id) to record numbers."""
        found: dict[tuple[str, str], list[int]] = defaultdict(list)
        claims = self["claims"]
        for subject in SUBJECTS:
            for index, key in enumerate(claims[subject]):
                if key != MISSING:
                    found[subject, key].append(index)
        return found

    def standing_claims(self, subject: str, key: str, *attributes: str) -> list[int]:
        """Return the records of the claims on a subject that are not deprecated, of these attributes or of all."""
        claims = self["claims"]
        return [
            index
            for index in self.claims_on.get((subject, key), ())
            if claims["rank"][index] != "deprecated" and (not attributes or claims["attribute"][index] in attributes)
        ]


def parts(cell: str) -> list[str]:
    """Return the keys in a cell that may hold several."""
    return cell.split(SEPARATOR) if cell != MISSING else []
