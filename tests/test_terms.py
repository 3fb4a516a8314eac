"""Terms: the link of a term carries what the glossary says of it."""

from types import SimpleNamespace

from bs4 import BeautifulSoup
from docutils import nodes
from docutils.utils import new_document

from helpers.book import terms


def page_with_links(*names: str) -> nodes.document:
    page = new_document("page")
    for name in names:
        words = nodes.inline("", name, classes=["xref", "std", "std-term"])
        page += nodes.paragraph("", "", nodes.reference("", "", words, refuri=f"glossary.html#term-{name}"))
    return page


def test_a_term_is_described_where_it_stands_and_once_a_page() -> None:
    page = page_with_links("bek", "bek")
    terms.explain(page, {"term-bek": "A <governor>.", "term-jadid": "A reformer."})
    links = list(page.findall(terms.explained_term))
    assert [link.astext() for link in links] == ["bek", "bek"]
    assert {link["address"] for link in links} == {"glossary.html#term-bek"}
    soup = BeautifulSoup(page[-1].astext(), "html.parser")
    (meaning,) = soup.find_all(id=f"meaning-{links[0]['place']}")
    assert meaning.get_text() == "A <governor>."
    assert meaning.has_attr("hidden")
    assert len(soup.find_all("p")) == 1


def test_a_term_without_a_description_stays_a_link() -> None:
    page = page_with_links("bek")
    before = page.pformat()
    terms.explain(page, {})
    assert page.pformat() == before


def test_a_link_that_leads_to_no_term_stays_as_it_is() -> None:
    page = new_document("page")
    page += nodes.paragraph("", "", nodes.reference("", "bek", refuri="glossary.html#term-bek"))
    before = page.pformat()
    terms.explain(page, {"term-bek": "A governor."})
    assert page.pformat() == before


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
