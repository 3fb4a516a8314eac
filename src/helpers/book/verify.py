"""A last look at the built site: what a strict build can still miss, one sentence a fault."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Tag

from helpers.book import chromium, execute, pictures

HTML = Path("_build/html")
LEAST_WORDS = 40
"""Fewer words of prose than this is an empty page."""

_UNRESOLVED = re.compile(r"\{[a-z][a-z:+-]*\}`|\{\{|\]\(#|\[\]\(|:::")
_TRACEBACK = "Traceback (most recent call last)"
_NO_PROSE = ("pre", "code", "script", "style", "table", "noscript")


@dataclass(frozen=True)
class Seen:
    """What is seen on a page by itself.

    Attributes
    ----------
    faults
        What is wrong with it, a sentence each.
    links
        Where its links lead and from where it loads scripts, styles and images.
    places
        The ids of its elements.
    figures
        Number of figures.
    unpictured
        Whether a figure stands there without a picture.
    """

    faults: list[str]
    links: list[str]
    places: list[str]
    figures: int
    unpictured: bool


def look(html: str) -> Seen:
    """Return what is seen on a page; it depends on the HTML alone, so whoever calls may keep it."""
    page = BeautifulSoup(html, "html.parser")
    article = page.article or page
    plots = article.find_all(class_="book-plot")
    links, places = list(_links(page)), [element["id"] for element in page.find_all(id=True)]
    unpictured = any(plot.find(class_="picture") is None for plot in plots)
    for drawing in page("svg"):  # nine elements of ten, and nothing of what is looked for
        drawing.extract()
    figures = len(article.select("figure.book-figure"))
    return Seen(list(_page_faults(article)), links, places, figures, unpictured)


def faults(root: Path, *, look: Callable[[str], Seen] = look) -> list[str]:
    """Return what is wrong with the built pages of ``_toc.yml``; an empty list when nothing is.

    Parameters
    ----------
    root
        The book's folder.
    look
        What looks at a page, for instance `look` with a memory of pages that have not changed.
    """
    found: list[str] = []
    seen = cache(lambda path: look(path.read_text("utf-8")))
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
    return found


def _links(page: Tag) -> Iterator[str]:
    """Yield where links lead, and from where scripts, styles and images are loaded."""
    for element in page.find_all(["a", "img", "script", "link"]):
        wanted = element.name != "link" or "stylesheet" in element.get("rel", ())
        if wanted and (address := element.get("href" if element.name in ("a", "link") else "src")):
            yield address
    yield from (element["data-script"] for element in page.find_all(attrs={"data-script": True}))


def _page_faults(article: Tag) -> Iterator[str]:
    if not (article.h1 and article.h1.get_text(strip=True).rstrip("#")):
        yield "no title; begin the page with a first-level heading"
    for example in article.select(".highlight-pycon, .doctest"):  # it may show what a function refuses
        example.decompose()
    if article.select_one(".traceback, .output.stderr") or _TRACEBACK in article.get_text():
        yield "a traceback or an error stream is on the page; mend the cell that wrote it"
    for element in article.select(".problematic, .system-message"):
        yield f"markup that could not be read: {element.get_text(' ', strip=True)[:80]!r}"
    for element in article.select(".xref"):
        if not (element.name == "a" or element.find_parent("a")):
            yield f"reference that leads nowhere: {element.get_text(' ', strip=True)[:80]!r}"
    for element in article(_NO_PROSE):
        element.extract()
    prose = " ".join(article.get_text(" ").split())
    for match in _UNRESOLVED.finditer(prose):
        yield f"unresolved markup near {prose[match.start() : match.start() + 40]!r}"
    if (count := len(prose.split())) < LEAST_WORDS:
        yield f"only {count} words; a page needs {LEAST_WORDS} or more"


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
    target_of = cache(lambda name: (path.parent / unquote(name)).resolve())
    for address in links:
        parts = urlsplit(address)
        if parts.scheme or parts.netloc or not (parts.path or parts.fragment):
            continue
        target = target_of(parts.path) if parts.path else path
        if not target.exists():
            yield f"link to {address}, which is not in {site.name}"
        elif parts.fragment and target.suffix == ".html" and unquote(parts.fragment) not in places(target):
            yield f"link to {address}, a place that page does not have"
