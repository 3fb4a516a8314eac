"""How fast, heavy and accessible the pages are, beside the same chapters in a default Jupyter Book.

Run ``python benchmarks/pages.py`` after ``make book``. Each page is served with compression from this machine and
measured with Lighthouse (mobile preset: a slow phone on a slow line) in a headless Chromium; numbers are medians of
the runs; the default book, whose numbers lie far off, is visited once. axe-core looks at each page in both themes.
The table goes to the screen and to ``benchmarks/results/pages.json``, from which the colophon takes it. Needs a
Chromium, Node.js (npm brings Lighthouse into ``_build/.npm``), and a quiet machine.

What the default book is made of stands in ``benchmarks/shared/default_book.py``.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import http.server
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import sync_playwright
from shared import default_book

from helpers.book import chromium, execute
from helpers.book.results import ResultTable, write

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "benchmarks/results/pages.json"
LIGHTHOUSE = "lighthouse@12.8.2"
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-quic --disable-background-networking"
COMPRESSED = {".html", ".css", ".js", ".svg", ".json", ".ipynb", ".xml", ".txt"}
HEADINGS = {
    "page": "page",
    "performance": "performance",
    "accessibility": "accessibility",
    "best_practices": "best practices",
    "seo": "search engines",
    "interactive_s": "interactive after, s",
    "layout_shift": "layout shift",
    "kilobytes": "on the wire, kB",
    "requests": "requests",
    "foreign": "to other hosts",
    "console": "console errors",
    "axe": "broken rules",
}
OURS, THEIRS = "this book", "the same chapters in a default Jupyter Book"
NOTES = {
    OURS: "Medians of {runs} visits; the weight is that before a figure is touched.",
    THEIRS: "One visit. Without the book's configuration, template and markup; figures by plotly's own "
    "renderer for notebooks, which carries plotly in every page.",
}


@dataclass(frozen=True)
class Row:
    """A page as measured: scores of 100, seconds, kilobytes on the wire, counts."""

    book: str
    page: str
    performance: int
    accessibility: int
    best_practices: int
    seo: int
    interactive_s: float
    layout_shift: float
    kilobytes: int
    requests: int
    foreign: int
    console: int
    axe: int | None


class Compressing(http.server.SimpleHTTPRequestHandler):
    """Serves files as a static host does: compressed, and kept for a while."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        body = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Cache-Control", "max-age=600")
        if path.suffix in COMPRESSED:
            body = gzip.compress(body, 9)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    handler = functools.partial(Compressing, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def lighthouse_script() -> Path:
    """Install Lighthouse if need be; return the script that runs it."""
    folder = ROOT / "_build/.npm"
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["npm", "install", "--silent", "--no-save", "--prefix", folder, LIGHTHOUSE], check=True)
    return folder / "node_modules/lighthouse/cli/index.js"


def default_pages(folder: Path) -> Path:
    """Build the default book in an empty folder; return the folder of its pages."""
    default_book.write(ROOT, folder)
    return default_book.build(ROOT, folder)


def lighthouse(script: Path, address: str) -> dict[str, Any]:
    """Return Lighthouse's report of one visit."""
    command = ["node", str(script), address, "--quiet", "--output=json"]
    command += [f"--chrome-flags={FLAGS}"]
    environment = {**os.environ, "CHROME_PATH": chromium.find() or ""}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"Lighthouse failed on {address}:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout)


def violations(address: str) -> int:
    """Return how many rules axe-core finds broken on a page, in both themes together."""
    found = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=FLAGS.split()[1:])
        for theme in ("light", "dark"):
            page = browser.new_page(color_scheme=theme)
            page.goto(address)
            page.evaluate(AXE)
            found += len(page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"])
            page.close()
        browser.close()
    return found


def row(book: str, page: str, reports: list[dict[str, Any]], own: str, axe: int | None) -> Row:
    """Return the medians of several visits to one page."""

    def score(category: str) -> int:
        return round(100 * statistics.median(report["categories"][category]["score"] or 0 for report in reports))

    def value(audit: str) -> float:
        return statistics.median(report["audits"][audit]["numericValue"] for report in reports)

    last = reports[-1]["audits"]
    requests = last["network-requests"]["details"]["items"]
    return Row(
        book=book,
        page=page,
        performance=score("performance"),
        accessibility=score("accessibility"),
        best_practices=score("best-practices"),
        seo=score("seo"),
        interactive_s=round(value("interactive") / 1000, 2),
        layout_shift=round(value("cumulative-layout-shift"), 3),
        kilobytes=round(sum(item.get("transferSize", 0) for item in requests) / 1000),
        requests=len(requests),
        foreign=sum(not item["url"].startswith((own, "data:", "blob:")) for item in requests),
        console=len(last["errors-in-console"]["details"]["items"]),
        axe=axe,
    )


def measured(book: str, folder: Path, script: Path, pages: list[str], runs: int) -> Iterator[Row]:
    with served(folder) as own:
        for page in pages:
            address = f"{own}/{page}.html"
            reports = [lighthouse(script, address) for _ in range(runs)]
            yield row(book, page, reports, own, violations(address))


def table(book: str, rows: list[Row], runs: int) -> ResultTable:
    """Return the rows of one book as the colophon prints them."""
    version = subprocess.run([chromium.find() or "", "--version"], capture_output=True, text=True, check=True)
    return ResultTable(
        title=f"Pages of {book}: scores of 100 (Lighthouse, a slow phone on a slow line), weight, broken rules (axe)",
        measured_on=f"{date.today().isoformat()}, {os.cpu_count()} processors, {version.stdout.strip()}, {LIGHTHOUSE}",
        rows=[{HEADINGS[key]: value for key, value in asdict(one).items() if key in HEADINGS} for one in rows],
        command="python benchmarks/pages.py",
        note=NOTES[book].format(runs=runs),
    )


def main() -> int:
    """Print the table and write it down; return 1 if the book is not built."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pages", nargs="*", help="pages to measure, such as chapters/forces (default: all)")
    parser.add_argument("--runs", type=int, default=3, help="visits to each page (default 3)")
    parser.add_argument("--quick", action="store_true", help="one visit, this book only, nothing written down")
    options = parser.parse_args()
    built = ROOT / "_build/html"
    if not (built / "index.html").is_file():
        print("no pages in _build/html: run make book first", file=sys.stderr)
        return 1
    script = lighthouse_script()
    pages = options.pages or [page.removesuffix(".md").removesuffix(".ipynb") for page in execute.pages(ROOT)]
    runs = 1 if options.quick else options.runs
    print("| " + " | ".join(Row.__dataclass_fields__) + " |", flush=True)
    print("|" + "---|" * len(Row.__dataclass_fields__), flush=True)
    tables: list[ResultTable] = []
    with tempfile.TemporaryDirectory() as folder:
        books = {OURS: (lambda: built, runs), THEIRS: (lambda: default_pages(Path(folder)), 1)}
        for book, (place, visits) in books.items():
            if options.quick and book != OURS:
                continue
            rows = []
            for one in measured(book, place(), script, pages, visits):
                rows.append(one)
                print("| " + " | ".join(map(str, asdict(one).values())) + " |", flush=True)
            tables.append(table(book, rows, visits))
            if not options.quick and not options.pages:
                write(RESULTS, tables)
    return 0


if __name__ == "__main__":
    sys.exit(main())
