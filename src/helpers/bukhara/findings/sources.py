"""Findings of the chapter on the sources: what the other conclusions of the book rest on."""

from __future__ import annotations

from helpers.belief import lineages
from helpers.belief.policies import families
from helpers.findings import index, measures
from helpers.findings.model import UNKNOWN, Finding
from helpers.record import Campaign
from helpers.record.wording import number

KHODZHAEV, SOVIET = "khodzhaev", "soviet"


def few_rest_on_one_family(campaign: Campaign) -> Finding:
    """Fewer than one finding in four rests on one family of texts."""
    rests = measures.supports(campaign)
    if not rests["families"].any():
        return UNKNOWN
    once = int((rests["families"] == 1).sum())
    values = {"findings": number(len(rests)), "one-family": number(once)}
    return Finding(once < len(rests) / 4, values)


def most_lean_on_someone_who_took_part(campaign: Campaign) -> Finding:
    """More than half of the findings have someone who took part among those that speak for them."""
    rests = measures.supports(campaign)
    if not rests["families"].any():
        return UNKNOWN
    values = {
        "with-witness": number(int(rests["there"].sum())),
        "only-witness": number(int(rests["only_there"].sum()), words=True),
    }
    return Finding(bool(rests["there"].mean() > 0.5), values)


def a_third_is_disputed(campaign: Campaign) -> Finding:
    """More than one finding in four, and fewer than half, have a claim against them."""
    rests = measures.supports(campaign)
    if not rests["families"].any():
        return UNKNOWN
    share = rests["disputed"].mean()
    return Finding(bool(0.25 < share < 0.5), {"disputed": number(int(rests["disputed"].sum()))})


def one_book_is_cited_most(campaign: Campaign) -> Finding:
    """More findings rest in part on Khodzhaev's family than on any other, and more on it alone."""
    cited = index.cited(measures.others(campaign))
    ours = cited[cited["side"] == "for"].groupby("lineage")["finding"].nunique().sort_values(ascending=False)
    alone = measures.supports(campaign)["only"].value_counts()
    if len(ours) < 2 or KHODZHAEV not in ours.index:
        return UNKNOWN
    rival = ours.drop(KHODZHAEV).index[0]
    values = {
        "leaning": number(int(ours[KHODZHAEV])),
        "leaning-alone": number(int(alone.get(KHODZHAEV, 0)), words=True),
        "rival": families(campaign)[rival],
        "rival-leaning": number(int(ours[rival])),
    }
    first = ours[KHODZHAEV] > ours[rival] and alone.get(KHODZHAEV, 0) == alone.max()
    return Finding(bool(first), values)


def few_rest_on_the_soviet_side_alone(campaign: Campaign) -> Finding:
    """Fewer than one finding in ten has nobody for it but texts of the Soviet side."""
    sides = measures.supports(campaign)["perspectives"].dropna().str.split(";")
    with_soviet = sides.map(lambda found: SOVIET in found)
    if not with_soviet.any():
        return UNKNOWN
    alone = int((sides.map(len) == 1)[with_soviet].sum())
    values = {"with-soviet": number(int(with_soviet.sum())), "soviet-alone": number(alone, words=True)}
    return Finding(alone < len(sides) / 10, values)


def seldom_does_a_text_name_what_it_copies(campaign: Campaign) -> Finding:
    """Of the links that we draw between texts the smaller part was seen in the texts themselves."""
    found = lineages.links(campaign)
    if found.empty:
        return UNKNOWN
    seen = int((found["how"] == lineages.SEEN).sum())
    values = {
        "texts": number(len(campaign.sources)),
        "links": number(len(found)),
        "links-seen": number(seen, words=True),
        "links-judged": number(len(found) - seen, words=True),
    }
    return Finding(seen < len(found) - seen, values)
