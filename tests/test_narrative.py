"""What may be typed into the prose, and what must come from the tables."""

from pathlib import Path

import pytest

from helpers.book import execute, narrative
from helpers.book.narrative import typed_digits

ROOT = Path(__file__).parents[1]
PAGES = [path for page in execute.pages(ROOT) for end in (".ipynb", ".md") if (path := ROOT / f"{page}{end}").is_file()]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In 1918 he had 46 men.", ["46"]),
        ("on 2 March 1918", ["2"]),
        ("some 3,500 of them", ["3,500"]),
        ("about 1,918 men", ["1,918"]),
        ("5th Congress", ["5th"]),
        ("two-thirds (0.66)", ["0.66"]),
        ("25%", ["25%"]),
        (":::{admonition} In short\n:class: in-short\nHe had 46 men.\n:::", ["46"]),
    ],
)
def test_a_number_or_a_day_that_is_typed_is_found(text, found):
    assert typed_digits(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "the manifesto of April 1917, and the years 1918–1920",
        "in the 1920s",
        "{glue:text}`men-1918-2` men and {finding}`forces_2`",
        "see [the map](railway.ipynb#fig-map-2) or <https://example.org/12>",
        "```\nx = 46\n```",
        "(fig-2)=\n:width: 300\n::::{grid} 2\n::::",
        "saved as UTF-8",
        "he wrote “on 2 March 46 men came”, and «2 марта»",
        'the clause "of 12 points"',
        "Creative Commons Attribution 4.0",
        "<!-- 46 -->",
    ],
)
def test_what_is_no_number_of_ours_may_be_typed(text):
    assert typed_digits(text) == []


def test_a_quotation_mark_used_for_inches_or_left_open_hides_nothing():
    assert typed_digits('a 12" gun and 46 men') == ['12"', "46"]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_no_page_has_a_typed_number(path):
    assert [f"cell {cell}: {d}" for cell, text in narrative.cells(path) for d in typed_digits(text)] == []
