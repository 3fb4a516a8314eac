"""The page of functions: each is there, shows itself at work, and the examples say what the code gives."""

from __future__ import annotations

import doctest
import importlib
import inspect
import re
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

import helpers
from helpers.book import api

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "chapters/api.md"
SOURCE = ROOT / "src"
LISTED = re.findall(r"^   (helpers\.\S+)$", PAGE.read_text("utf-8"), re.M)
WITH_EXAMPLES = sorted(
    ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")
    for path in (SOURCE / "helpers").rglob("*.py")
    if re.search(r"^ *>>> ", path.read_text("utf-8"), re.M)
)


def test_the_page_lists_no_function_twice() -> None:
    assert LISTED
    assert len(set(LISTED)) == len(LISTED)


@pytest.mark.parametrize("name", LISTED)
def test_every_function_of_the_page_can_be_imported_and_has_an_example(name: str) -> None:
    module, _, short = name.rpartition(".")
    found = getattr(importlib.import_module(module), short)
    assert callable(found)
    assert ">>> " in (inspect.getdoc(found) or ""), f"show {name} at work in its docstring"


@pytest.mark.parametrize("module", WITH_EXAMPLES)
def test_every_example_gives_what_it_says(module: str, campaign: helpers.Campaign) -> None:
    found = importlib.import_module(module)
    known = {**vars(found), "campaign": campaign, "helpers": helpers, "date": date}
    runner, said = doctest.DocTestRunner(verbose=False), []
    for test in doctest.DocTestFinder().find(found, globs=known):
        runner.run(test, out=said.append)
    assert "".join(said) == ""
    assert runner.summarize(verbose=False).attempted > 0


def test_a_class_is_written_with_its_methods_and_a_function_without() -> None:
    assert api.entry("helpers.dating.Interval") == [".. autoclass:: helpers.dating.Interval", "   :members:", ""]
    assert api.entry("helpers.load") == [".. autofunction:: helpers.load", ""]


@pytest.mark.parametrize("name", ["helpers.quantities.armies", "helpers.fortress.walls"])
def test_a_name_that_leads_nowhere_is_refused(name: str) -> None:
    with pytest.raises(LookupError, match=f"no function or class {name}; mend the list"):
        api.entry(name)


def test_an_example_behind_a_section_is_no_part_of_the_section() -> None:
    text = "Count.\n\nRaises\n------\nValueError\n    If none.\n\n>>> count(1)\n1\n\n>>> count(2)\n2"
    given = api.numpydoc(text)
    assert given == text.replace("\n\n>>> count(1)", "\n\nExamples\n--------\n>>> count(1)")


@pytest.mark.parametrize(
    "text", ["Count.", "Count.\n\n>>> count(1)\n1", "Count.\n\nRaises\n------\nValueError\n    If none."]
)
def test_a_docstring_that_needs_no_change_gets_none(text: str) -> None:
    assert api.numpydoc(text) == text


def test_a_note_of_a_docstring_becomes_an_entry_of_a_list() -> None:
    assert api.numpydoc("So it is [1]_.\n\n.. [1] Heider 1946.") == "So it is [1].\n\n* Heider 1946."


@pytest.mark.browser
def test_the_built_page_has_a_place_for_each_function_with_its_example(built_book) -> None:
    page = BeautifulSoup((built_book / "chapters/api.html").read_text("utf-8"), "html.parser")
    assert [link["title"] for link in page.select(".api-list a")] == LISTED
    told = {name: page.find(id=name).find_next_sibling("dd") for name in LISTED}
    assert [name for name, text in told.items() if not text.select(".highlight")] == []
    assert not page.select(".api-entries .field-list strong:-soup-contains('>>>')")
