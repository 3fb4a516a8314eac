"""What a page carries beside its text: description, cards, citation, language tags, and its own scripts."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache
from html import escape, unescape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment.adapters.toctree import document_toc, global_toctree_for_doc

from helpers.book import languages, repository
from helpers.book.places import CLONE

DESCRIPTION_LENGTH = 160
CARD = "_static/book/card.png"


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect the extension."""
    app.connect("html-page-context", dress, priority=900)  # when all others have put in what is theirs
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def dress(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give the template of a page what it asks for."""
    if doctree is not None:
        context["body"] = languages.tagged(context["body"], _names(app.srcdir))
    context["contents"] = contents(app, pagename)
    address_of_book = app.config.html_baseurl.rstrip("/")
    card = address_of_book and (Path(app.srcdir) / "assets/static/book" / Path(CARD).name).is_file()
    title = _plain(context.get("title") or app.config.project)
    address = page_address(app.config.html_baseurl, pagename)
    context["head"] = head(
        title=title,
        book=app.config.project,
        description=description(doctree) if doctree is not None else "",
        address=address,
        card=f"{address_of_book}/{CARD}" if card else "",
        front=pagename == app.config.root_doc,
    )
    context["author"] = app.config.author
    chapter = doctree is not None and pagename != app.config.root_doc
    context["citation"] = citation(app, title, address) if chapter else ""
    notebook = context.get("sourcename", "").endswith(".ipynb") and Path(app.srcdir).resolve() == CLONE
    context["running"] = running(_repository(app.srcdir), f"{pagename}.ipynb") if notebook else ""


def contents(app: Sphinx, pagename: str) -> str:
    """Return the list of chapters as HTML, with the sections of the current one below its name."""
    tree = global_toctree_for_doc(app.env, pagename, app.builder, collapse=True, includehidden=True)
    if tree is None:
        return ""
    if pagename in app.env.tocs:
        add_sections(tree, document_toc(app.env, pagename, app.tags))
    return app.builder.render_partial(tree)["fragment"]


def add_sections(tree: nodes.Element, page: nodes.Element) -> None:
    """Put the sections of a page below its name in the list of chapters.

    Parameters
    ----------
    tree
        The list of chapters; the item of the page is of the class ``current``.
    page
        The contents of the page as Sphinx keeps them: its title, and the sections in a list below it.
    """
    sections = [part for item in page.children for part in item.children if isinstance(part, nodes.bullet_list)]
    for item in tree.findall(nodes.list_item):
        if "current" in item["classes"]:
            item += sections
            return


def page_address(base: str | None, pagename: str) -> str:
    """Return where the page will stand, or nothing when nobody has said where the book will."""
    return f"{base.rstrip('/')}/{pagename}.html" if base else ""


def head(*, title: str, book: str, description: str, address: str, card: str, front: bool) -> str:
    """Return description and OpenGraph tags; those that need the book's address only where it is known.

    Parameters
    ----------
    address, card
        Where the page and the picture for link previews will stand; empty where nobody knows.
    """
    tags = [("property", "og:title", title), ("property", "og:site_name", book)]
    tags.append(("property", "og:type", "book" if front else "article"))
    if description:
        tags += [("name", "description", description), ("property", "og:description", description)]
    lines = [f'<meta {kind}="{key}" content="{escape(text)}">' for kind, key, text in tags]
    if address:
        lines.append(f'<meta property="og:url" content="{escape(address)}">')
        lines.append(f'<meta property="og:image" content="{escape(card)}">')
        lines.append('<meta name="twitter:card" content="summary_large_image">')
        lines.append(f'<link rel="canonical" href="{escape(address)}">')
    return "\n".join(lines)


def description(doctree: nodes.document) -> str:
    """Return the page's answer, or else its first paragraph, cut at a word."""
    boxes = [n for n in doctree.findall(nodes.Admonition) if "in-short" in n.get("classes", [])]
    paragraphs = [p for top in [*boxes, doctree] for p in top.findall(nodes.paragraph) if p.astext().strip()]
    if not paragraphs:
        return ""
    text = " ".join(paragraphs[0].astext().split())
    if len(text) <= DESCRIPTION_LENGTH:
        return text
    return f"{text[: DESCRIPTION_LENGTH - 1].rsplit(' ', 1)[0].rstrip(',;:')}…"


def citation(app: Sphinx, title: str, address: str) -> str:
    """Return how to cite a page, as HTML."""
    said = citation_file(app.srcdir)
    book = f"<cite>{escape(said.get('title', app.config.project))}</cite>"
    version = f", version {escape(said['version'])}" if "version" in said else ""
    place = f" {escape(address)}" if address else ""
    stop = "" if title[-1:] in "?!." else "."
    return f"{escape(app.config.author)}, “{escape(title)}{stop}” In: {book}{version}, {app.config.copyright}.{place}"


def running(found: repository.Repository | None, notebook: str) -> str:
    """Return where a notebook can be run without installing anything, as HTML; empty where nobody knows its address.

    A notebook that is opened in Colab cannot know where it came from, so the line that says so stands here.

    Parameters
    ----------
    found
        The repository of the book.
    notebook
        Its path in the repository.

    >>> running(None, "chapters/forces.ipynb")
    ''
    """
    links = found.run_links(notebook) if found else {}
    if not links:
        return ""
    named = " or ".join(f'<a class="run" href="{escape(address)}">{name}</a>' for name, address in links.items())
    line = f"<code>%env {repository.VARIABLE}={escape(found.address)}</code>"
    return f"Or run it on a machine lent to you: {named}. In Colab, write {line} into a cell above the first one."


@cache
def citation_file(root: Path) -> Mapping[str, str]:
    """Return the one-line entries of ``CITATION.cff``; none where there is no such file."""
    path = Path(root) / "CITATION.cff"
    text = path.read_text("utf-8") if path.is_file() else ""
    return {key: value.strip('"') for key, value in re.findall(r"^(title|version): *(.+?) *$", text, re.M)}


@cache
def _repository(root: Path) -> repository.Repository | None:
    return repository.find(Path(root))


@cache
def _names(root: Path) -> Mapping[str, str]:
    """Return the language of each name in the table `actor_names`, read without pandas: a build needs it always."""
    path = Path(root) / "data/actor_names.csv"
    if not path.is_file():
        return {}
    with open(path, encoding="utf-8", newline="") as file:
        return {row["name"]: _tag(row["language"], row["script"]) for row in csv.DictReader(file) if row["language"]}


def _tag(language: str, script: str) -> str:
    return "uz-Cyrl" if (language, script) == ("uz", "Cyrl") else language


def _plain(title: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", title))
