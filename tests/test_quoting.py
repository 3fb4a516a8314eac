"""A text from a package stays text in whatever language it is written into."""

from __future__ import annotations

import json
import re
import sqlite3
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.record import quoting

ROOT = Path(__file__).parents[1]
ENDS = ["</script>", "</SCRIPT ", "<!--", "-->", "]]>", "<script", "{{7*7}}", "\u2028", "&lt;", "'", '"', "\\", "\n"]
hostile = st.lists(st.one_of(st.sampled_from(ENDS), st.text(max_size=4)), max_size=6).map("".join)


class Seen(HTMLParser):
    """The elements of a piece of HTML, with their attributes, and its text outside scripts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@given(st.dictionaries(hostile, st.lists(hostile)))
def test_json_in_a_script_element_neither_ends_it_nor_loses_a_letter(data) -> None:
    text = quoting.script_json(data)
    assert json.loads(text) == data
    assert "<" not in text
    assert Seen(f'<script type="application/json">{text}</script><p>').elements[1:] == [("p", {})]


def test_json_is_written_into_pages_by_one_function() -> None:
    for path in (ROOT / "src/helpers").rglob("*.py"):
        if path.name != "quoting.py":
            assert "\\u003c" not in path.read_text("utf-8"), path


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:msgbox(1)",
        "file:///etc/passwd",
        "//example.org",
        "/etc",
        "#top",
        "http:/example.org",
        "https:///example.org",
        "https://example.org/ javascript:alert(1)",
        "https://example.org\njavascript:alert(1)",
        "http:\\\\example.org",
        "ftp://example.org",
        "",
    ],
)
def test_what_is_no_address_of_the_web_is_never_a_link(address: str) -> None:
    assert Seen(quoting.link(address, "here")).elements == []


@given(hostile, hostile, hostile)
def test_a_link_has_its_address_its_words_and_nothing_else(path: str, text: str, label: str) -> None:
    address = "https://example.org/" + re.sub(r"[\s\\\x00-\x1f]", "", path)
    seen = Seen(quoting.link(address, text, label=label))
    assert [tag for tag, _ in seen.elements] == ["a"]
    assert seen.elements[0][1] == {"href": address, **({"aria-label": label} if label else {})}


@pytest.mark.parametrize(
    "text",
    [
        '<a href="https://example.org">x</a>',
        '<span style="mask:url(https://example.org/x)">x</span>',
        "<b onclick=x>",
        "<svg/onload=x>",
        "<img src=x>",
        "< b>",
        "5 < 6",
    ],
)
def test_a_figure_has_no_tag_with_an_attribute(text: str) -> None:
    assert "<" not in re.sub("</?b>", "", quoting.figure_text(text))
    assert quoting.figure_text({"data": [{"text": (text, 1)}]})["data"][0]["text"] == [quoting.figure_text(text), 1]


def test_emphasis_and_line_breaks_of_a_figure_stay() -> None:
    text = "<b>1 March</b><br><i>no day</i><sup>2</sup>%{y}<extra></extra>"
    assert quoting.figure_text(text) == text


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=8), hostile)
def test_a_name_and_a_comment_in_sql_say_nothing_but_themselves(name: str, comment: str) -> None:
    name = name.replace("\0", "")
    with sqlite3.connect(":memory:") as base:
        base.execute(
            f"CREATE TABLE {quoting.sql_name('t' + name)} (\n -- {quoting.sql_comment(comment)}\n"
            f" {quoting.sql_name('c' + name)} TEXT)"
        )
        made = base.execute("SELECT name FROM sqlite_master").fetchall()
        columns = [row[0] for row in base.execute(f"SELECT * FROM {quoting.sql_name('t' + name)}").description]
    assert made == [("t" + name,)]
    assert columns == ["c" + name]


@pytest.mark.parametrize(
    "name", ["../a.csv", "/etc/passwd", "a/b.csv", "..", ".", ".git", "C:\\a", "a\0", "", "-rf", "a b"]
)
def test_a_path_is_no_name_of_a_file(name: str) -> None:
    with pytest.raises(ValueError, match="is no name of a file; write letters"):
        quoting.file_name(name)


def test_a_cell_of_markdown_is_one_line_and_one_cell() -> None:
    assert quoting.markdown_cell("a\r\n| b\u2028c") == "a \\| b c"
