"""Rules on lives and on the time of the book: nobody acts before birth or after death, no day lies beyond the span."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np

from helpers.check.package import Package
from helpers.check.values import day, edtf, span
from helpers.dating import Interval, edtf_bounds
from helpers.record import DESCRIPTOR, MISSING, Fault, RawTable

OLDEST = 110
"""Years that nobody of whom a table of this kind speaks is likely to have lived."""
OF_THE_WORK = ("collated",)
"""Columns whose days are those of the work on the data, not of what the data tell."""


def days_of_lives_exist(package: Package) -> Iterator[Fault]:
    """Births and deaths are days that exist, and a span of years is not turned round."""
    actors = package["actors"]
    for column in ("born", "died"):
        yield from actors.faults(column, {cell: said for cell in actors[column].distinct if (said := _no_days(cell))})


def lives_have_a_likely_length(package: Package) -> Iterator[Fault]:
    """Nobody dies before birth or lives for more than 110 years."""

    def wrong(born: str, died: str) -> str | None:
        birth, death = edtf(born), edtf(died)
        if death.certainly_before(birth):
            return f"born {born}, died {died}: mend one of them"
        if birth.latest and death.earliest and death.earliest.year - birth.latest.year > OLDEST:
            return f"born {born}, died {died}: more than {OLDEST} years; mend one of them"
        return None

    yield from package["actors"].judged("died", ("born", "died"), wrong)


def actors_act_while_they_live(package: Package) -> Iterator[Fault]:
    """Nobody takes part in an event, holds a tie or travels before birth or after death."""
    lives = _lives(package)
    events = package["events"]
    days = dict(zip(events["id"], map(span, events["earliest"], events["latest"]), strict=True))
    for table, ends, spans in (
        ("participants", ("actor",), (("event",),)),
        ("relations", ("actor_a", "actor_b"), (("start_earliest", "start_latest"), ("end_earliest", "end_latest"))),
        ("movements", ("actor",), (("depart_earliest", "depart_latest"), ("arrive_earliest", "arrive_latest"))),
    ):
        rows = package[table]
        for column in ends:
            for index in np.flatnonzero(rows[column].among(lives)):
                for cells in spans:
                    said = [rows[cell][index] for cell in cells]
                    acting = days.get(said[0], Interval()) if len(said) == 1 else span(*said)
                    yield from _out_of_life(rows, index, column, cells[0], lives[rows[column][index]], acting)


def lives_agree_with_their_claims(package: Package) -> Iterator[Fault]:
    """The birth and the death of an actor rest on a claim, and have a day in common with one."""
    actors, claims = package["actors"], package["claims"]
    for column in ("born", "died"):
        said: dict[str, list[Interval]] = {}
        for index in np.flatnonzero(claims["attribute"].among({column}) & package.standing):
            found = span(claims["earliest"][index], claims["latest"][index])
            said.setdefault(claims["actor"][index], []).extend([found] if found != Interval() else [])
        for index in np.flatnonzero(actors[column].filled):
            days, told = edtf(actors[column][index]), said.get(actors["id"][index])
            if told is None:
                yield actors.fault(index, column, "no claim speaks of it; enter the claim or leave the cell empty")
            elif told and all(days.certainly_before(one) or one.certainly_before(days) for one in told):
                yield actors.fault(
                    index, column, f"no claim says so: they have {', '.join(map(str, told))}; mend the day or the claim"
                )


def texts_are_not_older_than_what_they_tell(package: Package) -> Iterator[Fault]:
    """No text was published before it was written, or tells of a day after its publication."""
    sources, claims = package["sources"], package["claims"]

    def wrong(written: str, published: str) -> str | None:
        if written <= published:
            return None
        return f"written in {written}, after it was published ({published}); mend one year"

    dated = sources["year_written"].filled & sources["year_published"].filled
    yield from sources.judged("year_written", ("year_written", "year_published"), wrong, dated)
    years = map(_latest_year, sources["year_written"], sources["year_published"])
    latest = dict(zip(sources["id"], years, strict=True))

    def too_late(source: str, earliest: str) -> str | None:
        year, told = latest.get(source), day(earliest)
        if not year or not told or told.year <= year:
            return None
        return f"{source!r} is of {year} and cannot tell of {told}; mend the day, the source or its year"

    yield from claims.judged("earliest", ("source", "earliest"), too_late, claims["earliest"].filled)


def days_lie_within_the_span(package: Package) -> Iterator[Fault]:
    """Every day lies within `temporal`, the first and last day of which the data speak; none stands for "still"."""
    first, last = _time_of_the_book(package)
    if first is None or last is None or first > last:
        yield Fault(DESCRIPTOR, 0, "temporal", "it is no pair of days; write the first and the last day of the data")
        return

    period = _pair(package.descriptor.get("period"))
    if period is None or not first <= period[0] <= period[1] <= last:
        message = "it is no pair of days within `temporal`; write the first and the last day of the conflict itself"
        yield Fault(DESCRIPTOR, 0, "period", message)

    def beyond(cell: str) -> bool:
        found = day(cell)
        return found is not None and not first <= found <= last

    message = (
        f"{{}} lies outside the time of the data, {first} to {last}; mend the day, leave the cell empty where no day"
        " is known or nothing ended, or widen `temporal` in the descriptor"
    )
    for table in package:
        dated = {name for name, field in table.schema.items() if field.get("type") == "date"}
        for column in sorted(dated.difference(OF_THE_WORK)):
            yield from table.faults(column, {c: message.format(c) for c in table[column].distinct if beyond(c)})


def _no_days(cell: str) -> str | None:
    if edtf(cell) != Interval():
        return None
    try:
        edtf_bounds(cell)
    except ValueError as error:
        return f"{error}; mend the date"
    return None


def _lives(package: Package) -> dict[str, tuple[Interval, Interval]]:
    """Birth and death of the actors of whom one of them is known."""
    actors = package["actors"]
    cells = zip(actors["id"], actors["born"], actors["died"], strict=True)
    return {key: (edtf(born), edtf(died)) for key, born, died in cells if born != MISSING or died != MISSING}


def _out_of_life(
    rows: RawTable, index: int, actor: str, column: str, life: tuple[Interval, Interval], acting: Interval
) -> Iterator[Fault]:
    birth, death = life
    dead = death.certainly_before(acting)
    if dead or acting.certainly_before(birth):
        said = f"died {death}" if dead else f"was born {birth}"
        message = f"{rows[actor][index]!r} {said}, and this is of {acting}; mend the days or the actor"
        yield rows.fault(index, column, message)


def _latest_year(written: str, published: str) -> int | None:
    """The year after which a text cannot have been written; its edition may have notes of its own."""
    return max((int(year) for year in (written, published) if year.isdecimal()), default=None) if published else None


def _time_of_the_book(package: Package) -> tuple[date | None, date | None]:
    """First and last day, by the descriptor; without `temporal` nothing lies after its `created`."""
    said = package.descriptor.get("temporal")
    if said is None:
        return date.min, day(str(package.descriptor.get("created"))[:10]) or date.today()
    return _pair(said) or (None, None)


def _pair(said: Any) -> tuple[date, date] | None:
    found = tuple(map(day, said)) if isinstance(said, list) and len(said) == 2 else ()
    return found if found and None not in found else None


RULES = (
    days_of_lives_exist,
    lives_have_a_likely_length,
    actors_act_while_they_live,
    lives_agree_with_their_claims,
    texts_are_not_older_than_what_they_tell,
    days_lie_within_the_span,
)
