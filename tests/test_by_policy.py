"""The selector "Believe": what is stored for each choice of sources, and what a reader sees who makes it."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import timedelta
from functools import cache, partial
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote

import pandas as pd
import pytest
from browsing import PHONE, WIDE
from bs4 import BeautifulSoup
from playwright.sync_api import Locator, Page
from test_site import broken_rules, overflow

import helpers
from helpers import network
from helpers.book import by_policy, markup, page
from helpers.bukhara import losses
from helpers.bukhara.figures import chronology as chronology_figures
from helpers.bukhara.figures import drawing
from helpers.bukhara.forces import strengths
from helpers.figures.style import Draw, Drawing
from helpers.network import layout

CAMPAIGN = helpers.load()
SOVIET = partial(drawing.soviet_men, whole=CAMPAIGN)
EMIR = partial(drawing.emir_men, whole=CAMPAIGN)
DEAD = partial(drawing.dead, whole=CAMPAIGN)
CHOICES = by_policy.offered(CAMPAIGN)
each_policy = pytest.mark.parametrize("policy", CHOICES.index)


def stored(draw: Draw, *, under: Draw | None = None, only=None) -> dict:
    choices = by_policy.offered(CAMPAIGN, only)
    return by_policy.stored(under or draw, CAMPAIGN, choices, draw(CAMPAIGN), things="claims", subject="the men")


@pytest.fixture(scope="module")
def soviet_men() -> dict:
    return stored(SOVIET)


@pytest.fixture(scope="module")
def places() -> layout.Places:
    first = network.phase_days(CAMPAIGN)["protectorate"]
    return layout.places(CAMPAIGN, network.union_graph(CAMPAIGN, first=first, last=CAMPAIGN.period[1]))


@cache
def view(policy: str) -> helpers.Campaign:
    return CAMPAIGN.under(policy)


def spec_of(figure) -> dict:
    return json.loads(markup.figure_json(figure))


def kept_figure(data: dict, policy: str) -> dict | None:
    place = data["choices"][policy]["figure"]
    return None if place is None else data["figures"][place]["spec"]


# --- What is drawn under a choice ---------------------------------------------------------------------------------


@each_policy
@pytest.mark.parametrize("draw", [SOVIET, DEAD], ids=["men", "dead"])
def test_the_claims_drawn_are_those_that_the_choice_believes(draw: Draw, policy: str) -> None:
    drawn, believed = draw(view(policy)), draw(CAMPAIGN).shown & set(view(policy).claims.index)
    if not believed:
        assert drawn is None
        return
    assert drawn.shown == set(drawn.table.index) == believed
    assert {key for trace in drawn.figure.data for key in trace.customdata or ()} == believed


@each_policy
def test_the_days_under_a_choice_are_those_of_its_own_count_alone(policy: str) -> None:
    drawn = drawing.days_by_one_count(view(policy))
    assert chronology_figures.LATE not in {trace.name for trace in drawn.figure.data}
    assert "late_first" not in drawn.table


def test_with_all_sources_the_days_have_both_counts() -> None:
    assert chronology_figures.LATE in {trace.name for trace in drawing.days(CAMPAIGN).figure.data}


def test_if_the_days_of_march_are_old_style_the_ultimatum_stands_on_beckers_day() -> None:
    rows = drawing.days_by_one_count(view("becker_calendar")).table.set_index("event")
    assert f"{rows.loc['ultimatum_sent', 'first']:%Y-%m-%d}" == "1918-03-14"


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        (None, None, "no text bounds its day"),
        (None, "1918-03-04", "not after 4 March 1918"),
        ("1918-03-04", None, "not before 4 March 1918"),
    ],
)
def test_an_end_that_nothing_bounds_is_drawn_to_the_edge_and_said(first, last, told) -> None:
    row = {"title": "The talks", "lane": "New Bukhara", "dated": True}
    days = {"first": pd.Timestamp(first), "last": pd.Timestamp(last)}
    figure = chronology_figures.lanes(pd.DataFrame([row | days], index=["talks"]))
    edges = (chronology_figures.FIRST - timedelta(1), chronology_figures.LAST + timedelta(1))
    (bar,) = [trace for trace in figure.data if trace.x and trace.x[0]]
    ends = [pd.Timestamp(day) for day in bar.x[:2]]
    assert ends == [pd.Timestamp(day or edge) for day, edge in zip((first, last), edges, strict=True)]
    assert f"The talks<br>{told}," in bar.hovertext[0]


@each_policy
def test_everybody_in_the_graph_keeps_his_place_under_every_choice(policy: str, places: layout.Places) -> None:
    drawn = drawing.phases(view(policy), names={phase: phase for phase in network.phase_days(CAMPAIGN)}, places=places)
    dots = [trace for trace in drawn.figure.data if trace.mode == "markers+text"]
    assert {tuple(zip(trace.x, trace.y, strict=True)) for trace in dots} == {tuple(places.values())}
    assert len(dots) == len(network.phase_days(view(policy)))


def test_the_axis_stays_where_it_is_with_all_sources() -> None:
    ranges = {tuple(EMIR(view(p)).figure.layout.xaxis.range) for p in ("all", "jadid_only", "soviet_only")}
    assert len(ranges) == 1


# --- What is stored -----------------------------------------------------------------------------------------------


def test_what_is_stored_for_a_choice_is_what_is_drawn_under_it(soviet_men: dict) -> None:
    for policy in CHOICES.index:
        drawn, choice = SOVIET(view(policy)), soviet_men["choices"][policy]
        if drawn is None:
            assert "figure" not in choice
            continue
        assert (kept_figure(soviet_men, policy) or spec_of(SOVIET(CAMPAIGN).figure)) == spec_of(drawn.figure)
        rows = [soviet_men["rows"][place] for place in choice["rows"]]
        assert "".join(line for _, line in rows) == markup.csv_text(markup.tidy(drawn.table))
        head, *body = (html for html, _ in rows)
        assert f"<thead>{head}</thead><tbody>{''.join(body)}</tbody>" in markup.table_html(drawn.table)


def test_a_choice_that_changes_nothing_stores_no_figure(soviet_men: dict) -> None:
    assert kept_figure(soviet_men, "becker_calendar") is None
    assert soviet_men["choices"]["becker_calendar"]["said"] == "March dates as Old Style: all 24 claims remain."


def test_what_two_choices_share_is_stored_once(soviet_men: dict) -> None:
    rows, figures = ([json.dumps(item) for item in soviet_men[part]] for part in ("rows", "figures"))
    assert len(set(rows)) == len(rows)
    assert len(set(figures)) == len(figures)


def test_how_many_claims_remain_is_said(soviet_men: dict) -> None:
    left = SOVIET(view("scholarship_only")).shown
    assert set(CAMPAIGN.claims.loc[list(left), "source"]) <= set(view("scholarship_only").sources.index)
    assert soviet_men["choices"]["scholarship_only"]["said"] == f"Only scholarship: {len(left)} of 24 claims remain."


def test_where_nobody_speaks_it_is_said_and_nothing_is_drawn(soviet_men: dict) -> None:
    silent = {policy for policy in CHOICES.index if strengths.men(view(policy), strengths.SOVIET_MEN).empty}
    assert "emirate_only" in silent
    for policy, choice in soviet_men["choices"].items():
        assert (policy in silent) == ("no text of this choice speaks of the men." in choice["said"])
        assert (policy in silent) == ("figure" not in choice)


def test_what_comes_in_is_counted_apart_from_what_remains() -> None:
    whole, some = (Drawing(None, None, frozenset(keys)) for keys in ("abc", "bcd"))
    assert by_policy.said("Mine", some, whole, "ties", "ties") == "Mine: 2 of 3 ties remain, and 1 other comes in."


def test_each_choice_gives_its_reason(soviet_men: dict) -> None:
    assert {p: choice["why"] for p, choice in soviet_men["choices"].items()} == dict(CHOICES["rationale"])


def test_a_family_of_texts_can_be_offered_too() -> None:
    data = stored(SOVIET, only=["without:becker"])
    assert list(data["choices"]) == ["without:becker"]
    assert data["choices"]["without:becker"]["said"].startswith("Without ")


def test_choices_of_texts_come_before_calendars_and_all_sources_are_no_choice() -> None:
    kinds = list(CHOICES["kind"])
    assert kinds == sorted(kinds, key=by_policy.KINDS.index)
    assert set(kinds) == set(by_policy.KINDS)
    assert "all" not in CHOICES.index


def test_an_unknown_policy_is_named_with_those_that_there_are() -> None:
    with pytest.raises(ValueError, match="there is no policy mine; there are all, becker_calendar"):
        by_policy.offered(CAMPAIGN, ["mine", "soviet_only"])


# --- On its way to the page ---------------------------------------------------------------------------------------


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[tuple]:
    calls: list[tuple] = []
    monkeypatch.setattr(page, "display", lambda *args, **_: calls.append(args))
    monkeypatch.setattr(page, "_used", set())
    return calls


def show(draw=drawing.soviet_men, **changes) -> None:
    parts = {"name": "men", "caption": "Men.", "alt": "Men.", "things": "claims", "subject": "the men"}
    parts |= {"policies": ["soviet_only", "becker_calendar"], "given": {"whole": CAMPAIGN}}
    page.show_by_policy(draw, CAMPAIGN, **{**parts, **changes})


def test_the_page_gets_the_selector_and_the_script_all_the_rest(shown: list, monkeypatch) -> None:
    monkeypatch.setenv("BOOK_BUILD", "1")
    show()
    html, scripts = by_policy.moved(shown[0][0]["text/html"], "forces")
    (script,) = scripts.values()
    assert list(scripts) == ["forces-men.js"]
    assert 'data-script="forces-men.js"' in html
    assert "data-by-policy" not in html
    data = json.loads(re.fullmatch(r'bookByPolicy\("men",(.*)\);\n', script, re.S)[1])
    assert data == json.loads(json.dumps(stored(SOVIET, only=["soviet_only", "becker_calendar"])))
    soup = BeautifulSoup(html, "html.parser")
    assert soup.select_one(".figure-believe > label").has_attr("hidden")
    assert [group["label"] for group in soup.select("optgroup")] == ["Choice of texts", "Calendar"]
    assert [option["value"] for option in soup.select("option")] == ["all", "soviet_only", "becker_calendar"]


def test_the_figure_of_all_sources_stands_on_the_page_as_it_does_without_a_selector(shown: list, monkeypatch) -> None:
    monkeypatch.setenv("BOOK_BUILD", "1")
    show()
    html, _ = by_policy.moved(shown[0][0]["text/html"], "forces")
    drawn = SOVIET(CAMPAIGN)
    plain = markup.figure_html(drawn.figure, name="men", caption="Men.", alt="Men.", table=drawn.table)
    assert re.sub(r'<div class="figure-believe".*?</div>', "", html) == plain


@pytest.mark.parametrize(("builder", "files"), [("html", ["forces-men.js"]), ("singlehtml", [])])
def test_the_script_lies_beside_the_page_and_on_paper_there_is_neither_script_nor_selector(
    tmp_path: Path, builder: str, files: list[str]
) -> None:
    loaded: list[str] = []
    app = SimpleNamespace(
        builder=SimpleNamespace(name=builder),
        outdir=str(tmp_path),
        add_css_file=loaded.append,
        add_js_file=lambda name, **_: loaded.append(name),
    )
    body = by_policy.selector_html(CHOICES, "men") + by_policy.data_html({"choices": {}}, "men") + "<p>Men.</p>"
    context = {"body": body}
    by_policy._move(app, "chapters/forces", "page.html", context, doctree=object())
    assert [path.name for path in tmp_path.glob("chapters/*")] == files
    assert ("figure-believe" in context["body"]) == bool(files) == ("book/by-policy.js" in loaded)
    assert context["body"].endswith("<p>Men.</p>")
    assert "data-by-policy" not in context["body"]


def test_in_a_notebook_the_figure_of_all_sources_stands_and_how_to_draw_another(shown: list, monkeypatch) -> None:
    monkeypatch.delenv("BOOK_BUILD", raising=False)
    show()
    (figure, caption), (other,) = shown
    assert spec_of(figure) == spec_of(SOVIET(CAMPAIGN).figure)
    assert caption.data == "Men."
    assert "drawing.soviet_men(campaign.under(POLICY), whole=…)" in other.data
    assert "`soviet_only`" in other.data


@pytest.mark.parametrize("change", [{"things": ""}, {"subject": " "}, {"caption": ""}])
def test_a_figure_without_its_words_is_refused(shown: list, change: dict) -> None:
    with pytest.raises(ValueError, match=f"{next(iter(change))} .*is empty"):
        show(**change)


def test_a_figure_of_which_no_text_speaks_at_all_is_refused(shown: list) -> None:
    with pytest.raises(ValueError, match="no text speaks of the men, even with all sources"):
        show(lambda _: None, given=None)


# --- In a browser -------------------------------------------------------------------------------------------------

browser_test = pytest.mark.browser
FIGURES = {
    "chapters/chronology": ["days"],
    "chapters/forces": ["soviet-men", "emir-men"],
    "chapters/violence": ["counts"],
    "chapters/alliances": ["phases"],
}


def figure_of(seen: Page, name: str) -> Locator:
    return seen.locator(f"#fig-{name}")


def drawn(seen: Page, name: str) -> dict:
    """What plotly drew in the figure's place, once it has drawn the last that was asked for."""
    script = (
        "async (name) => { const plot = document.querySelector(`#fig-${name} .book-plot`);"
        " const figure = bookFigures.find((one) => one.plot === plot); await figure.turn;"
        " return figure.live && figure.live.data.map(({ customdata }) => customdata ?? []).flat(); }"
    )
    return seen.evaluate(script, name)


