"""Jupyter Book that was begun early does what it is told, and nothing before."""

import io
import sys
from types import SimpleNamespace

import pytest

from helpers.book import begun, pictures


@pytest.fixture
def done(monkeypatch):
    did = []
    monkeypatch.setattr(pictures, "begin", lambda root: did.append(f"drawn for {root}"))
    packages = {"jupyter_book.cli.main": SimpleNamespace(main=lambda: did.append("built"))}
    monkeypatch.setattr(begun, "import_module", packages.get)
    monkeypatch.setattr(sys, "argv", ["begun", "build", "-q", "a-book"])
    return did


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("draw\nbuild\n", ["drawn for a-book", "built"]),
        ("build\n", ["built"]),
        ("", []),
    ],
)
def test_a_word_has_the_figures_drawn_and_another_the_book_built(words, expected, done, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO(words))
    begun.main()
    assert done == expected
