"""The second example, the Kokand Autonomy: the same code on other tables, wired to neither book."""

from __future__ import annotations

import ast
import dataclasses
import shutil
from datetime import date
from pathlib import Path

import pytest

import helpers
from helpers import balance, findings, network
from helpers import quantities as forces
from helpers.book import build, execute, reading, verify
from helpers.check import check
from helpers.dating import Chronology
from helpers.export import export
from helpers.figures import alliances, style
from helpers.findings import grid
from helpers.findings.dossier import dossier
from helpers.network import camps, layout
from helpers.record import VARIABLE, data_folder

ROOT = Path(__file__).parents[1]
BOOK = ROOT / "examples/kokand"
END = date(1918, 2, 22)


@pytest.fixture(scope="module")
def kokand() -> helpers.Campaign:
    return helpers.load(BOOK / "data")


def test_its_tables_are_clean():
    assert check(BOOK / "data") == []


def test_every_claim_in_it_stands_in_the_first_book_word_for_word(kokand, campaign):
    columns = ["attribute", "value", "low", "best", "high", "source", "locator", "quote", "earliest", "latest", "rank"]
    ours = campaign.claims.loc[kokand.claims.index, columns]
    assert kokand.claims[columns].astype(object).fillna("").equals(ours.astype(object).fillna(""))


def test_its_events_stand_in_an_order_that_its_days_allow(kokand):
    order = Chronology.from_events(kokand.events)
    assert order.relation("kokand_autonomy_proclaimed", "kokand_autonomy_crushed") == "before"


def test_the_phases_are_its_own(kokand):
    assert network.phase_days(kokand) == {"beginning": date(1917, 12, 11), "winter": date(1917, 12, 26), "end": END}


def test_at_the_end_three_parties_stand_each_against_the_other_two(kokand):
    graph = network.signed_graph(kokand, END)
    signs = {frozenset(pair): sign for *pair, sign in graph.edges(data="sign")}
    assert signs == {
        frozenset({"emirate", "kokand_autonomy"}): -1,
        frozenset({"turkestan_sovnarkom", "kokand_autonomy"}): -1,
        frozenset({"turkestan_sovnarkom", "emirate"}): -1,
        frozenset({"young_bukharans", "emirate"}): -1,
        frozenset({"young_bukharans", "turkestan_sovnarkom"}): 1,
    }
    # By hand: of the two triangles --- is never balanced and +-- is, so one tie is in the way of two camps.
    assert balance.triads(graph).mmm == 1
    assert balance.frustration(graph).index == 1
    assert balance.clusterability(graph).index == 0


def test_the_graph_is_drawn_with_its_own_sides(kokand):
    graphs = {"end": camps.marked(kokand, END)}
    places = layout.places(kokand, network.union_graph(kokand, first=date(1917, 12, 1), last=END))
    sides = style.sides(kokand.package)
    figure = alliances.panels(graphs, places, sides)
    assert set(sides) == {"autonomy", "soviet", "emirate", "young_bukharan", "opposition"}
    drawn = {colour for trace in figure.data if trace.text for colour in trace.marker.color}
    assert {side.colour for key, side in sides.items() if key != "opposition"} <= drawn
    x, y = places["kokand_autonomy"]
    left, right, bottom, top = kokand.package["resources"][2]["schema"]["fields"][5]["looks"]["autonomy"]["part"]
    assert left <= x <= right
    assert bottom <= y <= top


def test_the_larger_of_the_rival_counts_of_the_dead_is_open_above(kokand):
    counts = forces.estimates(kokand, "kokand_dead")
    assert forces.envelope(counts) == forces.Envelope(10_000, None)
    assert forces.band(forces.draw(counts)).low > 7_000


def test_every_conclusion_holds_and_comes_from_its_own_folder(kokand):
    ledger = findings.ledger(kokand)
    assert ledger["holds"].all()
    assert len(ledger) == 10
    assert dossier(kokand, "camps_wait").function == "findings.camps.several_texts_have_him_advise_to_wait"
    assert "In three texts Kolesov" in dossier(kokand, "camps_wait").sentence


