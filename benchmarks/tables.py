"""How long loading and checking the data takes as they grow, beside frictionless on the same files.

Run ``python benchmarks/tables.py``. The package is enlarged with copies of its rows under new keys that agree
with one another, so that every rule has as much to do as on real data. Machines differ: read the ratios.
"""

from __future__ import annotations

import argparse
import csv
import json
import shutil
import sys
import tempfile
import time
import tracemalloc
from pathlib import Path

import helpers
from helpers.check import check
from helpers.citations import BIBLIOGRAPHY, Citation, join, parse
from helpers.tables import data_folder, read_descriptor, read_raw

FACTORS = (1, 10, 100, 1000)
PEER_FACTORS = (1, 10, 100)


def enlarge(folder: Path, times: int) -> Path:
    """Write the book's package into `folder`, every row `times` times under keys of its own; return the folder."""
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
    entries = [f"@misc{{{key}_c{n}, title={{{key}}}}}" for n in range(times) for key in tables["sources"]["id"]]
    (folder / BIBLIOGRAPHY).write_text("\n".join(entries) + "\n", encoding="utf-8")
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    return folder


def _marked(row, columns, keys, lists, cited, n) -> tuple[str, ...]:
    return tuple(_mark(cell, column, keys, lists, cited, n) for cell, column in zip(row, columns, strict=True))


def _mark(cell: str, column: str, keys, lists, cited, n: int) -> str:
    if not cell:
        return cell
    if column in keys or column == "label":
        return f"{cell}__{n}" if column == "label" else f"{cell}_c{n}"
    if column in lists:
        return ";".join(f"{key}_c{n}" for key in cell.split(";"))
    if column in cited:
        return join(Citation(f"{c.key}_c{n}", c.locator) for c in parse(cell))
    return cell


def measured(work) -> tuple[float, float]:
    """Return seconds of one run and, from a second run, its peak memory in MB."""
    start = time.perf_counter()
    work()
    seconds = time.perf_counter() - start
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return seconds, peak


def main() -> int:
    """Print the table; return 1 if a copy is not clean."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="up to 10 times only")
    limit = 10 if parser.parse_args().quick else FACTORS[-1]
    from frictionless import validate

    print("| copies | rows | load + check, s | peak, MB | s per 1,000 rows | frictionless, s | ratio |")
    print("|---:|---:|---:|---:|---:|---:|---:|")
    for times in (f for f in FACTORS if f <= limit):
        folder = enlarge(Path(tempfile.mkdtemp()), times)
        try:
            faults = check(folder, seal=False)
            if faults:
                print(*faults[:5], sep="\n", file=sys.stderr)
                return 1
            rows = sum(map(len, helpers.load(folder).tables.values()))
            seconds, peak = measured(lambda f=folder: (check(f, seal=False), helpers.load(f)))
            peer = ratio = ""
            if times in PEER_FACTORS:
                start = time.perf_counter()
                if not validate(str(folder / "datapackage.json")).valid:
                    print("frictionless finds the copy faulty", file=sys.stderr)
                    return 1
                elapsed = time.perf_counter() - start
                peer, ratio = f"{elapsed:.1f}", f"{elapsed / seconds:.1f}"
            cells = (
                f"{times:,}",
                f"{rows:,}",
                f"{seconds:.2f}",
                f"{peak:.0f}",
                f"{1000 * seconds / rows:.4f}",
                peer,
                ratio,
            )
            print(f"| {' | '.join(cells)} |", flush=True)
        finally:
            shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
