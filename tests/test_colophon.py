"""What the colophon says of versions and commits."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pytest

from helpers.book import colophon
from helpers.record import Campaign

ROOT = Path(__file__).parents[1]
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="there is no git here")


def git(root: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=A Reader", "-c", "user.email=reader@example.org"]
    subprocess.run(["git", "-C", str(root), *identity, *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q")
    (tmp_path / "a.txt").write_text("one\n", "utf-8")
    git(tmp_path, "add", "a.txt")
    git(tmp_path, "commit", "-qm", "First")
    return tmp_path


def test_a_package_is_named_with_the_installed_version_and_the_reason_from_the_requirements() -> None:
    rows = colophon.packages(ROOT).set_index("package")
    assert rows.loc["pandas", "version"] == version("pandas")
    assert rows.loc["pandas", "what for"] == "the tables"
    assert set(colophon.requirements(ROOT)) < set(rows.index)
    assert "not installed here" not in set(rows["version"])


def test_a_requirement_without_a_pin_is_read_and_one_without_a_reason_is_left_out(tmp_path: Path) -> None:
    text = "# a comment\npytest     # the runner\npandas==3.1.1\nedtf>=5,<6   # dates\n"
    (tmp_path / "requirements.in").write_text(text, "utf-8")
    assert colophon.requirements(tmp_path) == {"pytest": "the runner", "edtf": "dates"}


def test_every_package_of_the_requirements_says_what_it_is_for() -> None:
    lines = (ROOT / "requirements.in").read_text("utf-8").splitlines()
    assert len(colophon.requirements(ROOT)) == sum(not line.startswith("#") for line in lines if line.strip())


def test_a_package_that_is_not_there_is_not_given_a_version() -> None:
    assert colophon._installed("no-such-package-anywhere") == "not installed here"


def test_the_version_of_the_plotly_script_is_the_one_it_names() -> None:
    bundle, number = colophon.plotly_script(ROOT)
    assert bundle == "basic"
    assert number[0].isdigit()


def test_the_book_its_data_and_its_code_have_one_version(campaign: Campaign) -> None:
    assert colophon.book_version(ROOT) == campaign.package["version"]
    assert f'version = "{campaign.package["version"]}"' in (ROOT / "pyproject.toml").read_text("utf-8")


def test_without_a_citation_file_the_version_is_unknown(tmp_path: Path) -> None:
    assert colophon.book_version(tmp_path) is None


@needs_git
def test_a_commit_is_named_and_a_changed_file_is_not_passed_over(repository: Path) -> None:
    found = colophon.commit(repository)
    assert found is not None
    assert len(found.key) == 40
    assert not found.changed
    (repository / "a.txt").write_text("two\n", "utf-8")
    assert colophon.commit(repository) == colophon.Commit(found.key, found.day, changed=True)


@needs_git
def test_a_folder_inside_somebody_elses_repository_has_no_commit_of_its_own(repository: Path) -> None:
    (repository / "book").mkdir()
    assert colophon.commit(repository / "book") is None


@needs_git
def test_a_repository_without_a_commit_has_none(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    assert colophon.commit(tmp_path) is None


def test_without_a_repository_the_commit_is_unknown(tmp_path: Path) -> None:
    assert colophon.commit(tmp_path) is None


def test_the_second_reading_is_counted_by_what_it_found(campaign: Campaign) -> None:
    claims = campaign.claims.assign(collated=None, collation=None)
    claims.iloc[:3, claims.columns.get_loc("collated")] = "2026-12-01"
    claims.iloc[:3, claims.columns.get_loc("collation")] = ["right", "wrong", "right"]
    found = colophon.second_reading(replace(campaign, tables={**campaign.tables, "claims": claims}))
    assert [found[word] for word in ("read", "right", "overstated", "unsupported", "wrong")] == [3, 2, 0, 0, 1]
    assert found["cited_read"] <= 3 < found["cited"]
