"""The lives of the people: what is known of their beginning and their end."""

from __future__ import annotations

import pandas as pd

from helpers.dating import edtf_bounds
from helpers.tables import Campaign


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
    """Return how old someone was on a day (ISO, New Style), as text: ``26``, or ``21 or 22`` if only the year is known.

    Raises
    ------
    ValueError
        If no source gives the birth.
    """
    born = campaign.actors.loc[person, "born"]
    if pd.isna(born):
        raise ValueError(f"no source gives the birth of {person!r}")
    day, bounds = pd.Timestamp(on), edtf_bounds(born)
    ages = sorted({_years(pd.Timestamp(birth), day) for birth in (bounds.latest, bounds.earliest)})
    return " or ".join(map(str, ages))


def _years(birth: pd.Timestamp, day: pd.Timestamp) -> int:
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def _first_day(text: object) -> pd.Timestamp:
    return pd.NaT if pd.isna(text) else pd.Timestamp(edtf_bounds(text).earliest)
