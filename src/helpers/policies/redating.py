"""The days of the events as they stand when other texts count, or other calendars.

Our own date of an event is a reading of claims. When claims fall away or move, it is read again; what the order of
the events then forbids is loosened, never forced.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pandas as pd

from helpers.dating import conflicts, event_intervals, event_links
from helpers.tables import described

Days = tuple[pd.Timestamp, pd.Timestamp]

OLD_STYLE = pd.Timedelta(days=13)
"""Days that Old Style was behind New Style in 1918."""

MODERN = ("scholarship", "reference")
"""Perspectives of authors who, where `sources.calendar` says so, give New Style by their practice."""


def days(package: Mapping[str, Any]) -> Days:
    """Return the first and the last of the days that hang on the choice of a calendar.

    They are what the descriptor gives as ``days`` of ``policies.march_dates``. For the campaign of 1918 they are the
    days that hang on the day of the battle: those of Kokand, before them, are printed in both styles; what comes
    after hangs on the peace, which only later works date, in New Style.
    """
    first, last = described(package, "policies", "march_dates")["days"]
    return pd.Timestamp(first), pd.Timestamp(last)


def staying(package: Mapping[str, Any], sources: pd.DataFrame) -> pd.Index:
    """Return the texts whose days stay in either calendar.

    They are those of modern authors whose practice is New Style, and those that the descriptor gives as ``stay`` of
    ``policies.march_dates``, because something else that they date fits New Style only.

    >>> {"becker1968", "kuts"} <= set(staying(campaign.package, campaign.sources))
    True
    """
    own = (sources["calendar"] == "NS") & sources["perspective"].isin(MODERN)
    return sources.index[own | sources.index.isin(described(package, "policies", "march_dates").get("stay", ()))]


def as_old_style(claims: pd.DataFrame, stay: pd.Index, among: Days) -> pd.DataFrame:
    """Return the claims with some days read as Old Style, so 13 days later in New Style.

    A day moves if its text prints it without naming a calendar or beside a Hijri day (which an editor may have
    worked out from it), and we read it as New Style; so does a bound that we count from such days.

    Parameters
    ----------
    claims
        The table.
    stay
        Texts whose days stay (see `staying`).
    among
        First and last of the days that may move (see `days`).
    """
    printed = claims["calendar_stated"].isin(["unstated", "AH+NS"]) & (claims["calendar_assumed"] == "NS")
    counted = claims["calendar_stated"].isna() & claims["calendar_assumed"].isna()
    of_the_days = claims[["earliest", "latest"]].apply(lambda day: day.isna() | day.between(*among))
    moved = (printed | counted) & of_the_days.all(axis=1) & has_days(claims) & ~claims["source"].isin(stay)
    later = {column: claims[column].where(~moved, claims[column] + OLD_STYLE) for column in ("earliest", "latest")}
    return claims.assign(**later, calendar_assumed=claims["calendar_assumed"].mask(moved, "OS"))


def moved_along(readings: pd.DataFrame, claims: pd.Series, moved: pd.Series, among: Days) -> pd.DataFrame:
    """Return a table of readings with our own days among those moved that were read from days that moved.

    Parameters
    ----------
    claims
        The row of the table that each claim with days is on, and
    moved
        whether its days moved. A row all of whose claims stay stays with them; one without any was read from others.
    among
        First and last of the days that may move.
    """
    held = ~moved.groupby(claims).any().reindex(readings.index, fill_value=True)
    columns = [column for column in _DAYS if column in readings]
    near = {c: readings[c].mask(readings[c].between(*among) & ~held, readings[c] + OLD_STYLE) for c in columns}
    return readings.assign(**near)


def redated(events: pd.DataFrame, claims: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Return the events with their days taken again from the claims that are left.

    Our days stay while all claims on them stand as they did, or one that is left agrees with them; else the
    envelope of those that are left stands in their place. An event that no claim dates any more, though one did,
    has no days; one that none ever dated keeps ours. Where the days then contradict the order of events, they are
    loosened.

    Parameters
    ----------
    events
        With our own days in ``earliest`` and ``latest``.
    claims
        Those that are left and stand.
    before
        Those that stood when all sources counted.
    """
    left, once = dated(claims), dated(before)
    left, once = (frame[frame["event"].isin(events.index)] for frame in (left, once))
    ends = list(_ENDS)
    days = events[ends].copy()
    said, said_once = (Counter(frame["event"].tolist()) for frame in (left, once))
    agree = set(left["event"][_agreeing(days.loc[left["event"]], left)].tolist())
    lost = [event for event in said_once if event not in said]
    stale = [event for event, count in said.items() if event not in agree and count != said_once[event]]
    if not lost and not stale and left[ends].equals(once.loc[left.index, ends]):
        return events  # no day has changed, so no two can have come to contradict each other
    days.loc[lost] = pd.NaT
    if stale:
        days.loc[stale] = _envelopes(left[left["event"].isin(stale)]).loc[stale]
    days = _loosened(events.assign(**days), left)
    return events.assign(**days, date_edtf=events["date_edtf"].where(_same(days, events)))


