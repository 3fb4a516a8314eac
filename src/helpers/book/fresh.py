"""What a build keeps under ``_build`` so as not to make it twice, and how it knows that it still holds.

Everything is kept under a name together with a key: a digest of the contents of all that it was made from. Times of
files play no part, so that a file which was changed and put back is seen for what it is. A damaged file counts as
none. What is kept is withdrawn before it is made again, and written when it is whole.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from helpers.book.depends import content_digest, files_in
from helpers.book.places import home_of, write_whole

STORE = Path("_build/.store")
CODE = ("src",)
OUTPUTS_FROM = ("data", "findings", "requirements.txt", *CODE)
PAGES_FROM = (*OUTPUTS_FROM, "assets", "_templates")
_NO_PART = frozenset({"tests", "node_modules"})


def cached(root: Path, name: str, key: str, make: Callable[[], Any]) -> Any:
    """Return what `make` returns, or what it returned before under the same key; what raises is not kept.

    Parameters
    ----------
    name
        One thing is kept under each name: the latest.
    key
        A digest of everything that it is made from.
    make
        Returns something that JSON can hold, but None.
    """
    found = read(root, name, key)
    if found is None:
        found = make()
        write(root, name, key, found)
    return found


def read(root: Path, name: str, key: str) -> Any:
    """Return what is kept under a name, or None if it was made from something else or cannot be read."""
    try:
        kept = json.loads(_file(root, name).read_text("utf-8"))
        return kept["value"] if kept["key"] == key else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write(root: Path, name: str, key: str, value: Any) -> None:
    """Keep something under a name, in place of what was kept there."""
    write_whole(_file(root, name), json.dumps({"key": key, "value": value}, ensure_ascii=False))


def forget(root: Path, name: str) -> None:
    """Keep nothing under a name."""
    _file(root, name).unlink(missing_ok=True)


def digest(root: Path, names: Iterable[str] = OUTPUTS_FROM) -> str:
    """Return the SHA-256 of the names and contents of all files in some places of the book.

    A place that the book does not have is that of the clone it borrows from.
    """
    found = {}
    for name in names:
        home = home_of(root, name)
        top = home.parents[name.count("/")]
        inside = files_in(top, name) if home.is_dir() else [name]
        found[name] = {file: content_digest(top / file) for file in inside if not file.endswith("/")}
    return hashlib.sha256(json.dumps(found).encode()).hexdigest()


def everything(root: Path) -> str:
    """Return the digest of every file from which a book is made, in its own folder and in what it borrows."""
    own = {name.split("/")[0] for name in files_in(root)} - _NO_PART
    return digest(root, sorted(own | set(PAGES_FROM)))


def pages_key(root: Path, setting: str = "") -> str:
    """Return the digest of what every page is made from beside its own text.

    Parameters
    ----------
    setting
        What the pages depend on beside files.
    """
    return digest(root, PAGES_FROM) + setting


def made(folder: Path) -> str:
    """Return the digest of what lies in a folder of built pages."""
    return digest(folder.parent, [folder.name])


def _file(root: Path, name: str) -> Path:
    return root / STORE / f"{name}.json"
