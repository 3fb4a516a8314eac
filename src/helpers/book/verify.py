"""A last look at the built site: what a strict build can still miss, one sentence a fault."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, NavigableString

from helpers.book import chromium, execute, pictures

HTML = Path("_build/html")
LEAST_WORDS = 40
"""Fewer words of prose than this is an empty page."""

_UNRESOLVED = re.compile(r"\{[a-z][a-z:+-]*\}`|\{\{|\]\(#|\[\]\(|:::")
_TRACEBACK = "Traceback (most recent call last)"


def faults(root: Path) -> list[str]:
    """Return what is wrong with the built pages of ``_toc.yml``; an empty list when nothing is."""
    found = []
    for page in execute.pages(root):
        path = HTML / f"{page.removesuffix('.md').removesuffix('.ipynb')}.html"
        if not (root / path).is_file():
            found.append(f"{path}: missing; _toc.yml names it, so build again and read the messages above")
            continue
        article = _article(root / path)
        found += [f"{path}: {fault}" for fault in _page_faults(article)]
        found += [f"{path}: {fault}" for fault in _link_faults(root / path, root / HTML)]
        found += [f"{path}: {fault}" for fault in _figure_faults(root, page, article)]
    return found


def _article(path: Path) -> BeautifulSoup:
    soup = _soup(path)
    return soup.find("article") or soup


@cache
def _soup_of(path: Path, _modified: int) -> BeautifulSoup:
    return BeautifulSoup(path.read_text("utf-8"), "html.parser")


def _soup(path: Path) -> BeautifulSoup:
    return _soup_of(path, path.stat().st_mtime_ns)


def _page_faults(article: BeautifulSoup) -> Iterator[str]:
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


def _prose(article: BeautifulSoup) -> str:
    skipped = {"pre", "code", "script", "style", "table", "noscript", "svg"}
    pieces = (s for s in article.find_all(string=True) if not any(p.name in skipped for p in s.parents))
    return " ".join(" ".join(pieces).split())


def _figure_faults(root: Path, page: str, article: BeautifulSoup) -> Iterator[str]:
    source = Path(f"{page.removesuffix('.ipynb')}.ipynb")
    if not (root / source).is_file():
        return
    executed = execute.stored(root, source)
    if executed is None:
        yield f"{source} was not executed in this build; build again"
        return
    outputs = (out for cell in executed.cells for out in cell.get("outputs", []))
    shown = sum('class="book-figure"' in out.get("data", {}).get("text/html", "") for out in outputs)
    present = len(article.select("figure.book-figure"))
    if chromium.find() and article.select(".book-plot:not(:has(.picture))"):
        yield f"a figure has no picture; delete {pictures.FOLDER} and build again"
    if present < shown:
        yield f"{present} figures where {source} shows {shown}; look for cells with the tag remove-output"


def _link_faults(path: Path, site: Path) -> Iterator[str]:
    for link in _soup(path).select("a[href], img[src], script[src], link[rel=stylesheet][href], [data-script]"):
        address = link.get("href") or link.get("src") or link["data-script"]
        parts = urlsplit(address)
        if parts.scheme or parts.netloc or not (parts.path or parts.fragment):
            continue
        target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
        if not target.exists():
            yield f"link to {address}, which is not in {site.name}"
        elif parts.fragment and target.suffix == ".html" and not _has_id(target, unquote(parts.fragment)):
            yield f"link to {address}, a place that page does not have"


def _has_id(path: Path, name: str) -> bool:
    return _soup(path).find(id=name) is not None
