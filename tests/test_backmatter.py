"""The HTML of the index and the bibliography."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

import helpers
from helpers.book import backmatter
from helpers.people import index, searchkeys
from helpers.record import Campaign, bibliography


class Reader(HTMLParser):
    """Reads a page as its structure: ids, classes, links, languages, and whether every element is closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.languages: set[str] = set()
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [given["id"]] if given.get("id") else []
        self.links += [given["href"]] if given.get("href") else []
        self.languages |= {given["lang"]} if given.get("lang") else set()
        if tag != "input":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def entries(campaign: Campaign) -> str:
    return backmatter.index_list(campaign, [*index.people(campaign), *index.bodies(campaign), *index.places(campaign)])


@pytest.fixture(scope="module")
def references(campaign: Campaign) -> str:
    return "".join(backmatter.reference_list(campaign, kind) for kind in bibliography.kinds(campaign))


def one(html: str, anchor: str) -> str:
    return re.search(rf'<li class="[\w-]+" id="{anchor}".*?</li>', html, re.DOTALL)[0]


def test_the_lists_are_well_formed_and_every_entry_has_its_anchor(
    campaign: Campaign, entries: str, references: str
) -> None:
    seen, cited = Reader(entries), Reader(references)
    assert seen.open == cited.open == []
    assert len(seen.ids) == len(set(seen.ids)) == len(campaign.actors) + len(campaign.places)
    assert cited.ids
    assert set(cited.ids) == {f"source-{key}" for key in campaign.sources.index}


def test_every_link_of_the_index_leads_to_an_entry_or_to_a_source(entries: str, references: str) -> None:
    own, there = set(Reader(entries).ids), set(Reader(references).ids)
    for link in Reader(entries).links:
        page, _, anchor = link.partition("#")
        assert anchor in (own if not page else there), link


def test_names_say_their_language_and_arabic_script_its_direction(entries: str) -> None:
    assert {"ru", "uz-Latn", "tg", "tr", "fa"} <= Reader(entries).languages
    assert '<bdi lang="fa" dir="rtl">امیر عالم خان</bdi>' in one(entries, "person-alimkhan")


def test_an_entry_says_role_life_fate_body_note_and_sources(entries: str) -> None:
    kolesov = one(entries, "person-kolesov")
    assert "Born 1 June 1891; died 29 July 1940." in kolesov
    assert 'href="#body-turkestan_sovnarkom"' in kolesov
    assert 'href="references.html#source-kuts"' in kolesov
    assert "Called governor of the Bolsheviks by Salimbek." in kolesov
    assert '<span data-named="person-kolesov"></span>' in kolesov


def test_an_entry_says_the_side_in_the_words_of_its_own_book() -> None:
    kokand = helpers.load(Path(__file__).parents[1] / "examples/kokand/data")
    entries = [*index.people(kokand), *index.bodies(kokand), *index.places(kokand)]
    shown = backmatter.index_list(kokand, entries)
    assert '<span class="index-kind">Tashkent</span>' in one(shown, "body-turkestan_sovnarkom")
    assert "<p>In 1918: Soviet Turkestan." in one(shown, "place-kokand")


def test_what_was_not_seen_is_said_and_not_left_out(entries: str) -> None:
    assert "Birth and death: not seen." in one(entries, "person-gudovich")


def test_the_hanged_are_said_to_be_hanged_once(entries: str) -> None:
    assert one(entries, "person-haji_siroj").count("Hanged") == 1


def test_only_people_and_places_ask_for_the_chapters_that_name_them(entries: str) -> None:
    assert "data-named" in one(entries, "place-kagan")
    assert "data-named" not in one(entries, "body-kagan_soviet")


@pytest.mark.parametrize(
    ("date", "words"),
    [("1891-06-01", "1 June 1891"), ("1918-03", "March 1918"), ("1894", "1894"), ("1894?", "1894?"), ("189X", "189X")],
)
def test_a_date_of_a_life_is_written_in_words_as_far_as_it_is_known(date: str, words: str) -> None:
    assert backmatter.date_words(date) == words


def test_a_reference_says_how_much_was_read_where_and_with_whom_it_counts(references: str) -> None:
    khodzhaev = one(references, "source-khodzhaev1926")
    assert "several parts of the text, at " in khodzhaev
    assert 'aria-label="libcat.ru, page 9">9</a>' in khodzhaev
    assert "deepbiglib.com (address not kept whole)" in khodzhaev
    assert "took part in what it tells" in khodzhaev
    assert "no address" in one(references, "source-nasha_gazeta")
    assert '<a href="#source-zayats">Zayats</a>' in one(references, "source-nasha_gazeta")


def test_a_year_of_writing_is_told_apart_from_the_year_of_the_edition(references: str) -> None:
    assert "Written 1920, this edition 1970." in one(references, "source-ayni1920")
    assert "1931. Russian." in one(references, "source-alekseenkov1931")


def test_a_title_in_cyrillic_says_its_language_and_a_description_in_english_does_not(references: str) -> None:
    assert '<cite lang="ru">Годы в седле</cite>' in one(references, "source-kuts")
    assert "<cite>Account of a commander" in one(references, "source-front1918")


def test_every_side_of_a_source_has_words(campaign: Campaign) -> None:
    for perspective in campaign.sources["perspective"].unique():
        assert bibliography.side_of(campaign, perspective)


def test_the_box_carries_the_rules_of_the_search_keys_and_keeps_its_place_from_the_start() -> None:
    form = backmatter.filter_form()
    rules = re.search(r'<script type="application/json">(.*?)</script>', form)[1]
    assert json.loads(rules) == searchkeys.browser_rules()
    assert " hidden" not in form.partition(">")[0]
    assert Reader(form).open == []
