"""The grid of findings by policies, asked once for each state of the data and kept in ``_build``."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.context import BaseContext
from pathlib import Path

import pandas as pd

from helpers.book import answers
from helpers.book.places import write_only
from helpers.findings import grid
from helpers.findings.measures import others
from helpers.tables import Campaign, load

FOLDER = Path("_build/.verdicts")


def verdicts(campaign: Campaign, *, processes: int = 1) -> pd.DataFrame:
    """Return `helpers.findings.grid.verdicts` of the book's own data, from ``_build`` if they were asked before.

    Those of a chapter that counts the findings are not asked.

    Parameters
    ----------
    campaign
        The package as it was read from its folder.
    processes
        How many ask at the same time. Each needs half a gigabyte: a build may take all processors, a notebook on a
        small machine had better take its own.
    """
    path = _file(campaign.path.parent)
    if path.is_file():
        return pd.read_csv(path, index_col="finding", dtype=str)
    table = _asked(campaign, processes)
    write_only(path, table.to_csv(lineterminator="\n"))
    return table


def _asked(campaign: Campaign, processes: int) -> pd.DataFrame:
    """Ask; each process takes chapter after chapter, as the findings of one have much in common, the longest first."""
    findings = others(campaign).findings
    if processes == 1:
        return grid.Grid(campaign).verdicts(findings)
    chapters = sorted((list(group.index) for _, group in findings.groupby("chapter")), key=len, reverse=True)
    with ProcessPoolExecutor(processes, _context(), _begin, (campaign.path,)) as pool:
        return pd.concat(pool.map(_part, chapters)).loc[findings.index]


def _context() -> BaseContext:
    """How processes are begun: from one that imports once for all, else afresh; a copy of one with threads may hang."""
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context


def _begin(folder: Path) -> None:
    """Read the data once for all that a process is asked."""
    global _findings, _grid
    campaign = load(folder)
    _findings, _grid = campaign.findings, grid.Grid(campaign)


def _part(keys: list[str]) -> pd.DataFrame:
    return _grid.verdicts(_findings.loc[keys])


def _file(root: Path) -> Path:
    return root / FOLDER / f"{answers.state(root)}.csv"
