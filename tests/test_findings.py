"""The ledger: every sentence that carries weight is recomputed, stands in its chapter, and can fail."""

import re
from pathlib import Path

import nbformat
import pandas as pd
import pytest

import helpers
from helpers import findings, policies
from helpers.findings import Finding

CHAPTERS = Path(__file__).parents[1] / "chapters"
CAMPAIGN = helpers.load()
each_finding = pytest.mark.parametrize("key", list(CAMPAIGN.findings.index))


def narrative(chapter):
    cells = nbformat.read(CHAPTERS / f"{chapter}.ipynb", as_version=4).cells
    text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    return " ".join(re.sub(r"\{glue:text\}`([^`]+)`", r"{\1}", text).split())


@each_finding
def test_a_finding_holds_in_the_book(campaign, key):
    row = campaign.findings.loc[key]
    assert findings.ask(campaign, row).holds is True, f"rewrite in {row['chapter']}: {row['sentence']}"


@each_finding
def test_the_sentence_of_a_finding_stands_in_its_chapter(campaign, key):
    row = campaign.findings.loc[key]
    assert row["sentence"] in narrative(row["chapter"]), f"{row['chapter']} no longer says: {row['sentence']}"


@each_finding
def test_the_numbers_of_a_sentence_are_those_its_function_gives(campaign, key):
    row = campaign.findings.loc[key]
    wanted = set(re.findall(r"\{([a-z0-9-]+)\}", row["sentence"]))
    assert wanted <= set(findings.ask(campaign, row).values), row["sentence"]


@each_finding
def test_a_finding_rests_on_claims_that_stand_and_hides_no_reason(campaign, key):
    row = campaign.findings.loc[key]
    assert pd.notna(row["claims_for"]) or pd.notna(row["note"]), "no claim supports it and no note says why"
    for claim in str(row["claims_for"]).split(";") if pd.notna(row["claims_for"]) else ():
        assert campaign.claims.loc[claim, "rank"] != "deprecated", claim


@each_finding
def test_a_finding_fails_or_falls_silent_when_its_claims_are_gone(campaign, key):
    row = campaign.findings.loc[key]
    if pd.isna(row["claims_for"]):
        pytest.skip("rests on the absence of claims")
    left = policies.without_claims(campaign, *row["claims_for"].split(";"))
    now, before = findings.ask(left, row), findings.ask(campaign, row)
    assert now != before, f"{row['test']} does not notice the loss of every claim it rests on"


@each_finding
def test_a_finding_can_be_asked_under_every_choice_of_sources(campaign, key):
    row = campaign.findings.loc[key]
    for policy in campaign.policies.index:
        assert isinstance(findings.ask(policies.under(campaign, policy), row), Finding), policy


def test_a_finding_without_its_function_is_refused_by_name(campaign):
    row = campaign.findings.iloc[0].copy()
    row["test"] = "the_moon_is_green"
    with pytest.raises(LookupError, match="no function 'the_moon_is_green'"):
        findings.ask(campaign, row)


def test_the_ledger_lists_every_finding_with_its_answer(campaign):
    ledger = findings.ledger(campaign)
    assert list(ledger.index) == list(campaign.findings.index)
    assert ledger["holds"].all()
