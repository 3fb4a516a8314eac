"""Balance of small graphs by hand, and of a published one by trying every partition, without any of our own search."""

import itertools
import math
import random

import networkx as nx
import numpy as np
import pytest
from test_balance import tribes

from helpers import balance
from helpers.balance import exhaustive, indices


def graph_of(edges, nodes=()):
    graph = nx.Graph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from((a, b, {"sign": 1 if sign == "+" else -1}) for a, b, sign in edges)
    return graph


def triangle(signs):
    return graph_of([("a", "b", signs[0]), ("b", "c", signs[1]), ("a", "c", signs[2])])


def cost(graph, label):
    """Positive edges between camps and negative ones inside."""
    return sum((label[a] != label[b]) == (sign > 0) for a, b, sign in graph.edges(data="sign"))


def partitions(nodes, most):
    """Every labelling by at most so many camps; camps without names come up more than once."""
    first, *others = nodes
    for labels in itertools.product(range(most), repeat=len(others)):
        yield {first: 0, **dict(zip(others, labels, strict=True))}


def random_graph(seed, nodes):
    rng = random.Random(seed)
    pairs = [pair for pair in itertools.combinations(range(nodes), 2) if rng.random() < 0.6]
    return graph_of([(*pair, rng.choice("+-")) for pair in pairs], range(nodes))


@pytest.mark.parametrize(
    ("signs", "strong", "weak", "two", "any_", "walks"),
    [
        # Cartwright and Harary 1956, doi:10.1037/h0046049: +++ and +-- are balanced, ++- and --- are not.
        # Davis 1967, doi:10.1177/001872676702000206: three mutual enemies are three camps.
        # Eigenvalues: 2, -1, -1 where it is balanced; 1, 1, -2 where it is not.
        ("+++", 1, 1, 0, 0, 1),
        ("+--", 1, 1, 0, 0, 1),
        ("++-", 0, 0, 1, 1, (2 * math.e + math.exp(-2)) / (math.exp(2) + 2 / math.e)),
        ("---", 0, 1, 1, 0, (2 * math.e + math.exp(-2)) / (math.exp(2) + 2 / math.e)),
    ],
)
def test_the_four_triangles(signs, strong, weak, two, any_, walks):
    graph = triangle(signs)
    count = balance.triads(graph)
    assert (count.total, count.balanced_share, count.weakly_balanced_share) == (1, strong, weak)
    assert [count.ppp, count.ppm, count.pmm, count.mmm] == [int(signs.count("-") == n) for n in range(4)]
    assert (balance.frustration(graph).index, balance.clusterability(graph).index) == (two, any_)
    assert balance.walk_balance(graph) == pytest.approx(walks)
    # Signed Laplacian of the unbalanced triangle: 2 less the eigenvalues 1, 1, -2; the least is 1.
    assert balance.signed_laplacian_gap(graph) == pytest.approx(0 if strong else 1, abs=1e-9)


def test_without_triangles_there_is_no_share_and_without_edges_nothing_is_out_of_balance():
    path, empty = graph_of([("a", "b", "-"), ("b", "c", "+")]), nx.Graph()
    assert math.isnan(balance.triads(path).balanced_share)
    assert math.isnan(balance.triads(path).weakly_balanced_share)
    assert (balance.walk_balance(empty), balance.signed_laplacian_gap(empty)) == (1, 0)
    assert (balance.frustration(empty).index, balance.frustration(empty).normalised) == (0, 1)
    assert balance.signed_laplacian_gap(graph_of([], "ab")) == 0


def test_the_gap_is_that_of_the_part_that_is_worst():
    graph = nx.disjoint_union(triangle("---"), triangle("+++"))
    assert balance.signed_laplacian_gap(graph) == pytest.approx(1)
    assert balance.frustration(graph).index == 1
    assert balance.triads(graph) == balance.Triads(1, 0, 0, 1)


