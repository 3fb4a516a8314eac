"""How long the exact frustration index takes, beside trying every partition, dimod and simulated annealing.

Run ``python benchmarks/balance.py`` (``--quick`` leaves out what takes more than seconds, and writes nothing down).
"book": the graphs of the book's own phases; "planted": two camps with a tenth of the signs flipped; "random":
signs by coin. The number after the slash is the mean degree. Annealing proves nothing: its value may be compared,
its time only with the first partition.
Machines differ and are shared: read the ratios.
"""

from __future__ import annotations

import argparse
import itertools
import os
import platform
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import dimod
import networkx as nx
import numpy as np
from dimod.generators import structural_imbalance
from dwave.samplers import SimulatedAnnealingSampler

import helpers
from helpers.balance import frustration
from helpers.book.results import ResultTable, write
from helpers.network import phase_days, signed_graph

RESULTS = Path(__file__).parent / "results/balance.json"
EXACT_PEERS_UP_TO = 18
OURS = "this book"
SOLVERS = (OURS, "brute force", "dimod exact", "annealing x100")
QUICK = [
    ("planted", 16, 4),
    ("random", 16, 8),
    ("planted", 20, 4),
    ("planted", 60, 6),
    ("planted", 100, 8),
    ("random", 50, 4),
    ("planted", 500, 4),
    ("planted", 500, 8),
]
FULL = [
    *QUICK,
    ("random", 18, 8),
    ("planted", 40, 6),
    ("planted", 50, 4),
    ("planted", 50, 8),
    ("planted", 100, 4),
    ("random", 50, 8),
    ("random", 100, 4),
    ("random", 100, 8),
    ("random", 500, 4),
    ("planted", 1000, 4),
    ("planted", 1000, 8),
]


@dataclass(frozen=True)
class Run:
    """Median time in seconds, value, and proven lower bound (None if nothing is proven)."""

    seconds: float
    value: int
    bound: int | None

    def __str__(self) -> str:
        gap = "no bound" if self.bound is None else f"gap {self.value - self.bound}"
        return f"{self.seconds:9.3f} s {self.value:4d} {gap:8}"


def made(kind: str, nodes: int, degree: int, seed: int) -> nx.Graph:
    """A random signed graph with nodes * degree / 2 edges."""
    rng = np.random.default_rng(seed)
    graph = nx.gnm_random_graph(nodes, nodes * degree // 2, seed=seed)
    camp = rng.integers(0, 2, nodes)
    for u, v in graph.edges:
        flipped = rng.random() < (0.1 if kind == "planted" else 0.5)
        graph[u][v]["sign"] = int((-1) ** (int(camp[u] != camp[v]) + int(flipped)))
    return graph


def graphs(kinds: list[tuple[str, int, int]], seeds: int) -> Iterator[tuple[str, nx.Graph]]:
    """The book's own graphs, then the made ones, each with its name."""
    campaign = helpers.load()
    for phase, day in phase_days(campaign).items():
        graph = signed_graph(campaign, day)
        graph = nx.convert_node_labels_to_integers(graph)
        yield f"book {phase}, {len(graph)}/{2 * graph.number_of_edges() / len(graph):.1f}", graph
    for (kind, nodes, degree), seed in itertools.product(kinds, range(seeds)):
        yield f"{kind} {nodes}/{degree}, seed {seed}", made(kind, nodes, degree, seed)


def ours(graph: nx.Graph, time_limit: float) -> tuple[int, int | None]:
    result = frustration(graph, time_limit=time_limit)
    return result.index, result.lower_bound


def brute_force(graph: nx.Graph) -> tuple[int, int | None]:
    """Every partition, in numpy: 2^(n-1) rows of labels."""
    u, v = np.array(graph.edges).T
    negative = np.array([sign < 0 for _, _, sign in graph.edges(data="sign")])
    codes = np.arange(2 ** (len(graph) - 1))
    cost = np.zeros(len(codes), dtype=int)
    for a, b, minus in zip(u, v, negative, strict=True):
        cost += ((codes >> a ^ codes >> b) & 1) ^ minus
    return int(cost.min()), int(cost.min())


def frustrated(graph: nx.Graph, energy: float) -> int:
    """Number of frustrated edges: dimod's energy is these less the satisfied ones."""
    return round((energy + graph.number_of_edges()) / 2)


def dimod_exact(graph: nx.Graph) -> tuple[int, int | None]:
    index = frustrated(graph, dimod.ExactSolver().sample(structural_imbalance(graph)).first.energy)
    return index, index


def annealing(graph: nx.Graph) -> tuple[int, int | None]:
    samples = SimulatedAnnealingSampler().sample(structural_imbalance(graph), num_reads=100, seed=1)
    return frustrated(graph, samples.first.energy), None


def timed(solve: Callable[[nx.Graph], tuple[int, int | None]], graph: nx.Graph) -> Run:
    """Median of five runs, or of as many as fit into two seconds (at least one)."""
    times: list[float] = []
    for _ in range(5):
        start = time.perf_counter()
        value, bound = solve(graph)
        times.append(time.perf_counter() - start)
        if sum(times) > 2:
            break
    return Run(float(np.median(times)), value, bound)


def runs(graph: nx.Graph, time_limit: float) -> dict[str, Run]:
    solvers: dict[str, Callable[[nx.Graph], tuple[int, int | None]]] = {
        OURS: lambda given: ours(given, time_limit),
        "annealing x100": annealing,
    }
    if len(graph) <= EXACT_PEERS_UP_TO:
        solvers |= {"brute force": brute_force, "dimod exact": dimod_exact}
    return {name: timed(solve, graph) for name, solve in solvers.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="leave out what takes more than seconds")
    parser.add_argument("--seeds", type=int, default=1, help="graphs of each kind (default 1)")
    parser.add_argument("--time-limit", type=float, default=120, help="seconds for one exact solution")
    options = parser.parse_args()
    kinds = QUICK if options.quick else FULL
    rows = []
    for title, graph in graphs(kinds, options.seeds):
        found = runs(graph, options.time_limit)
        for name, run in found.items():
            ratio = run.seconds / found[OURS].seconds
            print(f"{title:28}{name:15}{run}  x{ratio:.2g}", flush=True)
        rows.append(row(title, found))
        if not options.quick:
            write(RESULTS, [table(rows)])


def row(title: str, found: dict[str, Run]) -> dict[str, str | float | int | None]:
    """Return one graph as the colophon prints it: seconds, values, and the proven gap of ours."""
    own = found[OURS]
    seconds = {f"{name}, s": found[name].seconds if name in found else None for name in SOLVERS}
    return {
        "graph": title,
        **{heading: None if value is None else round(value, 4) for heading, value in seconds.items()},
        "index": own.value,
        "not yet proven": own.value - (own.bound or 0),
        "annealing's index": found["annealing x100"].value,
    }


def table(rows: list[dict[str, str | float | int | None]]) -> ResultTable:
    """Return the rows as the colophon prints them."""
    return ResultTable(
        title="The exact frustration index, beside trying every partition, dimod and simulated annealing",
        measured_on=f"{date.today().isoformat()}, {os.cpu_count()} processors, CPython {platform.python_version()}",
        rows=rows,
        command="python benchmarks/balance.py",
        note="After the name of a graph: nodes and mean degree. Planted: two camps with a tenth of the signs flipped; "
        "random: signs by coin. Annealing proves nothing, so only its value can be compared. Every partition and "
        f"dimod's exact solver are tried up to {EXACT_PEERS_UP_TO} nodes. Where “not yet proven” is not zero the time "
        "ran out, and the function says so.",
    )


if __name__ == "__main__":
    main()
