"""What the rules look at: the raw tables, the descriptor, and the few lookups that several rules share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from helpers.record import MISSING, RawTable

SUBJECTS = ("event", "relation", "force", "actor", "term", "movement", "place")
SEPARATOR = ";"
_LOCATOR = re.compile(r"\[[^\[\]\n]+\](?=;|$)", re.MULTILINE)
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

    @cached_property
    def cited(self) -> dict[tuple[str, str], set[str]]:
        """The keys that each column of citations cites; what is no key is among them if a cell is no citation."""
        return {(table.name, column): _plain_keys(table[column].distinct) for table, column in self.citing()}

    def keys(self, table: str) -> frozenset[str]:
        """Return the ids of a table."""
        return self[table]["id"].known

    @cached_property
    def standing(self) -> np.ndarray:
        """Which claims are not deprecated."""
        return ~self["claims"]["rank"].among({"deprecated"})

    def records(self, table: str) -> Mapping[str, int]:
        """Return the number of the record of each id of a table."""
        return self[table].records

    def links(self, table: str, column: str) -> dict[str, frozenset[str]]:
        """Return the keys that the cells of a column hold, by the id of the record; empty cells are left out."""
        cells = self[table][column]
        held = [frozenset(parts(value)) for value in cells.values]
        return {key: held[code] for key, code in zip(self[table]["id"], cells.codes.tolist(), strict=True) if code}

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

    def beside(self, claims: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return pairs of each claim and the standing ones on its subject and attribute, itself among them."""
        ordered, begins = self._by_topic
        first, counts = begins[self.topics[claims]], np.diff(begins)[self.topics[claims]]
        steps = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        return np.repeat(claims, counts), ordered[np.repeat(first, counts) + steps]


def _plain_keys(cells: Sequence[str]) -> set[str]:
    """The keys that cells cite, read all at once."""
    return set(_LOCATOR.sub("", "\n".join(cells)).replace(SEPARATOR, "\n").split("\n")) if cells else set()


def parts(cell: str) -> list[str]:
    """Return the keys in a cell that may hold several."""
    return cell.split(SEPARATOR) if cell != MISSING else []
