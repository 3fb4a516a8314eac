"""HTML for figures and tables: plain strings, no request to anywhere, the same bytes on every build."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.io import to_json

from helpers.figures import style
from helpers.record.quoting import figure_text, script_json

MISSING = "–"
_URI_SAFE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~,;:/@!$()*+=")


def figure_html(
    figure: go.Figure, *, name: str, caption: str, alt: str, table: pd.DataFrame, selector: str = "", headline: str = ""
) -> str:
    """Return the figure's place on the page: alt text, plot, caption, and the folded table behind it.

    Screen readers get the alt text and the table; the plot itself, whose labels make no sense one
    after another, is hidden from them.

    Parameters
    ----------
    selector
        HTML that stands above the plot (`helpers.book.by_policy`).
    headline
        What the figure says, in one sentence; it stands above everything.
    """
    wide, narrow = heights(figure)
    rows = "1 row" if len(table) == 1 else f"{len(table):,} rows"
    body = table_html(table, label=f"Data of this figure: {caption}")
    told = any(trace.hoverinfo != "skip" for trace in figure.data)
    none = "" if told else ' data-none="true"'
    touch = f'<button type="button" class="figure-touch" hidden{none}>Point or touch for details</button>'
    above = f'<p class="figure-headline">{escape(headline)}</p>' if headline else ""
    return (
        f'<figure class="book-figure" id="fig-{name}">{above}<p class="book-alt">{escape(alt)}</p>{selector}'
        f'<div class="book-plot" aria-hidden="true" style="--height:{wide}px;--height-narrow:{narrow}px">'
        f'<script type="application/json">{figure_json(figure)}</script></div>'
        f'<div class="figure-tools">{touch}</div>'
        f'<figcaption><span class="figure-number"></span>{escape(caption)}</figcaption>'
        f'<details class="figure-data"><summary>The data behind this figure ({rows})</summary>'
        f'<p><a class="csv" download="{name}.csv" href="{csv_uri(table)}">Download {name}.csv</a></p>'
        f"{body}</details></figure>"
    )


def heights(figure: go.Figure) -> tuple[int, int]:
    """Return the pixels a figure needs on a wide and on a narrow screen."""
    wide = figure.layout.height or style.HEIGHT
    narrow = ((figure.layout.meta or {}).get("narrow") or {}).get("height", wide)
    return int(wide), int(narrow)


def figure_json(figure: go.Figure) -> str:
    """Return the figure as JSON for a script element, its texts without links and styles.

    The template stays out: the page's script puts the one for the current theme in its place.
    """
    spec = json.loads(to_json(figure, validate=False))
    spec["layout"].pop("template", None)
    spec["layout"]["height"] = heights(figure)[0]
    return script_json(figure_text(spec))


def table_html(
    frame: pd.DataFrame,
    *,
    label: str = "",
    caption: str = "",
    columns: Mapping[str, str] | None = None,
    css: str = "",
) -> str:
    """Return an accessible table that scrolls inside itself.

    A named index becomes the first column; an unnamed one is left out. The first column heads its row.
    """
    head, *body = rows_html(tidy(frame), columns=columns)
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    return (
        f'<div class="table-scroll {css}" role="region" tabindex="0" aria-label="{escape(label or caption)}">'
        f"<table>{title}<thead>{head}</thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def rows_html(frame: pd.DataFrame, *, columns: Mapping[str, str] | None = None) -> list[str]:
    """Return the head and the rows of a `tidy` table."""
    classes = [_css_class(dtype) for dtype in frame.dtypes]
    names = [(columns or {}).get(c, str(c).replace("_", " ")) for c in frame.columns]
    head = "".join(f'<th scope="col"{kind}>{escape(c)}</th>' for c, kind in zip(names, classes, strict=True))
    rows = (_row(frame.columns, row, classes) for row in frame.itertuples(index=False, name=None))
    return [f"<tr>{head}</tr>", *rows]


def tidy(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with a named index turned into columns and an unnamed one dropped."""
    named = any(name is not None for name in frame.index.names)
    return frame.reset_index() if named else frame.reset_index(drop=True)


def csv_uri(frame: pd.DataFrame) -> str:
    """Return the frame as a CSV in a ``data:`` address: works without a server and without a script."""
    text = csv_text(tidy(frame))
    quoted = "".join(c if c in _URI_SAFE or ord(c) > 127 else f"%{ord(c):02X}" for c in text)
    return f"data:text/csv;charset=utf-8,{quoted}"


def csv_text(frame: pd.DataFrame) -> str:
    """Return a `tidy` table as CSV."""
    return frame.to_csv(index=False, lineterminator="\n", date_format="%Y-%m-%d")


def cell_text(value: Any, *, column: str = "") -> str:
    """Return a value as the page prints it; a missing one as a dash."""
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(cell_text(item) for item in value)
    if pd.isna(value):
        return MISSING
    if isinstance(value, bool) or type(value).__name__ == "bool":
        return "yes" if value else "no"
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}" if value == value.normalize() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date | str):
        return str(value)
    return _number_text(value, plain="year" in str(column))


def _number_text(value: Any, *, plain: bool) -> str:
    try:
        whole = float(value).is_integer()
    except (TypeError, ValueError):
        return str(value)
    if whole:
        return f"{int(value)}" if plain else f"{int(value):,}"
    return f"{value:,.1f}" if abs(value) >= 100 else f"{value:.3g}"


def _row(columns: pd.Index, row: tuple[Any, ...], classes: list[str]) -> str:
    texts = [escape(cell_text(value, column=c)) for c, value in zip(columns, row, strict=True)]
    # A heading without words would announce nothing.
    first = f'<th scope="row"{classes[0]}>{texts[0]}</th>' if texts[0] else f"<td{classes[0]}></td>"
    rest = "".join(f"<td{kind}>{text}</td>" for text, kind in zip(texts[1:], classes[1:], strict=True))
    return f"<tr>{first}{rest}</tr>"


def _css_class(dtype: Any) -> str:
    if pd.api.types.is_datetime64_any_dtype(dtype):
        return ' class="date"'
    if pd.api.types.is_numeric_dtype(dtype) and not pd.api.types.is_bool_dtype(dtype):
        return ' class="num"'
    return ""
