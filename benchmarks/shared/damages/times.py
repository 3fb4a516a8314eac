"""Damages of days and calendars: each cell has its form, and together they are wrong."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from shared.damages.model import Original, Row, cell_kind
from shared.damages.rewriting import Rewrite, other_of, rows_kind, swapped

CLAIM = ("claims",)
BOUNDS = {
    "events": ("earliest", "latest"),
    "claims": ("earliest", "latest"),
    "relations": ("start_earliest", "start_latest"),
    "movements": ("depart_earliest", "depart_latest"),
}


def _moved(days: int, tables: tuple[str, ...] = ("events", "claims")) -> Rewrite:
    def rewrite(_: Original, row: Row, rng: Random) -> dict[str, str] | None:
        ends = ("earliest", "latest")
        if not all(row[end] for end in ends) or row.get("calendar_assumed", "NS") == "AH":
            return None
        return {end: str(date.fromisoformat(row[end]) + timedelta(days)) for end in ends}

    return rewrite


def _next_number(row: Row) -> dict[str, str] | None:
    written = row["date_as_written"]
    head = written.split(" ")[0]
    if not (row["earliest"] and head.isdigit() and 1 <= int(head) <= 26):
        return None
    return {"date_as_written": str(int(head) + 2) + written[len(head) :]}


for _days, _what in ((365, "a year later"), (-365, "a year earlier"), (13, "13 days later"), (-13, "13 days earlier")):
    rows_kind(f"both days {_what}", "days", f"both bounds are moved: {_what}", ("events", "claims"), _moved(_days))
for _table, (_first, _last) in BOUNDS.items():
    rows_kind(
        f"bounds exchanged in {_table}",
        "days",
        "the earliest day and the latest are exchanged",
        (_table,),
        swapped(_first, _last),
    )
rows_kind(
    "end of a tie before its start",
    "days",
    "the days of start and end of a tie are exchanged",
    ("relations",),
    lambda o, r, g: (
        {
            "start_earliest": r["end_latest"],
            "start_latest": r["end_latest"],
            "end_earliest": r["start_earliest"],
            "end_latest": r["start_earliest"],
        }
        if r["start_earliest"] and r["end_latest"] > r["start_earliest"]
        else None
    ),
)
rows_kind(
    "arrival before departure",
    "days",
    "a journey ends ten days before it begins",
    ("movements",),
    lambda o, r, g: (
        {
            end: str(date.fromisoformat(r["depart_earliest"]) - timedelta(10))
            for end in ("arrive_earliest", "arrive_latest")
        }
        if r["depart_earliest"]
        else None
    ),
)

for _name, _does, _change in (
    ("date that is not EDTF", "the text of a date is in words", lambda v: "early March 1918"),
    ("date of another day", "the text of a date gives another day than the bounds", lambda v: "1918-04-11"),
    ("date that is a winter", "the text of a date is a season across New Year", lambda v: "1918-24"),
    ("date of an interval turned round", "the text of a date ends before it begins", lambda v: "1918-05/1918-03"),
    ("date of a set not closed", "the text of a date opens a set and does not close it", lambda v: "[" + v),
    ("date text emptied", "bounds are left without their text", lambda v: ""),
    ("date with digits unknown", "days become unknown in the text, not in the bounds", lambda v: v[:7] + "-XX"),
    ("date of a year of ten digits", "the text of a date has an exponent", lambda v: "Y1E9"),
):
    cell_kind(
        _name, "days", _does, lambda o, c: bool(c.value) and c.column == "date_edtf", lambda v, r, f=_change: f(v)
    )
rows_kind(
    "days emptied beside their text",
    "days",
    "both bounds go and the text stays",
    ("events",),
    lambda o, r, g: {"earliest": "", "latest": ""} if r["date_edtf"] else None,
)
rows_kind(
    "hedge of a date removed",
    "days",
    "the question mark of a date goes",
    ("events",),
    lambda o, r, g: (
        {"date_edtf": r["date_edtf"].rstrip("?~%")} if r["date_edtf"][-1:] in "?~%" and r["date_edtf"] else None
    ),
    told_by_source=True,
)

rows_kind(
    "weekday of another day",
    "calendars",
    "the source is made to name the next weekday",
    CLAIM,
    lambda o, r, g: (
        other_of("claims", "weekday_stated")(o, r, g) if r["weekday_stated"] and r["earliest"] == r["latest"] else None
    ),
)
rows_kind(
    "Hijri day of another month",
    "calendars",
    "a Hijri date gets another month",
    CLAIM,
    lambda o, r, g: (
        {"hijri_stated": r["hijri_stated"][:5] + f"{int(r['hijri_stated'][5:7]) % 12 + 1:02}" + r["hijri_stated"][7:]}
        if r["hijri_stated"]
        else None
    ),
)
rows_kind(
    "Hijri year of another century",
    "calendars",
    "a Hijri date is a hundred years too early",
    CLAIM,
    lambda o, r, g: {"hijri_stated": "12" + r["hijri_stated"][2:]} if r["hijri_stated"][:2] == "13" else None,
)
rows_kind(
    "Hijri day that is none",
    "calendars",
    "a Hijri date has month 13",
    CLAIM,
    lambda o, r, g: {"hijri_stated": r["hijri_stated"][:5] + "13-01"} if r["hijri_stated"] else None,
)
rows_kind(
    "calendar changed, days left",
    "calendars",
    "OS and NS are exchanged and the days stay",
    CLAIM,
    lambda o, r, g: (
        {"calendar_assumed": {"OS": "NS", "NS": "OS"}.get(r["calendar_assumed"], "OS")}
        if r["calendar_assumed"] and r["date_as_written"] and r["earliest"]
        else None
    ),
)
rows_kind(
    "date as written changed, days left",
    "calendars",
    "the printed day is two later than the bounds",
    CLAIM,
    lambda o, r, g: _next_number(r),
)
rows_kind(
    "calendar stated emptied",
    "calendars",
    "a printed date has no calendar",
    CLAIM,
    lambda o, r, g: {"calendar_stated": ""} if r["date_as_written"] else None,
)
rows_kind(
    "ground of a calendar emptied",
    "calendars",
    "a calendar is assumed without a reason",
    CLAIM,
    lambda o, r, g: {"assumed_because": ""} if r["assumed_because"] and r["calendar_stated"] == "unstated" else None,
)
