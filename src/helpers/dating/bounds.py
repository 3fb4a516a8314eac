"""What `after` and `part_of` leave of the days of each event, and where they contradict the dates.

Bounds travel along `after` as in the simple temporal problem of Dechter, Meiri and Pearl 1991,
doi:10.1016/0004-3702(91)90006-6.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import NamedTuple

import numpy as np

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
    part_of = part_of or {}
    for name, links in (("after", after), ("part_of", part_of)):
        _check_links(intervals, name, links)
    clashes = () if _each_has_a_day(intervals, after, part_of) else _clashes(intervals, after, part_of)
    wholes = {event: _led_to(event, part_of) for event in intervals if event in part_of}
    return (*clashes, *_ordered_parts(after, wholes))


def _each_has_a_day(intervals: Mapping[str, Interval], after: Links, part_of: Links) -> bool:
    """Whether the bounds that travel along the links leave a day for each event; `_bounds` tells whence they come."""
    place = {event: number for number, event in enumerate(intervals)}
    follows, within = _edges(after, place), _edges(part_of, place)
    firsts = _furthest([one.first for one in intervals.values()], np.concatenate([follows, within]))
    lasts = _furthest([-one.last for one in intervals.values()], np.concatenate([follows[:, ::-1], within]))
    return bool((firsts <= -lasts).all())


def _furthest(values: list[float], edges: np.ndarray) -> np.ndarray:
    """The highest value that reaches each place along the edges: as many passes as the longest way has steps."""
    reached, before = np.array(values, float), None
    while before is None or (reached != before).any():
        before = reached.copy()
        np.maximum.at(reached, edges[:, 1], before[edges[:, 0]])
    return reached


def _clashes(intervals: Mapping[str, Interval], after: Links, part_of: Links) -> Iterator[Conflict]:
    firsts, lasts = _bounds(intervals, after, part_of)
    clashing = {(firsts[one][1], lasts[one][1]) for one in intervals if firsts[one][0] > -lasts[one][0]}
    return (_conflict(intervals, *pair) for pair in sorted(clashing))


def _conflict(intervals: Mapping[str, Interval], first: str, last: str) -> Conflict:
    message = (
        f"'{first}' is not before {intervals[first].earliest} and '{last}' not after"
        f" {intervals[last].latest}, but `after` or `part_of` puts the first no later than the second:"
        " mend the dates or the links"
    )
    return Conflict(first, last, message)


def _ordered_parts(after: Links, wholes: Mapping[str, set[str]]) -> Iterator[Conflict]:
    followed = _reversed(after)
    before, behind = (
        {whole: _led_to(whole, links) if whole in links else set() for whole in frozenset().union(*wholes.values())}
        for links in (followed, after)
    )
    for part, whole in ((event, whole) for event in wholes for whole in sorted(wholes[event])):
        message = f"'{part}' is part of '{whole}', so `after` cannot order them: mend either"
        if part in before[whole]:
            yield Conflict(whole, part, message)
        if part in behind[whole]:
            yield Conflict(part, whole, message)


def _reversed(links: Links) -> dict[str, list[str]]:
    turned = defaultdict(list)
    for event, others in links.items():
        for other in others:
            turned[other].append(event)
    return turned


def _led_to(event: str, links: Links) -> set[str]:
    """All that the links of an event lead to, directly or through others."""
    found, waiting = set(), [event]
    while waiting:
        new = [other for other in links.get(waiting.pop(), ()) if other not in found]
        found.update(new)
        waiting += new
    return found


def find_cycle(links: Links) -> tuple[str, ...]:
    """One circle in `after` (or `part_of`), each id preceding the next and the first repeated; () if none."""
    if not _has_circle(links):
        return ()
    try:
        TopologicalSorter({event: sorted(links[event]) for event in sorted(links)}).prepare()
    except CycleError as error:
        return tuple(error.args[1])
    return ()


def _has_circle(links: Links) -> bool:
    """Whether something is left when all that nothing leads to is taken out, again and again."""
    place = {event: number for number, event in enumerate({*links}.union(*links.values()))}
    edges = _edges(links, place)
    while len(edges):
        led_to = np.zeros(len(place), bool)
        led_to[edges[:, 1]] = True
        left = edges[led_to[edges[:, 0]]]
        if len(left) == len(edges):
            return True
        edges = left
    return False


def _edges(links: Links, place: Mapping[str, int]) -> np.ndarray:
    """One row a link, the place of what leads and of what follows."""
    leads = [place[other] for others in links.values() for other in others]
    follows = [place[event] for event, others in links.items() for _ in others]
    return np.array([leads, follows], int).T


def _check_links(intervals: Mapping[str, Interval], name: str, links: Links) -> None:
    if not {*links}.union(*links.values()) <= intervals.keys():
        event, unknown = next(_unknown(intervals, links))
        raise ValueError(f"events, {event}: `{name}` uses the unknown id '{unknown}'; mend or add it")
    circle = find_cycle(links)
    if circle:
        raise ValueError(f"events: `{name}` runs in a circle, {' -> '.join(circle)}; take one link out")


def _unknown(intervals: Mapping[str, Interval], links: Links) -> Iterator[tuple[str, str]]:
    """Yield each id that is not among the intervals, behind the event whose links use it."""
    for event, others in links.items():
        yield from ((event, other) for other in sorted((event, *others)) if other not in intervals)


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
    return {event: frozenset(_led_to(event, links) if event in links else ()) for event in intervals}
