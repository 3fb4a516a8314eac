"""A table of the package on a page: its first rows for everyone; search and sort where a script runs."""

from __future__ import annotations

from html import escape

from IPython.display import display

from helpers.book import markup
from helpers.record import Campaign

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
