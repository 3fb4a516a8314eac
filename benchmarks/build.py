"""How long it takes to set up, to build from nothing, to build again, and to build after one chapter has changed.

Run ``python benchmarks/build.py`` on a quiet machine. A copy of the book's files is made in a temporary folder and set
up and built there, beside the same chapters as a default Jupyter Book (``benchmarks/shared/default_book.py``), in turn
and with the same Python and the same functions, nothing being executed before. Numbers are medians of the runs; the
fresh set-up is done once, since it depends on the network. ``--quick`` makes one run, sets nothing up, and writes
nothing down; without it the table goes to ``benchmarks/results/build.json``, from which the colophon takes it.

A changed chapter has one comment more in its first cell: its page and its outputs are then made anew. The chapter in
the middle of all by running time is changed, and in a row of its own the one that runs longest.
"""

from __future__ import annotations

import argparse
import compileall
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import nbformat
from jupyter_cache import get_cache
from shared import default_book

from helpers.book import execute
from helpers.book.results import ResultTable, write

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "benchmarks/results/build.json"
SET_UP, COLD, DEFAULT = "fresh set-up", "nothing built before", "nothing built before, default Jupyter Book"
NO_CHANGE, ONE, LONGEST = "nothing changed", "one chapter changed", "the longest chapter changed"


class BuildError(RuntimeError):
    """A build did not do what is measured, so that its time says nothing."""


def copy_of_the_book(folder: Path) -> Path:
    """Copy the files that git knows, as they stand now; return the copy."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\0")
    for name in filter(None, listed):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    # What is installed was compiled when it was first imported; the copy was not.
    compileall.compile_dir(folder / "src", quiet=1)
    return folder


def seconds(work: Callable[[], object]) -> float:
    """Return how long a piece of work takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def set_up(book: Path) -> None:
    """Make the environment of the copy, through its Makefile."""
    run(["make", "-C", str(book), ".venv/.book"], book)


def build(book: Path) -> None:
    """Build the copy as ``make book`` does."""
    run([sys.executable, "-m", "helpers", "build"], book)


def build_default(book: Path, plain: Path) -> None:
    """Build the default book from nothing."""
    shutil.rmtree(plain / "_build", ignore_errors=True)
    pages = default_book.build(book, plain)
    for page in execute.pages(book):
        path = pages / f"{page.removesuffix('.md').removesuffix('.ipynb')}.html"
        if not path.is_file():
            raise BuildError(f"the default book has no {path.name}")
        if 'class="traceback' in path.read_text("utf-8"):
            raise BuildError(f"a cell of {path.name} raised in the default book: it was not run to its end")


def run(command: list[str], book: Path) -> None:
    """Run a command on the copy; raise with what it said if it fails."""
    known = {name: value for name, value in os.environ.items() if name not in ("PYTHONDONTWRITEBYTECODE", "BOOK_DATA")}
    environment = known | {"PYTHONPATH": str(book / "src")}
    done = subprocess.run(command, cwd=book, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BuildError(f"{' '.join(command)} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")


def by_running_time(book: Path) -> list[Path]:
    """Return the notebooks of a built copy, those that ran shortest first."""
    cache = get_cache(str(book / execute.CACHE))
    times = {Path(record.uri): record.data["execution_seconds"] for record in cache.list_cache_records()}
    return sorted((path for path in times if path.suffix == ".ipynb"), key=times.__getitem__)


@contextmanager
def changed(path: Path, mark: str):
    """Let the first cell of a notebook have one comment more for a while."""
    before = path.read_bytes()
    notebook = nbformat.reads(before.decode("utf-8"), as_version=4)
    cell = next(cell for cell in notebook.cells if cell.cell_type == "code")
    cell.source = f"{cell.source}\n# {mark}"
    nbformat.write(notebook, path)
    try:
        yield
    finally:
        path.write_bytes(before)


def measured(book: Path, plain: Path, runs: int) -> dict[str, list[float]]:
    """Return the seconds of each case, one number a run."""
    found: dict[str, list[float]] = {}
    chapters: list[Path] = []

    def note(case: str, work: Callable[[], object]) -> None:
        found.setdefault(case, []).append(seconds(work))
        print(f"  {case}: {found[case][-1]:.1f} s", flush=True)

    for turn in range(runs):
        shutil.rmtree(book / "_build", ignore_errors=True)
        note(COLD, lambda: build(book))
        note(NO_CHANGE, lambda: build(book))
        chapters = chapters or by_running_time(book)  # the same in each turn
        for case, chapter in {ONE: chapters[len(chapters) // 2], LONGEST: chapters[-1]}.items():
            with changed(chapter, f"changed {turn}"):
                note(f"{case} ({chapter.stem})", lambda: build(book))
            build(book)
        note(DEFAULT, lambda: build_default(book, plain))
    return found


def table(found: dict[str, list[float]], runs: int) -> ResultTable:
    """Return the medians as the colophon prints them, with the two comparisons."""
    medians = {case: statistics.median(values) for case, values in found.items()}
    cold, default = medians[COLD], medians[DEFAULT]
    rows = [
        {
            "build": case,
            "seconds": round(value, 1),
            "of the default's": round(value / default, 2) if case in (COLD, DEFAULT) else None,
            "of our own from nothing": round(value / cold, 2) if case not in (DEFAULT, SET_UP) else None,
        }
        for case, value in medians.items()
    ]
    return ResultTable(
        title="Building the book",
        measured_on=f"{date.today().isoformat()}, {os.cpu_count()} processors, CPython {platform.python_version()}",
        rows=rows,
        command="python benchmarks/build.py",
        note=f"Medians of {runs} runs, the set-up once. The default book runs the same notebooks with the same"
        " functions, one after another and each in one process, also the one that asks all findings under every choice"
        " of sources; it draws no pictures and checks nothing.",
    )


def main() -> int:
    """Print the table and write it down."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3, help="runs of each build (default 3)")
    parser.add_argument("--quick", action="store_true", help="one run, no set-up, nothing written down")
    parser.add_argument("--no-set-up", action="store_true", help="leave the fresh set-up out, as without a network")
    options = parser.parse_args()
    runs = 1 if options.quick else options.runs
    with tempfile.TemporaryDirectory() as folder:
        book, plain = Path(folder).resolve() / "book", Path(folder).resolve() / "default"
        plain.mkdir()
        copy_of_the_book(book)
        default_book.write(book, plain)
        found = {} if options.quick or options.no_set_up else {SET_UP: [seconds(lambda: set_up(book))]}
        result = table(found | measured(book, plain, runs), runs)
    print("| " + " | ".join(result.rows[0]) + " |")
    print("|" + "---|" * len(result.rows[0]))
    for row in result.rows:
        print("| " + " | ".join("" if value is None else str(value) for value in row.values()) + " |")
    if not options.quick:
        write(RESULTS, [result])
    return 0


if __name__ == "__main__":
    sys.exit(main())
