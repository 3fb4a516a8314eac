"""What the findings answer is asked once for each state of data and code."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import pandas as pd
import pytest

from helpers.book import answers, fresh, verdicts
from helpers.findings import Finding, ask
from helpers.findings.grid import HOLDS, SILENT
from helpers.record import Campaign, load

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
    with monkeypatch.context() as kept:
        forbid(kept)
        assert answers.answers(few) == asked
    with open(few.path / "README.md", "a", encoding="utf-8") as file:
        file.write("\n")
    monkeypatch.setattr(answers, "ask", lambda *_: Finding(False, {}))
    assert not answers.answers(few)[KEYS[0]].holds


def test_a_finding_that_cannot_be_computed_is_kept_in_words(few: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = few.findings.assign(test=["no_such_function", few.findings["test"].iloc[1]])
    spoilt = dataclasses.replace(few, tables={**few.tables, "findings": broken})
    asked = answers.answers(spoilt)
    assert "no_such_function cannot be computed (LookupError" in asked[KEYS[0]]
    assert isinstance(asked[KEYS[1]], Finding)
    forbid(monkeypatch)
    assert answers.answers(spoilt) == asked


def test_the_grid_is_asked_once_for_one_state_of_data_and_code(few: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    grid = pd.DataFrame({"all": [HOLDS], "soviet_only": [SILENT]}, index=pd.Index(["one"], name="finding"))
    calls = []
    monkeypatch.setattr(verdicts, "_asked", lambda campaign, processes: calls.append(1) or grid)
    for _ in range(2):
        pd.testing.assert_frame_equal(verdicts.verdicts(few), grid.astype("str"), check_dtype=False)
    assert len(calls) == 1
    (few.path / "claims.csv").write_text("id\na\n", "utf-8")
    verdicts.verdicts(few)
    assert len(calls) == 2
    assert len(list((few.path.parent / fresh.STORE).iterdir())) == 1, "what was asked of other data is thrown away"
