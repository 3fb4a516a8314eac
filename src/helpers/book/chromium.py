"""A Chromium or Chrome that is already on the machine: found and asked, with its own command line.

No driver and no package: ``--dump-dom`` prints a page as it stands when its scripts are done, and
``--print-to-pdf`` prints it on paper. The book can be built without one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

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


def dump(page: Path, *, query: str = "", timeout: float = 300) -> str:
    """Return the HTML of a page after its scripts have run.

    Parameters
    ----------
    timeout
        Seconds after which the browser is given up.

    Raises
    ------
    ChromiumError
        If there is no browser, or it does not finish.
    """
    # Virtual time runs ahead whenever the page only waits, so the budget costs no real time.
    return _run("--virtual-time-budget=600000", "--dump-dom", f"{page.resolve().as_uri()}{query}", timeout=timeout)


def print_to_pdf(page: Path, target: Path, *, timeout: float = 300) -> None:
    """Print a page to a PDF with tags and an outline.

    Raises
    ------
    ChromiumError
        If there is no browser, or no PDF comes of it.
    """
    target.unlink(missing_ok=True)
    _run(
        "--virtual-time-budget=600000",
        "--no-pdf-header-footer",
        "--generate-pdf-document-outline",
        "--export-tagged-pdf",
        f"--print-to-pdf={target.resolve()}",
        page.resolve().as_uri(),
        timeout=timeout,
    )
    if not target.exists():
        raise ChromiumError(f"the browser wrote no {target.name}")


def _run(*arguments: str, timeout: float) -> str:
    browser = find()
    if browser is None:
        raise ChromiumError(f"no Chromium or Chrome found: install one, or name it in {VARIABLE}")
    with tempfile.TemporaryDirectory(prefix="book-chromium-", ignore_cleanup_errors=True) as profile:
        command = [browser, *_ARGUMENTS, f"--user-data-dir={profile}", *arguments]
        try:
            done = subprocess.run(command, capture_output=True, timeout=timeout, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise ChromiumError(f"{browser}: {error}") from error
    if done.returncode:
        raise ChromiumError(f"{browser} ended with {done.returncode}: {done.stderr.decode(errors='replace')[-500:]}")
    return done.stdout.decode("utf-8")
