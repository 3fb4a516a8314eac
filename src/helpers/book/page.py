"""What a chapter calls to put something on the page.

`show` a figure, `table` a table, `glue` a formatted string for the prose; and the words for numbers and
days. While the book is built (``BOOK_BUILD=1``) `show` writes the book's own HTML; in JupyterLab, VS Code and
Colab the same call shows the ordinary plotly figure and its caption.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd
import plotly.graph_objects as go
from IPython.display import Markdown, display

from helpers.book import by_policy, markup
from helpers.record import Campaign
from helpers.record.wording import (
    about,
    at_least,
    at_most,
    day,
    days,
    estimate,
    fewer_than,
    more_than,
    number,
    span,
    told,
)

if TYPE_CHECKING:
    from helpers.figures.style import Drawing

__all__ = [
    "about",
    "at_least",
    "at_most",
    "day",
    "days",
    "estimate",
    "fewer_than",
    "glue",
    "glue_rows",
    "more_than",
    "number",
    "show",
    "show_by_policy",
    "span",
    "table",
]

DRAWABLE = frozenset({"scatter", "bar", "pie"})
"""Trace types in the plotly script that the book carries (`assets/static/book/plotly-basic.min.js`)."""

_NAME = re.compile(r"[a-z][a-z0-9_-]*")
_GLUE_PREFIX = "application/papermill.record/"
_used: set[tuple[str, str]] = set()


def show(figure: go.Figure, *, name: str, caption: str, alt: str, table: pd.DataFrame, headline: str = "") -> None:
    """Put a figure on the page with its caption and the data behind it.

    Parameters
    ----------
    figure
        Drawn from the traces in `DRAWABLE`, without a fixed width.
    name
        Lower case, unique on the page. ``[](#fig-NAME)`` in the prose links to the figure as "Figure 2".
    caption
        What the figure says, in a sentence or two of plain text.
    alt
        The finding for those who do not see the figure.
    table
        The tidy data behind the figure; shown folded, with a download as ``NAME.csv``.
    headline
        What the figure says in one sentence that a reader can repeat; it stands above the figure.

    Raises
    ------
    ValueError
        If one of them is empty, the name is used already, or the page could not draw the figure.

    >>> table = pd.DataFrame({"men": [500]})
    >>> show(go.Figure(go.Bar(y=table["men"])), name="men", caption="", alt="One bar.", table=table)
    Traceback (most recent call last):
        ...
    ValueError: the caption of figure 'men' is empty: say what the figure shows
    """
    _show(figure, name=name, caption=caption, alt=alt, table=table, headline=headline)


def show_by_policy(
    draw: Callable[..., Drawing | None],
    campaign: Campaign,
    *,
    name: str,
    caption: str,
    alt: str,
    things: str,
    subject: str,
    given: Mapping[str, Any] | None = None,
    under: Callable[..., Drawing | None] | None = None,
    policies: Collection[str] | None = None,
) -> None:
    """Put a figure on the page whose reader can choose which sources count.

    What each choice draws is computed here, once; the page keeps it in a script of its own, which is loaded when
    the reader chooses. In a notebook outside the book the figure of all sources stands, and how to draw another.

    Parameters
    ----------
    draw
        Takes a campaign and returns what it draws, None where there is nothing (see `helpers.figures.style.Draw`).
    campaign
        With all sources.
    name, caption, alt
        As for `show`.
    things
        What the figure shows, in the plural, for "4 of 11 *estimates* remain".
    subject
        What the figure is about, for "no text of this choice speaks of *the emir's men*".
    given
        Keywords that `draw` and `under` need beside the campaign, the same under every choice.
    under
        What draws it under a choice, where that is not `draw`.
    policies
        Names of the policies on offer; without them those of ``data/policies.csv``.

    Raises
    ------
    ValueError
        As for `show`; if there is no such policy, or nothing to draw with all sources.

    >>> from helpers.figures import alliances
    >>> words = {"caption": "Days.", "alt": "Days.", "things": "events", "subject": ""}
    >>> show_by_policy(alliances.phases, campaign, name="days", **words)
    Traceback (most recent call last):
        ...
    ValueError: the subject of figure 'days' is empty: say what it is about
    """
    _check_text(things, f"the word for things of figure {name!r}", "say what it shows, in the plural")
    _check_text(subject, f"the subject of figure {name!r}", "say what it is about")
    choices = by_policy.offered(campaign, policies)
    one, other = (partial(function, **(given or {})) for function in (draw, under or draw))
    whole = one(campaign)
    if whole is None:
        raise ValueError(f"figure {name!r}: no text speaks of {subject}, even with all sources; leave the figure out")
    if not _building():
        _show(whole.figure, name=name, caption=caption, alt=alt, table=whole.table)
        display(Markdown(by_policy.another(other, choices)))
        return
    data = by_policy.stored(other, campaign, choices, whole, things=things, subject=subject)
    extra = by_policy.selector_html(choices, name) + by_policy.data_html(data, name)
    _show(whole.figure, name=name, caption=caption, alt=alt, table=whole.table, selector=extra)


def _show(
    figure: go.Figure,
    *,
    name: str,
    caption: str,
    alt: str,
    table: pd.DataFrame,
    selector: str = "",
    headline: str = "",
) -> None:
    _check_name(name, "figure")
    _check_text(caption, f"the caption of figure {name!r}", "say what the figure shows")
    _check_text(alt, f"the alt text of figure {name!r}", "state the finding for those who do not see it")
    if not isinstance(table, pd.DataFrame) or table.empty:
        raise ValueError(f"the table of figure {name!r} is empty: give the tidy data behind the figure")
    _check_figure(figure, name)
    if not _building():
        figure.update_layout(template="book")
        display(*([Markdown(f"**{headline}**")] if headline else []), figure, Markdown(caption))
        return
    words = {"caption": caption, "alt": alt, "headline": headline}
    html = markup.figure_html(figure, name=name, table=table, selector=selector, **words)
    display({"text/html": html, "text/plain": alt}, raw=True)


def table(frame: pd.DataFrame, *, caption: str, columns: Mapping[str, str] | None = None, css: str = "") -> None:
    """Put a table on the page, with a caption and headings, scrolling inside itself where it is too wide.

    Parameters
    ----------
    columns
        Headings for columns whose names do not read well; others lose their underscores.
    css
        Further CSS classes.

    >>> table(pd.DataFrame(), caption="Men by source")
    Traceback (most recent call last):
        ...
    ValueError: the table 'Men by source' has no rows: leave it out or mend the selection
    """
    _check_text(caption, "the caption of a table", "say what its rows are")
    if frame.empty:
        raise ValueError(f"the table {caption!r} has no rows: leave it out or mend the selection")
    html = markup.table_html(frame, caption=caption, columns=columns, css=f"book-table {css}".strip())
    display({"text/html": html, "text/plain": caption}, raw=True)


def glue(name: str, text: str) -> None:
    """Make a formatted string available to the prose as ``{glue:text}`NAME```.

    Only strings: how a number is written is decided here, in the cell, and not by the role.

    >>> glue("men", 500)
    Traceback (most recent call last):
        ...
    ValueError: glue 'men' got int 500: format it first, for instance number(500)
    """
    if not isinstance(text, str):
        raise ValueError(
            f"glue {name!r} got {type(text).__name__} {text!r}: format it first, for instance number({text!r})"
        )
    _check_text(text, f"glue {name!r}", "give the words that stand in the prose")
    _check_name(name, "glue")
    # What myst_nb.glue writes, without its import, which costs every kernel half a second.
    metadata = {"scrapbook": {"name": name, "mime_prefix": _GLUE_PREFIX}}
    # Quoted, because the role reads the words as a Python value: "6,000" bare would be the pair (6, 0).
    display({f"{_GLUE_PREFIX}text/plain": repr(text)}, raw=True, metadata=metadata)


def glue_rows(campaign: Campaign, **places: str) -> None:
    """Glue what rows of the tables say, each under a name (an underscore in it becomes a hyphen).

    Parameters
    ----------
    campaign
        The whole data package.
    **places
        Name to a place as `helpers.wording.told` reads it: ``delegates="forces/delegation_size"``.
    """
    for name, place in places.items():
        glue(name.replace("_", "-"), told(campaign, place))


def _building() -> bool:
    return os.environ.get("BOOK_BUILD") == "1"


def _check_name(name: str, kind: str) -> None:
    if not _NAME.fullmatch(name):
        raise ValueError(f"{kind} name {name!r}: use lower-case letters, digits, - and _, beginning with a letter")
    # A cell that is run again by hand repeats its names; a build runs each cell once.
    if _building() and (kind, name) in _used:
        raise ValueError(f"{kind} name {name!r} is used twice on this page: rename one of them")
    _used.add((kind, name))


def _check_text(text: str, what: str, mend: str) -> None:
    if not isinstance(text, str) or not text.strip():
        raise ValueError(f"{what} is empty: {mend}")


def _check_figure(figure: go.Figure, name: str) -> None:
    if not figure.data:
        raise ValueError(f"figure {name!r} has no traces: add the marks that carry its data")
    strangers = {trace.type for trace in figure.data} - DRAWABLE
    if strangers:
        raise ValueError(
            f"figure {name!r} uses {', '.join(sorted(strangers))}; the page draws only"
            f" {', '.join(sorted(DRAWABLE))} (a matrix: scatter with square markers)"
        )
    if figure.layout.sliders or figure.layout.updatemenus:
        raise ValueError(f"figure {name!r} has a slider or a menu: draw its steps side by side, as on paper")
    if figure.layout.width is not None:
        raise ValueError(f"figure {name!r} sets a width: remove it, the page gives the width")
