"""Figures that a reader can turn: a form with a script of its own, and a table for where no script runs.

A widget carries all it can answer as JSON that Python computed before; its script, which is
``assets/static/book/NAME.js``, only looks things up. It works from a folder on disk, without a kernel and
without a request to anywhere.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any

import pandas as pd
from IPython.display import HTML, Markdown, display

from helpers.book import markup
from helpers.record.quoting import script_json

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

_NAME = re.compile(r"[a-z][a-z0-9_-]*")
_WIDGET = re.compile(r'<div class="book-widget" data-widget="([a-z0-9_-]+)"')


def widget(name: str, *, data: Mapping[str, Any], form: str, fallback: str, caption: str, table: pd.DataFrame) -> None:
    """Put a widget on the page, with its caption and the data behind it.

    Parameters
    ----------
    name
        Of the script that brings it to life, and of its place: ``[](#fig-NAME)`` links to it.
    data
        What the script looks up; anything that `json` writes.
    form
        HTML that is hidden until the script runs.
    fallback
        HTML that stands there where it does not.
    caption
        What the reader can find out with it, in plain text.
    table
        The tidy data behind it, shown folded, with a download as ``NAME.csv``.

    Raises
    ------
    ValueError
        If the name could not be a file name, or the caption, the form, the fallback or the table is empty.
    """
    if not _NAME.fullmatch(name):
        raise ValueError(f"widget name {name!r}: use lower-case letters, digits, - and _, beginning with a letter")
    for what, text in (("caption", caption), ("form", form), ("fallback", fallback)):
        if not text.strip():
            raise ValueError(f"the {what} of widget {name!r} is empty: give one")
    if table.empty:
        raise ValueError(f"the table of widget {name!r} is empty: give the tidy data behind it")
    if os.environ.get("BOOK_BUILD") != "1":
        display(HTML(fallback), Markdown(caption))
        return
    html = widget_html(name, data=data, form=form, fallback=fallback, caption=caption, table=table)
    display({"text/html": html, "text/plain": caption}, raw=True)


def widget_html(
    name: str, *, data: Mapping[str, Any], form: str, fallback: str, caption: str, table: pd.DataFrame
) -> str:
    """Return the widget's place on the page."""
    return (
        f'<figure class="book-figure" id="fig-{name}"><div class="book-widget" data-widget="{name}">'
        f'<script type="application/json">{script_json(data)}</script>'
        f'<div class="widget-fallback">{fallback}</div><div class="widget-live" hidden>{form}</div></div>'
        f'<figcaption><span class="figure-number"></span>{escape(caption)}</figcaption>'
        f'<details class="figure-data"><summary>The data behind this figure ({len(table):,} rows)</summary>'
        f'<p><a class="csv" download="{name}.csv" href="{markup.csv_uri(table)}">Download {name}.csv</a></p>'
        f"{markup.table_html(table, label=f'Data of this figure: {caption}')}</details></figure>"
    )


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect what loads a widget's script and style on the pages that have one."""
    app.connect("html-page-context", _load_scripts)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _load_scripts(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    if doctree is None:
        return
    from docutils import nodes  # here, as the notebooks import this module and do without Sphinx

    found = {name for node in doctree.findall(nodes.raw) for name in _WIDGET.findall(node.astext())}
    for name in sorted(found):
        app.add_js_file(f"book/{name}.js", loading_method="defer")
    if found:
        app.add_css_file("book/widgets.css")
