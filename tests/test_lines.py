"""Figures with one line a statement: the names beside the axis and the headings, on wide and on small screens."""

from __future__ import annotations

import pytest

from helpers.figures import lines
from helpers.figures.style import blank, on_narrow

LONG = "Tajik encyclopaedia entry"


@pytest.fixture
def drawn():
    figure = blank(height=100, narrow={"height": 120})
    found = lines.placed([("First", [LONG, None]), ("Empty", []), ("Second", ["Kuts"])])
    lines.name(figure, found, lambda row: row, top=0.7)
    return figure


def test_a_group_without_rows_has_no_heading(drawn) -> None:
    assert [note.text for note in drawn.layout.annotations] == ["<b>First</b>", "<b>Second</b>"]


def test_a_row_without_a_name_keeps_its_line(drawn) -> None:
    assert drawn.layout.yaxis.ticktext == (LONG, "Kuts")
    assert drawn.layout.yaxis.tickvals == (1, 2 + lines.GAP + 1)


def test_a_long_name_is_folded_on_a_small_screen_and_loses_no_word(drawn) -> None:
    folded = drawn.layout.meta["narrow"]["yaxis.ticktext"]
    assert [name.replace("<br>", " ") for name in folded] == [LONG, "Kuts"]
    assert max(len(part) for name in folded for part in name.split("<br>")) <= lines.SHORT


def test_a_heading_begins_where_the_folded_names_begin_on_a_small_screen(drawn) -> None:
    narrow = drawn.layout.meta["narrow"]
    wide = [note.xshift for note in drawn.layout.annotations]
    small = [narrow[f"annotations.{place}.xshift"] for place in range(2)]
    assert all(first < second < 0 for first, second in zip(wide, small, strict=True))


def test_what_a_figure_changes_on_a_narrow_screen_is_added_to_and_not_lost(drawn) -> None:
    on_narrow(drawn, {"legend.y": 0})
    assert drawn.layout.meta["narrow"]["height"] == 120
    assert drawn.layout.meta["narrow"]["legend.y"] == 0


def test_only_a_note_too_long_for_a_small_screen_is_set_smaller_there_and_then_it_fits() -> None:
    figure = blank(height=100)
    texts = ["<b>short</b>", "w" * 60]
    for text in texts:
        figure.add_annotation(text=text, font={"size": 12})
    lines.fit(figure, room=300)
    assert list(figure.layout.meta["narrow"]) == ["annotations.1.font.size"]
    assert figure.layout.meta["narrow"]["annotations.1.font.size"] * lines.WIDE * 60 <= 300
