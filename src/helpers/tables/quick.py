"""Read comma-separated values quickly, many cells at a time; whatever is unusual is left to the exact reader.

The bytes of a file are never taken apart one by one. Commas and line ends outside quotation marks say where each cell
lies; from its bytes each cell gets a fingerprint; and only one cell of each fingerprint in a column is made a string.
numpy does so outside the interpreter's lock, so that several blocks of a file can be read at once.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.tables.raw import Column

BLOCK = 1 << 20
"""Bytes of a block, about: what is made of them still lies in the cache of a processor."""

_COMMA, _LINE_END, _QUOTE = b',\n"'
_BYTE_ORDER_MARK = "\ufeff".encode()
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
#: Two ways to mix a number, each by shifts and odd factors that spread every bit over all others (MurmurHash3, and
#: variant 13 of D. Stafford).
_MIXING = (
    (33, 0xFF51AFD7ED558CCD, 33, 0xC4CEB9FE1A85EC53, 33),
    (30, 0xBF58476D1CE4E5B9, 27, 0x94D049BB133111EB, 31),
)


class Cells(NamedTuple):
    """The different cells of a column in some lines.

    Attributes
    ----------
    codes
        For each line the place of its cell among the different ones.
    prints, seconds
        The two fingerprints of each different cell.
    starts, ends
        Where one of them lies in the file.
    """

    codes: np.ndarray
    prints: np.ndarray
    seconds: np.ndarray
    starts: np.ndarray
    ends: np.ndarray


def quick_columns(content: bytes, names: list[str]) -> dict[str, Column] | None:
    """Return the columns of a file, None unless that is what the exact reader would return.

    >>> columns = quick_columns(b'id,title\\na,"Well, well"\\nb,\\n', ["id", "title"])
    >>> list(columns["title"])
    ['Well, well', '']
    >>> quick_columns(b"id,title\\na\\n", ["id", "title"])
    """
    if not _is_plain(content, names):
        return None
    padded, bounds = content + bytes(8), _bounds(content)
    read = partial(_read_lines, padded, width=len(names))
    if len(bounds) == 2:
        found = [read(*bounds)]
    else:
        with ThreadPoolExecutor(os.cpu_count()) as readers:
            found = list(readers.map(read, bounds, bounds[1:]))
    if any(block is None for block in found):
        return None
    columns = [_column(content, _joined(blocks)) for blocks in zip(*found, strict=True)]
    return None if any(column is None for column in columns) else dict(zip(names, columns, strict=True))


def _is_plain(content: bytes, names: list[str]) -> bool:
    """Whether header and line ends are as they must be, and no byte is one that readers take differently."""
    return (
        len(names) > 1  # else an empty line would pass for a cell
        and '"' not in "".join(names)
        and content.startswith((",".join(names) + "\n").encode())
        and content.endswith(b"\n")
        and not any(mark in content for mark in (b"\r", b"\0", _BYTE_ORDER_MARK[:1]))
    )


def _bounds(content: bytes) -> list[int]:
    """Return where blocks of lines begin, from below the header to the end of the file."""
    bounds = [content.index(b"\n") + 1]
    while (end := content.find(b"\n", bounds[-1] + BLOCK) + 1) not in (0, len(content)):
        bounds.append(end)
    return [*bounds, len(content)]


def _read_lines(padded: bytes, start: int, stop: int, width: int) -> list[Cells] | None:
    """Return the cells of each column in these lines; None unless each line has so many."""
    letters = np.frombuffer(padded, np.uint8, stop - start, start)
    ends = _ends_of_cells(letters)
    kinds = letters.take(ends)
    if len(ends) % width or (stop > start and (not len(ends) or ends[-1] != len(letters) - 1)):
        return None  # a line too long or too short, or a quotation that does not end here
    if (kinds != np.resize([_COMMA] * (width - 1) + [_LINE_END], len(ends))).any():
        return None
    ends += start
    starts = np.concatenate([[start], ends[:-1] + 1])[: len(ends)]
    prints = [cells.reshape(-1, width).T.copy() for cells in _fingerprints(padded, starts, ends - starts)]
    blocks = []
    for place, (one, other) in enumerate(zip(*prints, strict=True)):
        codes, first = _alike(one)
        cells = first * width + place
        if (other.take(first).take(codes) != other).any():
            return None
        blocks.append(Cells(codes, one.take(first), other.take(first), starts.take(cells), ends.take(cells)))
    return blocks


def _ends_of_cells(letters: np.ndarray) -> np.ndarray:
    """Where the commas and line ends stand that are not between two quotation marks."""
    marks = np.flatnonzero((letters == _COMMA) | (letters == _LINE_END) | (letters == _QUOTE))
    quotes = letters.take(marks) == _QUOTE
    return marks[~(quotes | np.logical_xor.accumulate(quotes))] if quotes.any() else marks


def _fingerprints(padded: bytes, starts: np.ndarray, lengths: np.ndarray) -> list[np.ndarray]:
    """Return two independent numbers of 64 bits for each cell, made of all its bytes, eight at a time.

    Cells are held to be the same that share both, as files are that share a checksum. Those of an empty cell are 0.
    """
    words = np.ndarray(len(padded) - 8, "<u8", padded, strides=(1,))  # the eight bytes from each place on
    prints = [np.zeros(len(starts), np.uint64) for _ in _MIXING]
    cells = np.flatnonzero(lengths)
    at, left = starts.take(cells), lengths.take(cells)
    while len(cells):
        # Bytes behind the cell are shifted out. As no byte of a cell is zero, shorter words stay different.
        word = words[at] << (8 * np.maximum(8 - left, 0)).view(np.uint64)
        for numbers, mixing in zip(prints, _MIXING, strict=True):
            numbers[cells] = _mixed(numbers.take(cells) ^ word, *mixing)
        more = np.flatnonzero(left > 8)
        cells, at, left = cells.take(more), at.take(more) + 8, left.take(more) - 8
    return prints


def _mixed(numbers: np.ndarray, first: int, factor: int, second: int, other: int, third: int) -> np.ndarray:
    numbers = (numbers ^ (numbers >> np.uint64(first))) * np.uint64(factor)
    numbers = (numbers ^ (numbers >> np.uint64(second))) * np.uint64(other)
    return numbers ^ (numbers >> np.uint64(third))


def _alike(prints: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return a code for each fingerprint, counted from 0 as they first stand, and where each code stands first."""
    codes, different = pd.factorize(prints)
    first = np.empty(len(different), np.int64)
    first[codes[::-1]] = np.arange(len(codes))[::-1]  # what is written last stays
    return codes.astype(np.int32), first


