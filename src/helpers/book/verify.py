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
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from helpers.book import chromium, execute, pictures
from helpers.book.places import write_whole

HTML = Path("_build/html")
SEEN = Path("_build/.seen")
LEAST_WORDS = 40
"""Fewer words of prose than this is an empty page."""

_UNRESOLVED = re.compile(r"\{[a-z][a-z:+-]*\}`|\{\{|\]\(#|\[\]\(|:::")
_TRACEBACK = "Traceback (most recent call last)"
_NO_PROSE = frozenset({"pre", "code", "script", "style", "table", "noscript", "svg"})
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_LEADS = {"a": "href", "img": "src", "script": "src", "link": "href"}


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
    page = _Page(text)
    return Seen(
        faults=list(_page_faults(page)),
        links=page.links,
        places=sorted(page.places),
        figures=page.figures,
        unpictured=page.unpictured,
    )


class _Element:
    """An element that is open: its name, what is true of all that stands in it, and its words if they are asked for."""

    __slots__ = ("is_plot", "linked", "name", "pictured", "shown", "told", "words", "written")

    def __init__(self, name: str, parent: _Element | None) -> None:
        self.name = name
        self.linked = name == "a" or (parent is not None and parent.linked)
        self.shown = parent is not None and parent.shown  # in an example of what a function refuses
        self.told = name not in _NO_PROSE and (parent is None or parent.told)
        self.written = name == "article" or (parent is not None and parent.written)
        self.is_plot = self.pictured = False
        self.words: list[str] | None = None

    def listen(self) -> list[str]:
        """Return where the words of the element will stand."""
        self.words = [] if self.words is None else self.words
        return self.words


class _Page(HTMLParser):
    """What stands on a page, gathered in one pass and without a tree: the look takes a quarter of the time so."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.places: set[str] = set()
        self.figures = 0
        self.unpictured = self.failed = False
        self.title: list[str] | None = None
        self.unread: list[list[str]] = []
        self.nowhere: list[list[str]] = []
        self.prose: list[str] = []
        root = _Element("", None)
        root.written = "<article" not in text
        self._open = [root]
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the element is, and that it is open."""
        element = _Element(tag, self._open[-1])
        if tag not in _VOID:
            self._open.append(element)
        said = dict(attrs)
        if place := said.get("id"):
            self.places.add(place)
        if link := _link(tag, said):
            self.links.append(link)
        if element.written:
            self._note(element, (said.get("class") or "").split())

    def handle_endtag(self, tag: str) -> None:
        """Close the element, and those in it that nothing has closed."""
        for place in range(len(self._open) - 1, 0, -1):
            if self._open[place].name == tag:
                for element in self._open[place:]:
                    self.unpictured |= element.is_plot and not element.pictured
                del self._open[place:]
                return

    def handle_data(self, data: str) -> None:
        """Keep the text where it is asked for."""
        inner = self._open[-1]
        if not inner.written:
            return
        if inner.told:
            self.prose.append(data)
        self.failed |= _TRACEBACK in data and not inner.shown
        for element in self._open:
            if element.words is not None:
                element.words.append(data.strip())

    def _note(self, element: _Element, classes: list[str]) -> None:
        if element.name == "h1" and self.title is None:
            self.title = element.listen()
        if not classes:
            return
        element.shown |= "highlight-pycon" in classes
        self.failed |= "traceback" in classes or {"output", "stderr"}.issubset(classes)
        if "problematic" in classes or "system-message" in classes:
            self.unread.append(element.listen())
        if "xref" in classes and not element.linked:
            self.nowhere.append(element.listen())
        self.figures += element.name == "figure" and "book-figure" in classes
        element.is_plot = "book-plot" in classes
        if "picture" in classes:
            for outer in self._open:
                outer.pictured = True


def _link(tag: str, said: dict[str, str | None]) -> str | None:
    """Return where an element leads, or from where it is loaded."""
    given = said.get(_LEADS[tag]) if tag in _LEADS else None
    if tag == "link" and said.get("rel") != "stylesheet":
        given = None
    return given or said.get("data-script")


def _page_faults(page: _Page) -> Iterator[str]:
    if not "".join(page.title or ()).rstrip("#"):
        yield "no title; begin the page with a first-level heading"
    if page.failed:
        yield "a traceback or an error stream is on the page; mend the cell that wrote it"
    for words in page.unread:
        yield f"markup that could not be read: {_joined(words)[:80]!r}"
    for words in page.nowhere:
        yield f"reference that leads nowhere: {_joined(words)[:80]!r}"
    prose = " ".join(" ".join(page.prose).split())
    for match in _UNRESOLVED.finditer(prose):
        yield f"unresolved markup near {prose[match.start() : match.start() + 40]!r}"
    if (count := len(prose.split())) < LEAST_WORDS:
        yield f"only {count} words; a page needs {LEAST_WORDS} or more"


def _joined(words: list[str]) -> str:
    return " ".join(filter(None, words))


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
