"""What a build keeps holds as long as all that it was made from has the same content."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers.book import fresh


@pytest.fixture
def book(tmp_path: Path) -> Path:
    for name in ("index.md", "data/events.csv", "src/helpers/tables.py", "assets/book.css", "requirements.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("first", "utf-8")
    return tmp_path


def test_something_is_made_once_for_a_key_and_then_kept(book: Path) -> None:
    made = []
    for key in ("a", "a", "b", "a"):
        assert fresh.cached(book, "thing", key, lambda key=key: made.append(key) or {"made": key}) == {"made": key}
    assert made == ["a", "b", "a"], "the latest alone is kept"


def test_what_raises_is_not_kept(book: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        fresh.cached(book, "thing", "a", lambda: 1 / 0)
    assert fresh.cached(book, "thing", "a", lambda: 2) == 2


@pytest.mark.parametrize("content", ["", "{}", "[", '{"key": "a"}', "[1]", "\udcff"])
def test_a_damaged_file_counts_as_none(book: Path, content: str) -> None:
    fresh.write(book, "thing", "a", 1)
    (book / fresh.STORE / "thing.json").write_bytes(content.encode("utf-8", "surrogateescape"))
    assert fresh.read(book, "thing", "a") is None
    assert fresh.cached(book, "thing", "a", lambda: 2) == 2


def changed(name: str) -> Callable[[Path], object]:
    def change(book: Path) -> None:
        (book / name).parent.mkdir(parents=True, exist_ok=True)
        (book / name).write_text("changed", "utf-8")

    return change


@pytest.mark.parametrize("name", ["data/events.csv", "src/helpers/new.py", "requirements.txt", "assets/book.css"])
def test_data_code_versions_and_look_make_every_page_stale(book: Path, name: str) -> None:
    before = fresh.pages_key(book)
    changed(name)(book)
    assert fresh.pages_key(book) != before


@pytest.mark.parametrize("name", ["src/helpers/__pycache__/a.pyc", "src/b.egg-info/PKG-INFO", "data/.hidden"])
def test_what_tools_leave_behind_makes_nothing_stale(book: Path, name: str) -> None:
    before = fresh.pages_key(book), fresh.everything(book)
    changed(name)(book)
    assert (fresh.pages_key(book), fresh.everything(book)) == before


@pytest.mark.parametrize("name", ["index.md", "_config.yml", "benchmarks/a.json", "chapters/a.ipynb"])
def test_a_book_is_made_from_every_file_in_its_folder(book: Path, name: str) -> None:
    before = fresh.everything(book), fresh.pages_key(book)
    changed(name)(book)
    assert fresh.everything(book) != before[0]
    assert fresh.pages_key(book) == before[1], "each page sees by itself whether its own text has changed"


@pytest.mark.parametrize("name", ["tests/test_a.py", ".git/index", "env/lib/a.py", "_build/html/index.html"])
def test_a_book_is_not_made_from_tests_environments_and_what_was_built(book: Path, name: str) -> None:
    changed("env/pyvenv.cfg")(book)
    before = fresh.everything(book)
    changed(name)(book)
    assert fresh.everything(book) == before


def test_a_file_put_back_with_its_older_date_is_what_it_was_and_not_what_it_was_meanwhile(book: Path) -> None:
    before = fresh.everything(book)
    shutil.copy2(book / "index.md", book.parent / "kept.md")
    (book / "index.md").write_text("SLIP", "utf-8")
    meanwhile = fresh.everything(book)
    shutil.copy2(book.parent / "kept.md", book / "index.md")
    assert fresh.everything(book) == before != meanwhile
    os.utime(book / "index.md")
    assert fresh.everything(book) == before, "a date alone changes nothing"
