"""Every finding under every policy: does it hold, do the sources say otherwise, or can it not be said?"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from helpers import policies
from helpers.findings import ask
from helpers.tables import Campaign

HOLDS, REVERSES, SILENT = "holds", "reverses", "cannot be said"
VERDICTS: Mapping[bool | None, str] = {True: HOLDS, False: REVERSES, None: SILENT}


def verdicts(campaign: Campaign, wanted: Sequence[str] | None = None) -> pd.DataFrame:
    """Return what each finding answers under each policy.

    A finding is not asked again where every table that it reads is the same as with all sources.

    Parameters
    ----------
    campaign
        The whole data package.
    wanted
        Policies by name; by default all of `helpers.policies.choices`.

    Returns
    -------
    pandas.DataFrame
        One row a finding, one column a policy: one of `VERDICTS`.

    >>> few = Campaign(campaign.package, {**campaign.tables, "findings": campaign.findings.head(1)}, campaign.path)
    >>> verdicts(few, ["all"]).columns.tolist()
    ['all']
    """
    wanted = list(policies.choices(campaign).index if wanted is None else wanted)
    whole = {key: _watched(campaign, row) for key, row in campaign.findings.iterrows()}
    columns = {}
    for policy in wanted:
        view = campaign.under(policy)
        same = {name for name in campaign if view[name].equals(campaign[name])}
        columns[policy] = {
            key: verdict if read <= same else VERDICTS[ask(view, campaign.findings.loc[key]).holds]
            for key, (verdict, read) in whole.items()
        }
    return pd.DataFrame(columns, index=list(whole)).rename_axis("finding")


def tally(campaign: Campaign, table: pd.DataFrame) -> pd.DataFrame:
    """Return under how many policies of each kind a finding holds, reverses and cannot be said.

    Parameters
    ----------
    table
        As `verdicts` returns it; the policy "all" is not counted.

    Returns
    -------
    pandas.DataFrame
        Index finding and kind ("choice of texts", "calendar", "left out"); one column a verdict.
    """
    kinds = policies.choices(campaign)["kind"].drop("all")
    long = table.drop(columns="all").rename_axis(columns="policy").stack().rename("verdict").reset_index()
    long["kind"] = long["policy"].map(kinds)
    counts = long.groupby(["finding", "kind", "verdict"]).size().unstack(fill_value=0)
    return counts.reindex(columns=list(VERDICTS.values()), fill_value=0)


def _watched(campaign: Campaign, finding: pd.Series) -> tuple[str, frozenset[str]]:
    """The verdict of a finding with all sources, and the tables it read."""
    tables = _Watch(campaign.tables)
    verdict = VERDICTS[ask(dataclasses.replace(campaign, tables=tables), finding).holds]
    return verdict, frozenset(tables.read)


class _Watch(Mapping[str, pd.DataFrame]):
    """Tables that remember which of them were read."""

    def __init__(self, tables: Mapping[str, pd.DataFrame]) -> None:
        self._tables = tables
        self.read: set[str] = set()

    def __getitem__(self, name: str) -> pd.DataFrame:
        self.read.add(name)
        return self._tables[name]

    def __contains__(self, name: object) -> bool:
        return name in self._tables

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)
