"""What a page carries beside its text: description, addresses, contents, citation, language tags."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from docutils import nodes

from helpers.book import languages, pages, repository, sphinx_ext

ROOT = Path(__file__).parents[1]
NAMES = {"Алиев": "tg"}


def test_a_page_describes_itself_with_its_answer_cut_at_a_word() -> None:
    tree = nodes.document(None, None)
    tree += nodes.paragraph("", "A first paragraph.")
    assert pages.description(tree) == "A first paragraph."
    tree += nodes.admonition("", nodes.paragraph("", "word " * 60), classes=["in-short"])
    assert pages.description(tree).endswith("word…")
    assert len(pages.description(tree)) <= pages.DESCRIPTION_LENGTH


def test_no_address_is_invented_where_none_is_known() -> None:
    assert pages.page_address("", "chapters/forces") == ""
    written = pages.head(title="Men?", book="B", description="<Few>", address="", card="", front=False)
    assert "og:url" not in written
    assert "canonical" not in written
    assert "og:image" not in written
    assert 'name="description" content="&lt;Few&gt;"' in written


def test_where_the_address_is_known_the_page_says_it() -> None:
    address = pages.page_address("https://example.org/book/", "chapters/forces")
    assert address == "https://example.org/book/chapters/forces.html"
    written = pages.head(
        title="Men?", book="B", description="", address=address, card="https://example.org/c.png", front=True
    )
    assert f'<link rel="canonical" href="{address}">' in written
    assert 'property="og:type" content="book"' in written
    assert 'property="og:image" content="https://example.org/c.png"' in written


def contents_list(*items: nodes.list_item) -> nodes.bullet_list:
    return nodes.bullet_list("", *items)


def contents_item(name: str, *more: nodes.Element, classes: tuple[str, ...] = ()) -> nodes.list_item:
    return nodes.list_item("", nodes.paragraph("", name), *more, classes=list(classes))


def test_the_contents_show_the_sections_of_the_current_page_only() -> None:
    current, other = contents_item("Men?", classes=("current",)), contents_item("Which day?")
    page = contents_list(contents_item("Men?", contents_list(contents_item("Odds"))))
    pages.add_sections(contents_list(other, current), page)
    assert [part.astext() for part in current.findall(nodes.paragraph)] == ["Men?", "Odds"]
    assert other.astext() == "Which day?"


def test_a_page_without_sections_adds_nothing_to_the_contents() -> None:
    current = contents_item("Men?", classes=("current",))
    pages.add_sections(contents_list(current), contents_list(contents_item("Men?")))
    assert current.astext() == "Men?"


def test_a_chapter_offers_to_be_run_only_where_the_repository_is_known_and_the_services_can_read_it() -> None:
    for unknown in (None, repository.Repository("gitlab.example.org", "a/b")):
        assert pages.running(unknown, "chapters/forces.ipynb") == ""
    html = pages.running(repository.Repository("github.com", "someone/book"), "chapters/forces.ipynb")
    soup = BeautifulSoup(html, "html.parser")
    links = {link.get_text(): urlsplit(link["href"]) for link in soup.select("a.run")}
    assert {name: link.netloc for name, link in links.items()} == {
        "Binder": "mybinder.org",
        "Colab": "colab.research.google.com",
    }
    assert all("someone/book" in link.path for link in links.values())
    assert soup.code.get_text() == "%env BOOK_REPOSITORY=https://github.com/someone/book"
    assert repository.parse(soup.code.get_text().partition("=")[2]) == repository.Repository(
        "github.com", "someone/book"
    )


@pytest.mark.parametrize(
    ("words", "language"),
    [("Колесов", "ru"), ("Файзулла Хўжаев", "uz-Cyrl"), ("Садриддин Айнӣ", "tg"), ("امیر عالم خان", "fa")],
)
def test_words_in_another_script_are_tagged_by_their_letters(words: str, language: str) -> None:
    assert languages.guessed(words) == language
    direction = ' dir="rtl"' if language == "fa" else ""
    assert languages.tagged(f"<p>({words})</p>", {}) == f'<p>(<span lang="{language}"{direction}>{words}</span>)</p>'


def test_a_name_in_the_table_has_the_language_that_the_table_gives() -> None:
    assert languages.tagged("<td>Алиев</td>", NAMES) == '<td><span lang="tg">Алиев</span></td>'


@pytest.mark.parametrize(
    "html",
    [
        '<q lang="ru">Колесов <em>и</em> другие</q>',
        '<script type="application/json">{"x": "Колесов"}</script>',
        '<a title="Колесов" href="#">x</a>',
        "<p>Kolesov, Xoʻjayev</p>",
    ],
)
def test_what_says_its_language_or_is_no_prose_is_left_alone(html: str) -> None:
    assert languages.tagged(html, NAMES) == html


def test_a_book_that_learns_where_its_repository_is_is_built_again(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = set()
    for address in ("https://github.com/someone/book", "https://github.com/someone/other"):
        monkeypatch.setenv(repository.VARIABLE, address)
        settings.add(sphinx_ext._setting(ROOT))
    assert len(settings) == 2


@pytest.mark.browser
def test_the_chapters_of_the_built_book_offer_to_be_run_where_its_repository_is_known_and_nowhere_else(
    built_book,
) -> None:
    found = repository.find(ROOT)
    known = bool(found and found.run_links("chapters/forces.ipynb"))
    offering = {page.stem for page in built_book.rglob("*.html") if 'class="running"' in page.read_text("utf-8")}
    assert offering == ({path.stem for path in (ROOT / "chapters").glob("*.ipynb")} if known else set())
