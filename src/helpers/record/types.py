"""How a cell of each type is written, the type string apart, which takes every cell."""

from __future__ import annotations

import re
from datetime import date

from helpers.record.raw import shown

#: How a cell of a type is written, and what to write instead of another form.
FORMS = {
    "integer": (re.compile(r"0|-?[1-9][0-9]*"), "a whole number; write digits only"),
    "number": (
        re.compile(r"(?!-0(?:\.0+)?\Z)-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?"),
        "a number; write digits and at most one point",
    ),
    "boolean": (re.compile(r"true|false"), "true or false"),
    "date": (re.compile(r".*"), "a date; write a day that exists as year-month-day, like 1918-03-02"),
}
LARGEST_INTEGER = 2**63 - 1
MOST_DIGITS = 15
"""Digits of a decimal number that a float of 64 bits always keeps."""


def type_fault(value: str, kind: str) -> str | None:
    """Return what keeps a cell from being of a type (not string), None if it is.

    >>> type_fault("1918-02-30", "date")
    "'1918-02-30' is not a date; write a day that exists as year-month-day, like 1918-03-02"
    >>> type_fault("-39.1", "number") is None
    True
    """
    form, wanted = FORMS[kind]
    if not form.fullmatch(value) or (kind == "date" and not is_day(value)):
        return f"{shown(value)} is not {wanted}"
    if kind == "integer" and (len(value) > len(str(LARGEST_INTEGER)) + 1 or abs(int(value)) > LARGEST_INTEGER):
        return f"{shown(value)} is beyond the whole numbers of 64 bits; write one up to {LARGEST_INTEGER}"
    if kind == "number" and len(value.replace(".", "").lstrip("-0")) > MOST_DIGITS:
        return f"{shown(value)} has more than {MOST_DIGITS} digits, which no program keeps; round it"
    return None


def is_day(text: str) -> bool:
    """Whether a text is a day that exists, written as year-month-day.

    >>> is_day("1918-03-02"), is_day("1918-02-30"), is_day("19180302")
    (True, False, False)
    """
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
