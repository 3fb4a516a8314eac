"""The conclusions of the book, each a function of a campaign.

A finding is a sentence of a chapter that carries weight. Its row in ``data/findings.csv`` names the claims for and
against it and the function that recomputes it, in the module of its chapter: the modules here, or those of the
folder that the descriptor names (``findings``). A function takes any campaign, the whole one or one seen
through a choice of sources, and answers with a `Finding`: the conclusion holds, does not hold, or cannot be said.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pandas as pd

from helpers.findings.model import Finding
from helpers.tables import Campaign

__all__ = ["Finding", "ask", "function_name", "ledger"]


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

    >>> answer = ask(campaign, campaign.findings.loc["calendar_kokand"])
    >>> answer.holds, answer.values["kokand-gap"]
    (True, '13')
    """
    module = _module(campaign, finding["chapter"])
    try:
        return getattr(module, finding["test"])(campaign)
    except AttributeError as error:
        if finding["test"] in dir(module):
            raise
        raise LookupError(f"{module.__name__} has no function {finding['test']!r}") from error


def function_name(campaign: Campaign, finding: pd.Series) -> str:
    """Return the dotted name of the function that recomputes a finding, for readers.

    >>> function_name(campaign, campaign.findings.loc["calendar_kokand"])
    'helpers.findings.calendar.kokand_days_are_one_day'
    """
    home = campaign.package["findings"]
    return f"{Path(home).name if _is_folder(home) else home}.{finding['chapter']}.{finding['test']}"


def _module(campaign: Campaign, chapter: str) -> ModuleType:
    """The module of a chapter's findings, from the package or the folder that the descriptor names."""
    home = campaign.package["findings"]
    if not _is_folder(home):
        return import_module(f"{home}.{chapter}")
    path = (campaign.path / home / f"{chapter}.py").resolve()
    if not path.is_file():
        raise LookupError(f"there is no {path}; write the functions of the chapter's findings there")
    return _read_module(path)


@cache
def _read_module(path: Path) -> ModuleType:
    # Under a name of its own, so that two books may each have a chapter of the same name.
    specification = spec_from_file_location(f"{path.parent.name}.{path.stem}", path)
    module = module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def _is_folder(home: str) -> bool:
    return "/" in home


def ledger(campaign: Campaign) -> pd.DataFrame:
    """Return all findings with what they answer: the table `findings` with ``holds`` (True, False or missing).

    >>> few = Campaign(campaign.package, {**campaign.tables, "findings": campaign.findings.head(2)}, campaign.path)
    >>> ledger(few)["holds"].tolist()
    [True, True]
    """
    found = campaign.findings
    answers = [ask(campaign, row).holds for _, row in found.iterrows()]
    return found.assign(holds=pd.array(answers, dtype="boolean"))
