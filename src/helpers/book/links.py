"""Ask every address outside the book that its pages name whether it still answers.

Run ``python -m helpers links`` after a build. It is not part of the build: pages on which a source was read come and
go, and a book that needs other hosts to be built cannot be built for long. What is gone should get a new place in
``sources.read_at``; the statements read there stay.
"""

from __future__ import annotations

import argparse
import sys
import urllib.error
import urllib.request
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path

from bs4 import BeautifulSoup

from helpers.book.verify import HTML

ANSWERS, GONE, SHUT, SILENT = "answers", "gone", "lets no program in", "no answer"
_GONE = frozenset({404, 410})
_HEADERS = {"User-Agent": "Mozilla/5.0 (link check of an open book)"}


@dataclass(frozen=True)
class Link:
    """An address, the pages that name it, and what came of asking: one of the words above, and the reason."""

    address: str
    pages: tuple[str, ...]
    state: str
    why: str = ""


def outside(folder: Path) -> dict[str, tuple[str, ...]]:
    """Return the addresses outside the book that its built pages link to, each with the pages, sorted."""
    found: dict[str, set[str]] = {}
    for path in sorted(folder.rglob("*.html")):
        for anchor in BeautifulSoup(path.read_text("utf-8"), "html.parser").select("a[href^=http]"):
            address = str(anchor["href"]).partition("#")[0]
            found.setdefault(address, set()).add(path.relative_to(folder).as_posix())
    return {address: tuple(sorted(pages)) for address, pages in sorted(found.items())}


def asked(address: str, *, timeout: float = 20) -> tuple[str, str]:
    """Return whether an address answers, and if not why.

    Parameters
    ----------
    timeout
        Seconds to wait for each sign of life.
    """
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=_HEADERS), timeout=timeout):
            return ANSWERS, ""
    except urllib.error.HTTPError as error:
        error.close()
        return (GONE if error.code in _GONE else SHUT), f"{error.code} {error.reason}"
    except (OSError, HTTPException, ValueError) as error:
        return SILENT, str(getattr(error, "reason", error)) or type(error).__name__


def check(addresses: dict[str, tuple[str, ...]], *, timeout: float = 20, workers: int = 8) -> list[Link]:
    """Return what came of asking each address, those that do not answer first."""
    with ThreadPoolExecutor(workers) as pool:
        answers = pool.map(lambda address: asked(address, timeout=timeout), addresses)
        links = [Link(address, addresses[address], *answer) for address, answer in zip(addresses, answers, strict=True)]
    order = (GONE, SILENT, SHUT, ANSWERS)
    return sorted(links, key=lambda link: (order.index(link.state), link.address))


def report(links: Iterable[Link]) -> str:
    """Return the result as Markdown: how many of each kind, and a table of those that do not answer."""
    links = list(links)
    counts = {state: sum(link.state == state for link in links) for state in (ANSWERS, SHUT, SILENT, GONE)}
    lines = [f"{len(links)} addresses: " + ", ".join(f"{number} {state}" for state, number in counts.items()), ""]
    silent = [link for link in links if link.state != ANSWERS]
    if silent:
        lines += ["| address | state | why | named on |", "|---|---|---|---|"]
        lines += [f"| {link.address} | {link.state} | {link.why} | {', '.join(link.pages)} |" for link in silent]
    return "\n".join(lines)


def main(argv: Sequence[str] | None = None) -> int:
    """Print the report; return 1 if an address is gone (404 or 410), else 0."""
    parser = argparse.ArgumentParser(prog="python -m helpers links", description=__doc__.splitlines()[0])
    parser.add_argument("root", nargs="?", default=".", type=Path, help="the book's folder (default: here)")
    parser.add_argument("--timeout", type=float, default=20, help="seconds to wait for an answer (default 20)")
    options = parser.parse_args(argv)
    if not (options.root / HTML / "index.html").is_file():
        print(f"no pages in {options.root / HTML}: run make book first", file=sys.stderr)
        return 1
    links = check(outside(options.root / HTML), timeout=options.timeout)
    print(report(links))
    return int(any(link.state == GONE for link in links))
