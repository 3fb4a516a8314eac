"""Every rule of the data package, and the command that runs them.

A rule is a function that takes the package as it stands in its files and yields a `Fault` for each cell
that breaks it. All rules of a stage run over the whole package: a user sees every fault, not only the first. A
stage runs only on what the stages before it found nothing wrong with, as its rules build on theirs.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from helpers.check import (
    characters,
    conflict,
    descent,
    descriptor,
    evidence,
    findings,
    readings,
    safety,
    schema,
    structure,
    time,
)
from helpers.check import seal as _seal
from helpers.check.package import Package
from helpers.record import Campaign, DataError, Fault, data_folder, package_folder, read_descriptor, read_raw, typed

Rule = Callable[[Package], Iterator[Fault]]

#: Asked before any table is read.
DESCRIPTION: tuple[Rule, ...] = (*schema.RULES, *descriptor.RULES)
STRUCTURE: tuple[Rule, ...] = (
    *structure.RULES,
    *characters.RULES,
    *conflict.RULES,
    *safety.RULES,
    schema.every_source_can_be_believed,
)
MEANING: tuple[Rule, ...] = (*evidence.RULES, *descent.RULES, *readings.RULES, *time.RULES)
CONCLUSIONS: tuple[Rule, ...] = findings.RULES
SEAL: tuple[Rule, ...] = (_seal.files_are_as_sealed,)


def check(path: str | Path | None = None, *, seal: bool = True) -> list[Fault]:
    """Return every fault of the package in folder `path` (by default the book's own), sorted by place.

    The rules run in stages: the descriptor, the structure of the tables, what the rows mean, the conclusions from
    them. On a table with a broken column a later rule would report the same fault again in other words, or fail. The
    seal comes last, and not at all without `seal`. A rule that fails itself is a fault too, of its own file.

    >>> check()
    []
    """
    try:
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
    count = f"{len(faults)} fault{'s' if len(faults) > 1 else ''}"
    print(count if faults else "the data are clean", file=sys.stderr)
    return 1 if faults else 0


def _read(path: str | Path | None) -> Package:
    folder = data_folder() if path is None else package_folder(path)
    described = read_descriptor(folder)
    if faults := _run(DESCRIPTION, Package(folder, described, {})):
        raise DataError(faults)
    tables, faults = read_raw(folder, described)
    if faults:
        raise DataError(faults)
    return Package(folder, described, tables)


def _faults(package: Package, seal: bool) -> list[Fault]:
    stages = (STRUCTURE, MEANING, CONCLUSIONS, *([SEAL] if seal else []))
    return next((faults for rules in stages if (faults := _run(rules, package))), [])


def _run(rules: Sequence[Rule], package: Package) -> list[Fault]:
    return sorted(fault for rule in rules for fault in _asked(rule, package))


def _asked(rule: Rule, package: Package) -> Iterator[Fault]:
    """Yield what a rule finds and, if it fails itself, a fault of the rule in place of a trace."""
    try:
        yield from rule(package)
    except Exception as error:
        trace = error.__traceback__
        while trace.tb_next:
            trace = trace.tb_next
        where = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
        file = f"{rule.__module__.replace('.', '/')}.py"
        message = f"the rule failed on these data ({type(error).__name__}: {error}, in {where})"
        yield Fault(
            file, rule.__code__.co_firstlineno, rule.__name__, f"{message}; the checker is at fault: please report it"
        )
