"""The grid of findings by policies, asked once for each state of the data and kept in ``_build``."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pandas as pd

from helpers.book import answers
from helpers.book.places import write_only
from helpers.findings import grid
from helpers.findings.measures import others
from helpers.tables import Campaign, load

FOLDER = Path("_build/.verdicts")


def verdicts(campaign: Campaign) -> pd.DataFrame:
    """Return `helpers.findings.grid.verdicts` of the book's own data, from ``_build`` if they were asked before.

    Those of a chapter that counts the findings are not asked.

    Parameters
    ----------
    campaign
        The package as it was read from its folder.
    """
    path = _file(campaign.path.parent)
    if path.is_file():
        return pd.read_csv(path, index_col="finding", dtype=str)
    table = _asked(campaign)
    write_only(path, table.to_csv(lineterminator="\n"))
    return table


def _asked(campaign: Campaign) -> pd.DataFrame:
    """Ask in several processes at the same time, as there are some thousand questions.

    Each takes chapter after chapter, those that ask most first: the findings of one chapter have much in common.
    """
    findings = others(campaign).findings
    chapters = sorted((list(group.index) for _, group in findings.groupby("chapter")), key=len, reverse=True)
    workers = min(4, os.cpu_count() or 1)
    # Processes begun afresh: a copy of a kernel that has threads may hang.
    with ProcessPoolExecutor(workers, get_context("spawn"), _begin, (campaign.path,)) as pool:
        return pd.concat(pool.map(_part, chapters)).loc[findings.index]


def _begin(folder: Path) -> None:
    """Read the data once for all that a process is asked."""
    global _findings, _grid
    campaign = load(folder)
    _findings, _grid = campaign.findings, grid.Grid(campaign)


def _part(keys: list[str]) -> pd.DataFrame:
    return _grid.verdicts(_findings.loc[keys])


def _file(root: Path) -> Path:
    return root / FOLDER / f"{answers.state(root)}.csv"
