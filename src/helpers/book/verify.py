"""A last look at the built site: what a strict build can still miss, one sentence a fault.

What is seen on a page is kept in ``_build`` under a digest of the page, so that one which has not changed is not
looked at again; whether its links lead somewhere is asked each time.
"""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from helpers.book import chromium, execute, pictures
from helpers.book.places import write_whole

if TYPE_CHECKING:
    from bs4 import NavigableString, Tag

HTML = Path("_build/html")
SEEN = Path("_build/.seen")
LEAST_WORDS = 40
"""Fewer words of prose than this is an empty page."""

_UNRESOLVED = re.compile(r"\{[a-z][a-z:+-]*\}`|\{\{|\]\(#|\[\]\(|:::")
_TRACEBACK = "Traceback (most recent call last)"


@dataclass(frozen=True)
class Seen:
    """What is seen on a page by itself: its faults, where its links lead, the places it has, its figures.

    Attributes
    ----------
    unpictured
        Whether a figure stands there without a picture.
    """

    faults: list[str]
    links: list[str]
    places: list[str]
    figures: int
    unpictured: bool


def faults(root: Path) -> list[str]:
    """Return what is wrong with the built pages of ``_toc.yml``; an empty list when nothing is."""
    found, begun = [], time.time()
    seen = cache(lambda path: look(path, root / SEEN))
    notebooks = {path.with_suffix(""): path for path in execute.notebooks(root)}
    places = cache(lambda path: frozenset(seen(path).places))
    for page in execute.pages(root):
        path = HTML / f"{page.removesuffix('.md').removesuffix('.ipynb')}.html"
        if not (root / path).is_file():
            found.append(f"{path}: missing; _toc.yml names it, so build again and read the messages above")
            continue
        here = seen(root / path)
        found += [f"{path}: {fault}" for fault in here.faults]
        found += [f"{path}: {fault}" for fault in _link_faults(root / path, here.links, root / HTML, places)]
        if source := notebooks.get(path.relative_to(HTML).with_suffix("")):
            found += [f"{path}: {fault}" for fault in _figure_faults(root, source, here)]
    for file in (root / SEEN).glob("*"):
        if file.stat().st_mtime < begun - 1:  # of a page that is there no more
            file.unlink()
    return found


def look(path: Path, store: Path) -> Seen:
    """Return what is seen on a page, from the store if the same page was looked at before."""
    content = path.read_bytes()
    key = hashlib.sha256(Path(__file__).read_bytes() + content).hexdigest()[:24]
    file = store / f"{key}.json"
    try:
        found = Seen(**json.loads(file.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        found = _look(content.decode("utf-8"))
    else:
        file.touch()
        return found
    write_whole(file, json.dumps(asdict(found)))
    return found


def _look(text: str) -> Seen:
    from bs4 import BeautifulSoup  # here: pages that were all seen before do without it

    page = BeautifulSoup(text, "html.parser")
    article = page.find("article") or page
    links = page.select("a[href], img[src], script[src], link[rel=stylesheet][href], [data-script]")
    return Seen(
        faults=list(_page_faults(article)),
        links=[link.get("href") or link.get("src") or link["data-script"] for link in links],
        places=sorted({node["id"] for node in page.find_all(id=True)}),
        figures=len(article.select("figure.book-figure")),
        unpictured=bool(article.select(".book-plot:not(:has(.picture))")),
    )


def _page_faults(article: Tag) -> Iterator[str]:
    title = article.find("h1")
    if title is None or not title.get_text(strip=True).rstrip("#"):
        yield "no title; begin the page with a first-level heading"
    if article.select(".traceback, .output.stderr") or any(map(_happened, article.find_all(string=_is_traceback))):
        yield "a traceback or an error stream is on the page; mend the cell that wrote it"
    for node in article.select(".problematic, .system-message"):
        yield f"markup that could not be read: {node.get_text(' ', strip=True)[:80]!r}"
    for node in article.select(".xref"):
        if node.find_parent("a") is None:
            yield f"reference that leads nowhere: {node.get_text(' ', strip=True)[:80]!r}"
    prose = _prose(article)
    for match in _UNRESOLVED.finditer(prose):
        yield f"unresolved markup near {prose[match.start() : match.start() + 40]!r}"
    if len(prose.split()) < LEAST_WORDS:
        yield f"only {len(prose.split())} words; a page needs {LEAST_WORDS} or more"


def _is_traceback(text: str | None) -> bool:
    return _TRACEBACK in (text or "")


def _happened(text: NavigableString) -> bool:
    """Whether a traceback is one, and not shown in an example of what a function refuses."""
    return text.find_parent(class_="highlight-pycon") is None


def _prose(article: Tag) -> str:
    skipped = {"pre", "code", "script", "style", "table", "noscript", "svg"}
    pieces = (s for s in article.find_all(string=True) if not any(p.name in skipped for p in s.parents))
    return " ".join(" ".join(pieces).split())


def _figure_faults(root: Path, source: Path, seen: Seen) -> Iterator[str]:
    executed = execute.stored(root, source)
    if executed is None:
        yield f"{source} was not executed in this build; build again"
        return
    outputs = (out for cell in executed.cells for out in cell.get("outputs", []))
    shown = sum('class="book-figure"' in out.get("data", {}).get("text/html", "") for out in outputs)
    if chromium.find() and seen.unpictured:
        yield f"a figure has no picture; delete {pictures.FOLDER} and build again"
    if seen.figures < shown:
        yield f"{seen.figures} figures where {source} shows {shown}; look for cells with the tag remove-output"


def _link_faults(path: Path, links: list[str], site: Path, places: Callable[[Path], frozenset[str]]) -> Iterator[str]:
    for address in links:
        parts = urlsplit(address)
        if parts.scheme or parts.netloc or not (parts.path or parts.fragment):
            continue
        target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
        if not target.exists():
            yield f"link to {address}, which is not in {site.name}"
        elif parts.fragment and target.suffix == ".html" and unquote(parts.fragment) not in places(target):
            yield f"link to {address}, a place that page does not have"
