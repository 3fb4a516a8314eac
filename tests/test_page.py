"""What a chapter puts on the page: figures, tables, glued words, and how numbers are written."""

from __future__ import annotations

import csv
import io
import itertools
import json
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from bs4 import BeautifulSoup
from plotly.offline import get_plotlyjs_version

from helpers.book import markup, page
from helpers.figures import style
from helpers.record.wording import told

ASSETS = Path(__file__).parents[1] / "assets/static/book"
TABLE = pd.DataFrame(
    {
        "day": pd.to_datetime(["1918-03-01", None]),
        "men": pd.array([3000, None], dtype="Int64"),
        "source": ['Ходжаев, "quoted" & <b>', "50% #1"],
    }
)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[tuple[tuple, dict]]:
    calls: list[tuple[tuple, dict]] = []
    monkeypatch.setattr(page, "display", lambda *args, **kwargs: calls.append((args, kwargs)))
    monkeypatch.setattr(page, "_used", set())
    return calls


@pytest.fixture
def building(monkeypatch: pytest.MonkeyPatch, shown: list) -> list[tuple[tuple, dict]]:
    monkeypatch.setenv("BOOK_BUILD", "1")
    return shown


def figure(**layout: object) -> go.Figure:
    return style.blank(**layout).add_scatter(x=[1, 2], y=[3, 4], marker_color=style.ALLIANCE)


def parts(**changes: object) -> dict:
    return {"name": "men", "caption": "Men by day.", "alt": "Few men.", "table": TABLE, **changes}


def html_of(calls: list) -> BeautifulSoup:
    return BeautifulSoup(calls[-1][0][0]["text/html"], "html.parser")


@pytest.mark.parametrize("change", [{"caption": " "}, {"alt": ""}, {"table": TABLE.iloc[:0]}, {"name": ""}])
def test_a_figure_without_one_of_its_parts_is_refused_and_the_part_is_named(shown: list, change: dict) -> None:
    with pytest.raises(ValueError, match=next(iter(change))):
        page.show(figure(), **parts(**change))
    assert not shown


def test_a_figure_name_that_could_not_be_a_file_name_is_refused(shown: list) -> None:
    with pytest.raises(ValueError, match="use lower-case letters"):
        page.show(figure(), **parts(name="../Men"))


def test_a_name_used_twice_on_a_page_is_refused_in_a_build(building: list) -> None:
    page.show(figure(), **parts())
    with pytest.raises(ValueError, match="used twice"):
        page.show(figure(), **parts())


def test_a_cell_may_be_run_again_by_hand(shown: list) -> None:
    page.show(figure(), **parts())
    page.show(figure(), **parts())
    assert len(shown) == 2


def test_a_trace_that_the_page_cannot_draw_is_refused(shown: list) -> None:
    with pytest.raises(ValueError, match=r"uses heatmap; the page draws only bar, pie, scatter"):
        page.show(go.Figure(go.Heatmap(z=[[1]])), **parts())


def test_an_empty_figure_and_one_with_a_fixed_width_are_refused(shown: list) -> None:
    with pytest.raises(ValueError, match="no traces"):
        page.show(style.blank(), **parts())
    with pytest.raises(ValueError, match="remove it"):
        page.show(figure(width=700), **parts())


def test_in_a_notebook_the_plotly_figure_and_its_caption_are_shown(shown: list) -> None:
    page.show(figure(), **parts())
    (drawn, caption), _ = shown[0]
    assert isinstance(drawn, go.Figure)
    assert caption.data == "Men by day."


def test_on_the_page_a_figure_carries_its_caption_alt_text_and_reserved_height(building: list) -> None:
    page.show(figure(height=380, narrow={"height": 520}), **parts())
    soup = html_of(building)
    plot = soup.find(class_="book-plot")
    assert soup.figure["id"] == "fig-men"
    assert soup.figcaption.get_text() == "Men by day."
    assert soup.find(class_="book-alt").get_text() == "Few men."
    assert plot["aria-hidden"] == "true"
    assert plot["style"] == "--height:380px;--height-narrow:520px"
    assert building[0][0][0]["text/plain"] == "Few men."


@pytest.mark.parametrize("part", ["sliders", "updatemenus"])
def test_a_figure_that_paper_cannot_show_is_refused(building: list, part: str) -> None:
    with pytest.raises(ValueError, match="has a slider or a menu"):
        page.show(figure().update_layout({part: [{}]}), **parts())


def test_the_figure_json_cannot_close_its_script_and_leaves_the_template_to_the_page() -> None:
    drawn = figure().update_layout(annotations=[{"text": "</script><b>"}])
    text = markup.figure_json(drawn)
    assert "<" not in text
    spec = json.loads(text)
    assert spec["layout"]["annotations"][0]["text"] == "&lt;/script><b>"
    assert "template" not in spec["layout"]


