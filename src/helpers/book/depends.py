"""What the outputs of a notebook depend on, beside its own code: found by reading the code, never by running it.

These are the modules that it imports, directly or through others; the files that code names in quotes; every file of
the book that is neither text nor code nor look (`MATERIAL` tells); the variables of the book; the versions of all
packages. A path that code puts together from parts and that leads out of the book has to be declared, in the metadata
of the notebook: ``"book": {"reads": ["../../shared/table.csv"]}``, from the folder of the notebook.
"""

from __future__ import annotations

import ast
import hashlib
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from helpers.book.places import home_of
from helpers.record import DESCRIPTOR

MATERIAL = "every file of the book but text outside of data/, src, the look of the pages, tests, benchmarks, examples"
_NOT_MATERIAL = frozenset({"src", "assets", "_templates", "tests", "benchmarks", "examples", "node_modules"})
_TEXT = (".md", ".ipynb", "_toc.yml", "_config.yml")
_DATA = "data/"
_SET_BY_THE_BUILD = frozenset({"BOOK_BUILD", "BOOK_DATA", "BOOK_CHROMIUM"})
_PATH = re.compile(r"[^\s'\"`()<>,;]*/[^\s'\"`()<>,;]+")
_RUN_AS_PROGRAM = re.compile(r"-m\s+([\w.]+)")
_COMPUTED = frozenset({"import_module", "__import__", "run_module"})


@dataclass(frozen=True)
class Code:
    """What a piece of code names.

    Attributes
    ----------
    modules
        Those that it imports, as dotted names.
    said
        Names in quotes that may be modules, and programs started with ``python -m``: they count in cells alone.
    paths
        What looks like a path in quotes.
    computed
        Whether it imports a module whose name it computes.
    """

    modules: frozenset[str]
    said: frozenset[str]
    paths: frozenset[str]
    computed: bool


def outputs_key(
    root: Path, notebook: Path, cells: Iterable[str], metadata: Mapping[str, Any], shared: str, known: dict[Path, str]
) -> str:
    """Return a digest of all that the outputs of a notebook depend on, beside its own code.

    Parameters
    ----------
    notebook
        Relative to the book's folder.
    cells
        The sources of its code cells.
    metadata
        Of the notebook; ``book.reads`` lists paths that its code computes.
    shared
        As `shared_key` returns it, which is the same for all notebooks.
    known
        Digests of modules taken in the same moment for other notebooks; those that are missing are added.
    """
    folder = (root / notebook).parent
    codes = [code_of(as_python(cell)) for cell in cells]
    source = home_of(root, "src")
    names = {name for code in codes for name in code.modules | code.said}
    modules = imported(names, [source, folder], home_of_findings(root))
    if any(code.computed for code in codes):
        modules |= set(source.rglob("*.py"))
    paths = {folder / path for code in codes for path in code.paths}
    paths |= {folder / path for path in metadata.get("book", {}).get("reads", ())}
    for file in modules:
        if file not in known:
            known[file] = content_digest(file) + _digest_of_named(root, file)
    parts = {os.path.relpath(path, root): content_digest(path) for path in paths}
    return _digest_of([shared, parts, sorted((os.path.relpath(file, source), known[file]) for file in modules)])


def modules_key(root: Path, names: Iterable[str]) -> str:
    """Return a digest of modules with all that they import."""
    files = imported(names, [home_of(root, "src")], home_of_findings(root))
    return _digest_of({os.path.relpath(file, root): content_digest(file) for file in files})


def home_of_findings(root: Path) -> str:
    """Return the package whose modules are imported by name when a finding is asked, as the descriptor names it."""
    try:
        return json.loads((root / _DATA / DESCRIPTOR).read_text("utf-8"))["findings"]
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def shared_key(root: Path) -> str:
    """Return a digest of what every notebook depends on: material, versions of packages, variables of the book."""
    variables = {
        name: value for name, value in os.environ.items() if name.startswith("BOOK_") and name not in _SET_BY_THE_BUILD
    }
    material = {name: content_digest(root / name) for name in files_in(root) if _is_material(name)}
    versions = content_digest(home_of(root, "requirements.txt"))
    return _digest_of([material, versions, variables, os.environ.get("SOURCE_DATE_EPOCH"), sys.version])


def files_in(root: Path, top: str = "") -> list[str]:
    """Return the files under a folder of the book, and its folders with a slash, without what tools leave behind."""
    found: list[str] = []
    seen: set[str] = set()
    for folder, folders, files in os.walk(root / top, followlinks=True):
        here = os.path.relpath(folder, root)
        prefix = "" if here == "." else f"{Path(here).as_posix()}/"
        real = os.path.realpath(folder)
        folders[:] = [] if real in seen else [name for name in sorted(folders) if not _is_left_out(folder, name)]
        seen.add(real)
        found += [f"{prefix}{name}/" for name in folders]
        found += [prefix + name for name in sorted(files) if not _is_left_by_a_tool(name)]
    return found


