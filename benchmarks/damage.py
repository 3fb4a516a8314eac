"""What the checker says of some 2,000 single damages to the book's own data, kind by kind.

Run ``python benchmarks/damage.py``; the exit status is 1 if the checker ended in a trace anywhere. The kinds stand in
``benchmarks/shared/damages``, each with a line that says what it does. Each damage is made in a copy of the package,
judged by `helpers.check.check` without the seal, which would see every change, and taken back. ``--accepted`` lists
what the checker let pass, ``--seed`` makes other draws, ``--kind`` tries a single kind, ``--quick`` each kind once.
"""

from __future__ import annotations

import argparse
import platform
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from shared.damages import KINDS, Damage, Kind, Original
from shared.damages.model import FOLDER

from helpers.book.results import ResultTable, write
from helpers.check import check
from helpers.record import Fault, data_folder

RESULTS = Path(__file__).parent / "results/damage.json"
SEED = 1918
EACH = 6
LONGEST = 60
"""Seconds after which a check that has not ended counts as a trace."""

NOTE = (
    "Caught: some fault is told. Placed: a fault names the file and the row of the damage. Accepted: no fault."
    " The seal, which sees that any byte has changed, was left out. “Needs the source” marks what no checker can"
    " catch: a statement turned into its contrary, a word or a key exchanged for another that may stand there, two"
    " cells of one column exchanged. Whoever has the text itself before them can, and nobody else."
)


@dataclass(frozen=True)
class Verdict:
    """What the checker said of one damage.

    Attributes
    ----------
    said
        ``placed``, ``elsewhere``, ``accepted`` or ``trace``.
    detail
        The first fault, or the exception that was raised.
    """

    kind: Kind
    damage: Damage
    said: str
    detail: str = ""


def draws(kind: Kind, original: Original, seed: int, each: int) -> Iterator[Damage]:
    """Yield up to `each` different damages of a kind, the same on every run.

    Raises
    ------
    ValueError
        If a damage leaves its file as it was: then nothing was damaged.
    """
    rng, seen = Random(f"{seed} {kind.name}"), set()
    for _ in range(4 * each):
        damage = kind.make(original, rng)
        if damage is None or (damage.file, damage.content) in seen:
            continue
        if damage.content == original.texts[damage.file].encode():
            raise ValueError(f"{kind.name}: {damage.file} is as it was")
        seen.add((damage.file, damage.content))
        yield damage
        if len(seen) == each:
            return


@contextmanager
def damaged(folder: Path, damage: Damage) -> Iterator[None]:
    """Make the damage in a copy of the package, and take it back."""
    path = folder / damage.file
    before = path.read_bytes()
    path.unlink()
    if damage.content == FOLDER:
        path.mkdir()
    elif damage.content is not None:
        path.write_bytes(damage.content)
    try:
        yield
    finally:
        if path.is_dir():
            path.rmdir()
        path.write_bytes(before)


def judged(folder: Path, kind: Kind, damage: Damage) -> Verdict:
    """Let the checker look at the damaged copy, and judge what it says."""
    with damaged(folder, damage):
        try:
            with _no_longer_than(LONGEST):
                faults = check(folder, seal=False)
                told = "\n".join(map(str, faults))
                told.encode()
        except (Exception, SystemExit) as error:  # whatever it is, whoever checks their data is shown it
            return Verdict(kind, damage, "trace", f"{type(error).__name__}: {error}"[:300])
    if not faults:
        return Verdict(kind, damage, "accepted")
    said = "placed" if any(_is_placed(fault, damage) for fault in faults) else "elsewhere"
    return Verdict(kind, damage, said, told.partition("\n")[0][:300])


def _is_placed(fault: Fault, damage: Damage) -> bool:
    if fault.file in damage.elsewhere:
        return True
    return fault.file == damage.file and (not damage.rows or fault.row in damage.rows)


