"""Conclusions of the chapter on the camps: who was with the Kokand Autonomy and who against it."""

from __future__ import annotations

from datetime import date

import networkx as nx

from helpers import balance
from helpers.calendars import written
from helpers.findings.model import UNKNOWN, Finding
from helpers.network import ancestors, phase_days, signed_graph
from helpers.network.camps import common_enemies
from helpers.record import Campaign
from helpers.record.wording import number

KOKAND = "kokand_autonomy"
THREE = ("emirate", KOKAND, "turkestan_sovnarkom")


def three_stand_each_against_the_other_two(campaign: Campaign) -> Finding:
    """Whether the Autonomy, Tashkent and the emirate are three mutual enemies at the end."""
    graph = _at_the_end(campaign)
    if graph is None or not all(graph.has_edge(*pair) for pair in zip(THREE, THREE[1:] + THREE[:1], strict=True)):
        return UNKNOWN
    return Finding(THREE in common_enemies(graph))


def no_government_stands_with_it(campaign: Campaign) -> Finding:
    """Whether none of those tied to the Autonomy by a positive tie is a state or a government."""
    root, ties = ancestors(campaign.actors), campaign.relations
    ends = ties[["actor_a", "actor_b"]].replace(root)
    own = (ends == KOKAND).any(axis=1)
    if not own.any():
        return UNKNOWN
    friends = set(ends[own & (ties["sign"] == 1)].stack()) - {KOKAND}
    return Finding(not campaign.actors.loc[sorted(friends), "kind"].isin(["state", "government"]).any())


def demonstrators_free_a_prisoner(campaign: Campaign) -> Finding:
    """Whether more than one family of texts tells that demonstrators for the Autonomy freed Dorrer."""
    return _told_by_several(campaign, "event == 'dorrer_freed' or actor == 'dorrer'", "freed-families")


def three_camps_fit_and_two_do_not(campaign: Campaign) -> Finding:
    """Whether the graph at the end has ties in the way of two camps and none in the way of more."""
    graph = _at_the_end(campaign)
    if graph is None or not nx.cycle_basis(graph):
        return UNKNOWN
    two, more = balance.frustration(graph).index, balance.clusterability(graph, 3).index
    return Finding(two == 1 and more == 0, {"in-the-way": number(two, words=True)})


def two_days_are_one(campaign: Campaign) -> Finding:
    """Whether two texts print days of the attack that are the Old and the New Style of one day."""
    about = "event == 'kokand_autonomy_crushed' and attribute == 'date' and rank != 'deprecated'"
    first = campaign.claims.query(about).groupby("calendar_assumed")["earliest"].min().dropna()
    if not {"OS", "NS"} <= set(first.index):
        return UNKNOWN
    old, new = first["OS"].date(), first["NS"].date()
    gap = (new - date(*written("OS", old))).days
    return Finding(old == new and gap == 13, {"days-apart": number(gap)})


def several_texts_have_him_advise_to_wait(campaign: Campaign) -> Finding:
    """Whether more than one family of texts has Kolesov advise to wait for the end of Kokand."""
    return _told_by_several(campaign, "term == 'december_promise-wait' and attribute == 'content'", "wait-families")


def _at_the_end(campaign: Campaign) -> nx.Graph | None:
    on = phase_days(campaign).get("end")
    return None if on is None else signed_graph(campaign, on)


def _told_by_several(campaign: Campaign, which: str, name: str) -> Finding:
    sources = campaign.claims.query(f"({which}) and rank != 'deprecated'")["source"]
    families = campaign.sources.loc[sources, "lineage"].nunique()
    return Finding(families > 1, {name: number(families, words=True)}) if families else UNKNOWN
