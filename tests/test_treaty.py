"""The terms: what is not known of a paper stays unknown, and no term is lost on the way to a figure."""

import pytest

from helpers.belief import policies
from helpers.belief.source_types import VOICES
from helpers.bukhara import treaty
from helpers.bukhara.findings import terms as findings
from helpers.record import data_folder
from helpers.record.wording import number


def test_every_term_of_the_war_has_a_step_and_the_manifesto_of_1917_is_left_out(campaign):
    expected = campaign.terms.query("document != 'first_manifesto' and topic != 'count'")
    found = treaty.terms(campaign)
    assert set(found.index) == set(expected.index)
    assert found["stage"].notna().all()


def test_five_points_of_the_ultimatum_and_two_articles_of_the_manifesto_were_not_seen(campaign):
    assert treaty.points_of_ultimatum(campaign) == 8
    assert list(treaty.known_demands(campaign)["topic"]) == ["army", "government", "government"]
    assert treaty.gaps(campaign) == {"ultimatum": 5, "second_manifesto": 2, "kyzyl_tepe": None}


def test_the_open_questions_say_of_the_papers_what_the_tables_know(campaign):
    text = (data_folder() / "OPEN-QUESTIONS.md").read_text("utf-8")
    known, peace = treaty.known_demands(campaign), findings.no_clause_of_the_peace_has_two_witnesses(campaign).values
    inferred = treaty.terms(campaign).query("document == 'kyzyl_tepe' and grade == 'inferred'")
    assert f"{number(len(known), words=True)} subjects" in text
    assert f"{peace['clauses']} points from {peace['clause-texts']} texts" in text
    assert f"{number(len(inferred), words=True)} of the points are our inference" in text


def test_without_the_one_who_counted_nobody_knows_how_many_points_there_were(campaign):
    left = policies.without_lineage(campaign, "salimbek")
    assert treaty.points_of_ultimatum(left) is None
    assert treaty.gaps(left)["ultimatum"] is None


def test_a_term_whose_end_nobody_tells_is_not_known_and_not_undone(campaign):
    told = campaign.claims.query("term == 'ultimatum-disarm' and attribute == 'fulfilled'")
    left = policies.without_claims(campaign, *told.index)
    assert treaty.terms(campaign).loc["ultimatum-disarm", "outcome"] == "not_done"
    assert treaty.terms(left).loc["ultimatum-disarm", "outcome"] == "unknown"


@pytest.mark.parametrize(
    ("term", "grade"),
    [
        ("ultimatum-threat", "witness"),  # Salimbek served the court
        ("kyzyl_tepe-trains", "witness"),  # a newspaper of 1918
        ("ultimatum-disarm", "scholar"),  # Becker alone
        ("kyzyl_tepe-army_limit", "reference"),  # Wikipedia alone
        ("kyzyl_tepe-districts", "inferred"),  # done, and not said to have been agreed
    ],
)
def test_how_we_know_of_a_term_follows_from_who_tells_of_it(campaign, term, grade):
    assert treaty.terms(campaign).loc[term, "grade"] == grade


def test_a_clause_that_we_infer_is_never_counted_among_those_that_are_told(campaign):
    both, told, done = treaty.promised_and_done(campaign)
    assert list(both.index) == ["kyzyl_tepe-trains"]
    assert "inferred" not in set(told["grade"]) | set(both["grade"])
    assert set(done["grade"]) == {"inferred"}


def test_the_terms_can_be_taken_under_every_choice_of_sources(campaign):
    for policy in campaign.policies.index:
        found = treaty.terms(policies.under(campaign, policy))
        assert set(found["grade"]) <= {*VOICES, "inferred"}, policy
        assert set(found["outcome"]) <= set(treaty.OUTCOMES), policy
