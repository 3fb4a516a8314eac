"""Which people and places a text of the book names, in the book's own spelling."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from helpers.people.index import headwords, titles
from helpers.record import Campaign

_INITIALS = re.compile(r"^(?:\w{1,2}\. )+")
_SHORTEST = 4  # letters of a word that may stand for a person by itself


def forms(campaign: Campaign) -> dict[str, str]:
    """Return the words by which the book's prose names a person or a place, each with its anchor.

    The full name and the short one; and what is left of a person's name without initials, the headword, or the
    given name, as long as nobody shares it: "Koluzaev" is enough, "Sobitov" is not, "Boqi" is.
    """
    people = campaign.actors[campaign.actors["kind"] == "person"]
    left_out, headword = titles(campaign), headwords(campaign)
    towns = {word for name in campaign.places["name_then"] for word in _words(name, left_out)}
    owners = Counter(word for name in people["name"] for word in set(_words(name, left_out)))
    exact: dict[str, str] = {}
    derived: dict[str, set[str]] = {}
    for identifier, row in people.iterrows():
        anchor = f"person-{identifier}"
        names = [name.removeprefix("The ") for name in (row["label"], row["name"])]
        exact |= dict.fromkeys(names, anchor)
        words = [word for name in (headword[identifier], row["name"]) for word in _words(name, left_out)[:1]]
        own = [w for w in words if owners[w] == 1 and len(w) >= _SHORTEST and w not in towns]
        for form in [*own[:1], *(_INITIALS.sub("", name) for name in names)]:
            derived.setdefault(form, set()).add(anchor)
    for identifier, row in campaign.places.iterrows():
        names = re.split(r" \(|\)", row["name_then"].removeprefix("The "))
        exact |= dict.fromkeys(filter(None, names), f"place-{identifier}")
    return {form: next(iter(who)) for form, who in derived.items() if len(who) == 1} | exact


def named(text: str, forms: Mapping[str, str]) -> frozenset[str]:
    """Return the anchors of the people and places that a text names; where two forms overlap, the longer counts."""
    return frozenset(forms[match] for match in _pattern(tuple(forms)).findall(text))


@lru_cache(maxsize=4)
def _pattern(forms: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(forms, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def _words(name: str, left_out: frozenset[str]) -> list[str]:
    return [word for word in re.findall(r"\w+", name) if word[0].isupper() and word not in left_out]
