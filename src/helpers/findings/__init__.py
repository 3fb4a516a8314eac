"""The conclusions of the book, each a function of a campaign.

A finding is a sentence of a chapter that carries weight. Its row in ``data/findings.csv`` names the claims for and
against it and the function that recomputes it, in the module of its chapter: the modules here, or those of the
folder of the book that the descriptor names (``findings``). A function takes any campaign, the whole one or one seen
through a choice of sources, and answers with a `Finding`: the conclusion holds, does not hold, or cannot be said.

The functions are code of the book, not of the data. They are run when a finding is asked, so when the book is built;
to read, check and export a package runs none of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from inspect import isfunction
from pathlib import Path
from types import ModuleType

import pandas as pd

from helpers.findings.model import Finding
from helpers.record import Campaign

__all__ = ["Finding", "ask", "function_name", "ledger"]

_OURS = re.compile(r"helpers(\.[a-z_]+)*\.findings")
_CHAPTER, _FUNCTION = re.compile("[a-z0-9][a-z0-9_-]*"), re.compile("[a-z][a-z0-9_]*")


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
        If there is no module for the chapter where a book may have it, or it defines no function of that name.

    >>> answer = ask(campaign, campaign.findings.loc["calendar_kokand"])
    >>> answer.holds, answer.values["kokand-gap"]
    (True, '13')
    """
    return _function(_module(campaign, finding["chapter"]), finding["test"])(campaign)


def function_name(campaign: Campaign, finding: pd.Series) -> str:
    """Return the dotted name of the function that recomputes a finding, for readers.

    >>> function_name(campaign, campaign.findings.loc["calendar_kokand"]).rpartition("findings.")[2]
    'calendar.kokand_days_are_one_day'
    """
    home = campaign.package["findings"]
    return f"{Path(home).name if _is_folder(home) else home}.{finding['chapter']}.{finding['test']}"


def _function(module: ModuleType, name: str) -> Callable[[Campaign], Finding]:
    """The function of a module, which it must define itself: what it imports, or keeps to itself, is no finding."""
    found = vars(module).get(name) if _FUNCTION.fullmatch(name) else None
    if not isfunction(found) or found.__module__ != module.__name__:
        raise LookupError(f"{module.__name__} has no function {name!r}; write it there or mend `test` in findings.csv")
    return found


def _module(campaign: Campaign, chapter: str) -> ModuleType:
    """The module of a chapter's findings, from our own package or from a folder of the book beside its data."""
    home = campaign.package["findings"]
    if not _CHAPTER.fullmatch(chapter):
        raise LookupError(f"{chapter!r} is no name of a chapter; mend `chapter` in findings.csv")
    if _OURS.fullmatch(home):
        return _import(f"{home}.{chapter}")
    data = campaign.path.resolve()
    path = (data / home / f"{chapter}.py").resolve()
    if not _is_folder(home) or data in path.parents or data.parent not in path.parents:
        raise LookupError(
            f"`findings` of datapackage.json is {home!r}; write a package of `helpers` that ends in `.findings`, or"
            " a folder of the book outside its data, like '../findings'"
        )
    if not path.is_file():
        raise LookupError(f"there is no {path}; write the functions of the chapter's findings there")
    return _read_module(path)


def _import(name: str) -> ModuleType:
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        raise LookupError(f"there is no module {name}; write the functions of the chapter's findings there") from None


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
