"""Findings of the chapter on alliances."""

from __future__ import annotations

from datetime import date

from helpers import balance
from helpers.findings.model import UNKNOWN, Finding
from helpers.network import brokers, camps, phase_days, signed_graph, supports
from helpers.record import Campaign
from helpers.record.wording import number

TASHKENT, YOUNG, KAGAN, EMIR = "turkestan_sovnarkom", "young_bukharans", "kagan_soviet", "emirate"
PEOPLE, SETTLERS = "bukharan_people", "settlement_residents"
BETWEEN = ("vvedensky", "galperin", "khodzhaev")
#: The phases in which the go-betweens had something to carry.
WAR = ("winter", "ultimatum", "fighting", "retreat", "peace")


def the_camps_held(campaign: Campaign) -> Finding:
    """No tie that must have held stands in the way of two camps in any phase, and never more than one that may have."""
    days = phase_days(campaign)
    sure = [signed_graph(campaign, day, certain=True) for day in days.values()]
    if not any(graph.edges for graph in sure):
        return UNKNOWN
    most = max(camps.ties_in_the_way(signed_graph(campaign, day)) for day in days.values())
    ties = [len(graph.edges) for graph in sure]
    values = {"most": number(most, words=True), "certain-least": number(min(ties)), "certain-most": number(max(ties))}
    return Finding(most <= 1 and not any(camps.ties_in_the_way(graph) for graph in sure), values)


def tashkent_and_the_young_bukharans_were_allies(campaign: Campaign) -> Finding:
    """Their alliance is certain from December to the fighting, and on the day of the peace no longer is."""
    days = phase_days(campaign)
    if not {"winter", "ultimatum", "fighting", "peace"} <= set(days):
        return UNKNOWN
    signs = {phase: _sign(campaign, TASHKENT, YOUNG, day) for phase, day in days.items()}
    if not any(signs.values()):
        return UNKNOWN
    return Finding([signs[p] for p in ("winter", "ultimatum", "fighting", "peace")] == [1, 1, 1, None])


def the_people_stand_in_the_way(campaign: Campaign) -> Finding:
    """In the fighting every best partition fails at one pair, the emir and the people, which is tied both ways."""
    graph = _on(campaign, "fighting")
    if graph is None or not graph.has_edge(EMIR, PEOPLE):
        return UNKNOWN
    found = balance.frustrated_in(graph)
    ends = {frozenset(edge) for edge in found.some}
    return Finding(bool(found.unique) and ends == {frozenset((EMIR, PEOPLE))} and graph[EMIR][PEOPLE]["mixed"])


def the_settlers_were_courted_and_killed(campaign: Campaign) -> Finding:
    """From December to the peace one pair goes from alliance to conflict: the emir and the settlers."""
    days = phase_days(campaign)
    if not set(WAR) <= set(days):
        return UNKNOWN
    pairs = camps.turned(campaign, [days[phase] for phase in WAR])
    return Finding(pairs == [(EMIR, SETTLERS)])


def only_the_peace_blurs_the_camps(campaign: Campaign) -> Finding:
    """More than one tie stands in the way only on the day of the peace, and only if alliance wins over conflict."""
    days = phase_days(campaign)
    if not {"peace", "fighting"} <= set(days):
        return UNKNOWN
    each = {
        (phase, way): camps.ties_in_the_way(signed_graph(campaign, day, reduction=way))
        for phase, day in days.items()
        for way in camps.REDUCTIONS
    }
    above = [key for key, index in each.items() if index > 1]
    return Finding(above == [("peace", "alliance")], {"peace-ways": number(each["peace", "alliance"], words=True)})


def few_shuffles_do_as_well_in_the_war(campaign: Campaign) -> Finding:
    """In the fighting and the retreat, and in no other phase, fewer than one shuffle in twenty does as well."""
    days = phase_days(campaign)
    if not set(WAR) <= set(days) or not all(signed_graph(campaign, day).edges for day in days.values()):
        return UNKNOWN
    p = camps.against_chance(campaign, days)["p"]
    war, rest = p[["fighting", "retreat"]], p.drop(["fighting", "retreat"])
    values = {"p-war": number(100 * war.max(), digits=0), "p-rest": number(100 * rest.min(), digits=0)}
    return Finding(bool((war < 0.05).all() and (rest >= 0.05).all()), values)


def the_go_betweens_are_seldom_between(campaign: Campaign) -> Finding:
    """A shortest path runs through the emirate in every view, through the three go-betweens in fewer than half.

    Vvedensky and Galperin stand between only where talks count as links, Khodzhaev only where belonging does.
    """
    days = phase_days(campaign)
    ranked = brokers.ranks(campaign, [days[phase] for phase in WAR if phase in days])
    if ranked["rank"].isna().all() or not set(BETWEEN) <= set(ranked["actor"]):
        return UNKNOWN
    found = brokers.rank_ranges(ranked)
    views, ranges = found["views"].iloc[0], found.reindex([EMIR, *BETWEEN])
    times = ranges["between"].fillna(0)
    words = {f"{who}-between": number(times[who]) for who in BETWEEN}
    ends = {f"{who}-{end}": number(ranges.loc[who, end]) for who in BETWEEN for end in ("best", "worst")}
    between = ranked[ranked["rank"].notna()].groupby("actor")[["talks", "belonging"]].all()
    only = {"vvedensky": "talks", "galperin": "talks", "khodzhaev": "belonging"}
    as_said = all(who in between.index and between.loc[who, choice] for who, choice in only.items())
    held = as_said and times[EMIR] == views and (times[list(BETWEEN)] < views / 2).all()
    return Finding(bool(held), {"views": number(views), **words, **ends})


def the_core_is_told_more_than_once(campaign: Campaign) -> Finding:
    """In the fighting all but one of the ties among the four that made the war have two families of texts or more."""
    days = phase_days(campaign)
    if "fighting" not in days:
        return UNKNOWN
    found = supports.supports(campaign, days["fighting"])
    four = {TASHKENT, YOUNG, KAGAN, EMIR}
    core = found[found["one"].isin(four) & found["other"].isin(four)]
    if core.empty:
        return UNKNOWN
    twice, once = int((core["families"] >= 2).sum()), int((found["families"] == 1).sum())
    values = {
        "core-ties": number(len(core), words=True),
        "pairs": number(len(found)),
        "once": number(once),
        "alone": number(int(found["alone"].sum()), words=True),
    }
    return Finding(bool(twice == len(core) - 1 and once > 0), values)


def no_single_text_makes_the_camps(campaign: Campaign) -> Finding:
    """Without any one family of texts still at most one tie stands in the way; most pairs go with one study."""
    days = phase_days(campaign)
    left = supports.without_each_lineage(campaign, days)
    if left.empty or len(days) < len(WAR):
        return UNKNOWN
    most = left[list(days)].max(axis=None)
    values = {"left-most": number(most, words=True), "lost-most": number(left["lost"].iloc[0])}
    return Finding(bool(most <= 1) and left.index[0] == "zayats", values)


def _on(campaign: Campaign, phase: str):
    day = phase_days(campaign).get(phase)
    return None if day is None else signed_graph(campaign, day)


def _sign(campaign: Campaign, one: str, other: str, on: date) -> int | None:
    """The sign of a tie that must have held on a day; None if none must."""
    return signed_graph(campaign, on, certain=True).get_edge_data(one, other, {}).get("sign")
