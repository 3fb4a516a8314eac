"""The lives of the people: what is known of their beginning and their end."""

from __future__ import annotations

from datetime import date

import pandas as pd

from helpers.dating import Interval, edtf_bounds
from helpers.record import Campaign


def lifelines(campaign: Campaign) -> pd.DataFrame:
    """Return the people of whom a source gives a birth or a death, one row a person, oldest first within a side.

    Returns
    -------
    pandas.DataFrame
        Indexed by actor: ``label``, ``side``, ``born`` and ``died`` (the first day each can have been; NaT where
        not seen), ``born_text`` and ``died_text`` (as the table has them), ``fate``.
    """
    people = campaign.actors[campaign.actors["kind"] == "person"]
    known = people[people["born"].notna() | people["died"].notna()]
    lives = known[["label", "side", "fate"]].assign(
        born=known["born"].map(_first_day),
        died=known["died"].map(_first_day),
        born_text=known["born"],
        died_text=known["died"],
    )
    lives = lives.astype({"born": "datetime64[us]", "died": "datetime64[us]"})
    return lives.sort_values(["side", "born", "died", "label"])


def without_dates(campaign: Campaign) -> pd.DataFrame:
    """Return the people of whom no source seen gives a birth or a death."""
    people = campaign.actors[campaign.actors["kind"] == "person"]
    return people[people["born"].isna() & people["died"].isna()]


def died_between(campaign: Campaign, first: str, last: str) -> pd.DataFrame:
    """Return the people whose death, as far as it is known, lies between two days (ISO, New Style)."""
    lives = lifelines(campaign)
    return lives[lives["died"].between(pd.Timestamp(first), pd.Timestamp(last))]


def age(campaign: Campaign, person: str, on: str) -> str:
    """Return how old someone was on a day (ISO, New Style), as text that is as exact as what is known of the birth.

    ``26``; ``21 or 22`` if only the year is known; ``21 to 28`` if only a span of years is; ``21 or more``, ``28 or
    less`` where the span is open.

    Raises
    ------
    ValueError
        If no source gives the birth, or none bounds it; if the birth may lie after that day, or the death lies
        before it.
    """
    born, died = campaign.actors.loc[person, ["born", "died"]]
    if pd.isna(born):
        raise ValueError(f"no source gives the birth of {person!r}")
    day, birth = pd.Timestamp(on).date(), edtf_bounds(born)
    if birth == Interval():
        raise ValueError(f"no source bounds the birth of {person!r}: {born}")
    if any(end is not None and end > day for end in (birth.earliest, birth.latest)):
        raise ValueError(f"{person!r} may not have been born on {day}: {born}")
    if not pd.isna(died) and edtf_bounds(died).certainly_before(Interval(day, day)):
        raise ValueError(f"{person!r} was dead on {day}: {died}")
    least, most = (end and _years(end, day) for end in (birth.latest, birth.earliest))
    if least is None or most is None:
        return f"{most} or less" if least is None else f"{least} or more"
    return str(least) if least == most else f"{least} {'or' if most - least == 1 else 'to'} {most}"


def _years(birth: date, day: date) -> int:
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def _first_day(text: object) -> pd.Timestamp:
    return pd.NaT if pd.isna(text) else pd.Timestamp(edtf_bounds(text).earliest)
