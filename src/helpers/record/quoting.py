"""Text of a data package in other languages: one function for each, so that a cell stays text wherever it is put.

For HTML, in texts and in attributes between double quotes, it is `html.escape` of the standard library; for CSV its
module `csv`, for XML `xml.etree`. Values reach SQL as parameters and never as text.
"""

from __future__ import annotations

import json
import re
from html import escape
from typing import Any

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
"""What may be the name of a package, a table or a column."""
FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
"""What may be the name of a file in a folder that is written: no path, so that it stays there."""
_WEB = re.compile(r"https?://[^\s\\/?#\x00-\x1f][^\s\\\x00-\x1f]*", re.IGNORECASE)
_OTHER_TAG = re.compile(r"<(?!/?(?:b|i|br|em|strong|sub|sup|extra)>)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")


def script_json(data: Any) -> str:
    r"""Return data as JSON that can stand in a script element of a page, and in a script.

    A less-than sign is written as its code, since a text with ``</script>`` or ``<!--`` would end the element or
    change how it is read.

    >>> script_json({"title": "</script><!--"})
    '{"title":"\\u003c/script>\\u003c!--"}'
    """
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def is_web_address(text: str) -> bool:
    """Return whether a text is an address that a page may link to: of the web, and so never a script.

    >>> is_web_address("https://example.org/a"), is_web_address("javascript:alert(1)"), is_web_address("//a.b")
    (True, False, False)
    """
    return _WEB.fullmatch(text) is not None


def link(address: str, text: str, *, label: str = "") -> str:
    """Return a link as HTML; the text alone if the address is none of the web.

    Parameters
    ----------
    label
        What a screen reader says instead of the text.

    >>> link("https://example.org/?a&b", "A & B")
    '<a href="https://example.org/?a&amp;b">A &amp; B</a>'
    >>> link("javascript:alert(1)", "here")
    'here'
    """
    if not is_web_address(address):
        return escape(text)
    said = f' aria-label="{escape(label)}"' if label else ""
    return f'<a href="{escape(address)}"{said}>{escape(text)}</a>'


def figure_text(value: Any) -> Any:
    """Return what plotly is given with its texts made safe, through all lists and mappings.

    plotly reads tags in a text, among them links and styles that load something. The plain tags of emphasis and of
    line breaks stay; the sign that begins any other is shown as a sign.

    >>> figure_text({"text": ["<b>Kagan</b>", '<a href="https://example.org">x</a>']})
    {'text': ['<b>Kagan</b>', '&lt;a href="https://example.org">x&lt;/a>']}
    """
    match value:
        case str():
            return _OTHER_TAG.sub("&lt;", value)
        case dict():
            return {key: figure_text(part) for key, part in value.items()}
        case list() | tuple():
            return [figure_text(part) for part in value]
    return value


def sql_name(name: str) -> str:
    """Return the name of a table or a column as SQL, a word of the language such as ``group`` too.

    >>> sql_name('group'), sql_name('a"b')
    ('"group"', '"a""b"')
    """
    return '"' + name.replace("\0", "").replace('"', '""') + '"'


def sql_comment(text: str) -> str:
    r"""Return a text as what stands behind ``--`` in SQL: on one line, which ends the comment.

    >>> sql_comment("what\nit); DROP TABLE events; --")
    'what it); DROP TABLE events; --'
    """
    return _CONTROL.sub(" ", text)


def markdown_cell(text: str) -> str:
    r"""Return a text as it stands in one cell of a table in Markdown.

    >>> markdown_cell("a | b\nc")
    'a \\| b c'
    """
    return _CONTROL.sub(" ", text).replace("|", "\\|")


def file_name(name: str) -> str:
    """Return the name of a file, if it is no path.

    Raises
    ------
    ValueError
        If a file of that name would lie somewhere else, or could not be written on some system.

    >>> file_name("../events.csv")
    Traceback (most recent call last):
        ...
    ValueError: '../events.csv' is no name of a file; write letters, digits, ., _ and - only in datapackage.json
    """
    if not FILE.fullmatch(name):
        raise ValueError(f"{name!r} is no name of a file; write letters, digits, ., _ and - only in datapackage.json")
    return name
