"""What the conclusions of the book rest on, finding by finding: families of texts, people who took part, dissent.

The findings of a chapter that counts the findings are not among those that are counted: see `others`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import pandas as pd

from helpers.belief.policies import WITHOUT, families
from helpers.check.findings import counted
from helpers.findings import Finding
from helpers.findings.dossier import filled
from helpers.findings.grid import HOLDS, REVERSES
from helpers.findings.index import cited
from helpers.record import Campaign

LEDGER = "findings"


def others(campaign: Campaign) -> Campaign:
    """Return the campaign without the findings of the chapters that count the findings.

    >>> bool(others(campaign).findings["note"].str.startswith("Counted over findings", na=False).any())
    False
    """
    findings = campaign.findings
    kept = findings[~findings["chapter"].isin(counting(campaign))]
    return dataclasses.replace(campaign, tables={**campaign.tables, LEDGER: kept})


def counting(campaign: Campaign) -> list[str]:
    """Return the chapters that count the findings.

    >>> counting(campaign)
    ['sources']
    """
    findings = campaign.findings
    return list(findings.loc[[LEDGER in counted(note) for note in findings["note"]], "chapter"].unique())


def supports(campaign: Campaign) -> pd.DataFrame:
    """Return what each finding rests on, findings about the findings left aside.

    Returns
    -------
    pandas.DataFrame
        Index the finding; columns ``chapter``, ``families`` (how many families of texts have a claim for it; 0 where
        it rests on what the tables hold as a whole), ``only`` (the one family, missing if there are more or none),
        ``there`` (whether one of the texts for it is by someone who took part), ``only_there`` (whether all are),
        ``disputed`` (whether a claim stands against it) and ``perspectives`` (of the texts for it, sorted, joined by
        semicolons).

    >>> supports(campaign).loc["actors_qushbegi", "only"]
    'khodzhaev'
    """
    seen = others(campaign)
    found = cited(seen)
    ours = found[found["side"] == "for"].join(seen.sources[["participant", "perspective"]], on="source")
    by_finding = ours.groupby("finding")
    count = by_finding["lineage"].nunique()
    table = seen.findings[["chapter"]].assign(
        families=count,
        only=by_finding["lineage"].first().where(count == 1),
        there=by_finding["participant"].any(),
        only_there=by_finding["participant"].all(),
        disputed=seen.findings["claims_against"].notna(),
        perspectives=by_finding["perspective"].agg(lambda sides: ";".join(sorted(set(sides)))),
    )
    told = ["there", "only_there"]
    table[told] = table[told].astype("boolean").fillna(False).astype(bool)
    return table.assign(families=table["families"].fillna(0).astype(int))


def published(campaign: Campaign, verdicts: pd.DataFrame) -> pd.DataFrame:
    """Return the measures of the book: how many of its conclusions stand how.

    Parameters
    ----------
    verdicts
        As `helpers.findings.grid.verdicts` returns it, for all policies.

    Returns
    -------
    pandas.DataFrame
        Index the measure, in words; columns ``findings`` and ``share`` (of all that were counted, 0 to 1).
    """
    rests = supports(campaign)
    asked = verdicts.loc[rests.index].drop(columns="all")
    named = asked[[name for name in asked if name in campaign.policies.index]]
    alone = asked.drop(columns=named.columns)
    counts = {
        "rest on one family of texts": rests["families"] == 1,
        "rest, at least in part, on someone who took part": rests["there"],
        "rest only on people who took part": rests["only_there"],
        "have a claim against them": rests["disputed"],
        "hold whichever one family is left out": (alone == HOLDS).all(axis=1),
        "hold under every choice of sources": (named == HOLDS).all(axis=1),
        "turn round under no policy": (asked != REVERSES).all(axis=1),
    }
    table = pd.DataFrame({"findings": {name: int(hold.sum()) for name, hold in counts.items()}})
    return table.assign(share=table["findings"] / len(rests)).rename_axis("measure")


def sentences(campaign: Campaign, answers: Mapping[str, Finding | str]) -> pd.DataFrame:
    """Return each finding's ``chapter`` and its ``sentence`` with its numbers put in, as with all sources.

    Parameters
    ----------
    answers
        What the findings answer, by key; in words, why one cannot: then its sentence stays as it is written.

    >>> few = Campaign(campaign.package, {**campaign.tables, "findings": campaign.findings.head(1)}, campaign.path)
    >>> from helpers.findings import ask
    >>> answers = {key: ask(few, row) for key, row in few.findings.iterrows()}
    >>> sentences(few, answers)["sentence"].tolist()
    ["Who had led the party's Central Committee in 1917 depends on whom one reads."]
    """
    rows = others(campaign).findings
    said = [
        sentence if isinstance(answers[key], str) else filled(sentence, answers[key].values)
        for key, sentence in rows["sentence"].items()
    ]
    return rows.assign(sentence=said)[["chapter", "sentence"]]


def falls(said: pd.DataFrame, verdicts: pd.DataFrame, policy: str) -> pd.DataFrame:
    """Return the findings that do not hold under a policy.

    Parameters
    ----------
    said
        As `sentences` returns it.
    verdicts
        As `helpers.findings.grid.verdicts` returns it.
    policy
        One of its columns.

    Returns
    -------
    pandas.DataFrame
        As ``said``, with the column ``verdict``.
    """
    lost = verdicts[policy][verdicts[policy] != HOLDS].rename("verdict")
    return said.join(lost, how="inner")


def most_missed(campaign: Campaign, verdicts: pd.DataFrame) -> pd.DataFrame:
    """Return how many findings each family of texts carries, those that carry most first.

    Returns
    -------
    pandas.DataFrame
        Index the family; columns ``label``, ``falls`` (findings that do not hold without it), ``reverses`` (how many
        of them turn round), ``participant`` (whether someone of the family took part). Families without which all
        findings hold are left out.
    """
    asked = verdicts.loc[others(campaign).findings.index]
    asked = asked[[name for name in asked if name.startswith(WITHOUT)]].rename(columns=lambda n: n[len(WITHOUT) :])
    table = pd.DataFrame(
        {
            "label": families(campaign),
            "falls": (asked != HOLDS).sum(),
            "reverses": (asked == REVERSES).sum(),
            "participant": campaign.sources.groupby("lineage")["participant"].any(),
        }
    )
    carried = table[table["falls"] > 0].sort_values(["falls", "label"], ascending=[False, True])
    return carried.rename_axis("lineage")
