"""The campaign seen through a choice of sources.

A policy says which texts count, and in which calendar the days round the battle are read that a source prints
without naming one. Most are rows of ``data/policies.csv``; one for each family of texts, left out in turn, is
generated. `under` gives the tables as they would stand if only those texts were known: claims of the others are
gone, readings are taken again from what is left, and a reading that no claim supports any more is gone too. It is
never turned into a zero.

Importing this module gives `Campaign` its method ``under``.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from helpers.belief import rederive as redating
from helpers.belief.rule import admitted
from helpers.record import Campaign, accepted
from helpers.record.cached import cached

#: Tables of readings and the subject column of the claims they rest on.
READINGS: Mapping[str, str] = MappingProxyType(
    {"events": "event", "relations": "relation", "forces": "force", "terms": "term", "movements": "movement"}
)
NUMERIC = ("strength", "loss", "count")
WITHOUT = "without:"
"""A policy ``without:khodzhaev`` leaves out the family of texts of that name."""


@Campaign.method
def under(campaign: Campaign, policy: str) -> Campaign:
    """Return the campaign as it stands under a policy (see `choices`).

    Raises
    ------
    ValueError
        If there is no such policy, or its rule is none (see `helpers.belief.rule`).

    >>> believed = campaign.under("soviet_only")
    >>> len(believed.sources) < len(campaign.sources)
    True
    >>> set(believed.claims["source"]) <= set(believed.sources.index)
    True
    """
    if policy.startswith(WITHOUT):
        return without_lineage(campaign, policy.removeprefix(WITHOUT))
    if policy not in campaign.policies.index:
        raise ValueError(f"policies has no row {policy!r}; it has {', '.join(campaign.policies.index)}")
    row = campaign.policies.loc[policy]
    return believing(
        campaign, row["rule"] if pd.notna(row["rule"]) else None, old_style=row["calendar_unstated"] == "OS"
    )


def choices(campaign: Campaign) -> pd.DataFrame:
    """Return all policies: the rows of `policies`, and one for each family of texts left out.

    Returns
    -------
    pandas.DataFrame
        Index the name that `under` takes; columns ``label``, ``rationale`` and ``kind`` ("choice of texts",
        "calendar" or "left out"). The families that say most come first.

    >>> choices(campaign).loc[["all", "without:becker"], "kind"].tolist()
    ['choice of texts', 'left out']
    """
    table = campaign.policies[["label", "rationale", "calendar_unstated"]]
    kinds = table["calendar_unstated"].map({"as_assumed": "choice of texts"}).fillna("calendar")
    typed = table.drop(columns="calendar_unstated").assign(kind=kinds)
    names = families(campaign)
    generated = pd.DataFrame(
        {"label": "Without " + names, "rationale": "What hangs on this family of texts alone.", "kind": "left out"}
    )
    return pd.concat([typed.sort_index(key=lambda keys: keys != "all"), generated.set_index(WITHOUT + names.index)])


def families(campaign: Campaign) -> pd.Series:
    """Return the name of each family of texts: that of its text that says most; those that say most come first."""
    counts = campaign.claims.groupby("source").size()
    sources = campaign.sources.assign(claims=counts).fillna({"claims": 0}).sort_values("claims", ascending=False)
    leading = sources.drop_duplicates("lineage").set_index("lineage")["label"]
    totals = sources.groupby("lineage")["claims"].sum().sort_values(ascending=False, kind="stable")
    return leading.loc[totals.index]


def without_lineage(campaign: Campaign, lineage: str) -> Campaign:
    """Return the campaign as it would stand without one family of texts.

    Raises
    ------
    ValueError
        If no text is of that family.

    >>> "becker1968" in without_lineage(campaign, "becker").sources.index
    False
    """
    if lineage not in set(campaign.sources["lineage"]):
        raise ValueError(f"sources has no lineage {lineage!r}; see the column lineage")
    return _left(campaign, campaign.sources[campaign.sources["lineage"] != lineage])


def without_source(campaign: Campaign, *sources: str) -> Campaign:
    """Return the campaign as it would stand without one text or several, all others of their families counting.

    Raises
    ------
    KeyError
        If there is no such text.

    >>> "kuts" in set(without_source(campaign, "kuts").claims["source"])
    False
    """
    return _left(campaign, campaign.sources.drop(list(sources)))


def without_claims(campaign: Campaign, *claims: str) -> Campaign:
    """Return the campaign as it would stand if nobody had made these claims.

    >>> left = without_claims(campaign, "kokand_dead-loss-lee2018")
    >>> [int(view.forces.loc["kokand_dead", "high"]) for view in (campaign, left)]
    [14000, 10000]
    """
    return _taken_again(campaign, campaign.sources, campaign.claims.drop(list(claims)))


def believing(campaign: Campaign, rule: str | None, *, old_style: bool = False) -> Campaign:
    """Return the campaign with only the sources that a rule admits (see `under`).

    Parameters
    ----------
    campaign
        The data package.
    rule
        Which texts count, over the columns of `sources` (see `helpers.belief.rule`); None admits all.
    old_style
        Read the days round the battle that a text prints without naming a calendar as Old Style
        (see `helpers.belief.rederive.as_old_style`).

    Raises
    ------
    ValueError
        If the rule is none; the message says how to mend it.

    >>> bool(believing(campaign, "participant").sources["participant"].all())
    True
    """
    if rule is None and not old_style:
        return campaign
    sources = campaign.sources if rule is None else admitted(campaign.sources, rule)
    return _left(campaign, sources, old_style=old_style)


def _left(campaign: Campaign, sources: pd.DataFrame, *, old_style: bool = False) -> Campaign:
    """The campaign with only these sources and what they say."""
    claims = campaign.claims[campaign.claims["source"].isin(sources.index)]
    return _taken_again(campaign, sources, claims, old_style=old_style)


def _taken_again(
    campaign: Campaign, sources: pd.DataFrame, claims: pd.DataFrame, *, old_style: bool = False
) -> Campaign:
    """The campaign with its readings taken again from the claims that are left."""
    tables = {**campaign.tables, "sources": sources, "claims": claims}
    if old_style:
        tables |= _moved(campaign, sources, claims)
    standing = _standing(tables["claims"])
    for name, subject in READINGS.items():
        supported = tables[name].index.isin(set(standing[subject].tolist()))
        if not supported.all():
            tables[name] = tables[name][supported]
    tables["forces"] = _requantified(tables["forces"], standing)
    ours = tables["events"]
    once = _days_told(campaign)
    if old_style:
        left = redating.days_told(standing)
    else:
        left = {claim: once[claim] for claim in standing.index.tolist() if claim in once}
    tables["events"] = redating.redated(ours, left, once)
    tables["relations"] = redating.following(tables["relations"], ours, tables["events"])
    return Campaign(campaign.package, MappingProxyType(_cleared(campaign, tables)), campaign.path)


def _standing(claims: pd.DataFrame) -> pd.DataFrame:
    """The claims that stand, with the columns from which readings are taken: the whole table is wide."""
    return accepted(claims[_TAKEN_FROM])


_TAKEN_FROM = [*READINGS.values(), "source", "attribute", "earliest", "latest", "low", "best", "high", "hedge", "rank"]


@cached
def _days_told(campaign: Campaign) -> dict[str, redating.Told]:
    return redating.days_told(_standing(campaign.claims))


def _moved(campaign: Campaign, sources: pd.DataFrame, claims: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The claims with their days read as Old Style, and our readings with them."""
    among = redating.days(campaign.package)
    later = redating.as_old_style(claims, redating.staying(campaign.package, sources), among)
    known = claims["rank"].ne("deprecated") & redating.has_days(claims)
    moved = (later["calendar_assumed"].eq("OS") & claims["calendar_assumed"].ne("OS"))[known]
    tables = {
        name: redating.moved_along(campaign[name], claims.loc[known, READINGS[name]], moved, among)
        for name in ("events", "relations", "movements")
    }
    return tables | {"claims": later}


