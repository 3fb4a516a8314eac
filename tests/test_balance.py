"""Structural balance: published graphs, theorems, and brute force over every partition of small graphs."""

import itertools
import math
import random

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.balance import (
    clusterability,
    exhaustive,
    frustrated_in,
    frustration,
    frustration_null_model,
    null_model,
    signed_laplacian_gap,
    triads,
    walk_balance,
)
from helpers.balance.blocks import ANY, TWO, negative_cycles
from helpers.balance.indices import signed as checked
from helpers.balance.programs import cover, least

# What Read (1954, Southwestern Journal of Anthropology 10, 1-43) saw among sixteen tribes of the Eastern
# Central Highlands of New Guinea, as coded by Hage & Harary (1983): alliance (rova) and enmity (hina).
TRIBES_ROVA = """
    Gavev-Kotun Gavev-Nagad Gavev-Gama Kotun-Nagad Kotun-Gama Ove-Alika Ove-Gahuk Ove-Masil Ove-Ukudz
    Alika-Ukudz Nagam-Masil Nagam-Notoh Nagam-Seuve Gahuk-Masil Gahuk-Ukudz Gahuk-Geham Gahuk-Asaro
    Masil-Ukudz Masil-Geham Masil-Asaro Masil-Uheto Ukudz-Geham Ukudz-Asaro Notoh-Kohik Notoh-Uheto
    Kohik-Uheto Geham-Asaro Uheto-Seuve Nagad-Gama
"""
TRIBES_HINA = """
    Gavev-Ove Gavev-Alika Gavev-Nagam Gavev-Gahuk Gavev-Asaro Kotun-Ove Kotun-Nagam Kotun-Gahuk
    Kotun-Notoh Kotun-Kohik Nagam-Nagad Nagam-Gama Gahuk-Notoh Gahuk-Uheto Gahuk-Gama Ukudz-Seuve
    Notoh-Geham Notoh-Nagad Kohik-Geham Kohik-Nagad Geham-Uheto Geham-Nagad Geham-Gama Asaro-Seuve
    Asaro-Nagad Asaro-Gama Uheto-Nagad Uheto-Gama Seuve-Gama
"""

# The powers before the First World War: Antal, Krapivsky & Redner 2006, Physica D 224, 130-136,
# doi:10.1016/j.physd.2006.09.028. Each year states the ties that hold from then on; None is a lapsed tie.
POWERS = {
    1872: {"GB-F": -1, "GB-R": -1, "GB-AH": -1, "F-R": -1, "F-AH": -1, "F-G": -1, "R-AH": 1, "R-G": 1, "AH-G": 1},
    1882: {"AH-I": 1, "G-I": 1},
    1890: {"R-AH": -1, "R-G": -1, "F-R": None},
    1891: {"F-R": 1},
    1904: {"GB-F": 1},
    1907: {"GB-R": 1, "GB-G": -1, "GB-I": -1, "F-I": -1, "R-I": -1},
}


SEEDS = range(settings().max_examples)
"""As many random graphs as there are cases of a property test: few each time, many in the weekly workflow."""


def signed(ties):
    """A signed graph from {(u, v): sign}."""
    graph = nx.Graph()
    graph.add_edges_from((u, v, {"sign": sign}) for (u, v), sign in ties.items())
    return graph


def all_negative(graph):
    nx.set_edge_attributes(graph, -1, "sign")
    return graph


