"""The ledger read backwards: which sentences of the book use a text, and which use a row of the tables."""

from __future__ import annotations

import pandas as pd

from helpers.record import Campaign

#: Column of `claims` and the table its keys belong to.
SUBJECTS = {
    "event": "events",
    "relation": "relations",
    "force": "forces",
    "actor": "actors",
    "term": "terms",
    "movement": "movements",
    "place": "places",
}
SIDES = {"claims_for": "for", "claims_against": "against"}


def cited(campaign: Campaign) -> pd.DataFrame:
    """Return every claim that a finding cites.

    Returns
    -------
    pandas.DataFrame
        Columns ``finding``, ``chapter``, ``side`` ("for" or "against"), ``claim``, ``source`` and ``lineage``.
    """
    findings = campaign.findings
    parts = []
    for column, side in SIDES.items():
        keys = findings[column].dropna().astype("str").str.split(";").explode().rename("claim")
        parts.append(keys.rename_axis("finding").reset_index().assign(side=side))
    found = pd.concat(parts, ignore_index=True)
    found["source"] = campaign.claims["source"].reindex(found["claim"]).to_numpy()
    found["lineage"] = campaign.sources["lineage"].reindex(found["source"]).to_numpy()
    found["chapter"] = findings["chapter"].reindex(found["finding"]).to_numpy()
    return found[["finding", "chapter", "side", "claim", "source", "lineage"]]


def by_source(campaign: Campaign) -> pd.DataFrame:
    """Return which findings lean on each text.

    Returns
    -------
    pandas.DataFrame
        One row a text, finding and side: columns ``source``, ``finding``, ``chapter``, ``side``, ``claims`` (how many
        of its claims the finding cites) and ``sentence``.
    """
    groups = cited(campaign).groupby(["source", "finding", "chapter", "side"])
    found = groups.size().rename("claims").reset_index()
    return found.assign(sentence=campaign.findings["sentence"].reindex(found["finding"]).to_numpy())


def by_row(campaign: Campaign) -> pd.DataFrame:
    """Return which findings use each row of the tables: a claim, the text that makes it, and what it is about.

    Returns
    -------
    pandas.DataFrame
        One row a table, row and finding, sorted: columns ``table``, ``row``, ``finding``, ``chapter`` and ``sentence``.

    >>> list(by_row(campaign).columns)
    ['table', 'row', 'finding', 'chapter', 'sentence']
    """
    found = cited(campaign)
    claims = campaign.claims.loc[found["claim"]]
    rows = [("claims", found["claim"]), ("sources", found["source"])]
    rows += [(table, claims[subject]) for subject, table in SUBJECTS.items()]
    base = found[["finding", "chapter"]]
    parts = [base.assign(table=table, row=keys.to_numpy()) for table, keys in rows]
    uses = pd.concat(parts, ignore_index=True).dropna(subset="row").drop_duplicates()
    uses["sentence"] = campaign.findings["sentence"].reindex(uses["finding"]).to_numpy()
    order = ["table", "row", "finding"]
    return uses.sort_values(order, ignore_index=True)[[*order, "chapter", "sentence"]]
