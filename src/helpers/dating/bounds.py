"""What `after` and `part_of` leave of the days of each event, and where they contradict the dates.

Bounds travel along `after` as in the simple temporal problem of Dechter, Meiri and Pearl 1991,
doi:10.1016/0004-3702(91)90006-6.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import NamedTuple

import networkx as nx

from helpers.dating.intervals import Interval, between

Links = Mapping[str, Collection[str]]


class Conflict(NamedTuple):
    """Two events whose dates contradict the order that `after` and `part_of` give them."""

    earlier: str
    later: str
    message: str

    def __str__(self) -> str:
        return self.message


def tighten(intervals: Mapping[str, Interval], after: Links, part_of: Links | None = None) -> dict[str, Interval]:
    """Narrow the days of each event to those its `after` and `part_of` allow.

    Raises
    ------
    ValueError
        If nothing is left for an event (see `conflicts`), an id is unknown or the links run in a circle.

    >>> from datetime import date
    >>> letter, answer = Interval(date(1918, 3, 1), date(1918, 3, 5)), Interval(None, date(1918, 3, 2))
    >>> found = tighten({"letter": letter, "answer": answer}, {"answer": frozenset({"letter"})})
    >>> str(found["letter"]), str(found["answer"])
    ('1918-03-01/1918-03-02', '1918-03-01/1918-03-02')
    """
    found = conflicts(intervals, after, part_of)
    if found:
        raise ValueError("\n".join(map(str, found)))
    firsts, lasts = _bounds(intervals, after, part_of or {})
    return {event: between(firsts[event][0], -lasts[event][0]) for event in intervals}


def conflicts(intervals: Mapping[str, Interval], after: Links, part_of: Links | None = None) -> tuple[Conflict, ...]:
    """Pairs whose dates put them in the opposite order to `after`, or a part outside or after its whole.

    At least one pair is named for each event that no day is left for.

    Raises
    ------
    ValueError
        If an id is unknown or the links run in a circle.

    >>> from datetime import date
    >>> letter, answer = Interval(date(1918, 3, 5), None), Interval(None, date(1918, 3, 2))
    >>> found = conflicts({"letter": letter, "answer": answer}, {"answer": frozenset({"letter"})})
    >>> [(one.earlier, one.later) for one in found]
    [('letter', 'answer')]
    """
    for name, links in (("after", after), ("part_of", part_of or {})):
        _check_links(intervals, name, links)
    firsts, lasts = _bounds(intervals, after, part_of or {})
    clashing = {(firsts[one][1], lasts[one][1]) for one in intervals if firsts[one][0] > -lasts[one][0]}
    clashes = (_conflict(intervals, *pair) for pair in sorted(clashing))
    return (*clashes, *_ordered_parts(reach(intervals, after), reach(intervals, part_of or {})))


def _conflict(intervals: Mapping[str, Interval], first: str, last: str) -> Conflict:
    message = (
        f"'{first}' is not before {intervals[first].earliest} and '{last}' not after"
        f" {intervals[last].latest}, but `after` or `part_of` puts the first no later than the second:"
        " mend the dates or the links"
    )
    return Conflict(first, last, message)


def _ordered_parts(preceding: Links, wholes: Links) -> Iterator[Conflict]:
    for part, whole in ((event, whole) for event in wholes for whole in sorted(wholes[event])):
        message = f"'{part}' is part of '{whole}', so `after` cannot order them: mend either"
        if whole in preceding[part]:
            yield Conflict(whole, part, message)
        if part in preceding[whole]:
            yield Conflict(part, whole, message)


def find_cycle(links: Links) -> tuple[str, ...]:
    """One circle in `after` (or `part_of`), each id preceding the next and the first repeated; () if none."""
    try:
        TopologicalSorter({event: sorted(links[event]) for event in sorted(links)}).prepare()
    except CycleError as error:
        return tuple(error.args[1])
    return ()


def _check_links(intervals: Mapping[str, Interval], name: str, links: Links) -> None:
    for event, others in links.items():
        unknown = sorted(other for other in (event, *others) if other not in intervals)
        if unknown:
            raise ValueError(f"events, {event}: `{name}` uses the unknown id '{unknown[0]}'; mend or add it")
    circle = find_cycle(links)
    if circle:
        raise ValueError(f"events: `{name}` runs in a circle, {' -> '.join(circle)}; take one link out")


def _bounds(intervals: Mapping[str, Interval], after: Links, part_of: Links) -> tuple[dict, dict]:
    """Narrowed first and (negated) last ordinals by id, each with the id it comes from."""
    follows = [(before, event) for event, others in after.items() for before in others]
    precedes = [(event, before) for before, event in follows]
    within = [(whole, event) for event, others in part_of.items() for whole in others]
    firsts = {event: interval.first for event, interval in intervals.items()}
    lasts = {event: -interval.last for event, interval in intervals.items()}
    return _highest(firsts, follows + within), _highest(lasts, precedes + within)


def _highest(values: Mapping[str, float], edges: list[tuple[str, str]]) -> dict[str, tuple[float, str]]:
    """The highest value that reaches each id along the edges, and the id it starts from."""
    reached = {event: (value, event) for event, value in values.items()}
    changed = True
    while changed:
        changed = False
        for a, b in edges:
            if reached[a][0] > reached[b][0]:
                reached[b], changed = reached[a], True
    return reached


def reach(intervals: Mapping[str, Interval], links: Links) -> dict[str, frozenset[str]]:
    """For each event all that its links lead to, directly or through others."""
    graph = nx.DiGraph((event, other) for event, others in links.items() for other in others)
    graph.add_nodes_from(intervals)
    return {event: frozenset(nx.descendants(graph, event)) for event in intervals}