@pytest.mark.parametrize(
    ("policy", "finding", "verdict"),
    [
        ("all", "count_numbers", "holds"),
        ("no_soviet", "count_numbers", "holds"),
        ("no_soviet", "camps_one_attack", "cannot be said"),
        ("without:lee2018", "count_numbers", "reverses"),
        ("without:becker", "camps_against", "cannot be said"),
    ],
)
def test_a_conclusion_is_asked_again_under_each_choice_of_texts(kokand, policy, finding, verdict):
    assert grid.verdicts(kokand, [policy]).loc[finding, policy] == verdict


def test_no_conclusion_holds_where_no_text_speaks(kokand):
    silent = {name: kokand[name].iloc[:0] for name in kokand} | {k: kokand[k] for k in ("findings", "policies")}
    answers = findings.ledger(dataclasses.replace(kokand, tables=silent))["holds"]
    assert not answers.fillna(False).any()


def test_a_finding_without_its_file_says_where_it_belongs(kokand, tmp_path):
    moved = dataclasses.replace(kokand, path=tmp_path / "data")
    with pytest.raises(LookupError, match=r"findings/camps\.py; write the functions of the chapter's findings there"):
        findings.ask(moved, kokand.findings.loc["camps_wait"])


def test_it_is_written_for_other_programs_under_its_own_name(kokand, tmp_path):
    written = {path.name: path for path in export(kokand, tmp_path)}
    assert {"kokand.sqlite", "kokand.zip", "relations.gexf", "places.geojson", "dataset.jsonld"} <= set(written)
    told = written["dataset.jsonld"].read_text("utf-8")
    assert '"name": "Fergana valley and Turkestan"' in told
    assert '"temporalCoverage": "1917-11-01/1918-02-22"' in told
    assert "LineString" not in written["places.geojson"].read_text("utf-8")


def test_the_book_at_hand_is_the_one_we_stand_in_or_that_the_environment_names(monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.chdir(BOOK / "chapters")
    assert data_folder() == BOOK / "data"
    monkeypatch.chdir(ROOT)
    assert data_folder() == ROOT / "data"
    monkeypatch.setenv(VARIABLE, str(BOOK / "data"))
    assert helpers.load().package["name"] == "kokand"


def test_the_book_builds_by_itself_with_its_figures_and_its_evidence(tmp_path, monkeypatch, capfd):
    monkeypatch.setenv("BOOK_CHROMIUM", "none")
    copy = shutil.copytree(BOOK, tmp_path / "kokand", ignore=shutil.ignore_patterns("_build"))
    assert build.main([str(copy)]) == 0, capfd.readouterr().err
    assert verify.faults(copy) == []
    page = (copy / "_build/html/chapters/camps.html").read_text("utf-8")
    assert 'id="evidence-camps_against"' in page
    assert "findings.camps.three_stand_each_against_the_other_two" in page
    assert 'id="fig-phases"' in page
    themes = (copy / "_build/html/_static/book/figure-themes.js").read_text("utf-8")
    ours, first = (style.sides(helpers.load(folder).package) for folder in (BOOK / "data", ROOT / "data"))
    assert all(f'"{side.colour}":"{side.dark}"' in themes for side in ours.values())
    assert first["go_between"].colour not in themes
    assert "10,000" in (copy / "_build/html/chapters/count.html").read_text("utf-8")


def test_its_chapters_are_kept_without_outputs_and_define_nothing():
    for path in execute.notebooks(BOOK):
        for cell in (cell for cell in reading.read_notebook(BOOK, path).cells if cell.cell_type == "code"):
            assert not cell.outputs, path
            assert cell.execution_count is None, path
            nodes = ast.walk(ast.parse(cell.source))
            assert not any(isinstance(node, ast.FunctionDef | ast.ClassDef) for node in nodes), path
