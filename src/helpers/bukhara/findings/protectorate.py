"""Findings of the chapter on the years before the campaign."""

from __future__ import annotations

import pandas as pd

from helpers.bukhara.findings.reading import said, speaks_of
from helpers.findings.model import UNKNOWN, Finding
from helpers.network import actor_ties as standing
from helpers.record import Campaign
from helpers.record.wording import number, span

LAST_OF_FEBRUARY = "1918-02-28"
BINDING = ("treaty", "alliance", "protectorate")
RECOGNITIONS = ("rsfsr_recognises_bukhara", "turkestan_recognises_bukhara")


def two_families_have_the_reformer_replaced(campaign: Campaign) -> Finding:
    """Texts of more than one family tell that Nasrullah gave way to Nizamuddin."""
    told = said(campaign, "qushbegi_replaced_1917")
    return Finding(told["lineage"].nunique() > 1) if len(told) else UNKNOWN


def the_hundreds_of_april_stand_alone(campaign: Campaign) -> Finding:
    """A figure of hundreds of dead for April 1917 comes from one family of texts, and another has one dead man."""
    losses = said(campaign, "demonstration_april_1917", "loss").dropna(subset="best")
    many, few = losses[losses["best"] >= 100], losses[losses["best"] < 100]
    if many.empty or few.empty:
        return UNKNOWN
    values = {"april-dead": number(many["best"].min()), "april-arrested": number(many["best"].max())}
    return Finding(many["lineage"].nunique() == 1 and not set(many["lineage"]) & set(few["lineage"]), values)


def each_recognition_rests_on_one_text(campaign: Campaign) -> Finding:
    """That Petrograd and that Tashkent recognised Bukhara each stands in one family of texts, and not in the same."""
    families = [set(said(campaign, event)["lineage"]) for event in RECOGNITIONS]
    if not all(families):
        return UNKNOWN
    return Finding(all(len(found) == 1 for found in families) and families[0] != families[1])


def one_family_has_the_resolve_to_overthrow(campaign: Campaign) -> Finding:
    """Of the texts that say what the congress of the settlements decided, one family has it decide on overthrow."""
    told = said(campaign, "settlements_congress", "content")
    overthrow = set(told.loc[speaks_of(told, "overthrow"), "lineage"])
    silent = set(told["lineage"]) - overthrow
    return Finding(len(overthrow) == 1) if overthrow and silent else UNKNOWN


def several_families_have_kolesov_advise_to_wait(campaign: Campaign) -> Finding:
    """At least three families of texts have Kolesov put the rising off until Kokand is dealt with."""
    told = said(campaign, "december_talks", "content")
    waits = told[speaks_of(told, "wait|put the rising off")]
    if waits.empty:
        return UNKNOWN
    families = waits["lineage"].nunique()
    return Finding(families >= 3, {"wait-families": number(families, words=True)} | _waited(campaign))


def games_are_told_from_both_sides(campaign: Campaign) -> Finding:
    """The emir's own side and a newspaper of the other both tell of mounted games while men are called up."""
    gathering = pd.concat([said(campaign, "emir_mobilises"), said(campaign, "kopkari_begins")])
    told = gathering[speaks_of(gathering, "games|kopkari|riding")]
    if told.empty:
        return UNKNOWN
    court = told["perspective"] == "emirate"
    return Finding(bool(court.any() and (~court).any()))


def no_government_was_bound_to_the_emir(campaign: Campaign) -> Finding:
    """On the last day of February no tie to a government is a treaty, an alliance or a protectorate."""
    ties = standing.ties_of(campaign, "emirate", "alimkhan", first=LAST_OF_FEBRUARY, last=LAST_OF_FEBRUARY)
    friends, foes = (standing.held_on(ties, LAST_OF_FEBRUARY, sign=sign) for sign in (1, -1))
    if friends.empty:
        return UNKNOWN
    parties = friends[friends["other_kind"].isin(standing.PARTIES)]
    counts = {
        "friends": len(friends),
        "friends-sure": int(friends["sure"].sum()),
        "foes": len(foes),
        "foes-sure": int(foes["sure"].sum()),
        "parties": len(parties),
        "recognitions": int((parties["kind"] == "recognition").sum()),
    }
    values = {name: number(count, words=True) for name, count in counts.items()}
    return Finding(not parties["kind"].isin(BINDING).any(), values)


def _waited(campaign: Campaign) -> dict[str, str]:
    events = campaign.events
    try:
        talks, letter = (events.loc[event, ["earliest", "latest"]] for event in ("december_talks", "ultimatum_sent"))
    except KeyError:
        return {}
    days = (letter["earliest"] - talks["latest"]).days, (letter["latest"] - talks["earliest"]).days
    return {"waited": span(*days)}
