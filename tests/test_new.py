"""A book on another conflict: whole or not at all, empty of the first one's history, and it builds as it stands."""

from __future__ import annotations

import csv
import html
import json
import re
from datetime import date
from pathlib import Path

import pytest
import yaml

import helpers
from helpers.book import build, fresh, new, verify
from helpers.book.places import CLONE, home_of
from helpers.check import check
from helpers.record import VARIABLE, described

ROOT = Path(__file__).parents[1]
DAY = date(2026, 11, 30)
OF_THE_FIRST = re.compile(
    r"bukhar|buxor|kolesov|khodzhaev|ayni|emir|soviet|turkestan|tashkent|kagan|jadid|russia|bolshev|1918|\bArk\b",
    re.IGNORECASE,
)


@pytest.fixture
def made(tmp_path: Path) -> Path:
    return new.make(tmp_path / "winter-war", title="The Winter War", created=DAY)


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_a_new_package_has_every_table_and_its_only_row_is_the_policy_that_believes_all(made, campaign):
    empty = helpers.load(made / "data")
    assert list(empty) == list(campaign)
    assert {name: len(empty[name]) for name in empty if len(empty[name])} == {"policies": 1}
    for name in empty:
        assert list(empty[name].columns) == list(campaign[name].columns), name
        assert (empty[name].dtypes == campaign[name].dtypes).all(), name
    assert empty.under("all").claims.empty


def test_a_new_package_is_clean_sealed_and_explained(made):
    assert check(made / "data") == []
    assert "# The Winter War" in (made / "data/README.md").read_text("utf-8")
    package = helpers.load(made / "data").package
    assert (package["name"], package["title"]) == ("winter-war", "The Winter War")
    assert package["created"] == "2026-11-30T00:00:00Z"


def test_nothing_of_the_first_conflict_is_left_in_it(made):
    told = [
        f"{path.relative_to(made)}:{number}: {line.strip()[:90]}"
        for path in files(made)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if OF_THE_FIRST.search(line)
    ]
    assert told == []


def test_every_word_of_the_template_was_put_in(made):
    assert [path for path in files(made) if re.search("@[A-Z]+@", path.read_text("utf-8"))] == []


def test_the_keys_and_the_rules_of_the_columns_are_those_of_the_first_book(made, campaign):
    package = helpers.load(made / "data").package
    for ours, first in zip(package["resources"], campaign.package["resources"], strict=True):
        for key in ("primaryKey", "foreignKeys", "missingValues"):
            assert ours["schema"].get(key) == first["schema"].get(key), (ours["name"], key)
        for column, model in zip(ours["schema"]["fields"], first["schema"]["fields"], strict=True):
            for key in ("type", "signs", "citations", "references"):
                assert column.get(key) == model.get(key), (ours["name"], column["name"], key)
            rules, theirs = column.get("constraints", {}), model.get("constraints", {})
            assert rules.get("required") == theirs.get("required")
            assert ("enum" in rules) == ("enum" in theirs)


def test_its_settings_are_those_of_the_first_book_but_for_names_and_places(made):
    ours, first = (yaml.safe_load((root / "_config.yml").read_text("utf-8")) for root in (made, ROOT))
    for settings in (ours, first):
        for key in ("title", "author", "copyright", "exclude_patterns"):
            del settings[key]
        settings["html"].pop("favicon", None)
        settings["sphinx"].pop("local_extensions", None)
        options = settings["sphinx"]["config"]
        for key in ("project", *(name for name in options if name.startswith(("autodoc_", "napoleon_")))):
            del options[key]
        for key in ("default_role", "toc_object_entries"):  # they too are for the page of functions, which it has not
            options.pop(key, None)
    assert ours == first


def test_a_folder_with_something_in_it_is_refused_and_left_as_it_was(tmp_path, capsys):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/notes.txt").write_text("mine")
    assert new.main([str(tmp_path / "mine")]) == 1
    assert "is not empty, and nothing is overwritten; give a folder that does not exist yet" in capsys.readouterr().err
    assert files(tmp_path) == [tmp_path / "mine/notes.txt"]
    assert (tmp_path / "mine/notes.txt").read_text() == "mine"


def test_an_empty_folder_is_filled(tmp_path):
    (tmp_path / "here").mkdir()
    assert (new.make(tmp_path / "here") / "data/claims.csv").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["here"]


@pytest.mark.parametrize(
    ("folder", "title", "error", "told"),
    [
        ("file.txt", "", FileExistsError, "is a file"),
        ("gone/book", "", FileNotFoundError, "make it first"),
        ("книга", "", ValueError, "no letter a to z and no digit"),
        ("book", "The {{ War }}", ValueError, "has two braces together"),
        ("book", "   ", ValueError, "the title is blank"),
        ("book", "The War\n# Another", ValueError, "a line break or another character that does not show"),
        ("book", "The\u2028War", ValueError, "a line break or another character that does not show"),
        ("book", "The\x1bWar", ValueError, "a line break or another character that does not show"),
    ],
)
def test_what_cannot_be_made_says_why_and_leaves_nothing(tmp_path, folder, title, error, told):
    (tmp_path / "file.txt").write_text("x")
    with pytest.raises(error, match=told):
        new.make(tmp_path / folder, title=title)
    assert files(tmp_path) == [tmp_path / "file.txt"]


