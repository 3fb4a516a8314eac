"""Every finding under every policy: does it hold, do the sources say otherwise, or can it not be said?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

import pandas as pd

from helpers import policies
from helpers.findings import ask
from helpers.tables import Campaign

HOLDS, REVERSES, SILENT = "holds", "reverses", "cannot be said"
VERDICTS: Mapping[bool | None, str] = {True: HOLDS, False: REVERSES, None: SILENT}


def verdicts(campaign: Campaign, *, exact: bool = False) -> pd.DataFrame:
    """Return what each finding answers under each policy.

    Parameters
    ----------
    campaign
        The whole data package.
    exact
        Leave out every family of texts by itself for every finding. Otherwise families that neither support nor
        contradict a finding are left out together first, and one by one only if its verdict then differs; that two
        of them would have to cancel out for the two to differ is what the quicker way bets on.

    Returns
    -------
    pandas.DataFrame
        One row a finding, one column a policy (see `helpers.policies.choices`): one of `VERDICTS`.
    """
    choices = policies.choices(campaign)
    views = {policy: campaign.under(policy) for policy in choices.index[choices["kind"] != "left out"]}
    lineages = [key.removeprefix(policies.WITHOUT) for key in choices.index[choices["kind"] == "left out"]]
    without = _Without(campaign)
    rows = {}
    for key, finding in campaign.findings.iterrows():
        told = {policy: VERDICTS[ask(view, finding).holds] for policy, view in views.items()}
        own = lineages if exact else families_behind(campaign, finding)
        left = dict(without.each(finding, lineages, own=set(own), before=told["all"]))
        rows[key] = told | {policies.WITHOUT + lineage: verdict for lineage, verdict in left.items()}
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(choices.index)).rename_axis("finding")


def families_behind(campaign: Campaign, finding: pd.Series) -> list[str]:
    """Return the families of the texts that speak for or against a finding."""
    claims = campaign.claims.loc[[*keys(finding["claims_for"]), *keys(finding["claims_against"])], "source"]
    return sorted(set(campaign.sources["lineage"][claims]))


def keys(cell: object) -> list[str]:
    """Return the keys in a cell of `findings`."""
    return [] if pd.isna(cell) else str(cell).split(";")


def tally(campaign: Campaign, table: pd.DataFrame) -> pd.DataFrame:
    """Return for each finding under how many policies it holds, reverses and cannot be said.

    Parameters
    ----------
    table
        As `verdicts` returns it; `all` is no policy to be counted.

    Returns
    -------
    pandas.DataFrame
        One row a finding and kind of policy ("choice of texts", "calendar", "left out"); a column a verdict.
    """
    kinds = policies.choices(campaign)["kind"].drop("all")
    long = table.drop(columns="all").rename_axis(columns="policy").stack().rename("verdict").reset_index()
    long["kind"] = long["policy"].map(kinds)
    counts = long.groupby(["finding", "kind", "verdict"]).size().unstack(fill_value=0)
    return counts.reindex(columns=list(VERDICTS.values()), fill_value=0)


class _Without:
    """Views of the campaign without families of texts, made once each."""

    def __init__(self, campaign: Campaign) -> None:
        self._campaign = campaign
        self._views: dict[tuple[str, ...], Campaign] = {}

    def each(
        self, finding: pd.Series, lineages: Sequence[str], *, own: Collection[str], before: str
    ) -> Iterator[tuple[str, str]]:
        """Yield the verdict without each of the families."""
        if len(lineages) > 1 and own & set(lineages):
            verdict = None
        else:
            verdict = VERDICTS[ask(self._view(tuple(lineages)), finding).holds]
        if verdict == before or len(lineages) == 1:
            yield from ((lineage, verdict) for lineage in lineages)
            return
        middle = len(lineages) // 2
        for half in (lineages[:middle], lineages[middle:]):
            yield from self.each(finding, half, own=own, before=before)

    def _view(self, lineages: tuple[str, ...]) -> Campaign:
        if lineages not in self._views:
            self._views[lineages] = policies.believing(self._campaign, f"lineage not in {list(lineages)!r}")
        return self._views[lineages]
