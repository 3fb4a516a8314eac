"""The grid of findings by policies, asked once for each state of data and code and kept in ``_build``."""

from __future__ import annotations

import multiprocessing
import signal
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pandas as pd

from helpers.book import answers, fresh
from helpers.book.places import end_with_parent
from helpers.findings import grid
from helpers.findings.measures import others
from helpers.record import Campaign, load


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
    root = campaign.path.parent
    found = fresh.cached(
        root, "verdicts", answers.key(root), lambda: _asked(campaign, processes).to_dict(orient="split")
    )
    index = pd.Index(found["index"], name="finding", dtype="str")
    return pd.DataFrame(found["data"], index, found["columns"], dtype="str")


def _asked(campaign: Campaign, processes: int) -> pd.DataFrame:
    """Ask; each process takes chapter after chapter, as the findings of one have much in common, the longest first."""
    findings = others(campaign).findings
    if processes == 1:
        return grid.Grid(campaign).verdicts(findings)
    chapters = sorted((list(group.index) for _, group in findings.groupby("chapter")), key=len, reverse=True)
    context = multiprocessing.get_context("spawn")  # a copy of a process with threads may hang
    with ProcessPoolExecutor(processes, context, _begin, (campaign.path,)) as pool:
        try:
            return pd.concat(pool.map(_part, chapters)).loc[findings.index]
        except BaseException:
            for child in multiprocessing.active_children():
                child.kill()
            raise


def _begin(folder: Path) -> None:
    """Read the data once for all that a process is asked."""
    global _findings, _grid
    end_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the build ends its processes when it is interrupted
    campaign = load(folder)
    _findings, _grid = campaign.findings, grid.Grid(campaign)


def _part(keys: list[str]) -> pd.DataFrame:
    return _grid.verdicts(_findings.loc[keys])
