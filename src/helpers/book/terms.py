"""What a term means, on every page that uses it: ``{term}`jadid``` links to the glossary and carries its words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

_LINK = re.compile(
    r'<a class="reference internal" href="(?P<href>[^"]*#(?P<id>term-[^"]+))">'
    r'<span class="xref std std-term">(?P<text>.*?)</span></a>',
    re.S,
)


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect what dresses the links."""
    app.connect("html-page-context", Explainer(), priority=850)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


class Explainer:
    """Describes the links to terms on each page; reads the glossary once a build, and only if a page asks."""

    def __init__(self) -> None:
        self.meanings: Mapping[str, str] | None = None

    def __call__(
        self, app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
    ) -> None:
        if "std-term" not in context.get("body", ""):
            return
        if self.meanings is None:
            self.meanings = definitions(app.env)
        context["body"] = explained(context["body"], self.meanings)
        app.add_js_file("book/terms.js", loading_method="defer")


def definitions(env: BuildEnvironment) -> Mapping[str, str]:
    """Return what the glossary says of each term, by the term's place on its page: the first paragraph."""
    return {
        identifier: _words(paragraph)
        for page in sorted(glossaries(env))
        for item in env.get_doctree(page).findall(nodes.definition_list_item)
        for term in item.findall(nodes.term)
        for identifier in term["ids"]
        if (paragraph := next(iter(item.findall(nodes.paragraph)), None)) is not None
    }


def _words(paragraph: nodes.paragraph) -> str:
    """The text of a paragraph without its raw markup, such as the tags that say the language of a word."""
    texts = (text for text in paragraph.findall(nodes.Text) if not isinstance(text.parent, nodes.raw))
    return " ".join("".join(texts).split())


def glossaries(env: BuildEnvironment) -> set[str]:
    """Return the pages that explain terms."""
    return {page for _, _, kind, page, _, _ in env.get_domain("std").get_objects() if kind == "term"}


def explained(html: str, meanings: Mapping[str, str]) -> str:
    """Return the HTML with its links to terms described, and the descriptions, hidden, at its end.

    The link works without a script; a screen reader reads the description with it.
    """
    used: dict[str, str] = {}

    def describe(link: re.Match[str]) -> str:
        place, text = link["id"], link["text"]
        if place not in meanings:
            return link[0]
        used[place] = meanings[place]
        return f'<a class="term" href="{link["href"]}" aria-describedby="meaning-{place}">{text}</a>'

    html = _LINK.sub(describe, html)
    return html + "".join(f'<p hidden id="meaning-{place}">{escape(text)}</p>' for place, text in used.items())
