"""Mutation testing: how many deliberate errors in the modules that make the numbers do their own tests notice?

    python -m pip install -r benchmarks/mutation/requirements.txt
    python benchmarks/mutation/run.py                  # all parts, about an hour on two processors
    python benchmarks/mutation/run.py --only forces    # one part; the results of the others stay

cosmic-ray makes the errors (see ``mutants.py``). Its own runner begins a Python for each error and writes it into the
file; here a process that has imported everything is forked for each, and the error goes into the functions of the fork
alone: the files stay as they are, and an error costs what its tests cost. Where it is not inside a function, the fork
imports everything afresh. An error counts as noticed if a test of its part fails, or if the tests take more processor
time than `MOST` seconds: then it runs for ever. The tests of a part stand in the order in which they are run, those
made by hand first, as they are quick and notice most. What is slow to import and holds no error (pandas and the like)
is imported before the first fork.
"""

from __future__ import annotations

import argparse
import csv
import gc
import json
import os
import platform
import resource
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache, partial
from pathlib import Path

import networkx as nx  # noqa: F401
import numpy as np  # noqa: F401
import pandas as pd  # noqa: F401
import playwright.sync_api  # noqa: F401
import pytest
import scipy.optimize
import scipy.sparse.csgraph  # noqa: F401
from mutants import Mutant, mutants
from swap import functions_of, import_mutated, swapped

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src/helpers"
RESULTS = ROOT / "benchmarks/results"
TABLE, SURVIVORS = RESULTS / "mutation.json", RESULTS / "mutation-survivors.csv"
COLUMNS = ("file", "line", "mutation", "reason")

#: Part of `helpers`: its files, and the tests that have to notice. They are those that take little time, made by hand
#: where there are such; what the others notice besides is not counted.
PARTS: Mapping[str, tuple[Sequence[str], Sequence[str]]] = {
    "policies": (("belief/policies.py", "belief/rederive.py"), ("policies_by_hand",)),
    "forces": (
        ("quantities.py", "bukhara/forces/odds.py", "bukhara/forces/strengths.py"),
        ("quantities_by_hand", "strengths"),
    ),
    "dating": (
        ("dating/bounds.py", "dating/edtf.py", "dating/intervals.py", "dating/order.py"),
        ("dating",),
    ),
    "calendars": (("calendars.py",), ("calendars",)),
    "balance": (
        ("balance/__init__.py", "balance/exhaustive.py", "balance/indices.py"),
        ("balance_by_hand",),
    ),
    "network": (
        tuple(f"network/{name}.py" for name in ("__init__", "camps", "brokers", "actor_ties", "supports")),
        ("network_by_hand", "camps", "brokers", "actor_ties", "supports"),
    ),
    "findings": (
        tuple(f"findings/{name}.py" for name in ("__init__", "model", "grid", "measures", "dossier", "index")),
        ("findings_by_hand",),
    ),
}
NOTICED, SURVIVED = "noticed", "survived"
MOST = 200
"""Seconds of processor time."""
MEMORY = 6 * 2**30


