"""How this copy of the book was made: versions, commit, data. What cannot be found out is said to be unknown."""

from __future__ import annotations

import platform
import re
import subprocess
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pandas as pd

from helpers.findings import index
from helpers.record import Campaign

UNDER = {
    "sphinx": "reads the pages and writes them as HTML",
    "myst-nb": "reads notebooks, runs them and takes their output into the page",
    "myst-parser": "reads the Markdown of the chapters",
    "sphinx-book-theme": "notes in the margin; the page itself is the book's own",
    "jupyter-cache": "keeps the outputs of a notebook until its inputs change",
    "nbclient": "runs a notebook from top to bottom",
    "ipykernel": "runs the cells",
    "numpy": "the arithmetic under the tables",
}
"""What the packages of ``requirements.in`` stand on, with what each does here."""

_REQUIREMENT = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)\s*(?:[=<>~!][^#]*)?#\s*(?P<reason>.+)$")
_CFF_VERSION = re.compile(r"^version:\s*[\"']?(?P<version>[^\"'\s]+)", re.MULTILINE)
_PLOTLY_JS = re.compile(r"plotly\.js \((?P<bundle>[\w-]+) - minified\) v(?P<version>[\d.]+)")
PLOTLY_SCRIPT = Path("assets/static/book/plotly-basic.min.js")


@dataclass(frozen=True)
class Commit:
    """The state of the repository: the commit (40 hex digits), its day (ISO), and whether files differ from it."""

    key: str
    day: str
    changed: bool


def requirements(root: Path) -> dict[str, str]:
    """Return the packages that ``requirements.in`` names, each with the reason given there."""
    lines = (root / "requirements.in").read_text("utf-8").splitlines()
    return {match["name"]: match["reason"].strip() for line in lines if (match := _REQUIREMENT.match(line))}


def packages(root: Path) -> pd.DataFrame:
    """Return what the book is made with: name, installed version, and what for."""
    rows = [{"package": "Python", "version": platform.python_version(), "what for": "runs everything here"}]
    for name, reason in (requirements(root) | UNDER).items():
        rows.append({"package": name, "version": _installed(name), "what for": reason})
    bundle, number = plotly_script(root)
    what = "draws the figures in the browser"
    rows.append({"package": f"plotly.js ({bundle} bundle)", "version": number, "what for": what})
    return pd.DataFrame(rows)


def plotly_script(root: Path) -> tuple[str, str]:
    """Return the bundle and the version that the book's copy of plotly.js names in its first lines."""
    with open(root / PLOTLY_SCRIPT, encoding="utf-8") as file:
        match = _PLOTLY_JS.search(file.read(400))
    return (match["bundle"], match["version"]) if match else ("unknown", "unknown")


def book_version(root: Path) -> str | None:
    """Return the version in ``CITATION.cff``; None if the file or the line is not there."""
    path = root / "CITATION.cff"
    match = _CFF_VERSION.search(path.read_text("utf-8")) if path.is_file() else None
    return match["version"] if match else None


def data_version(campaign: Campaign) -> str:
    """Return the version of the data package, with the day it was made as the descriptor gives it."""
    package = campaign.package
    return f"{package['version']} ({str(package['created'])[:10]})" if "created" in package else package["version"]


def second_reading(campaign: Campaign) -> dict[str, int]:
    """Return how many claims other eyes held against their page again, and what they found of them.

    Returns
    -------
    dict
        ``read``; one number for each word of ``claims.collation``; ``cited``, the claims that a finding cites, and
        ``cited_read``, those of them that were read again.
    """
    read = campaign.claims["collated"].notna()
    words = campaign.claims.loc[read, "collation"].value_counts()
    cited = campaign.claims.index.isin(index.cited(campaign)["claim"])
    found = {word: int(words.get(word, 0)) for word in ("right", "overstated", "unsupported", "wrong")}
    return {"read": int(read.sum()), **found, "cited": int(cited.sum()), "cited_read": int((read & cited).sum())}


def commit(root: Path) -> Commit | None:
    """Return the commit from which a folder was taken; None where there is no git or no repository of its own."""
    top = _git(root, "rev-parse", "--show-toplevel")
    if top is None or Path(top).resolve() != root.resolve():  # a repository further up is another project
        return None
    key, day = _git(root, "rev-parse", "HEAD"), _git(root, "show", "-s", "--format=%cs", "HEAD")
    if key is None or day is None:
        return None
    return Commit(key, day, changed=bool(_git(root, "status", "--porcelain", "--untracked-files=no")))


def _git(root: Path, *arguments: str) -> str | None:
    command = ["git", "-C", str(root), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed here"
