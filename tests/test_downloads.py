"""The data as files of the site: all of them, with the right sizes and checksums, and a way to report an error."""

import csv
import hashlib
import json
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup

from helpers.book import downloads, repository, tableview
from helpers.export import file_names


@pytest.fixture(scope="module")
def folder(campaign, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "data"
    downloads.write(campaign, folder)
    return folder


def test_every_table_every_export_and_what_explains_them_is_offered(campaign, folder):
    offered = {file.name for file in downloads.downloads(campaign, folder)}
    assert offered >= {f"{name}.csv" for name in campaign}
    assert offered >= set(file_names(campaign))
    assert {"datapackage.json", "references.bib", "README.md", "LICENSE"} <= offered
    assert {path.name for path in folder.iterdir() if path.is_file()} == offered | {downloads.CHECKSUMS}


def test_sizes_and_checksums_are_those_of_the_files(campaign, folder):
    soup = BeautifulSoup(downloads.listing_html(campaign, folder, "../"), "html.parser")
    rows = [[cell.get_text() for cell in row.select("th, td")] for row in soup.select("tbody tr")]
    for name, _, size, digest in rows:
        content = (folder / name).read_bytes()
        assert digest == hashlib.sha256(content).hexdigest()
        assert size == downloads.size(len(content))
    assert {link["href"] for link in soup.table.select("a")} == {f"../data/{row[0]}" for row in rows}
    assert campaign.package["version"] in soup.caption.get_text()


def test_the_list_of_checksums_is_one_that_sha256sum_reads(folder):
    for line in (folder / downloads.CHECKSUMS).read_text("utf-8").splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def test_the_script_of_a_table_holds_every_cell_as_it_stands_in_the_file(campaign, folder):
    text = (folder / downloads.PREVIEWS / "claims.js").read_text("utf-8")
    said = json.loads(text.removeprefix("bookTable(").removesuffix(");\n"))
    assert [row[0] for row in said["rows"]] == list(campaign.claims.index)
    assert list(said["columns"]) == ["id", *campaign.claims.columns]
    assert all(said["columns"].values())


def test_writing_again_takes_away_what_is_no_longer_there(campaign, folder):
    (folder / "old.csv").write_text("id\n")
    downloads.write(campaign, folder)
    assert not (folder / "old.csv").exists()


def test_a_table_shows_its_first_rows_where_no_script_runs(campaign, capsys, monkeypatch):
    shown = []
    monkeypatch.setattr(tableview, "display", lambda bundle, raw: shown.append(bundle["text/html"]))
    tableview.view(campaign, "places", ["name_then", "kind"])
    soup = BeautifulSoup(shown[0], "html.parser")
    assert len(soup.select("tbody tr")) == tableview.FIRST_ROWS
    assert soup.select_one("a")["href"] == "../data/places.csv"


# --- Where an error is reported -----------------------------------------------------------------------------


def test_where_the_repository_is_known_the_form_carries_the_row():
    html = downloads.report_html(repository.Repository("github.com", "someone/book"))
    form = unescape(BeautifulSoup(html, "html.parser").p["data-form"])
    row = "claims/x-y-z"
    address = urlsplit(form.replace("TABLE%2FID", row.replace("/", "%2F")))
    assert (address.netloc, address.path) == ("github.com", "/someone/book/issues/new")
    asked = parse_qs(address.query)
    assert row in asked["title"][0]
    assert row in asked["body"][0]


def test_where_it_is_not_known_no_address_is_made_up():
    html = downloads.report_html(None)
    assert "http" not in html
    assert "CONTRIBUTING.md" in html


@pytest.mark.browser
def test_a_search_finds_the_rows_that_hold_every_word(visit, campaign):
    page = visit("chapters/data").page
    page.get_by_role("searchbox", name="rows of claims").fill("KUTS machine")
    with open(campaign.path / "claims.csv", encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file) if all(word in " ".join(row).lower() for word in ("kuts", "machine"))]
    assert rows
    page.locator("#table-claims .table-count").filter(has_text=f"{len(rows)} of").wait_for()
    assert page.locator("#table-claims .table-open").all_inner_texts() == [row[0] for row in rows][:25]


@pytest.mark.browser
def test_a_link_to_a_row_opens_it_with_its_citation(visit, campaign):
    page = visit("chapters/data").page
    page.evaluate("location.hash = '#actors:kolesov'")
    row = page.locator("#table-actors .table-whole")
    row.wait_for()
    assert campaign.package["version"] in row.locator(".row-cite").inner_text()
    assert "Фёдор" in row.inner_text()


@pytest.mark.browser
def test_what_is_unknown_comes_last_whichever_way_a_column_is_sorted(visit):
    page = visit("chapters/data").page
    table = page.locator("#table-forces")
    for direction in ("ascending", "descending"):
        table.get_by_role("button", name="high", exact=True).click()
        table.locator(f"th[aria-sort={direction}]").wait_for()
        highs = table.locator("tbody tr td:nth-child(6)").all_inner_texts()
        numbers = [float(text) for text in highs if text != "–"]
        assert numbers == sorted(numbers, reverse=direction == "descending")
        assert "–" not in highs[: len(numbers)]
