"""The index of people, bodies and places: every name a source gives them.

Made from `actors`, `actor_names` and `places` alone. What the page does with it is `helpers.book.backmatter`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from helpers.people.searchkeys import key
from helpers.record import Campaign, citations, described

_SCRIPT_OF = {"ru": "Cyrl", "tg": "Cyrl", "kk": "Cyrl", "fa": "Arab", "uz": ""}  # uz is written in three
_SCRIPTS = {"Cyrl": re.compile("[\u0400-\u04ff]"), "Arab": re.compile("[\u0600-\u06ff]")}


@dataclass(frozen=True)
class Name:
    """A spelling, the language tag of the text that has it (BCP 47, empty if unknown), and where it stands."""

    text: str
    language: str = ""
    sources: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Entry:
    """One entry of the index.

    Attributes
    ----------
    anchor
        ``person-kolesov``, ``body-kagan_soviet`` or ``place-kagan``: stable, made from the key of the row.
    name
        The book's spelling.
    headword
        What it stands under in the alphabet.
    names
        The other names and spellings, none twice, the one in the source's own script first.
    keys
        Search keys of all names, joined by spaces (see `helpers.people.searchkeys`).
    row
        The row of `actors` or `places`.
    """

    anchor: str
    name: str
    headword: str
    names: tuple[Name, ...]
    keys: str
    row: pd.Series

    @property
    def sources(self) -> tuple[str, ...]:
        """The keys of the sources on which the row and the names rest, each once."""
        named = [source for name in self.names for source in name.sources]
        return tuple(dict.fromkeys([*citations.keys(self.row["source"]), *named]))


def people(campaign: Campaign) -> list[Entry]:
    """Return the people in the order of the alphabet."""
    rows = campaign.actors[campaign.actors["kind"] == "person"]
    headword = headwords(campaign)
    return _ordered(_actor(campaign, f"person-{i}", row, headword[i]) for i, row in rows.iterrows())


def bodies(campaign: Campaign) -> list[Entry]:
    """Return states, governments, parties, committees, units and communities in the order of the alphabet."""
    rows = campaign.actors[campaign.actors["kind"] != "person"]
    return _ordered(_actor(campaign, f"body-{i}", row, row["name"].removeprefix("The ")) for i, row in rows.iterrows())


def places(campaign: Campaign) -> list[Entry]:
    """Return the places in the order of the alphabet."""
    entries = []
    for identifier, row in campaign.places.iterrows():
        texts = [row["name_today"], *([] if pd.isna(row["other_names"]) else row["other_names"].split(";"))]
        names = [Name(text, language_tag(text)) for text in texts if pd.notna(text)]
        name = row["name_then"]
        entries.append(_entry(f"place-{identifier}", name, name.removeprefix("The "), names, row))
    return _ordered(entries)


def language_tag(text: str, language: str = "und") -> str:
    """Return the tag of a text in a language; the script is named where the language does not settle it.

    >>> language_tag("Хўжаев", "uz"), language_tag("Колесов", "ru"), language_tag("Арк"), language_tag("Kagan")
    ('uz-Cyrl', 'ru', 'und-Cyrl', '')
    """
    script = next((name for name, letters in _SCRIPTS.items() if letters.search(text)), "Latn")
    if language == "und":
        return "" if script == "Latn" else f"und-{script}"
    return language if _SCRIPT_OF.get(language, "Latn") == script else f"{language}-{script}"


def headwords(campaign: Campaign) -> dict[str, str]:
    """Return what each person stands under: the family name, or the name they go by on a side that had none."""
    rows = campaign.actors[campaign.actors["kind"] == "person"]
    without, left_out = described(campaign.package, "actors", "side").get("no_family_names", ()), titles(campaign)
    found = {}
    for identifier, row in rows.iterrows():
        goes_by = row["side"] in without
        plain = re.sub(r",.*", "", row["label" if goes_by else "name"]).removeprefix("The ")
        words = [word for word in plain.split() if word not in left_out]
        found[identifier] = " ".join(words) if goes_by else words[-1]
    return found


def titles(campaign: Campaign) -> frozenset[str]:
    """Return the words of a name that do not tell one person from another, as the descriptor lists them."""
    return frozenset(described(campaign.package, "actors", "name").get("titles", ()))


def _actor(campaign: Campaign, anchor: str, row: pd.Series, headword: str) -> Entry:
    names = list(_recorded(campaign.actor_names[campaign.actor_names["actor"] == row.name]))
    original = row["name_original"]
    if pd.notna(original):
        same = [name for name in names if name.text == original]
        names = [*(same or [Name(original, language_tag(original))]), *names]
    return _entry(anchor, row["name"], headword, names, row)


def _recorded(rows: pd.DataFrame) -> Iterator[Name]:
    for row in rows.to_dict("records"):
        note = "" if pd.isna(row["note"]) else row["note"]
        yield Name(row["name"], language_tag(row["name"], row["language"]), citations.keys(row["source"]), note)


def _entry(anchor: str, name: str, headword: str, names: Iterable[Name], row: pd.Series) -> Entry:
    others: dict[str, Name] = {}
    for other in names:
        others.setdefault(other.text, other)
    others.pop(name, None)
    keys = " ".join(dict.fromkeys(filter(None, map(key, [name, *others]))))
    return Entry(anchor, name, headword, tuple(others.values()), keys, row)


def _ordered(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (_alphabetic(entry.headword), _alphabetic(entry.name)))


def _alphabetic(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))
