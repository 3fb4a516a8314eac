"""Letters that cannot be seen, look like others or were decoded wrongly; and what is none of these."""

from __future__ import annotations

import pytest

from helpers.check.characters import text_faults

SENTENCES = (
    "Колесов отправляется в Бухару",
    "Je sème, où l'été naît",
    "μάχη",
    "بخارا",
    "Qoʻqon",
    "Fayzulla Xoʻjayev",
)


@pytest.mark.parametrize(
    "text",
    [
        *SENTENCES,
        *("Öl für Straße, „Fuß“, „TÜV“", "“É”", "«Сёмка», Рё", "группа «В»", "Ærø", "ÅÄÖ", "Ðórr", "И. В.", "в. № 5"),
        *("Bo'ston-2", "CO₂, 5 µm, 3 Ω", "1336-05-19", "the Kagan–Старая line", "II съезд", "Lenin - проспект 5"),
        "می\u200cخواهم",
    ],
)
def test_a_text_that_is_meant_has_no_fault(text):
    assert list(text_faults(text)) == []


@pytest.mark.parametrize("page", ["cp1252", "cp1251", "latin-1"])
@pytest.mark.parametrize("text", SENTENCES)
def test_utf8_read_in_another_encoding_is_told(text, page):
    misread = "".join(_decoded(byte, page) for byte in text.encode())
    told = list(text_faults(misread))
    by_script = page == "cp1251" and text[0].isascii()  # one Cyrillic letter in a Latin word is told as such
    wanted = "mixes scripts" if by_script else "UTF-8 that was read in another encoding"
    assert any(wanted in fault for fault in told), (misread, told)


def _decoded(byte: int, page: str) -> str:
    try:
        return bytes([byte]).decode(page)
    except UnicodeDecodeError:
        return chr(byte)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("â€™", "'â€™' is UTF-8"),
        ("Kok\u0430nd", "the word 'Kok\u0430nd' mixes scripts: U+0430 (CYRILLIC SMALL LETTER A); write it in one"),
        ("\u0421olonel", "mixes scripts: U+0421 (CYRILLIC CAPITAL LETTER ES)"),
        ("Бухарa", "mixes scripts: U+0061 (LATIN SMALL LETTER A)"),
        ("K\u03bfkand", "mixes scripts: U+03BF (GREEK SMALL LETTER OMICRON)"),
        ("cafe\u0301", "not in the composed form of Unicode (NFC), as with U+0301 (COMBINING ACUTE ACCENT)"),
        ("a\u200db", "U+200D (ZERO WIDTH JOINER) stands in it; take it out"),
        ("a\u00a0b", "U+00A0 (NO-BREAK SPACE) stands in it; write a plain space"),
        ("a\nb", "U+000A (LINE BREAK) stands in it; write a plain space"),
        ("a\ufffdb", "U+FFFD (REPLACEMENT CHARACTER) stands in it; restore the letter that was lost from its source"),
        ("a  b", "two spaces stand in a row; leave one"),
    ],
)
def test_each_fault_of_a_text_is_told_by_its_code_point(text, message):
    assert any(message in fault for fault in text_faults(text)), list(text_faults(text))


def test_a_letter_that_stands_twice_is_told_once():
    assert len(list(text_faults("a\u200bb\u200bc"))) == 1
