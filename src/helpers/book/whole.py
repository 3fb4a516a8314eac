"""A build after which nothing has changed need not be made again: what it was made from, and what it made.

The record stands in ``_build/.whole``. It is withdrawn before a build begins and written when the last stage has
passed; pages that were changed or deleted since count as not built.
"""

from __future__ import annotations

import json
import os
import sys
import sysconfig
from pathlib import Path
from typing import Any

from helpers import repository
from helpers.book import chromium, inputs, reads
from helpers.book.places import write_whole
from helpers.colophon import commit

HTML = Path("_build/html")
_RECORD = Path("_build/.whole")
_NOT_FROM = frozenset({"tests", "node_modules"})
_VARIABLES = ("BOOK_", "GITHUB_")


def state(root: Path) -> dict[str, Any]:
    """Return what a book is made from: every file of its folder and of what it borrows, and what surrounds them.

    What surrounds them: the commit and the address of the repository, the variables that the book reads, the
    browser, Python and the packages installed.
    """
    own = {path.name for path in root.iterdir() if not (path.name in _NOT_FROM or _is_environment(path))}
    names = sorted(name for name in own | set(inputs.PAGES_FROM) if not reads.is_ignored(name))
    return {
        "files": inputs.digest(root, names),
        "commit": repr(commit(root)),
        "repository": repr(repository.find(root)),
        "variables": {name: os.environ[name] for name in sorted(os.environ) if name.startswith(_VARIABLES)},
        "browser": chromium.find(),
        "python": sys.version,
        "packages": sorted(p.name for p in Path(sysconfig.get_path("purelib")).glob("*.dist-info")),
    }


def is_unchanged(root: Path, now: dict[str, Any]) -> bool:
    """Return whether the last whole build was made from this state, whatever became of its pages."""
    return _read(root).get("from") == now


def is_there(root: Path) -> bool:
    """Return whether the pages of the last whole build are there as it left them."""
    return _read(root).get("made") == _made(root)


def withdraw(root: Path) -> None:
    """Forget the last whole build: another one begins."""
    (root / _RECORD).unlink(missing_ok=True)


def record(root: Path, before: dict[str, Any]) -> bool:
    """Record a build that has passed every stage; return False if what it was made from changed meanwhile.

    Parameters
    ----------
    before
        The state before it began.
    """
    if state(root) != before:
        return False
    write_whole(root / _RECORD, json.dumps({"from": before, "made": _made(root)}))
    return True


def _is_environment(path: Path) -> bool:
    return (path / "pyvenv.cfg").is_file()


def _made(root: Path) -> dict[str, list[int]]:
    files = sorted(path for path in (root / HTML).rglob("*") if path.is_file())
    return {p.relative_to(root / HTML).as_posix(): [p.stat().st_size, p.stat().st_mtime_ns] for p in files}


def _read(root: Path) -> dict[str, Any]:
    try:
        found = json.loads((root / _RECORD).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
