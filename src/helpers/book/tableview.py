"""A table of the package on a page: its first rows for everyone; search and sort where a script runs."""

from __future__ import annotations

from html import escape
from pathlib import Path

from IPython.display import display

from helpers.book import markup
from helpers.record import Campaign, read_raw
from helpers.record.quoting import file_name, script_json

FOLDER, PREVIEWS = "data", "preview"
"""Where the built site has the tables, and in there the scripts that carry them."""

FIRST_ROWS = 5
"""Rows that stand there where no script runs."""


def view(campaign: Campaign, table: str, columns: list[str]) -> None:
    """Show the first rows of a table; in the built page ``table-view.js`` searches and sorts all of them.

    Parameters
    ----------
    columns
        What stands in the list beside the id. A row that is opened shows every column.
    """
    frame, name = campaign[table], escape(table)
    path = next(r["path"] for r in campaign.package["resources"] if r["name"] == table)
    link = f'<a href="../{FOLDER}/{escape(path)}" download>{escape(path)}</a>'
    html = (
        f'<div class="table-view" id="table-{name}" data-table="{name}" data-rows="{len(frame)}"'
        f' data-columns="{escape(" ".join(["id", *columns]))}" data-script="../{FOLDER}/{PREVIEWS}/{name}.js">'
        f"{markup.table_html(frame[columns].head(FIRST_ROWS), label=f'The first rows of {table}')}"
        f'<p class="table-more">All {len(frame):,} rows: {link}</p></div>'
    )
    display({"text/html": html, "text/plain": f"The first rows of {table}."}, raw=True)


def write_previews(campaign: Campaign, folder: Path) -> None:
    """Write one script for each table, its cells as they stand in the CSV.

    A page opened from a folder may not read a file beside it, but it may run a script from there: each table is
    written as one call, which hands its cells to ``assets/static/book/table-view.js``.
    """
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
