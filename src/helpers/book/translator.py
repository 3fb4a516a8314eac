"""Sphinx's HTML with what a keyboard and a screen reader need, and the directive for notes in the margin."""

from __future__ import annotations

from html import escape
from typing import Any

from docutils import nodes
from docutils.parsers.rst.directives.body import Sidebar
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator


class BookTranslator(HTML5Translator):
    """Writes the pages of the book."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._tables = 0

    def starttag(self, *arguments: Any, **attributes: Any) -> str:
        """Write captions as what they are: no headings, as they have no level that a reader could jump by."""
        if attributes.get("ROLE") == "heading":
            del attributes["ROLE"]
        return super().starttag(*arguments, **attributes)

    def visit_table(self, node: nodes.Element) -> None:
        """Write a table in a region that scrolls by keyboard and has a name of its own."""
        self._tables += 1
        self.body.append(
            f'<div class="table-scroll" role="region" tabindex="0" aria-label="Table {self._tables}">'
            + self.starttag(node, "table", CLASS="table")
        )
        self._table_row_indices.append(0)

    def depart_table(self, node: nodes.Element) -> None:
        """Close the table and its region."""
        super().depart_table(node)
        self.body.append("</div>\n")

    def visit_literal_block(self, node: nodes.Element) -> None:
        """Write code so that a keyboard reaches it: it scrolls."""
        try:
            super().visit_literal_block(node)
        finally:  # Sphinx leaves the method by an exception when it has coloured the code
            self.body[-1] = self.body[-1].replace('class="highlight"><pre>', 'class="highlight"><pre tabindex="0">')


class Margin(Sidebar):
    """``{margin}``: a note beside the text."""

    required_arguments = 0
    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        self.arguments = self.arguments or [""]
        self.options["class"] = [*self.options.get("class", []), "margin"]
        return super().run()


def visit_hidden_code(self: HTML5Translator, node: nodes.Element) -> None:
    """Write what hides code; the label that myst_nb gives it would hide its words from a screen reader."""
    self.body.append(
        f'<details class="admonition hide {" ".join(node["classes"])}">\n<summary>\n'
        f'<p class="collapsed admonition-title">{escape(node["prompt_show"])}</p>\n'
        f'<p class="expanded admonition-title">{escape(node["prompt_hide"])}</p>\n</summary>\n'
    )


def depart_hidden_code(self: HTML5Translator, node: nodes.Element) -> None:
    """Close what hides code."""
    self.body.append("</details>\n")


def setup(app: Sphinx) -> dict[str, Any]:
    """Put the translator in place of Sphinx's own."""
    for builder in ("html", "singlehtml"):
        app.set_translator(builder, BookTranslator)
    app.add_node(HideCodeCellNode, override=True, html=(visit_hidden_code, depart_hidden_code))
    app.add_directive("margin", Margin)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