def settled(seen: Page, name: str, text: str) -> None:
    figure_of(seen, name).locator(".believe-said", has_text=text).wait_for()


@browser_test
@pytest.mark.parametrize(("width", "served"), [(WIDE, True), (PHONE, False)], ids=["wide-served", "phone-disk"])
def test_a_choice_by_mouse_redraws_the_figures_and_stands_in_the_address(visit, width, served) -> None:
    seen = visit("chapters/forces", width=width, served=served)
    assert not any("forces-soviet-men" in url for url in seen.requests)
    figure_of(seen.page, "soviet-men").locator("select").select_option("soviet_only")
    settled(seen.page, "soviet-men", "Only the Soviet side: 6 of 24 claims remain.")
    left = SOVIET(view("soviet_only"))
    seen.page.wait_for_function("bookFigures.filter((figure) => figure.live).length === 2")
    assert set(drawn(seen.page, "soviet-men")) == left.shown
    assert set(drawn(seen.page, "emir-men")) == EMIR(view("soviet_only")).shown
    assert seen.page.url.endswith("forces.html?believe=soviet_only")
    assert seen.visible(".believe-note") == 2
    assert seen.visible(".believe-why") == 2
    assert figure_of(seen.page, "emir-men").locator("select").input_value() == "soviet_only"
    assert overflow(seen.page) <= 0
    assert broken_rules(seen.page) == []
    assert seen.complaints == []
    assert seen.foreign == []


