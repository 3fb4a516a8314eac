"""What a notebook read when it was run, and whether that still stands.

A kernel tells which files it opened, which folders it listed and which tables it looked at
(`helpers.book.nursery`). Run again on the same, a notebook reads the same and gives the same; so its output is kept
until one of these changes, and not a moment longer. One that started a program, or whose kernel does not tell,
counts as reading everything. The sizes and hashes that the descriptor of the data holds of each table are none of
its content: the seal of one table makes no chapter stale that looks at another.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from helpers.book.nursery import EVERYTHING, LOADED
from helpers.book.places import CLONE, home_of

ALWAYS = ("requirements.txt",)
"""Files on which every output depends: the exact versions of all packages."""

SEALS = ("bytes", "hash")
ABSENT = "absent"
BORROWED = "clone:"
"""Beginning of the name of a file that is not in the book's own folder, but in the clone it borrows from."""


def is_ignored(name: str) -> bool:
    """Whether a file is none that anything is made from: hidden, compiled, left by a tool, or built."""
    parts = name.removesuffix("/").split("/")
    return parts[0] == "_build" or any(
        part.startswith(".") or part == "__pycache__" or part.endswith(".egg-info") for part in parts
    )


def name_of(path: Path, root: Path) -> str:
    """Return how a file of a book, or of the clone it borrows from, is called in a record."""
    return path.relative_to(root if path.is_relative_to(root) else CLONE).as_posix()


def digest(root: Path, name: str) -> str:
    """Return the digest of what a name in a record stands for: a file, a folder's list (``/``), a descriptor."""
    home = CLONE if name.startswith(BORROWED) else root
    path = home / name.removeprefix(BORROWED).removesuffix(LOADED)
    try:
        if name.endswith("/"):
            content = "\0".join(sorted(f.name for f in path.iterdir() if not is_ignored(f.name))).encode()
        elif name.endswith(LOADED):
            content = _without_seals(path.read_text("utf-8"))
        else:
            content = path.read_bytes()
    except (OSError, ValueError):
        return ABSENT
    return hashlib.sha256(content).hexdigest()


def record(root: Path, told: Iterable[str], before: Mapping[str, str]) -> dict[str, str] | None:
    """Return what was read by name, each with its digest; None where that cannot be known.

    Parameters
    ----------
    told
        Absolute paths, as the kernel tells them.
    before
        Digests of files taken before the notebook was run. One that has changed since was read in nobody knows
        which state.
    """
    if EVERYTHING in told:
        return None
    here = root.resolve()
    always = {str(home_of(here, name)) for name in ALWAYS}
    names = sorted({_named(path, here) for path in {*told, *always}})
    found = {name: digest(root, name) for name in names if not is_ignored(name.removeprefix(BORROWED))}
    changed = any(before.get(name.removeprefix(BORROWED), value) != value for name, value in found.items())
    return None if changed else found


def stands(root: Path, record: Mapping[str, str], known: dict[str, str]) -> bool:
    """Return whether everything in a record is as it was.

    Parameters
    ----------
    known
        Digests taken in the same moment for other records; those that are missing are added.
    """
    for name, value in record.items():
        if name not in known:
            known[name] = digest(root, name)
        if known[name] != value:
            return False
    return True


def _named(path: str, root: Path) -> str:
    ending = "/" if path.endswith("/") else ""
    borrowed = "" if Path(path).is_relative_to(root) else BORROWED
    return f"{borrowed}{name_of(Path(path), root)}{ending}"


def _without_seals(text: str) -> bytes:
    package = json.loads(text)
    for resource in package.get("resources", ()):
        for seal in SEALS:
            resource.pop(seal, None)
    return json.dumps(package, ensure_ascii=False).encode()
