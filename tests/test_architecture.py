"""Data flows one way: a module imports from its own layer and from those on its left, never from its right."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src"
#: The layers from left to right, as `chapters/architecture.md` and CONTRIBUTING.md draw them.
LAYERS = {
    "tables": ("kept", "quoting", "tables", "wording"),
    "evidence": ("calendars", "dating", "citations", "bibliography", "check", "policies"),
    "analysis": (
        "balance",
        "chronology",
        "daycount",
        "eras",
        "forces",
        "lineages",
        "losses",
        "network",
        "people",
        "railway",
        "treaty",
        "voices",
    ),
    "findings": ("findings",),
    "figures": ("figures",),
    "page": ("book", "build", "colophon", "export", "new", "page", "repository", "results", "start"),
}
PLACE = {unit: place for place, units in enumerate(LAYERS.values()) for unit in units}
DOORS = ("__init__", "__main__")
"""They open the package and belong to no layer."""
FOREIGN = {"plotly": "figures", "sphinx": "page", "docutils": "page", "IPython": "page", "nbformat": "page"}
"""Packages that a layer on the left of the one named must not know."""


def units() -> set[str]:
    return {path.stem for path in (SOURCE / "helpers").iterdir() if path.suffix == ".py" or is_package(path)} - {*DOORS}


def is_package(path: Path) -> bool:
    return (path / "__init__.py").is_file()


def unit_of(path: Path) -> str:
    return path.relative_to(SOURCE / "helpers").with_suffix("").parts[0]


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and full name of each thing a module imports, in functions too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)


def modules() -> list[Path]:
    return [path for path in sorted((SOURCE / "helpers").rglob("*.py")) if unit_of(path) not in DOORS]


def backward(path: Path) -> list[str]:
    """Return what a module imports from its right, in words."""
    own, found = unit_of(path), []
    for line, name in imported(path):
        first, _, rest = name.partition(".")
        other = rest.partition(".")[0]
        if first == "helpers" and other in PLACE and PLACE[other] > PLACE[own]:
            found.append(f"{path.relative_to(SOURCE)}:{line}: {own} imports {other}, which stands on its right")
        elif first in FOREIGN and PLACE[own] < list(LAYERS).index(FOREIGN[first]):
            found.append(f"{path.relative_to(SOURCE)}:{line}: {own} imports {first}, which is for {FOREIGN[first]}")
    return found


def test_every_module_stands_in_one_layer() -> None:
    assert units() == set(PLACE)
    assert sum(map(len, LAYERS.values())) == len(PLACE)


def test_no_module_imports_from_its_right() -> None:
    assert [fault for path in modules() for fault in backward(path)] == []


def test_only_the_layer_of_pages_knows_the_network_and_other_programs() -> None:
    outside = ("http", "requests", "socket", "subprocess", "urllib.request")
    found = {unit_of(path) for path in modules() for _, name in imported(path) if name.startswith(outside)}
    assert found <= {*LAYERS["page"], "check"}  # the check tries a foreign pattern in a process that it can stop


@pytest.mark.parametrize(
    ("place", "line", "told"),
    [
        ("network/new.py", "from helpers.figures import style", "network imports figures"),
        ("tables.py", "from helpers import policies", "tables imports policies"),
        ("forces/new.py", "import plotly.graph_objects as go", "forces imports plotly"),
        ("dating/new.py", "def later():\n    from helpers.network import signed_graph", "dating imports network"),
    ],
)
def test_an_import_from_the_right_is_named_with_its_place(tmp_path, monkeypatch, place, line, told) -> None:
    monkeypatch.setattr("test_architecture.SOURCE", tmp_path)
    path = tmp_path / "helpers" / place
    path.parent.mkdir(parents=True)
    path.write_text(line + "\n")
    (fault,) = backward(path)
    assert told in fault


def test_the_packages_import_one_another_in_no_circle() -> None:
    edges = {
        (unit_of(path), other)
        for path in modules()
        for _, name in imported(path)
        if name.startswith("helpers.") and (other := name.split(".")[1]) in PLACE and other != unit_of(path)
    }
    assert list(nx.simple_cycles(nx.DiGraph(edges))) == []


@pytest.mark.parametrize("page", ["chapters/architecture.md", "CONTRIBUTING.md"])
def test_the_page_draws_the_layers_as_they_are(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    rows = re.findall(r"^\| ([a-z]+) \| ((?:`[a-z]+`(?:, )?)+) \|", text, re.M)
    assert {layer: tuple(sorted(re.findall(r"`([a-z]+)`", names))) for layer, names in rows} == {
        layer: tuple(sorted(names)) for layer, names in LAYERS.items()
    }
    assert [layer for layer, _ in rows] == list(LAYERS)