@browser_test
def test_a_choice_by_keyboard_does_the_same(visit) -> None:
    seen = visit("chapters/violence")
    select = figure_of(seen.page, "counts").locator("select")
    select.focus()
    # Not by its first letters: a browser forgets them after a second, and a machine under load types slowly.
    for _ in range(select.evaluate("e => [...e.options].findIndex((one) => one.value === 'scholarship_only')")):
        seen.page.keyboard.press("ArrowDown")
    few, every = (len(losses.counts(known)) for known in (view("scholarship_only"), CAMPAIGN))
    settled(seen.page, "counts", f"Only scholarship: {few} of {every} statements remain.")
    assert "believe=scholarship_only" in seen.page.url
    assert select.evaluate("e => e === document.activeElement")
    assert seen.complaints == []


@browser_test
@pytest.mark.parametrize(("name", "theme"), [*((name, "light") for name in FIGURES), ("chapters/forces", "dark")])
def test_a_reload_brings_the_choice_back_in_both_themes(visit, name: str, theme: str) -> None:
    seen = visit(f"{name}?believe=scholarship_only", width=PHONE, theme=theme)
    seen.page.reload()
    for figure in FIGURES[name]:
        settled(seen.page, figure, "Only scholarship:")
        assert figure_of(seen.page, figure).locator("select").input_value() == "scholarship_only"
        assert drawn(seen.page, figure) is not None
    assert overflow(seen.page) <= 0
    assert broken_rules(seen.page) == []
    assert seen.complaints == []


