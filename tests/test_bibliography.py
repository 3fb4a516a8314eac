"""The bibliography and its two files."""

from __future__ import annotations

import pytest
from conftest import Damaged

import helpers
from helpers.record import Campaign, bibliography


def test_references_bib_and_the_table_of_sources_agree(campaign: Campaign) -> None:
    assert bibliography.disagreements(campaign) == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("@book{ayni1920,", "@book{ayni1921,", "ayni1920 stands only in sources.csv"),
        ("{Ayni, Sadriddin}", "{Aini, Sadriddin}", "ayni1920: author is 'Ayni, Sadriddin'"),
        ("{{Бухарские палачи}}", "{{Бухарские}}", "ayni1920: title is"),
        ("year = {1970}", "year = {1971}", "ayni1920: year is '1970'"),
        ("litmir.club/br", "litmir.org/br", "ayni1920: url is"),
    ],
)
def test_a_change_in_one_file_only_is_named(damaged: Damaged, old: str, new: str, words: str) -> None:
    damaged.edit("references.bib", old, new)
    assert words in "\n".join(bibliography.disagreements(helpers.load(damaged.folder)))


def test_every_source_is_of_one_kind_and_comes_in_the_order_of_its_author(campaign: Campaign) -> None:
    kinds = bibliography.kinds(campaign)
    assert sum(len(bibliography.of_kind(campaign, kind)) for kind in kinds) == len(campaign.sources)
    memoirs = list(bibliography.of_kind(campaign, "memoir").index)
    assert memoirs.index("chirkin") < memoirs.index("khodzhaev1926") < memoirs.index("kuts")


def test_a_kind_that_no_source_is_of_is_refused(campaign: Campaign) -> None:
    with pytest.raises(ValueError, match="there are memoir, chronicle"):
        bibliography.of_kind(campaign, "rumour")


def test_every_language_has_a_name(campaign: Campaign) -> None:
    assert set(campaign.sources["language"]) <= set(bibliography.LANGUAGES)


def test_a_study_and_the_newspaper_it_reports_count_as_one_witness(campaign: Campaign) -> None:
    assert bibliography.lineage_of(campaign, "zayats") == ["nasha_gazeta"]
    assert bibliography.lineage_of(campaign, "birlik1918") == []


def test_addresses_are_gathered_by_site_and_broken_ones_left_out() -> None:
    read_at = "https://www.a.org/1 https://a.org/2 https://b.org/.../3 https://c.org http://d.org./x"
    assert [(r.site, len(r.addresses)) for r in bibliography.readings(read_at)] == [
        ("a.org", 2),
        ("b.org", 0),
        ("c.org", 0),
        ("d.org", 1),
    ]


def test_a_text_known_through_another_was_read_nowhere(campaign: Campaign) -> None:
    assert bibliography.readings(campaign.sources.loc["nasha_gazeta", "read_at"]) == []


def test_statements_are_counted_and_a_source_without_any_has_none(campaign: Campaign) -> None:
    counts = {key: bibliography.statements(campaign, key) for key in campaign.sources.index}
    assert sum(counts.values()) == len(campaign.claims)
    assert counts["khodzhaev1926"] > 20
