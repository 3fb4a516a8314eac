"""Every chapter runs by itself: in a clean kernel, in any order, without a network, and again when it is changed.

The kernels have no network of Python's: `GUARD` refuses every connection but those to this machine, and programs that a
kernel might start find proxies where nobody answers. `BOOK_BUILD` is not set, so a figure is what JupyterLab draws.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
import yaml
from nbformat import NotebookNode

from helpers import forces, railway
from helpers.book import execute

ROOT = Path(__file__).parents[1]
ORDER = [path.stem for path in execute.notebooks(ROOT) if path.suffix == ".ipynb"][::-1]
DRAWN = "application/vnd.plotly.v1+json"
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
    """Another value of a parameter, and the cells whose figures must be others then."""

    parameter: str
    value: str
    figures: tuple[str, ...]


CHANGES = {
    "alliances": (
        Change("other_days", '{"fighting": date(1918, 2, 10)}', ("panels",)),
        Change("tied_both_ways", '"drop"', ("balance",)),
    ),
    "forces": (Change("spread", "2.5", ("figure-odds", "figure-worth")),),
    "railway": (
        Change("slower", "4", ("stringline",)),
        Change("taken_up", '("karakul", "kyzyl_tepe")', ("map", "told")),
    ),
    "calendar": (Change("without", '["becker1968"]', ("c04",)),),
    "chronology": (Change("old_style", '"ayni1920"', ("orders",)),),
}


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the clone with its chapters in another order, and before them those that were changed."""
    clone = tmp_path_factory.mktemp("somewhere") / "clone"
    shutil.copytree(ROOT, clone, ignore=shutil.ignore_patterns(".*", "_build", "*.egg-info", "examples", "tests"))
    (clone / "changed").mkdir()
    for chapter, changes in CHANGES.items():
        nbformat.write(changed(read(clone / f"chapters/{chapter}.ipynb"), changes), clone / f"changed/{chapter}.ipynb")
    pages = [f"changed/{chapter}" for chapter in CHANGES] + [f"chapters/{chapter}" for chapter in ORDER]
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
    """Return what the figures of a cell draw."""
    (found,) = (one for one in notebook.cells if one.id == cell)
    figures = [output.data[DRAWN] for output in found.outputs if DRAWN in output.get("data", {})]
    return [(figure["data"], figure["layout"].get("shapes")) for figure in figures]


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


def test_every_chapter_runs_in_another_order_without_a_network_and_without_a_complaint(executed) -> None:
    assert [path.stem for path in execute.notebooks(ROOT) if path.suffix == ".ipynb"] != ORDER
    assert set(ORDER) == {path.stem for path in (ROOT / "chapters").glob("*.ipynb")}
    complaints = [
        f"{path}, {cell.id}: {output.text}"
        for path, notebook in executed.items()
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if output.output_type == "error" or output.get("name") == "stderr"
    ]
    assert complaints == []


@pytest.mark.parametrize("chapter", ORDER)
def test_a_figure_is_one_that_jupyterlab_draws(executed, chapter: str) -> None:
    notebook = executed[f"chapters/{chapter}"]
    shown = [cell.id for cell in notebook.cells if cell.cell_type == "code" and SHOWN.search(cell.source)]
    assert [
        cell for cell in shown if not all(data for data, _ in drawn(notebook, cell)) or not drawn(notebook, cell)
    ] == []


# --- With other parameters ----------------------------------------------------------------------------------


@pytest.mark.parametrize("chapter", CHANGES)
def test_a_chapter_that_is_changed_draws_other_figures(executed, chapter: str) -> None:
    before, after = executed[f"chapters/{chapter}"], executed[f"changed/{chapter}"]
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
    assert {chapter for chapter in ORDER if parameters(chapter) is not None} == set(CHANGES)


def test_the_parameters_as_printed_are_those_of_the_code(campaign) -> None:
    known: dict = {}
    for chapter in ("forces", "railway"):
        exec(parameters(chapter).source, known)
    assert known["spread"] == forces.SPREAD
    assert set(known["taken_up"]) <= set(railway.kilometres(campaign))
