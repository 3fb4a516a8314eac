"""Pictures of figures: what is drawn, what is kept, how the SVG is slimmed, and a build without a browser."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import pandas as pd
import pytest

from helpers.book import build, chromium, execute, markup, pictures, svg
from helpers.figures import style

ROOT = Path(__file__).parents[1]
TABLE = pd.DataFrame({"men": [1]})
PLOTLY = (
    '<svg xmlns="http://www.w3.org/2000/svg" class="main-svg" width="720" height="300">'
    '<rect x="0" y="0" width="720" height="300" style="fill: rgb(0, 0, 0); fill-opacity: 0;"/>'
    '<rect x="0" y="0" width="0" height="0" style="fill: rgb(128, 139, 164); fill-opacity: 1;"/>'
    '<defs><clipPath id="clipab12"><rect width="628" height="223"/></clipPath></defs><g class="empty"><g/></g>'
    '<path class="xlines-above crisp" d="M0,0" style="fill: none;"/>'
    '<g clip-path="url(#clipab12)"><path d="M31.4567,2Z" style="opacity: 1; fill: rgb(0, 114, 178); fill-opacity: 1;"/>'
    '<path d="M1,2Z" style="fill: rgb(1, 2, 3); fill-opacity: 0.5; stroke: rgb(93, 98, 105);"/></g>'
    '<text x="1" style="font-family: system-ui, sans-serif; font-weight: bold;" data-unformatted="a">A &amp; B</text>'
    "</svg>"
)


def page_with(*, height: int = 300) -> str:
    drawn = style.blank(height=height).add_scatter(x=[1, 2], y=[3, 4], marker_color=style.BLUE)
    return markup.figure_html(drawn, name="men", caption="Men.", alt="Few.", table=TABLE)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "assets").symlink_to(ROOT / "assets")
    return tmp_path


@pytest.fixture
def shown(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book that shows one figure."""
    monkeypatch.setattr(pictures, "_shown", lambda root: pictures.plots(page_with()))
    return root


@pytest.fixture
def slim() -> ElementTree.Element:
    return ElementTree.fromstring(svg.slim(PLOTLY, name="fig", css="picture wide", swapped=frozenset(style.DARK_FOR)))


def test_a_picture_keeps_its_marks_and_loses_what_draws_nothing(slim: ElementTree.Element) -> None:
    assert slim.attrib == {"class": "picture wide", "viewBox": "0 0 720 300", "aria-hidden": "true"}
    assert [element.tag for element in slim.iter()] == ["svg", "defs", "clipPath", "rect", "g", "path", "path", "text"]
    assert slim.find("text").text == "A & B"
    assert slim.find("text").get("style") == "font-weight:bold"
    assert slim.find("g/path").get("d") == "M31.5,2Z"


def test_the_colours_of_a_picture_follow_the_theme_and_unknown_ones_stay(slim: ElementTree.Element) -> None:
    first, second = slim.findall("g/path")
    assert first.get("style") == "fill:var(--fig-0072b2,#0072b2)"
    assert second.get("style") == "fill:#010203;fill-opacity:0.5;stroke:var(--fig-5d6269,#5d6269)"
    assert "--fig-0072b2:#3D9BD6;" in pictures.dark_colours(ROOT)


def test_two_pictures_on_a_page_share_no_identifier(slim: ElementTree.Element) -> None:
    assert slim.find("defs/clipPath").get("id") == "fig-0"
    assert slim.find("g").get("clip-path") == "url(#fig-0)"


def test_a_picture_is_drawn_anew_when_its_figure_or_its_height_changes(root: Path) -> None:
    (one,) = pictures.plots(page_with())
    (taller,) = pictures.plots(page_with(height=301))
    assert one.key(root) == next(pictures.plots(page_with())).key(root)
    assert one.key(root) != taller.key(root)


def test_a_page_gets_the_pictures_that_are_there_and_is_left_as_it_is_without(root: Path) -> None:
    html = page_with()
    assert pictures.inserted(html, root) == html
    (plot,) = pictures.plots(html)
    file = pictures._file(root, plot)
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps({"wide": "<svg>w</svg>", "narrow": "<svg>n</svg>"}), "utf-8")
    assert "<svg>w</svg><svg>n</svg><script" in pictures.inserted(html, root)


@pytest.fixture
def built(root: Path) -> SimpleNamespace:
    """A build that has written a page with a figure and one without, and whose browser is done."""
    for name, text in {"men": page_with(), "towns": "<p>Kagan.</p>"}.items():
        (root / f"{name}.html").write_text(text, "utf-8")
    (plot,) = pictures.plots(page_with())
    file = pictures._file(root, plot)
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps({"wide": '<svg class="picture wide">', "narrow": "<svg>"}), "utf-8")
    builder = SimpleNamespace(format="html", get_outfilename=lambda name: str(root / f"{name}.html"))
    env = SimpleNamespace(found_docs={"men", "towns", "not-written"})
    return SimpleNamespace(srcdir=root, builder=builder, env=env)


