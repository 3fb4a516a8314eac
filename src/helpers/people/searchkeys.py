"""Search keys: one plain form for the many spellings of a name, so that whichever a reader types finds it.

A search key is no name and no transliteration that anybody uses: it only makes Ходжаев, Xoʻjayev, Khojaev and
Khodzhaev the same string, ``hojaev``. The same rules, in the same order, run in the page's script
(``assets/static/book/index-filter.js``), which gets them as data: they stand here and nowhere else.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

LETTERS: tuple[tuple[str, str], ...] = (
    # Letters that would lose their meaning when marks are stripped, or that are not taken apart.
    ("ў", "o"),
    ("ғ", "g"),
    ("қ", "k"),
    ("ҳ", "h"),
    ("ҷ", "j"),
    ("ө", "o"),
    ("ұ", "u"),
    ("ү", "u"),
    ("ң", "n"),
    ("ә", "a"),
    ("ı", "i"),
    ("ی", "ي"),
    ("ک", "ك"),
)
"""Applied to the small letters, before the marks over and under letters are dropped."""

RULES: tuple[tuple[str, str], ...] = (
    *zip("абвгдезиклмнопрстуфхыэі", "abvgdeziklmnoprstufhiei", strict=True),
    ("ж", "zh"),
    ("ц", "ts"),
    ("ч", "ch"),
    ("[шщ]", "sh"),
    ("ю", "iu"),
    ("я", "ia"),
    ("[ъь]", ""),
    ("[^a-z0-9\u0621-\u064a]+", ""),  # apostrophes, hyphens, full stops, everything that is no letter
    ("dsch|dzh|dj|zh", "j"),
    ("kh|x", "h"),
    ("tz", "ts"),
    ("sch|sh", "s"),
    ("ch", "c"),
    ("gh", "g"),
    ("q", "k"),
    ("w", "v"),
    ("y", "i"),
    ("td", "d"),
    ("(.)\\1+", "\\1"),
    ("([aou])i(?=[aeou])", "\\1"),  # Khodzhayev and Ходжаев
    ("(.)\\1+", "\\1"),
)
"""Patterns and what stands in their place, in this order, after the marks are gone. Python and JavaScript both read
them; ``\\1`` is written ``$1`` there."""

_WORDS = re.compile(r"[\s\-–—/,;()]+")


def key(text: str) -> str:
    """Return the search key of a name: small letters and digits, without anything between them.

    >>> key("Ходжаев"), key("Xo'jayev"), key("Khojaev"), key("Khodzhayev")
    ('hojaev', 'hojaev', 'hojaev', 'hojaev')
    """
    small = text.lower()
    for letter, plain in LETTERS:
        small = small.replace(letter, plain)
    bare = "".join(c for c in unicodedata.normalize("NFKD", small) if unicodedata.category(c)[0] != "M")
    for pattern, replacement in RULES:
        bare = re.sub(pattern, replacement, bare)
    return bare


def words(text: str) -> tuple[str, ...]:
    """Return the keys of the words of what a reader types; words that leave nothing are not looked for."""
    return tuple(filter(None, map(key, _WORDS.split(text))))


def finds(query: str, keys: str) -> bool:
    """Whether every word of a query stands in the keys of an entry (keys of its names, with spaces between)."""
    return all(word in keys for word in words(query))


def browser_rules() -> dict[str, Any]:
    """Return the rules as the page's script wants them."""
    rules = [[pattern, re.sub(r"\\(\d)", r"$\1", replacement)] for pattern, replacement in RULES]
    return {"letters": [list(pair) for pair in LETTERS], "rules": rules, "words": _WORDS.pattern}