def test_a_complete_graph_of_four_enemies_is_counted_by_hand():
    # Two camps of two leave one enmity inside each; four triangles, all of three enemies; any number: four camps.
    graph = graph_of([(*pair, "-") for pair in itertools.combinations("abcd", 2)])
    found = balance.frustration(graph)
    assert (found.index, found.lower_bound, found.exact, found.edges) == (2, 2, True, 6)
    assert found.normalised == pytest.approx(1 / 3)
    assert sorted(map(len, found.camps)) == [2, 2]
    assert "a" in found.camps[0]
    assert {frozenset(edge) for edge in found.frustrated_edges} == {frozenset(camp) for camp in found.camps}
    assert balance.triads(graph) == balance.Triads(0, 0, 0, 4)
    assert balance.clusterability(graph).index == 0
    assert balance.clusterability(graph, 3).index == 1
    each = balance.frustrated_in(graph)
    assert (len(each.every), len(each.some), each.unique) == (0, 6, False)


def test_the_one_edge_in_the_way_is_in_every_best_partition():
    # Two triangles of friends share the edge b-c, which is an enmity: without it all are one camp.
    graph = graph_of([("a", "b", "+"), ("a", "c", "+"), ("b", "d", "+"), ("c", "d", "+"), ("b", "c", "-")])
    found = balance.frustrated_in(graph)
    assert (found.every, found.some, found.unique, found.exact) == (
        frozenset({("b", "c")}),
        frozenset({("b", "c")}),
        True,
        True,
    )


@pytest.mark.parametrize("seed", range(12))
def test_both_indices_are_the_least_cost_of_all_partitions(seed):
    graph = random_graph(seed, 3 + seed % 4)
    nodes = list(graph)
    for found, camps in (
        (balance.frustration(graph), 2),
        (balance.clusterability(graph, 3), 3),
        (balance.clusterability(graph), len(nodes)),
    ):
        assert found.exact
        assert found.index == min(cost(graph, label) for label in partitions(nodes, camps))
        own = {node: place for place, camp in enumerate(found.camps) for node in camp}
        assert cost(graph, own) == found.index == len(found.frustrated_edges)
        assert len(found.camps) <= max(camps, 2)


@pytest.mark.parametrize("seed", range(6))
def test_the_edges_of_every_and_of_some_best_partition_are_those_of_all_partitions(seed):
    graph = random_graph(seed, 6)
    labels = list(partitions(list(graph), 2))
    least = min(cost(graph, label) for label in labels)
    sets = [
        {frozenset((a, b)) for a, b, sign in graph.edges(data="sign") if (label[a] != label[b]) == (sign > 0)}
        for label in labels
        if cost(graph, label) == least
    ]
    found = balance.frustrated_in(graph)
    assert {frozenset(edge) for edge in found.every} == set.intersection(*sets)
    assert {frozenset(edge) for edge in found.some} == set.union(*sets)
    assert found.unique is (len({frozenset(one) for one in sets}) == 1)


def test_the_highland_tribes_have_the_published_index_when_all_32768_partitions_are_tried():
    # 16 tribes, 58 ties, 29 of them enmities; frustration index 7 (Aref and Wilson 2018, doi:10.1093/comnet/cnx044).
    graph = tribes()
    nodes = {node: place for place, node in enumerate(graph)}
    assert (len(nodes), graph.number_of_edges(), [s for *_, s in graph.edges(data="sign")].count(-1)) == (16, 58, 29)
    sides = 1 - 2 * (np.arange(2**15)[:, None] >> np.arange(16) & 1)
    costs = sum(
        (sign * sides[:, nodes[a]] * sides[:, nodes[b]] < 0).astype(int) for a, b, sign in graph.edges.data("sign")
    )
    assert costs.min() == balance.frustration(graph).index == 7


