"""What the check refuses because a program would take it for more than a text."""

from __future__ import annotations

import pytest

from helpers.check.safety import FORMULA
from helpers.export import main as export_main


@pytest.mark.parametrize(
    "cell",
    [
        '=HYPERLINK("https://example.org","x")',
        "+1+cmd|' /C calc'!A0",
        "-1+1",
        "- a dash",
        "@SUM(1+1)*cmd|' /C calc'!A0",
        "＝1+1",
    ],
)
def test_a_text_that_a_spreadsheet_would_calculate_is_a_fault(damaged, cell: str) -> None:
    row = damaged.find("claims", note="*")
    damaged.set("claims", row, "note", cell)
    (fault,) = [fault for fault in damaged.faults() if ":note:" in fault]
    assert fault.startswith(f"claims.csv:{row + 2}:note: a spreadsheet would run {cell!r} as a formula")
    assert "begin it with a letter" in fault


def test_numbers_with_a_sign_in_texts_and_in_numbers_are_none(damaged) -> None:
    row = damaged.find("claims", note="*")
    for cell in ("-13", "+13", "-0.5", "–13", "1=1"):
        damaged.set("claims", row, "note", cell)
        assert [fault for fault in damaged.faults() if "as a formula" in fault] == []
    damaged.set("places", damaged.find("places", lat="*"), "lat", "-39.1")
    assert [fault for fault in damaged.faults() if "as a formula" in fault] == []


def test_a_tab_begins_a_formula_too() -> None:
    assert FORMULA.match("\t=1")


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('"name": "five-days-notice"', '"name": "../five"', "name: it is missing or odd"),
        ('"name": "because"', '"name": "be cause"', "resources[4].schema.fields[12].name: it is no name"),
    ],
)
def test_a_name_that_is_a_path_or_no_name_is_a_fault(damaged, old: str, new: str, place: str) -> None:
    damaged.edit("datapackage.json", old, new)
    if "because" in old:
        damaged.edit("events.csv", "because", "be cause")
    assert [fault for fault in damaged.faults() if fault.startswith(f"datapackage.json:0:{place}")]


def test_a_table_outside_the_folder_is_a_fault_and_is_not_exported(damaged, tmp_path, capsys) -> None:
    (damaged.folder / "policies.csv").rename(damaged.folder.parent / "policies.csv")
    damaged.edit("datapackage.json", '"path": "policies.csv"', '"path": "../policies.csv"')
    assert [f for f in damaged.faults() if "it is no name of a CSV file within the folder" in f]
    assert export_main([str(tmp_path / "out"), "--data", str(damaged.folder)]) == 1
    assert "it is no name of a CSV file within the folder" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_package_whose_name_is_a_path_is_not_exported(damaged, tmp_path, capsys) -> None:
    damaged.edit("datapackage.json", '"name": "five-days-notice"', '"name": "../../five"')
    assert export_main([str(tmp_path / "out/deep"), "--data", str(damaged.folder)]) == 1
    assert "'../../five' is no name of a file" in capsys.readouterr().err
    assert list(tmp_path.rglob("five*")) == []


def test_a_vocabulary_with_braces_is_told_as_it_stands(damaged) -> None:
    damaged.edit("datapackage.json", '"enum": [', '"enum": ["{0.__class__}",')
    assert any("{0.__class__}" in fault for fault in damaged.faults())
