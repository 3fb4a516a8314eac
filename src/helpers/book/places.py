"""Where the parts of a book stand: in its own folder, or else in the clone that `helpers` comes from.

A second book brings its tables, its findings and its chapters. The page, its scripts and the code it shares with the
first; what stands under the same name in its own folder wins.
"""

from __future__ import annotations

import os
from pathlib import Path

from helpers.tables import DESCRIPTOR, VARIABLE

CLONE = Path(__file__).resolve().parents[3]
"""The folder of the book that `helpers` was made for."""


def home_of(root: Path, name: str) -> Path:
    """Return where a part of the book in `root` stands, for instance ``assets/static``."""
    own = root / name
    return own if own.exists() else CLONE / name


def write_whole(path: Path, text: str) -> None:
    """Write a file that is there whole or not at all, whoever reads or writes it at the same time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}")
    unfinished.write_text(text, "utf-8", newline="\n")
    unfinished.replace(path)


def write_only(path: Path, text: str) -> None:
    """Write a file as `write_whole` does, and delete those of its kind beside it: they tell of another state."""
    write_whole(path, text)
    for other in path.parent.glob(f"*{path.suffix}"):
        if other != path:
            other.unlink(missing_ok=True)


def environment(root: Path) -> dict[str, str]:
    """Return the variables a kernel needs: the book's HTML switched on, `helpers` importable, its own data at hand."""
    known = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    paths = [str(home_of(root, "src").resolve()), *filter(None, known)]
    data = root.resolve() / "data"
    return {"BOOK_BUILD": "1", "PYTHONPATH": os.pathsep.join(dict.fromkeys(paths))} | (
        {VARIABLE: str(data)} if (data / DESCRIPTOR).is_file() else {}
    )
