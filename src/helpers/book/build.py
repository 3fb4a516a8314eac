"""Make the book: check the data, run the notebooks, hold the sentences, draw the figures, make and look at the pages.

``python -m helpers build`` does what ``jupyter-book build .`` does, faster (notebooks run side by side, and only
what has changed is made again) and stricter (warnings stop it, and every page is looked at afterwards).
"""

from __future__ import annotations

import argparse
import errno
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from helpers.book import chromium, fresh, repository
from helpers.book.colophon import commit
from helpers.book.places import TEMPORARY, end_with_parent, surroundings
from helpers.record import DESCRIPTOR, VARIABLE, load

BUILD, HTML = Path("_build"), Path("_build/html")
LOCK = BUILD / ".lock"
_READ_ONLY_OR_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EACCES, errno.EPERM, errno.EROFS})
_UNUSABLE = "?#%"
"""Characters that the address of the database of outputs cannot have in its path."""


class BuildError(RuntimeError):
    """The build cannot go on; the message is one line that says why and what to do."""


def main(argv: Sequence[str] | None = None) -> int:
    """Build the book in a folder; return 0 if every stage passed, 1 if one did not, 130 if it was interrupted."""
    parser = argparse.ArgumentParser(prog="python -m helpers build", description="Make the book.")
    parser.add_argument("root", nargs="?", default=".", type=Path, help="the book's folder (default: here)")
    parser.add_argument("--again", action="store_true", help="make everything again, whatever has changed")
    options = parser.parse_args(argv)
    root = options.root.resolve()
    try:
        _refuse(root)
        with _alone(root), _ended_by_a_signal():
            _clear(root, everything=options.again)
            return _build(root)
    except BuildError as error:
        print(error, file=sys.stderr)
    except OSError as error:
        if error.errno not in _READ_ONLY_OR_FULL:
            raise
        print(f"{error.filename or root}: {error.strerror}; the book was not built", file=sys.stderr)
    except KeyboardInterrupt:
        print("The build was interrupted.", file=sys.stderr)
        return 130
    return 1


def _build(root: Path) -> int:
    started = time.perf_counter()
    before, index = state(root), root / HTML / "index.html"
    made = fresh.read(root, "whole", before)
    if made is not None and made == fresh.made(root / HTML):
        print(f"Nothing has changed since the book was built. Open {index}")
        return 0
    if made is not None:
        fresh.forget(root, "pages-html")  # someone has changed or deleted a page
    fresh.forget(root, "whole")
    browser = chromium.find()
    with _own_variables(root):
        for title, stage in STAGES.items():
            if not _timed(title, stage, root):
                print(f"\nThe book was not built: {title.lower()} failed, see above.", file=sys.stderr)
                return 1
        has_pictures = chromium.find() == browser
    if state(root) != before:
        _say("Files have changed meanwhile; build again to take them in.")
    elif has_pictures:
        fresh.write(root, "whole", before, fresh.made(root / HTML))
    _say(f"\nThe book is ready ({time.perf_counter() - started:.1f} s). Open {index}")
    return 0


def state(root: Path) -> str:
    """Return a digest of what a book is made from: its files, and what surrounds them.

    What surrounds them: the commit and the address of the repository, the variables that the book reads, the
    browser, Python and the packages installed.
    """
    known = {name: value for name, value in os.environ.items() if name.startswith(("BOOK_", "GITHUB_", "SOURCE_DATE"))}
    around = [repr(commit(root)), repr(repository.find(root)), known, chromium.find(), sys.version]
    packages = sorted(path.name for path in Path(sysconfig.get_path("purelib")).glob("*.dist-info"))
    return hashlib.sha256(json.dumps([fresh.everything(root), around, packages]).encode()).hexdigest()


def check(root: Path) -> bool:
    """Check the tables, unless the same ones passed the same rules before."""
    from helpers.check import main as check_data

    key = fresh.digest(root)
    if fresh.read(root, "checked", key):
        _say("  the data are as they were when they passed")
        return True
    if check_data([str(root / "data")]):
        return False
    fresh.write(root, "checked", key, True)
    return True


def run_notebooks(root: Path) -> bool:
    """Run the notebooks whose outputs are not those of the present code and data; ask the findings before."""
    from helpers.book import execute, reading

    if not _none(reading.faults(root)):
        return False
    _ask_findings(root)
    execute.refresh(root)
    failures = execute.run(root, report=_say)
    for failure in failures:
        print(f"\n{failure}", file=sys.stderr, flush=True)
    return not failures


