"""Put an error into functions that are imported already, or into a module that is about to be."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib.machinery import SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, FunctionType

Functions = Mapping[str, Sequence[FunctionType]]
_NOT_A_FUNCTION = ("<lambda>", "<genexpr>", "<listcomp>", "<setcomp>", "<dictcomp>")


def functions_of(folder: Path) -> Functions:
    """Return all functions made from the files of a folder, by file; those under decorators and of classes too."""
    found: dict[str, list[FunctionType]] = {}
    for one in gc.get_objects():
        if type(one) is FunctionType and one.__code__.co_filename.startswith(f"{folder}/"):
            found.setdefault(one.__code__.co_filename, []).append(one)
    return found


def swapped(path: Path, source: str, functions: Functions) -> Callable[[], None] | None:
    """Return what puts the error into the functions; None if it lies outside of them: the module must be run again."""
    before, after = (compile(text, str(path), "exec", dont_inherit=True) for text in (path.read_text("utf-8"), source))
    if _outside(before) != _outside(after):
        return None
    codes = _by_name(after)

    def change() -> None:
        for function in functions.get(str(path), ()):
            code = codes.get(function.__code__.co_qualname)
            if code is not None and code.co_freevars == function.__code__.co_freevars:
                function.__code__ = code

    return change


def import_mutated(path: Path, source: str) -> None:
    """Have the next import of a file find another text in it."""

    class Loader(SourceFileLoader):
        def get_code(self, fullname: str) -> CodeType:
            return compile(source, str(path), "exec", dont_inherit=True)

    class Finder:
        @staticmethod
        def find_spec(name: str, _path: object = None, _target: object = None):
            if name != wanted:
                return None
            folders = [str(path.parent)] if path.stem == "__init__" else None
            loader = Loader(name, str(path))
            return spec_from_file_location(name, path, loader=loader, submodule_search_locations=folders)

    parts = path.with_suffix("").parts
    wanted = ".".join(parts[parts.index("helpers", parts.index("src")) :]).removesuffix(".__init__")
    if wanted in sys.modules:
        raise RuntimeError(f"{wanted} is imported already")
    sys.meta_path.insert(0, Finder)


def _outside(code: CodeType) -> list[object]:
    """What a module and its classes do when they are run, without what their functions do when they are called."""
    parts: list[object] = [code.co_code, code.co_names]
    for constant in code.co_consts:
        if not isinstance(constant, CodeType):
            parts.append((type(constant), constant))
        elif _is_called(constant):
            parts.append(constant.co_qualname)
        else:
            parts += _outside(constant)
    return parts


def _is_called(code: CodeType) -> bool:
    """Whether a piece of code is that of a named function, whose error can be put in later."""
    return bool(code.co_flags & 0x1) and code.co_name not in _NOT_A_FUNCTION  # CO_OPTIMIZED: no module and no class


def _by_name(code: CodeType) -> dict[str, CodeType]:
    found = {}
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            if _is_called(constant):
                found[constant.co_qualname] = constant
            else:
                found |= _by_name(constant)
    return found
