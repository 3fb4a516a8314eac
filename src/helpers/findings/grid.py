"""Every finding under every policy: does it hold, do the sources say otherwise, or can it not be said?

To leave out each family of texts in turn is to ask some thousands of questions, and to most of them the answer is
that nothing changes. `Without` therefore leaves out many families at once, and one alone only where that matters.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

import pandas as pd

from helpers.belief import policies
from helpers.belief.policies import WITHOUT
from helpers.findings import Finding, ask
from helpers.findings.index import cited
from helpers.record import Campaign

HOLDS, REVERSES, SILENT = "holds", "reverses", "cannot be said"
VERDICTS: Mapping[bool | None, str] = {True: HOLDS, False: REVERSES, None: SILENT}
FEW = 4
"""Groups that are no longer left out together: what each alone leaves of the tables is known already."""


def verdicts(campaign: Campaign, wanted: Sequence[str] | None = None) -> pd.DataFrame:
    """Return what each finding answers under each policy.

    Parameters
    ----------
    campaign
        The whole data package.
    wanted
        Policies by name; by default all of `helpers.belief.policies.choices`.

    Returns
    -------
    pandas.DataFrame
        One row a finding, one column a policy: one of `VERDICTS`.

    >>> few = Campaign(campaign.package, {**campaign.tables, "findings": campaign.findings.head(1)}, campaign.path)
    >>> verdicts(few, ["all", "without:togan"]).columns.tolist()
    ['all', 'without:togan']
    """
    return Grid(campaign, wanted).verdicts(campaign.findings)


class Grid:
    """A campaign under some policies, to ask findings of; every view of it is taken once.

    Parameters are those of `verdicts`.
    """

    def __init__(self, campaign: Campaign, wanted: Sequence[str] | None = None) -> None:
        self._wanted = list(policies.choices(campaign).index if wanted is None else wanted)
        families = [name.removeprefix(WITHOUT) for name in self._wanted if name.startswith(WITHOUT)]
        members = campaign.sources.groupby("lineage").groups
        self._left_out = Without(campaign, {WITHOUT + family: members[family] for family in families})
        self._views = {name: campaign.under(name) for name in self._wanted if not name.startswith(WITHOUT)}

    def verdicts(self, findings: pd.DataFrame) -> pd.DataFrame:
        """Return what some rows of `findings` answer, as the function `verdicts` does."""
        rows = {}
        for key, row in findings.iterrows():
            found = {name: VERDICTS[ask(view, row).holds] for name, view in self._views.items()}
            rows[key] = found | self._left_out.verdicts(row)
        return pd.DataFrame.from_dict(rows, orient="index", columns=self._wanted).rename_axis("finding")


class Without:
    """The campaign without each of some groups of texts, to ask many findings of; every view of it is taken once.

    Parameters
    ----------
    campaign
        The whole data package.
    groups
        Name to texts. Those that say much should come first: those that say little are then left out together.
    """

    def __init__(self, campaign: Campaign, groups: Mapping[str, Collection[str]]) -> None:
        self._campaign, self._groups = campaign, groups
        self._place = {name: place for place, name in enumerate(groups)}
        self._views: dict[tuple[str, ...], Campaign] = {}

    def verdicts(self, finding: pd.Series) -> dict[str, str]:
        """Return the verdict on a row of `findings` without each group: one of `VERDICTS`.

        A group is left out by itself where the finding cites it. The others are left out together; where the answer
        without all of them is the same to the last of its values, it is that without each, and where it is not, each
        half of them is tried, at last each by itself.
        """
        whole = ask(self._campaign, finding)
        near = self._near(finding)
        told = self._ask(finding, whole, tuple(name for name in self._groups if name not in near))
        for name in near:
            told |= self._ask(finding, whole, (name,))
        return told

    def _ask(self, finding: pd.Series, whole: Finding, names: tuple[str, ...]) -> dict[str, str]:
        if not names:
            return {}
        answer = ask(self._view(names), finding)
        if answer == whole or len(names) == 1:
            return dict.fromkeys(names, VERDICTS[answer.holds])
        told = {}
        for part in self._parts(names):
            told |= self._ask(finding, whole, part)
        return told

    def _parts(self, names: tuple[str, ...]) -> list[tuple[str, ...]]:
        """Split groups in two, at the same places for every finding, so that they share views; a few singly."""
        if len(names) <= FEW:
            return [(name,) for name in names]
        first, last = self._place[names[0]], self._place[names[-1]]
        bit = (first ^ last).bit_length() - 1
        cut = last >> bit << bit
        below = sum(self._place[name] < cut for name in names)
        return [names[:below], names[below:]]

    def _view(self, names: tuple[str, ...]) -> Campaign:
        """The campaign without these groups."""
        if names not in self._views:
            texts = (text for name in names for text in self._groups[name])
            self._views[names] = policies.without_source(self._campaign, *texts)
        return self._views[names]

    def _near(self, finding: pd.Series) -> set[str]:
        """The groups that the finding cites."""
        texts = self._cited.get(finding.name, frozenset())
        return {name for name, group in self._groups.items() if not texts.isdisjoint(group)}

    @cached_property
    def _cited(self) -> dict[str, frozenset[str]]:
        return cited(self._campaign).groupby("finding")["source"].agg(frozenset).to_dict()
