"""A data package that means ill: a book is built from it, and it does nothing but stand there as text.

The second example with every free cell and every word of its descriptor made hostile. The check would refuse it; here
its pieces are written by the functions that write those of the pages, and a browser opens them with the book's scripts.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd
import plotly.graph_objects as go
import pytest
from browsing import Visit
from playwright.sync_api import Browser
from pybtex.database import parse_file

import helpers
from helpers.book import backmatter, by_policy, downloads, evidence, languages, markup, widgets
from helpers.check import check
from helpers.figures import style
from helpers.figures.style import Drawing
from helpers.people import index
from helpers.record import Campaign, bibliography, read_descriptor

ROOT = Path(__file__).parents[1]
RAN = "program-ran"
"""Name of a file that a cell would leave if it could start a program."""
TEXT = (
    "<script>window.hacked=1</script><img src=x onerror=\"window.hacked=1\"><svg onload='window.hacked=1'>"
    '</script></style></textarea></title>--><!-- ]]> " onmouseover="window.hacked=1" x=\''
    '<a href="javascript:window.hacked=1">a</a><span style="mask:url(https://evil.example/mask)">m</span>'
    "<iframe src=https://evil.example></iframe><link rel=stylesheet href=https://evil.example/x.css>"
    "{{7*7}} {{cycler.__init__.__globals__.os.system('touch %s')}} {%% import os %%} ${7*7} #{7*7}"
    " {glue:text}`end` {raw}`html` ```{code-cell}``` [m](javascript:window.hacked=1) ![i](https://evil.example/i)"
    " '; DROP TABLE claims; -- \\input{|touch %s} $(touch %s) `touch %s` | %%s %%(x)s {0.__class__}"
    " \u2028\u202e %%{x:.2f}"
)
FORMULA = '=HYPERLINK("https://evil.example";"x")'
ADDRESSES = 'javascript:window.hacked=1 JaVaScRiPt://a/%0awindow.hacked=1 https://a.example/"onclick="window.hacked=1'


def poisoned(folder: Path) -> dict[str, int]:
    """Make every free text of a package hostile; return how many cells of each table were changed."""
    text = TEXT % ((RAN,) * 4)
    descriptor, counts = read_descriptor(folder), {}
    for resource in descriptor["resources"]:
        path, free = folder / resource["path"], [f["name"] for f in resource["schema"]["fields"] if _is_free(f)]
        keys = {key["fields"][0] for key in resource["schema"].get("foreignKeys", ())}
        if not (rows := list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))):
            continue
        cells = [(row, column) for row in rows for column in free if column not in keys and row[column]]
        for row, column in cells:
            words = text if column != "sentence" else text.replace("{raw}", "").replace("{code-cell}", "")  # no slots
            row[column] = f"{FORMULA} {row[column]}{text}" if column == "note" else row[column] + words
        for row in rows:
            if resource["name"] == "sources":
                row["read_at"], row["author"] = ADDRESSES, f"{row['author']}{text}"
            for column in {"quote_language", "language"} & row.keys() if resource["name"] != "sources" else ():
                row[column] = row[column] and f'{row[column]}" onmouseover="window.hacked=1"><script>window.hacked=1'
        _write(path, rows)
        counts[resource["name"]] = len(cells)
    _poison(descriptor, text)
    (folder / "datapackage.json").write_text(json.dumps(descriptor, ensure_ascii=False), "utf-8")
    return counts


def _is_free(field: Mapping[str, Any]) -> bool:
    bound = {"enum", "pattern"} & field.get("constraints", {}).keys() or {"references", "citations"} & field.keys()
    return field["type"] == "string" and not bound and field["name"] not in ("rule", "read_at", "date_edtf")


def _poison(part: Any, text: str) -> None:
    """Add to the words of a descriptor that are for readers."""
    for key, value in part.items() if isinstance(part, dict) else enumerate(part):
        if isinstance(value, str) and key in ("title", "description", "spatial", "version"):
            part[key] = f"{value}{text}\n{text}"
        elif key == "definitions":
            part[key] = {word: meaning + text for word, meaning in value.items()}
        elif isinstance(value, dict | list):
            _poison(value, text)


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _body(campaign: Campaign) -> str:
    """What the pages of a book say of a package: index, bibliography, notes, a figure with its selector, a widget."""
    entries = [*index.people(campaign), *index.bodies(campaign), *index.places(campaign)]
    parts = [backmatter.filter_form(), backmatter.index_list(campaign, entries)]
    parts += [backmatter.reference_list(campaign, kind) for kind in bibliography.kinds(campaign)]
    parts.append(evidence.notes_html(list(campaign.findings.index)))
    said, drawing, choices = campaign.claims["value"].iloc[0], _draw(campaign), by_policy.offered(campaign)
    stored = by_policy.stored(_draw, campaign, choices, drawing, things=said, subject=said)
    selector = by_policy.selector_html(choices, "all") + by_policy.data_html(stored, "all")
    words = {"caption": said, "table": drawing.table}
    parts.append(markup.figure_html(drawing.figure, name="all", alt=said, selector=selector, **words))
    parts.append(widgets.widget_html("cells", data={"said": said}, form="<p>a</p>", fallback="<p>b</p>", **words))
    return languages.tagged(
        "".join(parts), dict(zip(*(campaign.actor_names[c] for c in ("name", "language")), strict=True))
    )


def _draw(view: Campaign) -> Drawing:
    rows = view.claims.assign(place=range(len(view.claims)))
    texts = {"text": rows["note"].fillna(""), "hovertext": rows["value"], "name": rows["value"].iloc[0]}
    marks = go.Scatter(x=rows["place"], y=rows["value"], mode="markers+text", **texts)
    return Drawing(go.Figure(marks, {"title": rows["value"].iloc[0]}), rows[["value", "note"]], frozenset(rows.index))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the package and of its site."""
    book = shutil.copytree(ROOT / "examples/kokand", tmp_path_factory.mktemp("hostile") / "book", dirs_exist_ok=True)
    assert min(poisoned(book / "data").values()) > 0
    campaign, site = helpers.load(book / "data"), book / "_build/html"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(evidence, "campaign", lambda: campaign)
        patch.setattr(evidence, "_answers", dict)
        body, scripts = by_policy.moved(_body(campaign), "page")
    downloads.write(campaign, site / "data")
    shutil.copytree(ROOT / "assets/static/book", site / "book")
    for name, text in scripts.items():
        (site / name).write_text(text, "utf-8")
    body += downloads.listing_html(campaign, site / "data", "")
    named = "".join(f'<script defer src="book/{name}.js"></script>' for name in ("figures", "by-policy", "evidence"))
    themes = f"<script>window.bookFigureThemes={json.dumps(style.page_themes(style.sides(campaign.package)))}</script>"
    page = f'<!DOCTYPE html><html data-theme="light"><meta charset="utf-8">{themes}{named}<main>{body}</main></html>'
    (site / "page.html").write_text(page, "utf-8")
    return book


