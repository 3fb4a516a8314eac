"""Reading a table: every cell letter by letter, in the line where it stands, or a fault that says where and why not."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from helpers.record import Column
from helpers.record.raw import RawTable, common_codes
from helpers.record.reading import read_raw

NAMES = ["id", "title", "low"]
CELL = st.text("ab1,\";' \néЖ", max_size=5)
PACKAGE = {
    "resources": [
        {
            "name": "things",
            "path": "things.csv",
            "schema": {"fields": [{"name": name, "type": "string"} for name in NAMES]},
        }
    ]
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("reading")


def read(folder, content):
    """Return the table of a file with this content, None if it is refused, and the faults."""
    (folder / "things.csv").write_bytes(content)
    tables, faults = read_raw(folder, PACKAGE)
    return tables.get("things"), [str(fault) for fault in faults]


def written(rows):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([NAMES, *rows])
    return text.getvalue().encode()


@given(rows=st.lists(st.tuples(CELL, CELL, CELL)))
def test_what_a_program_has_written_is_read_cell_by_cell_with_its_lines(folder, rows):
    table, faults = read(folder, written(rows))
    assert faults == []
    assert list(zip(*table.columns.values(), strict=True)) == rows
    before = 2
    for index, row in enumerate(rows):
        assert table.line(index) == before
        before += 1 + "".join(row).count("\n")


@pytest.mark.parametrize(
    "cells",
    [
        ["NA", "nan", "None", "null"],
        ["1", "1.0", "01", "1e0", "+1", " 1"],
        ["True", "true", "TRUE", "1"],
        [" a", "a ", "a", "\ta", "a\u00a0"],
        ["\u00e9", "e\u0301", "\u0415", "E", "\u2028", "\x85"],  # alike to look at, or parted by str.splitlines
        ["a" * 1000, "a" * 999 + "b", "b" + "a" * 999, "a" * 1001],
        ['"a,b"', '"a ""b"""', '"a"', "a", '""', ""],  # quoted without need too
    ],
)
def test_cells_that_are_nearly_alike_come_back_letter_by_letter(folder, cells):
    lines = "".join(f"{one},{other},\n" for one in cells for other in cells).encode()
    table, _ = read(folder, b"id,title,low\n" + lines)
    plain = [cell[1:-1].replace('""', '"') if cell.startswith('"') else cell for cell in cells]
    assert list(table["id"]) == [one for one in plain for _ in plain]
    assert list(table["title"]) == plain * len(plain)


def test_a_large_file_with_one_line_too_long_and_one_too_short_is_refused_with_both(folder):
    lines = ["a,b,1"] * 300_000
    lines[200_000], lines[200_001] = "a,b,1,", "a,b"
    _, faults = read(folder, "\n".join(["id,title,low", *lines, ""]).encode())
    told = [fault.split(" in a table")[0] for fault in faults]
    assert told == ["things.csv:200002:-: 4 cells", "things.csv:200003:-: 2 cells"]


@given(
    rows=st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=6),
    damages=st.lists(
        st.tuples(st.integers(0, 300), st.integers(0, 2), st.sampled_from(list(b',"\n\r\0\xff a'))), max_size=3
    ),
)
@example(rows=[("a", "b", "1"), ("c", "d", "2")], damages=[(13, 0, ord(",")), (19, 1, ord(" "))])
def test_a_damaged_file_is_read_or_refused_with_a_line_of_it(folder, rows, damages):
    content = bytearray(written(rows))
    for place, taken, letter in damages:
        place %= len(content)
        content[place : place + taken] = bytes([letter])
    table, faults = read(folder, bytes(content))
    assert (table is None) == bool(faults)
    assert all(1 <= int(fault.split(":")[1]) <= content.count(b"\n") + 1 for fault in faults)


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ("a,b,1,\nc,d\n", "things.csv:2:-: 4 cells in a table of 3 columns"),
        ("a,b\nc,d,1,2\n", "things.csv:2:-: 2 cells"),
        ("a,b,1\n\nc,d,1\n", "things.csv:3:-: 0 cells"),
        ('a,"b\nb",1\nc,d\n', "things.csv:4:-: 2 cells"),
        ('a,"b,1\n', "things.csv:2:-: a cell that begins here cannot be read"),
        ('a,"b"c,1\n', "things.csv:2:-: a cell that begins here cannot be read"),
        ("a,b,1", "things.csv:2:-: the last line has no line end"),
        ("a,b,1\r\n", "things.csv:2:-: the line does not end in LF alone"),
    ],
)
def test_a_line_too_long_or_short_or_left_open_is_told_where_it_is(folder, lines, fault):
    _, faults = read(folder, f"id,title,low\n{lines}".encode())
    assert faults[0].startswith(fault)


def test_a_quotation_mark_that_nothing_closes_is_told_where_it_opens(folder):
    rows = [["one", "a\nb", "1"], ["two", "b", "2"], *[[f"more{n}", "c" * 1000, "3"] for n in range(200)]]
    _, (fault,) = read(folder, written(rows).replace(b"two,b", b'two,"b'))
    assert fault.startswith("things.csv:4:-: a cell that begins here cannot be read")
    assert "quotation mark" in fault


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
