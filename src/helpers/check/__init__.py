"""Every rule of the data package, and the command that runs them.

A rule is a function that takes the package as it stands in its files and yields a `Fault` for each cell
that breaks it. All rules run over the whole package: a user sees every fault, not only the first.
"""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from helpers.check import conflict, descent, descriptor, evidence, findings, readings, safety, structure, time
from helpers.check import seal as _seal
from helpers.check.package import Package
from helpers.tables import Campaign, DataError, Fault, data_folder, read_descriptor, read_raw, typed

Rule = Callable[[Package], Iterator[Fault]]

STRUCTURE: tuple[Rule, ...] = (*descriptor.RULES, *structure.RULES, *conflict.RULES, *safety.RULES)
MEANING: tuple[Rule, ...] = (*evidence.RULES, *descent.RULES, *readings.RULES, *time.RULES, *findings.RULES)
SEAL: tuple[Rule, ...] = (_seal.files_are_as_sealed,)


def check(path: str | Path | None = None, *, seal: bool = True) -> list[Fault]:
    """Return every fault of the package in folder `path` (by default the book's own), sorted by place.

    The rules on meaning run only once the structure is whole: on a table with a broken column they would
    report the same fault again in other words. The seal comes last, and not at all without `seal`.

    >>> check()
    []
    """
    try:
        with _nothing_collected():
            return _faults(_read(path), seal)
    except DataError as error:
        return error.faults


def load_checked(path: str | Path | None = None, *, seal: bool = True) -> Campaign:
    """Read the package in folder `path` once, as `helpers.load` does, and let every rule of `check` look at it.

    Raises
    ------
    DataError
        If anything is wrong with it; the message has a line for each fault.

    >>> campaign = load_checked()
    >>> campaign.events.loc["campaign", "phase"]
    'fighting'
    """
    with _nothing_collected():
        package = _read(path)
        if faults := _faults(package, seal):
            raise DataError(faults)
        return typed(package.folder, package.descriptor, package.tables)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the check from the command line; return 0 if the data are clean, else 1."""
    parser = argparse.ArgumentParser(prog="python -m helpers check", description="Check the data package.")
    parser.add_argument("path", nargs="?", help="folder with datapackage.json (default: the book's data)")
    faults = check(parser.parse_args(argv).path)
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults" if faults else "the data are clean", file=sys.stderr)
    return 1 if faults else 0


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Keep the collector of garbage from looking through all cells again and again: none of them is garbage yet."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _read(path: str | Path | None) -> Package:
    folder = data_folder() if path is None else Path(path)
    described = read_descriptor(folder)
    tables, faults = read_raw(folder, described)
    if faults:
        raise DataError(faults)
    return Package(folder, described, tables)


def _faults(package: Package, seal: bool) -> list[Fault]:
    return _run(STRUCTURE, package) or _run(MEANING, package) or (_run(SEAL, package) if seal else [])


def _run(rules: Sequence[Rule], package: Package) -> list[Fault]:
    return sorted(fault for rule in rules for fault in rule(package))
