"""The workflows, the Makefile and the README: what they call exists, and they say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from helpers.__main__ import COMMANDS

ROOT = Path(__file__).parents[1]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
BOOK = yaml.safe_load((ROOT / ".github/workflows/book.yml").read_text("utf-8"))

PIN = re.compile(r"^([\w.-]+)==([\w.+!]+)", re.M)


def pins(text: str) -> dict[str, str]:
    """Return the version of each package that a lock pins."""
    return dict(PIN.findall(text))


def commands(workflow: Path) -> str:
    jobs = yaml.safe_load(workflow.read_text("utf-8"))["jobs"]
    return "\n".join(step.get("run", "") for job in jobs.values() for step in job["steps"])


@pytest.mark.parametrize("path", [*WORKFLOWS, ROOT / "README.md", ROOT / "CONTRIBUTING.md"], ids=lambda path: path.name)
def test_every_command_that_is_named_exists(path: Path) -> None:
    text = commands(path) if path.suffix == ".yml" else path.read_text("utf-8")
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M)
    assert set(re.findall(r"\bmake ([a-z]+)\b(?=[`\s&]*(?:#|$|`|&))", text, re.M)) <= set(targets)
    assert set(re.findall(r"python -m helpers ([a-z]+)", text)) <= COMMANDS.keys()
    for script in re.findall(r"bash (\S+)", text):
        assert (ROOT / script).is_file()


def test_the_plain_commands_are_those_of_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    plain = [step["run"] for step in BOOK["jobs"]["plain"]["steps"] if "run" in step]
    assert plain
    assert [command for command in plain if command not in readme] == []


def test_three_systems_and_every_python_from_the_oldest_that_is_promised_are_tried() -> None:
    systems = {BOOK["jobs"]["commands"]["runs-on"], *BOOK["jobs"]["plain"]["strategy"]["matrix"]["system"]}
    assert {system.split("-")[0] for system in systems} == {"ubuntu", "macos", "windows"}
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    oldest = re.search(r'requires-python = ">=([\d.]+)"', project)[1]
    tried = BOOK["jobs"]["commands"]["strategy"]["matrix"]["python"]
    minors = [int(version.split(".")[1]) for version in tried]
    assert tried[0] == oldest
    assert minors == list(range(minors[0], minors[0] + len(minors)))


def test_nothing_is_published_that_was_not_tested() -> None:
    assert set(BOOK["jobs"]["publish"]["needs"]) == BOOK["jobs"].keys() - {"publish"}


# --- The locks ----------------------------------------------------------------------------------------------


def test_binder_installs_the_lock_of_the_book_and_its_package_and_nothing_else() -> None:
    file = ROOT / ".binder/requirements.txt"
    lines = [line for line in file.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    (lock,) = [line.removeprefix("-r ") for line in lines if line.startswith("-r ")]
    assert (file.parent / lock).resolve() == ROOT / "requirements.txt"
    assert [line for line in lines if not line.startswith("-r ")] == ["-e ."]  # pip reads it from the top of the clone


def test_binder_has_the_python_that_the_published_book_is_built_with() -> None:
    (setup,) = [step["with"] for step in BOOK["jobs"]["publish"]["steps"] if "setup-python" in step.get("uses", "")]
    assert (ROOT / ".binder/runtime.txt").read_text("utf-8") == f"python-{setup['python-version']}\n"


@pytest.mark.parametrize("beside", ["dev", "lab"])
def test_a_lock_beside_the_books_pins_nothing_otherwise(beside: str) -> None:
    book, other = (pins((ROOT / f"requirements{part}.txt").read_text("utf-8")) for part in ("", f"-{beside}"))
    shared = book.keys() & other.keys()
    assert shared
    assert {name: other[name] for name in shared} == {name: book[name] for name in shared}


@pytest.mark.parametrize("lock", ["", "-dev", "-lab"])
def test_a_lock_names_a_version_for_every_package_that_is_asked_for(lock: str) -> None:
    asked = re.findall(r"^([\w.-]+)", (ROOT / f"requirements{lock}.in").read_text("utf-8"), re.M)
    assert {name for name in asked if not name.startswith("-")} <= pins(
        (ROOT / f"requirements{lock}.txt").read_text("utf-8")
    ).keys()
    assert f"requirements{lock}.in -o requirements{lock}.txt" in (ROOT / "CONTRIBUTING.md").read_text("utf-8")
