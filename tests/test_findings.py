"""The ledger: every sentence that carries weight is recomputed, stands in its chapter, and can fail."""

import dataclasses
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

import helpers
from helpers import findings
from helpers.belief import policies
from helpers.book import ledger
from helpers.check.findings import absent, counted
from helpers.findings import Finding

ROOT = Path(__file__).parents[1]
CAMPAIGN = helpers.load()
each_finding = pytest.mark.parametrize("key", list(CAMPAIGN.findings.index))
each_counting = pytest.mark.parametrize("key", [k for k, note in CAMPAIGN.findings["note"].items() if counted(note)])


@each_finding
def test_a_finding_holds_and_its_sentence_stands_marked_in_its_chapter(campaign, key):
    assert list(ledger.finding_faults(ROOT, campaign, campaign.findings.loc[key])) == []


@each_finding
def test_a_finding_fails_or_falls_silent_when_its_claims_are_gone(campaign, key):
    row = campaign.findings.loc[key]
    if pd.notna(row["claims_for"]):
        left = policies.without_claims(campaign, *row["claims_for"].split(";"))
    elif counted(row["note"]):
        left = _emptied(campaign, counted(row["note"]))
    else:
        left = _filled(campaign, absent(row["note"]))
    now, before = findings.ask(left, row), findings.ask(campaign, row)
    assert now != before, f"{row['test']} does not notice the loss of all that it rests on: rewrite {row['sentence']}"


@each_finding
def test_no_finding_holds_when_nothing_is_said_at_all(campaign, key):
    row = campaign.findings.loc[key]
    if not absent(row["note"]) and counted(row["note"]) != ["sources"]:
        assert findings.ask(_silence(), row).holds is not True, f"{row['test']} cannot fail: rewrite {row['sentence']}"


@each_finding
def test_a_finding_can_be_asked_under_every_choice_of_sources(campaign, key):
    row = campaign.findings.loc[key]
    for policy in campaign.policies.index:
        assert isinstance(findings.ask(_under(policy), row), Finding), policy


@cache
def _under(policy):
    return CAMPAIGN.under(policy)


@cache
def _silence():
    return policies.without_claims(CAMPAIGN, *CAMPAIGN.claims.index)


@each_counting
def test_a_finding_that_counts_notices_the_loss_of_half_of_what_it_counts(campaign, key):
    row = campaign.findings.loc[key]
    table = counted(row["note"])[0]
    half = dataclasses.replace(campaign, tables={**campaign.tables, table: campaign[table].iloc[::2]})
    assert findings.ask(half, row) != findings.ask(campaign, row), f"{row['test']} does not count {table}"


def _emptied(campaign, names):
    """The campaign with no row in these tables."""
    return dataclasses.replace(campaign, tables={**campaign.tables, **{n: campaign[n].head(0) for n in names}})


def _filled(campaign, places):
    """The campaign with every empty cell of these columns filled with a value that stands in them."""
    tables = dict(campaign.tables)
    for table, column in places:
        known = tables[table][column].dropna()
        tables[table] = tables[table].assign(**{column: tables[table][column].fillna(known.iloc[0])})
    return dataclasses.replace(campaign, tables=tables)


def test_a_finding_without_its_function_is_refused_by_name(campaign):
    row = campaign.findings.iloc[0].copy()
    row["test"] = "the_moon_is_green"
    with pytest.raises(LookupError, match="no function 'the_moon_is_green'"):
        findings.ask(campaign, row)


def test_the_ledger_lists_every_finding_with_its_answer(campaign):
    found = findings.ledger(campaign)
    assert list(found.index) == list(campaign.findings.index)
    assert found["holds"].all()
