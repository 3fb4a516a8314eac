"""The notebooks as they stand in the repository."""

from __future__ import annotations

import ast
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from helpers.book import execute

ROOT = Path(__file__).parents[1]
CHAPTERS = sorted((ROOT / "chapters").glob("*.ipynb"))
each_chapter = pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)


def read(path: Path) -> NotebookNode:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    return notebook


def code_cells(path: Path) -> list[NotebookNode]:
    return [cell for cell in read(path).cells if cell.cell_type == "code"]


def test_every_page_of_the_contents_exists_and_every_chapter_is_in_the_contents() -> None:
    pages = execute.pages(ROOT)
    assert [p for p in pages if not any((ROOT / f"{p}{end}").exists() for end in ("", ".md", ".ipynb"))] == []
    assert {f"chapters/{path.stem}" for path in CHAPTERS} <= set(pages)


@each_chapter
def test_a_chapter_is_kept_without_outputs(path: Path) -> None:
    assert [c.id for c in code_cells(path) if c.outputs or c.execution_count is not None] == []
    assert set(read(path).metadata) <= {"kernelspec", "jupytext"}


@each_chapter
def test_a_chapter_defines_no_functions(path: Path) -> None:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    nodes = [node for cell in code_cells(path) for node in ast.walk(ast.parse(cell.source))]
    assert [node.name for node in nodes if isinstance(node, kinds)] == []


@each_chapter
def test_a_chapter_opens_with_its_title_and_a_small_first_cell(path: Path) -> None:
    assert read(path).cells[0].source.startswith("# ")
    assert len(code_cells(path)[0].source.strip().splitlines()) <= 10
