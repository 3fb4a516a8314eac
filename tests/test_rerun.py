"""The chapters are notebooks that a reader runs again: without a network, in JupyterLab, with other parameters.

The build has run every chapter; here only those with parameters are run again. Their kernels have no network of
Python's: `GUARD` refuses every connection but those to this machine, and programs that a kernel might start find
proxies where nobody answers. `BOOK_BUILD` is not set, so a figure is what JupyterLab draws.
"""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat
import plotly.graph_objects as go
import pytest
import yaml
from bs4 import BeautifulSoup
from nbformat import NotebookNode

from helpers import quantities as forces
from helpers.book import execute, markup
from helpers.bukhara import railway

ROOT = Path(__file__).parents[1]
CHAPTERS = sorted(path.stem for path in (ROOT / "chapters").glob("*.ipynb"))
DRAWN = "application/vnd.plotly.v1+json"
SPEC = ".book-plot > script[type='application/json']"
SHOWN = re.compile(r"\bpage\.show\w*\(")
GUARD = """
import socket

connect = socket.socket.connect

def at_home(self, address):
    if self.family != getattr(socket, "AF_UNIX", None) and address[0] not in ("127.0.0.1", "::1", "localhost"):
        raise OSError(f"a chapter asked for the network: {address}")
    return connect(self, address)

socket.socket.connect = at_home
"""
NOBODY = "http://127.0.0.1:9"


@dataclass(frozen=True)
class Change:
    """Another value of a parameter, and the cells whose figures, or tables, must be others then."""

    parameter: str
    value: str
    figures: tuple[str, ...]


CHANGES = {
    "alliances": (
        Change("other_days", '{"fighting": date(1918, 2, 10)}', ("panels",)),
        Change("tied_both_ways", '"drop"', ("measures",)),
    ),
    "forces": (Change("spread", "2.5", ("widget-believe",)),),
    "railway": (
        Change("slower", "4", ("stringline",)),
        Change("taken_up", '("karakul", "kyzyl_tepe")', ("map", "told")),
    ),
    "calendar": (Change("without", '["becker1968"]', ("c04",)),),
    "chronology": (Change("old_style", '"ayni1920"', ("orders",)),),
}
AS_IT_IS = "railway"
"""A chapter that is run again unchanged."""


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the clone whose pages are the chapters that were changed, and one as it is."""
    clone = tmp_path_factory.mktemp("somewhere") / "clone"
    shutil.copytree(ROOT, clone, ignore=shutil.ignore_patterns(".*", "_build", "*.egg-info", "examples", "tests"))
    (clone / "changed").mkdir()
    for chapter, changes in CHANGES.items():
        nbformat.write(changed(read(clone / f"chapters/{chapter}.ipynb"), changes), clone / f"changed/{chapter}.ipynb")
    pages = [f"changed/{chapter}" for chapter in CHANGES] + [f"chapters/{AS_IT_IS}"]
    toc = {"format": "jb-book", "root": pages[0], "chapters": [{"file": page} for page in pages[1:]]}
    (clone / "_toc.yml").write_text(yaml.safe_dump(toc), "utf-8")
    (clone / "guard").mkdir()
    (clone / "guard/sitecustomize.py").write_text(GUARD, "utf-8")
    return clone


@pytest.fixture(scope="module")
def variables(clone: Path) -> dict[str, str]:
    """The variables of a kernel: those of a build without its mark, and no way out."""
    found = execute.environment(clone)
    del found["BOOK_BUILD"]
    found["PYTHONPATH"] = os.pathsep.join([str(clone / "guard"), found["PYTHONPATH"]])
    return found | dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy"), NOBODY)


@pytest.fixture(scope="module")
def executed(clone: Path, variables: dict[str, str]) -> dict[str, NotebookNode]:
    """Every chapter of the copy after its run, by its path without suffix."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(execute, "environment", lambda root: variables)
        patch.setattr(execute, "TIMEOUT", 600)  # seconds a cell; machines differ
        patch.delenv("BOOK_BUILD", raising=False)
        failures = execute.run(clone, report=lambda text: None)
    assert "\n".join(map(str, failures)) == ""
    return {str(path.with_suffix("")): execute.stored(clone, path) for path in execute.notebooks(clone)}


def read(path: Path) -> NotebookNode:
    return nbformat.read(path, as_version=4)


def changed(notebook: NotebookNode, changes: tuple[Change, ...]) -> NotebookNode:
    """Return the notebook with other parameters and, of its figures, those alone that must be others then."""
    place = next(place for place, cell in enumerate(notebook.cells) if "parameters" in cell.metadata.get("tags", []))
    for change in changes:
        line = re.compile(rf"^{change.parameter} = .*$", re.M)
        source, found = line.subn(f"{change.parameter} = {change.value}", notebook.cells[place].source)
        assert found == 1, change
        notebook.cells[place].source = source
    figures = {figure for change in changes for figure in change.figures}
    last = max(place for place, cell in enumerate(notebook.cells) if cell.id in figures)
    cells = notebook.cells[: last + 1]
    notebook.cells = [cell for cell in cells if cell.id in figures or not SHOWN.search(cell.source)]
    return notebook


