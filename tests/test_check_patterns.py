"""Patterns are tried within a bounded time, and their answers are those of Python's own matcher."""

from __future__ import annotations

import re

import pytest

from helpers.check.patterns import OWN, unmatched, unmatched_in_time
from helpers.record import data_folder, read_descriptor

PATTERN = "[A-Z](a|b)+c?"
CELLS = ["Aab", "Ac", "", "Babc", "é\u2028", 'B"b', "Ab\n"]


def test_a_foreign_pattern_is_answered_as_by_the_matcher_itself():
    alone = [cell for cell in CELLS if not re.fullmatch(PATTERN, cell)]
    assert unmatched_in_time({("t", "c"): (PATTERN, CELLS)}) == {("t", "c"): alone}
    assert unmatched(PATTERN, CELLS) == alone


def test_without_a_pattern_no_process_is_begun(monkeypatch):
    monkeypatch.setattr("subprocess.run", None)
    assert unmatched_in_time({}) == {}


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|a)*b", "(.*a){20}", "(a*)*c"])
def test_a_pattern_that_never_ends_is_given_up_and_those_before_it_are_answered(pattern):
    asked = {"first": ("a", ["a", "b"]), "second": (pattern, ["a" * 40 + "!"]), "third": ("a", ["b"])}
    assert unmatched_in_time(asked, seconds=2.0) == {"first": ["b"], "second": None}


def test_the_patterns_of_the_book_are_its_own():
    fields = [
        field for resource in read_descriptor(data_folder())["resources"] for field in resource["schema"]["fields"]
    ]
    assert {p for field in fields if (p := field.get("constraints", {}).get("pattern"))} == OWN


@pytest.mark.parametrize("pattern", sorted(OWN))
@pytest.mark.parametrize("unit", ["a", "a_", "a-", "1", "Q1", "1918-01/"])
def test_the_books_own_patterns_end_soon_on_long_cells(pattern, unit):
    assert unmatched(pattern, [unit * 20_000 + "!"])
