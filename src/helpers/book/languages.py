"""Language tags for names and words in other scripts, so that a screen reader and a font know what they read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

# Elements that are left alone: what is not prose, and what says its language itself.
_OPAQUE = r"<(?P<a>script|style|svg|pre)\b.*?</(?P=a)>|<(?P<b>\w+)\b[^>]*\slang=[^>]*>.*?</(?P=b)>|<[^>]*>"
_PIECE = re.compile(rf"(?P<markup>{_OPAQUE})|(?P<text>[^<]+)", re.S)
_CYRILLIC, _ARABIC = "\u0400-\u052f", "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc"
_BETWEEN = r"[\s\-–'’ʻ.,]"
_RUN = re.compile("|".join(f"[{s}]+(?:{_BETWEEN}+[{s}]+)*" for s in (_CYRILLIC, _ARABIC)))
_TAJIK, _UZBEK = frozenset("ӣӯҷӢӮҶ"), frozenset("ўқғҳЎҚҒҲ")


def tagged(html: str, names: Mapping[str, str]) -> str:
    """Return the HTML with its Cyrillic and Arabic words in elements that say their language.

    Parameters
    ----------
    names
        Language of names, for instance of those in the table `actor_names`. Words that are not among them are
        judged by their letters.
    """

    def tag(piece: re.Match[str]) -> str:
        if piece["markup"]:
            return piece["markup"]
        return _RUN.sub(lambda run: _element(run[0], names.get(run[0]) or guessed(run[0])), piece["text"])

    return _PIECE.sub(tag, html)


def guessed(words: str) -> str:
    """Return the likely language of words in Cyrillic or Arabic script as a tag of BCP 47.

    Russian and Persian where no letter says otherwise: they are the languages of the sources.
    """
    if not "\u0400" <= words[0] <= "\u052f":
        return "fa"
    if _TAJIK & set(words):
        return "tg"
    return "uz-Cyrl" if _UZBEK & set(words) else "ru"


def _element(words: str, language: str) -> str:
    direction = ' dir="rtl"' if language == "fa" else ""
    return f'<span lang="{escape(language)}"{direction}>{words}</span>'
