"""Where the parts of a book stand: in its own folder, or else in the clone that `helpers` comes from.

A second book brings its tables, its findings and its chapters. The page, its scripts and the code it shares with the
first; what stands under the same name in its own folder wins.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from helpers.record import DESCRIPTOR, VARIABLE

CLONE = Path(__file__).resolve().parents[3]
"""The folder of the book that `helpers` was made for."""

TEMPORARY = Path("_build/.tmp")
"""Temporary folders of builds; the next build clears what one that was killed has left."""

_DEATH_SIGNAL = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
_NOT_HANDED_ON = ("PYTHONWARNINGS", "PYTHONOPTIMIZE", "PYTHONHOME", "PYTHONSTARTUP")


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


@contextmanager
def temporary_folder(root: Path) -> Iterator[Path]:
    """Give a new folder under ``_build`` and delete it afterwards."""
    (root / TEMPORARY).mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=root / TEMPORARY))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def end_with_parent() -> None:
    """Let this process end when the one that began it ends, even by force: on Linux; elsewhere nothing is done."""
    if _LIBC is not None:
        _LIBC.prctl(_DEATH_SIGNAL, signal.SIGKILL)


def environment(root: Path) -> dict[str, str]:
    """Return the variables a kernel needs: the book's HTML switched on, `helpers` importable, its own data at hand."""
    data = root.resolve() / "data"
    return {"BOOK_BUILD": "1", "PYTHONPATH": str(home_of(root, "src").resolve())} | (
        {VARIABLE: str(data)} if (data / DESCRIPTOR).is_file() else {}
    )


def surroundings(root: Path) -> dict[str, str]:
    """Return all variables for a process of the build: those of this one, without what changes how Python runs."""
    return {name: value for name, value in os.environ.items() if name not in _NOT_HANDED_ON} | environment(root)
