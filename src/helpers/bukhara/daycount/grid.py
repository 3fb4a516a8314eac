"""Every combination of the readings of the texts, and what each asks a historian to reject.

A combination is *ordered* if the story holds together in it, *compatible* if nothing at all breaks. Its
*price* is the number of witnesses (see `helpers.bukhara.daycount.constraints`) that break. Nothing is weighted or
averaged, and a number of combinations is no probability: a count that leaves texts free has more of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain, combinations, product

import pandas as pd

from helpers.bukhara.daycount import BATTLE, choices
from helpers.bukhara.daycount.constraints import SLACK, Constraint, constraints
from helpers.record import Campaign

COUNTS = ("early", "late")
"""The two day-counts: the first battle on 2 March, or 13 days later on 15 March 1918."""


def sources(found: Iterable[Constraint]) -> tuple[str, ...]:
    """Return the texts whose reading is open, in the order in which the constraints name them."""
    return tuple(dict.fromkeys(chain.from_iterable(one.sources for one in found)))


def grid(found: Sequence[Constraint], *, slack: Mapping[str, int] = SLACK) -> pd.DataFrame:
    """Try every combination of readings.

    Returns
    -------
    pandas.DataFrame
        One row a combination: a column for each text (the key of its `Choice`), then ``count`` (see
        `count_of`), ``ordered``, ``rejected`` (keys of the witnesses that break) and ``price`` (how many).
    """
    return _tried(tuple(found), tuple(sorted(slack.items()))).copy(deep=False)


@lru_cache(maxsize=256)  # many choices of sources leave the constraints as they are
def _tried(found: tuple[Constraint, ...], slack: tuple[tuple[str, int], ...]) -> pd.DataFrame:
    names, allowed = sources(found), dict(slack)
    place = {name: number for number, name in enumerate(names)}
    # A constraint looks at few texts: what it says is worked out once for each way to read those.
    breaks = [
        (
            one,
            [place[name] for name in one.sources],
            {k for k in one.needs if not one.holds(dict(zip(one.sources, k, strict=True)), slack=allowed)},
        )
        for one in found
    ]
    rows = []
    for keys in product(*([choice.key for choice in choices(name)] for name in names)):
        broken = [one for one, places, breaking in breaks if tuple([keys[n] for n in places]) in breaking]
        rejected = tuple(one.key for one in broken if one.kind == "witness")
        count = count_of(dict(zip(names, keys, strict=True)))
        rows.append((*keys, count, len(broken) == len(rejected), rejected, len(rejected)))
    return pd.DataFrame(rows, columns=[*names, "count", "ordered", "rejected", "price"])


def count_of(reading: Mapping[str, str]) -> str | None:
    """Return on which of `COUNTS` a reading puts the battle; None if its texts disagree."""
    early = {reading[s] == ("moved" if s == "becker1968" else "NS") for s in BATTLE if s in reading}
    return None if len(early) != 1 else "early" if early.pop() else "late"


def prices(tried: pd.DataFrame) -> dict[str, tuple[int, tuple[str, ...]] | None]:
    """Return the fewest witnesses to reject under each count, and which; None if nothing is ordered there."""
    ordered = tried[tried["ordered"]]
    found: dict[str, tuple[int, tuple[str, ...]] | None] = {}
    for count in COUNTS:
        rows = ordered[ordered["count"] == count].sort_values("price", kind="stable")
        found[count] = None if rows.empty else (int(rows["price"].iloc[0]), rows["rejected"].iloc[0])
    return found


def summary(found: Sequence[Constraint], *, slack: Mapping[str, int] = SLACK) -> dict[str, int | None]:
    """Return how many combinations there are, are ordered and compatible, and the price of each count.

    >>> sorted(summary(constraints(campaign)))
    ['combinations', 'compatible', 'early', 'late', 'ordered']
    """
    tried = grid(found, slack=slack)
    ordered = tried[tried["ordered"]]
    compatible = int((ordered["price"] == 0).sum())
    paid = {count: price[0] if price else None for count, price in prices(tried).items()}
    return {"combinations": len(tried), "ordered": len(ordered), "compatible": compatible, **paid}


def without_each(campaign: Campaign, *, without: Collection[str] = ()) -> pd.DataFrame:
    """Return the `summary` with each text left out in turn, those in `without` being left out always.

    Returns
    -------
    pandas.DataFrame
        Indexed by text: ``combinations``, ``ordered``, ``compatible``, ``early`` and ``late`` (prices).
    """
    found = constraints(campaign, without=without)
    texts = dict.fromkeys([*sources(found), *(one.rests_on for one in found if one.rests_on)])
    rows = {text: summary(constraints(campaign, without={text, *without})) for text in texts}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("source").astype("Int64")


def fewest_to_level(campaign: Campaign, *, slack: Mapping[str, int] = SLACK) -> tuple[str, ...] | None:
    """Return the smallest set of texts without whose witnesses the late count costs no more than the early.

    Only texts on which a witness rests are tried; None if not even all of them together are enough.
    """
    texts = sorted({one.rests_on for one in constraints(campaign) if one.kind == "witness"})
    for size in range(len(texts) + 1):
        for gone in combinations(texts, size):
            price = summary(constraints(campaign, without=gone), slack=slack)
            if price["late"] is not None and (price["early"] is None or price["late"] <= price["early"]):
                return gone
    return None
