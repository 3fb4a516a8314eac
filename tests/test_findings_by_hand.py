"""The engine of the findings on campaigns of a few rows, and its shortcuts beside the plain loop."""

import dataclasses
import functools
import os

import pandas as pd
import pytest
from hand import small
from hypothesis import given, settings
from hypothesis import strategies as st

import helpers
from helpers import findings
from helpers.belief import policies
from helpers.findings import Finding, grid, index, measures
from helpers.findings.dossier import Dossier, dossier, filled
from helpers.findings.grid import HOLDS, REVERSES, SILENT, VERDICTS

CAMPAIGN = helpers.load()
TEXTS = [f"t{number:02}" for number in range(23)]
ROW = pd.Series({"chapter": "any", "test": "any"}, name="one")


def many():
    """Each of some texts makes one claim."""
    sources = {text: {"lineage": text, "label": text} for text in TEXTS}
    claims = {f"c-{text}": {"source": text, "rank": "normal"} for text in TEXTS}
    return small(CAMPAIGN, sources=sources, claims=claims, findings={"one": {}})


MANY = many()


@functools.cache
def quickly(*texts):
    """As `policies.without_source`, where no reading hangs on a claim."""
    tables = {**MANY.tables, "claims": MANY.claims[~MANY.claims["source"].isin(texts)]}
    return dataclasses.replace(MANY, tables=tables)


