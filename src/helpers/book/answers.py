"""What the findings of a book answer, asked once for each state of data and code and kept in ``_build``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from helpers.book import depends, fresh
from helpers.findings import Finding, ask
from helpers.record import Campaign

_MODULES = ("helpers.findings", "helpers.findings.grid", "helpers.findings.measures")
"""All that findings are computed with, and the modules of their chapters too, which are imported by name."""


def answers(campaign: Campaign) -> Mapping[str, Finding | str]:
    """Return what every finding of a book answers, from ``_build`` if it was asked before; in words, why one cannot.

    Parameters
    ----------
    campaign
        The package as it was read from its folder.
    """
    root = campaign.path.parent
    found = fresh.cached(root, "answers", key(root), lambda: _asked(campaign))
    return {name: told if isinstance(told, str) else Finding(*told) for name, told in found.items()}


def answer(campaign: Campaign, finding: pd.Series) -> Finding | str:
    """Return what one finding answers; in words, why it gives no answer."""
    try:
        return ask(campaign, finding)
    except (LookupError, ValueError, TypeError, AttributeError, ArithmeticError) as error:
        return f"{finding['test']} cannot be computed ({type(error).__name__}: {error})"


def key(root: Path) -> str:
    """Return a digest of all that the findings of a book are made from: data, packages, and the code they read."""
    return depends.shared_key(root) + depends.modules_key(root, _MODULES)


def _asked(campaign: Campaign) -> dict[str, object]:
    found = {name: answer(campaign, row) for name, row in campaign.findings.iterrows()}
    return {name: one if isinstance(one, str) else [one.holds, dict(one.values)] for name, one in found.items()}
