"""A table as it stands in its file: which cells hold which value, how they are written, and what is wrong with them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

MISSING = ""
#: How a cell of a type is written, and what to write instead of another form.
FORMS = {
    "integer": (re.compile(r"0|-?[1-9][0-9]*"), "a whole number; write digits only"),
    "number": (
        re.compile(r"(?!-0(?:\.0+)?\Z)-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?"),
        "a number; write digits and at most one point",
    ),
    "boolean": (re.compile(r"true|false"), "true or false"),
    "date": (re.compile(r".*"), "a date; write a day that exists as year-month-day, like 1918-03-02"),
}
LARGEST_INTEGER = 2**63 - 1
MOST_DIGITS = 15
"""Digits of a decimal number that a float of 64 bits always keeps."""


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong with the data, where it is and how to mend it."""

    file: str
    row: int
    column: str
    message: str

    def __str__(self) -> str:
        told = f"{self.file}:{self.row}:{self.column}: {self.message}"
        return told if told.isprintable() else "".join(map(_printable, told))


def shown(value: str, longest: int = 80) -> str:
    """Return a value in quotation marks for a message, cut where it is long, its unprintable characters escaped.

    >>> shown("many")
    "'many'"
    >>> shown("a" * 1000, longest=3)
    "'aaa...' (1000 characters)"
    """
    return repr(value) if len(value) <= longest else f"{value[:longest] + '...'!r} ({len(value)} characters)"


def _printable(letter: str) -> str:
    return letter if letter.isprintable() else letter.encode("unicode_escape").decode("ascii")


def type_fault(value: str, kind: str) -> str | None:
    """Return what keeps a cell from being of a type (not string), None if it is.

    >>> type_fault("1918-02-30", "date")
    "'1918-02-30' is not a date; write a day that exists as year-month-day, like 1918-03-02"
    >>> type_fault("-39.1", "number") is None
    True
    """
    form, wanted = FORMS[kind]
    if not form.fullmatch(value) or (kind == "date" and not is_day(value)):
        return f"{shown(value)} is not {wanted}"
    if kind == "integer" and (len(value) > len(str(LARGEST_INTEGER)) + 1 or abs(int(value)) > LARGEST_INTEGER):
        return f"{shown(value)} is beyond the whole numbers of 64 bits; write one up to {LARGEST_INTEGER}"
    if kind == "number" and len(value.replace(".", "").lstrip("-0")) > MOST_DIGITS:
        return f"{shown(value)} has more than {MOST_DIGITS} digits, which no program keeps; round it"
    return None


def is_day(text: str) -> bool:
    """Whether a text is a day that exists, written as year-month-day.

    >>> is_day("1918-03-02"), is_day("1918-02-30"), is_day("19180302")
    (True, False, False)
    """
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