def drawn(notebook: NotebookNode, cell: str) -> list:
    """Return what the figures of a cell draw, in JupyterLab or on the page; of a table, what it shows."""
    (found,) = (one for one in notebook.cells if one.id == cell)
    specs = []
    for data in (output.data for output in found.outputs if "data" in output):
        if DRAWN in data:
            specs.append(markup.figure_json(go.Figure(data[DRAWN])))
        specs += [script.string for script in BeautifulSoup(data.get("text/html", ""), "html.parser").select(SPEC)]
    shown = [output.data.get("text/html") for output in found.outputs if "data" in output]
    return [(spec["data"], spec["layout"].get("shapes")) for spec in map(json.loads, specs)] or shown


def published(chapter: str) -> NotebookNode:
    """Return a chapter as the build ran it."""
    return execute.stored(ROOT, Path(f"chapters/{chapter}.ipynb"))


def parameters(chapter: str) -> NotebookNode | None:
    cells = read(ROOT / f"chapters/{chapter}.ipynb").cells
    return next((cell for cell in cells if "parameters" in cell.metadata.get("tags", [])), None)


# --- As they are --------------------------------------------------------------------------------------------


def test_the_guard_lets_nothing_out(variables: dict[str, str]) -> None:
    ask = "import urllib.request as r; r.build_opener(r.ProxyHandler({})).open('http://192.0.2.1/', timeout=9)"
    for code, told in ((ask, "a chapter asked for the network"), ("import helpers", "")):
        done = subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, **variables}, capture_output=True, text=True, check=False
        )
        assert told in done.stderr
        assert (done.returncode == 0) == (not told)


def complaints(name: str, notebook: NotebookNode) -> list[str]:
    return [
        f"{name}, {cell.id}: {output.get('text') or output.get('evalue')}"
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if output.output_type == "error" or output.get("name") == "stderr"
    ]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_build_ran_a_chapter_without_a_complaint_and_has_a_figure_where_one_is_shown(built_book, chapter) -> None:
    notebook = published(chapter)
    assert complaints(chapter, notebook) == []
    for cell in notebook.cells:
        if cell.cell_type == "code" and SHOWN.search(cell.source):
            figures = drawn(notebook, cell.id)
            assert figures, cell.id
            assert all(data for data, _ in figures), cell.id


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_no_cell_of_a_chapter_but_the_first_names_an_address_or_what_opens_one(chapter: str) -> None:
    _, *cells = [cell for cell in read(ROOT / f"chapters/{chapter}.ipynb").cells if cell.cell_type == "code"]
    for node in (node for cell in cells for node in ast.walk(ast.parse(cell.source))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            assert "://" not in node.value
        elif isinstance(node, ast.Import | ast.ImportFrom):
            module = getattr(node, "module", None) or node.names[0].name
            assert module.partition(".")[0] not in ("http", "requests", "socket", "subprocess", "urllib")


# --- Run again ----------------------------------------------------------------------------------------------


def test_chapters_run_again_without_a_network_and_without_a_complaint(executed) -> None:
    assert [text for name, notebook in executed.items() for text in complaints(name, notebook)] == []


def test_a_chapter_run_again_as_it_is_draws_the_figures_of_the_book(built_book, executed) -> None:
    figures = [figure for change in CHANGES[AS_IT_IS] for figure in change.figures]
    again, before = executed[f"chapters/{AS_IT_IS}"], published(AS_IT_IS)
    assert [drawn(again, figure) for figure in figures] == [drawn(before, figure) for figure in figures]


@pytest.mark.parametrize("chapter", CHANGES)
def test_a_chapter_that_is_changed_draws_other_figures(built_book, executed, chapter: str) -> None:
    before, after = published(chapter), executed[f"changed/{chapter}"]
    same = [
        figure
        for change in CHANGES[chapter]
        for figure in change.figures
        if not drawn(after, figure) or drawn(before, figure) == drawn(after, figure)
    ]
    assert same == []


@pytest.mark.parametrize("chapter", CHANGES)
def test_the_parameters_stand_in_one_folded_cell_before_the_first_figure(chapter: str) -> None:
    cells = read(ROOT / f"chapters/{chapter}.ipynb").cells
    marked = [place for place, cell in enumerate(cells) if "parameters" in cell.metadata.get("tags", [])]
    first = next(place for place, cell in enumerate(cells) if SHOWN.search(cell.source))
    assert len(marked) == 1
    assert marked[0] < first
    cell = cells[marked[0]]
    assert cell.metadata.tags == ["parameters", "hide-input"]
    assert cell.source.startswith("# Change this and run the notebook again: figures and tables follow.\n")
    assert "keep the findings of the book as published" in cell.source.splitlines()[1]
    assert {change.parameter for change in CHANGES[chapter]} == set(re.findall(r"^(\w+) =", cell.source, re.M))


def test_every_chapter_with_parameters_is_changed_here_once() -> None:
    assert {chapter for chapter in CHAPTERS if parameters(chapter) is not None} == set(CHANGES)


def test_the_parameters_as_printed_are_those_of_the_code(campaign) -> None:
    known: dict = {}
    for chapter in ("forces", "railway"):
        exec(parameters(chapter).source, known)
    assert known["spread"] == forces.SPREAD
    assert set(known["taken_up"]) <= set(railway.kilometres(campaign))
