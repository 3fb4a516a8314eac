"""What the rules look at: the raw tables, the descriptor, and the few lookups that several rules share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

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

    def citing(self) -> Iterator[tuple[RawTable, str]]:
        """Yield the columns that hold citations, each with its table."""
        return ((table, column) for table in self for column, field in table.schema.items() if field.get("citations"))

    def keys(self, table: str) -> frozenset[str]:
        """Return the ids of a table."""
        return frozenset(self[table]["id"].distinct)

    @cached_property
    def standing(self) -> np.ndarray:
        """Which claims are not deprecated."""
        return ~self["claims"]["rank"].among({"deprecated"})

    def subjects(self, table: str, subject: str) -> np.ndarray:
        """Return for each claim the record of a table that it is about, -1 where it is about something else."""
        record = {key: index for index, key in enumerate(self[table]["id"])}
        return self["claims"][subject].each(lambda key: record.get(key, -1), missing=-1)

    def lineages_behind(self, table: str, subject: str) -> np.ndarray:
        """Return for each record of a table from how many lineages the standing claims on it come."""
        sources, about = self["sources"], self.subjects(table, subject)
        lineage = dict(zip(sources["id"], sources["lineage"].codes.tolist(), strict=True))
        lineages = self["claims"]["source"].each(lineage.__getitem__, missing=0)
        counted, kinds = self.standing & (about >= 0), len(sources["lineage"].values)
        pairs = np.unique(about[counted] * kinds + lineages[counted])
        return np.bincount(pairs // kinds, minlength=len(self[table]))

    @cached_property
    def claims_on(self) -> dict[tuple[str, str, str], list[int]]:
        """The standing claims on an attribute of each subject: (``"event"``, its id, ``"date"``) to record numbers."""
        claims, found = self["claims"], defaultdict(list)
        attributes = list(claims["attribute"])
        for subject in SUBJECTS:
            keys = claims[subject]
            for index in np.flatnonzero(keys.filled & self.standing).tolist():
                found[subject, keys[index], attributes[index]].append(index)
        return found


def parts(cell: str) -> list[str]:
    """Return the keys in a cell that may hold several."""
    return cell.split(SEPARATOR) if cell != MISSING else []
