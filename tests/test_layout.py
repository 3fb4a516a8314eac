"""Where the actors stand in the pictures: the same on every run, camps apart, names and ties readable."""

from datetime import date
from itertools import combinations

import networkx as nx
import pytest

from helpers import network
from helpers.network import layout
from helpers.record import Campaign


@pytest.fixture(scope="module")
def union(campaign):
    return network.union_graph(campaign, first=date(1917, 4, 1), last=date(1918, 4, 30))


@pytest.fixture(scope="module")
def places(campaign, union):
    return layout.places(campaign, union)


def room(campaign, node):
    return max(layout.LETTER * len(campaign.actors["label"][node]) / 2, 0.07)


def test_places_are_the_same_on_every_run_and_everybody_has_one(campaign, union, places):
    assert places == layout.places(campaign, union)
    assert set(places) == set(union)


def test_the_order_in_which_the_graph_was_built_moves_nobody(campaign, union, places):
    turned = nx.Graph([(b, a) for a, b in reversed(list(union.edges))])
    assert set(layout.places(campaign, turned)) == set(places)
    assert layout.places(campaign, turned) == places


def test_no_name_lies_on_another(campaign, places):
    for one, other in combinations(places, 2):
        (x, y), (u, v) = places[one], places[other]
        beside = abs(x - u) > (room(campaign, one) + room(campaign, other)) - 0.01
        assert beside or abs(y - v) > layout.LINE - 0.01, (one, other)


def test_every_name_is_inside_the_picture(campaign, places):
    for node, (x, y) in places.items():
        assert abs(x) + room(campaign, node) <= layout.REACH, node
        assert abs(y) + layout.LINE / 2 <= layout.REACH, node


def test_the_soviet_side_stands_left_of_the_emirs(campaign, places):
    side = campaign.actors["side"]
    soviet = [x for node, (x, _) in places.items() if side[node] == "soviet"]
    emirate = [x for node, (x, _) in places.items() if side[node] == "emirate"]
    assert max(soviet) < min(emirate)


def test_no_tie_runs_through_the_mark_of_a_third_actor(union, places):
    for a, b in union.edges:
        for other in set(places) - {a, b}:
            assert distance(places[other], places[a], places[b]) > 0.06, (a, b, other)


def distance(point, a, b):
    """From a point to the line between two others."""
    along = (b[0] - a[0], b[1] - a[1])
    share = ((point[0] - a[0]) * along[0] + (point[1] - a[1]) * along[1]) / (along[0] ** 2 + along[1] ** 2)
    share = min(max(share, 0), 1)
    return ((point[0] - a[0] - share * along[0]) ** 2 + (point[1] - a[1] - share * along[1]) ** 2) ** 0.5


def test_an_empty_graph_has_no_places(campaign):
    assert layout.places(campaign, nx.Graph()) == {}


def test_one_actor_alone_has_a_place(campaign):
    graph = nx.Graph()
    graph.add_node("emirate")
    assert set(layout.places(campaign, graph)) == {"emirate"}


@pytest.mark.parametrize("letters", [40, 60, 200])
def test_an_actor_with_a_long_name_is_given_a_place_on_the_page(campaign, union, letters):
    some = ["emirate", "turkestan_sovnarkom", "young_bukharans"]
    labels = campaign.actors["label"].copy()
    labels[some] = "x" * letters
    named = Campaign(
        campaign.package, {**campaign.tables, "actors": campaign.actors.assign(label=labels)}, campaign.path
    )
    found = layout.places(named, union.subgraph(some))
    assert set(found) == set(union.subgraph(some))
    assert all(abs(x) <= layout.REACH and abs(y) <= layout.REACH for x, y in found.values())
