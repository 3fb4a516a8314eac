"""Every "then", "next day" and "after" in the prose of the chronology is an order that the events bear out."""

import re
from pathlib import Path

import pytest

from helpers.belief import policies
from helpers.book import narrative
from helpers.bukhara.findings import chronology_orders as orders

CHAPTER = Path(__file__).parents[1] / "chapters/chronology.ipynb"
STORY = ("At midday", "## What no source fixes")
"""Where the telling of the events begins and ends; the rest of the chapter reasons about them."""
WORDS = re.compile(
    r"\b(then|next|after\w*|before|later|until|follow\w*|earlier|first|once|when|while|whil|since|already|eve|meanwhile"
    r"|soon|same day|that day|that afternoon|at last|finally|previous\w*|till)\b",
    re.I,
)
COUNT = "the later count"
"""A name of this book, not an order."""


@pytest.fixture(scope="module")
def story():
    text = narrative.prose(CHAPTER)
    return text[text.index(STORY[0]) : text.index(STORY[1])]


@pytest.mark.parametrize("count", ["early", "late"])
def test_the_events_bear_out_every_order_that_the_prose_asserts_by_either_count(campaign, count):
    assert list(orders.faults(campaign, count)) == []


@pytest.mark.parametrize("order", [*orders.ORDERS, *orders.OPEN], ids=lambda order: order.words)
def test_the_words_of_an_order_stand_in_the_chapter_and_its_events_in_the_tables(campaign, story, order):
    assert order.words in story
    assert {order.earlier, order.later} <= set(campaign.events.index)
    assert order.claim is None or order.claim in campaign.claims.index


@pytest.mark.parametrize("words", orders.WITHIN)
def test_what_is_excepted_stands_in_the_chapter(story, words):
    assert words in story


def test_no_word_of_order_in_the_story_is_without_its_order(story):
    known = [order.words for order in (*orders.ORDERS, *orders.OPEN)] + [*orders.WITHIN, COUNT]
    for sentence in re.split(r"(?<=[.;:?])\s", story):
        rest = sentence
        for words in known:
            rest = rest.replace(words, "")
        found = WORDS.search(rest)
        assert not found, f"{found[0]!r} in “{sentence}”: add the order to helpers.bukhara.findings.chronology_orders"


def test_an_order_that_the_sources_lose_is_named_with_its_words(campaign):
    left = policies.without_claims(campaign, "kuts_called_to_committee-date-kuts")
    assert any(fault.startswith("“The next day at ten”") for fault in orders.faults(left))


def test_a_distance_that_only_a_text_gives_falls_with_its_claim(campaign):
    left = policies.without_claims(campaign, "columns_meet-date-front1918")
    assert [fault for fault in orders.faults(left) if "On the day after it" in fault]
