"""The site around the pages: its address, the page for addresses that lead nowhere, the sitemap."""

from __future__ import annotations

import base64
import mimetypes
import os
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

VARIABLE = "BOOK_ADDRESS"
"""Environment variable with the address under which the book is published. Without it no address is written."""


def address() -> str:
    """Return the address under which the book is published; empty where nobody has said it."""
    return os.environ.get(VARIABLE, "").strip().rstrip("/")


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect the extension."""
    app.connect("config-inited", _set_address, priority=900)
    app.connect("html-collect-pages", _not_found)
    app.connect("build-finished", _finish)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def sitemap(base: str, pages: Iterable[str]) -> str:
    """Return the sitemap of the pages, given without suffix."""
    places = "".join(f"<url><loc>{escape(f'{base}/{page}.html')}</loc></url>\n" for page in pages)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{places}</urlset>\n'
    )


def within(root: Path, icon: str) -> str:
    """Return the address of an icon that a page can name wherever it is shown: a file becomes a ``data:`` URI."""
    if "://" in icon:
        return icon
    kind, _ = mimetypes.guess_type(icon)
    return f"data:{kind};base64,{base64.b64encode((root / icon).read_bytes()).decode('ascii')}"


def _set_address(app: Sphinx, config: Any) -> None:
    config.html_baseurl = address() or config.html_baseurl


def _not_found(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    titles = {page: app.env.titles[page].astext() for page in sorted(app.env.found_docs)}
    icon = within(Path(app.srcdir), app.config.html_favicon)
    context = {"title": "No such page", "page_titles": titles, "base": app.config.html_baseurl, "icon": icon}
    yield "404", context, "404.html"


def _finish(app: Sphinx, exception: Exception | None) -> None:
    if exception is not None or app.builder.name != "html":
        return
    site = Path(app.outdir)
    if app.config.html_baseurl:
        pages = sorted(app.env.found_docs)
        (site / "sitemap.xml").write_text(sitemap(app.config.html_baseurl.rstrip("/"), pages), "utf-8")
    else:
        (site / "sitemap.xml").unlink(missing_ok=True)
