"""Pictures of the figures, drawn while the book is built: what stands on the page until a figure is touched.

A Chromium draws each figure with the page's own script, once for a wide and once for a narrow screen. The SVG is
slimmed, its colours become variables that the dark page changes, and it is kept in ``_build/.pictures`` under a
digest of all it was made from. Without a Chromium there are no pictures and the book is built all the same.
"""

from __future__ import annotations

import hashlib
import html
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from helpers.book import chromium, execute, svg
from helpers.book.places import home_of, temporary_folder, write_whole
from helpers.figures import style
from helpers.record import DESCRIPTOR, read_descriptor

FOLDER = Path("_build/.pictures")
WIDTHS = {"wide": 720, "narrow": 340}
"""Pixels for which each picture is drawn; the page's stylesheet shows one of the two."""

NONE_HERE = f"no Chromium here, so no pictures: the figures draw themselves ({chromium.VARIABLE} can name one)"
_SCRIPTS = Path("assets/static/book")
_BROWSERS = min(2, os.cpu_count() or 1)
"""Browsers at work at the same time, each on its share of the figures."""
_WITHOUT = re.compile(r'--height-narrow:\d+px"><script type="application/json">')
_PLOT = re.compile(
    r'(<div class="book-plot"[^>]*--height:(\d+)px;--height-narrow:(\d+)px"[^>]*>)'
    r'(<script type="application/json">(.*?)</script>)',
    re.S,
)
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Plot:
    """A figure as it stands in the HTML of a page: its JSON and its heights in pixels."""

    spec: str
    wide: int
    narrow: int

    def key(self, root: Path) -> str:
        """Return the digest of everything the pictures are made from."""
        parts = (self.spec, str(self.wide), str(self.narrow), _made_with(root))
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def plots(text: str) -> Iterator[Plot]:
    """Yield the figures in the HTML of a page or of an output."""
    for found in _PLOT.finditer(text):
        yield Plot(found[5], int(found[2]), int(found[3]))


def draw_shown(root: Path, *, report: Callable[[str], None]) -> None:
    """Draw the pictures that the notebooks executed so far need and that are not there yet.

    Raises
    ------
    ChromiumError
        If a browser is there and does not draw them.
    """
    draw(root, _shown(root), report=report)


def draw(root: Path, figures: Iterable[Plot], *, report: Callable[[str], None]) -> None:
    """Draw the pictures of these figures, as far as they are not there yet.

    Raises
    ------
    ChromiumError
        If a browser is there and does not draw them.
    """
    missing = {plot.key(root): plot for plot in figures if not _file(root, plot).is_file()}
    if not missing:
        return
    if chromium.find() is None:
        report(NONE_HERE)
        return
    report(f"  drawing {len(missing)} figures")
    waiting = list(missing.values())
    count = min(len(waiting), _BROWSERS)
    _draw(root, [waiting[place::count] for place in range(count)])


def inserted(text: str, root: Path) -> str:
    """Return the HTML of a page with the pictures of its figures, as far as they were drawn."""

    def with_picture(found: re.Match[str]) -> str:
        file = _file(root, Plot(found[5], int(found[2]), int(found[3])))
        if not file.is_file():
            return found[0]
        drawn = json.loads(file.read_text("utf-8"))
        return found[1] + "".join(drawn[size] for size in WIDTHS) + found[4]

    return _PLOT.sub(with_picture, text)


def themes(root: Path) -> dict[str, Any]:
    """Return how the figures of a book are drawn in either theme, its own sides among them."""
    return style.page_themes(style.sides(read_descriptor(home_of(root, f"data/{DESCRIPTOR}").parent)))