@browser_test
def test_a_link_within_the_page_keeps_the_choice(visit) -> None:
    seen = visit("chapters/forces?believe=soviet_only")
    settled(seen.page, "soviet-men", "Only the Soviet side")
    seen.page.locator("h2 .headerlink").first.evaluate("link => link.click()")
    assert "?believe=soviet_only#" in seen.page.url


@browser_test
def test_back_at_all_sources_the_page_is_as_it_was(visit) -> None:
    seen = visit("chapters/forces?eager=&believe=soviet_only#fig-emir-men")
    settled(seen.page, "emir-men", "Only the Soviet side")
    place = figure_of(seen.page, "emir-men")
    place.locator("select").select_option("all")
    settled(seen.page, "emir-men", "All sources count.")
    seen.page.wait_for_function("!document.querySelector('.is-chosen')")
    assert set(drawn(seen.page, "emir-men")) == EMIR(CAMPAIGN).shown
    assert place.locator("tbody tr").count() == len(EMIR(CAMPAIGN).shown)
    assert place.locator("a.csv").get_attribute("download") == "emir-men.csv"
    assert seen.visible(".believe-note, .believe-why") == 0
    assert seen.page.url.endswith("forces.html?eager=#fig-emir-men")


@browser_test
def test_the_table_and_its_file_follow_the_choice(visit) -> None:
    seen = visit("chapters/forces?believe=jadid_only")
    settled(seen.page, "emir-men", "Only the reformers")
    details = figure_of(seen.page, "emir-men").locator(".figure-data")
    left = EMIR(view("jadid_only"))
    assert f"{len(left.table)} rows; Only the reformers" in details.locator("summary").inner_text()
    details.locator("summary").click()
    assert details.locator("tbody tr").count() == len(left.table)
    link = details.locator("a.csv")
    assert link.get_attribute("download") == "emir-men-jadid_only.csv"
    text = unquote(link.get_attribute("href").split(",", 1)[1])
    assert list(csv.reader(io.StringIO(text))) == list(
        csv.reader(io.StringIO(markup.csv_text(markup.tidy(left.table))))
    )


