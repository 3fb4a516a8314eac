"""The built book in a real browser: what the tests that open its pages share."""

from __future__ import annotations

import functools
import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from helpers.book import chromium

ROOT = Path(__file__).parents[1]
HTML = ROOT / "_build/html"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE, TABLET, PHONE = 1440, 768, 360
PATIENCE_MS = 60_000
"""How long a page is waited for: long, since machines differ and a page that never comes is rare."""
_VISIBLE = """all => all.filter((place) => {
  const { width, height } = place.getBoundingClientRect();
  return width > 0 && height > 0 && place.checkVisibility({ visibilityProperty: true });
}).length"""


@dataclass(frozen=True)
class Visit:
    """One page as one reader sees it, with what the browser had to say."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def watch(self, own: str) -> None:
        self.page.on("console", lambda message: self._hear(message))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self._see(own, request))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def _see(self, own: str, request: Request) -> None:
        self.requests.append(request.url)
        if not request.url.startswith((own, "data:", "blob:")):
            self.foreign.append(request.url)

    def wake_figures(self) -> int:
        """Ask for every figure to be drawn, wait until they are, and return how many there are."""
        script = "Promise.all(window.bookFigures?.map((figure) => figure.draw()) ?? []).then((all) => all.length)"
        return self.page.evaluate(script)

    def visible(self, selector: str) -> int:
        """Return how many of the elements a reader sees."""
        return self.page.eval_on_selector_all(selector, _VISIBLE)


@pytest.fixture(scope="session")
def built_book() -> Path:
    """Bring the book up to date; with nothing changed this takes seconds."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "helpers", "build"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.fail(f"the book could not be built:\n{done.stdout}\n{done.stderr}", pytrace=False)
    return HTML


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = chromium.find()
        if found is None and not Path(playwright.chromium.executable_path).exists():
            _give_up("no Chromium or Chrome on this machine: install one, or `playwright install chromium`")
        running = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield running
        running.close()


def _give_up(reason: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(f"{reason} (a skip counts as a failure where CI is set)", pytrace=False)
    pytest.skip(reason)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def server(built_book: Path) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=str(built_book))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


@contextmanager
def opener(browser: Browser, built_book: Path, server: str) -> Iterator[Callable[..., Visit]]:
    """Give what opens pages, each in a context of its own; all are closed in the end."""
    contexts = []

    def open_page(
        name: str, *, served: bool = False, width: int = WIDE, theme: str = "light", late: int = 0, **options: bool
    ) -> Visit:
        """Open a page, given without suffix; further options are a browser context's, such as ``offline=True``.

        Parameters
        ----------
        late
            Milliseconds by which every script of a served page comes late.
        """
        own = server if served else built_book.as_uri()
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme, **options)
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        visit = Visit(context.new_page())
        visit.watch(own)
        if late:
            visit.page.route("**/*.js", lambda route: (visit.page.wait_for_timeout(late), route.continue_()))
        address, mark, query = name.partition("?")
        visit.page.goto(f"{own}/{address}.html{mark}{query}")
        return visit

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def visit(browser: Browser, built_book: Path, server: str) -> Iterator[Callable[..., Visit]]:
    with opener(browser, built_book, server) as open_page:
        yield open_page


def fewest(features: Mapping[str, set[str]]) -> list[str]:
    """Return few pages that between them have every feature that any page has, the richest first."""
    missing, found = set().union(*features.values()), []
    while missing:
        found.append(max(features, key=lambda page: len(features[page] & missing)))
        missing -= features[found[-1]]
    return found
