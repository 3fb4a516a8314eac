"""The index of people and places in a real browser: by keyboard, told to screen readers, and without a script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browsing import Visit, opener
from playwright.sync_api import Page

from helpers.people import index, searchkeys
from helpers.record import Campaign

pytestmark = pytest.mark.browser
SHOWN = "all => all.filter(e => e.checkVisibility()).map(e => e.id)"


@pytest.fixture(scope="module")
def opened(browser, built_book, server) -> Iterator[Visit]:
    with opener(browser, built_book, server) as open_page:
        yield open_page("chapters/people")


@pytest.fixture
def people(opened: Visit) -> Page:
    """The page, opened once, with nothing in the box."""
    opened.page.get_by_role("searchbox", name="Find a name").fill("")
    return opened.page


def shown(page) -> list[str]:
    return page.eval_on_selector_all(".index-entry", SHOWN)


@pytest.mark.parametrize(
    "typed", ["Колесов", "Ходжаев", "Xo'jayev", "Khojaev", "عالم خان", "qiziltepa", "Poltoratskiy"]
)
def test_the_box_finds_what_python_finds(people, campaign: Campaign, typed: str) -> None:
    people.get_by_role("searchbox", name="Find a name").fill(typed)
    entries = [*index.people(campaign), *index.bodies(campaign), *index.places(campaign)]
    expected = [entry.anchor for entry in entries if searchkeys.finds(typed, entry.keys)]
    assert expected
    assert shown(people) == expected


def test_every_search_key_is_made_alike_by_python_and_by_the_browser(people, campaign: Campaign) -> None:
    box = people.get_by_role("searchbox", name="Find a name")
    names = [entry.names[0].text for entry in [*index.people(campaign), *index.places(campaign)] if entry.names]
    for name in names[::6]:
        box.fill(name)
        assert shown(people), f"{name} finds nothing"


def test_the_box_works_by_keyboard_and_tells_how_many_it_found(people) -> None:
    box = people.get_by_role("searchbox", name="Find a name")
    box.focus()
    people.keyboard.type("Utkin")
    count = people.locator(".index-count")
    count.filter(has_text="1 entry of").wait_for()
    assert count.get_attribute("role") == "status"
    assert shown(people) == ["person-utkin"]
    people.keyboard.press("Tab")
    people.keyboard.press("Enter")
    people.wait_for_function("document.activeElement.id === 'index-query'")
    assert len(shown(people)) > 150


def test_what_nothing_matches_is_said_in_words_and_empty_headings_go(people) -> None:
    people.get_by_role("searchbox", name="Find a name").fill("Bonaparte")
    people.locator(".index-count").filter(has_text="No entries of").wait_for()
    assert shown(people) == []
    assert not people.locator("#places").is_visible()


def test_a_link_to_an_entry_that_is_hidden_brings_it_back(people) -> None:
    people.get_by_role("searchbox", name="Find a name").fill("Utkin")
    people.evaluate("location.hash = '#body-kagan_soviet'")
    people.wait_for_function("document.querySelector('#body-kagan_soviet').checkVisibility()")
    assert people.get_by_role("searchbox", name="Find a name").input_value() == ""


def test_without_a_script_the_whole_list_stands_and_there_is_no_box(visit) -> None:
    page = visit("chapters/people", java_script_enabled=False).page
    assert page.locator(".index-entry").count() > 150
    assert not page.locator(".index-filter").is_visible()
    assert page.locator("#person-kolesov").is_visible()


def test_an_entry_names_the_chapters_whose_prose_names_it_and_not_itself(people) -> None:
    links = people.locator("#person-kishishev a[href$='.html']").all_inner_texts()
    assert "Who was who?" in links
    assert "People and places" not in links
    assert people.locator("[data-named]").count() == 0