@pytest.fixture
def opened(hostile: Path, browser: Browser) -> Iterator[tuple[Visit, list[str]]]:
    """The page as a reader has it who chooses, points at and unfolds everything."""
    site, context, dialogs = hostile / "_build/html", browser.new_context(), []
    visit = Visit(context.new_page())
    visit.watch(site.as_uri())
    visit.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    visit.page.goto((site / "page.html").as_uri())
    _use(visit)
    yield visit, dialogs
    context.close()


def _use(visit: Visit) -> None:
    visit.wake_figures()
    visit.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    for select in visit.page.locator(".figure-believe select").all():
        select.select_option("no_soviet")
        visit.page.wait_for_function("document.querySelector('.figure-believe .believe-why').textContent")
    visit.page.evaluate(
        "document.querySelectorAll('main *').forEach((one) => one.dispatchEvent(new MouseEvent('mouseover')))"
    )
    visit.page.wait_for_timeout(200)


def test_on_the_page_no_script_of_the_data_runs_and_nothing_is_fetched(opened) -> None:
    visit, dialogs = opened
    assert visit.page.evaluate("window.hacked") is None
    assert (dialogs, visit.foreign) == ([], [])
    handlers = "(all) => all.filter((one) => [...one.attributes].some(({ name }) => /^on/i.test(name))).length"
    assert visit.page.eval_on_selector_all("*", handlers) == 0
    protocols = visit.page.eval_on_selector_all("a[href]", "(all) => all.map((one) => one.protocol)")
    assert set(protocols) <= {"file:", "http:", "https:", "data:"}
    assert visit.page.locator("iframe, svg a, main link, main img").count() == 0
    text = visit.page.evaluate("document.body.textContent")
    assert text.count("<script>window.hacked=1</script>") > 50  # it stands there, as text
    assert "{{7*7}}" in text
    assert "javascript:window.hacked=1" in text


