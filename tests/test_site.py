"""The built book in a real browser: every page, from disk and served, at three widths, in both themes.

A page is opened as seldom as can be: many questions are asked of one visit, and what is dear is asked of the fewest
pages that have everything: axe-core in the dark on a phone, and figures that come to life.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import quote

import axe_playwright_python
import pytest
from browsing import HTML, PHONE, ROOT, TABLET, WIDE, Visit, fewest, opener
from bs4 import BeautifulSoup
from playwright.sync_api import Page

from helpers.book import execute, search, verify
from helpers.figures import style

PAGES = [page.removesuffix(".md").removesuffix(".ipynb") for page in execute.pages(ROOT)]
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")
WITHOUT_FIGURES, WITH_FIGURES = 130_000, 200_000
"""Bytes of a page on the wire, compressed, before a figure is touched."""
LATE_MS = 250
STEADY = 0.02
SHIFTED = """new Promise((done) => {
  let shifted = 0;
  const observer = new PerformanceObserver((list) => list.getEntries().forEach((one) => (shifted += one.value)));
  observer.observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(shifted), 100);
})"""
"""How far things moved under the reader's eyes, as the Layout Instability API has it: 0 is not at all."""
UNSEEN = "all => all.filter((mark) => !document.getElementById(mark.hash.slice(1))?.checkVisibility()).map(String)"

pytestmark = pytest.mark.browser
each_page = pytest.mark.parametrize("name", PAGES)


@cache
def soup(name: str) -> BeautifulSoup:
    return BeautifulSoup((HTML / f"{name}.html").read_text("utf-8"), "html.parser")


def classes(name: str) -> set[str]:
    """Return the classes of the elements of a page: what its style and its scripts know it by."""
    elements = soup(name).body.select("[class]:not(svg, svg *)")
    return {word for element in elements for word in element["class"]}


def drawings(name: str) -> set[str]:
    """Return what the figures of a page are drawn with: kinds of traces, and what plotly puts beside them."""
    found: set[str] = set()
    for script in soup(name).select(".book-plot > script[type='application/json']"):
        spec = json.loads(script.string)
        for trace in spec["data"]:
            found.add(f"{trace.get('type', 'scatter')} {trace.get('mode', '')}")
            found |= trace.keys() & {"fill", "error_x", "error_y", "stackgroup"}
        layout = spec["layout"]
        found |= {part for part in ("images", "shapes", "annotations") if layout.get(part)}
        found |= {"frames"} if spec.get("frames") else set()
        found |= {"panels"} if "xaxis2" in layout else set()
    return found


