"""The campaign seen through a choice of sources.

A policy is a row of ``data/policies.csv``: which texts count, and in which calendar the days of March 1918 are
read that a source prints without naming one. `under` gives the tables as they would stand if only those texts
were known: claims of the others are gone, readings are taken again from what is left, and a reading that no
claim supports any more is gone too. It is never turned into a zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from helpers.tables import Campaign

#: Tables of readings and the subject column of the claims they rest on.
READINGS: Mapping[str, str] = MappingProxyType(
    {"events": "event", "relations": "relation", "forces": "force", "terms": "term", "movements": "movement"}
)
NUMERIC = ("strength", "loss", "count")
OLD_STYLE = pd.Timedelta(days=13)
FIRST_DAY, LAST_DAY = pd.Timestamp("1918-02-01"), pd.Timestamp("1918-04-30")


def under(campaign: Campaign, policy: str) -> Campaign:
    """Return the campaign as it stands under a row of `policies`.

    Raises
    ------
    ValueError
        If there is no such policy, or its rule is no expression over the columns of `sources`.
    """
    if policy not in campaign.policies.index:
        raise ValueError(f"policies has no row {policy!r}; it has {', '.join(campaign.policies.index)}")
    row = campaign.policies.loc[policy]
    return believing(campaign, row["rule"] if pd.notna(row["rule"]) else None, old_style=row["march_dates"] == "OS")


def without_lineage(campaign: Campaign, lineage: str) -> Campaign:
    """Return the campaign as it would stand without one family of texts."""
    return believing(campaign, f"lineage != {lineage!r}")


def believing(campaign: Campaign, rule: str | None, *, old_style: bool = False) -> Campaign:
    """Return the campaign with only the sources that a rule admits (see `under`).

    Parameters
    ----------
    campaign
        The data package.
    rule
        Expression over the columns of `sources`, as `pandas.DataFrame.query` reads it; None admits all.
    old_style
        Read the days of February to April 1918 that a source prints without naming a calendar as Old Style.
    """
    if rule is None and not old_style:
        return campaign
    sources = campaign.sources if rule is None else _admitted(campaign.sources, rule)
    claims = campaign.claims[campaign.claims["source"].isin(sources.index)]
    return _taken_again(campaign, sources, _as_old_style(claims) if old_style else claims)


def without_claims(campaign: Campaign, *claims: str) -> Campaign:
    """Return the campaign as it would stand if nobody had made these claims."""
    return _taken_again(campaign, campaign.sources, campaign.claims.drop(list(claims)))


def _taken_again(campaign: Campaign, sources: pd.DataFrame, claims: pd.DataFrame) -> Campaign:
    """The campaign with its readings taken again from the claims that are left."""
    tables = {name: campaign[name] for name in campaign} | {"sources": sources, "claims": claims}
    standing = claims[claims["rank"] != "deprecated"]
    for name, subject in READINGS.items():
        tables[name] = tables[name][tables[name].index.isin(standing[subject].dropna())]
    tables["forces"] = _requantified(tables["forces"], standing)
    tables["events"] = _redated(tables["events"], standing, _dated(campaign.claims))
    return Campaign(campaign.package, MappingProxyType(_cleared(campaign, tables)), campaign.path)


def _admitted(sources: pd.DataFrame, rule: str) -> pd.DataFrame:
    try:
        return sources.query(rule, engine="python")
    except (pd.errors.UndefinedVariableError, SyntaxError, TypeError, ValueError) as error:
        raise ValueError(f"{rule!r} is no rule over the columns of `sources`: {error}") from None


def _as_old_style(claims: pd.DataFrame) -> pd.DataFrame:
    open_to_it = (claims["calendar_stated"] == "unstated") & (claims["calendar_assumed"] == "NS")
    of_the_time = claims["earliest"].between(FIRST_DAY, LAST_DAY) | claims["latest"].between(FIRST_DAY, LAST_DAY)
    moved = open_to_it & of_the_time
    later = {column: claims[column].where(~moved, claims[column] + OLD_STYLE) for column in ("earliest", "latest")}
    return claims.assign(**later, calendar_assumed=claims["calendar_assumed"].mask(moved, "OS"))


def _requantified(forces: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """Bounds from the claims that are left; our best value stays only while one of them gives it."""
    numbered = claims[claims["force"].notna() & claims["attribute"].isin(NUMERIC)]
    bounds = {force: _bounds(group) for force, group in numbered.groupby("force")}
    given = {force: set(group["best"].dropna()) for force, group in numbered.groupby("force")}
    empty = (pd.NA, pd.NA)
    low, high = (pd.array([bounds.get(f, empty)[i] for f in forces.index], dtype="Float64") for i in (0, 1))
    keep = [
        best if pd.notna(best) and best in given.get(force, ()) else pd.NA for force, best in forces["best"].items()
    ]
    return forces.assign(low=low, best=pd.array(keep, dtype="Float64"), high=high)


def _bounds(claims: pd.DataFrame) -> tuple[object, object]:
    values = claims[["low", "best", "high"]]
    low = pd.NA if (claims["hedge"] == "at_most").any() else values.min(axis=None)
    high = pd.NA if (claims["hedge"] == "at_least").any() else values.max(axis=None)
    return low, high


def _dated(claims: pd.DataFrame) -> pd.DataFrame:
    known = claims["earliest"].notna() | claims["latest"].notna()
    return claims[claims["event"].notna() & (claims["attribute"] == "date") & known]


def _redated(events: pd.DataFrame, claims: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Our dates stay while a dated claim that is left agrees with them; else the envelope of those that are left.

    An event that no claim dates any more, though one did, has no date; one that none ever dated keeps ours.
    """
    left = dict(list(_dated(claims).groupby("event")))
    earliest, latest = events["earliest"].copy(), events["latest"].copy()
    for event in events.index.intersection(before["event"]):
        if event not in left:
            earliest[event] = latest[event] = pd.NaT
        elif not _overlap(events.loc[event], left[event]):
            earliest[event], latest[event] = left[event]["earliest"].min(), left[event]["latest"].max()
    moved = earliest.ne(events["earliest"]) & ~(earliest.isna() & events["earliest"].isna())
    moved |= latest.ne(events["latest"]) & ~(latest.isna() & events["latest"].isna())
    return events.assign(earliest=earliest, latest=latest, date_edtf=events["date_edtf"].mask(moved))


