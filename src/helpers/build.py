"""Make the book: check the data and the sentences, run the notebooks, build the pages, look at the result.

``python -m helpers build`` does what ``jupyter-book build .`` does, faster (notebooks run side by side) and
stricter (warnings stop it, and every page is looked at afterwards).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from helpers.book import chromium, execute, inputs, ledger, pictures, verdicts, verify
from helpers.check import main as check_data
from helpers.check.findings import counted
from helpers.tables import VARIABLE, load

_JUPYTER_BOOK = "from jupyter_book.cli.main import main; main()"


def main(argv: Sequence[str] | None = None) -> int:
    """Build the book in a folder; return 0 if every stage passed and 1 if one did not."""
    parser = argparse.ArgumentParser(prog="python -m helpers build", description=__doc__.splitlines()[0])
    parser.add_argument("root", nargs="?", default=".", type=Path, help="the book's folder (default: here)")
    root = parser.parse_args(argv).root.resolve()
    if not (root / "_toc.yml").is_file():
        print(f"{root}: no _toc.yml here; run this in the book's folder", file=sys.stderr)
        return 1
    started = time.perf_counter()
    with _data_at_hand(root):
        for title, stage in STAGES.items():
            if not _timed(title, stage, root):
                print(f"\nThe book was not built: {title.lower()} failed, see above.", file=sys.stderr)
                return 1
    seconds = time.perf_counter() - started
    print(f"\nThe book is ready ({seconds:.1f} s). Open {root / verify.HTML / 'index.html'}")
    return 0


def check(root: Path) -> bool:
    """Check the tables."""
    return check_data([str(root / "data")]) == 0


def read_chapters(root: Path) -> bool:
    """Hold the sentences of the chapters against the findings, before anything is run."""
    return _none(ledger.faults(root, load(root / "data")))


def hold_numbers(root: Path) -> bool:
    """Hold the numbers that the chapters print against those that the findings give."""
    return _none(ledger.told_otherwise(root, load(root / "data")))


def ask_policies(root: Path) -> bool:
    """Ask every finding under every policy for a chapter that counts the answers, unless it was done before."""
    campaign = load(root / "data")
    if any("findings" in counted(note) for note in campaign.findings["note"]):
        verdicts.verdicts(campaign)
    return True


def run_notebooks(root: Path) -> bool:
    """Run the notebooks whose code, tables or functions have changed."""
    inputs.begin(root)
    failures = execute.run(root, report=_say)
    for failure in failures:
        print(f"\n{failure}", file=sys.stderr, flush=True)
    return not failures


def draw_pictures(root: Path) -> bool:
    """Draw a picture of each figure that has none yet, where there is a browser to do it."""
    try:
        pictures.draw_shown(root, report=_say)
    except chromium.ChromiumError as error:
        print(f"  {error}\n  {chromium.VARIABLE}=none builds the book without pictures", file=sys.stderr)
        return False
    return True


def build_pages(root: Path) -> bool:
    """Build the pages with Jupyter Book, a warning being an error."""
    command = [sys.executable, "-c", _JUPYTER_BOOK, "build", "-W", "--keep-going", "-q", str(root)]
    environment = {**os.environ, **execute.environment(root)}
    done = subprocess.run(command, cwd=root, env=environment, check=False, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        print(done.stdout, file=sys.stderr)
    return done.returncode == 0


def look_at_pages(root: Path) -> bool:
    """Look at every page of the table of contents."""
    return _none(verify.faults(root))


STAGES: dict[str, Callable[[Path], bool]] = {
    "Checking the data": check,
    "Holding the chapters against the findings": read_chapters,
    "Asking the findings under every choice of sources": ask_policies,
    "Running the notebooks": run_notebooks,
    "Holding their numbers against the findings": hold_numbers,
    "Drawing the pictures": draw_pictures,
    "Building the pages": build_pages,
    "Looking at the pages": look_at_pages,
}


@contextmanager
def _data_at_hand(root: Path) -> Iterator[None]:
    """Let everything that asks for the book's data get those of the book that is built, wherever we stand."""
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = str(root / "data")
    try:
        yield
    finally:
        os.environ.pop(VARIABLE)
        if before is not None:
            os.environ[VARIABLE] = before


def _none(faults: Sequence[str]) -> bool:
    for fault in faults:
        print(f"  {fault}", file=sys.stderr)
    return not faults


def _timed(title: str, stage: Callable[[Path], bool], root: Path) -> bool:
    _say(f"{title} ...")
    started = time.perf_counter()
    passed = stage(root)
    _say(f"  {'done' if passed else 'failed'} in {time.perf_counter() - started:.1f} s")
    return passed


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
