"""The days of the events as they stand when other texts count, or other calendars.

Our own date of an event is a reading of claims. When claims fall away or move, it is read again; what the order of
the events then forbids is loosened, never forced.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from helpers.dating import Interval, conflicts, days_of, event_intervals, event_links
from helpers.record import described

Days = tuple[pd.Timestamp, pd.Timestamp]

OLD_STYLE = pd.Timedelta(days=13)
"""Days that Old Style was behind New Style in 1918."""

MODERN = ("scholarship", "reference")
"""Perspectives of authors who, where `sources.calendar` says so, give New Style by their practice."""


def days(package: Mapping[str, Any]) -> Days:
    """Return the first and the last of the days that hang on the choice of a calendar.

    They are what the descriptor gives as ``days`` of ``policies.calendar_unstated``. For the campaign of 1918 they are
    the days that hang on the day of the battle: those of Kokand, before them, are printed in both styles; what comes
    after hangs on the peace, which only later works date, in New Style.
    """
    first, last = described(package, "policies", "calendar_unstated")["days"]
    return pd.Timestamp(first), pd.Timestamp(last)


def staying(package: Mapping[str, Any], sources: pd.DataFrame) -> pd.Index:
    """Return the texts whose days stay in either calendar.

    They are those of modern authors whose practice is New Style, and those that the descriptor gives as ``stay`` of
    ``policies.calendar_unstated``, because something else that they date fits New Style only.

    >>> {"becker1968", "kuts"} <= set(staying(campaign.package, campaign.sources))
    True
    """
    own = (sources["calendar"] == "NS") & sources["perspective"].isin(MODERN)
    return sources.index[own | sources.index.isin(described(package, "policies", "calendar_unstated").get("stay", ()))]


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
    printed = claims["calendar_stated"].isin(["unstated", "AH+unstated"]) & (claims["calendar_assumed"] == "NS")
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


def redated(events: pd.DataFrame, left: Mapping[str, Told], once: Mapping[str, Told]) -> pd.DataFrame:
    """Return the events with their days taken again from the claims that are left.

    Our days stay while all claims on them stand as they did, or one that is left agrees with them; else the
    envelope of those that are left stands in their place. An event that no claim dates any more, though one did,
    has no days; one that none ever dated keeps ours. Where the days then contradict the order of events, they are
    loosened.

    Parameters
    ----------
    events
        With our own days in ``earliest`` and ``latest``.
    left
        As from `days_told`, of the claims that are left and stand.
    once
        Of those that stood when all sources counted.
    """
    ours = event_intervals(events)
    on_event, on_event_once = (_by_event(told, ours) for told in (left, once))
    lost = [event for event in on_event_once if event not in on_event]
    stale = [
        event
        for event, told in on_event.items()
        if len(told) != len(on_event_once.get(event, ())) and not any(one.agrees(ours[event]) for one in told)
    ]
    if not lost and not stale and left.items() <= once.items():
        return events  # no day has changed, so no two can have come to contradict each other
    days = ours | dict.fromkeys(lost, Interval()) | {event: _envelope(on_event[event]) for event in stale}
    days = _loosened(days, events, on_event)
    changed = [event for event in days if days[event] != ours[event]]
    ends = {end: events[end].copy() for end in _ENDS}
    for end, column in ends.items():
        column.loc[changed] = pd.to_datetime([getattr(days[event], end) for event in changed])
    return events.assign(**ends, date_edtf=events["date_edtf"].mask(events.index.isin(changed)))


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
    if now is before:
        return relations
    changed = now.index[~_same(now, before if before.index.equals(now.index) else before.loc[now.index])]
    ends = {}
    for end in ("start", "end"):
        event = relations[f"{end}_event"]
        moved = event.isin(changed)
        if moved.any():
            for bound in _ENDS:
                column = f"{end}_{bound}"
                ends[column] = relations[column].mask(moved, now[bound].reindex(event).to_numpy())
    return relations.assign(**ends) if ends else relations


_ENDS = ("earliest", "latest")
_DAYS = (*_ENDS, *(f"{what}_{end}" for what in ("start", "end", "depart", "arrive") for end in _ENDS))


def _same(one: pd.DataFrame, other: pd.DataFrame) -> pd.Series:
    same = [one[end].eq(other[end]) | (one[end].isna() & other[end].isna()) for end in _ENDS]
    return same[0] & same[1]


class Told(NamedTuple):
    """That an event was not before one day and not after another, and who says so."""

    event: str
    source: str
    earliest: date | None
    latest: date | None

    def agrees(self, days: Interval) -> bool:
        """Whether it leaves a day that lies in the days."""
        begun = self.earliest is None or days.latest is None or self.earliest <= days.latest
        return begun and (self.latest is None or days.earliest is None or self.latest >= days.earliest)


def days_told(claims: pd.DataFrame) -> dict[str, Told]:
    """Return, by claim, what those claims say that say when an event was."""
    claims = dated(claims)
    columns = (claims["event"].tolist(), claims["source"].tolist(), *(days_of(claims[end]) for end in _ENDS))
    return dict(zip(claims.index.tolist(), map(Told, *columns), strict=True))


def _by_event(told: Mapping[str, Told], events: Collection[str]) -> dict[str, list[Told]]:
    found: dict[str, list[Told]] = {}
    for one in told.values():
        if one.event in events:
            found.setdefault(one.event, []).append(one)
    return found


def _loosened(
    days: Mapping[str, Interval], events: pd.DataFrame, told: Mapping[str, Sequence[Told]]
) -> dict[str, Interval]:
    """The days without contradiction: of two events in the wrong order the one with less support gives way.

    It first takes the envelope of all claims on it, and if that takes in no more has no days of its own.
    """
    days = dict(days)
    after, part_of = (_known_links(events, column) for column in ("after", "part_of"))
    while found := conflicts(days, after, part_of):
        weaker = min(found[0][:2], key=lambda event: (*_support(days[event], told.get(event, ())), event))
        wider = _envelope(told.get(weaker, ()))
        days[weaker] = wider if _adds(wider, days[weaker]) else Interval()
    return days


def _support(days: Interval, told: Sequence[Told]) -> tuple[bool, int, int]:
    """How little can be taken from an event: whether it has no days to lose, texts that agree, texts that do not."""
    agree, differ = ({one.source for one in told if one.agrees(days) is does} for does in (True, False))
    return days == Interval(), len(agree), -len(differ)


def _adds(wider: Interval, days: Interval) -> bool:
    """Whether the wider days are not open at both ends and take in more than the days."""
    return wider != Interval() and (wider.first < days.first or wider.last > days.last)


def _known_links(events: pd.DataFrame, column: str) -> dict[str, frozenset[str]]:
    links, there = event_links(events[column]), frozenset(events.index.tolist())
    return {event: known for event, others in links.items() if (known := others & there)}


def _envelope(told: Sequence[Told]) -> Interval:
    """From the first to the last day that claims allow; an end that one of them leaves open is open."""
    firsts, lasts = [one.earliest for one in told], [one.latest for one in told]
    return Interval(
        None if None in firsts else min(firsts, default=None), None if None in lasts else max(lasts, default=None)
    )
