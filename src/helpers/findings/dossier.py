"""What stands behind a finding: the claims for and against it, and how strong that makes it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from helpers.findings import Finding, ask, function_name
from helpers.record import Campaign
from helpers.record.cached import cached
from helpers.record.wording import number

_SLOT = re.compile(r"\{([a-z0-9-]+)\}")


@dataclass(frozen=True)
class Dossier:
    """A finding with its evidence.

    Attributes
    ----------
    key, chapter, kind, note
        As in the table `findings`; ``note`` is empty where there is none.
    sentence
        The sentence with its values put in.
    holds
        What its function answers: True, False, or None where it cannot be said.
    supporting, dissenting
        Rows of `claims` with the columns ``label``, ``lineage`` and ``participant`` of their source.
    function
        Dotted name of the function that recomputes it.
    """

    key: str
    chapter: str
    kind: str
    note: str
    sentence: str
    holds: bool | None
    supporting: pd.DataFrame
    dissenting: pd.DataFrame
    function: str

    @property
    def strength(self) -> str:
        """How many families of texts speak for it and against it, in words."""
        if self.supporting.empty:
            return "Rests on what the tables hold as a whole, not on single statements."
        ours, theirs = (frame["lineage"].nunique() for frame in (self.supporting, self.dissenting))
        there = self.supporting.loc[self.supporting["participant"], "lineage"].nunique()
        witnesses = (
            f", {'all' if there == ours else number(there, words=True)} of them by people who took part"
            if there
            else ""
        )
        against = f"; {number(theirs, words=True)} against" if theirs else "; none seen against"
        return f"{_families(ours)} for it{witnesses}{against}."


def dossier(campaign: Campaign, key: str, answer: Finding | None = None) -> Dossier:
    """Return a finding of the book with its evidence.

    Parameters
    ----------
    answer
        What it answers, if it was asked of this campaign before.

    Raises
    ------
    KeyError
        If there is no such finding, or its sentence asks for a value that its function does not give.

    >>> found = dossier(campaign, "calendar_kokand")
    >>> found.sentence
    'The two are 13 days apart and tell of one attack.'
    >>> found.strength
    'Two families of texts for it; none seen against.'
    """
    if key not in campaign.findings.index:
        raise KeyError(f"findings.csv has no row {key!r}")
    row = campaign.findings.loc[key]
    answer = answer or ask(campaign, row)
    return Dossier(
        key=key,
        chapter=row["chapter"],
        kind=row["kind"],
        note="" if pd.isna(row["note"]) else row["note"],
        sentence=filled(row["sentence"], answer.values),
        holds=answer.holds,
        supporting=_claims(campaign, row["claims_for"]),
        dissenting=_claims(campaign, row["claims_against"]),
        function=function_name(campaign, row),
    )


def filled(sentence: str, values: Mapping[str, str]) -> str:
    """Return a sentence of `findings` with its values put in.

    Raises
    ------
    KeyError
        If a value is missing.
    """
    return _SLOT.sub(lambda slot: values[slot[1]], sentence)


def _claims(campaign: Campaign, keys: object) -> pd.DataFrame:
    chosen = [] if pd.isna(keys) else str(keys).split(";")
    return _told(campaign).loc[chosen]


@cached
def _told(campaign: Campaign) -> pd.DataFrame:
    """The claims, and of each text what a dossier says of it."""
    return campaign.claims.join(campaign.sources[["label", "lineage", "participant"]], on="source")


def _families(count: int) -> str:
    return "One family of texts" if count == 1 else f"{number(count, words=True).capitalize()} families of texts"
