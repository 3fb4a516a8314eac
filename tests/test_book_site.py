"""The site around the pages: no address without one given, a sitemap."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from helpers.book import search, site


def test_the_address_comes_from_outside_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(site.VARIABLE, raising=False)
    assert site.address() == ""
    monkeypatch.setenv(site.VARIABLE, " https://example.org/book/ ")
    assert site.address() == "https://example.org/book"


def test_the_sitemap_lists_every_page() -> None:
    tree = ElementTree.fromstring(site.sitemap("https://example.org/b", ["index", "chapters/a&b"]).encode())
    assert [place.text for place in tree.findall(".//{*}loc")] == [
        "https://example.org/b/index.html",
        "https://example.org/b/chapters/a&b.html",
    ]


@pytest.mark.parametrize(
    ("icon", "address"),
    [
        ("look.svg", "data:image/svg+xml;base64,PHN2Zy8+"),
        ("look.png", "data:image/png;base64,PHN2Zy8+"),
        ("https://example.org/look.svg", "https://example.org/look.svg"),
    ],
)
def test_an_icon_is_named_so_that_a_page_under_any_address_has_it(tmp_path: Path, icon: str, address: str) -> None:
    for name in ("look.svg", "look.png"):
        (tmp_path / name).write_text("<svg/>")
    assert site.within(tmp_path, icon) == address


@pytest.mark.parametrize("name", ["Xo'jayev", "Xoʻjayev", "Xo’jayev", "Xojayev", "Xôjayev"])
def test_the_search_reads_one_name_in_every_way_of_writing_its_letters(name: str) -> None:
    words = search.SearchBook({}).split(f"so says {name}.")
    assert words == ["so", "says", "Xojayev"]


@pytest.mark.parametrize(
    ("text", "read"), [("Фёдор", "Федор"), ("Файзулла Хўжаев", "Файзулла Хўжаев"), ("Айнӣ", "Айнӣ")]
)
def test_cyrillic_letters_keep_their_marks_except_yo(text: str, read: str) -> None:
    assert search.folded(text) == read