def dark_colours(root: Path) -> str:
    """Return the style rule that gives the pictures of a book the dark page's colours."""
    swapped = themes(root)["dark"]["colours"]
    rules = "".join(f"{svg.variable(light)}:{dark};" for light, dark in swapped.items())
    return f'@media screen{{:root[data-theme="dark"]{{{rules}}}}}'


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect the insertion of the pictures when all pages are written."""
    app.connect("env-get-outdated", _outdated)
    app.connect("html-page-context", _colour)
    app.connect("build-finished", _insert, priority=400)  # before the build is recorded
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _outdated(app: Sphinx, env: BuildEnvironment, *changes: set[str]) -> set[str]:
    """Name the pages that a build which was interrupted has left without their pictures."""
    return set(_without_pictures(app)) if chromium.find() else set()


def _colour(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    if 'class="book-plot"' in context.get("body", ""):
        context["inline_style"] = dark_colours(Path(app.srcdir))


def _insert(app: Sphinx, exception: Exception | None) -> None:
    """Put the pictures into the pages that have been written."""
    if exception is not None or app.builder.format != "html":
        return
    root = Path(app.srcdir)
    pages = {Path(app.builder.get_outfilename(name)): text for name, text in _without_pictures(app).items()}
    try:
        draw(root, (plot for text in pages.values() for plot in plots(text)), report=_log.info)
    except chromium.ChromiumError as error:
        _log.info(f"no pictures, the figures draw themselves: {error}")
    for page, text in pages.items():
        write_whole(page, inserted(text, root))


def _without_pictures(app: Sphinx) -> dict[str, str]:
    """Return the HTML of the built pages on which a figure has no picture, by name of the page."""
    if app.builder.format != "html":
        return {}
    files = {name: Path(app.builder.get_outfilename(name)) for name in app.env.found_docs}
    texts = {name: file.read_text("utf-8") for name, file in sorted(files.items()) if file.is_file()}
    return {name: text for name, text in texts.items() if _WITHOUT.search(text)}


def _shown(root: Path) -> Iterator[Plot]:
    for path in execute.notebooks(root):
        notebook = execute.stored(root, path)
        for cell in notebook.cells if notebook else ():
            for output in cell.get("outputs", []):
                yield from plots(output.get("data", {}).get("text/html", ""))


def _file(root: Path, plot: Plot) -> Path:
    return root / FOLDER / f"{plot.key(root)}.json"


@cache
def _made_with(root: Path) -> str:
    own = (Path(__file__), Path(svg.__file__), home_of(root, _SCRIPTS) / "figures.js")
    return json.dumps(themes(root)) + "".join(path.read_text("utf-8") for path in own)


def _draw(root: Path, shares: Sequence[Sequence[Plot]]) -> None:
    with temporary_folder(root) as folder:
        pages = [folder / f"draw-{place}.html" for place in range(len(shares))]
        for page, some in zip(pages, shares, strict=True):
            page.write_text(_page(root, some), "utf-8")
        texts = chromium.dump_all(pages, query="?eager", scratch=folder)
    for text, some in zip(texts, shares, strict=True):
        _keep(root, some, text)


def _keep(root: Path, some: Sequence[Plot], text: str) -> None:
    found = re.search(r'<pre id="pictures"[^>]*>(.*?)</pre>', text, re.S)
    if not found:
        raise chromium.ChromiumError(f"{chromium.find()} came back without pictures: {text[-300:]!r}")
    drawn = json.loads(html.unescape(found[1]))
    swapped = frozenset(themes(root)["dark"]["colours"])
    for place, plot in enumerate(some):
        key = plot.key(root)
        both = dict(zip(WIDTHS, drawn[place * len(WIDTHS) :], strict=False))
        slim = {
            size: svg.slim(text, name=f"{key}-{size}", css=f"picture {size}", swapped=swapped)
            for size, text in both.items()
        }
        write_whole(_file(root, plot), json.dumps(slim, ensure_ascii=False))


def _page(root: Path, some: Iterable[Plot]) -> str:
    scripts = home_of(root, _SCRIPTS).resolve()
    boxes = "".join(
        f'<figure style="width:{width}px"><div class="book-plot" style="height:{getattr(plot, size)}px">'
        f'<script type="application/json">{plot.spec}</script></div>'
        f'<div class="figure-tools"><button class="figure-touch"></button></div></figure>'
        for plot in some
        for size, width in WIDTHS.items()
    )
    return f"""<!DOCTYPE html><html data-theme="light"><meta charset="utf-8"><style>figure {{ margin: 0 }}</style>
<body>{boxes}
<script>window.bookFigureThemes = {json.dumps(themes(root))}</script>
<script src="{(scripts / "figures.js").as_uri()}"></script>
<script>
(async () => {{
  const drawn = [];
  for (const figure of bookFigures) {{
    await figure.turn;
    drawn.push(Plotly.Snapshot.toSVG(figure.live, "svg"));
    console.log("drawn"); // a sign of life
  }}
  const result = document.createElement("pre");
  result.id = "pictures";
  result.hidden = true; // laying out the text would take as long as five figures
  result.textContent = JSON.stringify(drawn);
  document.body.replaceChildren(result);
}})();
</script>"""
