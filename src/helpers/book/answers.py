"""What the findings of a book answer, asked once for each state of the data and kept in ``_build``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from helpers.book import inputs
from helpers.book.places import home_of, write_only
from helpers.findings import Finding, ask
from helpers.tables import Campaign

FOLDER = Path("_build/.answers")
_NOT_ASKED = (
    *("book", "check", "export", "figures", "new", "__pycache__"),
    *(f"{name}.py" for name in ("__main__", "build", "colophon", "page", "repository", "results", "start")),
)
"""Parts of `helpers` that no finding reads."""


def answers(campaign: Campaign) -> Mapping[str, Finding | str]:
    """Return what every finding of a book answers, from ``_build`` if it was asked before; in words, why one cannot.

    Parameters
    ----------
    campaign
        The package as it was read from its folder.
    """
    path = campaign.path.parent / FOLDER / f"{state(campaign.path.parent)}.json"
    try:
        return {key: _told(told) for key, told in json.loads(path.read_text("utf-8")).items()}
    except (OSError, ValueError, TypeError):
        found = {key: answer(campaign, row) for key, row in campaign.findings.iterrows()}
    write_only(path, json.dumps({key: _telling(one) for key, one in found.items()}))
    return found


def answer(campaign: Campaign, finding: pd.Series) -> Finding | str:
    """Return what one finding answers; in words, why it gives no answer."""
    try:
        return ask(campaign, finding)
    except (LookupError, ValueError, TypeError, AttributeError, ArithmeticError) as error:
        return f"{finding['test']} cannot be computed ({type(error).__name__}: {error})"


def state(root: Path) -> str:
    """Return a digest of all that the findings of a book are made from: its data and the code that they read."""
    code = [f"src/helpers/{path.name}" for path in sorted(home_of(root, "src/helpers").iterdir())]
    asked = [name for name in code if not name.endswith(_NOT_ASKED)]
    return inputs.digest(root, ("data", "findings", "requirements.txt", *asked))[:16]


def _telling(found: Finding | str) -> object:
    return found if isinstance(found, str) else [found.holds, dict(found.values)]


def _told(told: object) -> Finding | str:
    return told if isinstance(told, str) else Finding(*told)