def _ask_findings(root: Path) -> None:
    """Ask the findings, also under every policy if a chapter counts them, so that chapters find the answers."""
    from helpers.book import answers, verdicts
    from helpers.findings.measures import counting

    if not (root / "data" / DESCRIPTOR).is_file():
        return
    campaign = load(root / "data")
    answers.answers(campaign)
    if counting(campaign):
        verdicts.verdicts(campaign, processes=min(4, os.cpu_count() or 1))


def hold_chapters(root: Path) -> bool:
    """Hold the sentences of the chapters, and the numbers that they print, against what the findings answer."""
    from helpers.book import answers, ledger

    campaign = load(root / "data")
    found = answers.answers(campaign)
    return _none(ledger.faults(root, campaign, found) + ledger.told_otherwise(root, campaign, found))


def draw_figures(root: Path) -> bool:
    """Draw the pictures of the figures; if the browser fails, the book is built without any."""
    from helpers.book import pictures

    try:
        pictures.draw_shown(root, report=_say)
    except chromium.ChromiumError as error:
        _say(f"  no pictures, the figures draw themselves: {error}")
        os.environ[chromium.VARIABLE] = "none"  # for the pages of this build
    return True


def build_pages(root: Path) -> bool:
    """Build the pages with Jupyter Book, a warning being an error."""
    program = "from jupyter_book.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-P", "-c", program, "build", "-W", "--keep-going", "-q", str(root)],
        cwd=root,
        env=surroundings(root),
        stdout=subprocess.PIPE,
        text=True,
        check=False,
        start_new_session=True,
        preexec_fn=end_with_parent if sys.platform == "linux" else None,
    )
    if done.returncode:
        print(done.stdout, file=sys.stderr)
        print("Where that is no help: python -m helpers build --again begins from nothing.", file=sys.stderr)
    return done.returncode == 0


def look_at_pages(root: Path) -> bool:
    """Look at every page of the table of contents."""
    from helpers.book import verify

    return _none(verify.faults(root))


STAGES: dict[str, Callable[[Path], bool]] = {
    "Checking the data": check,
    "Running the notebooks": run_notebooks,
    "Holding the chapters against the findings": hold_chapters,
    "Drawing the figures": draw_figures,
    "Building the pages": build_pages,
    "Looking at the pages": look_at_pages,
}


def _refuse(root: Path) -> None:
    """Refuse a folder, or a machine, in which no book can be built."""
    if not (root / "_toc.yml").is_file():
        raise BuildError(f"{root}: no _toc.yml here; run this in the book's folder")
    if unusable := sorted(set(_UNUSABLE) & set(str(root))):
        raise BuildError(f"{root}: the path has {' '.join(unusable)} in it; give the folder another name")
    if sys.flags.optimize > 1:
        raise BuildError("PYTHONOPTIMIZE=2 takes away the texts that the book prints of its functions; unset it")
    try:
        with socket.create_server(("127.0.0.1", 0)) as server:
            socket.create_connection(server.getsockname(), timeout=5).close()
    except OSError as error:
        raise BuildError(f"127.0.0.1 cannot be reached ({error}): notebooks need it; switch the loopback on") from error


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Hold the lock of the folder, which the system takes back when the process ends, however it ends."""
    try:
        (root / BUILD).mkdir(exist_ok=True)
    except FileExistsError:
        raise BuildError(f"{root / BUILD}: a file, where the book is to be built; delete it") from None
    with open(root / LOCK, "a") as file:
        try:
            _lock(file.fileno())
        except OSError:
            raise BuildError(f"{root}: another build is at work here; wait until it has ended") from None
        yield


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def _ended_by_a_signal() -> Iterator[None]:
    """Let TERM end the build as an interruption does: what it has begun is ended and cleared away."""
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _clear(root: Path, *, everything: bool) -> None:
    """Clear away what a build that was killed has left, or all that was ever built."""
    shutil.rmtree(root / TEMPORARY, ignore_errors=True)
    for path in (root / BUILD).iterdir() if everything else ():
        if path != root / LOCK:
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


@contextmanager
def _own_variables(root: Path) -> Iterator[None]:
    """Let all that asks for the book's data get those of the book that is built, and set back what is changed."""
    before = dict(os.environ)
    os.environ[VARIABLE] = str(root / "data")
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


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
