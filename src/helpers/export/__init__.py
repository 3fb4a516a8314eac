"""The data in the formats of other programs: ``python -m helpers export FOLDER``.

Everything is written beside the folder first and moved into it when all of it is whole, so that an export that
fails leaves an earlier one as it was.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from helpers.export import archive, geo, graph, sqlite
from helpers.findings import index
from helpers.record import DESCRIPTOR, Campaign, DataError, Fault, load, refuse
from helpers.record.quoting import file_name

#: What XML 1.0 cannot hold, however it is written.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CONTROL_MESSAGE = "the character U+{:04X} cannot be exported; take it out"


def write_uses(campaign: Campaign, path: Path) -> None:
    """Write which finding uses which row of the tables, as CSV: one row for each row and finding."""
    index.by_row(campaign).to_csv(path, index=False, lineterminator="\n")


#: Name of each file, ``{package}`` standing for the name of the data package, and what writes it.
FILES: Mapping[str, Callable[[Campaign, Path], None]] = MappingProxyType(
    {
        "relations.graphml": graph.write_graphml,
        "relations.gexf": graph.write_gexf,
        "places.geojson": geo.write_geojson,
        "{package}.sqlite": sqlite.write_sqlite,
        "{package}.zip": archive.write_zip,
        "dataset.jsonld": archive.write_jsonld,
        "findings-by-row.csv": write_uses,
    }
)


def file_names(campaign: Campaign) -> list[str]:
    """Return the names of the files that `export` writes for this package.

    Raises
    ------
    DataError
        If the package has no name that can be the name of a file.

    >>> import helpers
    >>> file_names(helpers.load())[3]
    'five-days-notice.sqlite'
    """
    name = campaign.package.get("name")
    try:
        package = file_name(name if isinstance(name, str) else "")
    except ValueError as error:  # files are named after it
        raise DataError([Fault(DESCRIPTOR, 0, "name", str(error))]) from None
    return [file.format(package=package) for file in FILES]


def export(campaign: Campaign, folder: str | Path) -> list[Path]:
    """Write every export into `folder`, which is made if need be; return the files written.

    Raises
    ------
    NotADirectoryError
        If `folder` is a file.
    DataError
        If a text holds a character that XML cannot, or the descriptor lacks a name or a title.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     written = export(campaign, folder)
    ...     names = [path.name for path in written]
    >>> names[0], names[2]
    ('relations.graphml', 'places.geojson')
    """
    target, names = Path(folder), file_names(campaign)
    refuse(_unwritable(campaign))
    if target.exists() and not target.is_dir():
        raise NotADirectoryError(f"{target} is a file; give a folder to write the exports into")
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        for name, write in zip(names, FILES.values(), strict=True):
            write(campaign, unfinished / name)
        target.mkdir(exist_ok=True)
        for name in names:
            os.replace(unfinished / name, target / name)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return [target / name for name in names]


def _unwritable(campaign: Campaign) -> Iterator[Fault]:
    """Yield a fault for each text that no XML file can hold, and for a title that is missing."""
    title = campaign.package.get("title")
    if not isinstance(title, str) or not title.strip():
        yield Fault(DESCRIPTOR, 0, "title", "the package has no title; write one")
    elif found := _CONTROL.search(title):
        yield Fault(DESCRIPTOR, 0, "title", _CONTROL_MESSAGE.format(ord(found[0])))
    files = {resource["name"]: resource["path"] for resource in campaign.package["resources"]}
    for table in campaign:
        for column, cells in campaign[table].items():
            for row, text in enumerate(cells, start=2) if pd.api.types.is_string_dtype(cells.dtype) else ():
                if isinstance(text, str) and (found := _CONTROL.search(text)):
                    yield Fault(files[table], row, column, _CONTROL_MESSAGE.format(ord(found[0])))


def main(argv: Sequence[str] | None = None) -> int:
    """Write the exports from the command line; return 1 if the data cannot be read or the folder not written."""
    parser = argparse.ArgumentParser(prog="python -m helpers export", description="Write the data for other programs.")
    parser.add_argument("folder", help="folder to write into")
    parser.add_argument("--data", help="folder with datapackage.json (default: the book's data)")
    options = parser.parse_args(argv)
    try:
        written = export(load(options.data), options.folder)
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(*written, sep="\n")
    return 0
