"""Jupyter Book, begun early: it imports what takes long while the notebooks run, and waits for a word.

``draw`` lets a browser draw the figures that are there by then, ``build`` builds. The arguments are those of
``jupyter-book``, the last of them the book's folder. ``helpers.build`` begins it. Told to end, it lets a browser that
draws come to its end first, which clears away what it has written.
"""

from __future__ import annotations

import signal
import sys
from importlib import import_module
from pathlib import Path

from helpers.book import pictures

IMPORTED = (
    "jupyter_book.sphinx",
    "myst_nb.sphinx_ext",
    "sphinx_book_theme",
    "sphinx_design",
    "sphinxcontrib.bibtex",
    "networkx",
    "helpers.book.sphinx_ext",
    "helpers.book.downloads",
    "helpers.book.evidence",
    "helpers.findings.dossier",
)


def main() -> None:
    """Do what each line of the standard input says."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    for name in IMPORTED:
        import_module(name)
    for word in sys.stdin:
        if word == "draw\n":
            pictures.begin(Path(sys.argv[-1]))
        elif word == "build\n":
            import_module("jupyter_book.cli.main").main()


if __name__ == "__main__":
    main()
