"""The sentences of the book held against the findings: each fault names what to rewrite."""

import dataclasses
import shutil
from pathlib import Path

import nbformat
import pytest

from helpers.belief import policies
from helpers.book import ledger

ROOT = Path(__file__).parents[1]
KEY = "forces_apart"


@pytest.fixture
def book(tmp_path):
    for name in ("_toc.yml", "index.md"):
        shutil.copy(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "chapters", tmp_path / "chapters")
    return tmp_path


def rewrite(book, old, new):
    path = book / "chapters/forces.ipynb"
    notebook = nbformat.read(path, as_version=4)
    cell = next(c for c in notebook.cells if c.cell_type == "markdown" and old in c.source)
    cell.source = cell.source.replace(old, new, 1)
    nbformat.write(notebook, path)


def faults(book, campaign):
    return list(ledger.finding_faults(book, campaign, campaign.findings.loc[KEY]))


def test_the_book_has_no_fault(campaign):
    assert ledger.faults(ROOT, campaign) == []


def test_a_sentence_that_was_changed_in_the_chapter_is_named(book, campaign):
    rewrite(book, "The {term}`claims <claim>` on Kolesov's force run", "What is said of Kolesov's force runs")
    assert "the chapter no longer says “The claims on Kolesov's force run" in faults(book, campaign)[0]


def test_a_sentence_that_lost_its_marker_is_named_with_the_marker(book, campaign):
    rewrite(book, f"{{finding}}`{KEY}`", "")
    assert "no marker stands behind “The claims" in faults(book, campaign)[0]
    assert "{finding}`forces_apart`" in faults(book, campaign)[0]


def test_a_marker_behind_another_sentence_does_not_count(book, campaign):
    rewrite(book, f"{{finding}}`{KEY}`", f" So it is.{{finding}}`{KEY}`")
    assert "no marker stands behind" in faults(book, campaign)[0]


def test_a_marker_without_a_row_is_found(book, campaign):
    rewrite(book, f"{{finding}}`{KEY}`", f"{{finding}}`{KEY}`{{finding}}`no_such`")
    assert any("the marker 'no_such' has no row in findings.csv" in fault for fault in ledger.faults(book, campaign))


def test_a_number_typed_into_a_chapter_is_found(book, campaign):
    rewrite(book, "## The odds", "## The odds\n\nHe had 46 men.")
    assert any("'46' is typed into the prose" in fault for fault in ledger.faults(book, campaign))


def test_a_sentence_that_the_sources_no_longer_bear_is_named(campaign):
    claims = campaign.findings.loc[KEY, "claims_for"].split(";")
    left = policies.without_claims(campaign, *claims)
    assert "no longer let it be said" in faults(ROOT, left)[0]
    assert "rewrite “The claims on Kolesov's force" in faults(ROOT, left)[0]


def test_a_number_that_the_function_does_not_give_is_named(campaign):
    row = campaign.findings.loc[KEY].copy()
    row["sentence"] = row["sentence"].replace("{soviet-low}", "{moon}")
    assert any("gives no {moon}" in fault for fault in ledger.finding_faults(ROOT, campaign, row))


def test_a_chapter_that_prints_another_number_than_its_finding_is_named(campaign, monkeypatch):
    output = nbformat.v4.new_output(
        "display_data", {"text/plain": "'12'"}, metadata={"scrapbook": {"name": "soviet-low"}}
    )
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(outputs=[output])])
    monkeypatch.setattr(ledger, "_executed", lambda root: [(Path("chapters/forces.ipynb"), notebook)])
    only = dataclasses.replace(campaign, tables={**campaign.tables, "findings": campaign.findings.loc[[KEY]]})
    told = ledger.told_otherwise(ROOT, only)
    assert "{soviet-low} is glued as '12'" in told[0]
    assert "{soviet-high} is glued as None" in told[1]