def content_digest(path: Path) -> str:
    """Return the SHA-256 of a file, the names in a folder, or that there is nothing."""
    try:
        if path.is_dir():
            return "folder " + _digest_of(sorted(name for name in os.listdir(path) if not _is_left_by_a_tool(name)))
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except (OSError, ValueError):
        return "absent"


def imported(names: Iterable[str], places: Iterable[Path], findings: str = "") -> set[Path]:
    """Return the files of modules and of all that they import, as far as they lie in some folders.

    A module that imports others by names which it computes may import those of its package, and of `findings`.
    """
    files = {module: file for place in places for module, file in _modules_in(place)}
    found: set[Path] = set()
    waiting = list(names)
    while waiting:
        parts = waiting.pop().split(".")
        for module in (".".join(parts[:count]) for count in range(1, len(parts) + 1)):
            file = files.get(module)
            if file is None or file in found:
                continue
            found.add(file)
            code = code_of(_text(file))
            is_package = file.name == "__init__.py"
            waiting += _absolute(code.modules, module, is_package=is_package)
            if code.computed:
                package = module if is_package else module.rpartition(".")[0]
                waiting += [other for other in files if other.startswith((f"{package}.", f"{findings}."))]
    return found


@lru_cache(4096)
def code_of(text: str) -> Code:
    """Return what a piece of code names; nothing, if it is no Python."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return Code(frozenset(), frozenset(), frozenset(), computed=False)
    modules, said, paths, computed = set(), set(), set(), False
    for node in _nodes(tree):
        match node:
            case ast.Import():
                modules.update(alias.name for alias in node.names)
            case ast.ImportFrom():
                start = "." * node.level + (node.module or "")
                modules.add(start)
                joint = "." if node.module else ""
                modules.update(f"{start}{joint}{alias.name}" for alias in node.names)
            case ast.List() | ast.Tuple():
                words = " ".join(str(e.value) for e in node.elts if isinstance(e, ast.Constant))
                said.update(f"{name}.__main__" for name in _RUN_AS_PROGRAM.findall(words))
            case ast.Constant(value=str(value)):
                said.update(f"{name}.__main__" for name in _RUN_AS_PROGRAM.findall(value))
                paths.update(_PATH.findall(value))
                if value.replace(".", "").isidentifier():
                    said.add(value)
            case ast.Call() if getattr(node.func, "attr", getattr(node.func, "id", "")) in _COMPUTED:
                name = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else None
                computed |= name is None
                modules |= {name} if isinstance(name, str) else set()
    return Code(frozenset(modules), frozenset(said), frozenset(paths), computed)


def as_python(cell: str) -> str:
    """Return the source of a cell as Python, its magics and shell commands as the calls that they stand for."""
    try:
        ast.parse(cell)
    except (SyntaxError, ValueError):
        from IPython.core.inputtransformer2 import TransformerManager  # here: few cells need it

        return TransformerManager().transform_cell(cell)
    return cell


def _nodes(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes of a tree without docstrings and without what is imported for type checkers alone."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
            continue
        if isinstance(child, ast.If) and getattr(child.test, "id", "") == "TYPE_CHECKING":
            continue
        yield child
        yield from _nodes(child)


def _modules_in(place: Path) -> Iterator[tuple[str, Path]]:
    """Yield the modules under a folder, each with its file."""
    for path in place.rglob("*.py"):
        parts = path.relative_to(place).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


def _absolute(names: Iterable[str], module: str, *, is_package: bool) -> Iterator[str]:
    for name in names:
        dots = len(name) - len(name.lstrip("."))
        parents = module.split(".") if is_package else module.split(".")[:-1]
        base = parents[: len(parents) - dots + 1] if dots else []
        yield ".".join([*base, *filter(None, name.lstrip(".").split("."))])


def _digest_of_named(root: Path, module: Path) -> str:
    """Return the digest of the files of the book that a module names."""
    paths = sorted(path for path in code_of(_text(module)).paths if (root / path).is_file())
    return _digest_of([(path, content_digest(root / path)) for path in paths]) if paths else ""


def _text(file: Path) -> str:
    return file.read_bytes().decode("utf-8", errors="replace")


def _is_material(name: str) -> bool:
    top = name.partition("/")[0]
    return top not in _NOT_MATERIAL and (name.startswith(_DATA) or not name.endswith(_TEXT))


def _is_left_out(folder: str, name: str) -> bool:
    return name == "_build" or _is_left_by_a_tool(name) or os.path.isfile(os.path.join(folder, name, "pyvenv.cfg"))


def _is_left_by_a_tool(name: str) -> bool:
    return name.startswith(".") or name == "__pycache__" or name.endswith((".egg-info", ".pyc"))


def _digest_of(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