@browser_test
def test_where_nobody_speaks_words_stand_and_no_figure(visit) -> None:
    seen = visit("chapters/forces?believe=emirate_only", width=PHONE)
    settled(seen.page, "soviet-men", "no text of this choice speaks of men on the Soviet side")
    place = figure_of(seen.page, "soviet-men")
    assert place.locator(".book-plot, .figure-data").evaluate_all("all => all.every((e) => !e.checkVisibility())")
    assert place.locator("figcaption").is_visible()
    place.locator("select").select_option("scholarship_only")
    settled(seen.page, "soviet-men", "Only scholarship")
    assert set(drawn(seen.page, "soviet-men")) == SOVIET(view("scholarship_only")).shown
    assert place.locator(".book-plot").is_visible()
    assert seen.complaints == []


@browser_test
def test_an_unknown_choice_in_the_address_is_ignored(visit) -> None:
    seen = visit("chapters/forces?believe=nobody")
    seen.page.wait_for_function("!document.querySelector('.figure-believe label').hidden")
    assert figure_of(seen.page, "soviet-men").locator("select").input_value() == "all"
    assert seen.visible(".believe-note, .believe-why") == 0
    assert not any("forces-soviet-men" in url for url in seen.requests)
    assert seen.complaints == []


@browser_test
def test_a_choice_that_cannot_be_loaded_leaves_the_figure_of_all_sources_and_says_so(visit, server) -> None:
    seen = visit("chapters/violence", served=True)
    seen.page.route("**/violence-counts.js", lambda route: route.abort())
    place = figure_of(seen.page, "counts")
    place.locator("select").select_option("soviet_only")
    settled(seen.page, "counts", "cannot be loaded just now")
    assert place.locator("select").input_value() == "all"
    assert place.locator(".picture").first.is_visible()
    seen.page.unroute("**/violence-counts.js")
    place.locator("select").select_option("soviet_only")
    settled(seen.page, "counts", "Only the Soviet side")