def test_no_program_was_started(hostile: Path) -> None:
    assert [*hostile.parent.rglob(f"*{RAN}*"), *ROOT.glob(f"*{RAN}*")] == []


def test_every_download_opens_in_its_own_tool_and_says_what_the_table_says(hostile: Path) -> None:
    campaign, folder = helpers.load(hostile / "data"), hostile / "_build/html/data"
    name = campaign.package["name"]
    with sqlite3.connect(folder / f"{name}.sqlite") as base:
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        told = base.execute("SELECT id, value FROM claims").fetchall()
    assert dict(told) == campaign.claims["value"].to_dict()
    for table in campaign:
        frame = pd.read_csv(folder / f"{table}.csv", index_col="id", keep_default_na=False, dtype=str)
        assert list(frame.index) == list(campaign[table].index)
        if "note" in frame:
            assert frame["note"].tolist() == campaign[table]["note"].fillna("").tolist()
    uses = pd.read_csv(folder / "findings-by-row.csv")
    assert len(uses) > 0
    relations, notes = len(campaign.relations), campaign.relations["note"].dropna()
    graphml, gexf = ((folder / f"relations.{form}").read_text("utf-8") for form in ("graphml", "gexf"))
    for graph in (  # networkx reads no graph of both kinds of ties: see write_graphml
        nx.parse_graphml(graphml.replace(' directed="false"', "")),
        nx.read_gexf(io.BytesIO(gexf.replace(' type="undirected"', "").encode())),
    ):
        ties = {tie["relation"]: tie for *_, tie in graph.edges(data=True)}
        assert len(ties) == relations
        assert {key: ties[key]["note"] for key in notes.index} == notes.to_dict()
    places = json.loads((folder / "places.geojson").read_text("utf-8"))
    assert {feature["type"] for feature in places["features"]} == {"Feature"}
    assert json.loads((folder / "dataset.jsonld").read_text("utf-8"))["name"] == campaign.package["title"]
    assert json.loads((folder / "datapackage.json").read_text("utf-8")) == dict(campaign.package)
    with zipfile.ZipFile(folder / f"{name}.zip") as archive:
        assert archive.testzip() is None
        assert all(entry.startswith(f"{name}/") and ".." not in entry for entry in archive.namelist())
    assert len(parse_file(folder / "references.bib").entries) == len(campaign.sources)


def test_the_check_refuses_its_descriptor_and_then_its_formulas_one_by_one(hostile: Path, tmp_path: Path) -> None:
    assert {fault.file for fault in check(hostile / "data")} == {"datapackage.json"}
    mended = shutil.copytree(hostile / "data", tmp_path / "data")
    shutil.copyfile(ROOT / "examples/kokand/data/datapackage.json", mended / "datapackage.json")
    faults = [fault for fault in check(mended) if "as a formula" in fault.message]
    notes = sum(frame["note"].notna().sum() for frame in helpers.load(mended).tables.values() if "note" in frame)
    assert len(faults) == notes > 0