@contextmanager
def _no_longer_than(seconds: int) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TimeoutError(f"the check did not end within {seconds} s")

    if not hasattr(signal, "SIGALRM"):
        yield
        return
    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def verdicts(kinds: Iterable[Kind], *, seed: int = SEED, each: int = EACH) -> Iterator[Verdict]:
    """Yield what the checker says of damages of these kinds, made one at a time to a copy of the book's data.

    Raises
    ------
    RuntimeError
        If the data have faults before they are damaged: then no fault says anything of a damage.
    """
    original = Original.read(data_folder())
    with tempfile.TemporaryDirectory() as place:
        # The package may name its tests and its chapters beside it.
        folder = Path(place) / "book/data"
        folder.mkdir(parents=True)
        for name in original.texts:
            shutil.copyfile(original.folder / name, folder / name)
        if (chapters := original.folder.parent / "chapters").is_dir():
            (folder.parent / "chapters").symlink_to(chapters, target_is_directory=True)
        if faults := check(folder, seal=False):
            raise RuntimeError(f"the data are not clean before any damage: {faults[0]}")
        for kind in kinds:
            for damage in draws(kind, original, seed, each):
                yield judged(folder, kind, damage)


def rows(found: Sequence[Verdict]) -> list[dict[str, str | int]]:
    """Return one row a kind: how many damages were tried, caught, placed, accepted, and how many ended in a trace."""
    told = []
    for kind in KINDS.values():
        said = [one.said for one in found if one.kind is kind]
        if said:
            told.append(
                {
                    "done to": kind.group,
                    "kind": kind.name,
                    "what is done": kind.does,
                    **_counts(said),
                    "needs the source": "yes" if kind.told_by_source else "",
                }
            )
    return told


def summary(found: Sequence[Verdict]) -> list[dict[str, str | int]]:
    """Return one row for each group of kinds, and one for all."""
    groups = dict.fromkeys(kind.group for kind in KINDS.values())
    by_group = {group: [one for one in found if one.kind.group == group] for group in groups} | {"all": list(found)}
    return [
        {"done to": group, "kinds": len({one.kind.name for one in ones}), **_counts([one.said for one in ones])}
        for group, ones in by_group.items()
        if ones
    ]


def _counts(said: Sequence[str]) -> dict[str, int]:
    placed, elsewhere = said.count("placed"), said.count("elsewhere")
    return {
        "tried": len(said),
        "caught": placed + elsewhere,
        "placed": placed,
        "accepted": said.count("accepted"),
        "traces": said.count("trace"),
    }


def tables(found: Sequence[Verdict], seed: int) -> list[ResultTable]:
    """Return the counts as the colophon prints them."""
    measured_on = f"{date.today().isoformat()}, seed {seed}, CPython {platform.python_version()}"
    return [
        ResultTable(
            "Single damages to the data, and what the check says of them",
            measured_on,
            summary(found),
            command="python benchmarks/damage.py",
            note=NOTE,
        ),
        ResultTable(
            "Single damages to the data, kind by kind",
            measured_on,
            rows(found),
            command="python benchmarks/damage.py --accepted",
        ),
    ]


def main(argv: Sequence[str] | None = None) -> int:
    """Try the damages, print the counts, write them down; return 1 if the checker ended in a trace."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=SEED, help=f"of the draws (default {SEED})")
    parser.add_argument("--each", type=int, default=EACH, help=f"damages a kind (default {EACH})")
    parser.add_argument("--kind", choices=sorted(KINDS), metavar="KIND", help="try this kind alone, and write nothing")
    parser.add_argument("--quick", action="store_true", help="try each kind once, and write nothing")
    parser.add_argument("--accepted", action="store_true", help="list what was accepted")
    options = parser.parse_args(argv)
    kinds = [KINDS[options.kind]] if options.kind else KINDS.values()
    started = time.process_time()
    found = list(verdicts(kinds, seed=options.seed, each=1 if options.quick else options.each))
    listed = {"trace", "accepted"} if options.accepted or options.kind else {"trace"}
    for one in found:
        if one.said in listed or options.kind:
            lines = ",".join(map(str, sorted(one.damage.rows)[:3])) or "-"
            print(f"{one.said}: {one.kind.name} ({one.damage.file}:{lines}) {one.detail}")
    for row in summary(found):
        print(row)
    print(f"{time.process_time() - started:.0f} s of one processor", file=sys.stderr)
    if not options.kind and not options.quick:
        write(RESULTS, tables(found, options.seed))
    return int(any(one.said == "trace" for one in found))


if __name__ == "__main__":
    sys.exit(main())
