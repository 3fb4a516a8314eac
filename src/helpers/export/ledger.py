"""The ledger read backwards, as a table: which sentence of the book uses which row."""

from __future__ import annotations

from pathlib import Path

from helpers.findings import index
from helpers.record import Campaign


def write_uses(campaign: Campaign, path: Path) -> None:
    """Write one row for each row of the tables and finding that uses it, as CSV."""
    index.by_row(campaign).to_csv(path, index=False, lineterminator="\n")
