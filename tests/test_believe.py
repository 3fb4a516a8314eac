"""The form of the chapter on forces in a real browser: the band moves with the choice, by mouse or keys, offline."""

from __future__ import annotations

import pytest
from browsing import PHONE, WIDE

import helpers
from helpers import quantities as forces
from helpers.bukhara.forces import odds, strengths
from helpers.bukhara.forms.forces import place

pytestmark = pytest.mark.browser
both_screens = pytest.mark.parametrize("width", [WIDE, PHONE], ids=["wide", "phone"])
on_a_phone = pytest.mark.parametrize("width", [PHONE])
on_a_desk = pytest.mark.parametrize("width", [WIDE])

SIDES = tuple(forces.estimates(helpers.load(), key) for key in (strengths.SOVIET, strengths.EMIR))
CHOICES = odds.by_choice(*SIDES)
FAMILIES = sorted(odds.families(*SIDES))
TOUCH = 24  # pixels: the least a finger should have, by WCAG 2.2, 2.5.8


@pytest.fixture
def form(visit, width):
    """Open the page from disk with the network cut, and see at the end that nothing was missed or said."""
    seen = visit("chapters/forces", width=width, offline=True)
    widget = seen.page.locator('[data-widget="believe"]')
    widget.scroll_into_view_if_needed()
    yield widget
    assert seen.page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert seen.complaints == []
    assert seen.foreign == []


def answers(widget, *believed: str) -> None:
    """The band on the page is the one that Python drew for these families."""
    row = CHOICES.loc[";".join(sorted(believed))]
    bar = widget.locator(".believe-band")
    style = bar.evaluate("bar => [parseFloat(bar.style.left), parseFloat(bar.style.width)]")
    assert style == pytest.approx([place(row["low"]), place(row["high"]) - place(row["low"])], abs=0.2)
    assert f"{row['high']:.0f} of the emir's men" in widget.locator(".widget-sum").inner_text()


@both_screens
def test_it_opens_with_everybody_believed_and_the_table_hidden(form, width):
    assert form.locator(".widget-fallback").is_hidden()
    answers(form, *FAMILIES)


@on_a_phone
def test_leaving_out_the_encyclopaedias_moves_the_band_and_the_other_button_takes_it_back(form, width):
    form.get_by_role("button", name="Without the encyclopaedias").click()
    answers(form, *(family for family in FAMILIES if family not in ("ozme", "wikipedia")))
    form.get_by_role("button", name="All of them").click()
    answers(form, *FAMILIES)


@on_a_phone
def test_with_nobody_left_to_speak_of_a_side_nothing_is_said_and_no_band_drawn(form, width):
    for family in ("khodzhaev", "wikipedia", "zayats"):
        form.locator(f'label:has(input[name="family-{family}"])').click()
    assert form.locator(".believe-band").is_hidden()
    assert "gives a number for the emir's side" in form.locator(".widget-sum").inner_text()
    for family in ("becker", "ozme", "shirokorad"):
        form.locator(f'label:has(input[name="family-{family}"])').click()
    assert "You believe nobody" in form.locator(".widget-sum").inner_text()


@on_a_desk
def test_by_keyboard_alone_each_family_is_left_out_in_turn(form, width):
    keyboard = form.page.keyboard
    form.get_by_role("button", name="Without the encyclopaedias").focus()
    for _ in FAMILIES:
        keyboard.press("Tab")
        family = form.page.evaluate("document.activeElement.name").removeprefix("family-")
        keyboard.press("Space")
        answers(form, *(one for one in FAMILIES if one != family))
        keyboard.press("Space")
        answers(form, *FAMILIES)


@both_screens
def test_every_box_is_large_enough_for_a_finger_and_the_answer_is_announced(form, width):
    for label in form.locator("label").all():
        assert label.bounding_box()["height"] >= TOUCH
    assert form.locator(".widget-sum").get_attribute("aria-live") == "polite"


@on_a_phone
def test_without_a_script_a_table_stands_in_its_place(visit, width):
    seen = visit("chapters/forces", width=width, java_script_enabled=False)
    widget = seen.page.locator('[data-widget="believe"]')
    assert widget.locator(".widget-fallback table").is_visible()
    assert widget.locator("form").is_hidden()