def _overlap(event: pd.Series, claims: pd.DataFrame) -> bool:
    begun = claims["earliest"].isna() | pd.isna(event["latest"]) | (claims["earliest"] <= event["latest"])
    ended = claims["latest"].isna() | pd.isna(event["earliest"]) | (claims["latest"] >= event["earliest"])
    return bool((begun & ended).any())


def _cleared(campaign: Campaign, tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Keys that point to rows that are gone are emptied; rows that cannot do without them are gone as well."""
    cleared = {}
    for resource in campaign.package["resources"]:
        name = resource["name"]
        frame = tables[name]
        required = {f["name"] for f in resource["schema"]["fields"] if f.get("constraints", {}).get("required")}
        for key in resource["schema"].get("foreignKeys", ()):
            column, known = key["fields"][0], tables[key["reference"]["resource"] or name].index
            lost = frame[column].notna() & ~frame[column].isin(known)
            frame = frame[~lost] if column in required else frame.assign(**{column: frame[column].mask(lost)})
        for field in (f for f in resource["schema"]["fields"] if "references" in f):
            known = set(tables[field["references"]["resource"]].index)
            frame = frame.assign(**{field["name"]: frame[field["name"]].map(lambda c, k=known: _known(c, k))})
        cleared[name] = frame
    return cleared


def _known(cell: object, known: set[str]) -> object:
    if pd.isna(cell):
        return cell
    return ";".join(key for key in cell.split(";") if key in known) or None
