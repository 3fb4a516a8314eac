"""The events of the campaign in lanes, with their days by both counts."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from helpers.bukhara.chronology import CAMPAIGN, campaign_events, chronology, day_claims
from helpers.record import Campaign

LANES = (
    "Tashkent and Samarkand",
    "New Bukhara",
    "Old Bukhara and the emir's palaces",
    "Along the line and in the country",
    "No one place named",
)
CITY = frozenset({"ark", "kavala_gate", "old_bukhara", "rekhana", "shirbudun", "sitara_mahasa", "uglon_gate"})


def lane(place: object, polity: Mapping[str, str]) -> str:
    """Return the lane of a place; `polity` is the column ``polity`` of the places."""
    if pd.isna(place):
        return LANES[4]
    if place == "kagan":
        return LANES[1]
    if place in CITY:
        return LANES[2]
    return LANES[0] if polity[place] == "turkestan" else LANES[3]


def timeline(campaign: Campaign, *, late: bool = True) -> pd.DataFrame:
    """Return the events of the campaign with their days by both counts, lane by lane.

    Events that are part of another than the campaign are left to it.

    Parameters
    ----------
    late
        Whether to give the days of the late count. It moves what our own reading takes from printed days, and so
        has no meaning where a choice of sources has moved them already, or has left out those who print them.

    Returns
    -------
    pandas.DataFrame
        Indexed by event: ``title``, ``lane``, ``dated`` (a text gives the day), ``first`` and ``last`` by the
        early count, ``late_first`` and ``late_last`` by the late if asked for, narrowed by what came before and
        after; an end that nothing bounds is missing. In the order of the lanes, then of the days, then of
        how much came before.
    """
    events = campaign.events.loc[campaign_events(campaign)]
    events = events[events["part_of"].isna() | (events["part_of"] == CAMPAIGN)]
    order = chronology(campaign)
    counts = {("first", "last"): order.intervals}
    if late:
        counts["late_first", "late_last"] = chronology(campaign, "late").intervals
    ends = [end for both in counts for end in both]
    polity = campaign.places["polity"].to_dict()
    told = set(day_claims(campaign)["event"])
    rows = [
        {"event": e, "title": title, "lane": lane(place, polity), "dated": e in told}
        | {both[0]: days[e].earliest for both, days in counts.items()}
        | {both[1]: days[e].latest for both, days in counts.items()}
        | {"lane_number": LANES.index(lane(place, polity)), "preceding": len(order.preceding[e])}
        for e, title, place in zip(events.index, events["title"], events["place"], strict=True)
    ]
    columns = ["event", "title", "lane", "dated", *ends, "lane_number", "preceding"]
    frame = pd.DataFrame(rows, columns=columns).set_index("event")
    frame[ends] = frame[ends].apply(pd.to_datetime)
    return frame.sort_values(["lane_number", "first", "last", "preceding", "title"]).drop(
        columns=["lane_number", "preceding"]
    )


NARROW = 5
"""Days: events whose days lie no further apart have their own figure."""
#: Events without a day that the chapter tells of, by the part of the story.
FLOATING: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "The fighting": (
            "mullahs_call_peasants",
            "railway_destroyed",
            "settlements_massacre",
            "karshi_killings",
            "mass_attack_on_kagan",
            "old_bukhara_shelled",
            "decision_to_retreat",
        ),
        "The retreat": ("new_bukhara_evacuated", "retreat_begins", "last_fight_junction", "columns_meet"),
        "The relief": (
            "front_telegram",
            "agapov_refuses_help",
            "relief_ordered",
            "relief_departs",
            "relief_station_battle",
            "relief_reaches_kermine",
            "kermine_fighting",
        ),
        "The peace": ("emir_reply_letter", "residents_urge_peace", "galperin_mission", "peace_talks"),
    }
)


def dated(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a `timeline` whose days lie within a week of one another."""
    return rows[rows["last"] - rows["first"] <= pd.Timedelta(days=NARROW)]
