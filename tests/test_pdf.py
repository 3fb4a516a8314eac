"""The book on paper: pages joined without clashes, links kept inside the document, contents with page numbers."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from helpers.book import chromium, pdf

ROOT = Path(__file__).parents[1]
TOC = """format: jb-book
root: index
parts:
  - caption: The campaign
    chapters:
      - file: chapters/men
      - file: chapters/days
"""
MEN = """<h1>How many men?</h1><section id="odds"><h2>The odds<a class="headerlink" href="#odds">#</a></h2>
<p><a class="out" href="https://example.org/x">away</a> <a class="in" href="days.html#odds">days</a>
<a class="up" href="../index.html">start</a> <a class="here" href="#odds">here</a></p></section>
<figure><div class="figure-tools"><button>Point</button></div><script>1</script></figure>"""


def write_page(root: Path, name: str, body: str) -> None:
    path = root / pdf.HTML / f"{name}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'<html><body><nav>away</nav><article class="page">{body}</article></body></html>', "utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A built book of three pages, two of which have a section of the same name."""
    (tmp_path / "_toc.yml").write_text(TOC)
    (tmp_path / "CITATION.cff").write_text('title: "A Book: of two chapters"\nversion: 0.1.0\n')
    (tmp_path / "assets").symlink_to(ROOT / "assets")
    write_page(tmp_path, "index", "<h1>A Book</h1><p>Beginning.</p>")
    write_page(tmp_path, "chapters/men", MEN)
    write_page(tmp_path, "chapters/days", '<h1>Which day?</h1><section id="odds"><h2>Odd days</h2></section>')
    return tmp_path


@pytest.fixture
def joined(root: Path) -> BeautifulSoup:
    return BeautifulSoup(pdf.document(root, {"chapters-men--odds": 4}), "html.parser")


def test_every_link_leads_to_a_place_in_the_document_or_out_of_it(joined: BeautifulSoup) -> None:
    places = [element["id"] for element in joined.find_all(id=True)]
    assert len(places) == len(set(places))
    to = {link["class"][0]: link["href"] for link in joined.select("article a[class]")}
    assert to == {
        "out": "https://example.org/x",
        "in": "#chapters-days--odds",
        "up": "#index",
        "here": "#chapters-men--odds",
    }
    assert {href[1:] for href in to.values() if href[0] == "#"} <= set(places)


def test_what_only_a_screen_can_use_is_left_out(joined: BeautifulSoup) -> None:
    assert not joined.select("script, nav:not(.paper-contents), .figure-tools, .headerlink")


def test_the_contents_name_parts_chapters_and_sections_with_the_pages_that_are_known(joined: BeautifulSoup) -> None:
    rows = [" ".join(row.get_text(" ").split()) for row in joined.select(".paper-contents li")]
    assert rows == ["The campaign", "How many men?", "The odds 4", "Which day?", "Odd days"]
    assert joined.select_one(".cover").get_text(" ", strip=True) == "A Book of two chapters Version 0.1.0"


def test_a_book_that_is_not_built_is_not_printed(root: Path, capsys: pytest.CaptureFixture) -> None:
    (root / pdf.HTML / "chapters/men.html").unlink()
    assert pdf.main([str(root)]) == 1
    assert "run `python -m helpers build` first" in capsys.readouterr().err


@pytest.mark.browser
def test_the_printed_contents_have_the_pages_on_which_the_chapters_begin(root: Path) -> None:
    if chromium.find() is None:
        pytest.skip("no Chromium on this machine")
    from pypdf import PdfReader

    assert pdf.make(root) == 5
    pages = [page.extract_text() for page in PdfReader(pdf.target(root)).pages]
    assert "A Book" in pages[0]
    assert "How many men?" in pages[3]
    assert [line.split() for line in pages[1].splitlines() if "odds" in line.lower()] == [["The", "odds", "4"]]
    assert {"Which day?", "5"} <= set(pages[4].splitlines())
