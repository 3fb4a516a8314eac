"""The page of functions: autodoc's entries for those that a directive ``functions`` lists, with links to each above."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

_SECTION = re.compile(r"^-{3,}$", re.MULTILINE)
_FOOTNOTE = re.compile(r"^\.\. \[\d+\] ", re.MULTILINE)


class Functions(SphinxDirective):
    """``.. functions::``: the functions and classes named in it by their full names, one a line.

    It stands in an ``{eval-rst}``, since autodoc writes reStructuredText.
    """

    has_content = True

    def run(self) -> list[nodes.Node]:
        names = [name for line in self.content for name in line.split()]
        try:
            entries = [line for name in names for line in entry(name)]
        except LookupError as error:
            raise self.error(str(error)) from None
        links = " ".join(f":py:obj:`{name.rpartition('.')[2]} <{name}>`" for name in names)
        return [self._parsed([links], "api-list"), self._parsed(entries, "api-entries")]

    def _parsed(self, lines: list[str], css: str) -> nodes.Node:
        box = nodes.container(classes=[css])
        self.state.nested_parse(StringList(lines, self.get_source_info()[0]), self.content_offset, box)
        return box


def entry(name: str) -> list[str]:
    """Return the lines by which autodoc writes a function, or a class with its methods.

    Raises
    ------
    LookupError
        If there is nothing of the name.
    """
    module, _, short = name.rpartition(".")
    try:
        found = getattr(import_module(module), short)
    except (ImportError, AttributeError):
        raise LookupError(f"there is no function or class {name}; mend the list") from None
    if isinstance(found, type):
        return [f".. autoclass:: {name}", "   :members:", ""]
    return [f".. autofunction:: {name}", ""]


def numpydoc(text: str) -> str:
    """Return a docstring as napoleon wants it: examples that follow a section in one of their own, notes as a list.

    The notes of each docstring count from one, and all docstrings stand on one page.
    """
    before, example, rest = _FOOTNOTE.sub("* ", text.replace("]_", "]")).partition("\n\n>>> ")
    heading = "\n\nExamples\n--------\n>>> " if _SECTION.search(before) else example
    return before + (heading + rest if example else "")


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect the directive, what it needs, and its style."""
    app.setup_extension("sphinx.ext.autodoc")
    app.setup_extension("sphinx.ext.napoleon")
    app.add_directive("functions", Functions)
    app.connect("autodoc-process-docstring", _rewrite, priority=400)  # before napoleon reads it
    app.connect("html-page-context", _load_style)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _rewrite(app: Sphinx, kind: str, name: str, found: object, options: object, lines: list[str]) -> None:
    lines[:] = numpydoc("\n".join(lines)).split("\n")


def _load_style(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    if 'class="api-list' in context.get("body", ""):
        app.add_css_file("book/api.css")