@pytest.fixture
def browser_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(chromium.VARIABLE, "/no/such/chromium")


def test_pages_get_their_pictures_when_all_are_written(built: SimpleNamespace, browser_named: None) -> None:
    pictures._insert(built, None)
    assert 'px"><svg class="picture wide"><svg><script' in (built.srcdir / "men.html").read_text("utf-8")
    assert (built.srcdir / "towns.html").read_text("utf-8") == "<p>Kagan.</p>"


def test_a_build_that_ended_before_its_pictures_were_there_leaves_pages_to_make_again(
    built: SimpleNamespace, browser_named: None
) -> None:
    pictures._insert(built, KeyboardInterrupt())
    assert pictures._outdated(built, built.env, set(), set(), set()) == {"men"}
    pictures._insert(built, None)
    assert pictures._outdated(built, built.env, set(), set(), set()) == set()


def test_without_a_browser_no_page_waits_for_pictures(built: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(chromium.VARIABLE, "none")
    assert pictures._outdated(built, built.env, set(), set(), set()) == set()


@pytest.mark.parametrize(("figures", "shares"), [(20, [list(range(0, 20, 2)), list(range(1, 20, 2))]), (1, [[0]])])
def test_figures_are_shared_out_among_browsers_and_none_is_begun_without_one(
    root: Path, browser_named: None, monkeypatch: pytest.MonkeyPatch, figures: int, shares: list[list[int]]
) -> None:
    begun: list[list[int]] = []
    monkeypatch.setattr(pictures, "_BROWSERS", 2)
    monkeypatch.setattr(pictures, "_draw", lambda root, shares: begun.extend([p.wide for p in some] for some in shares))
    pictures.draw(root, (pictures.Plot("{}", height, 1) for height in range(figures)), report=lambda text: None)
    assert begun == shares


def test_without_a_browser_the_build_says_so_and_goes_on(shown: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(chromium.VARIABLE, "none")
    said: list[str] = []
    pictures.draw_shown(shown, report=said.append)
    assert said == [pictures.NONE_HERE]


@pytest.fixture
def spoilt_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    def name(script: str) -> None:
        browser = tmp_path / "browser"
        if script:
            browser.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
            browser.chmod(0o755)
        monkeypatch.setenv(chromium.VARIABLE, str(browser))

    return name


@pytest.mark.skipif(sys.platform == "win32", reason="the browsers are scripts of a Unix shell")
@pytest.mark.parametrize(
    ("script", "told"),
    [
        pytest.param("", "browser: No such file", id="is not there"),
        pytest.param("exit 1", "ended with 1", id="fails"),
        pytest.param("echo careful >&2; kill -SEGV $$", "ended with -11: careful", id="crashes"),
        pytest.param("exit 0", "came back without pictures", id="draws nothing"),
        pytest.param("sleep 300 & sleep 300", "hangs: 1 s without a word", id="hangs, and so does what it has begun"),
    ],
)
def test_without_a_browser_that_works_the_book_is_built_without_pictures_and_says_why(
    shown: Path,
    spoilt_browser: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture,
    script: str,
    told: str,
) -> None:
    spoilt_browser(script)
    real = chromium.dump_all
    monkeypatch.setattr(chromium, "dump_all", lambda pages, **options: real(pages, **{**options, "silence": 1}))
    assert build.draw_figures(shown)
    assert chromium.find() is None, "the pages do not wait for it again"
    *_, line = capsys.readouterr().out.splitlines()
    assert line.startswith("  no pictures, the figures draw themselves: ")
    assert told in line
    assert list((shown / "_build/.tmp").iterdir()) == []
    assert subprocess.run(["pgrep", "-f", str(shown / "browser")], check=False, capture_output=True).stdout == b""


def test_a_book_without_executed_notebooks_needs_no_pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(execute, "notebooks", lambda root: iter(()))
    pictures.draw_shown(tmp_path, report=lambda text: pytest.fail(text))


@pytest.mark.browser
def test_a_browser_draws_each_figure_once_for_wide_and_once_for_narrow_screens(shown: Path) -> None:
    if chromium.find() is None:
        pytest.skip("no Chromium on this machine")
    said: list[str] = []
    pictures.draw_shown(shown, report=said.append)
    pictures.draw_shown(shown, report=said.append)
    assert said == ["  drawing 1 figures"]
    html = pictures.inserted(page_with(), shown)
    assert 'viewBox="0 0 720 300"' in html
    assert 'viewBox="0 0 340 300"' in html
    assert "var(--fig-0072b2,#0072b2)" in html