@pytest.mark.parametrize("nodes", [1, 2, 5, 8])
def test_all_patterns_of_a_block_are_tried_and_all_best_ones_returned(nodes):
    graph = nx.complete_graph(nodes)
    rng = random.Random(nodes)
    nx.set_edge_attributes(graph, {edge: rng.choice((1, -1)) for edge in graph.edges}, "sign")
    if nodes == 1:
        graph.add_edge(0, 1, sign=-1)
    block = indices.signed(graph).whole
    labels = list(partitions(range(block.size), 2))
    least = min(cost(graph, label) for label in labels)
    best = {tuple(label[node] for node in range(block.size)) for label in labels if cost(graph, label) == least}
    found = exhaustive.optima(block)
    assert {tuple(row) for row in found.tolist()} == best
    assert len(found) == len(best)
    assert tuple(exhaustive.best(block).tolist()) in best
    assert exhaustive.costs_of_signings(block, np.array([block.negative, ~block.negative])).tolist() == [
        least,
        min(cost(flipped(graph), label) for label in labels),
    ]


def flipped(graph):
    turned = graph.copy()
    for *_, edge in turned.edges(data=True):
        edge["sign"] *= -1
    return turned


def test_shuffled_signs_are_compared_as_worked_out_by_hand():
    # A square with one enmity is out of balance however its signs fall: all samples are 1, and so is what is seen.
    square = graph_of([("a", "b", "+"), ("b", "c", "+"), ("c", "d", "+"), ("a", "d", "-")])
    for found in (
        balance.frustration_null_model(square, n=9),
        balance.null_model(square, lambda graph: balance.frustration(graph).index, n=9),
    ):
        assert (found.observed, found.mean, found.sd, found.p) == (1, 1, 0, 1)
        assert math.isnan(found.z)
        assert found.samples == (1.0,) * 9


@pytest.mark.parametrize(("tail", "p"), [("lower", 3 / 5), ("upper", 4 / 5)])
def test_the_p_counts_samples_at_least_as_extreme_and_what_is_seen_itself(tail, p):
    # Samples 1, 2, 3, 4 beside 2: as low 1 and 2, as high 2, 3, 4; mean 5/2, variance 5/3 with n - 1.
    found = balance._beside(2.0, np.array([1.0, 2, 3, 4]), tail)
    assert (found.mean, found.sd, found.p) == (2.5, pytest.approx(math.sqrt(5 / 3)), p)
    assert found.z == pytest.approx(-0.5 / math.sqrt(5 / 3))


def test_shuffles_keep_the_number_of_enmities_and_the_graph_itself():
    graph = random_graph(3, 6)
    before = dict(graph.edges)
    seen = []
    found = balance.null_model(graph, lambda g: seen.append([s for *_, s in g.edges(data="sign")]) or 1.0, n=2, seed=5)
    assert {signs.count(-1) for signs in seen} == {seen[0].count(-1)}
    assert len(seen) == 3
    assert dict(graph.edges) == before
    assert len(found.samples) == 2
    for options in ({"n": 1}, {"n": 5, "tail": "both"}):
        with pytest.raises(ValueError, match="give n of at least 2, and tail"):
            balance.null_model(graph, lambda _: 1.0, **options)
    with pytest.raises(ValueError, match="must be a finite number"):
        balance.null_model(graph, lambda _: math.nan, n=2)


@pytest.mark.parametrize(
    ("graph", "told"),
    [
        (nx.DiGraph([("a", "b")]), "directed"),
        (nx.Graph([("a", "b", {"sign": 2})]), "give it"),
        (nx.Graph([("a", "b", {"sign": True})]), "give it"),
        (nx.Graph([("a", "b", {"sign": "1"})]), "give it"),
        (nx.Graph([("a", "b")]), "give it"),
        (nx.Graph([("a", "a", {"sign": 1})]), "self-loop"),
    ],
)
def test_what_is_no_signed_graph_is_refused(graph, told):
    with pytest.raises(ValueError, match=told):
        balance.triads(graph)
