"""What a term means, on every page that uses it: ``{term}`jadid``` links to the glossary and carries its words."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.writers.html5 import HTML5Translator


class explained_term(nodes.Inline, nodes.TextElement):  # noqa: N801 (docutils names its nodes so)
    """A link to the glossary that is described by a hidden paragraph of its own page."""


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect what dresses the links."""
    app.add_node(explained_term, html=(_visit, _depart))
    app.connect("doctree-resolved", Explainer())
    app.connect("html-page-context", _load_script, priority=850)  # behind the scripts that more of the page waits for
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


class Explainer:
    """Describes the links to terms on each page; reads the glossary once a build, and only if a page asks."""

    def __init__(self) -> None:
        self.meanings: Mapping[str, str] | None = None

    def __call__(self, app: Sphinx, doctree: nodes.document, docname: str) -> None:
        if app.builder.format != "html" or not any(map(_place, doctree.findall(nodes.reference))):
            return
        if self.meanings is None:
            self.meanings = definitions(app.env)
        explain(doctree, self.meanings)


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


def explain(doctree: nodes.document, meanings: Mapping[str, str]) -> None:
    """Describe the links to terms, and put the descriptions, hidden, at the end of the page.

    The link works without a script; a screen reader reads the description with it.
    """
    used: dict[str, str] = {}
    for link in list(doctree.findall(nodes.reference)):
        if (place := _place(link)) in meanings:
            used[place] = meanings[place]
            address = link.get("refuri") or f"#{link['refid']}"
            link.replace_self(explained_term("", "", *link[0].children, address=address, place=place))
    hidden = "".join(f'<p hidden id="meaning-{place}">{escape(text)}</p>' for place, text in used.items())
    if hidden:
        doctree += nodes.raw("", hidden, format="html")


def _place(link: nodes.reference) -> str:
    """Return where in the glossary a link leads; nothing for one that leads elsewhere."""
    if not (link.children and "std-term" in getattr(link[0], "attributes", {}).get("classes", ())):
        return ""
    return link.get("refid") or link.get("refuri", "").partition("#")[2]


def _visit(self: HTML5Translator, node: explained_term) -> None:
    self.body.append(
        f'<a class="term" href="{escape(node["address"])}" aria-describedby="meaning-{escape(node["place"])}">'
    )


def _depart(self: HTML5Translator, node: explained_term) -> None:
    self.body.append("</a>")


def _load_script(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    if doctree is not None and next(doctree.findall(explained_term), None) is not None:
        app.add_js_file("book/terms.js", loading_method="defer")
