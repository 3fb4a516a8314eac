"""Evidence markers: a number behind a sentence, a note that holds what stands behind it, and keys that do not exist."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from docutils import nodes

from helpers.book import evidence
from helpers.findings.dossier import dossier


@pytest.fixture
def key(campaign) -> str:
    """A finding that some claims support and some contradict."""
    both = campaign.findings.dropna(subset=["claims_for", "claims_against"])
    return both.index[0]


def read(*parts: nodes.Node | str) -> nodes.document:
    """Return a page of one paragraph after its markers were read."""
    page = nodes.document(None, None, source="page")
    paragraph = nodes.paragraph()
    paragraph += [nodes.Text(part) if isinstance(part, str) else part for part in parts]
    page += nodes.section("", nodes.title("", "Q"), paragraph)
    evidence._write_notes(SimpleNamespace(), page)
    return page


def mark(key: str) -> evidence.evidence_mark:
    return evidence.evidence_mark("", key=key)


def html_of(page: nodes.document) -> BeautifulSoup:
    return BeautifulSoup("".join(node.astext() for node in page.findall(nodes.raw)), "html.parser")


def test_a_marker_stands_right_behind_its_sentence(key: str) -> None:
    (paragraph,) = read("It was so. ", mark(key), " And then.").findall(nodes.paragraph)
    assert paragraph[0].astext() == "It was so."
    assert paragraph[2].astext() == " And then."


def test_markers_are_numbered_as_they_come_and_one_finding_has_one_number(campaign, key: str) -> None:
    other = next(name for name in campaign.findings.index if name != key)
    soup = html_of(read("A.", mark(other), "B.", mark(key), "C.", mark(other)))
    links = soup.select(".evidence-mark a")
    assert [link.get_text() for link in links] == ["1", "2", "1"]
    assert [link.get("id") for link in links] == [f"mark-{other}", f"mark-{key}", None]
    assert [link["aria-label"] for link in links] == ["Evidence 1", "Evidence 2", "Evidence 1"]
    assert [note["id"] for note in soup.select(".evidence-notes > li")] == [f"evidence-{other}", f"evidence-{key}"]


def test_a_note_says_who_says_so_and_who_says_otherwise_with_the_place(campaign, key: str) -> None:
    found = dossier(campaign, key)
    soup = BeautifulSoup(evidence.note_html(key), "html.parser")
    told = {dt.get_text(): dt.find_next("dd") for dt in soup.select("dt")}
    for title, claims in (("For", found.supporting), ("Against", found.dissenting)):
        said = [code.get_text() for code in told[title].select("li > code.row-id")]
        assert said == list(claims.index)
    assert told["Strength"].get_text() == found.strength
    assert told["Recomputed by"].get_text() == found.function
    assert soup.select_one(".evidence-back")["href"] == f"#mark-{key}"


def test_quotations_in_a_note_say_their_language(campaign) -> None:
    html = "".join(map(evidence.note_html, campaign.findings.index))
    quotations = BeautifulSoup(html, "html.parser").select("q")
    assert quotations
    assert all(quotation.get("lang") for quotation in quotations)


def test_without_a_script_the_notes_stand_open(key: str) -> None:
    (fold,) = html_of(read("A.", mark(key))).select("details")
    assert fold.has_attr("open")
    assert fold.summary.get_text() == "What stands behind one sentence of this page"


def test_a_key_that_no_finding_has_is_named_and_leaves_no_marker(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[tuple] = []
    monkeypatch.setattr(evidence._log, "warning", lambda *words, **_: said.append(words))
    page = read("A.", mark("no_such_finding"))
    assert said[0][1] == "no_such_finding"
    assert not list(page.findall(nodes.raw))


def test_a_quotation_is_what_the_row_quotes_in_english_or_a_part_of_it(campaign) -> None:
    claims = campaign.claims
    assert evidence.quoted(claims, "karshi_killings-loss-salimbek2009intro", "I too was present") == "I too was present"
    assert evidence.quoted(claims, "old_bukhara-count-britannica11") == "The city has no less than 360 mosques"


@pytest.mark.parametrize(
    ("key", "part", "message"),
    [
        ("nobody-said", "", "no row 'nobody-said' in claims.csv"),
        ("sadr_ziya-died-salimbek2009intro", "", "has no quotation in English"),
        ("sadr_ziya-identity-salimbek2009intro", "I was absent", "'I was absent' does not stand in the quotation"),
    ],
)
def test_words_that_no_row_quotes_are_refused(campaign, key: str, part: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        evidence.quoted(campaign.claims, key, part)


def test_the_note_of_a_quotation_holds_the_original_whose_it_is_and_its_place(campaign) -> None:
    key = "sadr_ziya-identity-salimbek2009intro"
    soup = BeautifulSoup(evidence.note_html(key), "html.parser")
    claim = campaign.claims.loc[key]
    assert (soup.q.get_text(), soup.q["lang"]) == (claim["quote"], "ru")
    for told in (campaign.sources.at[claim["source"], "label"], claim["locator"]):
        assert told in soup.get_text()
