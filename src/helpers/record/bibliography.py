"""The bibliography: `sources` by kind, and whether ``references.bib`` says the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

import pandas as pd

from helpers.record import Campaign, described
from helpers.record.citations import BIBLIOGRAPHY

LANGUAGES = {
    "de": "German",
    "en": "English",
    "fr": "French",
    "kk": "Kazakh",
    "nl": "Dutch",
    "no": "Norwegian",
    "ro": "Romanian",
    "ru": "Russian",
    "tg": "Tajik",
    "tr": "Turkish",
    "uz": "Uzbek",
}
"""English names of the languages of the texts that were read."""

_LATEX = re.compile(r"[{}]|\\(?=[_&%$#])")


@dataclass(frozen=True)
class Reading:
    """Where a text was read: a site, and the addresses there (empty where the address was not kept whole)."""

    site: str
    addresses: tuple[str, ...]


def of_kind(campaign: Campaign, kind: str) -> pd.DataFrame:
    """Return the sources of a kind, by author and title.

    Raises
    ------
    ValueError
        If no source is of that kind.

    >>> "becker1968" in of_kind(campaign, "scholarship").index
    True
    """
    found = campaign.sources[campaign.sources["kind"] == kind]
    if found.empty:
        raise ValueError(f"no source is of the kind {kind!r}; there are {', '.join(kinds(campaign))}")
    order = found["author"].fillna(found["title"]).str.casefold().str.strip("«»\"' ")
    return found.assign(_order=order).sort_values(["_order", "title"]).drop(columns="_order")


def kinds(campaign: Campaign) -> list[str]:
    """Return the kinds that some source is of, in the order of the descriptor."""
    used = set(campaign.sources["kind"])
    return [kind for kind in definitions(campaign, "sources", "kind") if kind in used]


def definitions(campaign: Campaign, table: str, column: str) -> Mapping[str, str]:
    """Return the values of a column of a table, each with what the descriptor says it means."""
    return described(campaign.package, table, column)["definitions"]


def side_of(campaign: Campaign, perspective: str) -> str:
    """Return what the perspective of a source is called on the page; the descriptor says so, and what it means."""
    return described(campaign.package, "sources", "perspective")["labels"][perspective]


def lineage_of(campaign: Campaign, source: str) -> list[str]:
    """Return the other texts that count as one witness with a source.

    >>> "hozir_yb" in lineage_of(campaign, "muhaz_yb")
    True
    """
    lineages = campaign.sources["lineage"]
    return [key for key in lineages.index[lineages == lineages[source]] if key != source]


def statements(campaign: Campaign, source: str) -> int:
    """Return how many statements of a source the table of claims holds."""
    return int((campaign.claims["source"] == source).sum())


def readings(read_at: object) -> list[Reading]:
    """Return where a text was read, one item a site, in the order given.

    An address with "..." in it was not kept whole and is left out; its site stays.
    """
    found: dict[str, list[str]] = {}
    for address in [] if pd.isna(read_at) else str(read_at).split():
        site = (_parts(address).hostname or address).removeprefix("www.").rstrip(".")
        found.setdefault(site, []).extend([] if "..." in address or not _path(address) else [address])
    return [Reading(site, tuple(addresses)) for site, addresses in found.items()]


def disagreements(campaign: Campaign) -> list[str]:
    """Return where ``references.bib`` and ``sources.csv`` differ, a sentence each; none is as it should be."""
    entries = _entries(campaign.path / BIBLIOGRAPHY)
    rows = campaign.sources
    only = [f"{key} stands only in sources.csv: add it to {BIBLIOGRAPHY}" for key in rows.index.difference(entries)]
    only += [f"{key} stands only in {BIBLIOGRAPHY}: take it out" for key in sorted(set(entries) - set(rows.index))]
    both = rows.index.intersection(list(entries))
    return only + [fault for key in both for fault in _differences(key, rows.loc[key], entries[key])]


def _parts(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError:  # a bracket that begins no address; such a text has no site
        return urlsplit("")


def _path(address: str) -> str:
    parts = _parts(address)
    return f"{parts.path.strip('/')}{parts.query}"


def _entries(path: Path) -> dict[str, dict[str, str]]:
    from pybtex.database import parse_string  # here, since only the check needs it and it is slow to import

    entries = parse_string(path.read_text("utf-8"), "bibtex").entries
    return {
        key: {**{name.lower(): _LATEX.sub("", text) for name, text in entry.fields.items()}, "author": _authors(entry)}
        for key, entry in entries.items()
    }


def _authors(entry: object) -> str:
    return "; ".join(_LATEX.sub("", str(person)) for person in entry.persons.get("author", []))


def _differences(key: str, row: pd.Series, entry: Mapping[str, str]) -> Iterator[str]:
    kept = [address for reading in readings(row["read_at"]) for address in reading.addresses]
    year = row["year_written"] if pd.isna(row["year_published"]) else row["year_published"]
    wanted = {
        "author": row["author"],
        "title": row["title"],
        "year": year,
        "langid": LANGUAGES.get(row["language"], row["language"]).lower(),
        "url": kept[0] if kept else None,
    }
    for field, value in wanted.items():
        here, there = "" if pd.isna(value) else str(value), entry.get(field, "")
        if here != there:
            yield f"{key}: {field} is {here!r} by sources.csv and {there!r} in {BIBLIOGRAPHY}"
