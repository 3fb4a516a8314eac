"""Running the notebooks side by side, before the pages are made, into the cache that the pages take outputs from."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn, JupyterCacheAbstract
from jupyter_cache.cache.db import NbCacheRecord
from jupyter_client.kernelspec import NATIVE_KERNEL_NAME
from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal, DeadKernelError
from nbformat import NotebookNode
from sqlalchemy.exc import SQLAlchemyError

from helpers.book.depends import outputs_key, shared_key
from helpers.book.places import environment
from helpers.book.reading import notebooks, pages, read_notebook

__all__ = ["CACHE", "Failure", "environment", "notebooks", "pages", "refresh", "run", "run_of", "stored"]

CACHE = Path("_build/.jupyter_cache")
TIMEOUT = 120
MOST_TEXT, MOST = 100_000, 4_000_000
"""Characters of text that one output may have, and of anything else: a page with more cannot be read."""
_KEY = "made_from"
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Failure:
    """A notebook that did not run to its end: where it stopped, and what it said."""

    notebook: Path
    cell: int | None
    message: str

    def __str__(self) -> str:
        place = f"cell {self.cell}" if self.cell else "kernel"
        return f"{self.notebook}: {place}:\n{self.message}"


@dataclass(frozen=True)
class Run:
    """A notebook as it was run: with its outputs, in how many seconds, and what went wrong."""

    notebook: NotebookNode
    seconds: float
    failure: Failure | None = None


def stored(root: Path, notebook: Path) -> NotebookNode | None:
    """Return the executed notebook from the cache, or None if this version of it was not run; only to be read."""
    run = run_of(root, notebook)
    return _outputs(root, run) if run else None


@cache
def _outputs(root: Path, run: str) -> NotebookNode:
    return get_cache(str(root / CACHE)).get_cache_bundle(int(run.partition(" ")[0])).nb


def run_of(root: Path, notebook: Path) -> str | None:
    """Return a name for the run of a notebook that is in the cache; None if this version of it was not run."""
    record = _record(get_cache(str(root / CACHE)), read_notebook(root, notebook))
    return f"{record.pk} {record.created}" if record else None


def keys(root: Path) -> dict[Path, str]:
    """Return a digest of what the outputs of each notebook depend on beside its own code."""
    shared, known = shared_key(root), {}
    found = {}
    for path in notebooks(root):
        notebook = read_notebook(root, path)
        cells = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
        found[path] = outputs_key(root, path, cells, notebook.metadata, shared, known)
    return found


def refresh(root: Path) -> dict[Path, str]:
    """Delete the stored outputs that were made from something else than what is there now, or cannot be read.

    What each notebook depends on is returned, as by `keys`.
    """
    now = keys(root)
    if not (root / CACHE).is_dir():
        return now
    try:
        outputs = get_cache(str(root / CACHE))
        for path, key in now.items():
            record = _record(outputs, read_notebook(root, path))
            if record is not None and not ((record.data or {}).get(_KEY) == key and _is_whole(outputs, record)):
                outputs.remove_cache(record.pk)
    except (SQLAlchemyError, OSError, KeyError):
        shutil.rmtree(root / CACHE)  # damaged: all notebooks are run again
    return now


def adopt(root: Path, before: Mapping[Path, str]) -> None:
    """Note what outputs depend on that Jupyter Book has made by itself, unless it has changed meanwhile.

    Parameters
    ----------
    before
        What `keys` returned when it began.
    """
    outputs = get_cache(str(root / CACHE))
    records = {path: _record(outputs, read_notebook(root, path)) for path in before}
    foreign = {path: record for path, record in records.items() if record and _KEY not in (record.data or {})}
    now = keys(root) if foreign else {}
    for path, record in foreign.items():
        if now.get(path) == before[path]:
            run = Run(outputs.get_cache_bundle(record.pk).nb, (record.data or {}).get("execution_seconds", 0.0))
            _store(outputs, run, root / path, before[path])


def run(root: Path, *, workers: int | None = None, report: Callable[[str], None] = print) -> list[Failure]:
    """Run every notebook whose outputs are not in the cache; return those that failed.

    Parameters
    ----------
    workers
        Notebooks run at the same time; as many as there are processors, four at most, when not given.
    """
    now = keys(root)
    waiting = [path for path in now if run_of(root, path) is None]
    if not waiting:
        report("  every notebook is up to date")
        return []
    failures: list[Failure] = []
    outputs = get_cache(str(root / CACHE))
    turns = asyncio.Semaphore(workers or min(4, max(2, os.cpu_count() or 1)))

    async def one(path: Path) -> None:
        async with turns:
            found = await _execute(root, path)
        done.append(path)
        state = "FAILED" if found.failure else f"{found.seconds:.1f} s"
        report(f"  [{len(done)}/{len(waiting)}] {path} {state}")
        if found.failure:
            failures.append(found.failure)
        else:
            _store(outputs, found, root / path, now[path])

    done: list[Path] = []
    _run_apart(lambda: [one(path) for path in waiting])
    after = keys(root)
    for path in waiting:
        record = _record(outputs, read_notebook(root, path))
        if record is not None and after.get(path) != now[path]:  # what it was made from, nobody can say
            outputs.remove_cache(record.pk)
    return failures


def _run_apart(tasks: Callable[[], list]) -> None:
    """Run coroutines in a thread of their own, and end them with their kernels when the main thread is interrupted.

    In the main thread `nbclient` would take the signals for itself, once for each kernel.
    """
    begun: Future = Future()

    async def work() -> None:
        begun.set_result((asyncio.get_running_loop(), asyncio.current_task()))
        await asyncio.gather(*tasks())

    with ThreadPoolExecutor(1) as thread:
        job = thread.submit(asyncio.run, work())
        try:
            job.result()
        except BaseException:
            loop, task = begun.result()
            if not job.done():
                loop.call_soon_threadsafe(task.cancel)
            raise


async def _execute(root: Path, path: Path) -> Run:
    started = time.perf_counter()
    notebook = read_notebook(root, path)
    at: list[int] = []
    # Timing in the cells' metadata would change the key under which the cache looks the notebook up.
    client = NotebookClient(
        notebook,
        timeout=TIMEOUT,
        shutdown_kernel="immediate",
        record_timing=False,
        extra_arguments=["--log-level=40"],
        resources={"metadata": {"path": str((root / path).parent)}},
        kernel_name=notebook.metadata.get("kernelspec", {}).get("name", NATIVE_KERNEL_NAME),
        on_cell_start=lambda cell, cell_index: at.append(cell_index + 1),
    )
    failure = None
    try:
        await client.async_execute(env={**os.environ, **environment(root)})
    except (CellControlSignal, DeadKernelError, TimeoutError, RuntimeError) as error:
        failure = Failure(path, at[-1] if at else None, _COLOURS.sub("", str(error)).strip())
    return Run(notebook, time.perf_counter() - started, failure or _too_long(path, notebook))


def _too_long(path: Path, notebook: NotebookNode) -> Failure | None:
    for number, cell in enumerate(notebook.cells, start=1):
        for output in cell.get("outputs", ()):
            parts = output.get("data", {"text/plain": output.get("text", "")})
            for kind, content in parts.items():
                most = MOST_TEXT if kind == "text/plain" else MOST
                if len(content) > most:
                    told = f"an output of {len(content):,} characters ({kind}); {most:,} fit on a page: show less of it"
                    return Failure(path, number, told)
    return None


def _record(outputs: JupyterCacheAbstract, notebook: NotebookNode) -> NbCacheRecord | None:
    try:
        return outputs.match_cache_notebook(notebook)
    except KeyError:
        return None


def _is_whole(outputs: JupyterCacheAbstract, record: NbCacheRecord) -> bool:
    try:
        outputs.get_cache_bundle(record.pk)
    except Exception:
        return False
    return True


def _store(outputs: JupyterCacheAbstract, run: Run, path: Path, key: str) -> None:
    bundle = CacheBundleIn(run.notebook, uri=str(path), data={"execution_seconds": run.seconds, _KEY: key})
    outputs.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