class DataError(ValueError):
    """The package cannot be read. ``faults`` holds every reason found, not only the first."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(faults)
        super().__init__("\n".join(map(str, self.faults)))


@dataclass(frozen=True, eq=False)
class Column(Sequence[str]):
    """The cells of a column, read like a list of strings, and kept as their different values.

    What is asked of cells can so be asked of values, of which there are fewer, and spread over the cells.

    Attributes
    ----------
    values
        The different values, each once; the first is always the missing one, whether a cell has it or not.
    codes
        For each cell the place of its value in `values`.

    >>> column = Column.of(["b", "", "a", "b"])
    >>> column.values, column.codes.tolist(), column[3]
    (['', 'b', 'a'], [1, 0, 2, 1], 'b')
    >>> column.filled.tolist()
    [True, False, True, True]
    >>> column.each(ord, missing=0).tolist()
    [98, 0, 97, 98]
    """

    values: list[str]
    codes: np.ndarray

    @classmethod
    def of(cls, cells: Sequence[str]) -> Column:
        """Return the column with these cells."""
        values = list(dict.fromkeys([MISSING, *cells]))
        place = {value: code for code, value in enumerate(values)}
        return cls(values, np.fromiter((place[cell] for cell in cells), np.int32, len(cells)))

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, index):
        return self.values[self.codes[index]]

    def __iter__(self) -> Iterator[str]:
        return map(self.values.__getitem__, self.codes.tolist())

    @cached_property
    def distinct(self) -> list[str]:
        """The different values without the missing one."""
        return self.values[1:]

    @cached_property
    def known(self) -> frozenset[str]:
        """The different values without the missing one, to look them up."""
        return frozenset(self.distinct)

    @property
    def filled(self) -> np.ndarray:
        """Which cells are not missing."""
        return self.codes != 0

    def each(self, function: Callable[[str], Any], missing: Any) -> np.ndarray:
        """Return for each cell what `function` makes of its value, and `missing` for a missing one."""
        return np.array([missing, *map(function, self.distinct)])[self.codes]

    def among(self, values: Collection[str]) -> np.ndarray:
        """Return which cells hold one of these values."""
        return np.fromiter((value in values for value in self.values), bool, len(self.values))[self.codes]


def common_codes(one: Column, other: Column) -> tuple[np.ndarray, np.ndarray]:
    """Return codes of two columns that may be compared with each other, in alphabetical order.

    >>> first, last = common_codes(Column.of(["a", "c"]), Column.of(["b", "b"]))
    >>> (first > last).tolist()
    [False, True]
    """
    place = {value: code for code, value in enumerate(sorted({*one.values, *other.values}))}
    return tuple(column.each(place.__getitem__, place[MISSING]) for column in (one, other))


@dataclass(frozen=True)
class RawTable:
    """A table as it stands in its file: every cell a string.

    Attributes
    ----------
    schema
        The field of the descriptor for each column.
    columns
        The cells of each column.
    lines
        The line of the file in which each record begins, counted from 1. A cell may hold a line break, so that it
        cannot be told from the number of the record; without it, each record takes one line after the header.
    """

    name: str
    file: str
    schema: Mapping[str, Mapping[str, Any]]
    columns: Mapping[str, Column]
    lines: Sequence[int] | None = None

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), ()))

    def __getitem__(self, column: str) -> Column:
        return self.columns[column]

    @cached_property
    def records(self) -> Mapping[str, int]:
        """The number of the record of each id, the last one where an id stands twice."""
        return dict(zip(self["id"], itertools.count()))

    def line(self, index: int) -> int:
        """Return the line of the file in which record `index` (counted from 0) begins."""
        return int(index) + 2 if self.lines is None else self.lines[index]

    def fault(self, index: int, column: str, message: str) -> Fault:
        """Return a fault of the cell in record `index` (counted from 0)."""
        return Fault(self.file, self.line(index), column, message)

    def faults(self, column: str, messages: Mapping[str, str]) -> Iterator[Fault]:
        """Yield a fault for each cell of a column that holds a value with a message."""
        cells = self[column]
        for index in np.flatnonzero(cells.among(messages)) if messages else ():
            yield self.fault(index, column, messages[cells[index]])

    def judged(
        self, column: str, cells: Sequence[str], judge: Callable[..., str | None], among: np.ndarray | None = None
    ) -> Iterator[Fault]:
        """Yield a fault of `column` for each record of whose `cells` the judge says what is wrong with them.

        The judge is asked once for each different combination of the cells in these columns.

        Parameters
        ----------
        among
            Which records to look at, by default all.
        """
        records = np.arange(len(self)) if among is None else np.flatnonzero(among)
        kinds = self.kinds(cells, records)
        first = np.unique(kinds, return_index=True)[1]
        said = [judge(*(self[name][index] for name in cells)) for index in records[first]]
        wrong = np.array([message is not None for message in said], bool)
        for place in np.flatnonzero(wrong[kinds]):
            yield self.fault(records[place], column, said[kinds[place]])

    def kinds(self, columns: Sequence[str], records: np.ndarray | slice = slice(None)) -> np.ndarray:
        """Return for each record a number that those with the same cells in these columns share, counted from 0."""
        kinds = np.zeros(len(self), np.int64)[records]
        for column in columns:
            kinds = pd.factorize(kinds * len(self[column].values) + self[column].codes[records])[0]
        return kinds
