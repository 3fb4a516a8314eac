"""The selector "Believe" of a figure: what the figure is under each choice of sources, computed beforehand.

The output of a chapter carries all of it. When the pages are written it goes into a script beside its page, which
the page's own script (``by-policy.js``) loads when the reader chooses; a script, since a folder on disk lets no page
read its files in another way. The page itself grows by the selector alone.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Collection, Iterator
from functools import partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from helpers.belief import policies
from helpers.book import markup
from helpers.record import Campaign
from helpers.record.quoting import script_json

if TYPE_CHECKING:
    from helpers.figures.style import Draw, Drawing

ALL = "all"
KINDS = ("choice of texts", "calendar")
"""Kinds of policies (see `helpers.belief.policies.choices`) that a selector offers if nothing else is asked for."""

NOTE = "Sentences, captions and descriptions on this page are those of all sources."
_SELECTOR = re.compile(r'<div class="figure-believe".*?</div>', re.S)
_STORED = re.compile(r'<script type="application/json" data-by-policy="([^"]+)">(.*?)</script>', re.S)


def offered(campaign: Campaign, only: Collection[str] | None = None) -> pd.DataFrame:
    """Return the policies that a selector offers beside all sources, as `helpers.belief.policies.choices` has them.

    Parameters
    ----------
    only
        Names of policies; without them, those of `KINDS`.

    Raises
    ------
    ValueError
        If there is no policy of a name.
    """
    known = policies.choices(campaign)
    unknown = set(only or ()) - set(known.index)
    if unknown:
        raise ValueError(f"there is no policy {', '.join(sorted(unknown))}; there are {', '.join(known.index)}")
    wanted = known.index.isin(list(only)) if only is not None else known["kind"].isin(KINDS)
    found = known[wanted & (known.index != ALL)]
    return found.sort_values("kind", key=lambda kinds: kinds.map(list(known["kind"].unique()).index), kind="stable")


def stored(
    draw: Draw, campaign: Campaign, choices: pd.DataFrame, whole: Drawing, *, things: str, subject: str
) -> dict[str, Any]:
    """Return what the script looks up: what is drawn under each choice, and what is said of it.

    Parameters
    ----------
    draw
        What draws the figure under a choice.
    choices
        As from `offered`.
    whole
        What stands on the page, drawn from all sources.
    things
        What the figure shows, in the plural: "estimates".
    subject
        What a text that counts would have to speak of: "the emir's men".

    Returns
    -------
    dict
        ``choices``: by policy ``said`` (how much of the figure is left) and ``why`` (the policy's rationale); unless
        nothing is left also ``figure``, the place of its figure in ``figures``, None for the page's own, and
        ``rows``, the places of the head and the rows of its table in ``rows``. ``figures``: plotly JSON, wide and
        narrow height. ``rows``: HTML and CSV of each different row.
    """
    own = spec(whole)
    figures: dict[str, int] = {}
    rows: dict[tuple[str, str], int] = {}
    found = {}
    for policy, choice in choices.iterrows():
        drawing = draw(campaign.under(policy))
        entry = {"said": said(choice["label"], drawing, whole, things, subject), "why": choice["rationale"]}
        if drawing is not None:
            text = spec(drawing)
            entry["figure"] = None if text == own else figures.setdefault(text, len(figures))
            entry["rows"] = [rows.setdefault(row, len(rows)) for row in table_rows(drawing.table)]
        found[policy] = entry
    return {"choices": found, "figures": [json.loads(text) for text in figures], "rows": list(rows)}


def spec(drawing: Drawing) -> str:
    """Return a figure as the page's script draws it, with its heights, as JSON."""
    wide, narrow = markup.heights(drawing.figure)
    return f'{{"spec":{markup.figure_json(drawing.figure)},"wide":{wide},"narrow":{narrow}}}'


def said(label: str, drawing: Drawing | None, whole: Drawing, things: str, subject: str) -> str:
    """Return in words what a choice of sources leaves of a figure."""
    if drawing is None:
        return f"{label}: no text of this choice speaks of {subject}."
    kept, new, number = len(drawing.shown & whole.shown), len(drawing.shown - whole.shown), len(whole.shown)
    left = f"all {number:,}" if kept == number else f"{kept:,} of {number:,}"
    # Where days move or nobody tells the end of a tie, something can be drawn that is not there with all sources.
    more = f", and {new:,} {'other comes' if new == 1 else 'others come'} in" if new else ""
    return f"{label}: {left} {things} remain{more}."


def table_rows(frame: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """Yield the head and each row of a table as HTML and as a line of CSV."""
    frame = markup.tidy(frame)
    records = csv.reader(io.StringIO(markup.csv_text(frame)))
    for html, record in zip(markup.rows_html(frame), records, strict=True):
        line = io.StringIO()
        csv.writer(line, lineterminator="\n").writerow(record)
        yield html, line.getvalue()


def another(draw: partial[Drawing | None], choices: pd.DataFrame) -> str:
    """Return in Markdown how a figure is drawn under another choice, for notebooks outside the book."""
    known = ", ".join(f"`{policy}`" for policy in choices.index)
    given = "".join(f", {name}=…" for name in draw.keywords)
    called = f"drawing.{draw.func.__name__}(campaign.under(POLICY){given})"
    return (
        f"This is the figure with all sources. `{called}` draws another, or is None where there is nothing to draw;"
        f" `POLICY` is one of {known}."
    )


def selector_html(choices: pd.DataFrame, name: str) -> str:
    """Return the selector of a figure and where its answers stand: hidden until the script is there."""
    groups = "".join(
        f'<optgroup label="{escape(kind.capitalize())}">{"".join(map(_option, group.index, group["label"]))}</optgroup>'
        for kind, group in choices.groupby("kind", sort=False)
    )
    return (
        f'<div class="figure-believe" data-figure="{name}"><label hidden><span>Believe</span> '
        f'<select autocomplete="off">{_option(ALL, "All sources")}{groups}</select></label>'
        f'<p class="believe-said" role="status"></p><p class="believe-why" hidden></p>'
        f'<p class="believe-note" hidden>{NOTE}</p></div>'
    )


def _option(policy: str, label: str) -> str:
    return f'<option value="{escape(policy)}">{escape(label)}</option>'


def data_html(data: dict[str, Any], name: str) -> str:
    """Return what `stored` gives as it stands in the output of a chapter, until `moved` takes it out."""
    return f'<script type="application/json" data-by-policy="{name}">{script_json(data)}</script>'


def moved(body: str, page: str) -> tuple[str, dict[str, str]]:
    """Return the HTML of a page without what it carries for its selectors, and the scripts that hold it now.

    Parameters
    ----------
    page
        Name of the page, without folder and suffix.

    Returns
    -------
    tuple
        The HTML, and the scripts by file name; they stand in the folder of the page.
    """
    scripts = {file_name(page, name): f'bookByPolicy("{name}",{text});\n' for name, text in _STORED.findall(body)}
    body = _STORED.sub("", body)
    place = r'(<div class="figure-believe" data-figure="([^"]+)")'
    return re.sub(place, lambda found: f'{found[1]} data-script="{file_name(page, found[2])}"', body), scripts


def file_name(page: str, name: str) -> str:
    """Return the name of the script that holds what a figure is under each choice.

    >>> file_name("forces", "emir-men")
    'forces-emir-men.js'
    """
    return f"{page}-{name}.js"


def setup(app: Any) -> dict[str, Any]:
    """Connect what writes the scripts and loads the page's own."""
    app.connect("html-page-context", _move, priority=700)  # before the pictures, so that they read less
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _move(app: Any, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    body = context.get("body") or ""
    if doctree is None or 'class="figure-believe"' not in body:
        return
    folder, _, page = pagename.rpartition("/")
    context["body"], scripts = moved(body, page)
    if app.builder.name != "html":  # on paper nobody chooses
        context["body"] = _SELECTOR.sub("", context["body"])
        return
    for name, text in scripts.items():
        target = Path(app.outdir) / folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    app.add_css_file("book/by-policy.css")
    app.add_js_file("book/by-policy.js", loading_method="defer")
