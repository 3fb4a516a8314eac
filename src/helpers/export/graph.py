"""The relations as a graph with many edges between two actors: one edge a row, the four dates on each."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
from networkx.readwrite.graphml import GraphMLWriter

from helpers.record import Campaign


def relation_graph(campaign: Campaign) -> nx.MultiDiGraph:
    """Return all relations as edges, keyed by their ids, and all actors as nodes; missing values are left out.

    Dates are ISO days, New Style. An undirected tie is an edge with ``directed`` false: networkx has no graph in
    which some edges have a direction and others none. The files say it of each edge in the words of their format.

    >>> graph = relation_graph(campaign)
    >>> graph.number_of_edges() == len(campaign.relations)
    True
    """
    told = {key: campaign.package[key] for key in ("version",) if key in campaign.package}
    graph = nx.MultiDiGraph(name=campaign.package["title"], **told)
    for actor, row in campaign.actors.drop(columns="wikidata").iterrows():
        graph.add_node(actor, **_filled(row))
    for relation, row in campaign.relations.iterrows():
        ends = row["actor_a"], row["actor_b"]
        graph.add_edge(*ends, key=relation, relation=relation, **_filled(row.drop(["actor_a", "actor_b"])))
    return graph


def write_graphml(campaign: Campaign, path: Path) -> None:
    """Write the relations as GraphML.

    An undirected tie has ``directed="false"``, as the format has it. networkx refuses such a file; take the words out
    before it reads: ``networkx.parse_graphml(text.replace(' directed="false"', ""))``.
    """
    writer = GraphMLWriter()  # it gives the keys numbers: their names would stand twice, for nodes and for edges
    writer.add_graph_element(relation_graph(campaign))
    names = {key.get("id"): key.get("attr.name") for key in writer.xml.iter("key")}
    for data in writer.xml.iter("data"):
        if data.text in ("True", "False"):  # XML writes truth values small
            data.text = data.text.lower()
    for edge in writer.xml.iter("edge"):
        if any(names[data.get("key")] == "directed" and data.text == "false" for data in edge):
            edge.set("directed", "false")
    writer.indent(writer.xml)
    text = ET.tostring(writer.xml, encoding="unicode")
    path.write_text(f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n', encoding="utf-8", newline="\n")


def write_gexf(campaign: Campaign, path: Path) -> None:
    """Write the relations as GEXF 1.2 with the span in which each tie may have held, for the timeline of Gephi.

    An undirected tie has ``type="undirected"``, as the format has it.
    """
    graph = relation_graph(campaign)
    graph.graph["mode"] = "dynamic"
    for _, _, edge in graph.edges(data=True):
        edge |= {new: edge[old] for new, old in (("start", "start_earliest"), ("end", "end_latest")) if old in edge}
        if not edge["directed"]:
            edge["type"] = "undirected"
    text = "\n".join(nx.generate_gexf(graph, version="1.2draft"))
    # The day on which it was written says nothing of the data and would change the file every day.
    text = re.sub(r' lastmodifieddate="[^"]*"', "", text)
    path.write_text(f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n', encoding="utf-8", newline="\n")


def _filled(row: pd.Series) -> dict[str, str | int | float | bool]:
    return {column: _plain(value) for column, value in row.items() if not pd.isna(value)}


def _plain(value: object) -> str | int | float | bool:
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return value.item() if isinstance(value, np.generic) else value
