"""The functions of `helpers` on a page: what their docstrings say, read from the source and never from a copy.

A fence ``{functions}`` lists full names, one a line. Nothing is imported, so that a build in which the page has not
changed does without pandas.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive
from docutils.statemachine import StringList
from sphinx.application import Sphinx

SOURCE = Path(__file__).resolve().parents[2]
WIDEST = 84
"""Letters of a signature that stands on one line."""

_SECTION = re.compile(r"^([A-Z][a-z]+)\n-{3,}\n", re.MULTILINE)
_TERM = re.compile(r"(?P<name>[^:\s][^:]*?) : (?P<said>.+)")
_FOOTNOTE = re.compile(r"^\.\. \[\d+\] ", re.MULTILINE)
_TICKS = re.compile(r"``([^`]+`[^`]+`)``")
_LISTED = re.compile(r"^```\{functions\}\n(.*?)^```", re.MULTILINE | re.DOTALL)

Definition = ast.FunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Entry:
    """What the source says of one function or class: full name, signature, docstring, and the methods of a class."""

    name: str
    signature: str
    doc: str
    methods: tuple[tuple[str, str], ...]

    @property
    def anchor(self) -> str:
        """Return the name of its place on the page."""
        return "api-" + self.name.replace(".", "-").replace("_", "-").lower()

    @property
    def has_example(self) -> bool:
        """Whether its docstring shows it at work."""
        return ">>> " in self.doc


def entry(name: str) -> Entry:
    """Return what the source says of a function or class; names that a package passes on are followed.

    >>> entry("helpers.load").signature
    'load(path: str | Path | None = None) -> Campaign'

    Raises
    ------
    LookupError
        If the module has no such function, or the function no docstring.
    """
    module, _, short = name.rpartition(".")
    node = _definition(module, short)
    doc = ast.get_docstring(node)
    if not doc:
        raise LookupError(f"{name} has no docstring; write one")
    if isinstance(node, ast.ClassDef):
        return Entry(name, f"class {short}", doc, tuple(_methods(node)))
    return Entry(name, _signature(node), doc, ())


def listed(page: Path) -> list[str]:
    """Return the names that a page lists in its fences ``{functions}``, in order."""
    return [name for block in _LISTED.findall(page.read_text("utf-8")) for name in block.split()]


def markdown(found: Entry) -> str:
    """Return signature, docstring and methods as MyST Markdown."""
    parts = [f"```python\n{found.signature}\n```", *_blocks(found.doc)]
    if found.methods:
        terms = "\n\n".join(f"`{signature}`\n: {said}" for signature, said in found.methods)
        parts.append(f"**Methods and properties**\n\n{terms}")
    return "\n\n".join(parts) + "\n"


class Functions(Directive):
    """``{functions}``: the functions named in it, one a line."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        try:
            entries = [entry(name) for line in self.content for name in line.split()]
        except LookupError as error:
            raise self.error(str(error)) from None
        links = " ".join(f'<a href="#{one.anchor}">{escape(_short(one))}</a>' for one in entries)
        made: list[nodes.Node] = [nodes.raw("", f'<p class="api-list">{links}</p>', format="html")]
        for one in entries:
            box = nodes.container(classes=["api-entry"])
            heading = f'<h3 id="{one.anchor}"><code>{escape(one.name)}</code></h3>'
            box += nodes.raw("", heading, format="html")
            self.state.nested_parse(StringList(markdown(one).splitlines(), self.src), self.content_offset, box)
            made.append(box)
        return made

    @property
    def src(self) -> str:
        """Return the page, for messages."""
        return self.state.document["source"]


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect the directive and its style."""
    app.add_directive("functions", Functions)
    app.connect("html-page-context", _load_style)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _load_style(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    if 'class="api-list"' in context.get("body", ""):
        app.add_css_file("book/api.css")


def _short(found: Entry) -> str:
    return found.name.rpartition(".")[2]


@cache
def _tree(module: str) -> ast.Module:
    path = SOURCE / module.replace(".", "/")
    for file in (path.with_suffix(".py"), path / "__init__.py"):
        if file.is_file():
            return ast.parse(file.read_text("utf-8"))
    raise LookupError(f"there is no module {module}")


def _definition(module: str, name: str) -> Definition:
    for node in _tree(module).body:
        if isinstance(node, Definition) and node.name == name:
            return node
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("helpers"):
            for alias in node.names:
                if (alias.asname or alias.name) == name:
                    return _definition(node.module, alias.name)
    raise LookupError(f"{module} has no function or class {name!r}; mend the list")


def _signature(node: ast.FunctionDef, *, bound: bool = False) -> str:
    given = list(_parameters(node.args))[1 if bound else 0 :]
    back = f" -> {_code(node.returns)}" if node.returns else ""
    line = f"{node.name}({', '.join(given)}){back}"
    if bound or len(line) <= WIDEST:
        return line
    inner = "".join(f"    {part},\n" for part in given)
    return f"{node.name}(\n{inner}){back}"


def _parameters(args: ast.arguments) -> Iterator[str]:
    """Yield the parameters one by one, with the bare star where only named ones follow."""
    plain = [*args.posonlyargs, *args.args]
    defaults = [None] * (len(plain) - len(args.defaults)) + list(args.defaults)
    yield from (_parameter(*pair) for pair in zip(plain, defaults, strict=True))
    if args.vararg:
        yield f"*{_code(args.vararg)}"
    elif args.kwonlyargs:
        yield "*"
    yield from (_parameter(*pair) for pair in zip(args.kwonlyargs, args.kw_defaults, strict=True))
    if args.kwarg:
        yield f"**{_code(args.kwarg)}"


def _parameter(arg: ast.arg, default: ast.expr | None) -> str:
    return _code(arg) + (f" = {_code(default)}" if default else "")


def _code(node: ast.AST) -> str:
    return ast.unparse(node).replace("'", '"')


def _methods(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    """Yield the public methods and properties of a class, each with the first sentence of its docstring."""
    for part in node.body:
        if isinstance(part, ast.FunctionDef) and not part.name.startswith("_") and (doc := ast.get_docstring(part)):
            made = {ast.unparse(one).rpartition(".")[2] for one in part.decorator_list}
            signature = part.name if made & {"property", "cached_property"} else _signature(part, bound=True)
            yield signature, doc.partition("\n\n")[0].replace("\n", " ")


def _blocks(doc: str) -> Iterator[str]:
    """Yield the parts of a docstring as Markdown: paragraphs, examples, and the sections as lists of terms."""
    # Markdown wants a space between a back-tick inside a code span and those that close it.
    doc = _TICKS.sub(r"`` \1 ``", _FOOTNOTE.sub("- ", doc.replace("]_", "]")))
    first, *rest = _SECTION.split(doc)
    yield from map(_paragraph, first.strip().split("\n\n"))
    for title, text in zip(rest[::2], rest[1::2], strict=True):
        items, *after = re.split(r"\n\n(?=>>> |\S)", text.strip())
        yield f"**{title}**\n\n{_terms(items)}"
        yield from map(_paragraph, after)


def _paragraph(text: str) -> str:
    return f"```pycon\n{text}\n```" if text.startswith(">>> ") else text


def _terms(text: str) -> str:
    """The items of a section: a term and what is said of it, on the lines below or behind a colon."""
    if not re.search(r"^(?: {4}|.* : )", text, re.MULTILINE):
        return text  # a note or a reference, in plain sentences
    made: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if line.startswith(" ") and made:
            made[-1][1].append(line.strip())
        elif found := _TERM.fullmatch(line):
            made.append((found["name"], [found["said"]]))
        elif line:
            made.append((line, []))
    return "\n\n".join(f"`{term}`\n: {' '.join(said) or '(see above)'}" for term, said in made)
