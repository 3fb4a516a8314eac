"""How long loading and checking the data takes as they grow, beside frictionless on the same files.

Run ``python benchmarks/tables.py``. The package is enlarged with copies of its rows under new keys that agree
with one another, so that every rule has as much to do as on real data. Machines differ: read the ratios.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import platform
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from datetime import date
from pathlib import Path

import frictionless

import helpers
from helpers.book.results import ResultTable, write
from helpers.check import load_checked
from helpers.record import data_folder, read_descriptor, read_raw
from helpers.record.citations import BIBLIOGRAPHY, Citation, join, parse

RESULTS = Path(__file__).parent / "results/tables.json"
FACTORS = (1, 10, 100)
PEER_UP_TO = 100


def enlarge(folder: Path, times: int) -> Path:
    """Write the book's package into `folder`, every row `times` times under keys of its own; return the folder.

    The first copy keeps its keys, for the descriptor names some of them.
    """
    source = data_folder()
    descriptor = read_descriptor(source)
    tables, _ = read_raw(source, descriptor)
    for resource in descriptor["resources"]:
        resource.pop("hash", None), resource.pop("bytes", None)
        table = tables[resource["name"]]
        keys = {k["fields"][0] for k in resource["schema"].get("foreignKeys", ())} | {"id"}
        lists = {c for c, f in table.schema.items() if "references" in f}
        cited = {c for c, f in table.schema.items() if f.get("citations")}
        with open(folder / resource["path"], "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(table.columns)
            rows = list(zip(*table.columns.values(), strict=True))
            marked = sorted(
                (_marked(row, list(table.columns), keys, lists, cited, n), n) for n in range(times) for row in rows
            )
            writer.writerows(row for row, _ in marked)
    entries = [f"@misc{{{key}{_suffix(n)}, title={{{key}}}}}" for n in range(times) for key in tables["sources"]["id"]]
    (folder / BIBLIOGRAPHY).write_text("\n".join(entries) + "\n", encoding="utf-8")
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    return folder


def _marked(row, columns, keys, lists, cited, n) -> tuple[str, ...]:
    return tuple(_mark(cell, column, keys, lists, cited, n) for cell, column in zip(row, columns, strict=True))


def _mark(cell: str, column: str, keys, lists, cited, n: int) -> str:
    if not cell:
        return cell
    if column in keys or column == "label":
        return cell + _suffix(n)
    if column in lists:
        return ";".join(key + _suffix(n) for key in cell.split(";"))
    if column in cited:
        return join(Citation(c.key + _suffix(n), c.locator) for c in parse(cell))
    return cell


def _suffix(n: int) -> str:
    return f"_c{n}" if n else ""


def measured(work: Callable[[], object]) -> tuple[float, float]:
    """Return seconds of one run and, from a second run, its peak memory in MB."""
    start = time.perf_counter()
    work()
    seconds = time.perf_counter() - start
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return seconds, peak


def load_and_check(folder: Path) -> int:
    """Do what is measured; return the number of rows.

    Raises
    ------
    RuntimeError
        If the copies are not clean: then something else would be measured.
    """
    try:
        return sum(map(len, load_checked(folder, seal=False).tables.values()))
    except helpers.DataError as error:
        raise RuntimeError(f"{folder} is not clean: {error.faults[0]}") from None


def by_frictionless(folder: Path) -> float:
    """Return the seconds in which frictionless validates the same files."""
    start = time.perf_counter()
    if not frictionless.validate(str(folder / "datapackage.json")).valid:
        raise RuntimeError("frictionless finds the copies faulty")
    return time.perf_counter() - start


def row(times: int) -> dict[str, float | int | None]:
    """Measure the package enlarged so many times."""
    with tempfile.TemporaryDirectory() as place:
        folder = enlarge(Path(place), times)
        rows = load_and_check(folder)
        seconds, peak = measured(lambda: load_and_check(folder))
        peer = by_frictionless(folder) if times <= PEER_UP_TO else None
    return {
        "copies": times,
        "rows": rows,
        "load and check, s": round(seconds, 2),
        "s per 1,000 rows": round(1000 * seconds / rows, 3),
        "peak memory, MB": round(peak),
        "frictionless, s": peer and round(peer, 1),
        "frictionless / ours": peer and round(peer / seconds, 1),
    }


def main() -> None:
    """Print the table and write it down."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="up to 10 times only, nothing written down")
    quick = parser.parse_args().quick
    rows = []
    for times in FACTORS[:2] if quick else FACTORS:
        rows.append(row(times))
        print(rows[-1], flush=True)
        if not quick:
            write(RESULTS, [table(rows)])


def table(rows: list[dict[str, float | int | None]]) -> ResultTable:
    """Return the rows as the colophon prints them."""
    return ResultTable(
        title="Loading and checking the tables, enlarged",
        measured_on=f"{date.today().isoformat()}, {os.cpu_count()} processors, CPython {platform.python_version()}",
        rows=rows,
        command="python benchmarks/tables.py",
        note="The rows are copied under keys of their own, so that every rule has as much to do as on the real data. "
        f"frictionless {frictionless.__version__} validates the same files in the same run.",
    )


if __name__ == "__main__":
    main()
