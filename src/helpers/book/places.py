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


def environment(root: Path) -> dict[str, str]:
    """Return the variables a kernel needs: the book's HTML switched on, `helpers` importable, its own data at hand."""
    known = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    paths = [str(home_of(root, "src").resolve()), *filter(None, known)]
    data = root.resolve() / "data"
    return {"BOOK_BUILD": "1", "PYTHONPATH": os.pathsep.join(dict.fromkeys(paths))} | (
        {VARIABLE: str(data)} if (data / DESCRIPTOR).is_file() else {}
    )
