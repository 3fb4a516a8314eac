"""What the conclusions rest on, counted."""

import dataclasses

import pandas as pd
import pytest

from helpers.findings import ask, measures
from helpers.findings.grid import HOLDS, REVERSES, SILENT

FEW = ["forces_apart", "terms_five_days", "actors_qushbegi"]


@pytest.fixture
def few(campaign):
    rows = campaign.findings.loc[[*FEW, "sources_one_family"]]
    return dataclasses.replace(campaign, tables={**campaign.tables, "findings": rows})


@pytest.fixture
def asked():
    cells = {
        "all": [HOLDS, HOLDS, HOLDS],
        "soviet_only": [HOLDS, SILENT, HOLDS],
        "without_soviet": [HOLDS, HOLDS, REVERSES],
        "without:khodzhaev": [HOLDS, HOLDS, SILENT],
        "without:wikipedia": [HOLDS, SILENT, HOLDS],
    }
    return pd.DataFrame(cells, index=FEW)


def test_a_finding_about_the_findings_is_not_counted_nor_is_any_of_its_chapter(campaign, few):
    assert list(measures.others(few).findings.index) == FEW
    assert "sources" not in set(measures.others(campaign).findings["chapter"])


def test_what_each_finding_rests_on_is_what_its_row_cites(few):
    found = measures.supports(few)
    assert list(found.index) == FEW
    assert found.loc["terms_five_days", ["families", "only", "there", "disputed"]].tolist() == [
        1, "wikipedia", False, False,
    ]  # fmt: skip
    assert found.loc["actors_qushbegi", ["families", "only", "only_there", "disputed"]].tolist() == [
        1, "khodzhaev", True, True,
    ]  # fmt: skip
    assert found.loc["forces_apart", "families"] > 1
    assert pd.isna(found.loc["forces_apart", "only"])


def test_a_finding_that_cites_no_claim_rests_on_no_family_and_on_nobody(campaign):
    found = measures.supports(campaign).loc["actors_dateless"]
    assert found[["families", "there", "only_there"]].tolist() == [0, False, False]


def test_the_published_measures_are_shares_of_what_was_counted(few, asked):
    found = measures.published(few, asked)["findings"]
    assert found["rest on one family of texts"] == 2
    assert found["hold whichever one family is left out"] == 1
    assert found["hold under every choice of sources"] == 1
    assert found["turn round under no policy"] == 2
    assert measures.published(few, asked)["share"].max() <= 1


def test_what_falls_under_a_policy_is_told_with_its_sentence_and_how(few, asked):
    answers = {key: ask(few, row) for key, row in few.findings.iterrows()}
    found = measures.falls(measures.sentences(few, answers), asked, "without_soviet")
    assert list(found.index) == ["actors_qushbegi"]
    assert found.loc["actors_qushbegi", "verdict"] == REVERSES
    assert "{" not in found.loc["actors_qushbegi", "sentence"]


def test_a_finding_that_cannot_be_computed_keeps_its_sentence_as_it_is_written(few):
    found = measures.sentences(few, dict.fromkeys(FEW, "cannot be computed"))
    assert found["sentence"].tolist() == few.findings.loc[FEW, "sentence"].tolist()


def test_the_families_that_are_missed_come_with_the_number_that_falls(few, asked):
    found = measures.most_missed(few, asked)
    assert found["falls"].to_dict() == {"khodzhaev": 1, "wikipedia": 1}
    assert found["reverses"].sum() == 0
    assert found["participant"].to_dict() == {"khodzhaev": True, "wikipedia": False}