def broken_rules(page: Page) -> list[str]:
    """Return what axe-core finds wrong on the page as it stands."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations'], preload: false})")["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:200]}" for rule in found]


def overflow(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


# --- Every page, before anything is touched -----------------------------------------------------------------


@pytest.fixture(scope="module", params=PAGES)
def opened(request: pytest.FixtureRequest, browser, built_book: Path, server: str) -> Iterator[Visit]:
    """A page from disk, in the light, of which nothing but its width is changed."""
    with opener(browser, built_book, server) as open_page:
        yield open_page(request.param)


def is_whole(seen: Visit, theme: str) -> None:
    """Nothing is wider than the screen, every figure shows its picture, and the browser has nothing to say."""
    assert seen.page.locator("html").get_attribute("data-theme") == theme
    for width in (PHONE, TABLET, WIDE):
        seen.page.set_viewport_size({"width": width, "height": 900})
        assert overflow(seen.page) <= 0, f"at {width} px the page is wider than the screen"
        pictures = seen.visible(".book-plot > .picture")
        assert pictures == seen.page.locator(".book-plot").count(), f"at {width} px"
    assert seen.complaints == []
    assert seen.foreign == []
    assert not any("plotly" in url for url in seen.requests)


def test_a_page_is_light_until_a_figure_is_touched(opened: Visit, built_book: Path) -> None:
    files = {url.split("?")[0].removeprefix(f"{built_book.as_uri()}/") for url in opened.requests}
    weight = sum(len(gzip.compress((built_book / file).read_bytes())) for file in files)
    assert weight <= (WITH_FIGURES if opened.page.locator(".book-plot").count() else WITHOUT_FIGURES)


def test_a_page_from_disk_is_whole_at_every_width(opened: Visit) -> None:
    is_whole(opened, "light")
    assert broken_rules(opened.page) == []
    for figure in opened.page.locator("figure.book-figure").all():
        assert figure.locator("figcaption").inner_text().startswith("Figure ")
        assert figure.locator(".book-alt, .book-widget").count() == 1


def test_the_data_behind_each_figure_can_be_saved(opened: Visit) -> None:
    for details in opened.page.locator("details.figure-data").all():
        details.locator("summary").click()
        with opened.page.expect_download() as waiting:
            details.locator("a.csv").click()
        text = Path(waiting.value.path()).read_text("utf-8")
        assert waiting.value.suggested_filename == details.locator("a.csv").get_attribute("download")
        assert len(text.splitlines()) >= details.locator("tbody tr").count() + 1


@each_page
def test_a_served_page_is_whole_in_the_dark_and_nothing_jumps_when_its_scripts_come_late(visit, name: str) -> None:
    seen = visit(name, served=True, theme="dark", width=PHONE, late=LATE_MS)
    seen.page.wait_for_function("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert seen.page.evaluate(SHIFTED) < STEADY
    is_whole(seen, "dark")


def test_what_is_seen_in_the_dark_on_a_phone_breaks_no_rule(visit, built_book: Path, subtests) -> None:
    for name in fewest({name: classes(name) for name in PAGES}):
        with subtests.test(name):
            assert broken_rules(visit(name, width=PHONE, theme="dark").page) == []


@each_page
def test_a_page_can_be_read_without_a_script(visit, name: str) -> None:
    seen = visit(name, width=PHONE, java_script_enabled=False)
    assert seen.visible(".book-plot > .picture") == seen.page.locator(".book-plot").count()
    assert seen.visible("figcaption") == seen.page.locator("figcaption").count()
    assert seen.visible(".figure-touch, .figure-tools label, .theme-button, .widget-live") == 0
    assert seen.page.eval_on_selector_all("a[data-evidence]", UNSEEN) == []
    seen.page.locator(".contents-button").click()
    assert seen.page.locator("#contents").is_visible()


def test_every_link_in_the_book_leads_somewhere(built_book: Path) -> None:
    assert verify.faults(ROOT) == []


def test_every_page_names_an_icon_that_is_there_or_a_browser_would_ask_for_another(built_book: Path) -> None:
    for path in built_book.rglob("*.html"):
        (icon,) = re.findall(r'<link rel="icon" href="([^"]+)">', path.read_text("utf-8"))
        anywhere = icon.startswith("data:image/svg+xml;base64,")
        assert anywhere if path.stem == "404" else (path.parent / icon).is_file(), path


def test_the_book_has_figures_and_each_has_its_pictures(built_book: Path) -> None:
    plots = [plot for name in PAGES for plot in soup(name).select(".book-plot")]
    assert plots
    assert all(len(plot.select("svg.picture")) == 2 for plot in plots)


def test_few_pages_show_all_that_there_is() -> None:
    assert fewest({"a": {"x"}, "b": {"x", "y", "z"}, "c": {"y", "v"}}) == ["b", "c"]


# --- Figures --------------------------------------------------------------------------------------------------


def test_figures_of_every_kind_come_to_life_in_the_room_kept_for_them(visit, built_book: Path, subtests) -> None:
    for name in fewest({name: drawings(name) for name in PAGES}):
        with subtests.test(name):
            comes_to_life(visit(name, width=PHONE))


def comes_to_life(seen: Visit) -> None:
    """The figures are drawn where their pictures were, in letters for the screen and colours for the theme."""
    before = heights(seen.page)
    assert seen.wake_figures() == len(before)
    assert heights(seen.page) == pytest.approx(before, abs=1)
    assert seen.visible(".book-plot > .picture") == 0
    assert seen.visible(".plot-live .main-svg >> nth=0") == 1
    size = "window.bookFigures[0].live.layout.font?.size"
    assert seen.page.evaluate(size) == style.NARROW["font.size"]
    seen.page.set_viewport_size({"width": WIDE, "height": 900})
    seen.page.wait_for_function(f"{size} !== {style.NARROW['font.size']}")
    ink = "window.bookFigures[0].live._fullLayout.font.color"
    light = seen.page.evaluate(ink)
    seen.page.locator(".theme-button").click()
    seen.page.wait_for_function(f"{ink} !== {light!r}")
    assert broken_rules(seen.page) == []
    assert overflow(seen.page) <= 0
    assert seen.complaints == []


def heights(page: Page) -> list[float]:
    return page.eval_on_selector_all(".book-plot", "all => all.map(e => e.getBoundingClientRect().height)")


def page_with(selector: str) -> str:
    """Return the first page that has such an element; skip the test while the book has none."""
    found = next((name for name in PAGES if soup(name).select_one(selector)), None)
    return found or pytest.skip(f"no page has {selector} yet")


@pytest.mark.parametrize("way", ["mouse", "touch", "keyboard"])
def test_a_figure_is_drawn_when_a_reader_asks_for_it(visit, built_book: Path, way: str) -> None:
    seen = visit(page_with(".book-plot"), width=PHONE, has_touch=True)
    figure = seen.page.locator("figure.book-figure:has(.book-plot)").first
    plot = figure.locator(".book-plot")
    plot.scroll_into_view_if_needed()
    assert figure.locator(".figure-touch").is_visible()
    if way == "mouse":
        plot.hover()
    elif way == "touch":
        plot.tap()
    else:
        figure.locator(".figure-touch").focus()
        seen.page.keyboard.press("Enter")
    plot.locator(".main-svg").first.wait_for()
    assert seen.complaints == []


def test_a_figure_answers_when_the_network_is_gone(visit, server: str) -> None:
    seen = visit(page_with(".book-plot"), served=True, width=PHONE, has_touch=True)
    plot = seen.page.locator(".book-plot").first
    seen.page.mouse.wheel(0, 200)
    plot.scroll_into_view_if_needed()
    # The figure may have been near enough before the first scroll, so what has come is asked, not waited for.
    come = "performance.getEntriesByType('resource').some(e => e.name.includes('plotly') && e.responseEnd > 0)"
    seen.page.wait_for_function(come)
    seen.page.context.set_offline(True)
    plot.tap()
    plot.locator(".main-svg").first.wait_for()


def test_a_figure_whose_script_cannot_be_had_keeps_its_picture_and_says_so(visit, server: str) -> None:
    seen = visit(page_with(".book-plot"), served=True)
    seen.page.route("**/plotly*", lambda route: route.abort())
    figure = seen.page.locator("figure:has(.book-plot)").first
    figure.locator(".figure-touch").click()
    figure.get_by_text("cannot be loaded just now").wait_for()
    assert figure.locator(".picture").first.is_visible()


def test_a_figure_without_a_picture_is_drawn_when_it_comes_near_the_screen(visit, server: str) -> None:
    name = page_with(".book-plot")
    seen = visit("404", served=True)
    bare = re.sub(r'<svg class="picture.*?</svg>', "", (HTML / f"{name}.html").read_text("utf-8"), flags=re.S)
    seen.page.route(f"**/{name}.html", lambda route: route.fulfill(body=bare, content_type="text/html"))
    seen.page.goto(f"{server}/{name}.html")
    plot = seen.page.locator(".book-plot").first
    assert seen.visible(".figure-touch") == 0
    plot.scroll_into_view_if_needed()
    plot.locator(".main-svg").first.wait_for()
    assert seen.complaints == []


# --- Markers, terms, search, colours --------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_marker_opens_by_keyboard_takes_the_reader_in_and_back(visit, built_book: Path, key: str) -> None:
    seen = visit(page_with("a[data-evidence]"))
    mark = seen.page.locator("a[data-evidence]").first
    mark.focus()
    seen.page.keyboard.press(key)
    panel = seen.page.get_by_role("region", name=mark.get_attribute("aria-label"))
    assert mark.get_attribute("aria-expanded") == "true"
    assert panel.get_attribute("id") == mark.get_attribute("aria-controls")
    assert panel.evaluate("e => e === document.activeElement")
    assert broken_rules(seen.page) == []
    seen.page.keyboard.press("Escape")
    assert seen.page.locator(".evidence-panel").count() == 0
    assert mark.evaluate("e => e === document.activeElement")
    assert mark.get_attribute("aria-expanded") == "false"


def test_a_tap_opens_one_note_at_a_time_and_shows_what_stands_at_the_foot(visit, built_book: Path) -> None:
    seen = visit(page_with("a[data-evidence]"), width=PHONE, has_touch=True)
    marks = seen.page.locator("a[data-evidence]")
    for mark in marks.all()[:2]:
        mark.tap()
        assert seen.page.locator(".evidence-panel").count() == 1
        note = seen.page.locator(f"[id='{mark.get_attribute('href')[1:]}'] .evidence-sentence")
        assert seen.page.locator(".evidence-panel .evidence-sentence").inner_text() in note.text_content()
        assert overflow(seen.page) <= 0
    seen.page.locator(".evidence-close").tap()
    assert seen.page.locator(".evidence-panel").count() == 0


def test_the_notes_at_the_foot_are_folded_and_unfold_for_a_link_to_one(visit, built_book: Path) -> None:
    seen = visit(page_with("a[data-evidence]"), reduced_motion="reduce")  # or the page would still be on its way
    fold = seen.page.locator(".evidence-fold")
    assert fold.get_attribute("open") is None
    seen.page.locator("a[data-evidence]").last.click()
    seen.page.locator(".evidence-panel .evidence-link").click()
    note = seen.page.locator(".evidence-notes > li:target")
    note.wait_for()
    assert fold.get_attribute("open") is not None
    assert note.evaluate("e => e.getBoundingClientRect().top < innerHeight")


def test_a_term_says_what_it_means_by_mouse_touch_and_keyboard(visit, built_book: Path) -> None:
    seen = visit(page_with("a.term"), width=PHONE, has_touch=True)
    term = seen.page.locator("a.term").first
    meaning = seen.page.locator(f"[id='{term.get_attribute('aria-describedby')}']").text_content()
    box = seen.page.locator(".term-box")
    term.hover()
    box.wait_for()
    assert box.inner_text() == meaning
    seen.page.keyboard.press("Escape")
    assert box.is_hidden()
    term.tap()
    assert box.is_visible()
    assert overflow(seen.page) <= 0


VARIANTS = ["Kolesov", "Колесов", "Ходжаев", "Xo'jayev", "Xoʻjayev", "Khojaev"]


@pytest.mark.parametrize("served", [False, True], ids=["disk", "served"])
def test_the_search_finds_a_person_under_any_spelling_of_the_name(visit, built_book, served: bool) -> None:
    known = (ROOT / "chapters/people.md").exists() or (ROOT / "chapters/people.ipynb").exists()
    for name in VARIANTS if known else VARIANTS[:1]:
        seen = visit(f"search?q={quote(name)}", served=served)
        # Results come one after another.
        seen.page.locator(f"#search-results a[href*='{'people.html' if known else '.html'}']").first.wait_for()
        assert seen.complaints == []


def test_the_search_reads_a_query_as_the_index_was_written(visit, built_book: Path) -> None:
    seen = visit("search")
    for text in ("Xo'jayev Xoʻjayev Xôjayev", "Фёдор Ҳайит Хўжаев Айнӣ", "امیر عالم", "first-rate, 1918"):
        assert seen.page.evaluate("splitQuery", text) == search.SearchBook({}).split(text)


def test_the_chosen_colours_stay_from_page_to_page(visit, server: str) -> None:
    seen = visit("index", served=True)
    seen.page.locator(".theme-button").click()
    seen.page.reload()
    assert seen.page.locator("html").get_attribute("data-theme") == "dark"
    assert seen.page.locator(".theme-button").get_attribute("aria-pressed") == "true"


def test_an_address_that_leads_nowhere_names_the_chapter_next_to_it(visit, server: str, built_book: Path) -> None:
    nearest = next(name for name in PAGES if name.startswith("chapters/"))
    seen = visit("index", served=True)
    seen.page.route(
        "**/mistyped/**", lambda route: route.fulfill(path=built_book / "404.html", content_type="text/html")
    )
    seen.page.goto(f"{server}/mistyped/chapters/{nearest.removeprefix('chapters/')}e.html")
    link = seen.page.locator("#nearest a")
    assert link.get_attribute("href") == f"/mistyped/{nearest}.html"
    assert seen.page.locator("#home").get_attribute("href") == "/mistyped/index.html"
    assert seen.complaints == []
    assert broken_rules(seen.page) == []
