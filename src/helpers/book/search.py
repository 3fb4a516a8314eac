"""How the built-in search reads words: English stems, and one form for every way of writing a name's letters.

A reader types ``Xo'jayev``, ``Xoʻjayev`` or ``Xojayev``; the page has one of them. Apostrophes and marks on
letters are dropped on both sides: here for the index, and by the same rule in the browser. Which names belong to
one person is not decided here: the index of people has them side by side.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

from sphinx.application import Sphinx
from sphinx.search.en import SearchEnglish

_APOSTROPHES = "'’‘ʻʼ`´"
_JOINED = re.compile(rf"(?<=\w)[{_APOSTROPHES}](?=\w)")
# NFKD would take й apart too; Cyrillic letters keep their marks, except ё, which texts write as е at will.
_MARKS = re.compile(r"(?<=[a-z])[\u0300-\u036f]+", re.I)


class SearchBook(SearchEnglish):
    """English, with names folded."""

    lang = "en"

    def init(self, options: dict[str, str]) -> None:
        """Take the options of the search."""
        super().init(options)
        self._stems = cache(super().stem)

    js_splitter_code = rf"""
var splitQuery = (query) => query
  .replace(/(?<=[\p{{L}}\p{{N}}_])[{_APOSTROPHES}](?=[\p{{L}}\p{{N}}_])/gu, "")
  .normalize("NFKD").replace(/(?<=[a-z])[\u0300-\u036f]+/giu, "").normalize("NFC")
  .replace(/ё/g, "е").replace(/Ё/g, "Е")
  .split(/[^\p{{L}}\p{{N}}_]+/gu).filter((term) => term);
"""

    def split(self, input: str) -> list[str]:
        """Return the words of a text in their folded form."""
        return self._word_re.findall(folded(input))

    def stem(self, word: str) -> str:
        """Return the stem of a word; pages share most of theirs."""
        return self._stems(word)


def folded(text: str) -> str:
    """Return the text without apostrophes inside words and without marks on Latin letters."""
    text = unicodedata.normalize("NFKD", _JOINED.sub("", text))
    text = unicodedata.normalize("NFC", _MARKS.sub("", text))
    return text.replace("ё", "е").replace("Ё", "Е")


def setup(app: Sphinx) -> dict[str, Any]:
    """Put the book's search in place of the English one."""
    app.add_search_language(SearchBook)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
