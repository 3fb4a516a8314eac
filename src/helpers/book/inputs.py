"""Knowing when built pages and stored outputs are out of date.

The execution cache looks at a notebook's own code only: it does not see that a table or a function has
changed. So with each stored output goes a record of what the notebook read (`helpers.book.reads`), and an output
whose record no longer stands is deleted. For outputs without a record, which plain Jupyter Book makes, and for each
finished builder a digest of everything stands in ``_build/.inputs``. It is withdrawn before a build begins and
written back only when the build has finished, so that an interrupted build is never taken for a whole one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from helpers.book import reads
from helpers.book.places import home_of, write_whole

OUTPUTS_FROM = ("data", "findings", "src", "requirements.txt")
PAGES_FROM = (*OUTPUTS_FROM, "assets", "_templates")
CACHE = Path("_build/.jupyter_cache")
READS = "reads"
"""Under this name the record stands with the stored output."""

_STATE = Path("_build/.inputs")


def digests(root: Path, names: Iterable[str] = OUTPUTS_FROM) -> dict[str, str]:
    """Return the SHA-256 of all files in these places, by name."""
    return {reads.name_of(path, root): _sha256(path, *_stamp(path)) for path in sorted(_files(root, names))}


def digest(root: Path, names: Iterable[str] = OUTPUTS_FROM) -> str:
    """Return the SHA-256 of the names and contents of all files in these places."""
    return hashlib.sha256(json.dumps(digests(root, names)).encode()).hexdigest()


def refresh(root: Path) -> None:
    """Delete the stored outputs that were made from something else than what is there now."""
    everything, state = digest(root), _read(root)
    if (root / CACHE).is_dir():
        from jupyter_cache import get_cache  # here: a build in which nothing has changed does without it

        outputs, known = get_cache(str(root / CACHE)), {}
        for stored in outputs.list_cache_records():
            record = (stored.data or {}).get(READS)
            fresh = reads.stands(root, record, known) if record else state["cache"] == everything
            if not fresh:
                outputs.remove_cache(stored.pk)
    if state["cache"] != everything:
        _write(root, {"cache": everything, "built": {}})


def begin(root: Path, builder: str = "html", setting: str = "") -> bool:
    """Prepare a build; return whether every page must be made again.

    Stored outputs made from other inputs are deleted.

    Parameters
    ----------
    setting
        What the pages depend on beside the files.
    """
    refresh(root)
    state = _read(root)
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


def withdraw(root: Path, builder: str = "html") -> None:
    """Let every page of a builder be made again at the next build."""
    state = _read(root)
    if state["built"].pop(builder, None) is not None:
        _write(root, state)


@cache
def _sha256(path: Path, modified: int, size: int) -> str:
    """The digest of a file; one process reads it once for each time that it was written."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _stamp(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_mtime_ns, found.st_size


def _files(root: Path, names: Iterable[str]) -> Iterator[Path]:
    for name in names:
        top = home_of(root, name)
        found = [top] if top.is_file() else top.rglob("*")
        yield from (path for path in found if not reads.is_ignored(reads.name_of(path, root)) and path.is_file())


def _read(root: Path) -> dict:
    try:
        state = json.loads((root / _STATE).read_text("utf-8"))
        return {"cache": state["cache"], "built": dict(state["built"])}
    except (OSError, ValueError, KeyError, TypeError):
        return {"cache": None, "built": {}}


def _write(root: Path, state: dict) -> None:
    write_whole(root / _STATE, json.dumps(state))
