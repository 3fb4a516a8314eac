"""Tables as scripts, for the search and sort of the data chapter.

A page opened from a folder may not read a file beside it, but it may run a script from there: each table is
written as one call, which hands its cells to ``assets/static/book/table-view.js``.
"""

from __future__ import annotations

from pathlib import Path

from helpers.record import Campaign, read_raw
from helpers.record.quoting import file_name, script_json


def write_previews(campaign: Campaign, folder: Path) -> None:
    """Write one script for each table, its cells as they stand in the CSV."""
    folder.mkdir(parents=True, exist_ok=True)
    tables, _ = read_raw(campaign.path, campaign.package)
    for name, table in tables.items():
        about = {column: field["description"] for column, field in table.schema.items()}
        rows = list(zip(*table.columns.values(), strict=True))
        version = campaign.package["version"]
        content = {
            "name": name,
            "title": campaign.package["title"],
            "file": table.file,
            "version": version,
            "columns": about,
            "rows": rows,
        }
        script = folder / file_name(f"{name}.js")
        script.write_text(f"bookTable({script_json(content)});\n", encoding="utf-8", newline="\n")
