"""The data in the formats of other programs: ``python -m helpers export FOLDER``.

Everything is written beside the folder first and moved into it when all of it is whole, so that an export that
fails leaves an earlier one as it was.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from helpers.export import archive, geo, graph, ledger, sqlite
from helpers.quoting import file_name
from helpers.tables import Campaign, load

#: Name of each file, ``{package}`` standing for the name of the data package, and what writes it.
FILES: Mapping[str, Callable[[Campaign, Path], None]] = MappingProxyType(
    {
        "relations.graphml": graph.write_graphml,
        "relations.gexf": graph.write_gexf,
        "places.geojson": geo.write_geojson,
        "{package}.sqlite": sqlite.write_sqlite,
        "{package}.zip": archive.write_zip,
        "dataset.jsonld": archive.write_jsonld,
        "findings-by-row.csv": ledger.write_uses,
    }
)


def file_names(campaign: Campaign) -> list[str]:
    """Return the names of the files that `export` writes for this package.

    >>> import helpers
    >>> file_names(helpers.load())[3]
    'five-days-notice.sqlite'
    """
    return [name.format(package=file_name(campaign.package["name"])) for name in FILES]


def export(campaign: Campaign, folder: str | Path) -> list[Path]:
    """Write every export into `folder`, which is made if need be; return the files written.

    Raises
    ------
    NotADirectoryError
        If `folder` is a file.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     written = export(campaign, folder)
    ...     names = [path.name for path in written]
    >>> names[0], names[2]
    ('relations.graphml', 'places.geojson')
    """
    target, names = Path(folder), file_names(campaign)
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
