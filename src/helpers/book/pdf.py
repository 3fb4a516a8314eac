"""The book on paper: every page of the site, with figures, in one PDF with contents and page numbers.

The built pages are joined to one document and a Chromium prints it, twice: the first printing tells on which page
each chapter and section begins, and the second has these numbers in its contents.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from sphinx_external_toc.parsing import parse_toc_yaml

from helpers.book import chromium
from helpers.book.pages import citation_file
from helpers.book.places import home_of
from helpers.book.verify import HTML
from helpers.record import DESCRIPTOR, DataError, read_descriptor

_STYLES = ("book.css", "widgets.css", "backmatter.css", "paper.css")
_REFERRING = ("href", "aria-describedby", "aria-labelledby", "for")
_LEFT_OUT = (
    "script, noscript, .headerlink, .figure-tools, .figure-data, .picture.narrow, details.hide, [hidden],"
    " .evidence-fold > summary"
)


def main(argv: Sequence[str] | None = None) -> int:
    """Print the built book; return 1 and say why if it cannot be printed."""
    parser = argparse.ArgumentParser(prog="python -m helpers pdf", description=__doc__.splitlines()[0])
    parser.add_argument("root", nargs="?", default=".", type=Path, help="the book's folder (default: here)")
    root = parser.parse_args(argv).root.resolve()
    try:
        pages = make(root)
    except (chromium.ChromiumError, DataError, FileNotFoundError, ModuleNotFoundError) as error:
        print(f"the book was not printed: {error}", file=sys.stderr)
        return 1
    print(f"{target(root)}: {pages} pages")
    return 0


def make(root: Path) -> int:
    """Print the built book to `target`; return the number of its pages.

    Raises
    ------
    ChromiumError
        If there is no browser, or it does not print.
    FileNotFoundError
        If the book is not built.
    """
    printed = target(root)
    source = printed.with_suffix(".html")
    source.write_text(document(root, {}), "utf-8")
    chromium.print_to_pdf(source, printed)
    source.write_text(document(root, page_numbers(printed)), "utf-8")
    chromium.print_to_pdf(source, printed)
    source.unlink()
    return len(_reader(printed).pages)


def target(root: Path) -> Path:
    """Return the file that is printed, named after the data package where there is one."""
    data = root / "data"
    name = read_descriptor(data)["name"] if (data / DESCRIPTOR).is_file() else "book"
    return root / "_build" / f"{name}.pdf"


def page_numbers(pdf: Path) -> dict[str, int]:
    """Return the page, counted from 1, on which each place that a link leads to is printed."""
    reader = _reader(pdf)
    places = reader.named_destinations.items()
    return {name.lstrip("/"): reader.get_destination_page_number(place) + 1 for name, place in places}


def document(root: Path, numbers: Mapping[str, int]) -> str:
    """Return all pages of the book as one HTML document, with cover and contents.

    Parameters
    ----------
    numbers
        Page of each place, as far as known.
    """
    parts = list(_parts(root))
    chapters = {name: article(root, name) for _, names in parts for name in names}
    front = chapters[parts[0][1][0]]
    front.h1.extract()  # the cover has it
    said = citation_file(root)
    title, _, subtitle = said.get("title", "The book").partition(": ")
    version = f"Version {said['version']}" if "version" in said else ""
    styles = "".join((home_of(root, "assets/static/book") / name).read_text("utf-8") for name in _STYLES)
    body = "".join(str(chapter) for chapter in chapters.values())
    return (
        f'<!DOCTYPE html><html lang="en" data-theme="light"><head><meta charset="utf-8"><title>{title}</title>'
        f'<style>{styles}</style></head><body class="paper"><header class="cover"><p class="cover-title">{title}</p>'
        f"<p>{subtitle}</p><p>{version}</p></header>{contents(parts, chapters, numbers)}"
        f"<main>{body}</main></body></html>"
    )


def contents(
    parts: Sequence[tuple[str, Sequence[str]]], chapters: Mapping[str, Tag], numbers: Mapping[str, int]
) -> str:
    """Return the table of contents: parts, chapters and their sections, with pages where they are known."""

    def line(css: str, place: str, text: str) -> str:
        page = numbers.get(place, "")
        return f'<li class="{css}"><a href="#{place}"><span>{text}</span> <span class="page">{page}</span></a></li>'

    rows: list[str] = []
    for caption, names in parts:
        if caption:
            rows.append(f'<li class="contents-part">{caption}</li>')
        for name in names:
            heading = chapters[name].h1
            if heading is not None:
                rows.append(line("contents-chapter", chapters[name]["id"], heading.get_text(" ", strip=True)))
                sections = chapters[name].select("section[id] > h2")
                rows += [line("contents-section", h2.parent["id"], h2.get_text(" ", strip=True)) for h2 in sections]
    return f'<nav class="paper-contents"><h1>Contents</h1><ol>{"".join(rows)}</ol></nav>'


def article(root: Path, name: str) -> Tag:
    """Return the text of a built page, its places renamed so that no two pages of the book share one.

    Raises
    ------
    FileNotFoundError
        If the page is not built.
    """
    path = root / HTML / f"{name}.html"
    if not path.is_file():
        raise FileNotFoundError(f"{path} is missing: run `python -m helpers build` first")
    found = BeautifulSoup(path.read_text("utf-8"), "html.parser").select_one("article.page")
    for part in found.select(_LEFT_OUT):
        part.decompose()
    for element in found.find_all(id=True):
        element["id"] = _place(name, element["id"])
    for attribute in _REFERRING:
        for element in found.find_all(attrs={attribute: True}):
            element[attribute] = _reference(name, attribute, element[attribute])
    found["id"] = _place(name)
    found["class"] = ["page", "chapter"]
    return found


def _reference(name: str, attribute: str, value: str) -> str:
    if attribute != "href":
        return _place(name, value)
    parts = urlsplit(value)
    if parts.scheme or parts.netloc or (parts.path and not parts.path.endswith(".html")):
        return value
    page = _joined(PurePosixPath(name).parent, parts.path.removesuffix(".html")) if parts.path else name
    return f"#{_place(page, parts.fragment)}"


def _joined(folder: PurePosixPath, path: str) -> str:
    """Return a relative path seen from a folder of the site, without ``..``."""
    steps: list[str] = []
    for step in (*folder.parts, *path.split("/")):
        steps = steps[:-1] if step == ".." else [*steps, step]
    return "/".join(steps)


def _place(page: str, identifier: str = "") -> str:
    return re.sub(r"[^\w-]+", "-", f"{page}--{identifier}".removesuffix("--"))


def _parts(root: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield the parts of the book: their caption, empty for the front page, and the names of their pages."""
    tree = parse_toc_yaml(root / "_toc.yml")
    yield "", [_name(tree.root.docname)]
    for part in tree.root.subtrees:
        yield part.caption or "", [_name(str(page)) for page in part.items]


def _name(page: str) -> str:
    return page.removesuffix(".md").removesuffix(".ipynb")


def _reader(pdf: Path):
    try:
        from pypdf import PdfReader
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            "pypdf is missing; requirements-dev.txt has it, and `make pdf` installs it"
        ) from error
    return PdfReader(pdf)
