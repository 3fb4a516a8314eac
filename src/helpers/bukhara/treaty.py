"""Demands, promises and clauses: who was bound by what, how we know of it, and what became of it.

No paper of this war has been seen whole: not the ultimatum, not the emir's manifesto, not the peace. So a subject on
which a paper says nothing here may still have stood in it, and `gaps` counts what is known to be missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from helpers.belief.source_types import nearest, voices
from helpers.record import Campaign, accepted
from helpers.record.cached import cached

#: Steps of the bargaining in their order, and the papers and promises that belong to each.
STAGES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "promised": ("december_promise", "march_promise", "programme"),
        "demanded": ("ultimatum",),
        "answered": ("first_answer", "second_answer", "truce"),
        "signed": ("second_manifesto",),
        "peace": ("kyzyl_tepe",),
    }
)


DOCUMENTS: Mapping[str, str] = MappingProxyType(
    {
        "december_promise": "Promises of December",
        "march_promise": "Promises with the five days",
        "programme": "The Young Bukharans' plan",
        "ultimatum": "The ultimatum",
        "first_answer": "The emir's first answer",
        "second_answer": "The emir's second answer",
        "truce": "The truce",
        "second_manifesto": "The emir's manifesto",
        "kyzyl_tepe": "The peace of Kyzyl-Tepe",
    }
)


OUTCOMES: Mapping[str, str] = MappingProxyType(
    {"done": "done", "partly": "done in part", "not_done": "not done", "unknown": "not known"}
)
PARTIES: Mapping[str, str] = MappingProxyType(
    {"soviet": "Tashkent", "emir": "the emir", "young_bukharans": "the Young Bukharans", "both": "both sides"}
)


@cached
def terms(campaign: Campaign) -> pd.DataFrame:
    """Return the terms of this war, in the order of the bargaining, with how we know of them and what became of them.

    A term of which no claim that stands tells is none here, whatever a source says of its end.
    The emir's manifesto of April 1917 belongs to another quarrel and is left out; so is the row that says how many
    points the ultimatum had, which is no point of it (see `gaps`).

    Returns
    -------
    pandas.DataFrame
        Indexed by term: ``stage``, ``document``, ``number``, ``text``, ``party_bound``, ``topic``, ``grade`` (key of
        `helpers.belief.source_types.VOICES`, or ``inferred``: ours, from what was done), ``outcome`` (key of
        `OUTCOMES`; ``unknown`` unless a claim that stands says otherwise), ``families`` (of texts that tell of the
        term), ``told_by`` (their labels), ``note``.
    """
    stages = {document: stage for stage, documents in STAGES.items() for document in documents}
    told = _told(campaign, "content")
    found = campaign.terms[campaign.terms["document"].isin(stages) & (campaign.terms["topic"] != "count")]
    found = found[found.index.isin(told["term"])]
    done = set(_told(campaign, "fulfilled")["term"])
    by_term = dict(tuple(told.groupby("term")))
    table = found[["document", "number", "text", "party_bound", "topic", "note"]].assign(
        stage=found["document"].map(stages),
        grade=[_grade(by_term[t], c) for t, c in found["certainty"].items()],
        outcome=[o if t in done else "unknown" for t, o in found["fulfilled"].items()],
        families=[len(set(by_term[t]["lineage"])) for t in found.index],
        told_by=["; ".join(dict.fromkeys(by_term[t]["label"])) for t in found.index],
    )
    order = {document: place for place, document in enumerate(DOCUMENTS)}
    return table.sort_values(["document", "number"], key=lambda c: c.map(order) if c.name == "document" else c)


def known_demands(campaign: Campaign) -> pd.DataFrame:
    """Return the points of the ultimatum whose subject is known: what the emir was to do, the day of answer apart."""
    found = terms(campaign)
    asked = (found["document"] == "ultimatum") & (found["party_bound"] == "emir") & (found["topic"] != "time")
    return found[asked]


def points_of_ultimatum(campaign: Campaign) -> int | None:
    """Return how many points the ultimatum is said to have had; None if nobody says."""
    claims = campaign.claims
    counts = claims[(claims["term"] == "ultimatum-count") & (claims["attribute"] == "count")]["best"].dropna()
    return None if counts.empty else int(counts.iloc[0])


def gaps(campaign: Campaign) -> dict[str, int | None]:
    """Return how many points of each written paper are known to be missing.

    None where a paper is not known whole and nobody says how many points it had: that is no zero. A paper of which
    only later points are numbered lacks the earlier numbers.
    """
    points, found = points_of_ultimatum(campaign), terms(campaign)
    numbers = set(found.loc[found["document"] == "second_manifesto", "number"].dropna().astype(int))
    return {
        "ultimatum": None if points is None else points - len(known_demands(campaign)),
        "second_manifesto": len(set(range(1, max(numbers) + 1)) - numbers) if numbers else None,
        "kyzyl_tepe": None,
    }


def promised_and_done(campaign: Campaign) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the clauses of the peace in three parts: told and done, told only, done only.

    *Told*: some text says that it was agreed. *Done only*: a text tells of the thing done, and that it was agreed is
    our inference.
    """
    peace = terms(campaign).query("document == 'kyzyl_tepe'")
    told, done = peace["grade"] != "inferred", peace["outcome"].isin(["done", "partly"])
    return peace[told & done], peace[told & ~done], peace[~told & done]


def _told(campaign: Campaign, attribute: str) -> pd.DataFrame:
    """Standing claims on terms with what their sources are."""
    claims = accepted(campaign.claims[["term", "attribute", "rank", "source", "quoting"]])
    standing = claims["term"].notna() & (claims["attribute"] == attribute)
    told = claims[standing].join(campaign.sources[["label", "lineage"]], on="source")
    return told.assign(voice=voices(campaign, told))


def _grade(told: pd.DataFrame, certainty: str) -> str:
    return "inferred" if certainty == "inferred" else nearest(told["voice"])
