"""Running the notebooks side by side, before the build, into the cache that the build reads."""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

import nbformat
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn, JupyterCacheAbstract
from jupyter_cache.cache.db import NbCacheRecord
from jupyter_client.kernelspec import NATIVE_KERNEL_NAME
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal, DeadKernelError
from nbformat import NotebookNode
from sphinx_external_toc.parsing import parse_toc_yaml

from helpers.book import inputs, nursery, reads
from helpers.book.inputs import CACHE
from helpers.book.kernels import Nursery, nursed
from helpers.book.places import CLONE, environment

TIMEOUT = 120
_ORDINARY = [sys.executable, "-m", "ipykernel_launcher"]
_NURSERY = nursery.__file__
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Failure:
    """A cell that raised: where, and what it said."""

    notebook: Path
    cell: int | None
    message: str

    def __str__(self) -> str:
        place = f"cell {self.cell}" if self.cell else "kernel"
        return f"{self.notebook}: {place}:\n{self.message}"


def pages(root: Path) -> list[str]:
    """Return the pages of ``_toc.yml`` in order, as paths without suffix."""
    return [str(page) for page in parse_toc_yaml(root / "_toc.yml")]


def notebooks(root: Path) -> Iterator[Path]:
    """Yield the notebooks among the pages, relative to the root; one may be written as Markdown."""
    for page in pages(root):
        stem = page.removesuffix(".ipynb").removesuffix(".md")
        if (root / f"{stem}.ipynb").is_file():
            yield Path(f"{stem}.ipynb")
        elif _is_notebook(root / f"{stem}.md"):
            yield Path(f"{stem}.md")


def stored(root: Path, notebook: Path) -> NotebookNode | None:
    """Return the executed notebook from the cache, or None if this version of it was not run; only to be read."""
    run = run_of(root, notebook)
    return _outputs(root, run) if run else None


@cache
def _outputs(root: Path, run: str) -> NotebookNode:
    return get_cache(str(root / CACHE)).get_cache_bundle(int(run.partition(" ")[0])).nb


def run_of(root: Path, notebook: Path) -> str | None:
    """Return a name for the run of a notebook that is in the cache; None if this version of it was not run."""
    record = _record(get_cache(str(root / CACHE)), root / notebook)
    return f"{record.pk} {record.created}" if record else None


def _record(cache: JupyterCacheAbstract, path: Path) -> NbCacheRecord | None:
    try:
        return cache.match_cache_notebook(_read(path))
    except KeyError:
        return None


def run(
    root: Path,
    *,
    workers: int | None = None,
    nursery: Nursery | None = None,
    report: Callable[[str], None] = print,
    held: Mapping[Path, Callable[[], object]] = MappingProxyType({}),
) -> list[Failure]:
    """Run every notebook whose code is not in the cache; return the cells that failed.

    Parameters
    ----------
    workers
        Notebooks run at the same time; as many as there are processors, four at most, when not given.
    nursery
        Where the kernels come from; one is begun for more than one notebook when none is given.
    held
        What to wait for before a notebook is run; such notebooks are run after the others.
    """
    waiting = sorted((path for path in notebooks(root) if run_of(root, path) is None), key=lambda path: path in held)
    if not waiting:
        report("  every notebook is up to date")
        return []
    failures = []
    outputs, before = get_cache(str(root / CACHE)), inputs.digests(root)
    workers = workers or min(4, max(2, os.cpu_count() or 1))
    own = nursed({**os.environ, **environment(root)}) if not nursery and len(waiting) > 1 else nullcontext(nursery)
    with TemporaryDirectory() as home, own as nursery, ThreadPoolExecutor(workers) as pool:
        reports = {path: Path(home) / f"{place}.json" for place, path in enumerate(waiting)}
        jobs = {
            pool.submit(_execute, root, path, nursery, reports[path], before, held.get(path, _nothing)): path
            for path in waiting
        }
        try:
            for done, job in enumerate(as_completed(jobs), start=1):
                found = job.result()
                state = "FAILED" if found.failure else f"{found.seconds:.1f} s"
                report(f"  [{done}/{len(waiting)}] {jobs[job]} {state}")
                if found.failure:
                    failures.append(found.failure)
                else:
                    _store(outputs, found, root / jobs[job])
        finally:
            pool.shutdown(cancel_futures=True)
    return failures