def _joined(blocks: Sequence[Cells]) -> Cells | None:
    """Return the cells of all blocks of a column, the missing one first, whether there is one or not."""
    _, *places = zip(*blocks, strict=True)
    prints, seconds, starts, ends = (np.concatenate([np.zeros(1, one[0].dtype), *one]) for one in places)
    codes, first = _alike(prints)
    if (seconds.take(first).take(codes) != seconds).any():
        return None
    bounds = np.cumsum([1, *(len(block.prints) for block in blocks)])
    spread = [codes[start:].take(block.codes) for start, block in zip(bounds[:-1], blocks, strict=True)]
    return Cells(np.concatenate(spread), *(one.take(first) for one in (prints, seconds, starts, ends)))


def _column(content: bytes, cells: Cells | None) -> Column | None:
    """Return the column of these cells; None if one is not UTF-8, holds a line end or is quoted only in part."""
    if cells is None:
        return None
    different = [content[start:end] for start, end in zip(cells.starts.tolist(), cells.ends.tolist(), strict=True)]
    try:
        text = b"\n".join(different).decode()
    except UnicodeDecodeError:
        return None
    values = text.split("\n")
    if len(values) != len(different):
        return None
    return _unquoted(values, cells.codes) if '"' in text else Column(values, cells.codes)


def _unquoted(values: list[str], codes: np.ndarray) -> Column | None:
    """Return the column of values of which some are quoted; two are the same that differ by their quotation alone."""
    for place in [place for place, value in enumerate(values) if '"' in value]:
        if (quoted := _QUOTED.fullmatch(values[place])) is None:
            return None
        values[place] = quoted[1].replace('""', '"')
    if len(set(values)) == len(values):
        return Column(values, codes)
    plain = Column.of(values)
    return Column(plain.values, plain.codes.take(codes))
