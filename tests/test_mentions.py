"""Which text names whom."""

from __future__ import annotations

import pytest

from helpers.people import mentions
from helpers.record import Campaign


@pytest.mark.parametrize(
    ("text", "anchors"),
    [
        ("Koluzaev came with Kolesov's trains.", {"person-koluzaev", "person-kolesov"}),
        ("Ata Khodzhaev kept the centre.", {"person-ata_khodzhaev"}),
        ("Khodzhaev wrote it.", {"person-khodzhaev"}),
        ("Boqi and Mahmud Sobitov", {"person-boqi_sobitov", "person-mahmud_sobitov"}),
        ("The Sobitov family", set()),
        ("the bek of Kermine at Kermine station", {"person-kermine_bek", "place-kermine_station"}),
        ("New Bukhara, also Kagan, and Old Bukhara", {"place-kagan", "place-old_bukhara"}),
        ("the emir and Alim Khan", {"person-alimkhan"}),
        ("Stepanovka and Samarkandian", set()),
        ("the ark of Noah", set()),
        ("Utkin and Aliev", {"person-utkin", "person-aliev"}),
        ("A. Aliev founded it", {"person-aliev_bcp"}),
    ],
)
def test_a_text_names_those_whose_names_stand_in_it_and_no_others(
    campaign: Campaign, text: str, anchors: set[str]
) -> None:
    assert mentions.named(text, mentions.forms(campaign)) == anchors


def test_no_form_belongs_to_two_entries(campaign: Campaign) -> None:
    people = campaign.actors[campaign.actors["kind"] == "person"]
    forms = mentions.forms(campaign)
    assert {f"person-{i}" for i in people.index} <= set(forms.values())
    assert "Sobitov" not in forms
    assert "Muhiddinov" not in forms
