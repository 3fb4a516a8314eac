"""How one actor stood with the others: its ties through a stretch of time."""

from __future__ import annotations

import pandas as pd

from helpers.network import active
from helpers.record import Campaign

PARTIES = ("state", "government")


def ties_of(campaign: Campaign, *actors: str, first: str, last: str) -> pd.DataFrame:
    """Return the signed ties of some actors, taken together, that may have held between two days.

    Parameters
    ----------
    campaign
        The data package.
    actors
        Keys of `actors` that are looked at as one, for instance a state and its ruler; ties among them are left out.
    first, last
        Days, ISO, New Style.

    Returns
    -------
    pandas.DataFrame
        Rows of `relations` with ``other`` (key of the actor at the other end), ``other_label`` and ``other_kind``:
        first the ties of alliance, then those of conflict, each by when they may have begun.

    >>> ties = ties_of(campaign, "emirate", "alimkhan", first="1917-12-01", last="1918-02-28")
    >>> "kokand_autonomy" in set(ties["other"])
    True
    """
    ties = campaign.relations
    ours_a, ours_b = ties["actor_a"].isin(actors), ties["actor_b"].isin(actors)
    ties = ties[(ours_a ^ ours_b) & (ties["sign"] != 0)]
    begun = ties["start_earliest"].isna() | (ties["start_earliest"] <= pd.Timestamp(last))
    ended = ties["end_latest"].notna() & (ties["end_latest"] < pd.Timestamp(first))
    ties = ties[begun & ~ended]
    other = ties["actor_a"].where(ties["actor_b"].isin(actors), ties["actor_b"])
    people = campaign.actors
    named = ties.assign(
        other=other, other_label=other.map(people["label"]), other_kind=other.map(people["kind"]).astype("str")
    )
    return named.sort_values(["sign", "start_earliest", "other_label"], ascending=[False, True, True])


def held_on(ties: pd.DataFrame, on: str, *, sign: int) -> pd.DataFrame:
    """Return the ties of one sign that may have held on a day, with ``sure``: whether they must have.

    Parameters
    ----------
    ties
        As from `ties_of`.
    on
        The day, ISO, New Style.
    sign
        1 for ties of alliance, -1 for ties of conflict.

    A tie is sure if every reading of its dates has it hold on that day; whether it held at all (``certainty``) is
    another question.
    """
    day = pd.Timestamp(on)
    held = active(ties[ties["sign"] == sign], day.date())
    return held.assign(sure=(held["start_latest"] <= day) & (held["end_earliest"] >= day))
