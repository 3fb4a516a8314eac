"""The book's Sphinx extension: fresh pages, figure numbers, and the extensions that make up the rest.

It makes plain ``jupyter-book build .`` give the same book as ``make book``, only slower.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from helpers.book import chromium, execute, fresh, pictures, repository, site, terms
from helpers.book.execute import environment, notebooks, run_of
from helpers.book.places import CLONE, home_of

_FIGURE = re.compile(r'<figure class="book-figure" id="([^"]+)"')
_NUMBER = '<span class="figure-number"></span>'
_OTHER_PAGE = re.compile(r"\{glue:[a-z]*\}`[^`]+::|\{glue:[a-z]*\} \S+::")


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect the extension."""
    app.add_html_theme("book", str(CLONE / "_templates"))
    app.connect("config-inited", _borrow)
    app.connect("builder-inited", _prepare)
    app.connect("env-get-outdated", _outdated)
    app.connect("env-updated", _note_runs)
    app.connect("doctree-read", _number_figures)
    app.connect("html-page-context", _load_figure_script)
    app.connect("build-finished", _finish)
    app.setup_extension("helpers.book.api")
    app.setup_extension("helpers.book.by_policy")
    app.setup_extension("helpers.book.pages")
    app.setup_extension("helpers.book.pictures")
    app.setup_extension("helpers.book.translator")
    app.setup_extension("helpers.book.terms")
    app.setup_extension("helpers.book.site")
    app.setup_extension("helpers.book.search")
    app.setup_extension("helpers.book.widgets")
    app.setup_extension("helpers.book.evidence")
    app.setup_extension("helpers.book.late")
    app.setup_extension("helpers.book.downloads")
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _borrow(app: Sphinx, config: Config) -> None:
    """Give a book its templates and its icon: its own, or else those of the clone."""
    config.templates_path = ["_templates", *config.templates_path]  # of its own; those of the theme come after them
    config.html_favicon = config.html_favicon or str(home_of(Path(app.srcdir), "assets/icon.svg"))


def _prepare(app: Sphinx) -> None:
    root = Path(app.srcdir)
    os.environ.update(environment(root))
    app.book_runs_from = execute.refresh(root)
    app.book_key = fresh.pages_key(root, _setting(root))
    app.book_is_stale = not fresh.read(root, f"pages-{app.builder.name}", app.book_key)
    fresh.forget(root, f"pages-{app.builder.name}")  # until this build has finished
    # Added here and not in _config.yml: Jupyter Book would put every script below it on every page.
    app.config.html_static_path += [str(home_of(root, "assets/static")), str(_write_themes(root))]
    app.add_js_file("book/book.js", loading_method="defer")


def _setting(root: Path) -> str:
    """Return what the pages depend on beside files: two addresses, and whether there are pictures."""
    return f" {site.address()} {repository.find(root)} {chromium.find() is not None}"


def _write_themes(root: Path) -> Path:
    """Write the colours of `helpers.figures.style` as a script; return the static folder it is in."""
    folder = root / "_build/.static"
    target = folder / "book/figure-themes.js"
    text = f"window.bookFigureThemes={json.dumps(pictures.themes(root), separators=(',', ':'))};\n"
    if not target.exists() or target.read_text("utf-8") != text:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    return folder


def _outdated(app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]) -> set[str]:
    if app.builder.name == "html":
        for name in removed:  # Sphinx would leave the page of a deleted chapter where it is
            Path(app.builder.get_outfilename(name)).unlink(missing_ok=True)
    # Every page that uses a term carries what the glossary says of it.
    if app.book_is_stale or changed & terms.glossaries(env):
        return set(env.found_docs)
    known, texts = getattr(env, "book_runs", {}), getattr(env, "book_texts", {})
    again = {doc for doc, run in _runs(app, env).items() if known.get(doc) != run}
    # Sphinx goes by the times of files alone, and takes one that was put back from a copy for the older one.
    again |= {doc for doc, text in _texts(env).items() if texts.get(doc, text) != text}
    if not added | changed | removed | again:
        return set()
    # Such a page prints a value of another one, which Sphinx does not count as a dependency.
    return again | {doc for doc in env.found_docs if _OTHER_PAGE.search(Path(env.doc2path(doc)).read_text("utf-8"))}


def _note_runs(app: Sphinx, env: BuildEnvironment) -> None:
    env.book_runs, env.book_texts = _runs(app, env), _texts(env)


def _texts(env: BuildEnvironment) -> dict[str, str]:
    """Return the digest of the file of each page."""
    return {doc: fresh.content_digest(Path(env.doc2path(doc))) for doc in env.found_docs}


def _runs(app: Sphinx, env: BuildEnvironment) -> dict[str, str | None]:
    """Return which run of each notebook is stored: one that is run again changes its page, and its file does not."""
    root = Path(app.srcdir)
    paths = (path for path in notebooks(root) if path.with_suffix("").as_posix() in env.found_docs)
    return {path.with_suffix("").as_posix(): run_of(root, path) for path in paths}


def _number_figures(app: Sphinx, doctree: nodes.document) -> None:
    """Number the page's figures and let the prose refer to them as ``[](#fig-NAME)``."""
    standard = app.env.get_domain("std")
    found = [n for n in doctree.findall(nodes.raw) if n.get("format") == "html" and _FIGURE.search(n.astext())]
    for place, node in enumerate(found, start=1):
        title = f"Figure {place}"
        html = node.astext().replace(_NUMBER, f'<span class="figure-number">{title}.</span> ')
        node.children = [nodes.Text(html)]
        node.rawsource = html
        identifier = _FIGURE.search(html)[1]
        standard.anonlabels[identifier] = app.env.docname, identifier
        standard.labels[identifier] = app.env.docname, identifier, title


def _load_figure_script(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    if doctree is not None and any(_FIGURE.search(node.astext()) for node in doctree.findall(nodes.raw)):
        app.add_js_file("book/figure-themes.js", loading_method="defer")
        app.add_js_file("book/figures.js", loading_method="defer")


def _finish(app: Sphinx, exception: Exception | None) -> None:
    # Sphinx warns about a page only when it reads it: after a warning all pages must be read again, or the
    # next build would pass without a word.
    root = Path(app.srcdir)
    if exception is None and not app._warncount and fresh.pages_key(root, _setting(root)) == app.book_key:
        execute.adopt(root, app.book_runs_from)
        fresh.write(root, f"pages-{app.builder.name}", app.book_key, True)
