"""The first cell of a chapter: the same in all of them, and what it does where the package is, and where it is not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import nbformat
import pytest
from packaging.requirements import Requirement

from helpers.book import start

ROOT = Path(__file__).parents[1]
CHAPTERS = sorted((ROOT / "chapters").glob("*.ipynb"))
CELL = nbformat.read(CHAPTERS[0], as_version=4).cells[1]
REPORT = "import helpers; print(helpers.__file__, len(helpers.load().sources))"
COPIED = ("src", "data", "pyproject.toml", "requirements.txt")


def run(folder: Path, *, importable: bool = False, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the cell in a folder, by an interpreter that has the packages and, unless asked to, not `helpers`."""
    # Without `site`, as the file that makes a clone importable would be read.
    packages = [sysconfig.get_path("purelib"), *([str(ROOT / "src")] if importable else [])]
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-S", "-c", f"{CELL.source}\n{REPORT}"],
        cwd=folder,
        env={**kept, "PYTHONPATH": os.pathsep.join(packages), "GIT_CONFIG_NOSYSTEM": "1", **variables},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository with its own git, as somebody would fetch it."""
    clone = tmp_path_factory.mktemp("origin")
    for name in COPIED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, clone / name)
    (clone / "chapters").mkdir()
    git = ["git", "-C", str(clone), "-c", "user.name=x", "-c", "user.email=x@example.org"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "All"]):
        subprocess.run([*git, *command], check=True)
    return clone


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_every_chapter_begins_with_the_same_cell_which_the_book_does_not_show(path: Path) -> None:
    title, first, *_ = nbformat.read(path, as_version=4).cells
    assert title.cell_type == "markdown"
    assert (first.id, first.cell_type, first.source) == (CELL.id, "code", CELL.source)
    assert first.metadata.tags == ["remove-cell"]


def test_where_the_package_is_importable_nothing_is_done(tmp_path: Path) -> None:
    done = run(tmp_path, importable=True, BOOK_REPOSITORY=str(tmp_path / "nowhere"))
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(str(ROOT / "src"))
    assert list(tmp_path.iterdir()) == []


def test_in_a_clone_the_code_beside_the_chapters_is_found_without_being_installed(clone: Path) -> None:
    for folder in (clone, clone / "chapters"):
        done = run(folder, BOOK_REPOSITORY=str(clone / "nowhere"))
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith(str(clone / "src"))


def test_a_notebook_alone_says_what_to_do_and_makes_up_no_address(tmp_path: Path) -> None:
    for address in ({}, {"BOOK_REPOSITORY": ""}):
        done = run(tmp_path, **address)
        assert done.returncode != 0
        (said,) = [line for line in done.stderr.splitlines() if line.startswith("ModuleNotFoundError: ")]
        assert "folder `chapters` of a copy of the book's repository" in said
        assert "%env BOOK_REPOSITORY=" in said
        assert "://" not in CELL.source
        assert list(tmp_path.iterdir()) == []


def test_a_notebook_alone_fetches_the_repository_that_it_is_told_once(clone: Path, tmp_path: Path) -> None:
    for address in (clone.as_uri(), "file:///gone"):
        done = run(tmp_path, BOOK_REPOSITORY=address)
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith(str(tmp_path / "book/src"))
    assert [path.name for path in tmp_path.iterdir()] == ["book"]


def test_an_address_that_leads_nowhere_is_named_by_git(tmp_path: Path) -> None:
    done = run(tmp_path, BOOK_REPOSITORY=(tmp_path / "gone").as_uri())
    assert done.returncode != 0
    assert str(tmp_path / "gone") in done.stderr
    assert list(tmp_path.iterdir()) == []


# --- What is missing beside `helpers` itself ----------------------------------------------------------------


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that would have been run; a path for imports that may be spoilt."""
    commands: list[list[str]] = []
    monkeypatch.setattr(start.subprocess, "run", lambda command, check: commands.append(command))
    monkeypatch.setattr(sys, "path", list(sys.path))
    return commands


def test_what_the_package_needs_is_installed_here_and_only_the_path_is_added(asked: list) -> None:
    start.main({start.COLAB: "1"})
    assert asked == []
    assert sys.path[0] == str(ROOT / "src")


def test_a_missing_package_is_named_with_the_command_that_installs_it(monkeypatch, asked: list) -> None:
    monkeypatch.setattr(start, "requirements", lambda: [Requirement("pandas>=99"), Requirement("plotly")])
    before = list(sys.path)
    with pytest.raises(ModuleNotFoundError, match=r"needs pandas>=99\. Type in a terminal: .*pip install.* --editable"):
        start.main({})
    assert asked == []
    assert sys.path == before


def test_in_colab_a_missing_package_is_installed_in_the_version_of_the_lock(monkeypatch, asked: list) -> None:
    left = iter([["pandas>=3"], []])
    monkeypatch.setattr(start, "lacking", lambda needed: next(left))
    start.main({start.COLAB: "release"})
    (command,) = asked
    assert command[command.index("--constraint") + 1] == str(ROOT / "requirements.txt")
    assert command[-1] == str(ROOT)


def test_a_package_that_is_loaded_in_another_version_asks_for_a_restart(monkeypatch, asked: list) -> None:
    import pandas as pd

    monkeypatch.setattr(pd, "__version__", "2.2.2")
    with pytest.raises(RuntimeError, match=r"^pandas: installed just now, .* Restart"):
        start.main({})
