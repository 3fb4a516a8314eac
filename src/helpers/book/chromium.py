"""A Chromium or Chrome that is already on the machine: found and asked, with its own command line.

No driver and no package: ``--dump-dom`` prints a page as it stands when its scripts are done, and
``--print-to-pdf`` prints it on paper. The book can be built without one.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from helpers.book.places import end_with_parent

VARIABLE = "BOOK_CHROMIUM"
"""Environment variable with the path of the browser; ``none`` builds the book as if there were none."""

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
# The pages opened are the book's own, so that the sandbox, which containers lack, is not needed.
_ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
)


class ChromiumError(RuntimeError):
    """The browser is there and did not do what it was asked."""


def find() -> str | None:
    """Return the path of a browser, or None if there is none or none is wanted."""
    chosen = os.environ.get(VARIABLE, "")
    if chosen:
        return None if chosen == "none" else chosen
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    return found or (str(_MAC) if _MAC.exists() else None)


def dump(page: Path, *, query: str = "") -> str:
    """Return the HTML of a page after its scripts have run; raise as `dump_all` does."""
    return dump_all([page], query=query)[0]


def dump_all(pages: Sequence[Path], *, query: str = "", silence: float = 25, scratch: Path | None = None) -> list[str]:
    """Return the HTML of pages after their scripts have run, each in a browser of its own, all at the same time.

    Parameters
    ----------
    silence
        Seconds without a word, on the page's console or elsewhere, after which a browser is given up.
    scratch
        Folder for what a browser writes; that of the system when not given.

    Raises
    ------
    ChromiumError
        If there is no browser, or one does not finish.
    """
    # Virtual time runs ahead whenever the page only waits, so the budget costs no real time.
    arguments = ("--virtual-time-budget=600000", "--enable-logging=stderr", "--dump-dom")
    with ExitStack() as stack:
        asked = [(*arguments, f"{page.resolve().as_uri()}{query}") for page in pages]
        begun = [stack.enter_context(_begun(words, scratch)) for words in asked]
        return [_answer(browser, silence) for browser in begun]


def print_to_pdf(page: Path, target: Path, *, timeout: float = 300) -> None:
    """Print a page to a PDF with tags and an outline.

    Raises
    ------
    ChromiumError
        If there is no browser, or no PDF comes of it.
    """
    target.unlink(missing_ok=True)
    arguments = (
        "--virtual-time-budget=600000",
        "--no-pdf-header-footer",
        "--generate-pdf-document-outline",
        "--export-tagged-pdf",
        f"--print-to-pdf={target.resolve()}",
        page.resolve().as_uri(),
    )
    with _begun(arguments, None) as browser:
        _answer(browser, timeout)
    if not target.exists():
        raise ChromiumError(f"the browser wrote no {target.name}")


@dataclass(frozen=True)
class _Browser:
    """A browser at work, and the files for what it answers and for what it says meanwhile."""

    name: str
    process: subprocess.Popen
    out: Path
    err: Path


@contextmanager
def _begun(arguments: Sequence[str], scratch: Path | None) -> Iterator[_Browser]:
    """Begin a browser, and end it with all that it has begun itself."""
    name = find()
    if name is None:
        raise ChromiumError(f"no Chromium or Chrome found: install one, or name it in {VARIABLE}")
    with tempfile.TemporaryDirectory(prefix="book-chromium-", dir=scratch, ignore_cleanup_errors=True) as folder:
        out, err = Path(folder) / "out", Path(folder) / "err"
        with out.open("wb") as answered, err.open("wb") as said:
            try:
                process = subprocess.Popen(
                    [name, *_ARGUMENTS, f"--user-data-dir={folder}/profile", *arguments],
                    stdin=subprocess.DEVNULL,
                    stdout=answered,
                    stderr=said,
                    start_new_session=True,
                    preexec_fn=end_with_parent if sys.platform == "linux" else None,
                )
            except OSError as error:
                raise ChromiumError(f"{name}: {error.strerror}") from error
        try:
            yield _Browser(name, process, out, err)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL) if hasattr(os, "killpg") else process.kill()
            process.wait()


def _answer(browser: _Browser, silence: float) -> str:
    """Wait for a browser as long as it says something; return what it answers."""
    while (status := browser.process.poll()) is None:
        if time.time() - browser.err.stat().st_mtime > silence:
            raise ChromiumError(f"{browser.name} hangs: {silence:.0f} s without a word")
        time.sleep(0.05)
    if status:
        words = browser.err.read_text("utf-8", errors="replace").strip()[-300:]
        raise ChromiumError(f"{browser.name} ended with {status}{f': {words}' if words else ''}")
    return browser.out.read_text("utf-8")
