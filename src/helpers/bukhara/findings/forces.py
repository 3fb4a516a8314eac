"""Findings of the chapter on forces."""

from __future__ import annotations

from helpers import quantities as forces
from helpers.bukhara.forces import odds
from helpers.findings.model import UNKNOWN, Finding
from helpers.record import Campaign
from helpers.record.wording import about, number, span

SOVIET, EMIR, YOUNG = "soviet_force_start", "emir_force_total", "young_bukharan_force"
MODEST = 1000
"""Men; the claims on the Soviet force lie well below or well above it."""


def soviet_claims_lie_far_apart(campaign: Campaign) -> Finding:
    """The highest claim on the Soviet force is at least five times the lowest."""
    claims = _claims(campaign, SOVIET)
    if claims["lineage"].nunique() < 2:
        return UNKNOWN
    bounds = forces.envelope(claims)
    factor = bounds.high / bounds.low
    values = {
        "soviet-low": number(round(bounds.low, -1)),
        "soviet-high": number(bounds.high),
        "soviet-factor": number(factor),
    }
    return Finding(factor >= 5, values)


def high_soviet_figures_are_later_and_unsourced(campaign: Campaign) -> Finding:
    """Every claim above `MODEST` men on the Soviet force stands in an encyclopaedia, none with a participant."""
    claims = _claims(campaign, SOVIET)
    high = claims[claims["size"] > MODEST]
    if high.empty:
        return UNKNOWN
    kinds = campaign.sources.loc[high["source"], "kind"]
    holds = bool((kinds == "encyclopaedia").all() and not high["participant"].any())
    return Finding(holds, {"soviet-modest": number(MODEST)})


def nobody_on_the_emirs_side_counted_his_men(campaign: Campaign) -> Finding:
    """No source of the emirate's side gives a number for the whole of the emir's force."""
    claims = forces.estimates_of(campaign, (EMIR, "emir_mobilised", "emir_irregulars_men"))
    if claims.empty:
        return UNKNOWN
    return Finding(not (claims["perspective"] == "emirate").any())


def the_emir_had_more_men(campaign: Campaign) -> Finding:
    """The emir's side outnumbered the Soviet one, whichever lineage is left out."""
    ours, theirs = _claims(campaign, SOVIET), _claims(campaign, EMIR)
    if ours.empty or theirs.empty:
        return UNKNOWN
    share, survives = forces.outnumbered(ours, theirs)
    found = forces.band(forces.ratio(ours, theirs))
    return Finding(share > 0.95 and survives, _odds(found))


def the_size_of_the_odds_cannot_be_said(campaign: Campaign) -> Finding:
    """The band of the ratio spans more than tenfold: by how much the emir's side was larger is not known."""
    ours, theirs = _claims(campaign, SOVIET), _claims(campaign, EMIR)
    if ours.empty or theirs.empty:
        return UNKNOWN
    found = forces.band(forces.ratio(ours, theirs))
    return Finding(found.high / found.low > 10, _odds(found))


def one_family_carries_the_size_of_the_odds(campaign: Campaign) -> Finding:
    """Leaving out one family of texts moves the middle of the ratio by a factor of two at least."""
    ours, theirs = _claims(campaign, SOVIET), _claims(campaign, EMIR)
    if ours.empty or theirs.empty:
        return UNKNOWN
    left = forces.without_each_lineage(ours, theirs).dropna(subset="change")
    if left.empty:
        return UNKNOWN
    change = left["change"].iloc[0]
    names = odds.families(ours, theirs)
    factor = number(round(change), words=True) if change >= 2 else number(change, digits=1)
    values = {"carrier": names[left.index[0]], "carried": factor}
    return Finding(bool(max(change, 1 / change) >= 2), values)


def few_young_bukharans_had_arms(campaign: Campaign) -> Finding:
    """The only number of Young Bukharans given arms lies well below the number said to have fought."""
    armed, all_ = (_claims(campaign, key) for key in ("young_bukharan_armed_men", YOUNG))
    if armed.empty or all_["lineage"].nunique() < 2:
        return UNKNOWN
    most, said = forces.envelope(armed), forces.envelope(all_)
    values = {"young-armed": span(most.low, most.high), "young-said": about(said.high)}
    return Finding(most.high * 5 <= said.high, values)


def _odds(found: forces.Band) -> dict[str, str]:
    return {"ratio-low": number(found.low), "ratio-high": number(found.high), "ratio-middle": about(found.middle)}


def _claims(campaign: Campaign, quantity: str):
    return forces.estimates_of(campaign, [quantity])
