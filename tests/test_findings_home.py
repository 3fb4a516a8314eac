"""Where the functions of a book's findings are looked for, and what is never taken for one."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path
from types import MappingProxyType

import pandas as pd
import pytest

import helpers
from helpers import findings
from helpers.check import check
from helpers.export import export
from helpers.record import Campaign

KOKAND = Path(__file__).parents[1] / "examples/kokand"
MARKER = "import pathlib\npathlib.Path({!r}).touch()\n\n\ndef yes(campaign):\n    return None\n"


def at_home(campaign: Campaign, home: str) -> Campaign:
    return dataclasses.replace(campaign, package=MappingProxyType({**campaign.package, "findings": home}))


def row(campaign: Campaign, **cells: str) -> pd.Series:
    return pd.Series({**campaign.findings.iloc[0], **cells})


@pytest.mark.parametrize(
    "test",
    ["re", "pd", "Finding", "import_module", "_fit", "__import__", "__name__", "HIJRI", "a.b", "", "os.system", "day"],
)
def test_what_a_module_imports_or_keeps_to_itself_is_no_finding(campaign, test: str) -> None:
    with pytest.raises(LookupError, match="has no function"):
        findings.ask(campaign, row(campaign, chapter="calendar", test=test))


@pytest.mark.parametrize(
    "home", ["os", "pickle", "helpers", "helpers.book.start", "numpy.findings", "", "findings", ".."]
)
def test_a_package_elsewhere_is_not_imported(campaign, home: str) -> None:
    with pytest.raises(LookupError, match=r"`findings` of datapackage\.json is .* write a package of `helpers`"):
        findings.ask(at_home(campaign, home), row(campaign, chapter="path", test="main"))


@pytest.mark.parametrize("chapter", ["../other", "a/b", "a.b", "", "__init__", "calendar\n"])
def test_a_chapter_is_a_name_and_no_path(campaign, chapter: str) -> None:
    with pytest.raises(LookupError, match="is no name of a chapter; mend `chapter`"):
        findings.ask(campaign, row(campaign, chapter=chapter, test="main"))


def test_a_chapter_without_a_module_is_told(campaign) -> None:
    with pytest.raises(LookupError, match=r"there is no module helpers\.bukhara\.findings\.moon; write"):
        findings.ask(campaign, row(campaign, chapter="moon", test="main"))


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    """A data package as a stranger sends it, with programs in it, beside it and elsewhere."""
    data = shutil.copytree(KOKAND / "data", tmp_path / "book/data")
    for folder in (data, data / "code", tmp_path / "book/findings", tmp_path / "elsewhere"):
        folder.mkdir(exist_ok=True)
        (folder / "camps.py").write_text(MARKER.format(str(tmp_path / "ran")))
    (tmp_path / "book/linked").symlink_to(tmp_path / "elsewhere")
    return data


@pytest.mark.parametrize("home", ["./", "code/", "../data/code", "../../elsewhere", "../linked", "{}/elsewhere"])
def test_code_in_the_data_or_outside_the_book_is_not_run(sent: Path, home: str) -> None:
    left = at_home(helpers.load(sent), home.format(sent.parents[1]))
    with pytest.raises(LookupError, match=r"`findings` of datapackage\.json"):
        findings.ask(left, row(left, chapter="camps", test="yes"))
    assert not (sent.parents[1] / "ran").exists()


def test_to_read_check_and_export_a_package_runs_no_code_that_lies_beside_it(sent: Path, tmp_path: Path) -> None:
    check(sent)
    export(helpers.load(sent), tmp_path / "out")
    assert not (tmp_path / "ran").exists()
    campaign = helpers.load(sent)
    findings.ask(campaign, row(campaign, chapter="camps", test="yes"))  # a book is a program, and this asks it
    assert (tmp_path / "ran").exists()


def test_every_finding_of_both_books_has_its_function(campaign) -> None:
    for book in (campaign, helpers.load(KOKAND / "data")):
        for _, finding in book.findings.iterrows():
            assert callable(findings._function(findings._module(book, finding["chapter"]), finding["test"]))