def dated(claims: pd.DataFrame) -> pd.DataFrame:
    """Return the claims that say when an event was: who says so, of which event, and what."""
    claims = claims[["event", "source", "attribute", *_ENDS]]
    return claims[claims["event"].notna() & (claims["attribute"] == "date") & has_days(claims)]


def has_days(claims: pd.DataFrame) -> pd.Series:
    """Return whether each claim gives a first or a last day."""
    return claims["earliest"].notna() | claims["latest"].notna()


def following(relations: pd.DataFrame, before: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """Return the ties with each end that is an event whose days changed set to the days it has now.

    Parameters
    ----------
    before, now
        The table of events with the days from which the ties were read, and as it stands now.
    """
    ours = list(_ENDS)
    changed = now.index[~_same(now[ours], before[ours].loc[now.index])]
    if changed.empty:
        return relations
    ends = {}
    for end in ("start", "end"):
        event = relations[f"{end}_event"]
        for bound in _ENDS:
            column = f"{end}_{bound}"
            ends[column] = relations[column].mask(event.isin(changed), now[bound].reindex(event).to_numpy())
    return relations.assign(**ends)


_ENDS = ("earliest", "latest")
_DAYS = (*_ENDS, *(f"{what}_{end}" for what in ("start", "end", "depart", "arrive") for end in _ENDS))


def _same(one: pd.DataFrame, other: pd.DataFrame) -> pd.Series:
    same = [one[end].eq(other[end]) | (one[end].isna() & other[end].isna()) for end in _ENDS]
    return same[0] & same[1]


def _loosened(events: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """Their days without contradiction: of two events in the wrong order the one with less support gives way.

    It first takes the envelope of all claims on it, and if that takes in no more has no days of its own.
    """
    days = events[list(_ENDS)].copy()
    after, part_of = (_known_links(events, column) for column in ("after", "part_of"))
    while found := conflicts(event_intervals(days), after, part_of):
        of_the_pair = {
            event: (*_support(days.loc[event], claims[claims["event"] == event]), event) for event in found[0][:2]
        }
        weaker = min(of_the_pair, key=of_the_pair.__getitem__)
        on_it = claims[claims["event"] == weaker]
        wider = None if on_it.empty else _envelopes(on_it).loc[weaker]
        days.loc[weaker] = wider if wider is not None and _adds(wider, days.loc[weaker]) else pd.NaT
    return days


def _support(days: pd.Series, claims: pd.DataFrame) -> tuple[bool, int, int]:
    """How little can be taken from an event: whether it has no days to lose, texts that agree, texts that do not."""
    agree = _agreeing(days.to_frame().T.loc[[days.name] * len(claims)], claims)
    sources = claims["source"]
    return days.isna().all(), sources[agree.to_numpy()].nunique(), -sources[~agree.to_numpy()].nunique()


def _adds(wider: pd.Series, days: pd.Series) -> bool:
    """Whether the wider ends are not both open and take in more than the days."""
    earlier = pd.notna(days["earliest"]) and not wider["earliest"] >= days["earliest"]
    later = pd.notna(days["latest"]) and not wider["latest"] <= days["latest"]
    return bool((earlier or later) and wider.notna().any())


def _known_links(events: pd.DataFrame, column: str) -> dict[str, frozenset[str]]:
    links, there = event_links(events[column]), frozenset(events.index)
    return {event: known for event, others in links.items() if (known := others & there)}


def _agreeing(days: pd.DataFrame, claims: pd.DataFrame) -> pd.Series:
    """Whether each claim leaves a day that lies in the days of the same row."""
    first, last, earliest, latest = (frame[end].to_numpy() for frame in (days, claims) for end in _ENDS)
    begun = pd.isna(earliest) | pd.isna(last) | (earliest <= last)
    ended = pd.isna(latest) | pd.isna(first) | (latest >= first)
    return pd.Series(begun & ended, index=claims.index)


def _envelopes(claims: pd.DataFrame) -> pd.DataFrame:
    """By event, from the first to the last day that its claims allow; an end that one of them leaves open is open."""
    groups = claims.groupby("event")
    found = pd.DataFrame({"earliest": groups["earliest"].min(), "latest": groups["latest"].max()})
    opened = pd.DataFrame({end: claims[end].isna().groupby(claims["event"]).any() for end in _ENDS})
    return found.mask(opened)
