"""Findings of the chapter on the terms."""

from __future__ import annotations

from helpers.bukhara import treaty
from helpers.findings.model import UNKNOWN, Finding
from helpers.record import Campaign
from helpers.record.wording import number

FIVE_DAYS = "march_promise-five_days"


def few_points_of_the_ultimatum_are_known(campaign: Campaign) -> Finding:
    """Fewer points of the ultimatum are known by their subject than it is said to have had."""
    points, known = treaty.points_of_ultimatum(campaign), treaty.known_demands(campaign)
    if points is None or known.empty:
        return UNKNOWN
    values = {"points": points, "known": len(known), "points-unseen": points - len(known)}
    return Finding(len(known) < points, {name: number(value, words=True) for name, value in values.items()})


def the_manifesto_is_printed_in_one_text(campaign: Campaign) -> Finding:
    """Every article of the manifesto that was seen is told by Khodzhaev, and one text beside his knows of any."""
    claims = campaign.claims[campaign.claims["attribute"] == "content"]
    told = claims[claims["term"].str.startswith("second_manifesto-", na=False)]
    articles = told.join(campaign.terms["number"], on="term").dropna(subset="number")
    if articles.empty:
        return UNKNOWN
    unseen = treaty.gaps(campaign)["second_manifesto"]
    whole = articles.loc[articles["source"] == "khodzhaev1926", "term"].nunique() == articles["term"].nunique()
    values = {
        "first-article": number(articles["number"].min(), words=True),
        "last-article": number(articles["number"].max(), words=True),
        "articles-unseen": number(unseen, words=True),
    }
    return Finding(whole and articles["source"].nunique() <= 2, values)


def no_known_demand_was_carried_out(campaign: Campaign) -> Finding:
    """Of some demands a source lets us see that they were not carried out, and of none that it was, even in part."""
    outcomes = treaty.known_demands(campaign)["outcome"]
    undone = int((outcomes == "not_done").sum())
    if not undone:
        return UNKNOWN
    values = {"asked": number(len(outcomes), words=True), "undone": number(undone, words=True)}
    return Finding(not outcomes.isin(["done", "partly"]).any(), values)


def the_truce_lasted_as_long_as_was_asked(campaign: Campaign) -> Finding:
    """One text has fewer days granted than asked for; another has as many pass as the first has asked for."""
    claims = campaign.claims.set_index(["term", "attribute", "source"])["best"]
    keys = {
        "asked": ("truce-asked", "content", "becker1968"),
        "given": ("truce-term", "content", "becker1968"),
        "passed": ("truce-term", "duration", "khodzhaev1926"),
    }
    if not all(key in claims.index for key in keys.values()):
        return UNKNOWN
    found = {f"days-{name}": claims[key] for name, key in keys.items()}
    holds = found["days-given"] < found["days-asked"] == found["days-passed"]
    return Finding(bool(holds), {name: number(days, words=True) for name, days in found.items()})


def the_five_days_stand_in_one_family(campaign: Campaign) -> Finding:
    """The five days' notice is told by one family of texts, and by no participant."""
    claims = campaign.claims
    told = claims[(claims["term"] == FIVE_DAYS) | (claims["event"] == "five_days_announced")]
    told = told[told["best"].notna()].join(campaign.sources[["lineage", "participant"]], on="source")
    if told.empty:
        return UNKNOWN
    return Finding(told["lineage"].nunique() == 1 and not told["participant"].any())


def no_clause_of_the_peace_has_two_witnesses(campaign: Campaign) -> Finding:
    """No clause of the peace is told by two families of texts."""
    peace = treaty.terms(campaign).query("document == 'kyzyl_tepe' and families > 0")
    if peace.empty:
        return UNKNOWN
    values = {"clauses": number(len(peace), words=True), "clause-texts": number(peace["told_by"].nunique(), words=True)}
    return Finding(bool((peace["families"] == 1).all()), values)


def agreed_and_done_meet_in_few_points(campaign: Campaign) -> Finding:
    """Fewer clauses are both told and done than are told only, and than are known from their being done only."""
    both, told, done = treaty.promised_and_done(campaign)
    if told.empty or done.empty:
        return UNKNOWN
    values = {"agreed-done": both, "agreed-only": told, "done-only": done}
    return Finding(
        len(both) < min(len(told), len(done)),
        {name: number(len(part), words=True) for name, part in values.items()},
    )
