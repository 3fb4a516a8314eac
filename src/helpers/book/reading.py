"""Read what authors write: settings, table of contents, notebooks; what cannot be read is told in one line."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterator
from importlib.machinery import PathFinder
from pathlib import Path
from typing import Any

import nbformat
import yaml
from jupyter_client.kernelspec import NATIVE_KERNEL_NAME, KernelSpecManager, NoSuchKernel
from nbformat import NotebookNode
from sphinx_external_toc.parsing import MalformedError, parse_toc_yaml

CONTENTS, SETTINGS = "_toc.yml", "_config.yml"
_FORMAT = (4, 5)
_CONVERT = "open it in JupyterLab and save it, or run: jupyter nbconvert --to notebook --inplace"
_MERGE = re.compile(r"^(<{7} |>{7} )", re.M)


class SourceError(ValueError):
    """A file of the book cannot be read; the message is one line that names the file and the mend."""


def pages(root: Path) -> list[str]:
    """Return the pages of ``_toc.yml`` in order, as paths without suffix.

    Raises
    ------
    SourceError
        If the file is not the table of contents of a Jupyter Book.
    """
    _settings(root / CONTENTS)
    try:
        return [str(page) for page in parse_toc_yaml(root / CONTENTS)]
    except (MalformedError, OSError, ValueError, TypeError, AttributeError) as error:
        raise SourceError(f"{CONTENTS}: {_line(error)}; mend it as Jupyter Book's manual says") from error


def notebooks(root: Path) -> Iterator[Path]:
    """Yield the notebooks among the pages, relative to the root; one may be written as Markdown."""
    for page in pages(root):
        stem = page.removesuffix(".ipynb").removesuffix(".md")
        if (root / f"{stem}.ipynb").is_file():
            yield Path(f"{stem}.ipynb")
        elif _has_cells(root / f"{stem}.md"):
            yield Path(f"{stem}.md")


def read_notebook(root: Path, path: Path) -> NotebookNode:
    """Return a notebook of the book.

    Parameters
    ----------
    path
        Relative to the book's folder.

    Raises
    ------
    SourceError
        If the file is not a notebook of the present format.
    """
    text = _text(root, path)
    if path.suffix == ".md":
        from myst_nb.core.read import read_myst_markdown_notebook

        return read_myst_markdown_notebook(text, path=root / path)
    found = _parsed(text, path)
    _refuse_old(found, path)
    with warnings.catch_warnings(action="error"):
        try:
            nbformat.validate(found)
            return nbformat.reads(text, as_version=_FORMAT[0])
        except (nbformat.ValidationError, Warning) as error:
            raise SourceError(f"{path}: not a notebook: {_line(error)}; {_CONVERT} {path}") from error


def faults(root: Path) -> list[str]:
    """Return what cannot be read of what a book is made from, a line each; an empty list if all can be."""
    try:
        _settings(root / SETTINGS)
        found = [f"{CONTENTS}: {page}: there is no such page (.md or .ipynb)" for page in _missing(root)]
        chapters = list(notebooks(root))
    except SourceError as error:
        return [str(error)]
    found += [fault for folder in sorted({path.parent for path in chapters}) for fault in _shadows(root, folder)]
    for path in chapters:
        try:
            _find_kernel(path, read_notebook(root, path))
        except SourceError as error:
            found.append(str(error))
    return found


def _missing(root: Path) -> list[str]:
    ends = ("", ".md", ".ipynb", ".rst")
    return [page for page in pages(root) if not any((root / f"{page}{end}").is_file() for end in ends)]


def _settings(path: Path) -> dict[str, Any]:
    """Return what a YAML file says, a mapping; an empty one where there is none."""
    if not path.exists():
        return {}
    try:
        found = yaml.safe_load(path.read_bytes().decode("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        what = getattr(error, "problem", None) or _line(error)
        raise SourceError(f"{path.name}{place}: not YAML that can be read: {what}; mend the line") from error
    if not isinstance(found, dict):
        raise SourceError(f"{path.name}: not a list of `key: value`; mend the file")
    return found


def _text(root: Path, path: Path) -> str:
    try:
        content = (root / path).read_bytes()
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror}; put the file back or take it out of {CONTENTS}") from error
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SourceError(f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8") from error
    if text.startswith("\ufeff"):
        raise SourceError(f"{path}: begins with a byte-order mark; save it as UTF-8 without one")
    if found := _MERGE.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise SourceError(f"{path}:{line}: has the marks of a merge ({found[0].strip()}); finish the merge")
    return text


def _parsed(text: str, path: Path) -> dict[str, Any]:
    if not text.strip():
        raise SourceError(f"{path}: the file is empty; put its content back or take it out of {CONTENTS}")
    try:
        found = json.loads(text)
    except ValueError as error:
        raise SourceError(f"{path}: not JSON, as a notebook is: {_line(error)}; put its content back") from error
    if not isinstance(found, dict) or "nbformat" not in found:
        raise SourceError(f"{path}: JSON, but not a notebook: it says no nbformat; put its content back")
    return found


def _refuse_old(found: dict[str, Any], path: Path) -> None:
    """Refuse what is not of the present format, in which every cell has a name."""
    version = (found.get("nbformat"), found.get("nbformat_minor", 0))
    if not all(isinstance(part, int) for part in version) or version[0] != _FORMAT[0] or version < _FORMAT:
        raise SourceError(
            f"{path}: in format {version[0]}.{version[1]} of notebooks, whose cells have no ids; {_CONVERT} {path}"
        )
    for number, cell in enumerate(found.get("cells", ()), start=1):
        for key in ("id", "source", "cell_type"):
            if not isinstance(cell, dict) or key not in cell:
                raise SourceError(f"{path}: cell {number} has no {key}; {_CONVERT} {path}")


def _find_kernel(path: Path, notebook: NotebookNode) -> None:
    name = notebook.metadata.get("kernelspec", {}).get("name", NATIVE_KERNEL_NAME)
    kernels = KernelSpecManager()
    try:
        kernels.get_kernel_spec(name)
    except (NoSuchKernel, ValueError, OSError) as error:
        known = ", ".join(sorted(kernels.find_kernel_specs()))
        raise SourceError(
            f"{path}: names the kernel {name!r}, which is not here (there are: {known}); "
            f'choose one in JupyterLab or write "name": "{NATIVE_KERNEL_NAME}" in its kernelspec'
        ) from error


def _shadows(root: Path, folder: Path) -> Iterator[str]:
    """Yield the Python files beside notebooks that hide a module which Python or a package needs."""
    for path in sorted((root / folder).glob("*.py")):
        try:
            hidden = PathFinder.find_spec(path.stem)
        except (ImportError, ValueError):
            hidden = None
        if hidden is not None and hidden.origin != str(path.resolve()):
            yield f"{folder / path.name}: hides the module `{path.stem}` from the notebooks; give the file another name"


def _has_cells(path: Path) -> bool:
    """Whether a page in Markdown has cells, as its head says."""
    text = path.read_bytes().decode("utf-8", errors="replace") if path.is_file() else ""
    if not text.startswith("---"):
        return False
    from myst_nb.core.read import is_myst_markdown_notebook  # here: it takes half a second

    return is_myst_markdown_notebook(text)


def _line(error: BaseException) -> str:
    """The first line of what an error says."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