def test_a_new_book_that_is_interrupted_leaves_nothing(tmp_path, monkeypatch):
    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(new, "sealed", stopped)
    with pytest.raises(KeyboardInterrupt):
        new.make(tmp_path / "half")
    assert list(tmp_path.iterdir()) == []


def test_the_title_comes_from_the_folder_where_none_is_given(tmp_path, capsys):
    assert new.main([str(tmp_path / "war_of_the_roses")]) == 0
    assert "python -m helpers build" in capsys.readouterr().out
    assert helpers.load(tmp_path / "war_of_the_roses/data").package["title"] == "War of the roses"


def test_the_new_book_builds_from_anywhere_with_its_own_data(made, monkeypatch, capfd):
    monkeypatch.setenv("BOOK_CHROMIUM", "none")
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.chdir(ROOT)
    assert build.main([str(made)]) == 0, capfd.readouterr().err
    assert verify.faults(made) == []
    page = (made / "_build/html/chapters/question.html").read_text("utf-8")
    assert "So far they hold" in page
    assert 'action="../search.html"' in page  # the page is the clone's
    assert (made / "_build/html/_static/book/book.css").is_file()
    assert "First side" not in page
    themes = json.loads(
        (made / "_build/.static/book/figure-themes.js").read_text("utf-8").partition("=")[2].strip().rstrip(";")
    )
    looks = described(helpers.load(made / "data").package, "actors", "side")["looks"]
    assert {look["colour"] for look in looks.values()} <= themes["dark"]["colours"].keys()


TITLES = {
    "The Winter War: a history": "The Winter War: a history",
    "World War 2": "World War 2",
    "War #1": r"War \#1",
    "1918": "1918",
    "yes": "yes",
    "Война и мир": "Война и мир",
    """The "War" 's { end } \\ <b>""": r"""The "War" 's \{ end \} \\ \<b\>""",
    "@YEAR@ & *a* | #": r"@YEAR@ \& \*a\* \| \#",
}


@pytest.mark.parametrize("title", TITLES)
def test_a_title_is_quoted_in_every_file_as_its_format_has_it(tmp_path, title):
    made = new.make(tmp_path / "book", title=title, created=DAY)
    settings = yaml.safe_load((made / "_config.yml").read_text("utf-8"))
    assert settings["title"] == settings["sphinx"]["config"]["project"] == title
    assert settings["author"] == f"The authors of {title}"
    assert json.loads((made / "data/datapackage.json").read_text("utf-8"))["title"] == title
    for name in ("index.md", "README.md"):
        assert (made / name).read_text("utf-8").splitlines()[0] == f"# {TITLES[title]}"
    assert check(made / "data") == []


def test_a_book_with_marks_of_every_format_in_its_title_builds_and_shows_them(tmp_path, monkeypatch, capfd):
    monkeypatch.setenv("BOOK_CHROMIUM", "none")
    monkeypatch.delenv(VARIABLE, raising=False)
    title = """War #1: the {first} <b> & a half"""
    made = new.make(tmp_path / "book", title=title, created=DAY)
    assert build.main([str(made)]) == 0, capfd.readouterr().err
    page = (made / "_build/html/index.html").read_text("utf-8")
    heading = html.unescape(re.sub("<[^>]*>", "", re.search("<h1[^>]*>(.*?)</h1>", page, re.S)[1]))
    assert heading.strip().rstrip("#").strip() == title
    assert "<b>" not in page


def test_what_a_book_does_not_bring_is_the_clones(made):
    assert home_of(made, "assets/static") == CLONE / "assets/static"
    assert home_of(made, "data") == made / "data"


def test_a_change_of_the_shared_code_makes_the_pages_of_a_second_book_stale(made, monkeypatch, tmp_path):
    clone = tmp_path / "clone"
    (clone / "src").mkdir(parents=True)
    monkeypatch.setattr("helpers.book.places.CLONE", clone)
    (clone / "src/a.py").write_text("X = 1")
    before = fresh.digest(made)
    assert fresh.digest(made) == before
    (clone / "src/a.py").write_text("X = 2")
    assert fresh.digest(made) != before


def test_the_readme_names_every_word_list_that_is_to_be_renamed(made):
    readme = (made / "README.md").read_text("utf-8")
    package = helpers.load(made / "data").package
    to_rename = {
        f"{resource['name']}.{field['name']}"
        for resource in package["resources"]
        for field in resource["schema"]["fields"]
        if any("rename it" in meaning for meaning in field.get("definitions", {}).values())
    }
    assert to_rename
    assert [column for column in sorted(to_rename) if f"`{column}`" not in readme] == []


def test_the_function_that_the_readme_shows_runs_and_can_fail(made, tmp_path):
    code = re.search(r"```python\n(.*?)```", (made / "README.md").read_text("utf-8"), re.S)[1]
    (made / "findings").mkdir()
    (made / "findings/question.py").write_text(code, "utf-8")
    with open(made / "data/findings.csv", "a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow(
            ["counted", "question", "Several texts.", "inferred", "", "", "several_texts_count_the_dead", ""]
        )
    campaign = helpers.load(made / "data")
    assert helpers.findings.ask(campaign, campaign.findings.iloc[0]).holds is False
