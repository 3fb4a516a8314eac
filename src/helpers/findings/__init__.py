"""The conclusions of the book, each a function of a campaign.

A finding is a sentence of a chapter that carries weight. Its row in ``data/findings.csv`` names the claims for and
against it and the function here that recomputes it. A function takes any campaign, the whole one or one seen
through a choice of sources, and answers with a `Finding`: the conclusion holds, does not hold, or cannot be said.
"""

from __future__ import annotations

from importlib import import_module

import pandas as pd

from helpers.findings.model import Finding
from helpers.tables import Campaign

__all__ = ["Finding", "ask", "ledger"]


def ask(campaign: Campaign, finding: pd.Series) -> Finding:
    """Recompute one finding.

    Parameters
    ----------
    campaign
        Any campaign: the whole one, or one seen through a choice of sources.
    finding
        A row of `findings`.

    Raises
    ------
    LookupError
        If the chapter's module has no function of that name.
    """
    module = import_module(f"helpers.findings.{finding['chapter']}")
    try:
        return getattr(module, finding["test"])(campaign)
    except AttributeError as error:
        if finding["test"] in dir(module):
            raise
        raise LookupError(f"helpers.findings.{finding['chapter']} has no function {finding['test']!r}") from error


def ledger(campaign: Campaign) -> pd.DataFrame:
    """Return all findings with what they answer: the table `findings` with ``holds`` (True, False or missing)."""
    found = campaign.findings
    answers = [ask(campaign, row).holds for _, row in found.iterrows()]
    return found.assign(holds=pd.array(answers, dtype="boolean"))
