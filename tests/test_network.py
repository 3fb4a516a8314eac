"""The signed graph at a day: what may have held, what must have, and how many ties become one edge."""

import re
from datetime import date, timedelta
from pathlib import Path

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ties import ALWAYS, made, relations, tie

import helpers.network as network
from helpers.record import Campaign, described

DAY = date(1918, 3, 5)


def test_a_tie_may_hold_from_its_earliest_beginning_to_its_latest_end():
    ties = relations(tie("a", "b", 1, "1918-03-01", "1918-03-04", "1918-03-08", "1918-03-10"))
    may = [d for d in range(1, 20) if len(network.active(ties, date(1918, 3, d)))]
    must = [d for d in range(1, 20) if len(network.active(ties, date(1918, 3, d), certain=True))]
    assert may == list(range(1, 11))
    assert must == [4, 5, 6, 7, 8]


def test_a_tie_without_a_latest_beginning_is_never_certain():
    ties = relations(tie("a", "b", 1, None, None, "1918-03-08", "1918-03-10"))
    assert len(network.active(ties, DAY)) == 1
    assert network.active(ties, DAY, certain=True).empty


def test_a_tie_that_only_one_weak_source_reports_is_never_certain():
    ties = relations(tie("a", "b", 1, *ALWAYS, certainty="possible"))
    assert network.active(ties, DAY, certain=True).empty


day = st.dates(date(1918, 1, 1), date(1918, 4, 30))
four = st.tuples(day, day, day, day).map(sorted)


@given(st.lists(four, min_size=1, max_size=6), day)
def test_what_is_certain_is_possible(spans, on):
    ties = relations(*(tie("a", f"b{i}", 1, *map(str, s)) for i, s in enumerate(spans)))
    assert set(network.active(ties, on, certain=True).index) <= set(network.active(ties, on).index)


@given(four, day, st.integers(0, 30))
def test_widening_a_span_never_removes_a_possible_tie(span, on, days):
    wide = [span[0] - timedelta(days), span[1], span[2], span[3] + timedelta(days)]
    narrow_ties, wide_ties = (relations(tie("a", "b", 1, *map(str, s))) for s in (span, wide))
    assert len(network.active(narrow_ties, on)) <= len(network.active(wide_ties, on))


@given(st.lists(four, min_size=1, max_size=5), st.booleans())
def test_between_two_change_points_nothing_changes(spans, certain):
    ties = relations(*(tie("a", f"b{i}", 1, *map(str, s)) for i, s in enumerate(spans)))
    points = set(network.change_points(ties, certain=certain))
    before = set(network.active(ties, date(1917, 12, 31), certain=certain).index)
    for n in range(125):
        on = date(1918, 1, 1) + timedelta(n)
        now = set(network.active(ties, on, certain=certain).index)
        if on not in points:
            assert now == before
        before = now


def test_two_actors_tied_both_ways_are_marked_and_never_summed():
    campaign = made(tie("a", "b", 1, *ALWAYS), tie("b", "a", -1, *ALWAYS, kind="hostilities"))
    conflict = network.signed_graph(campaign, DAY)["a"]["b"]
    assert conflict == {"sign": -1, "mixed": True, "kind": "hostilities", "relations": ("r0", "r1")}
    assert network.signed_graph(campaign, DAY, reduction="alliance")["a"]["b"]["sign"] == 1
    assert not network.signed_graph(campaign, DAY, reduction="drop").edges


def test_dealings_without_a_sign_make_no_edge_but_are_handed_out():
    campaign = made(tie("a", "b", 0, *ALWAYS, kind="negotiation"))
    assert not network.signed_graph(campaign, DAY).edges
    assert list(network.dealings(campaign, DAY)["kind"]) == ["negotiation"]


def test_a_unit_is_counted_as_its_highest_parent_and_its_own_side_falls_away():
    parents = {"unit": "army", "army": "state"}
    ties = tie("unit", "enemy", -1, *ALWAYS), tie("unit", "state", 1, *ALWAYS)
    campaign = made(*ties, parents=parents)
    assert set(map(frozenset, network.signed_graph(campaign, DAY).edges)) == {frozenset({"enemy", "state"})}
    whole = network.signed_graph(campaign, DAY, actors="all")
    assert set(map(frozenset, whole.edges)) == {frozenset({"enemy", "unit"}), frozenset({"state", "unit"})}


def test_certain_ties_without_a_day_are_refused(campaign):
    with pytest.raises(ValueError, match="give `on`"):
        network.signed_graph(campaign, certain=True)


@pytest.mark.parametrize("word", [{"actors": "some"}, {"reduction": "sum"}])
def test_an_unknown_word_is_refused_with_the_known_ones(campaign, word):
    with pytest.raises(ValueError, match="write one of"):
        network.signed_graph(campaign, DAY, **word)


def test_the_union_weighs_a_pair_by_the_days_its_ties_may_have_held():
    campaign = made(
        tie("a", "b", 1, "1918-03-01", "1918-03-01", "1918-03-10", "1918-03-10"),
        tie("a", "b", -1, "1918-03-08", "1918-03-08", "1918-03-12", "1918-03-12"),
    )
    graph = network.union_graph(campaign, first=date(1918, 3, 1), last=date(1918, 3, 31))
    assert graph["a"]["b"] == {"days": {1: 10, -1: 5}, "weight": 10}


#: As shown to re-users of the tables, who have pandas and networkx and nothing else.
#: The recipe as it stands in the chapter on the data.
TEN_LINES = next(
    block
    for cell in nbformat.read(Path(__file__).parents[1] / "chapters/data.ipynb", as_version=4).cells
    for block in re.findall(r"```python\n(.*?)```", cell.source, flags=re.S)
    if "nx.Graph()" in block
)


def test_ten_lines_on_the_bare_tables_rebuild_the_graph_of_any_day(campaign):
    assert len(TEN_LINES.strip().splitlines()) == 10
    for on in network.change_points(campaign.relations)[::8]:
        known = {"folder": campaign.path, "day": on.isoformat()}
        exec(TEN_LINES, known)
        ours = network.signed_graph(campaign, on)
        signs = {frozenset(pair): sign for *pair, sign in known["graph"].edges(data="sign")}
        assert signs == {frozenset(pair): sign for *pair, sign in ours.edges(data="sign")}, on


def event_of(campaign):
    return described(campaign.package, "events", "phase")["event_of"]


def test_every_phase_has_a_day_and_the_days_are_in_order(campaign):
    days = network.phase_days(campaign)
    assert list(days) == list(event_of(campaign))
    assert list(days.values()) == sorted(days.values())


def test_a_phase_whose_event_no_source_dates_is_left_out(campaign):
    undated = campaign.events.assign(
        **{
            c: campaign.events[c].mask(campaign.events.index == event_of(campaign)["winter"])
            for c in ("earliest", "latest")
        }
    )
    tables = {name: campaign[name] for name in campaign} | {"events": undated}
    assert "winter" not in network.phase_days(Campaign(campaign.package, tables, campaign.path))


def test_every_edge_of_the_real_graph_names_ties_of_the_table(campaign):
    for on in network.phase_days(campaign).values():
        graph = network.signed_graph(campaign, on)
        for one, other, edge in graph.edges(data=True):
            ties = campaign.relations.loc[list(edge["relations"])]
            assert edge["sign"] in set(ties["sign"]), (one, other)
            assert edge["mixed"] == ({1, -1} <= set(ties["sign"]))
