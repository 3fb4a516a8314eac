"""A book on another conflict: ``python -m helpers new FOLDER`` writes what one begins with.

An empty data package with the whole schema, a book of two pages, and in ``README.md`` what to do next. It builds and
passes the check as it stands. ``examples/kokand`` was begun so.
"""

from __future__ import annotations

import argparse
import copy
import csv
import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from helpers.check.schema import ALL_SOURCES
from helpers.check.seal import sealed, write_descriptor
from helpers.export.dictionary import README, dictionary
from helpers.record import DataError, general_schema, load
from helpers.record.citations import BIBLIOGRAPHY

SKELETON = Path(__file__).parent / "skeleton"
_ALL_SOURCES = (ALL_SOURCES, "All sources", "", "as_assumed", "Every text counts; this is the reading of the book.")


def make(folder: str | Path, *, title: str = "", created: date | None = None) -> Path:
    """Write a new book into a folder that does not exist yet or is empty; return the folder.

    It is written beside the folder first and takes its place when it is whole.

    Parameters
    ----------
    folder
        Where to write; its parent must be there.
    title
        Of the book; by default made from the name of the folder.
    created
        The day that the descriptor gives; by default today.

    Raises
    ------
    ValueError
        If the name of the folder has no letter or digit to make a name of, or the title is blank or has a line break
        or another control character, or two braces together.
    FileExistsError
        If the folder is not empty, or is a file.
    FileNotFoundError
        If the folder's parent is not there.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     book = make(Path(folder) / "winter-war", title="The Winter War")
    ...     names = sorted(path.name for path in book.iterdir())
    >>> names
    ['README.md', '_config.yml', '_toc.yml', 'chapters', 'data', 'index.md']
    """
    target = Path(folder).resolve()
    name = re.sub(r"[^a-z0-9]+", "-", target.name.lower()).strip("-")
    title = title.strip() if title else name.replace("-", " ").capitalize()
    _refuse(target, name, title)
    created = created or date.today()
    unfinished = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        _copy(unfinished, {"TITLE": title, "AUTHORS": f"The authors of {title}", "YEAR": str(created.year)})
        _write_data(unfinished / "data", title=title, name=name, created=created)
        if target.exists():
            target.rmdir()
        unfinished.rename(target)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return target


def blank(*, name: str, title: str, created: date) -> dict[str, Any]:
    """Return the descriptor of a package without rows: the general schema, under a name and title of its own."""
    schema = copy.deepcopy(general_schema())
    named = {"$schema": schema.pop("$schema"), "name": name, "title": title, "created": f"{created}T00:00:00Z"}
    for resource in schema["resources"]:
        for field in resource["schema"]["fields"]:
            field.pop("keep", None)
    return named | schema


def main(argv: Sequence[str] | None = None) -> int:
    """Write a new book from the command line; return 1, say why and leave nothing if it cannot be written."""
    parser = argparse.ArgumentParser(prog="python -m helpers new", description="Begin a book on another conflict.")
    parser.add_argument("folder", help="a folder that does not exist yet, or is empty")
    parser.add_argument("--title", default="", help="title of the book (default: from the folder's name)")
    options = parser.parse_args(argv)
    try:
        made = make(options.folder, title=options.title)
    except (DataError, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{made}\nRead README.md there; then:\n  python -m helpers build {options.folder}")
    return 0


def _refuse(target: Path, name: str, title: str) -> None:
    if not name:
        raise ValueError(f"{target.name!r} has no letter a to z and no digit; the package is named after the folder")
    if not title:
        raise ValueError("the title is blank; give one with a letter, or leave it to be made from the folder's name")
    if not title.isprintable():
        raise ValueError(f"the title {title!r} has a line break or another character that does not show; leave it out")
    if "{{" in title:
        raise ValueError(f"the title {title!r} has two braces together, which no page may show; leave one out")
    if target.is_file():
        raise FileExistsError(f"{target} is a file; give a folder that does not exist yet")
    if target.is_dir() and any(target.iterdir()):
        raise FileExistsError(
            f"{target} is not empty, and nothing is overwritten; give a folder that does not exist yet"
        )
    if not target.parent.is_dir():
        raise FileNotFoundError(f"there is no folder {target.parent}; make it first, or give another place")


def _copy(folder: Path, words: Mapping[str, str]) -> None:
    """Write the pages and what explains them, with the words put in, quoted, where their marks stand."""
    for path in sorted(SKELETON.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            to = folder / path.relative_to(SKELETON)
            to.parent.mkdir(parents=True, exist_ok=True)
            text = path.read_text("utf-8")
            if quote := _QUOTED.get(path.suffix):
                # In one go, so that a mark that stands in a title stays there as it is.
                text = re.sub("@([A-Z]+)@", lambda mark, quote=quote: quote(words[mark[1]]), text)
            to.write_text(text, encoding="utf-8", newline="\n")


def _in_yaml(text: str) -> str:
    """The text as JSON, which is YAML too: always a text, though it be `yes` or `1918`."""
    return json.dumps(text, ensure_ascii=False)


def _in_markdown(text: str) -> str:
    """The text with a backslash before every mark that Markdown, MyST or HTML could take for its own."""
    return re.sub(r"([\\`*_{}\[\]<>#$&|~])", r"\\\1", text)


_QUOTED: Mapping[str, Callable[[str], str]] = {".yml": _in_yaml, ".md": _in_markdown}


def _write_data(folder: Path, *, title: str, name: str, created: date) -> None:
    """Write the tables without rows, the descriptor with its seal, and the dictionary."""
    folder.mkdir(exist_ok=True)
    descriptor = blank(name=name, title=title, created=created)
    for resource in descriptor["resources"]:
        with open(folder / resource["path"], "w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(field["name"] for field in resource["schema"]["fields"])
            if resource["name"] == "policies":
                rows.writerow(_ALL_SOURCES)
    (folder / BIBLIOGRAPHY).write_text("", encoding="utf-8")
    write_descriptor(folder, sealed(folder, descriptor))
    (folder / README).write_text(dictionary(load(folder)), encoding="utf-8", newline="\n")
