"""The code as a linter and a formatter see it."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("command", [["check"], ["format", "--check"]], ids=["linted", "formatted"])
def test_the_code_is(command: list[str]) -> None:
    folders = ["src", "tests", "benchmarks", "examples"]
    done = subprocess.run([sys.executable, "-m", "ruff", *command, *folders], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
