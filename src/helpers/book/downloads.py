"""The data as files of the built site, and what the data chapter says of them.

``data/`` of the site holds every table, what explains them and every export. It is written again whenever tables
or code have changed. Sizes and checksums are taken from the files that lie there, when the page is written.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from helpers.book import repository
from helpers.book.tableview import FOLDER, PREVIEWS, write_previews
from helpers.export import export, file_names
from helpers.export.archive import COMPANIONS
from helpers.record import Campaign, load
from helpers.record.quoting import file_name

CHECKSUMS = "SHA256SUMS"
PAGE = "chapters/data"
ROW = "TABLE/ID"  # stands for the row in the address of the form; the page's script puts the row there

WHAT = {
    "findings-by-row.csv": "which sentences of the book rest on which row of the tables",
    "relations.graphml": "the ties as a graph, for networkx, igraph, Cytoscape, Gephi",
    "relations.gexf": "the ties with their dates, for the timeline of Gephi",
    "places.geojson": "the places and the line, for QGIS and web maps",
    "{package}.sqlite": "all tables in one database, with keys and with the dictionary as comments",
    "{package}.zip": "all tables and what explains them, in one file",
    "dataset.jsonld": "the description of the data for search engines",
    "datapackage.json": "the schema: what each column holds, its type and its permitted values",
    "references.bib": "the bibliography as BibTeX; its keys are those of the sources",
    "published.csv": "what the book prints: every value of every finding, line by line",
    "README.md": "the dictionary, for reading",
    "LICENSE": "the licence",
    "CHANGELOG.md": "what changed from version to version",
    "ERRATA.md": "errors that were found, with the argument that decided each",
    "OPEN-QUESTIONS.md": "what we know to exist and have not read",
}

_SCRIPTED = ('class="table-view"', 'class="table-scroll book-table downloads"', 'class="report"')


@dataclass(frozen=True)
class Download:
    """A file of the site: its name, what it is, its size in bytes and its SHA-256 in hex digits."""

    name: str
    what: str
    size: int
    digest: str


def write(campaign: Campaign, folder: Path) -> list[Path]:
    """Write all files into a folder that is made anew; return those meant for download."""
    unfinished = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(unfinished, ignore_errors=True)
    export(campaign, unfinished)
    names = [*(file_name(resource["path"]) for resource in campaign.package["resources"]), *COMPANIONS]
    for name in names:
        if (campaign.path / name).is_file():
            shutil.copyfile(campaign.path / name, unfinished / name)
    lines = [f"{_digest(path)}  {path.name}\n" for path in sorted(unfinished.iterdir())]
    (unfinished / CHECKSUMS).write_text("".join(lines), encoding="utf-8", newline="\n")
    write_previews(campaign, unfinished / PREVIEWS)
    shutil.rmtree(folder, ignore_errors=True)
    unfinished.replace(folder)
    return sorted(path for path in folder.iterdir() if path.is_file())


def downloads(campaign: Campaign, folder: Path) -> Iterator[Download]:
    """Yield what lies in the folder: the tables, the exports, what explains them."""
    what = {r["path"]: _first_letter_low(r.get("title", r["name"])) for r in campaign.package["resources"]}
    what |= {name.format(package=campaign.package["name"]): text for name, text in WHAT.items()}
    order = [*(r["path"] for r in campaign.package["resources"]), *file_names(campaign), *COMPANIONS]
    for name in dict.fromkeys(order):
        if (path := folder / name).is_file():
            yield Download(name, what[name], path.stat().st_size, _digest(path))


def listing_html(campaign: Campaign, folder: Path, prefix: str) -> str:
    """Return the files as a table with links, sizes and checksums."""
    rows = "".join(
        f'<tr><th scope="row"><a href="{prefix}{FOLDER}/{escape(file.name)}" download>{escape(file.name)}</a></th>'
        f'<td>{escape(file.what)}</td><td class="num">{size(file.size)}</td><td><code>{file.digest}</code></td></tr>'
        for file in downloads(campaign, folder)
    )
    version = escape(campaign.package["version"])
    return (
        '<div class="table-scroll book-table downloads" role="region" tabindex="0" aria-label="Files to download">'
        f"<table><caption>The files of version {version} of the data</caption><thead><tr>"
        '<th scope="col">file</th><th scope="col">what it is</th><th scope="col" class="num">size</th>'
        f'<th scope="col">SHA-256</th></tr></thead><tbody>{rows}</tbody></table></div>'
        f'<p class="made-note">The checksums in one file, for <code>sha256sum -c</code>:'
        f' <a href="{prefix}{FOLDER}/{CHECKSUMS}" download>{CHECKSUMS}</a>.</p>'
    )


def report_html(found: repository.Repository | None) -> str:
    """Return where an error is reported: a form where the repository is known, else what to send."""
    if found is None:
        return (
            '<p class="report">This copy of the book does not know where its repository is, so it has no form to send'
            " you to. Send the row’s name, which stands in every row you open, to whoever gave you the copy, or mend"
            " the row yourself as <code>CONTRIBUTING.md</code> tells.</p>"
        )
    form, without = escape(found.report_form(ROW)), escape(found.report_form("claims/…"))
    return (
        f'<p class="report" data-form="{form}">Open the row in its table and follow “Report an error in this row”,'
        f' or <a href="{without}">write a report</a> and name the row.</p>'
    )


def size(count: int) -> str:
    """Return a size as it is read: ``41 kB``.

    >>> size(41178), size(1277952), size(12)
    ('41 kB', '1.3 MB', '12 B')
    """
    if count < 1000:
        return f"{count} B"
    return f"{count / 1e3:.0f} kB" if count < 1e6 else f"{count / 1e6:.1f} MB"


class downloads_place(nodes.General, nodes.Element):  # noqa: N801 (docutils names its nodes so)
    """The place of what is known only when the page is written."""


class Downloads(SphinxDirective):
    """``{downloads}``: ``files`` lists what lies in the folder, ``report`` says where an error is reported."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        if self.arguments[0] not in ("files", "report"):
            raise self.error(f"there is no {{downloads}} {self.arguments[0]!r}; there are files, report")
        return [downloads_place(part=self.arguments[0])]


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect what writes the files and tells of them."""
    app.add_node(downloads_place)
    app.add_directive("downloads", Downloads)
    app.connect("builder-inited", _write)
    app.connect("env-get-outdated", lambda app, env, *changes: {PAGE} & env.found_docs if app.data_written else set())
    app.connect("doctree-resolved", _fill)
    app.connect("html-page-context", _load)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _write(app: Sphinx) -> None:
    folder = Path(app.outdir) / FOLDER
    whole = (folder / CHECKSUMS).is_file() and (folder / PREVIEWS).is_dir()
    app.data_written = app.builder.format == "html" and _has_page(app) and (app.book_is_stale or not whole)
    if app.data_written:
        write(load(Path(app.srcdir) / "data"), folder)


def _has_page(app: Sphinx) -> bool:
    return any((Path(app.srcdir) / f"{PAGE}{end}").is_file() for end in (".ipynb", ".md"))


def _fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    root, folder = Path(app.srcdir), Path(app.outdir) / FOLDER
    for place in list(doctree.findall(downloads_place)):
        if place["part"] == "files":
            html = listing_html(load(root / "data"), folder, "../" * docname.count("/"))
        else:
            html = report_html(repository.find(root))
        place.replace_self(nodes.raw("", f"{html}\n", format="html"))


def _load(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    body = context.get("body", "")
    if doctree is not None and any(mark in body for mark in _SCRIPTED):
        app.add_css_file("book/table-view.css")
        app.add_js_file("book/table-view.js", loading_method="defer")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _first_letter_low(text: str) -> str:
    return text[:1].lower() + text[1:]
