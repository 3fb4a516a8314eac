"""The built book in a real browser: every page, from disk and served, on both screens, in both themes."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsing import PHONE, ROOT, WIDE
from playwright.sync_api import Page

from helpers.book import execute
from helpers.figures import style

PAGES = [page.removesuffix(".md").removesuffix(".ipynb") for page in execute.pages(ROOT)]

pytestmark = pytest.mark.browser
each_page = pytest.mark.parametrize("name", PAGES)


@each_page
@pytest.mark.parametrize(
    ("served", "width", "theme"),
    [(False, WIDE, "light"), (False, PHONE, "dark"), (True, PHONE, "light"), (True, WIDE, "dark")],
    ids=["disk-wide-light", "disk-phone-dark", "served-phone-light", "served-wide-dark"],
)
def test_a_page_draws_its_figures_in_peace(visit, name: str, served: bool, width: int, theme: str) -> None:
    seen = visit(name, served=served, width=width, theme=theme)
    seen.draw_figures()
    assert seen.page.locator("html").get_attribute("data-theme") == theme
    assert seen.page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert seen.complaints == []
    assert seen.foreign == []


def test_the_book_has_figures(visit) -> None:
    assert sum(visit(name).draw_figures() for name in PAGES) > 0


@each_page
def test_the_room_for_a_figure_is_there_before_it_is_drawn(visit, name: str) -> None:
    for width in (WIDE, PHONE):
        seen = visit(name, width=width)
        before = heights(seen.page)
        seen.draw_figures()
        assert heights(seen.page) == pytest.approx(before, abs=1)


def heights(page: Page) -> list[float]:
    return page.eval_on_selector_all(".book-plot", "all => all.map(e => e.getBoundingClientRect().height)")


@each_page
def test_figures_are_rearranged_for_a_narrow_screen_and_back(visit, name: str) -> None:
    seen = visit(name, width=PHONE)
    size = "document.querySelector('.book-plot').layout.font?.size"
    if not seen.draw_figures():
        return
    assert seen.page.evaluate(size) == style.NARROW["font.size"]
    seen.page.set_viewport_size({"width": WIDE, "height": 900})
    seen.page.wait_for_function(f"{size} !== {style.NARROW['font.size']}", timeout=15_000)
    assert seen.complaints == []


@each_page
def test_figures_follow_when_the_reader_changes_the_theme(visit, name: str) -> None:
    seen = visit(name)
    if not seen.draw_figures():
        return
    ink = "getComputedStyle(document.querySelector('.book-plot .main-svg text')).fill"
    light = seen.page.evaluate(ink)
    seen.page.evaluate("document.documentElement.dataset.theme = 'dark'")
    seen.page.wait_for_function(f"{ink} !== {light!r}", timeout=15_000)
    assert seen.complaints == []


@each_page
def test_the_data_behind_each_figure_can_be_saved(visit, name: str) -> None:
    seen = visit(name)
    for summary in seen.page.locator("details.figure-data > summary").all():
        summary.click()
        details = summary.locator("..")
        with seen.page.expect_download() as waiting:
            details.locator("a.csv").click()
        text = Path(waiting.value.path()).read_text("utf-8")
        assert waiting.value.suggested_filename == details.locator("a.csv").get_attribute("download")
        assert len(text.splitlines()) >= details.locator("tbody tr").count() + 1
