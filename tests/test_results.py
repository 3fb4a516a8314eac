"""Files of benchmark results."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.book import results
from helpers.book.results import ResultError, ResultTable

ROOT = Path(__file__).parents[1]
ROWS = [{"case": "cold", "seconds": 12.1, "passed": True}, {"case": "warm", "seconds": None, "passed": True}]


def table(**changes: object) -> dict[str, object]:
    return {"title": "Building", "measured_on": "2026-11-25", "rows": ROWS} | changes


def file(folder: Path, content: object) -> Path:
    path = folder / "build.json"
    path.write_text(json.dumps(content), "utf-8")
    return path


def test_the_results_in_the_repository_keep_to_the_format() -> None:
    assert all(found.rows for found in results.read(ROOT / results.RESULTS))


def test_without_a_folder_of_results_there_are_none(tmp_path: Path) -> None:
    assert results.read(tmp_path / "results") == []


def test_a_table_is_read_with_its_columns_in_order_and_its_gap_kept(tmp_path: Path) -> None:
    file(tmp_path, [table()])
    (found,) = results.read(tmp_path)
    assert list(found.frame.columns) == ["case", "seconds", "passed"]
    assert found.frame["seconds"].isna().tolist() == [False, True]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (table(), "not a list of tables"),
        ([], "not a list of tables"),
        (["Building"], "is no table"),
        ([{"title": "Building"}], "measured_on, rows missing"),
        ([table(colour="red")], "colour unknown"),
        ([table(title=" ")], "title is empty"),
        ([table(measured_on="yesterday")], "begin with a day"),
        ([table(measured_on="2026-11-25T10:00")], "begin with a day"),
        ([table(rows=[])], "rows is empty"),
        ([table(rows=[{"a": 1}, {"b": 1}])], "row 2 has not the headings"),
        ([table(rows=[{"a": [1]}])], "row 1, 'a'"),
        ([table(note=3)], "note is 3"),
    ],
)
def test_a_file_that_does_not_keep_to_the_format_is_refused_with_its_name(
    tmp_path: Path, content: object, words: str
) -> None:
    with pytest.raises(ResultError, match=r"build\.json") as caught:
        results.read_file(file(tmp_path, content))
    assert words in str(caught.value)


def test_a_file_that_is_not_json_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "build.json"
    path.write_text("[{", "utf-8")
    with pytest.raises(ResultError, match=r"build\.json: not JSON"):
        results.read_file(path)


def test_a_number_that_is_not_a_number_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="JSON"):
        results.write(tmp_path / "build.json", [ResultTable("Building", "2026-11-25", [{"seconds": float("nan")}])])


cells = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()


@st.composite
def some_rows(draw: st.DrawFn) -> list[dict[str, object]]:
    headings = draw(st.lists(st.text(min_size=1), min_size=1, max_size=4, unique=True))
    return [{heading: draw(cells) for heading in headings} for _ in range(draw(st.integers(1, 4)))]


@given(some_rows())
def test_what_is_written_is_read_again(tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, object]]) -> None:
    path = tmp_path_factory.mktemp("results") / "a.json"
    written = [ResultTable("Building", "2026-11-25, here", rows, note="Median of three.")]
    results.write(path, written)
    assert results.read_file(path) == written
