"""The index of people, bodies and places."""

from __future__ import annotations

import copy
import dataclasses

import pytest

from helpers.people import index
from helpers.people.searchkeys import finds
from helpers.record import Campaign, described


def found(entries: list[index.Entry], query: str) -> list[str]:
    return [entry.anchor for entry in entries if finds(query, entry.keys)]


@pytest.mark.parametrize("query", ["Колесов", "kolesov", "Kolessow", "Фёдор Колесов"])
def test_kolesov_is_found_in_any_script(campaign: Campaign, query: str) -> None:
    assert found(index.people(campaign), query) == ["person-kolesov"]


@pytest.mark.parametrize("query", ["Ходжаев", "Xo'jayev", "Khojaev", "Xoʻjayev", "Khodjayev"])
def test_khodzhaev_is_found_under_each_of_his_spellings(campaign: Campaign, query: str) -> None:
    assert "person-khodzhaev" in found(index.people(campaign), query)


def test_the_emir_is_found_in_arabic_script(campaign: Campaign) -> None:
    assert found(index.people(campaign), "عالم خان") == ["person-alimkhan"]


def test_a_place_is_found_by_its_name_of_then_and_of_today(campaign: Campaign) -> None:
    places = index.places(campaign)
    assert found(places, "Türkmenabat") == found(places, "Чарджуй") == ["place-chardzhui"]
    assert "place-kagan" in found(places, "Новая Бухара")


def test_every_actor_and_place_has_one_entry_and_every_recorded_name_is_in_it(campaign: Campaign) -> None:
    entries = [*index.people(campaign), *index.bodies(campaign), *index.places(campaign)]
    assert len({entry.anchor for entry in entries}) == len(entries) == len(campaign.actors) + len(campaign.places)
    names = {entry.anchor.partition("-")[2]: {entry.name, *(n.text for n in entry.names)} for entry in entries[:-1]}
    assert [row.name for row in campaign.actor_names.itertuples() if row.name not in names[row.actor]] == []


def test_no_name_stands_twice_in_an_entry_and_the_one_in_its_own_script_comes_first(campaign: Campaign) -> None:
    kolesov = next(entry for entry in index.people(campaign) if entry.anchor == "person-kolesov")
    texts = [name.text for name in kolesov.names]
    assert texts[0] == "Фёдор Иванович Колесов"
    assert len(set(texts)) == len(texts)


def test_an_entry_rests_on_the_sources_of_its_row_and_of_its_names(campaign: Campaign) -> None:
    kishishev = next(entry for entry in index.people(campaign) if entry.anchor == "person-kishishev")
    assert kishishev.sources[:2] == ("kuts", "wikipedia_en")
    assert "wikipedia_uz" in kishishev.sources


def test_people_stand_under_their_family_name_and_the_court_under_the_name_it_used(campaign: Campaign) -> None:
    heads = {entry.anchor: entry.headword for entry in index.people(campaign)}
    assert heads["person-kolesov"] == "Kolesov"
    assert heads["person-salimbek"] == "Salimbek"
    assert heads["person-alimkhan"] == "Alim"
    assert list(heads.values()) == sorted(heads.values(), key=index._alphabetic)


def test_which_side_had_no_family_names_and_what_is_a_title_stand_in_the_descriptor(campaign: Campaign) -> None:
    package = copy.deepcopy(dict(campaign.package))
    del described(package, "actors", "side")["no_family_names"]
    described(package, "actors", "name")["titles"] = ["Ivanovich"]
    heads = index.headwords(dataclasses.replace(campaign, package=package))
    assert heads["alimkhan"] == "Khan"
    assert heads["kolesov"] == "Kolesov"
    assert index.headwords(campaign)["alimkhan"] == "Alim"


@pytest.mark.parametrize(
    ("text", "language", "tag"),
    [
        ("Колесов", "ru", "ru"),
        ("Xoʻjayev", "uz", "uz-Latn"),
        ("Хўжаев", "uz", "uz-Cyrl"),
        ("عالم", "fa", "fa"),
        ("Uprava", "ru", "ru-Latn"),
        ("Арк", "und", "und-Cyrl"),
        ("Kagan", "und", ""),
    ],
)
def test_a_language_tag_names_the_script_only_where_the_language_does_not(text: str, language: str, tag: str) -> None:
    assert index.language_tag(text, language) == tag
