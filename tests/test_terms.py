"""Terms: the link of a term carries what the glossary says of it."""

from types import SimpleNamespace

from bs4 import BeautifulSoup
from docutils import nodes
from docutils.utils import new_document

from helpers.book import terms

LINK = '<a class="reference internal" href="glossary.html#term-{0}"><span class="xref std std-term">{0}</span></a>'


def test_a_term_is_described_where_it_stands_and_once_a_page() -> None:
    html = terms.explained(f"<p>{LINK.format('bek')} {LINK.format('bek')}</p>", {"term-bek": "A <governor>."})
    soup = BeautifulSoup(html, "html.parser")
    first, second = soup.select("a.term")
    assert first["href"] == second["href"] == "glossary.html#term-bek"
    (meaning,) = soup.select(f"#{first['aria-describedby']}")
    assert meaning.get_text() == "A <governor>."
    assert meaning.has_attr("hidden")


def test_a_term_without_a_description_stays_a_link() -> None:
    html = LINK.format("bek")
    assert terms.explained(html, {}) == html


def test_a_description_has_the_words_of_the_glossary_and_not_the_tags_around_them() -> None:
    raw = [nodes.raw("", markup, format="html") for markup in ('<span lang="ru">', "</span>")]
    meaning = nodes.paragraph("", "", nodes.Text("("), raw[0], nodes.Text("бек"), raw[1], nodes.Text(")\nGovernor."))
    item = nodes.definition_list_item("", nodes.term("", "bek", ids=["term-bek"]), nodes.definition("", meaning))
    document = new_document("glossary")
    document += nodes.definition_list("", item)
    objects = [("bek", "bek", "term", "glossary", "term-bek", -1), ("x", "x", "label", "index", "x", -1)]
    domain = SimpleNamespace(get_objects=lambda: objects)
    env = SimpleNamespace(get_domain={"std": domain}.__getitem__, get_doctree={"glossary": document}.__getitem__)
    assert terms.definitions(env) == {"term-bek": "(бек) Governor."}