@settings(max_examples=8, derandomize=True)
@given(st.sets(st.sampled_from(TEXTS), max_size=4), st.sets(st.sampled_from(TEXTS), max_size=2), st.integers(0, 23))
def test_leaving_out_by_halves_answers_what_the_plain_loop_does(turning, silencing, without):
    groups = {text: [text] for text in TEXTS[without:] + TEXTS[:without][: without // 2]}

    def ask(view, row):
        left = set(view.claims["source"])
        return Finding(None) if silencing - left else Finding(not turning - left)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grid, "ask", ask)
        patch.setattr(policies, "without_source", lambda _, *texts: quickly(*texts))
        found = grid.Without(MANY, groups).verdicts(ROW)
    plain = {text: SILENT if text in silencing else REVERSES if text in turning else HOLDS for text in groups}
    assert found == plain


@pytest.mark.parametrize("count", range(1, 24))
def test_halving_loses_no_group_and_keeps_their_order(count):
    left = grid.Without(MANY, {text: [text] for text in TEXTS})
    for first in range(24 - count):
        names = tuple(TEXTS[first : first + count])
        parts = left._parts(names)
        assert [name for part in parts for name in part] == list(names)
        assert all(parts), "no part is empty, or it would be halved for ever"
        assert len(parts) == (count if count <= grid.FEW else 2)


def test_a_value_that_changes_has_the_group_looked_at_by_itself(monkeypatch):
    monkeypatch.setattr(policies, "without_source", lambda _, *texts: quickly(*texts))
    asked = []

    def ask(view, row):
        asked.append(len(view.claims))
        return Finding(True, {"texts": str("t07" in set(view.claims["source"]))})

    monkeypatch.setattr(grid, "ask", ask)
    found = grid.Without(MANY, {text: [text] for text in TEXTS}).verdicts(ROW)
    assert set(found.values()) == {HOLDS}
    assert asked.count(22) >= 1, "without the one text whose loss changes the value"
    assert len(asked) < 15, "and not without each"


def test_a_finding_whose_answer_stays_is_asked_of_all_texts_at_once(monkeypatch):
    monkeypatch.setattr(policies, "without_source", lambda _, *texts: quickly(*texts))
    asked = []

    def ask(view, row):
        asked.append(view)
        return Finding(bool(len(view.places) == 0))

    monkeypatch.setattr(grid, "ask", ask)
    assert set(grid.Without(MANY, {text: [text] for text in TEXTS}).verdicts(ROW).values()) == {HOLDS}
    assert len(asked) == 2  # the whole, and the whole without the texts


def _cells():
    """Findings and policies: a sample, or all of them where the environment asks for every cell."""
    names = list(policies.choices(CAMPAIGN).index)
    if os.environ.get("BOOK_EVERY_CELL"):
        return list(measures.others(CAMPAIGN).findings.index), names
    keys = ["forces_young_armed", "actors_qushbegi"]
    assert set(keys) <= set(CAMPAIGN.findings.index)
    return keys, [names[1], *names[12::16]]


def test_the_grid_answers_what_each_finding_does_when_it_is_asked_by_itself(campaign):
    keys, names = _cells()
    found = grid.Grid(campaign, names).verdicts(campaign.findings.loc[keys])
    for name in names:
        view = campaign.under(name)
        plain = [VERDICTS[findings.ask(view, campaign.findings.loc[key]).holds] for key in keys]
        assert found[name].tolist() == plain, name


@pytest.fixture
def ledger(campaign):
    """Four findings: of two families, of one, of none, and one that counts the others."""
    cells = {"kind": "inferred", "test": "any", "sentence": "There were {men} men."}
    return small(
        campaign,
        sources={
            "memoir": {"lineage": "m", "label": "The memoir", "participant": True, "perspective": "soviet"},
            "copy": {"lineage": "m", "label": "The copy", "participant": False, "perspective": "emirate"},
            "book": {"lineage": "b", "label": "The book", "participant": False, "perspective": "scholarship"},
        },
        claims={
            "c1": {"source": "memoir", "event": "clash", "rank": "normal"},
            "c2": {"source": "copy", "event": "raid", "rank": "deprecated"},
            "c3": {"source": "book", "event": "clash", "rank": "normal"},
            "c4": {"source": "memoir", "force": "men", "rank": "normal"},
        },
        findings={
            "two": cells | {"chapter": "forces", "claims_for": "c1;c3"},
            "alone": cells | {"chapter": "forces", "claims_for": "c1;c4", "claims_against": "c3"},
            "none": cells | {"chapter": "railway", "note": "Counted over claims: all of them."},
            "meta": cells | {"chapter": "sources", "claims_for": "c3", "note": "Counted over findings, claims: all."},
        },
        policies={
            "all": {"label": "A", "calendar_unstated": "as_assumed", "rationale": "-"},
            "few": {"label": "F", "calendar_unstated": "as_assumed", "rationale": "-", "rule": "participant"},
        },
    )


def test_what_a_finding_rests_on_is_counted_by_family(ledger):
    assert measures.counting(ledger) == ["sources"]
    found = measures.supports(ledger)
    assert found["families"].to_dict() == {"two": 2, "alone": 1, "none": 0}
    assert found["only"].dropna().to_dict() == {"alone": "m"}
    assert found["there"].to_dict() == {"two": True, "alone": True, "none": False}
    assert found["only_there"].to_dict() == {"two": False, "alone": True, "none": False}
    assert found["disputed"].to_dict() == {"two": False, "alone": True, "none": False}
    assert found.loc["two", "perspectives"] == "scholarship;soviet"


VERDICT_TABLE = pd.DataFrame(
    {
        "all": [HOLDS, HOLDS, HOLDS],
        "few": [SILENT, HOLDS, HOLDS],
        "without:m": [HOLDS, REVERSES, HOLDS],
        "without:b": [SILENT, HOLDS, HOLDS],
    },
    index=["two", "alone", "none"],
)


def test_the_measures_of_the_book_are_counts_and_shares_of_its_findings(ledger):
    found = measures.published(ledger, VERDICT_TABLE)
    assert found["findings"].to_dict() == {
        "rest on one family of texts": 1,
        "rest, at least in part, on someone who took part": 2,
        "rest only on people who took part": 1,
        "have a claim against them": 1,
        "hold whichever one family is left out": 1,
        "hold under every choice of sources": 2,
        "turn round under no policy": 2,
    }
    assert found["share"].round(4).tolist() == [0.3333, 0.6667, 0.3333, 0.3333, 0.3333, 0.6667, 0.6667]


def test_the_family_that_most_findings_fall_without_is_told_with_how_many_turn_round(ledger):
    both = VERDICT_TABLE.assign(**{"without:m": [SILENT, REVERSES, HOLDS]})
    found = measures.most_missed(ledger, both)
    assert list(found.index) == ["m", "b"]
    assert found[["falls", "reverses", "participant"]].to_numpy().tolist() == [[2, 1, True], [1, 0, False]]
    assert found["label"].tolist() == ["The memoir", "The book"]
    assert list(measures.most_missed(ledger, VERDICT_TABLE.assign(**{"without:b": HOLDS})).index) == ["m"]


def test_what_falls_under_a_policy_is_told_with_its_numbers(ledger):
    answers = {"two": Finding(True, {"men": "600"}), "alone": "why not", "none": Finding(True, {"men": "7"})}
    said = measures.sentences(ledger, answers)
    assert said["sentence"].tolist() == ["There were 600 men.", "There were {men} men.", "There were 7 men."]
    lost = measures.falls(said, VERDICT_TABLE, "without:m")
    assert lost["verdict"].to_dict() == {"alone": REVERSES}


def test_every_use_of_a_text_and_of_a_row_is_found(ledger):
    found = index.by_source(ledger).set_index(["source", "finding", "side"])["claims"].to_dict()
    assert found == {
        ("memoir", "two", "for"): 1,
        ("book", "two", "for"): 1,
        ("memoir", "alone", "for"): 2,
        ("book", "alone", "against"): 1,
        ("book", "meta", "for"): 1,
    }
    rows = index.by_row(ledger)
    assert rows[rows["table"] == "events"][["row", "finding"]].to_numpy().tolist() == [
        ["clash", "alone"],
        ["clash", "meta"],
        ["clash", "two"],
    ]
    assert rows[rows["table"] == "forces"]["finding"].tolist() == ["alone"]


def test_the_strength_of_a_finding_counts_families_and_those_who_took_part():
    def rows(*texts):
        return pd.DataFrame(texts, columns=["lineage", "participant"]).astype({"participant": "boolean"})

    def strength(ours, theirs):
        return Dossier("k", "c", "inferred", "", "s", True, rows(*ours), rows(*theirs), "f").strength

    assert strength([], [("a", True)]) == "Rests on what the tables hold as a whole, not on single statements."
    assert strength([("a", True), ("a", False)], []) == (
        "One family of texts for it, all of them by people who took part; none seen against."
    )
    assert strength([("a", True), ("b", False)], [("c", False), ("d", False)]) == (
        "Two families of texts for it, one of them by people who took part; two against."
    )
    assert strength([("a", False)], []) == "One family of texts for it; none seen against."


def test_a_dossier_takes_an_answer_that_is_given_and_asks_else(campaign):
    key = "calendar_kokand"
    given_ = dossier(campaign, key, Finding(False, {"kokand-gap": "12"}))
    assert (given_.holds, given_.sentence) == (False, "The two are 12 days apart and tell of one attack.")
    assert dossier(campaign, key).holds is True
    assert dossier(campaign, key).dissenting.empty
    with pytest.raises(KeyError, match="no row 'nothing'"):
        dossier(campaign, "nothing")
    assert filled("{a} of {b-2}", {"a": "1", "b-2": "3"}) == "1 of 3"
    with pytest.raises(KeyError):
        filled("{a}", {})


def test_a_function_that_fails_by_itself_is_not_taken_for_one_that_is_not_there(campaign, monkeypatch):
    row = campaign.findings.loc["calendar_kokand"]
    module = findings._module(campaign, "calendar")

    def fails(view):
        return view.no_such_table

    fails.__module__ = module.__name__
    monkeypatch.setattr(module, row["test"], fails)
    with pytest.raises(AttributeError, match="no table 'no_such_table'"):
        findings.ask(campaign, row)


def test_the_ledger_has_three_answers(campaign, monkeypatch):
    few = dataclasses.replace(campaign, tables={**campaign.tables, "findings": campaign.findings.head(3)})
    answers = iter([Finding(True), Finding(None), Finding(False)])
    monkeypatch.setattr(findings, "ask", lambda view, row: next(answers))
    assert findings.ledger(few)["holds"].astype(object).where(lambda x: x.notna(), None).tolist() == [True, None, False]


def test_one_family_is_one_and_not_none(ledger):
    left = dataclasses.replace(ledger, tables={**ledger.tables, "findings": ledger.findings.drop(index="none")})
    found = measures.published(left, VERDICT_TABLE)
    assert found.loc["rest on one family of texts"].tolist() == [1, 0.5]
