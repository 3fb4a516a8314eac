"""The relations as a graph with many edges between two actors: one edge a row, the four dates on each."""

from __future__ import annotations

import re
from pathlib import Path

import networkx as nx
import pandas as pd

from helpers.tables import Campaign


def relation_graph(campaign: Campaign) -> nx.MultiDiGraph:
    """Return all relations as edges, keyed by their ids, and all actors as nodes; missing values are left out.

    Dates are ISO days, New Style. An undirected tie is an edge with ``directed`` false.

    >>> graph = relation_graph(campaign)
    >>> graph.number_of_edges() == len(campaign.relations)
    True
    """
    graph = nx.MultiDiGraph(name=campaign.package["title"], version=campaign.package["version"])
    for actor, row in campaign.actors.drop(columns="wikidata").iterrows():
        graph.add_node(actor, **_filled(row))
    for relation, row in campaign.relations.iterrows():
        ends = row["actor_a"], row["actor_b"]
        graph.add_edge(*ends, key=relation, relation=relation, **_filled(row.drop(["actor_a", "actor_b"])))
    return graph


def write_graphml(campaign: Campaign, path: Path) -> None:
    """Write the relations as GraphML."""
    nx.write_graphml(relation_graph(campaign), path, named_key_ids=True)


def write_gexf(campaign: Campaign, path: Path) -> None:
    """Write the relations as GEXF 1.2 with the span in which each tie may have held, for the timeline of Gephi."""
    graph = relation_graph(campaign)
    graph.graph["mode"] = "dynamic"
    for _, _, edge in graph.edges(data=True):
        edge |= {new: edge[old] for new, old in (("start", "start_earliest"), ("end", "end_latest")) if old in edge}
    text = "\n".join(nx.generate_gexf(graph, version="1.2draft"))
    # The day on which it was written says nothing of the data and would change the file every day.
    text = re.sub(r' lastmodifieddate="[^"]*"', "", text)
    path.write_text(f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n', encoding="utf-8", newline="\n")


def _filled(row: pd.Series) -> dict[str, str | int | bool]:
    return {column: _plain(value) for column, value in row.items() if not pd.isna(value)}


def _plain(value: object) -> str | int | bool:
    match value:
        case pd.Timestamp():
            return value.date().isoformat()
        case bool() | str():
            return value
    return bool(value) if str(value) in ("True", "False") else int(value)
