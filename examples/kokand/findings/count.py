"""Conclusions of the chapter on the dead of Kokand: whose numbers they are, and what they are worth."""

from __future__ import annotations

import pandas as pd

from helpers import quantities as forces
from helpers.findings.model import UNKNOWN, Finding
from helpers.record import Campaign
from helpers.record.wording import number

DEAD, ATTACK = "kokand_dead", "kokand_autonomy_crushed"


def two_texts_give_two_numbers(campaign: Campaign) -> Finding:
    """Whether exactly two texts give a number of the dead, and not the same."""
    claims = _counts(campaign)
    if claims.empty:
        return UNKNOWN
    fewest, most = claims["size"].min(), claims["size"].max()
    holds = bool(len(claims) == 2 and claims["source"].nunique() == 2 and fewest != most)
    return Finding(holds, {"fewest": number(fewest), "most": number(most)})


def nobody_who_was_there_counts(campaign: Campaign) -> Finding:
    """Whether no author who gives a number took part in what he tells."""
    claims = _counts(campaign)
    return UNKNOWN if claims.empty else Finding(not claims["participant"].any())


def the_larger_stands_under_a_wrong_year(campaign: Campaign) -> Finding:
    """Whether the text with the larger number puts the event after the last day on which it can have happened."""
    claims, last = _counts(campaign), campaign.events["latest"].get(ATTACK)
    if claims.empty or pd.isna(last):
        return UNKNOWN
    larger = claims.sort_values("size").iloc[-1]
    year = larger["value"].rpartition("in March ")[2]
    return Finding(year.isdecimal() and int(year) > last.year)


def numbers_do_not_hang_on_soviet_texts(campaign: Campaign) -> Finding:
    """Whether both numbers stay without Soviet texts, while one text alone is left to date the attack."""
    whole, left = _counts(campaign), campaign.under("no_soviet")
    dated = left.claims.query("event == 'kokand_autonomy_crushed' and attribute == 'date' and rank != 'deprecated'")
    texts = dated.dropna(subset="earliest")["source"].nunique()
    if whole.empty or texts == 0:
        return UNKNOWN
    same = list(_counts(left)["size"]) == list(whole["size"]) if DEAD in left.forces.index else False
    return Finding(same and texts == 1, {"day-texts": number(texts, words=True)})


def _counts(campaign: Campaign) -> pd.DataFrame:
    if DEAD not in campaign.forces.index:
        return pd.DataFrame()
    return forces.estimates(campaign, DEAD).query("rank != 'deprecated'")
