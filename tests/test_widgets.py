"""The form of the calendar chapter in a real browser: by mouse and by keyboard, on both screens, offline."""

from __future__ import annotations

import random

import pytest
from browsing import PHONE, WIDE
from playwright.sync_api import Locator

import helpers
from helpers.bukhara.daycount import choices
from helpers.bukhara.daycount import table as daycount_table
from helpers.bukhara.daycount.constraints import SLACK, constraints
from helpers.bukhara.daycount.grid import sources

pytestmark = pytest.mark.browser
both_screens = pytest.mark.parametrize("width", [WIDE, PHONE], ids=["wide", "phone"])
on_a_phone = pytest.mark.parametrize("width", [PHONE])
on_a_desk = pytest.mark.parametrize("width", [WIDE])

FOUND = constraints(helpers.load())
READINGS = daycount_table.cheapest(FOUND)
TOUCH = 24  # pixels: the least a finger should have, by WCAG 2.2, 2.5.8


@pytest.fixture
def form(visit, width):
    """Open the page from disk with the network cut, and see at the end that nothing was missed or said."""
    seen = visit("chapters/calendar", width=width, offline=True)
    widget = seen.page.locator('[data-widget="daycount"]')
    widget.scroll_into_view_if_needed()
    yield widget
    assert seen.page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert seen.complaints == []
    assert seen.foreign == []


def listed(widget: Locator, css: str) -> set[str]:
    """The keys of the constraints in one of the lists of the answer."""
    items = widget.locator(f"ul.{css} > li")
    return {items.nth(place).get_attribute("data-constraint") for place in range(items.count())}


def expected(reading: dict[str, str], kind: str, **slack: int) -> set[str]:
    allowed = {**SLACK, **slack}
    return {one.key for one in FOUND if one.kind == kind and not one.holds(reading, slack=allowed)}


def choose(widget: Locator, source: str, key: str) -> None:
    widget.locator(f'label:has(input[name="reading-{source}"][value="{key}"])').click()


def answers(widget: Locator, reading: dict[str, str], **slack: int) -> None:
    torn, rejected = (expected(reading, kind, **slack) for kind in ("order", "witness"))
    assert (listed(widget, "torn"), listed(widget, "rejected")) == (torn, rejected)
    assert listed(widget, "held") == {one.key for one in FOUND} - torn - rejected
    summary = widget.locator(".widget-sum").inner_text()
    assert ("The story holds together." in summary) == (not torn)


@both_screens
def test_it_opens_on_the_count_the_book_follows(form, width):
    assert form.locator(".widget-fallback").is_hidden()
    answers(form, READINGS["early"])
    assert form.locator(".widget-sum").inner_text() == (
        "The story holds together. This reading rejects 1 statement of 9."
    )


@on_a_phone
def test_a_button_sets_beckers_days_and_shows_the_bill_and_another_takes_it_back(form, width):
    form.get_by_role("button", name="Becker's days").click()
    answers(form, READINGS["late"])
    assert "rejects 4 statements of 9" in form.locator(".widget-sum").inner_text()
    assert "14 March, is a Thursday" in form.locator('li[data-constraint="weekday"]').inner_text()
    form.get_by_role("button", name="Battle on 2 March").click()
    answers(form, READINGS["early"])


@on_a_desk
def test_by_mouse_any_reading_gives_the_answer_that_python_gives(form, width):
    draw = random.Random(1918)
    for _ in range(8):
        reading = {source: draw.choice(choices(source)).key for source in sources(FOUND)}
        for source, key in reading.items():
            choose(form, source, key)
        answers(form, reading)


@on_a_phone
def test_a_reading_that_tears_the_story_says_where(form, width):
    choose(form, "kuts", "OS")
    assert listed(form, "torn") == {"morozov"}
    assert "tears the story in 1 place" in form.locator(".widget-sum").inner_text()
    assert "they leave on 11 March" in form.locator("ul.torn").inner_text()


@on_a_desk
def test_by_keyboard_alone_a_reader_reaches_every_choice_and_the_answer_follows(form, width):
    keyboard = form.page.keyboard
    form.get_by_role("button", name="Battle on 2 March").focus()
    keyboard.press("Tab")
    keyboard.press("Enter")  # the button with Becker's days
    answers(form, READINGS["late"])
    reading = dict(READINGS["late"])
    for source in sources(FOUND):
        keyboard.press("Tab")  # into the next group, on its chosen reading
        focused = form.page.evaluate("document.activeElement.name")
        assert focused == f"reading-{source}"
        keyboard.press("ArrowDown")  # with two readings, to the other one
        (reading[source],) = {choice.key for choice in choices(source)} - {reading[source]}
        answers(form, reading)


@on_a_desk
def test_by_keyboard_the_moon_and_the_evening_are_set_and_what_holds_is_opened(form, width):
    keyboard = form.page.keyboard
    form.get_by_role("button", name="Becker's days").click()
    form.locator('input[name="hijri"]:checked').focus()
    keyboard.press("ArrowRight")
    assert form.locator('input[name="hijri"]:checked').get_attribute("value") == "2"
    answers(form, READINGS["late"], hijri=2)
    keyboard.press("Tab")
    keyboard.press("Space")  # a Friday begins on Thursday after sunset
    answers(form, READINGS["late"], hijri=2, evening=1)
    keyboard.press("Tab")
    keyboard.press("Enter")
    assert form.locator("ul.held > li").first.is_visible()


@both_screens
def test_every_choice_is_named_and_large_enough_for_a_finger(form, width):
    for group in form.locator("fieldset").all():
        assert group.locator("legend").inner_text().strip()
    for label in form.locator("label").all():
        assert label.bounding_box()["height"] >= TOUCH
    assert form.locator(".widget-result").get_attribute("aria-live") == "polite"


@on_a_phone
def test_without_a_script_the_table_of_prices_stands_in_its_place(visit, width):
    seen = visit("chapters/calendar", width=width, java_script_enabled=False)
    widget = seen.page.locator('[data-widget="daycount"]')
    assert widget.locator(".widget-fallback table").is_visible()
    assert widget.locator("form").is_hidden()