def random_signed(seed, *, most):
    rng = random.Random(seed)
    n = rng.randint(1, most)
    graph = nx.gnm_random_graph(n, rng.randint(0, min(n * (n - 1) // 2, 3 * n)), seed=seed)
    share = rng.random()
    nx.set_edge_attributes(graph, {e: -1 if rng.random() < share else 1 for e in graph.edges}, "sign")
    return graph


def tribes():
    ties = dict.fromkeys(TRIBES_ROVA.split(), 1) | dict.fromkeys(TRIBES_HINA.split(), -1)
    return signed({tuple(pair.split("-")): sign for pair, sign in ties.items()})


def powers_in(year):
    ties = {}
    for since, changes in POWERS.items():
        if since <= year:
            ties |= changes
    return signed({tuple(pair.split("-")): sign for pair, sign in ties.items() if sign})


def wrong_edges(graph, labels):
    """Edges frustrated by a labelling: the definition, and nothing else."""
    return {(u, v) for u, v, sign in graph.edges(data="sign") if (labels[u] == labels[v]) != (sign > 0)}


def optima(graph):
    """Index and the frustrated sets of all optimal two-camp partitions, by trying every one."""
    nodes, found = list(graph), {}
    for rest in itertools.product((0, 1), repeat=max(len(nodes) - 1, 0)):
        edges = frozenset(wrong_edges(graph, dict(zip(nodes, (0, *rest), strict=False))))
        found.setdefault(len(edges), set()).add(edges)
    return min(found), found[min(found)]


def set_partitions(n):
    """Every partition of n things as a tuple of camp numbers, each new camp taking the next number."""

    def grow(labels, used):
        if len(labels) == n:
            yield labels
            return
        for camp in range(used + 1):
            yield from grow((*labels, camp), max(used, camp + 1))

    return grow((), 0)


def agrees_with_its_own_camps(graph, result):
    """The camps split the nodes, and the frustrated edges and the index are what these camps cost."""
    labels = {node: i for i, camp in enumerate(result.camps) for node in camp}
    split = sum(map(len, result.camps)) == len(graph) == len(labels)
    wrong = wrong_edges(graph, labels)
    return split and wrong == result.frustrated_edges and len(wrong) == result.index


@pytest.fixture(params=[0, exhaustive.SMALL], ids=["by programming", "by trying"])
def either_way(request, monkeypatch):
    """Both ways to an optimum in turn: these graphs are small enough to be tried whole."""
    monkeypatch.setattr(exhaustive, "SMALL", request.param)


@pytest.fixture
def by_programming(monkeypatch):
    monkeypatch.setattr(exhaustive, "SMALL", 0)


small_graphs = st.builds(random_signed, st.integers(0, 10**6), most=st.just(12))


def test_a_small_block_knows_every_optimum_once():
    for seed in SEEDS:
        graph = random_signed(seed, most=10)
        for _, block in checked(graph).blocks():
            found = {tuple(labels) for labels in exhaustive.optima(block).tolist()}
            cost = {labels: block.cost(np.array(labels)) for labels in itertools.product((0, 1), repeat=block.size)}
            least = min(cost.values())
            assert found == {labels for labels, value in cost.items() if value == least and labels[0] == 0}, seed
            assert block.cost(exhaustive.best(block)) == least, seed


# Published results --------------------------------------------------------------------------------------


def test_the_highland_tribes_have_the_published_triads_and_frustration_index():
    # Frustration index 7: Aref & Wilson 2018, doi:10.1093/comnet/cnx044. The README of signnet prints
    # .8676471 (triangles, so 59 of 68) and .7586207 (1 - 2 * 7 / 58) for the same graph.
    graph = tribes()
    result = frustration(graph)
    assert (graph.number_of_nodes(), len(TRIBES_ROVA.split()), len(TRIBES_HINA.split())) == (16, 29, 29)
    assert (result.index, result.exact, result.edges) == (7, True, 58)
    assert result.normalised == pytest.approx(0.7586207, abs=1e-7)
    assert triads(graph).balanced_share == pytest.approx(0.8676471, abs=1e-7)


def test_the_walk_balance_of_the_highland_tribes_is_the_one_signnet_prints():
    assert walk_balance(tribes()) == pytest.approx(0.3575761, abs=1e-6)


def test_the_highland_tribes_fall_into_three_camps_at_less_cost_than_two():
    # The README of signnet prints criterion 2 for three blocks (method of Doreian & Mrvar 1996,
    # doi:10.1016/0378-8733(95)00259-6).
    three = clusterability(tribes(), 3)
    assert (three.index, three.exact, len(three.camps)) == (2, True, 3)
    assert clusterability(tribes()).index == 2


@pytest.mark.parametrize(("year", "index"), [(1872, 1), (1882, 1), (1890, 1), (1891, 1), (1904, 1), (1907, 0)])
def test_the_powers_of_europe_lack_one_tie_to_balance_until_1907(year, index):
    assert frustration(powers_in(year)).index == index


def test_in_1907_the_powers_are_the_two_alliances_of_the_war():
    result = frustration(powers_in(1907))
    assert set(result.camps) == {frozenset({"GB", "F", "R"}), frozenset({"G", "AH", "I"})}
    assert triads(powers_in(1907)).balanced_share == 1


def test_three_hostile_camps_are_weakly_balanced_but_not_balanced():
    # 1872: the Three Emperors' League, France and Britain, each against the others.
    assert clusterability(powers_in(1872)).index == 0
    assert triads(powers_in(1872)).weakly_balanced_share == 1
    assert triads(powers_in(1872)).balanced_share < 1


def petersen_signatures():
    """One signing of the Petersen graph per switching class: positive on a tree, free on six edges."""
    graph = nx.petersen_graph()
    tree = set(nx.bfs_edges(graph, 0))
    free = [e for e in graph.edges if e not in tree and e[::-1] not in tree]
    for signs in itertools.product((1, -1), repeat=len(free)):
        yield signed(dict.fromkeys(graph.edges, 1) | dict(zip(free, signs, strict=True)))


def negative_cycle_counts(graph):
    """Numbers of negative cycles of length 5 and 6: the same for switching isomorphic graphs."""
    count = {5: 0, 6: 0}
    for cycle in nx.simple_cycles(graph, length_bound=6):
        product = math.prod(graph[u][v]["sign"] for u, v in zip(cycle, cycle[1:] + cycle[:1], strict=True))
        count[len(cycle)] += product < 0
    return count[5], count[6]


def test_the_petersen_graph_has_six_signings_with_frustration_indices_up_to_three():
    # Zaslavsky 2012, "Six signed Petersen graphs, and their automorphisms", Discrete Math. 312, 1558-1583:
    # six switching isomorphism types; frustration index 0, 1 and, two types each, 2 and 3.
    types = {}
    for graph in petersen_signatures():
        types.setdefault(negative_cycle_counts(graph), set()).add(frustration(graph).index)
    assert sorted(types.values(), key=min) == [{0}, {1}, {2}, {2}, {3}, {3}]


def test_the_all_negative_petersen_graph_has_frustration_index_three():
    assert frustration(all_negative(nx.petersen_graph())).index == 3


@pytest.mark.parametrize("n", range(1, 14))
def test_complete_graphs_of_enemies_need_the_published_number_of_changes(n):
    # All friends within two halves: floor((n - 1)^2 / 4); Abelson & Rosenberg 1958; Petersdorf 1966.
    graph = all_negative(nx.complete_graph(n))
    assert frustration(graph).index == (n - 1) ** 2 // 4
    assert clusterability(graph).index == 0


def test_among_complete_graphs_of_enemies_k_camps_leave_the_edges_of_the_turan_complement():
    # Turan 1941: k classes of nearly equal size hold the fewest edges inside.
    graph = all_negative(nx.complete_graph(7))
    inside = {k: 21 - nx.turan_graph(7, k).number_of_edges() for k in range(1, 8)}
    assert {k: clusterability(graph, k).index for k in inside} == inside


# Brute force --------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("either_way")
def test_frustration_agrees_with_trying_every_partition():
    for seed in SEEDS:
        graph = random_signed(seed, most=12)
        index, best = optima(graph)
        result, both = frustration(graph), frustrated_in(graph)
        assert (result.index, result.lower_bound, result.exact) == (index, index, True), seed
        assert agrees_with_its_own_camps(graph, result), seed
        assert both.exact, seed
        assert both.every == frozenset.intersection(*best), seed
        assert both.some == frozenset.union(*best), seed


@pytest.mark.usefixtures("either_way")
@pytest.mark.parametrize("seed", [1036, 1382, 1462, 2437, 2628])
def test_an_edge_common_to_the_first_optima_may_be_spared_by_another(seed):
    # Here further optima spare an edge without frustrating one that is new.
    graph = random_signed(seed, most=8)
    assert frustrated_in(graph).every == frozenset.intersection(*optima(graph)[1])


def test_clusterability_agrees_with_trying_every_partition():
    for seed in SEEDS:
        graph = random_signed(seed, most=8)
        nodes, least = list(graph), dict.fromkeys((1, 2, 3, 4, len(graph)), math.inf)
        for labels in set_partitions(len(nodes)):
            cost = len(wrong_edges(graph, dict(zip(nodes, labels, strict=True))))
            for k in least:
                least[k] = min(least[k], cost) if max(labels) < k else least[k]
        assert clusterability(graph).index == least[len(graph)], seed
        for k, index in least.items():
            result = clusterability(graph, k)
            assert (result.index, result.exact) == (index, True), (seed, k)
            assert len(result.camps) <= max(k, 2), (seed, k)
            assert agrees_with_its_own_camps(graph, result), (seed, k)


def test_the_bound_of_the_relaxation_never_exceeds_the_index():
    for seed in SEEDS:
        graph = random_signed(seed, most=9)
        block, nobody = checked(graph).whole, np.zeros(len(graph), dtype=int)
        cycles = negative_cycles(block, np.zeros(block.edges), nobody)
        if cycles:
            _, bound = least(cycles, block.edges, math.inf, integral=False)
            assert 1 <= bound <= optima(graph)[0] + 1e-9, seed


@pytest.mark.usefixtures("by_programming")
def test_the_indices_are_exact_even_if_local_search_finds_nothing(monkeypatch):
    monkeypatch.setattr("helpers.balance.programs.descended", lambda block, labels, camps: labels)
    for seed in SEEDS:
        graph = random_signed(seed, most=8)
        nodes, two, three, many = list(graph), math.inf, math.inf, math.inf
        for labels in set_partitions(len(nodes)):
            cost = len(wrong_edges(graph, dict(zip(nodes, labels, strict=True))))
            many = min(many, cost)
            two = min(two, cost) if max(labels) < 2 else two
            three = min(three, cost) if max(labels) < 3 else three
        found = frustration(graph), clusterability(graph, 3), clusterability(graph)
        assert [result.index for result in found] == [two, three, many], seed
        assert all(result.exact for result in found), seed


@pytest.mark.usefixtures("by_programming")
@pytest.mark.parametrize("rule", [TWO, ANY], ids=["two", "any"])
def test_the_bound_reaches_the_index_even_if_no_better_partition_is_ever_taken(rule, monkeypatch):
    for seed in SEEDS:
        graph = random_signed(seed, most=10)
        index = (frustration(graph) if rule is TWO else clusterability(graph)).index
        with monkeypatch.context() as patched:
            patched.setattr("helpers.balance.programs._better", lambda block, one, other: one)
            found = cover(checked(graph).whole, rule, math.inf)
        assert found.lower == index, seed


# Theorems -----------------------------------------------------------------------------------------------


@given(small_graphs, st.data())
def test_switching_any_nodes_leaves_frustration_walks_and_spectrum_unchanged(graph, data):
    switched = data.draw(st.sets(st.sampled_from(list(graph))))
    other = graph.copy()
    for u, v in graph.edges:
        other[u][v]["sign"] *= -1 if (u in switched) != (v in switched) else 1
    assert frustration(other).index == frustration(graph).index
    assert walk_balance(other) == pytest.approx(walk_balance(graph))
    assert signed_laplacian_gap(other) == pytest.approx(signed_laplacian_gap(graph), abs=1e-9)


@given(small_graphs)
def test_the_laplacian_gap_is_zero_just_when_nothing_is_frustrated(graph):
    assert (signed_laplacian_gap(graph) < 1e-9) == (frustration(graph).index == 0)


@given(small_graphs)
def test_the_laplacian_gap_never_exceeds_four_frustrated_edges_per_node(graph):
    # Rayleigh quotient of the optimal partition's vector of signs, component by component.
    for nodes in nx.connected_components(graph):
        part = graph.subgraph(nodes)
        assert signed_laplacian_gap(part) <= 4 * frustration(part).index / len(part) + 1e-9


@given(small_graphs)
def test_at_most_half_the_edges_are_frustrated_and_more_camps_never_cost_more(graph):
    two, any_number = frustration(graph), clusterability(graph)
    assert 2 * two.index <= graph.number_of_edges()
    assert 0 <= two.normalised <= 1
    assert any_number.index <= clusterability(graph, 3).index <= two.index


@given(small_graphs)
def test_the_frustrated_edges_found_lie_between_those_of_every_and_of_some_optimum(graph):
    both = frustrated_in(graph)
    assert both.every <= frustration(graph).frustrated_edges <= both.some


@given(small_graphs)
def test_indices_add_up_over_components_and_over_a_shared_node(graph):
    twice = nx.disjoint_union(graph, graph)
    glued = nx.contracted_nodes(twice, 0, len(graph), self_loops=False, copy=True)
    for index in (frustration, clusterability):
        once = index(graph).index
        assert index(twice).index == index(glued).index == 2 * once


@given(st.integers(0, 10**6), st.integers(2, 40))
def test_two_planted_camps_are_found_and_balanced(seed, n):
    rng = random.Random(seed)
    side = [rng.random() < 0.5 for _ in range(n)]
    graph = nx.gnm_random_graph(n, 2 * n, seed=seed)
    nx.set_edge_attributes(graph, {(u, v): 1 if side[u] == side[v] else -1 for u, v in graph.edges}, "sign")
    assert frustration(graph).index == clusterability(graph).index == 0
    assert walk_balance(graph) == pytest.approx(1)
    assert signed_laplacian_gap(graph) == pytest.approx(0, abs=1e-9)
    assert triads(graph).balanced_share == 1 or triads(graph).total == 0


@given(small_graphs)
def test_triads_agree_with_looking_at_every_three_nodes(graph):
    count = [0, 0, 0, 0]
    for trio in itertools.combinations(graph, 3):
        part = graph.subgraph(trio)
        if part.number_of_edges() == 3:
            count[sum(sign < 0 for _, _, sign in part.edges(data="sign"))] += 1
    found = triads(graph)
    assert [found.ppp, found.ppm, found.pmm, found.mmm] == count


# Small cases by hand ------------------------------------------------------------------------------------


def test_one_enmity_among_three_friends_may_be_mended_at_any_of_its_edges():
    graph = signed({("a", "b"): 1, ("b", "c"): 1, ("a", "c"): -1})
    both = frustrated_in(graph)
    assert (both.every, both.some, both.unique) == (frozenset(), frozenset(graph.edges), False)


def test_a_tie_that_spoils_two_triangles_is_frustrated_in_every_optimum():
    graph = signed({("a", "b"): -1, ("a", "c"): 1, ("b", "c"): 1, ("a", "d"): 1, ("b", "d"): 1})
    both = frustrated_in(graph)
    assert both.every == both.some == frustration(graph).frustrated_edges == {("a", "b")}
    assert both.unique


def test_walk_balance_of_an_unbalanced_triangle_is_its_ratio_of_exponentials():
    # Eigenvalues 2, -1, -1 of the triangle and 1, 1, -2 of the all-negative one.
    expected = (2 * math.e + math.exp(-2)) / (math.exp(2) + 2 / math.e)
    assert walk_balance(all_negative(nx.complete_graph(3))) == pytest.approx(expected)


def test_the_laplacian_gap_of_an_unbalanced_triangle_is_one():
    assert signed_laplacian_gap(all_negative(nx.complete_graph(3))) == pytest.approx(1)


def test_a_balanced_component_does_not_hide_an_unbalanced_one():
    graph = nx.disjoint_union(all_negative(nx.complete_graph(3)), all_negative(nx.path_graph(4)))
    graph.add_node("alone")
    assert signed_laplacian_gap(graph) == pytest.approx(1)
    assert frustration(graph).index == 1


@pytest.mark.parametrize("size", [0, 1, 5])
def test_without_ties_everything_is_balanced_and_triads_are_undefined(size):
    graph = nx.empty_graph(size)
    result = frustration(graph)
    assert (result.index, result.exact, result.normalised, len(result.camps)) == (0, True, 1.0, 2)
    assert clusterability(graph).index == clusterability(graph, 3).index == 0
    assert frustrated_in(graph).some == frozenset()
    assert (walk_balance(graph), signed_laplacian_gap(graph)) == (1.0, 0.0)
    assert math.isnan(triads(graph).balanced_share)
    assert math.isnan(triads(graph).weakly_balanced_share)


def test_one_camp_costs_every_enmity():
    graph = tribes()
    result = clusterability(graph, 1)
    assert (result.index, result.exact, result.camps) == (29, True, (frozenset(graph),))


def test_the_sign_may_stand_under_another_name_and_be_a_float():
    graph = nx.cycle_graph(3)
    nx.set_edge_attributes(graph, np.float64(-1.0), "tie")
    assert frustration(graph, sign="tie").index == triads(graph, sign="tie").mmm == 1


# When the time is up ------------------------------------------------------------------------------------


@pytest.mark.usefixtures("by_programming")
def test_without_time_the_result_says_it_is_not_proven_and_brackets_the_index():
    graph = all_negative(nx.complete_graph(12))
    for result in (frustration(graph, time_limit=0), clusterability(graph, 3, time_limit=0)):
        assert not result.exact
        assert result.lower_bound < result.index
        assert agrees_with_its_own_camps(graph, result)
    assert frustration(graph, time_limit=0).lower_bound <= 30 <= frustration(graph, time_limit=0).index


@pytest.mark.usefixtures("by_programming")
def test_without_time_the_frustrated_edges_are_not_called_exact():
    found = frustrated_in(all_negative(nx.complete_graph(12)), time_limit=0)
    assert not found.exact
    assert found.unique is None


# Refusals -----------------------------------------------------------------------------------------------

MEASURES = [triads, frustration, frustrated_in, clusterability, walk_balance, signed_laplacian_gap]


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("bad", [0, 2, -0.5, math.nan, None, "+1", False, True])
def test_a_sign_that_is_not_plus_or_minus_one_is_refused_with_its_edge(measure, bad):
    graph = signed({("Kolesov", "Khodzhaev"): 1, ("Kolesov", "Emir"): bad})
    with pytest.raises(ValueError, match=r"\('Kolesov', 'Emir'\).*\+1 or -1"):
        measure(graph)


@pytest.mark.parametrize("measure", MEASURES)
def test_a_missing_sign_is_refused_with_its_edge(measure):
    with pytest.raises(ValueError, match=r"edge \(0, 1\) has sign=None"):
        measure(nx.path_graph(2))


@pytest.mark.parametrize("measure", MEASURES)
def test_a_self_loop_is_refused_with_its_edge(measure):
    with pytest.raises(ValueError, match=r"\('a', 'a'\) is a self-loop"):
        measure(signed({("a", "a"): 1}))


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("kind", [nx.DiGraph, nx.MultiGraph, nx.MultiDiGraph])
def test_directed_graphs_and_multigraphs_are_refused(measure, kind):
    with pytest.raises(ValueError, match=r"directed|multigraph"):
        measure(kind([(0, 1, {"sign": 1})]))


@pytest.mark.parametrize("k", [0, -1])
def test_less_than_one_camp_is_refused(k):
    with pytest.raises(ValueError, match="at least one camp"):
        clusterability(tribes(), k)


# The null model -----------------------------------------------------------------------------------------


def test_the_tribes_are_less_frustrated_than_their_signs_shuffled():
    result = null_model(tribes(), lambda graph: frustration(graph).index, n=99, seed=1)
    assert (result.observed, result.p) == (7, 0.01)
    assert result.z < -3
    assert result.mean == pytest.approx(np.mean(result.samples))
    assert result.sd == pytest.approx(np.std(result.samples, ddof=1))


def test_the_null_model_keeps_ties_and_the_number_of_enmities():
    graph = tribes()
    edges = {frozenset(e) for e in graph.edges}

    def enmities(shuffled):
        assert {frozenset(e) for e in shuffled.edges} == edges
        return sum(sign < 0 for _, _, sign in shuffled.edges(data="sign"))

    result = null_model(graph, enmities, n=5)
    assert set(result.samples) == {29}
    assert (result.p, result.sd) == (1, 0)
    assert math.isnan(result.z)


def test_the_null_model_repeats_with_its_seed_and_its_tails_share_the_samples():
    def share(graph):
        return triads(graph).balanced_share

    lower, upper = (null_model(tribes(), share, n=200, seed=7, tail=tail) for tail in ("lower", "upper"))
    assert lower.samples == upper.samples
    assert lower.samples != null_model(tribes(), share, n=200, seed=8).samples
    assert upper.p < 0.02 < 0.98 < lower.p


@pytest.mark.parametrize("small", [exhaustive.SMALL, 4])
def test_the_frustration_of_all_shuffles_at_once_is_that_of_each(small, monkeypatch):
    monkeypatch.setattr(exhaustive, "SMALL", small)
    monkeypatch.setattr(exhaustive, "AT_ONCE", 100)  # not a divisor of the number of partitions
    graph = nx.compose(tribes(), signed({("a", "b"): 1, ("b", "c"): -1, ("c", "a"): 1, ("c", "d"): -1}))
    fast = frustration_null_model(graph, n=5, seed=3)
    plain = null_model(graph, lambda shuffled: frustration(shuffled).index, n=5, seed=3)
    assert fast == plain


def test_the_frustration_of_a_tree_is_no_rarity_whatever_its_signs():
    result = frustration_null_model(signed({(0, 1): -1, (1, 2): 1}), n=5)
    assert (result.observed, result.samples, result.p) == (0, (0,) * 5, 1)


def test_the_frustration_of_shuffles_refuses_senseless_options():
    with pytest.raises(ValueError, match="at least 2"):
        frustration_null_model(tribes(), n=1)


def test_the_shuffled_signs_of_a_path_fall_on_each_edge_equally_often():
    graph = signed({(0, 1): -1, (1, 2): 1, (2, 3): 1})
    result = null_model(graph, lambda shuffled: shuffled[0][1]["sign"], n=3000, seed=0)
    assert result.samples.count(-1) / 3000 == pytest.approx(1 / 3, abs=0.04)


def test_the_null_model_leaves_the_graph_alone():
    graph = tribes()
    before = tribes()
    null_model(graph, lambda shuffled: triads(shuffled).ppp, n=3)
    assert nx.utils.graphs_equal(graph, before)


def test_the_null_model_refuses_an_undefined_statistic():
    with pytest.raises(ValueError, match="finite"):
        null_model(signed({(0, 1): 1}), lambda graph: triads(graph).balanced_share)


@pytest.mark.parametrize("bad", [{"n": 1}, {"tail": "both"}])
def test_the_null_model_refuses_senseless_options(bad):
    with pytest.raises(ValueError, match="at least 2"):
        null_model(tribes(), lambda graph: 0, **bad)
