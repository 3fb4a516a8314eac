"""Make the book: check the data, run the notebooks, hold the sentences, build the pages, look at the result.

``python -m helpers build`` does what ``jupyter-book build .`` does, faster (notebooks run side by side, and only
what has changed is made again) and stricter (warnings stop it, and every page is looked at afterwards).
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from helpers.book import chromium, inputs, whole
from helpers.book.kernels import Nursery, nursed
from helpers.book.places import environment
from helpers.tables import DESCRIPTOR, VARIABLE, load

CHECKED = Path("_build/.checked")
_waiting: dict[Path, tuple[str, subprocess.Popen[str]]] = {}
"""Jupyter Book, begun early, by the book that it is to build; with the digest of what it has imported."""

_nurseries: dict[Path, Nursery | None] = {}
"""Where the kernels of a book come from, begun early too."""


def main(argv: Sequence[str] | None = None) -> int:
    """Build the book in a folder; return 0 if every stage passed and 1 if one did not."""
    parser = argparse.ArgumentParser(prog="python -m helpers build", description=__doc__.splitlines()[0])
    parser.add_argument("root", nargs="?", default=".", type=Path, help="the book's folder (default: here)")
    parser.add_argument("--again", action="store_true", help="make everything again, whatever has changed")
    options = parser.parse_args(argv)
    root = options.root.resolve()
    if not (root / "_toc.yml").is_file():
        print(f"{root}: no _toc.yml here; run this in the book's folder", file=sys.stderr)
        return 1
    if options.again:
        shutil.rmtree(root / "_build", ignore_errors=True)
    started = time.perf_counter()
    before = whole.state(root)
    index = root / whole.HTML / "index.html"
    if whole.is_unchanged(root, before):
        if whole.is_there(root):
            print(f"Nothing has changed since the book was built. Open {index}")
            return 0
        inputs.withdraw(root)
    whole.withdraw(root)
    with _data_at_hand(root), _kernels_begun(root), _pages_begun(root):
        for title, stage in STAGES.items():
            if not _timed(title, stage, root):
                print(f"\nThe book was not built: {title.lower()} failed, see above.", file=sys.stderr)
                return 1
    if not whole.record(root, before):
        _say("Files have changed meanwhile; build again to take them in.")
    _say(f"\nThe book is ready ({time.perf_counter() - started:.1f} s). Open {index}")
    return 0


def check(root: Path) -> bool:
    """Check the tables, unless the same ones passed the same rules before."""
    from helpers.check import main as check_data

    state, kept = inputs.digest(root), root / CHECKED
    if kept.is_file() and kept.read_text("utf-8") == state:
        _say("  the data are as they were when they passed")
        return True
    if check_data([str(root / "data")]):
        return False
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(state, "utf-8")
    return True


def run_notebooks(root: Path) -> bool:
    """Run the notebooks that read something else than when they were last run; ask the findings meanwhile.

    A chapter that counts what the findings answer is run when all have been asked.
    """
    from helpers.book import execute

    inputs.refresh(root)
    with ThreadPoolExecutor(2) as beside:
        held = _findings_asked(root, beside)
        failures = execute.run(root, nursery=_nurseries.get(root), report=_say, held=held)
    for failure in failures:
        print(f"\n{failure}", file=sys.stderr, flush=True)
    return not failures


def _findings_asked(root: Path, beside: Executor) -> dict[Path, Callable[[], object]]:
    """Begin to ask the findings, also under every policy if a chapter counts them; return what such chapters await."""
    from helpers.book import answers, verdicts
    from helpers.findings.measures import counting

    if not (root / "data" / DESCRIPTOR).is_file():
        return {}
    campaign = load(root / "data")
    chapters = counting(campaign)
    asked = [beside.submit(answers.answers, campaign)]
    if chapters:
        asked.append(beside.submit(verdicts.verdicts, campaign, processes=min(4, os.cpu_count() or 1)))
    return {Path(f"chapters/{chapter}.ipynb"): partial(_await, root, asked) for chapter in chapters}


def _await(root: Path, asked: Sequence[Future]) -> None:
    """Wait for the findings; from then on there is a processor free, to draw the figures of all other chapters."""
    wait(asked)
    if root in _waiting:
        with suppress(OSError):  # it has ended, and the build will say why
            _waiting[root][1].stdin.write("draw\n")
            _waiting[root][1].stdin.flush()


def hold_chapters(root: Path) -> bool:
    """Hold the sentences of the chapters, and the numbers that they print, against what the findings answer."""
    from helpers.book import answers, ledger

    campaign = load(root / "data")
    found = answers.answers(campaign)
    return _none(ledger.faults(root, campaign, found) + ledger.told_otherwise(root, campaign, found))


def build_pages(root: Path) -> bool:
    """Build the pages with Jupyter Book, a warning being an error."""
    from helpers.book import pictures

    if chromium.find() is None:
        _say(f"  {pictures.NONE_HERE}")
    state, process = _waiting.pop(root, ("", None))
    if process and state != inputs.digest(root, ("src",)):  # it has imported what is no more
        _end(process)
        process = None
    process = process or _begin_pages(root)
    said, _ = process.communicate("build\n")
    if process.returncode:
        print(said, file=sys.stderr)
    return process.returncode == 0


def look_at_pages(root: Path) -> bool:
    """Look at every page of the table of contents."""
    from helpers.book import verify

    return _none(verify.faults(root))


STAGES: dict[str, Callable[[Path], bool]] = {
    "Checking the data": check,
    "Running the notebooks": run_notebooks,
    "Holding the chapters against the findings": hold_chapters,
    "Building the pages": build_pages,
    "Looking at the pages": look_at_pages,
}


@contextmanager
def _kernels_begun(root: Path) -> Iterator[None]:
    """Let the large packages be imported for all kernels while the data are checked."""
    with nursed({**os.environ, **environment(root)}) as _nurseries[root]:
        try:
            yield
        finally:
            del _nurseries[root]


@contextmanager
def _pages_begun(root: Path) -> Iterator[None]:
    """Let Jupyter Book be on its way while the earlier stages run, and end with them if one fails."""
    _waiting[root] = inputs.digest(root, ("src",)), _begin_pages(root)
    try:
        yield
    finally:
        if root in _waiting:
            _end(_waiting.pop(root)[1])


def _begin_pages(root: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "helpers.book.begun", "build", "-W", "--keep-going", "-q", str(root)]
    variables = {**os.environ, **environment(root)}
    return subprocess.Popen(command, cwd=root, env=variables, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    process.communicate()


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
