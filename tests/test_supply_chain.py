"""What the repository stands on is named exactly: actions by commit, packages by version."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
USES = re.compile(r"uses: *(\S+?)@(\S+)(?: +# (\S+))?")


@pytest.mark.parametrize("path", sorted((ROOT / ".github/workflows").glob("*.yml")), ids=lambda path: path.name)
def test_an_action_is_named_by_its_commit_with_its_version_behind(path: Path) -> None:
    used = USES.findall(path.read_text("utf-8"))
    assert used
    for action, commit, version in used:
        assert re.fullmatch("[0-9a-f]{40}", commit), action
        assert re.fullmatch(r"v\d+\.\d+\.\d+", version), action


def test_an_action_has_one_commit_in_all_workflows() -> None:
    used = {found for path in (ROOT / ".github/workflows").glob("*.yml") for found in USES.findall(path.read_text())}
    assert len(used) == len({action for action, _, _ in used})


@pytest.mark.parametrize("lock", ["", "-dev", "-lab"])
def test_every_line_of_a_lock_names_one_version(lock: str) -> None:
    lines = (ROOT / f"requirements{lock}.txt").read_text("utf-8").splitlines()
    packages = [line for line in lines if line and not line.lstrip().startswith("#")]
    assert packages
    assert [line for line in packages if not re.match(r"[a-z0-9][\w.-]*==[\w.+!]+( ; |$)", line)] == []
