"""What the rules look at: the raw tables, the descriptor, and the few lookups that several rules share."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from helpers.tables import MISSING, RawTable

SUBJECTS = ("event", "relation", "force", "actor", "term", "movement", "place")
SEPARATOR = ";"
#: Tables that hold a reading, with the subject column of the claims on it.
READINGS = {"events": "event", "relations": "relation", "forces": "force", "terms": "term", "movements": "movement"}


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

    def records(self, table: str) -> dict[str, int]:
        """Return the number of the record of each id of a table."""
        return dict(zip(self[table]["id"], itertools.count()))

    def subjects(self, table: str, subject: str) -> np.ndarray:
        """Return for each claim the record of a table that it is about, -1 where it is about something else."""
        records = self.records(table)
        return self["claims"][subject].each(lambda key: records.get(key, -1), missing=-1)

    @cached_property
    def lineages_behind(self) -> dict[str, np.ndarray]:
        """For each record of a table of `READINGS` from how many lineages the standing claims on it come."""
        return {table: self._lineages_behind(table, subject) for table, subject in READINGS.items()}

    def _lineages_behind(self, table: str, subject: str) -> np.ndarray:
        sources, about = self["sources"], self.subjects(table, subject)
        lineage = dict(zip(sources["id"], sources["lineage"].codes.tolist(), strict=True))
        lineages = self["claims"]["source"].each(lineage.__getitem__, missing=0)
        counted, kinds = self.standing & (about >= 0), len(sources["lineage"].values)
        pairs = np.unique(about[counted] * kinds + lineages[counted])
        return np.bincount(pairs // kinds, minlength=len(self[table]))

    @cached_property
    def topics(self) -> np.ndarray:
        """For each claim a number that those of one subject and attribute share."""
        return self["claims"].kinds((*SUBJECTS, "attribute"))

    @cached_property
    def _by_topic(self) -> tuple[np.ndarray, np.ndarray]:
        """The standing claims by topic, and where each topic begins among them."""
        standing = np.flatnonzero(self.standing)
        ordered = standing[np.argsort(self.topics[standing], kind="stable")]
        return ordered, np.searchsorted(self.topics[ordered], np.arange(self.topics.max(initial=-1) + 2))

    def beside(self, claim: int) -> list[int]:
        """Return the standing claims on the subject and attribute of a claim, that one among them if it stands."""
        ordered, begins = self._by_topic
        topic = self.topics[claim]
        return ordered[begins[topic] : begins[topic + 1]].tolist()


def parts(cell: str) -> list[str]:
    """Return the keys in a cell that may hold several."""
    return cell.split(SEPARATOR) if cell != MISSING else []
