"""The page of functions: each is there, shows itself at work, and the examples say what the code gives."""

from __future__ import annotations

import doctest
import importlib
from datetime import date
from pathlib import Path

import pytest

import helpers
from helpers.book import api

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "chapters/api.md"
SOURCE = ROOT / "src"
LISTED = api.listed(PAGE)
WITH_EXAMPLES = sorted(
    ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")
    for path in (SOURCE / "helpers").rglob("*.py")
    if ">>> " in path.read_text("utf-8")
)


def test_the_page_lists_no_function_twice() -> None:
    assert LISTED
    assert len(set(LISTED)) == len(LISTED)


@pytest.mark.parametrize("name", LISTED)
def test_every_function_of_the_page_can_be_imported_and_has_an_example(name: str) -> None:
    module, _, short = name.rpartition(".")
    assert callable(getattr(importlib.import_module(module), short))
    assert api.entry(name).has_example, f"show {name} at work in its docstring"


@pytest.mark.parametrize("module", WITH_EXAMPLES)
def test_every_example_gives_what_it_says(module: str, campaign: helpers.Campaign) -> None:
    found = importlib.import_module(module)
    known = {**vars(found), "campaign": campaign, "helpers": helpers, "date": date}
    runner, said = doctest.DocTestRunner(verbose=False), []
    for test in doctest.DocTestFinder().find(found, globs=known):
        runner.run(test, out=said.append)
    assert "".join(said) == ""
    assert runner.summarize(verbose=False).attempted > 0


def test_a_signature_that_is_long_stands_one_parameter_a_line() -> None:
    signature = api.entry("helpers.network.signed_graph").signature
    assert signature.splitlines()[1:5] == [
        "    campaign: Campaign,",
        "    on: date | None = None,",
        "    *,",
        "    certain: bool = False,",
    ]
    assert signature.endswith(") -> nx.Graph")
    assert api.entry("helpers.wording.day").signature == "day(date: Any) -> str"


def test_a_docstring_becomes_paragraphs_terms_and_examples() -> None:
    text = api.markdown(api.entry("helpers.forces.estimates"))
    assert "**Parameters**\n\n`campaign`\n: The data package." in text
    assert "**Raises**\n\n`ValueError`\n: If a key is not in `forces`." in text
    assert '```pycon\n>>> estimates(campaign, "kokand_dead")' in text
    assert "----" not in text


def test_terms_behind_a_colon_are_read_too() -> None:
    text = api.markdown(api.entry("helpers.balance.frustration"))
    assert "`sign`\n: edge attribute that holds +1 or -1" in text


def test_a_class_shows_its_methods() -> None:
    text = api.markdown(api.entry("helpers.dating.Interval"))
    assert "`shift(days: int) -> Interval`\n: The interval moved `days` later" in text
    assert "`days`\n: Number of days, None if an end is open." in text


def test_a_back_tick_inside_a_code_span_keeps_clear_of_those_that_close_it() -> None:
    assert "`` {glue:text}`NAME` ``" in api.markdown(api.entry("helpers.page.glue"))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("helpers.forces.armies", "helpers.forces has no function or class 'armies'; mend the list"),
        ("helpers.fortress.walls", "there is no module helpers.fortress"),
        ("helpers.check.time._day", "has no docstring; write one"),
    ],
)
def test_a_name_that_leads_nowhere_is_refused(name: str, told: str) -> None:
    with pytest.raises(LookupError, match=told):
        api.entry(name)