def test_two_builds_of_a_figure_give_the_same_bytes() -> None:
    assert markup.figure_html(figure(), **parts()) == markup.figure_html(figure(), **parts())


def test_the_download_is_the_table_itself_in_utf_8(building: list) -> None:
    page.show(figure(), **parts())
    link = html_of(building).find("a", class_="csv")
    kind, text = link["href"].split(",", 1)
    rows = list(csv.DictReader(io.StringIO(unquote(text))))
    assert link["download"] == "men.csv"
    assert kind == "data:text/csv;charset=utf-8"
    assert rows == [
        {"day": "1918-03-01", "men": "3000", "source": 'Ходжаев, "quoted" & <b>'},
        {"day": "", "men": "", "source": "50% #1"},
    ]


def test_a_table_heads_its_columns_and_rows_and_shows_what_is_missing() -> None:
    soup = BeautifulSoup(markup.table_html(TABLE, caption="Men", columns={"men": "Men under arms"}), "html.parser")
    assert [th.get_text() for th in soup.select("thead th[scope=col]")] == ["day", "Men under arms", "source"]
    assert [th.get_text() for th in soup.select("tbody th[scope=row]")] == ["1918-03-01", "–"]
    assert [td.get_text() for td in soup.select("tbody td")] == ["3,000", TABLE.source[0], "–", "50% #1"]
    assert soup.caption.get_text() == "Men"


def test_a_row_without_a_name_has_no_empty_heading() -> None:
    soup = BeautifulSoup(markup.table_html(pd.DataFrame({"a": ["", "x"], "b": [1, 2]}), caption="Men"), "html.parser")
    assert [th.get_text() for th in soup.select("tbody th")] == ["x"]
    assert [len(row.find_all(["th", "td"])) for row in soup.select("tbody tr")] == [2, 2]


def test_a_named_index_is_a_column_of_the_table_and_an_unnamed_one_is_not() -> None:
    named = pd.DataFrame({"x": [1]}, index=pd.Index(["kolesov"], name="actor"))
    assert list(markup.tidy(named)) == ["actor", "x"]
    assert list(markup.tidy(named.rename_axis(None))) == ["x"]


def test_a_table_without_rows_is_refused(shown: list) -> None:
    with pytest.raises(ValueError, match="no rows"):
        page.table(TABLE.iloc[:0], caption="Men")


@pytest.mark.parametrize(
    ("value", "column", "text"),
    [
        (1918, "year_published", "1918"),
        (3000.0, "best", "3,000"),
        (0.12345, "share", "0.123"),
        (12345.67, "km", "12,345.7"),
        (True, "directed", "yes"),
        (np.bool_(False), "directed", "no"),
        (pd.NA, "best", "–"),
        (["a", "b"], "names", "a, b"),
        (date(1918, 3, 1), "day", "1918-03-01"),
        (pd.Timestamp("1918-03-01 06:30"), "day", "1918-03-01 06:30"),
    ],
)
def test_a_cell_is_written_as_its_kind_asks(value: object, column: str, text: str) -> None:
    assert markup.cell_text(value, column=column) == text


def test_glue_takes_words_and_refuses_bare_numbers(shown: list) -> None:
    with pytest.raises(ValueError, match="format it first"):
        page.glue("men", 3000)
    page.glue("men", "about 3,000")
    (data,), options = shown[0]
    assert data == {"application/papermill.record/text/plain": "'about 3,000'"}
    assert options["metadata"]["scrapbook"]["name"] == "men"


@pytest.mark.parametrize("words", ["6,000", "550", "'so it is called'", "a “word”", "1918"])
def test_glued_words_reach_the_prose_as_they_were_written(shown: list, words: str) -> None:
    from myst_nb.core.variables import format_plain_text

    page.glue("men", words)
    (data,), _ = shown[0]
    assert format_plain_text(data["application/papermill.record/text/plain"], "") == words


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (page.number(35000), "35,000"),
        (page.number(None), "unknown"),
        (page.number(pd.NA), "unknown"),
        (page.number(0), "0"),
        (page.number(3, words=True), "three"),
        (page.number(11, words=True), "11"),
        (page.number(2.5, digits=1), "2.5"),
        (page.span(500, 600), "500–600"),
        (page.span(500, 500), "500"),
        (page.span(None, 600), "at most 600"),
        (page.span(500, pd.NA), "at least 500"),
        (page.about(3000), "about 3,000"),
        (page.at_most(35000), "at most 35,000"),
        (page.more_than(10000), "more than 10,000"),
        (page.fewer_than(100), "fewer than 100"),
        (page.estimate(best=3000, hedge="approx"), "about 3,000"),
        (page.estimate(2000, 3000, 5000), "3,000 (2,000–5,000)"),
        (page.estimate(high=35000), "at most 35,000"),
        (page.estimate(), "unknown"),
        (page.estimate(hedge="several"), "several"),
        (page.day("1918-03-13"), "13 March 1918"),
        (page.day(pd.NaT), "unknown"),
        (page.days("1918-03-01", "1918-03-05"), "1–5 March 1918"),
        (page.days("1918-02-28", "1918-03-05"), "28 February – 5 March 1918"),
        (page.days("1917-12-30", "1918-01-02"), "30 December 1917 – 2 January 1918"),
        (page.days("1918-03-01", pd.NaT), "1 March 1918"),
    ],
)
def test_numbers_and_days_are_written_the_same_everywhere(written: str, expected: str) -> None:
    assert written == expected


