"""The pictures of the graph: signs told by form as well as colour, everybody in his place, captions that are tested."""

import ast
from datetime import date
from pathlib import Path

import nbformat
import pytest

from helpers import network
from helpers.figures import alliances as figures
from helpers.network import camps, layout

CHAPTER = Path(__file__).parents[1] / "chapters" / "alliances.ipynb"


@pytest.fixture(scope="module")
def graphs(campaign):
    return {phase: camps.marked(campaign, on) for phase, on in network.phase_days(campaign).items()}


@pytest.fixture(scope="module")
def places(campaign):
    return layout.places(campaign, network.union_graph(campaign, first=date(1917, 4, 1), last=campaign.period[1]))


def test_an_alliance_is_solid_and_a_conflict_dashed_whatever_the_colour(graphs, places, sides):
    lines = [trace for trace in figures.panels(graphs, places, sides).data if trace.mode == "lines"]
    assert {(trace.name.split(",")[0], trace.line.dash) for trace in lines} == {
        ("alliance", "solid"),
        ("conflict", "dash"),
    }


def test_what_is_only_possible_is_thinner(graphs, places, sides):
    widths = {t.name: t.line.width for t in figures.panels(graphs, places, sides).data if t.mode == "lines"}
    assert widths["alliance, certain"] > widths["alliance, possible"]
    assert widths["conflict, certain"] > widths["conflict, possible"]


def test_a_pair_tied_both_ways_has_two_lines_that_do_not_lie_on_each_other(graphs, places, sides):
    graph = graphs["fighting"]
    both = sum(len(held) == 2 for *_, held in graph.edges(data="held"))
    lines = [trace for trace in figures.panels({"fighting": graph}, places, sides).data if trace.mode == "lines"]
    drawn = [tuple(trace.x[i : i + 2]) for trace in lines for i in range(0, len(trace.x) - 1, 3)]
    assert both > 0
    assert len(drawn) == len(set(drawn)) == len(graph.edges) + both


def test_an_actor_stands_in_the_same_place_in_every_panel(graphs, places, sides):
    nodes = [trace for trace in figures.panels(graphs, places, sides).data if trace.mode == "markers+text"]
    assert len(nodes) == len(graphs)
    assert len({(trace.x, trace.y) for trace in nodes}) == 1


def test_every_figure_of_the_chapter_opens_with_a_sentence_that_the_ledger_recomputes(campaign):
    cells = nbformat.read(CHAPTER, as_version=4).cells
    calls = [
        node
        for cell in cells
        if cell.cell_type == "code"
        for node in ast.walk(ast.parse(cell.source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("show", "show_by_policy")
    ]
    captions = [keyword.value for call in calls for keyword in call.keywords if keyword.arg == "caption"]
    opening = [ast.unparse(caption.values[0].value) for caption in captions]
    keys = [text.removeprefix("said['").removesuffix("']") for text in opening]
    assert len(keys) == len(calls) == 1
    assert set(keys) <= set(campaign.findings.index)
