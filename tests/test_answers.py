"""What the findings answer is asked once for each state of the data."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import pytest

from helpers.book import answers
from helpers.findings import Finding, ask
from helpers.tables import Campaign, load

ROOT = Path(__file__).parents[1]
KEYS = ["calendar_kokand", "forces_carried"]


@pytest.fixture
def few(tmp_path: Path) -> Campaign:
    """A book with two findings, in a folder of its own."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    whole = load(tmp_path / "data")
    return dataclasses.replace(whole, tables={**whole.tables, "findings": whole.findings.loc[KEYS]})


def forbid(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "ask", lambda *_: pytest.fail("asked again"))


def test_findings_are_asked_once_and_answer_the_same_from_what_was_kept(
    few: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answers.answers(few)
    assert asked == {key: ask(few, few.findings.loc[key]) for key in KEYS}
    forbid(monkeypatch)
    assert answers.answers(few) == asked


def test_a_changed_table_asks_again_and_leaves_one_answer_behind(few: Campaign) -> None:
    answers.answers(few)
    with open(few.path / "README.md", "a", encoding="utf-8") as file:
        file.write("\n")
    before = set((few.path.parent / answers.FOLDER).iterdir())
    answers.answers(few)
    after = set((few.path.parent / answers.FOLDER).iterdir())
    assert len(after) == 1
    assert after != before


def test_a_finding_that_cannot_be_computed_is_kept_in_words(few: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = few.findings.assign(test=["no_such_function", few.findings["test"].iloc[1]])
    spoilt = dataclasses.replace(few, tables={**few.tables, "findings": broken})
    asked = answers.answers(spoilt)
    assert "no_such_function cannot be computed (LookupError" in asked[KEYS[0]]
    assert isinstance(asked[KEYS[1]], Finding)
    forbid(monkeypatch)
    assert answers.answers(spoilt) == asked


def test_a_damaged_file_is_no_answer(few: Campaign) -> None:
    asked = answers.answers(few)
    (kept,) = (few.path.parent / answers.FOLDER).iterdir()
    kept.write_text("[", "utf-8")
    assert answers.answers(few) == asked


def test_how_a_figure_is_drawn_is_no_part_of_what_a_finding_reads(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "src", tmp_path / "src")
    shutil.copytree(ROOT / "data", tmp_path / "data")
    before = answers.state(tmp_path)
    (tmp_path / "src/helpers/figures/style.py").write_text("", "utf-8")
    assert answers.state(tmp_path) == before
    (tmp_path / "src/helpers/calendars.py").write_text("", "utf-8")
    assert answers.state(tmp_path) != before
