"""The same chapters as a default Jupyter Book: without this book's configuration, template and extension.

Figures are shown by plotly's renderer ``notebook``: the one that shows them there without asking another host.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

CONFIG = """
title: "Five Days' Notice"
only_build_toc_files: true
exclude_patterns: ["**/.*"]
execute: {execute_notebooks: force, timeout: 240, allow_errors: true}
bibtex_bibfiles: [data/references.bib]
sphinx: {config: {bibtex_reference_style: author_year}}
"""
PARTS = ("chapters", "index.md", "_toc.yml", "data")


def write(root: Path, folder: Path) -> None:
    """Write the sources of the default book of the book in `root` into an empty folder."""
    for name in PARTS:
        source = root / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    (folder / "_config.yml").write_text(CONFIG, "utf-8")


def build(root: Path, folder: Path, python: str = sys.executable) -> Path:
    """Build the default book with the functions of the book in `root`; return the folder of the pages."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("BOOK_")}
    environment = {**known, "PYTHONPATH": str(root / "src"), "PLOTLY_RENDERER": "notebook"}
    command = [python, "-c", "from jupyter_book.cli.main import main; main()", "build", "-q", str(folder)]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return folder / "_build/html"
