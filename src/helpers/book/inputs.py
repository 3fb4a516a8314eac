"""Knowing when built pages and stored outputs are out of date.

The execution cache looks at a notebook's own code only: it does not see that a table or a function has
changed. So a digest of everything else a notebook's output depends on is kept in ``_build/.inputs``, once for
the stored outputs and once for each finished builder. It is withdrawn before a build begins and written back
only when the build has finished, so that an interrupted build is never taken for a whole one.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from helpers.book.places import CLONE, home_of

OUTPUTS_FROM = ("data", "findings", "src", "requirements.txt")
PAGES_FROM = (*OUTPUTS_FROM, "assets", "_templates")
CACHE = Path("_build/.jupyter_cache")
_STATE = Path("_build/.inputs")


def digest(root: Path, names: Iterable[str] = OUTPUTS_FROM) -> str:
    """Return the SHA-256 of the names and contents of all files in these places."""
    total = hashlib.sha256()
    for path in sorted(_files(root, names)):
        total.update(_name(path, root).encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def begin(root: Path, builder: str = "html", setting: str = "") -> bool:
    """Prepare a build; return whether every page must be made again.

    Stored outputs made from other inputs are deleted.

    Parameters
    ----------
    setting
        What the pages depend on beside the files.
    """
    outputs, state = digest(root), _read(root)
    if state["cache"] != outputs:
        shutil.rmtree(root / CACHE, ignore_errors=True)
        state = {"cache": outputs, "built": {}}
    stale = state["built"].pop(builder, None) != digest(root, PAGES_FROM) + setting
    if stale:
        _write(root, state)
    return stale


def finish(root: Path, builder: str = "html", setting: str = "") -> None:
    """Record that the builder has finished with this setting, unless the inputs changed under it."""
    state = _read(root)
    if state["cache"] == digest(root):
        state["built"][builder] = digest(root, PAGES_FROM) + setting
        _write(root, state)
    else:
        (root / _STATE).unlink(missing_ok=True)


def _files(root: Path, names: Iterable[str]) -> Iterator[Path]:
    for name in names:
        top = home_of(root, name)
        found = [top] if top.is_file() else top.rglob("*")
        yield from (p for p in found if p.is_file() and not _ignored(_name(p, root)))


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root if path.is_relative_to(root) else CLONE).as_posix()


def _ignored(name: str) -> bool:
    parts = name.split("/")
    return any(part.startswith(".") or part == "__pycache__" or part.endswith(".egg-info") for part in parts)


def _read(root: Path) -> dict:
    try:
        state = json.loads((root / _STATE).read_text("utf-8"))
        return {"cache": state["cache"], "built": dict(state["built"])}
    except (OSError, ValueError, KeyError, TypeError):
        return {"cache": None, "built": {}}


def _write(root: Path, state: dict) -> None:
    path = root / _STATE
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".new")
    temporary.write_text(json.dumps(state), "utf-8")
    temporary.replace(path)