@browser_test
def test_where_the_drawing_script_cannot_be_loaded_the_picture_is_not_passed_off_as_the_choice(visit, server) -> None:
    seen = visit("chapters/violence", served=True)
    seen.page.route("**/plotly*", lambda route: route.abort())
    place = figure_of(seen.page, "counts")
    place.locator("select").select_option("soviet_only")
    settled(seen.page, "counts", "cannot be loaded just now")
    assert place.locator("select").input_value() == "all"
    assert place.locator("tbody tr").count() == len(DEAD(CAMPAIGN).shown)
    assert place.locator(".picture").first.is_visible()


@browser_test
def test_the_selector_stays_under_the_finger_when_figures_above_it_change_their_height(visit) -> None:
    seen = visit("chapters/forces", width=PHONE, has_touch=True)
    select = figure_of(seen.page, "emir-men").locator("select")
    select.scroll_into_view_if_needed()
    before = select.bounding_box()["y"]
    select.select_option("soviet_only")
    settled(seen.page, "emir-men", "Only the Soviet side")
    assert set(drawn(seen.page, "soviet-men")) == SOVIET(view("soviet_only")).shown
    assert select.bounding_box()["y"] == pytest.approx(before, abs=2)
    assert select.bounding_box()["height"] >= 24  # WCAG 2.2, 2.5.8


@browser_test
@pytest.mark.parametrize("name", FIGURES)
def test_without_a_script_no_selector_is_offered(visit, name: str) -> None:
    seen = visit(name, java_script_enabled=False)
    assert seen.page.locator(".figure-believe").count() == len(FIGURES[name])
    assert seen.visible(".figure-believe select, .believe-note, .believe-why") == 0


@browser_test
def test_the_selector_appears_in_the_room_kept_for_it(visit) -> None:
    bare = visit("chapters/forces", java_script_enabled=False).page
    seen = visit("chapters/forces").page
    seen.wait_for_function("!document.querySelector('.figure-believe label').hidden")
    heights = "all => all.map((e) => e.getBoundingClientRect().height)"
    selectors = ".figure-believe"
    assert bare.eval_on_selector_all(selectors, heights) == seen.eval_on_selector_all(selectors, heights)


@browser_test
def test_on_paper_the_figure_is_that_of_all_sources(visit) -> None:
    seen = visit("chapters/violence?believe=soviet_only")
    settled(seen.page, "counts", "Only the Soviet side")
    drawn(seen.page, "counts")
    seen.page.emulate_media(media="print")
    place = figure_of(seen.page, "counts")
    assert place.locator(".figure-believe").is_hidden()
    assert place.locator(".picture").first.is_visible()
    assert place.locator(".plot-live").is_hidden()
