"""The seal: size and SHA-256 of every table stand in the descriptor, so that no change goes unnoticed.

``python -m helpers seal`` renews it after a change that is meant. It refuses data that are not clean.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from helpers.check.package import Package
from helpers.record import DESCRIPTOR, Fault, data_folder, package_folder, read_descriptor


def files_are_as_sealed(package: Package) -> Iterator[Fault]:
    """Every table is byte for byte the one that the descriptor was sealed with."""
    for resource in package.descriptor["resources"]:
        if {k: resource.get(k) for k in ("bytes", "hash")} != fingerprint(package.folder / resource["path"]):
            yield Fault(
                resource["path"],
                0,
                "-",
                "the file is not the one that datapackage.json was sealed with; if the "
                "change is meant, run `python -m helpers seal` and tell it in data/CHANGELOG.md",
            )


def fingerprint(path: Path) -> dict[str, Any]:
    """Return size in bytes and SHA-256 of a file, as the descriptor has them."""
    content = path.read_bytes()
    return {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}


def sealed(folder: Path, descriptor: Mapping[str, Any]) -> dict[str, Any]:
    """Return the descriptor with the fingerprints of the tables as they are now."""
    resources = [
        {k: v for k, v in resource.items() if k != "schema"}
        | fingerprint(folder / resource["path"])
        | {"schema": resource["schema"]}
        for resource in descriptor["resources"]
    ]
    return {**descriptor, "resources": resources}


def write_descriptor(folder: Path, descriptor: Mapping[str, Any]) -> None:
    """Write the descriptor in its one layout, whole or not at all."""
    unfinished = folder / f".{DESCRIPTOR}.new"
    try:
        text = json.dumps(descriptor, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
        unfinished.write_text(text, encoding="utf-8", newline="\n")
        os.replace(unfinished, folder / DESCRIPTOR)
    finally:
        unfinished.unlink(missing_ok=True)


def main(argv: Sequence[str] | None = None) -> int:
    """Renew the seal from the command line; return 1 and change nothing if the data are not clean."""
    from helpers.check import check  # here, since the package of rules imports this module

    parser = argparse.ArgumentParser(prog="python -m helpers seal", description="Renew sizes and hashes of the tables.")
    parser.add_argument("path", nargs="?", help="folder with datapackage.json (default: the book's data)")
    path = parser.parse_args(argv).path or data_folder()
    if faults := check(path, seal=False):
        print(*faults, sep="\n")
        print("not sealed: mend the data first", file=sys.stderr)
        return 1
    folder = package_folder(path)
    write_descriptor(folder, sealed(folder, read_descriptor(folder)))
    print(f"sealed {folder / DESCRIPTOR}", file=sys.stderr)
    return 0