def test_a_range_upside_down_is_refused() -> None:
    with pytest.raises(ValueError, match="swap them"):
        page.span(600, 500)
    with pytest.raises(ValueError, match="swap them"):
        page.days("1918-03-05", "1918-03-01")


def linear(colour: str) -> np.ndarray:
    channels = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def luminance(colour: str) -> float:
    return float(linear(colour) @ [0.2126, 0.7152, 0.0722])


def contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2.2."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_every_mark_stands_out_from_the_light_and_the_dark_page(sides: style.Sides) -> None:
    dark = style.dark_for(sides)
    marks = [style.ALLIANCE, style.CONFLICT, *(side.colour for side in sides.values())]
    assert min(contrast(mark, style.PAPER) for mark in marks) >= 3
    assert min(contrast(dark[mark], dark[style.PAPER]) for mark in marks) >= 3


def test_text_in_a_figure_has_the_contrast_of_small_text() -> None:
    for text in (style.INK, style.MUTED):
        assert contrast(text, style.PAPER) >= 4.5
        assert contrast(style.DARK_FOR[text], style.DARK_FOR[style.PAPER]) >= 4.5


# Machado, Oliveira and Fernandes (2009), severity 1, doi:10.1109/TVCG.2009.113
VISION = {
    "deuteranopia": [[0.3673, 0.8606, -0.2280], [0.2801, 0.6725, 0.0474], [-0.0118, 0.0429, 0.9689]],
    "protanopia": [[0.1523, 1.0526, -0.2049], [0.1145, 0.7863, 0.0992], [-0.0039, -0.0481, 1.0520]],
    "tritanopia": [[1.2555, -0.0767, -0.1788], [-0.0784, 0.9308, 0.1476], [0.0047, 0.6914, 0.3039]],
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def as_seen(colour: str, matrix: list[list[float]]) -> np.ndarray:
    """CIELAB coordinates (D65) of a colour in a kind of vision."""
    rgb = np.clip(np.array(matrix) @ linear(colour), 0, 1)
    x, y, z = np.cbrt(TO_XYZ @ rgb / [0.9505, 1, 1.089])
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("theme", ["colour", "dark"])
def test_the_sides_can_be_told_apart_in_every_kind_of_colour_vision(
    vision: str, theme: str, sides: style.Sides
) -> None:
    seen = {key: as_seen(getattr(side, theme), VISION[vision]) for key, side in sides.items()}
    chief = {"soviet", "young_bukharan", "emirate"}
    for one, other in itertools.combinations(seen, 2):
        least = 30 if {one, other} <= chief else 12
        assert np.linalg.norm(seen[one] - seen[other]) >= least, (one, other)


def test_no_two_sides_share_a_mark(sides: style.Sides) -> None:
    assert len({side.symbol for side in sides.values()}) == len(sides)


def test_a_faded_colour_can_still_be_swapped_by_the_dark_page() -> None:
    assert style.fade(style.ALLIANCE, 0.5) == "#0072B280"
    with pytest.raises(ValueError, match="between 0 and 1"):
        style.fade(style.ALLIANCE, 5)


def test_the_script_on_the_page_is_the_plotly_that_python_writes_for() -> None:
    assert f"v{get_plotlyjs_version()}" in (ASSETS / "plotly-basic.min.js").read_text("utf-8")[:200]
    assert "MIT" in (ASSETS / "plotly-LICENSE.txt").read_text("utf-8")


def test_a_row_that_has_a_day_and_a_number_says_its_number(campaign) -> None:
    claim = campaign.claims.loc["soviet_force_start-strength-ozme_kolesov"]
    assert (claim["best"], f"{claim['earliest']:%Y-%m-%d}") == (3500, "1918-03-01")
    assert told(campaign, "claims/soviet_force_start-strength-ozme_kolesov") == "3,500"
    assert told(campaign, "claims/soviet_force_start-strength-ozme_kolesov:short") == "1 March"
    assert told(campaign, "events/second_manifesto") == "2 March 1918"
