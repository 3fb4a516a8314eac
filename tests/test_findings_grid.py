"""Findings under policies: texts that change nothing are left out together, one that matters is found."""

import dataclasses
import shutil

import pytest

from helpers.belief.policies import without_source
from helpers.book import verdicts as stored
from helpers.findings import ask, grid
from helpers.findings.grid import HOLDS, SILENT, VERDICTS
from helpers.record import load

FEW = ["actors_chairmen", "actors_dateless", "forces_apart", "forces_young_armed"]


@pytest.fixture(scope="module")
def few(campaign):
    tables = {**campaign.tables, "findings": campaign.findings.loc[FEW]}
    return dataclasses.replace(campaign, tables=tables)


@pytest.fixture(scope="module")
def table(few):
    return grid.verdicts(few, ["all", "emirate_only", "without:wikipedia", "without:uz_lectures", "without:geo_dr5hn"])


def test_every_finding_has_a_verdict_under_every_policy_that_was_wanted(few, table):
    assert list(table.index) == FEW
    assert set(table.stack()) <= set(VERDICTS.values())
    assert (table["all"] == HOLDS).all()


def test_a_verdict_is_what_the_finding_answers_when_it_is_asked(few, table):
    for policy in table:
        for key, row in few.findings.iterrows():
            assert table.loc[key, policy] == VERDICTS[ask(few.under(policy), row).holds], (key, policy)


def test_a_conclusion_on_the_odds_cannot_be_said_from_one_side_that_gives_no_number(table):
    assert table.loc["forces_apart", "emirate_only"] == SILENT
    assert table.loc["forces_young_armed", "without:uz_lectures"] == SILENT


def test_texts_that_change_nothing_are_left_out_together(few, monkeypatch):
    asked = []
    monkeypatch.setattr(grid, "ask", lambda view, row: asked.append(row.name) or ask(view, row))
    left = grid.Without(few, {key: [key] for key in ("becker1968", "syb1913", "brockhaus1911", "norman1902")})
    found = left.verdicts(few.findings.loc["forces_apart"])
    assert len(asked) == 3, "once with all texts, once without Becker, whom it cites, once without the other three"
    assert set(found) == {"becker1968", "syb1913", "brockhaus1911", "norman1902"}


def test_a_text_that_matters_is_found_among_those_that_do_not(few):
    row = few.findings.loc["forces_young_armed"].copy()
    row.name = "cites_nothing"
    names = ["khavast_wiki", "salimbek2009intro", "hozir_yb", "muhaz_yb", "syb1913", "norman1902", "brockhaus1911"]
    found = grid.Without(few, {key: [key] for key in names}).verdicts(row)
    assert found == {key: VERDICTS[ask(without_source(few, key), row).holds] for key in names}
    assert len(set(found.values())) == 2


def test_several_processes_answer_what_one_does(few, tmp_path):
    shutil.copytree(few.path, tmp_path / "data")
    findings = few.findings.sort_index(ascending=False)
    findings.to_csv(tmp_path / "data/findings.csv", lineterminator="\n")
    here = load(tmp_path / "data")
    assert stored._asked(here, 2).equals(stored._asked(here, 1))
