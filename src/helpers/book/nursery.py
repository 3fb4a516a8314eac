"""The beginning of a kernel, run as a script: ready in no time, and telling what its notebook reads.

A kernel spends most of its start on importing packages that every chapter uses. The nursery imports them once and
makes each kernel a fork of itself, with nothing of any other notebook in it; it knows none of this book's own code.
Where processes cannot be forked, a kernel begins in the ordinary way and tells what it reads all the same.

Nothing of `helpers` may be imported here: what a notebook imports of it is part of what it reads.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from importlib.util import source_from_cache
from pathlib import Path
from typing import Any

WARM = (
    "ipykernel.ipkernel",
    "ipykernel.kernelapp",
    "pandas",
    "networkx",
    "plotly.graph_objects",
    "plotly.io",
    "scipy.optimize",
    "scipy.sparse.linalg",
    "edtf",
    "convertdate",
)
"""Imported before a kernel is forked; a package that is not here is no fault."""

EVERYTHING = "*"
"""What a notebook reads that starts a program: it may read anything."""

LOADED = "#loaded"
"""Ending of the name of a descriptor whose package was loaded: its tables count only when they are looked at."""

_PROGRAMS = frozenset({"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork"})
_HARMLESS = frozenset({"uname"})
"""Programs that tell of the machine and read nothing of the book."""

_IMPORTS = ("<frozen importlib", os.path.dirname(importlib.__file__))
"""Beginnings of where the import system lists folders, in search of modules and packages."""


class Watch:
    """What the process opens and lists under some folders from now on, as absolute paths.

    A compiled file counts as its source, a folder ends in ``/``. The import system's own listings do not count.

    Parameters
    ----------
    folders
        With all that is under them, but for hidden files, and for where Python is installed.
    """

    def __init__(self, folders: Sequence[str]) -> None:
        self.read: set[str] = set()
        self._folders = tuple(f"{folder}{os.sep}" for folder in folders)
        self._installed = tuple(f"{prefix}{os.sep}" for prefix in {sys.prefix, sys.base_prefix})
        self._loading: list[str] = []
        sys.addaudithook(self._hear)

    def _hear(self, event: str, args: tuple[Any, ...]) -> None:
        if event == "open":
            if not isinstance(args[0], int) and (args[2] or 0) & (os.O_WRONLY | os.O_RDWR) == 0:
                self._opened(os.path.abspath(os.fsdecode(args[0])))
        elif event == "helpers.table":
            self._add(os.path.abspath(args[0]))
        elif event == "helpers.loading":
            self._load(os.path.abspath(args[0]), args[1])
        elif event in ("os.listdir", "os.scandir"):
            if not isinstance(args[0], int) and not sys._getframe(1).f_code.co_filename.startswith(_IMPORTS):
                self._add(os.path.abspath(os.fsdecode(args[0] or ".")), folder=True)
        elif event in _PROGRAMS and args[0] not in _HARMLESS:
            self.read.add(EVERYTHING)

    def _load(self, folder: str, begins: bool) -> None:
        if begins:
            self._loading.append(folder)
            self._add(os.path.join(folder, "datapackage.json"), ending=LOADED)
        else:
            self._loading.remove(folder)

    def _opened(self, path: str) -> None:
        if os.path.dirname(path) not in self._loading:
            self._add(source_from_cache(path) if path.endswith(".pyc") and "__pycache__" in path else path)

    def _add(self, path: str, *, folder: bool = False, ending: str = "") -> None:
        if path.startswith(self._folders) and not path.startswith(self._installed):
            self.read.add(f"{path}/" if folder else path + ending)


def begin_kernel(report: str, folders: Sequence[str], argv: Sequence[str]) -> None:
    """Run a kernel to its end; after each cell what it has read so far is written down as JSON.

    Parameters
    ----------
    report
        File for a list of paths.
    folders
        What is read under these is told.
    argv
        Arguments of an IPython kernel, among them the connection file.
    """
    watch = Watch(folders)
    # Said again, since what the variable held when the package was imported may be another process.
    parent = int(os.environ.get("JPY_PARENT_PID") or 0)
    application = import_module("ipykernel.kernelapp").IPKernelApp.instance(parent_handle=parent)
    application.initialize(list(argv))
    application.shell.events.register("post_run_cell", _writer(watch, Path(report)))
    application.start()


def serve(orders: socket.socket) -> None:
    """Fork a kernel for each order, a line of JSON, and answer with its process id; until the orders end."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead are not waited for
    for name in WARM:
        _try_import(name)
    _draw_nothing()
    with orders, orders.makefile("r", encoding="utf-8") as lines:
        for line in lines:
            if pid := os.fork():
                orders.sendall(f"{pid}\n".encode())
                continue
            orders.close()
            _become_kernel(**json.loads(line))
            return


def _become_kernel(argv: list[str], env: dict[str, str], cwd: str) -> None:
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env | {"JPY_PARENT_PID": str(os.getppid())})
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()  # or all kernels would draw the same numbers
    main(argv)


def _writer(watch: Watch, report: Path) -> Callable[[Any], None]:
    def write(_result: Any) -> None:
        report.write_text(json.dumps(sorted(watch.read)), "utf-8")

    return write


def _draw_nothing() -> None:
    """Make a figure, since with the first one plotly reads its rules and its own template."""
    with suppress(ImportError):
        import_module("plotly.graph_objects").Figure(layout={"template": "plotly"})


def _try_import(name: str) -> None:
    with suppress(ImportError):
        import_module(name)


def main(argv: Sequence[str]) -> None:
    """Begin one kernel (``kernel REPORT FOLDERS-AS-JSON ARGUMENT...``) or serve orders (``serve SOCKET``)."""
    command, first, *rest = argv
    if command == "serve":
        serve(socket.socket(fileno=int(first)))
    else:
        begin_kernel(first, json.loads(rest[0]), rest[1:])


if __name__ == "__main__":
    del sys.path[0]  # the folder of this script: its modules belong to a package
    main(sys.argv[1:])
