"""What the back matter says of the rest of the book, put in when its pages are written.

The index of people says which chapters name someone, the colophon how long each chapter ran, from which commit it
was built and what the benchmarks measured. A notebook cannot know that: its output is kept as long as its own
code, the tables and the functions stay as they are. What the colophon says it asks for by the directive ``{made}``,
what names someone by a mark in the index, which is HTML; both are filled when the page is written.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from html import escape, unescape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from helpers.book import evidence, execute
from helpers.book.colophon import Commit, commit

PEOPLE, COLOPHON = "chapters/people", "chapters/colophon"
BACK_MATTER = frozenset(
    f"chapters/{name}" for name in ("glossary", "people", "references", "architecture", "api", "colophon")
)
"""Pages that do not count as naming anyone."""

_STYLED = ('class="book-index"', 'class="book-references"', 'glossary">')
_NAMED = re.compile(r'<span data-named="([^"]+)"></span>')
_ANCHOR = re.compile(r'<li class="(?:index-entry|reference)" id="([^"]+)".*?aria-label="[^":]*: ([^"]+)"', re.DOTALL)

_LONGEST = 40
"""Rows above which a table of measurements is folded."""


class made(nodes.General, nodes.Element):  # noqa: N801 (docutils names its nodes so)
    """The place of what is known only when the page is written."""


class Made(SphinxDirective):
    """``{made}``: what is told of the making of the book, by one of the names in `MAKERS`."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        name = self.arguments[0]
        if name not in MAKERS:
            raise self.error(f"there is no {{made}} {name!r}; there are {', '.join(MAKERS)}")
        return [made(maker=name)]


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect what fills the places."""
    app.add_node(made)
    app.add_directive("made", Made)
    app.connect("doctree-resolved", _make)
    app.connect("env-get-outdated", _outdated)
    app.connect("doctree-read", _name_anchors)
    app.connect("html-page-context", _fill)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _outdated(app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]) -> set[str]:
    state = (commit(Path(app.srcdir)), _results_text(Path(app.srcdir)))
    before, env.book_made = getattr(env, "book_made", None), state
    late = {PEOPLE, COLOPHON} if added | changed | removed else {COLOPHON} if state != before else set()
    return late & env.found_docs


def _name_anchors(app: Sphinx, doctree: nodes.document) -> None:
    """Let any page link to an entry: ``[Kolesov](#person-kolesov)``, ``[](#source-kuts)``."""
    standard = app.env.get_domain("std")
    for node in doctree.findall(nodes.raw):
        for anchor, name in _ANCHOR.findall(node.astext()):
            standard.anonlabels[anchor] = app.env.docname, anchor
            standard.labels[anchor] = app.env.docname, anchor, unescape(name)


def _fill(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    body = context.get("body")
    if doctree is None or not body:
        return
    if any(mark in body for mark in _STYLED) or any("maker" in node for node in doctree.findall(nodes.raw)):
        app.add_css_file("book/backmatter.css")
    if app.builder.name == "singlehtml":  # where every page is one page
        body = body.replace('href="references.html#', 'href="#')
    if 'class="index-filter"' in body:
        app.add_js_file("book/index-filter.js", loading_method="defer")
    if _NAMED.search(body):
        chapters = naming_chapters(app)
        link = _linker(app, pagename)
        body = _NAMED.sub(lambda mark: _named_in([link(page) for page in chapters.get(mark[1], ())]), body)
    context["body"] = body


def _make(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    for place in list(doctree.findall(made)):
        html = MAKERS[place["maker"]](app)
        place.replace_self(nodes.raw("", f"{html}\n", format="html", maker=place["maker"]))


def naming_chapters(app: Sphinx) -> Mapping[str, list[str]]:
    """Return for each person and place the chapters whose prose names them, in the order of the book."""
    from helpers.people import mentions  # here: a build in which no page has changed does without pandas

    forms = mentions.forms(evidence.campaign())
    found: dict[str, list[str]] = {}
    for page in _pages(app):
        if page not in BACK_MATTER:
            for anchor in mentions.named(prose(app.env.get_doctree(page)), forms):
                found.setdefault(anchor, []).append(page)
    return found


def prose(doctree: nodes.document) -> str:
    """Return the paragraphs and headings of a page: no code, no tables or figures made by it."""
    return "\n".join(node.astext() for kind in (nodes.title, nodes.paragraph) for node in doctree.findall(kind))


def runs_html(seconds: Mapping[str, float | None]) -> str:
    """Return the time that each chapter took, by title of the chapter; None where it was not kept."""
    import pandas as pd

    from helpers.book import markup

    known = [value for value in seconds.values() if value is not None]
    rows = [{"chapter": name, "seconds": None if s is None else round(s, 1)} for name, s in seconds.items()]
    rows.append({"chapter": "together", "seconds": round(sum(known), 1)})
    caption = "Seconds in which the cells of each chapter ran when its present output was made"
    return markup.table_html(pd.DataFrame(rows), caption=caption, css="book-table")


def commit_html(found: Commit | None) -> str:
    """Return a sentence on the commit from which the book was built."""
    if found is None:
        return "<p>From which commit it was built is not known: it was built outside a repository.</p>"
    changed = ", with changes that were not committed" if found.changed else ""
    return f"<p>This copy was built from commit <code>{found.key[:12]}</code> of {found.day}{changed}.</p>"


def _folded(html: str, summary: str) -> str:
    return f'<details class="fold"><summary>{escape(summary)}</summary>{html}</details>'


def benchmarks_html(root: Path) -> str:
    """Return the tables of ``benchmarks/results``, or a sentence that there are none."""
    from helpers.book import markup, results

    tables = results.read(root / results.RESULTS)
    if not tables:
        return "<p>No results of benchmarks were kept when this copy was built.</p>"
    parts = []
    for table in tables:
        command = f"; again with <code>{escape(table.command)}</code>" if table.command else ""
        note = f" {escape(table.note)}" if table.note else ""
        html = markup.table_html(table.frame, caption=table.title, css="book-table")
        parts.append(html if len(table.rows) <= _LONGEST else _folded(html, f"{table.title}: {len(table.rows)} rows"))
        parts.append(f'<p class="made-note">Measured on {escape(table.measured_on)}{command}.{note}</p>')
    return "".join(parts)


def _seconds(app: Sphinx) -> dict[str, float | None]:
    runs = {page: app.env.nb_metadata[page].get("exec_data") for page in _pages(app) if page in app.env.nb_metadata}
    return {app.env.titles[page].astext(): run["runtime"] for page, run in runs.items() if run}


def _pages(app: Sphinx) -> list[str]:
    names = (page.removesuffix(".md").removesuffix(".ipynb") for page in execute.pages(Path(app.srcdir)))
    return [page for page in names if page in app.env.found_docs]


def _linker(app: Sphinx, pagename: str) -> Callable[[str], str]:
    def link(page: str) -> str:
        address = app.builder.get_relative_uri(pagename, page)
        return f'<a href="{escape(address)}">{escape(app.env.titles[page].astext())}</a>'

    return link


def _named_in(links: list[str]) -> str:
    return f" Named in: {', '.join(links)}." if links else ""


def _results_text(root: Path) -> str:
    folder = root / "benchmarks/results"
    return "".join(path.read_text("utf-8") for path in sorted(folder.glob("*.json")))


MAKERS: dict[str, Callable[[Sphinx], str]] = {
    # Two builds of one state are the same to the last byte where this variable says what the time is.
    "runs": lambda app: "" if "SOURCE_DATE_EPOCH" in os.environ else runs_html(_seconds(app)),
    "commit": lambda app: commit_html(commit(Path(app.srcdir))),
    "benchmarks": lambda app: benchmarks_html(Path(app.srcdir)),
}
"""What the directive ``{made}`` writes, by name."""
