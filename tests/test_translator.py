"""What Sphinx writes of tables, code and notes in the margin, so that a keyboard and a screen reader can use it."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

PAGE = """Men
===

.. toctree::
   :caption: The campaign

   other

.. margin::

   Beside it.

.. code-block:: python

   men = 1

== ==
a  b
== ==

== ==
c  d
== ==
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> BeautifulSoup:
    """A page with two tables, code, a list of chapters and a note in the margin, written by the book's translator."""
    root = tmp_path_factory.mktemp("book")
    (root / "conf.py").write_text("html_theme = 'basic'\nextensions = ['helpers.book.translator']\n")
    (root / "index.rst").write_text(PAGE)
    (root / "other.rst").write_text("Days\n====\n")
    with docutils_namespace():
        app = Sphinx(root, root, root / "html", root / "trees", "html", status=None, warningiserror=True)
        app.connect("doctree-read", _hide_something)
        app.build()
    return BeautifulSoup((root / "html/index.html").read_text("utf-8"), "html.parser").select_one("div.body")


def _hide_something(app: Sphinx, doctree: nodes.document) -> None:
    doctree += HideCodeCellNode("", nodes.paragraph("", "men"), prompt_show="Show <it>", prompt_hide="Hide it")


def test_two_tables_of_a_page_scroll_by_keyboard_and_have_two_names(page: BeautifulSoup) -> None:
    regions = page.select('[role="region"][tabindex="0"]')
    assert [region["aria-label"] for region in regions] == ["Table 1", "Table 2"]
    assert [region.table.get_text(" ", strip=True) for region in regions] == ["a b", "c d"]


def test_code_scrolls_by_keyboard(page: BeautifulSoup) -> None:
    assert [code["tabindex"] for code in page.select(".highlight > pre")] == ["0"]


def test_the_caption_of_a_list_of_chapters_is_no_heading(page: BeautifulSoup) -> None:
    (caption,) = page.select("p.caption")
    assert not caption.has_attr("role")


def test_what_hides_code_is_named_by_its_words(page: BeautifulSoup) -> None:
    (summary,) = page.select("details.hide > summary")
    assert not summary.attrs
    assert [words.get_text() for words in summary.find_all("p")] == ["Show <it>", "Hide it"]


def test_a_note_in_the_margin_stands_in_an_aside(page: BeautifulSoup) -> None:
    (note,) = page.select("aside.margin")
    assert note.get_text(strip=True) == "Beside it."
