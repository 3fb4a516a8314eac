"""The quick reader gives what the exact one gives, or leaves the file to it."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from helpers.tables import Column, DataError
from helpers.tables.raw import RawTable, common_codes
from helpers.tables.reading import SMALL, _exact_columns, _quick_columns, read_raw

NAMES = ["id", "title", "low"]
CELL = st.text("ab1,\";' éЖ\ufeff", max_size=5)


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return tmp_path_factory.mktemp("reading") / "things.csv"


def both(file, content):
    """Return the cells as each reader gives them, None where it gives none."""
    file.write_bytes(content)
    quick = _quick_columns(file, content, NAMES)
    try:
        exact = _exact_columns(file.name, content, NAMES)
    except DataError:
        exact = None
    return tuple(found and {name: list(column) for name, column in found.items()} for found in (quick, exact))


def written(rows):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([NAMES, *rows])
    return text.getvalue().encode()


@given(rows=st.lists(st.tuples(CELL, CELL, CELL), min_size=1))
def test_what_a_program_has_written_reads_the_same_quickly(file, rows):
    quick, exact = both(file, written(rows))
    assert exact == quick or "\ufeff" in str(rows)


def test_numbers_and_words_for_missing_stay_as_they_are_written(file):
    quick, _ = both(file, b"id,title,low\n01,NA,1.0\ntrue,,1\n")
    assert quick == {"id": ["01", "true"], "title": ["NA", ""], "low": ["1.0", "1"]}


@pytest.mark.parametrize(
    "cells",
    [
        ["NA", "nan", "None", "null"],
        ["1", "1.0", "01", "1e0", "+1", " 1"],
        ["True", "true", "TRUE", "1"],
        [" a", "a ", "a", "\ta", "a\u00a0"],
        ["\u00e9", "e\u0301", "\u0415", "E", "\u2028", "\x85"],  # alike to look at, or parted by str.splitlines
        ["12345678", "123456789", "1234567", "12345678 ", "1234567812345678", "8765432112345678"],
        ["a" * 1000, "a" * 999 + "b", "b" + "a" * 999, "a" * 1001],
        ['"a,b"', '"a ""b"""', '"a"', "a", '""', ""],  # quoted without need too
    ],
)
def test_cells_that_are_nearly_alike_come_back_letter_by_letter(file, cells):
    lines = "".join(f"{one},{other},\n" for one in cells for other in cells).encode()
    quick, exact = both(file, b"id,title,low\n" + lines)
    assert quick == exact is not None


def test_a_large_file_is_read_cell_by_cell_as_a_small_one_is(tmp_path):
    rows = [
        [f"{number:06}", f"well, {number % 7}" if number % 3 else "", str(number % 11)] for number in range(200_000)
    ]
    content = written(rows)
    assert len(content) > SMALL
    (tmp_path / "things.csv").write_bytes(content)
    schema = {"fields": [{"name": name, "type": "string"} for name in NAMES]}
    tables, _ = read_raw(tmp_path, {"resources": [{"name": "things", "path": "things.csv", "schema": schema}]})
    assert [list(tables["things"][name]) for name in NAMES] == [list(cells) for cells in zip(*rows, strict=True)]


def test_a_large_file_with_one_line_too_long_and_one_too_short_is_refused_with_both(tmp_path):
    lines = ["a,b,1"] * 300_000
    lines[200_000], lines[200_001] = "a,b,1,", "a,b"
    (tmp_path / "things.csv").write_text("\n".join(["id,title,low", *lines, ""]))
    schema = {"fields": [{"name": name, "type": "string"} for name in NAMES]}
    _, faults = read_raw(tmp_path, {"resources": [{"name": "things", "path": "things.csv", "schema": schema}]})
    assert [(fault.row, fault.message[:7]) for fault in faults] == [(200_002, "4 cells"), (200_003, "2 cells")]


@given(
    rows=st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=6),
    damages=st.lists(
        st.tuples(st.integers(0, 300), st.integers(0, 2), st.sampled_from(list(b',"\n\r\0\xff a'))), max_size=3
    ),
)
@example(rows=[("a", "b", "1"), ("c", "d", "2")], damages=[(13, 0, ord(",")), (19, 1, ord(" "))])
def test_a_damaged_file_is_never_read_otherwise_than_by_the_exact_reader(file, rows, damages):
    content = bytearray(written(rows))
    for place, taken, letter in damages:
        place %= len(content)
        content[place : place + taken] = bytes([letter])
    quick, exact = both(file, bytes(content))
    assert quick is None or quick == exact


@pytest.mark.parametrize(
    "lines",
    [
        "a,b,1,\nc,d\n",  # the commas of both lines are as many as they should be
        "a,b\nc,d,1,2\n",
        "a,b,1\n\nc,d,1\n",
        'a,"b\nc",1\n',
        'a,"b,1\n',
        "a,b,1",
    ],
)
def test_a_line_too_long_or_short_is_left_to_the_exact_reader(file, lines):
    assert both(file, f"id,title,low\n{lines}".encode())[0] is None


def test_a_quotation_mark_that_nothing_closes_is_told_where_it_opens(file):
    rows = [["one", "a", "1"], ["two", "b", "2"], *[[f"more{n}", "c" * 1000, "3"] for n in range(200)]]
    content = written(rows).replace(b"two,b", b'two,"b')
    with pytest.raises(DataError, match=r"things\.csv:3:-: a cell that begins here cannot be read .* quotation mark"):
        _exact_columns(file.name, content, NAMES)


def test_a_table_of_one_column_is_read_with_its_empty_lines_told(tmp_path):
    (tmp_path / "one.csv").write_bytes(b"id\na\n\n")
    schema = {"fields": [{"name": "id", "type": "string"}]}
    _, faults = read_raw(tmp_path, {"resources": [{"name": "one", "path": "one.csv", "schema": schema}]})
    assert [str(fault)[:36] for fault in faults] == ["one.csv:3:-: 0 cells in a table of 1"]


CELLS = st.lists(st.sampled_from(["", "a", "b", "c"]))


@given(CELLS)
def test_a_column_is_the_list_of_its_cells(cells):
    column = Column.of(cells)
    assert list(column) == cells == [column[index] for index in range(len(cells))]
    assert column.filled.tolist() == [cell != "" for cell in cells]
    assert column.among({"a", ""}).tolist() == [cell in ("a", "") for cell in cells]
    assert column.each(str.upper, missing="-").tolist() == [cell.upper() or "-" for cell in cells]


@given(st.lists(st.tuples(*[st.sampled_from(["", "a", "b"])] * 2)))
def test_codes_of_two_columns_compare_as_their_cells_do(pairs):
    one, other = ([pair[place] for pair in pairs] for place in (0, 1))
    first, second = common_codes(Column.of(one), Column.of(other))
    assert (first > second).tolist() == [a > b for a, b in pairs]


def test_a_judge_is_asked_once_for_each_combination_of_cells():
    cells = {"id": list("abcd"), "kind": ["x", "y", "x", "x"], "sign": ["1", "1", "1", "2"]}
    table = RawTable("ties", "ties.csv", {}, {name: Column.of(column) for name, column in cells.items()})
    asked = []

    def judge(kind, sign):
        asked.append((kind, sign))
        return "wrong" if kind == "x" and sign == "1" else None

    assert [fault.row for fault in table.judged("sign", ("kind", "sign"), judge)] == [2, 4]
    assert sorted(asked) == [("x", "1"), ("x", "2"), ("y", "1")]