@dataclass(frozen=True)
class Run:
    """A notebook as it was run: with its outputs, what it read (None: nobody knows), and what went wrong."""

    notebook: NotebookNode
    seconds: float
    reads: Mapping[str, str] | None = None
    failure: Failure | None = None


class Manager(AsyncKernelManager):
    """Starts one kernel that tells what it reads, from the nursery if there is one; one of another language as ever."""

    def __init__(self, *, nursery: Nursery | None, root: Path, report: Path, **options: Any) -> None:
        super().__init__(**options)
        self._nursery, self._report = nursery, report
        self._folders = json.dumps([str(folder) for folder in dict.fromkeys((root.resolve(), CLONE))])

    def told(self) -> list[str] | None:
        """Return the paths that the notebook has read; None where the kernel does not tell."""
        try:
            return json.loads(self._report.read_text("utf-8"))
        except FileNotFoundError:
            return None

    async def _async_launch_kernel(self, kernel_cmd: list[str], **options: Any) -> None:
        if kernel_cmd[: len(_ORDINARY)] != _ORDINARY:
            return await super()._async_launch_kernel(kernel_cmd, **options)
        argv = ["kernel", str(self._report), self._folders, *kernel_cmd[len(_ORDINARY) :]]
        forked = self._nursery and self._nursery.kernel(argv, options["env"], str(options.get("cwd") or Path.cwd()))
        if not forked:
            return await super()._async_launch_kernel([sys.executable, _NURSERY, *argv], **options)
        self.provisioner.process = forked
        self.provisioner.pid = self.provisioner.pgid = forked.pid
        self._reconcile_connection_info(self.provisioner.connection_info)


def _nothing() -> None:
    """What most notebooks wait for."""


def _execute(
    root: Path,
    path: Path,
    nursery: Nursery | None,
    reads_to: Path,
    before: Mapping[str, str],
    held: Callable[[], object],
) -> Run:
    held()
    started = time.perf_counter()
    notebook = _read(root / path)
    # Timing in the cells' metadata would change the key under which the cache looks the notebook up.
    client = NotebookClient(
        notebook,
        timeout=TIMEOUT,
        shutdown_kernel="immediate",  # what it read is written down by then, and to say goodbye takes it half a second
        record_timing=False,
        extra_arguments=["--log-level=40"],
        resources={"metadata": {"path": str((root / path).parent)}},
    )
    kernel = notebook.metadata.get("kernelspec", {}).get("name", NATIVE_KERNEL_NAME)
    client.km = manager = Manager(nursery=nursery, root=root, report=reads_to, kernel_name=kernel)
    client.owns_km = True  # it ends with the notebook
    try:
        asyncio.run(client.async_execute(env={**os.environ, **environment(root)}))
    except (CellControlSignal, DeadKernelError, TimeoutError) as error:
        failure = Failure(path, _failed_cell(notebook), _COLOURS.sub("", str(error)).strip())
        return Run(notebook, time.perf_counter() - started, failure=failure)
    told = manager.told()
    record = None if told is None else reads.record(root, told, before)
    return Run(notebook, time.perf_counter() - started, record)


def _failed_cell(notebook: NotebookNode) -> int | None:
    for place, cell in enumerate(notebook.cells, start=1):
        if any(output.output_type == "error" for output in cell.get("outputs", [])):
            return place
    return None


def _store(cache: JupyterCacheAbstract, run: Run, path: Path) -> None:
    data = {"execution_seconds": run.seconds} | ({inputs.READS: dict(run.reads)} if run.reads else {})
    bundle = CacheBundleIn(run.notebook, uri=str(path), data=data)
    cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)


def _read(path: Path) -> NotebookNode:
    if path.suffix == ".md":
        from myst_nb.core.read import read_myst_markdown_notebook

        return read_myst_markdown_notebook(path.read_text("utf-8"), path=path)
    return nbformat.read(path, as_version=4)


def _is_notebook(path: Path) -> bool:
    """Whether a page in Markdown has cells, as its head says."""
    text = path.read_text("utf-8") if path.is_file() else ""
    if not text.startswith("---"):
        return False
    from myst_nb.core.read import is_myst_markdown_notebook  # here: it takes half a second

    return is_myst_markdown_notebook(text)