def _requantified(forces: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """Bounds from the claims that are left; our best value stays only while one of them gives it."""
    wanted = (claims["force"].notna() & claims["attribute"].isin(NUMERIC)).to_numpy()
    columns = (claims[column][wanted].tolist() for column in ("force", "hedge", "low", "best", "high"))
    keys, values = forces.index.tolist(), dict[str, list[float]]()
    best, opened = set(), set()
    for force, hedge, *numbers in zip(*columns, strict=True):
        values.setdefault(force, []).extend(number for number in numbers if number is not pd.NA)
        best.add((force, numbers[1]))
        opened.add((force, hedge))
    given = [
        number is not pd.NA and (force, number) in best
        for force, number in zip(keys, forces["best"].tolist(), strict=True)
    ]
    bounds = {
        end: [
            bound(values[force]) if values.get(force) and (force, _OPEN[end]) not in opened else None for force in keys
        ]
        for end, bound in (("low", min), ("high", max))
    }
    typed = {end: pd.array(numbers, dtype="Float64") for end, numbers in bounds.items()}
    return forces.assign(best=forces["best"].where(given), **typed)


_OPEN = {"low": "at_most", "high": "at_least"}
"""An end that a claim so hedged leaves open."""


def _cleared(campaign: Campaign, tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Keys that point to rows that are gone are emptied; rows that cannot do without them are gone as well."""
    cleared = {}
    gone = {name: _gone(campaign.tables[name], tables[name]) for name in tables}
    for resource in campaign.package["resources"]:
        name = resource["name"]
        frame, pointed = tables[name], _pointed_to(campaign, name)
        required = {f["name"] for f in resource["schema"]["fields"] if f.get("constraints", {}).get("required")}
        for key in resource["schema"].get("foreignKeys", ()):
            column, keys = key["fields"][0], gone[key["reference"]["resource"] or name]
            if keys.isdisjoint(pointed[column]):
                continue
            lost = frame[column].isin(keys)
            if lost.any():
                frame = frame[~lost] if column in required else frame.assign(**{column: frame[column].mask(lost)})
        for field in (f for f in resource["schema"]["fields"] if "references" in f):
            column, keys = field["name"], gone[field["references"]["resource"]]
            if not keys.isdisjoint(pointed[column]):
                frame = frame.assign(**{column: _without_keys(frame[column], keys)})
        cleared[name] = frame
    return cleared


def _gone(before: pd.DataFrame, now: pd.DataFrame) -> frozenset[str]:
    return frozenset() if len(now) == len(before) else frozenset(before.index.tolist()).difference(now.index.tolist())


@cached
def _pointed_to(campaign: Campaign, name: str) -> dict[str, frozenset[str]]:
    """By column of a table that holds keys: all that it points to, so that most columns need not be gone through."""
    schema = next(r["schema"] for r in campaign.package["resources"] if r["name"] == name)
    single = {key["fields"][0] for key in schema.get("foreignKeys", ())}
    several = {field["name"] for field in schema["fields"] if "references" in field}
    cells = {column: campaign.tables[name][column].dropna().unique().tolist() for column in single | several}
    return {
        column: frozenset(key for cell in found for key in (cell.split(";") if column in several else (cell,)))
        for column, found in cells.items()
    }


def _without_keys(cells: pd.Series, gone: frozenset[str]) -> pd.Series:
    """The lists of keys without those that are gone; empty where none is left."""
    changed = {
        cell: ";".join(key for key in cell.split(";") if key not in gone) or None
        for cell in cells.dropna().unique()
        if not gone.isdisjoint(cell.split(";"))
    }
    if not changed:
        return cells
    now = pd.array([changed.get(cell, cell) for cell in cells.tolist()], dtype=cells.dtype)
    return pd.Series(now, index=cells.index, name=cells.name)
