"""What is put into the back matter when its pages are written."""

from __future__ import annotations

from pathlib import Path

import pytest
from docutils import nodes
from docutils.core import publish_doctree

from helpers.book import late
from helpers.book.colophon import Commit
from helpers.book.results import RESULTS, ResultError, ResultTable, write


def test_the_prose_of_a_page_is_its_paragraphs_and_headings_and_not_its_code() -> None:
    doctree = publish_doctree("Kolesov\n=======\n\nUtkin went.\n\n- Aliev too\n\n::\n\n    Kishishev = 1\n")
    doctree += nodes.raw("", "<p>Agapov</p>", format="html")
    text = late.prose(doctree)
    assert all(name in text for name in ("Kolesov", "Utkin", "Aliev"))
    assert "Kishishev" not in text
    assert "Agapov" not in text


def test_the_times_of_the_chapters_are_summed_and_an_unknown_one_stays_unknown() -> None:
    html = late.runs_html({"How many men?": 2.26, "Which day was it?": 5.0, "Glossary": None})
    assert ">2.3<" in html
    assert ">–<" in html
    assert ">7.3<" in html


def test_a_commit_is_named_with_its_day_and_with_what_was_not_committed() -> None:
    clean = late.commit_html(Commit("a" * 40, "2026-11-25", changed=False))
    assert clean == f"<p>This copy was built from commit <code>{'a' * 12}</code> of 2026-11-25.</p>"
    assert "not committed" in late.commit_html(Commit("a" * 40, "2026-11-25", changed=True))


def test_without_a_commit_none_is_made_up() -> None:
    assert "not known" in late.commit_html(None)


def test_every_table_of_results_is_printed_with_its_day_and_command(tmp_path: Path) -> None:
    rows = [{"case": "cold", "seconds": 12.1}, {"case": "warm", "seconds": None}]
    write(tmp_path / RESULTS / "build.json", [ResultTable("Building <fast>", "2026-11-25, here", rows, "make bench")])
    html = late.benchmarks_html(tmp_path)
    assert "<caption>Building &lt;fast&gt;</caption>" in html
    assert "Measured on 2026-11-25, here; again with <code>make bench</code>." in html
    assert ">–<" in html


def test_without_results_the_page_says_so(tmp_path: Path) -> None:
    assert "No results" in late.benchmarks_html(tmp_path)


def test_a_file_of_results_that_cannot_be_read_stops_the_build(tmp_path: Path) -> None:
    (tmp_path / RESULTS).mkdir(parents=True)
    (tmp_path / RESULTS / "build.json").write_text("{}", "utf-8")
    with pytest.raises(ResultError, match=r"build\.json"):
        late.benchmarks_html(tmp_path)


def test_an_entry_that_no_chapter_names_says_nothing() -> None:
    assert late._named_in([]) == ""
    assert late._named_in(['<a href="a.html">A?</a>']) == ' Named in: <a href="a.html">A?</a>.'
