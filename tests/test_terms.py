"""Terms: the link of a term carries what the glossary says of it."""

from bs4 import BeautifulSoup

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
