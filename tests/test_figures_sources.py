"""The figures of the chapter on the sources."""

import pandas as pd
import pytest

from helpers.belief import lineages
from helpers.book import page
from helpers.bukhara.figures import sources as figures
from helpers.findings import measures
from helpers.findings.grid import HOLDS, REVERSES, SILENT

KEYS = ["forces_apart", "forces_young_armed", "terms_days"]


@pytest.fixture(scope="module")
def descent(campaign):
    return figures.descent(lineages.family_tree(campaign), lineages.links(campaign))


@pytest.fixture(scope="module")
def grid(campaign):
    asked = pd.DataFrame({"one": [SILENT, HOLDS, HOLDS], "other": [REVERSES, HOLDS, HOLDS]}, index=KEYS)
    stand = (
        measures.sentences(campaign, dict.fromkeys(campaign.findings.index, "not asked"))
        .loc[KEYS]
        .assign(falls=[3, 1, 0])
    )
    chapters = {"terms": "Signed", "forces": "Men", "actors": "Nobody here"}
    return figures.grid(asked, stand, {"one": "Only one", "other": "The other"}, chapters)


def test_every_text_of_the_tree_is_drawn_and_told_with_what_it_rests_on(campaign, descent):
    told = [text for trace in descent.data if trace.hovertext for text in trace.hovertext]
    assert len(told) == len(lineages.family_tree(campaign))
    (zayats,) = (text for text in told if text.startswith("<b>Zayats</b>"))
    assert "was seen to use Nasha gazeta 1918" in zayats


def test_each_link_begins_at_the_older_text_and_ends_at_the_younger(campaign, descent):
    links = lineages.links(campaign)
    for how, count in links["how"].value_counts().items():
        (line,) = (trace for trace in descent.data if trace.name == figures.NAMES[how])
        assert list(line.x).count(None) == count
        assert line.line.dash == figures.DASH[how]


def test_a_text_without_a_year_stands_in_the_strip_and_not_on_a_year(campaign, descent):
    (mark,) = (t for t in descent.data if t.hovertext and t.hovertext[0].startswith("<b>Sadr-i Ziya"))
    assert mark.x[0] > figures.LAST
    assert "year not known" in mark.hovertext[0]


def test_the_figures_use_only_marks_that_the_page_can_draw(descent, grid):
    assert {trace.type for figure in (descent, grid) for trace in figure.data} <= page.DRAWABLE


def test_every_answer_has_a_mark_and_each_kind_a_shape_of_its_own(grid):
    marks = {trace.name: trace for trace in grid.data if trace.name}
    assert {name: len(trace.x) for name, trace in marks.items()} == {HOLDS: 4, REVERSES: 1, SILENT: 1}
    assert len({trace.marker.symbol for trace in marks.values()}) == 3


def test_the_steadiest_stand_first_in_their_chapter_and_a_chapter_without_findings_is_left_out(grid):
    assert list(grid.layout.yaxis.ticktext) == ["days", "young armed", "apart"]
    assert [note.text for note in grid.layout.annotations] == ["<b>Signed</b>", "<b>Men</b>"]


def test_the_number_of_families_without_which_it_falls_stands_at_the_end_of_its_line(grid):
    (numbers,) = (trace for trace in grid.data if trace.mode == "text")
    assert list(numbers.text) == ["0", "1", "3"]