def main() -> None:
    """Try the errors from the command line and write the results."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--only", choices=PARTS, nargs="*", default=list(PARTS), help="parts; the results of others stay"
    )
    parser.add_argument("--sample", type=int, default=100, help="errors a part, 0 for all")
    parser.add_argument("--seed", type=int, default=1918, help="of the sample")
    parser.add_argument("--processes", type=int, default=os.cpu_count(), help="forks at a time")
    options = parser.parse_args()
    os.chdir(ROOT)
    os.nice(15)
    for part in options.only:
        files, names = PARTS[part]
        chosen, total = mutants(part, files, SOURCE, options.sample, options.seed)
        tests = [f"tests/test_{name}.py" for name in names]
        outcomes = _tried(chosen, tests, options.processes)
        for mutant, outcome in zip(chosen, outcomes, strict=True):
            if outcome == SURVIVED:
                print(f"{mutant.path}:{mutant.line}: {mutant.was}  ->  {mutant.now}", flush=True)
        print(f"{part}: {outcomes.count(NOTICED)} of {len(chosen)}, drawn from {total}", flush=True)
        _in_fork(partial(_write, part, list(zip(chosen, outcomes, strict=True)), total, options.seed))


def _tried(chosen: Sequence[Mutant], tests: Sequence[str], processes: int) -> list[str]:
    """Noticed or survived, for each error."""
    outcomes = {int(place): outcome for place, outcome in _in_fork(lambda: _warm(chosen, tests, processes)).items()}
    cold = [place for place in range(len(chosen)) if place not in outcomes]
    jobs = [lambda one=chosen[place]: _afresh(one, tests) for place in cold]
    outcomes |= dict(zip(cold, _forked(jobs, processes), strict=True))
    return [outcomes[place] for place in range(len(chosen))]


def _warm(chosen: Sequence[Mutant], tests: Sequence[str], processes: int) -> dict[int, str]:
    """Outcomes of the errors that lie inside functions, all that the tests import being there before the first fork."""
    if _quiet(lambda: pytest.main(["-q", "--collect-only", *tests])):
        raise SystemExit(f"the tests of {', '.join(tests)} cannot be collected")
    helpers = sys.modules["helpers"]
    helpers.load = cache(helpers.load)  # nothing was asked of it yet, and no part here reads tables
    helpers.load()
    functions = functions_of(SOURCE)
    changes = {place: swapped(SOURCE / one.path, one.source, functions) for place, one in enumerate(chosen)}
    gc.freeze()
    inside = {place: change for place, change in changes.items() if change is not None}
    jobs = [lambda: _test(tests), *(lambda change=change: _in_place(change, tests) for change in inside.values())]
    unharmed, *outcomes = _forked(jobs, processes)
    if unharmed == NOTICED:
        raise SystemExit(f"{', '.join(tests)}: they must pass before errors are tried on them")
    return dict(zip(inside, outcomes, strict=True))


def _in_place(change: Callable[[], None], tests: Sequence[str]) -> int:
    change()
    return _test(tests)


def _afresh(mutant: Mutant, tests: Sequence[str]) -> int:
    import_mutated(SOURCE / mutant.path, mutant.source)
    return _test(tests)


def _test(tests: Sequence[str]) -> int:
    return int(pytest.main(["-x", "-q", "--no-header", "-p", "no:cacheprovider", "--hypothesis-seed=0", *tests]))


def _forked(jobs: Iterable[Callable[[], int]], processes: int) -> list[str]:
    """Run each job in a fork of its own, some at a time: survived if it returns 0 in time."""
    outcomes: dict[int, str] = {}
    running: dict[int, int] = {}

    def wait() -> None:
        pid, status = os.wait()
        outcomes[running.pop(pid)] = NOTICED if status else SURVIVED

    for place, job in enumerate(jobs):
        if len(running) >= processes:
            wait()
        running[_fork(job)] = place
    while running:
        wait()
    return [outcomes[place] for place in sorted(outcomes)]


def _fork(job: Callable[[], int]) -> int:
    if pid := os.fork():
        return pid
    try:
        gc.disable()
        resource.setrlimit(resource.RLIMIT_CPU, (MOST, MOST + 5))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        status = _quiet(job)
    except BaseException:
        status = 1
    os._exit(min(int(status), 255))


def _quiet(job: Callable[[], int]) -> int:
    """Run a job with nothing printed."""
    sys.stdout.flush()
    kept, nothing = (os.dup(1), os.dup(2)), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1), os.dup2(nothing, 2)
    try:
        return job()
    finally:
        sys.stdout.flush()
        os.dup2(kept[0], 1), os.dup2(kept[1], 2)
        for one in (*kept, nothing):
            os.close(one)


def _in_fork(job: Callable[[], object]):
    """Return what a job returns, leaving nothing that it imported in this process."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "result.json"
        if not (pid := os.fork()):
            try:
                path.write_text(json.dumps(job()), "utf-8")
            except BaseException as error:
                print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
            os._exit(0)
        os.waitpid(pid, 0)
        if not path.is_file():
            raise SystemExit("stopped")
        return json.loads(path.read_text("utf-8"))


def _write(part: str, tried: Sequence[tuple[Mutant, str]], total: int, seed: int) -> None:
    """Write what was found of one part: its row of the table for the colophon, and its survivors.

    Other parts stay as they were measured. The reason of a survivor that was there before is kept.
    """
    from helpers.book.results import ResultTable, read_file, write  # in a fork: a run must find nothing of it imported

    before = {row["part"]: row for table in read_file(TABLE) for row in table.rows} if TABLE.is_file() else {}
    rows = before | {part: _row(part, len(tried), [outcome for _, outcome in tried].count(NOTICED), total)}
    rows = [rows[name] for name in PARTS if name in rows]
    whole = [sum(row[column] for row in rows) for column in ("tried", "noticed", "errors possible")]
    where = f"{date.today()}, {os.cpu_count()} processors, CPython {platform.python_version()}"
    title = "Deliberate errors in the modules that make the numbers, and how many the tests notice"
    note = (
        f"Errors drawn with the seed {seed} from all that can be made, each tried on the tests of its own part. "
        "Those that no test noticed stand in benchmarks/results/mutation-survivors.csv, each with the reason."
    )
    command = "python benchmarks/mutation/run.py"
    write(TABLE, [ResultTable(title, where, [*rows, _row("all", *whole)], command, note)])
    _write_survivors(part, [one for one, outcome in tried if outcome == SURVIVED])


def _write_survivors(part: str, left: Sequence[Mutant]) -> None:
    known = []
    if SURVIVORS.is_file():
        with open(SURVIVORS, encoding="utf-8", newline="") as file:
            known = list(csv.DictReader(file))
    reasons = {(row["file"], row["mutation"]): row["reason"] for row in known}
    rows = [row for row in known if row["file"] not in PARTS[part][0]]
    for one in left:
        mutation = f"{one.was}  ->  {one.now}"
        reason = reasons.get((one.path, mutation), "")
        rows.append({"file": one.path, "line": one.line, "mutation": mutation, "reason": reason})
    with open(SURVIVORS, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: (row["file"], int(row["line"]), row["mutation"])))


def _row(part: str, count: int, noticed: int, total: int) -> dict[str, str | int | float]:
    share = round(100 * noticed / count, 1)
    return {"part": part, "errors possible": total, "tried": count, "noticed": noticed, "noticed, %": share}


if __name__ == "__main__":
    main()
