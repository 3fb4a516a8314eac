"""Intervals, the partial order of events, and dates in the Extended Date/Time Format.

The order is held against brute force: every way of putting each event on one day that the data allow.
"""

from datetime import date, timedelta
from itertools import pairwise, product

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from helpers.dating import (
    Chronology,
    Conflict,
    Interval,
    OrderChange,
    Span,
    check_edtf,
    conflicts,
    edtf_bounds,
    event_intervals,
    event_links,
    find_cycle,
    lost_orders,
    tighten,
)

IDS = tuple("abcde")


def march(first: int | None, last: int | None = None) -> Interval:
    """Days of March 1918; one number is one day."""
    return Interval(*(day and date(1918, 3, day) for day in (first, last or first)))


def since(day: int) -> Interval:
    return Interval(earliest=date(1918, 3, day))


def until(day: int) -> Interval:
    return Interval(latest=date(1918, 3, day))


@st.composite
def intervals(draw, *, around: int | None = None, closed: bool = False) -> Interval:
    """An interval of March 1918, holding the day `around` if one is given."""
    low, high = (1, 28) if around is None else (around, around)
    first = draw(st.integers(1, high))
    last = draw(st.integers(max(first, low), 28))
    ends = [date(1918, 3, first), date(1918, 3, last)]
    return Interval(*(end if closed or draw(st.integers(0, 4)) else None for end in ends))


@st.composite
def campaigns(draw) -> tuple[dict[str, int], dict[str, Interval], dict[str, set[str]]]:
    """What happened (a day for each id), and intervals and `after` that are true of it."""
    truth = dict(zip(IDS, sorted(draw(st.lists(st.integers(1, 28), min_size=5, max_size=5))), strict=True))
    known = {event: draw(intervals(around=day)) for event, day in truth.items()}
    links = {event: draw(st.sets(st.sampled_from(IDS[:number]))) for number, event in enumerate(IDS) if number}
    return truth, known, links


@st.composite
def tiny_campaigns(draw) -> tuple[dict[str, Interval], dict[str, set[str]]]:
    """Four events within four days, so that every way it can have gone can be written out."""
    day = st.integers(1, 4)
    known = {event: march(*sorted((draw(day), draw(day)))) for event in IDS[:4]}
    links = {event: draw(st.sets(st.sampled_from(IDS[:number]))) for number, event in enumerate(IDS[:4]) if number}
    return known, links


def scenarios(known: dict[str, Interval], links: dict[str, set[str]]) -> list[dict[str, int]]:
    ranges = [range(one.earliest.day, one.latest.day + 1) for one in known.values()]
    every = (dict(zip(known, days, strict=True)) for days in product(*ranges))
    return [way for way in every if all(way[a] <= way[b] for b, before in links.items() for a in before)]


def test_an_interval_cannot_end_before_it_begins():
    with pytest.raises(ValueError, match="the earliest day 1918-03-05 is later than the latest day 1918-03-02"):
        march(5, 2)


def test_an_interval_counts_both_its_ends_and_an_open_one_cannot_be_counted():
    assert (march(2, 5).days, march(2).days, since(2).days, Interval().days) == (4, 1, None, None)


def test_an_interval_is_written_with_dots_where_it_is_open():
    assert [str(one) for one in (march(2, 5), since(2), Interval())] == [
        "1918-03-02/1918-03-05", "1918-03-02/..", "../.."
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("a", "b", "certain", "possible"),
    [
        (march(1, 2), march(3, 5), True, True),
        (march(1, 3), march(3, 5), False, True),  # the 3rd may be the day of both
        (march(3), march(3), False, False),
        (march(3, 5), march(1, 3), False, False),
        (march(1, 9), march(1, 9), False, True),
        (until(2), since(3), True, True),
        (since(2), until(2), False, False),
        (Interval(), march(1), False, True),
        (march(1), Interval(), False, True),
    ],
)
def test_before_means_on_an_earlier_day(a, b, certain, possible):
    assert (a.certainly_before(b), a.possibly_before(b)) == (certain, possible)


@pytest.mark.parametrize(
    ("a", "b", "certain", "possible"),
    [
        (march(3), march(3), True, True),
        (march(3, 4), march(3, 4), False, True),
        (march(1, 3), march(3, 5), False, True),
        (march(1, 2), march(3, 5), False, False),
        (Interval(), Interval(), False, True),
    ],
)
def test_two_events_overlap_certainly_only_on_one_known_day(a, b, certain, possible):
    assert (a.certainly_overlaps(b), a.possibly_overlaps(b)) == (certain, possible)


@given(intervals(closed=True), intervals(closed=True))
def test_certain_and_possible_are_all_and_some_of_the_pairs_of_days(a, b):
    days = [range(one.earliest.day, one.latest.day + 1) for one in (a, b)]
    earlier = [x < y for x, y in product(*days)]
    same = [x == y for x, y in product(*days)]
    assert (a.certainly_before(b), a.possibly_before(b)) == (all(earlier), any(earlier))
    assert (a.certainly_overlaps(b), a.possibly_overlaps(b)) == (all(same), any(same))
    assert (a in b) == (set(days[0]) <= set(days[1]))


@given(intervals(), intervals())
def test_an_intersection_holds_the_days_in_both_and_no_other(a, b):
    both = a.intersection(b)
    for day in (date(1918, 2, 1), *(date(1918, 3, number) for number in range(1, 29)), date(1918, 4, 1)):
        assert (day in a and day in b) == (both is not None and day in both)


@given(intervals(), st.integers(0, 20))
def test_widening_adds_days_on_each_closed_side_only(a, days):
    wide = a.widen(days)
    assert a in wide
    assert (wide.earliest is None, wide.latest is None) == (a.earliest is None, a.latest is None)
    assert a.days is None or wide.days == a.days + 2 * days


def test_an_interval_cannot_be_widened_by_less_than_nothing():
    with pytest.raises(ValueError, match="widened by 0 days or more"):
        march(2).widen(-1)


def test_shifting_by_13_days_takes_2_march_to_15_march_and_leaves_open_ends_open():
    assert march(2).shift(13) == march(15)
    assert since(2).shift(13) == since(15)


def test_a_span_lasted_certainly_from_its_latest_start_to_its_earliest_end():
    siege = Span(march(1, 3), march(5, 8))
    assert (siege.certain, siege.possible) == (march(3, 5), march(1, 8))
    assert Span(march(1, 5), march(4, 8)).certain is None
    assert Span(march(1), Interval()).certain is None


def test_a_span_cannot_end_before_it_starts():
    with pytest.raises(ValueError, match=r"ends .* before it starts"):
        Span(march(5), march(2, 4))


@given(*(intervals(closed=True) for _ in range(4)))
def test_spans_overlap_certainly_if_they_do_wherever_their_ends_lay(a, b, c, d):
    assume(not b.certainly_before(a) and not d.certainly_before(c))
    one, other = Span(a, b), Span(c, d)
    starts_and_ends = [range(x.earliest.day, x.latest.day + 1, 1) for x in (a, b, c, d)]
    corners = [sorted({days[0], days[-1]}) for days in starts_and_ends]
    shares = [s <= f and r <= e for s, e, r, f in product(*corners)]
    assert one.certainly_overlaps(other) == all(shares)
    if all(start[-1] <= end[0] for start, end in (starts_and_ends[:2], starts_and_ends[2:])):
        assert one.possibly_overlaps(other) == any(shares)


@given(campaigns())
def test_tightening_keeps_the_day_on_which_it_happened(campaign):
    truth, known, links = campaign
    narrowed = tighten(known, links)
    assert all(date(1918, 3, truth[event]) in narrowed[event] and narrowed[event] in known[event] for event in IDS)


@given(tiny_campaigns())
def test_tightening_and_certain_order_agree_with_every_way_it_can_have_gone(campaign):
    known, links = campaign
    ways = scenarios(known, links)
    assert bool(ways) == (not conflicts(known, links))
    assume(ways)
    order = Chronology.of(known, links)
    for event in known:
        assert order.intervals[event] == march(min(w[event] for w in ways), max(w[event] for w in ways))
    for a, b in product(known, repeat=2):
        linked = a in order.preceding[b]
        assert (order.relation(a, b) == "before") == (linked or all(way[a] < way[b] for way in ways))


@given(campaigns())
def test_a_certain_order_is_true_and_never_runs_both_ways(campaign):
    truth, known, links = campaign
    certain = Chronology.of(known, links).certain_pairs
    assert all(truth[a] <= truth[b] and (b, a) not in certain for a, b in certain)


@given(campaigns())
def test_a_certain_order_is_transitive(campaign):
    _, known, links = campaign
    certain = Chronology.of(known, links).certain_pairs
    assert all((a, d) in certain for a, b in certain for c, d in certain if b == c)


@given(campaigns(), st.data())
def test_narrowing_never_loses_a_certain_order(campaign, data):
    truth, known, links = campaign
    narrower = {event: data.draw(intervals(around=truth[event])).intersection(known[event]) for event in IDS}
    assert lost_orders(Chronology.of(known, links), Chronology.of(narrower, links)) == ()


@given(campaigns(), st.integers(0, 9))
def test_widening_never_invents_a_certain_order(campaign, days):
    _, known, links = campaign
    wider = {event: interval.widen(days) for event, interval in known.items()}
    assert Chronology.of(wider, links).certain_pairs <= Chronology.of(known, links).certain_pairs


@given(campaigns())
def test_every_pair_is_either_certain_one_way_or_open(campaign):
    _, known, links = campaign
    order = Chronology.of(known, links)
    certain = {tuple(sorted(pair)) for pair in order.certain_pairs}
    assert certain.isdisjoint(order.open_pairs)
    assert len(certain) + len(order.open_pairs) == 10


def test_what_comes_after_an_event_is_not_earlier_and_may_fall_on_the_same_day():
    order = Chronology.of({"note": march(2, 9), "reply": march(1, 5)}, {"reply": {"note"}})
    assert order.intervals == {"note": march(2, 5), "reply": march(2, 5)}
    assert order.relation("note", "reply") == "before"
    assert order.relation("reply", "note") == "after"


def test_bounds_travel_along_a_chain_of_undated_events():
    known = {"a": since(2), "b": Interval(), "c": Interval(), "d": until(9)}
    narrowed = tighten(known, {"b": {"a"}, "c": {"b"}, "d": {"c"}})
    assert set(narrowed.values()) == {march(2, 9)}


def test_an_order_no_source_fixes_is_open():
    order = Chronology.of({"a": march(1, 3), "b": march(3, 5), "c": march(6)}, {})
    assert order.relation("a", "b") == "open"
    assert order.open_pairs == (("a", "b"),)


def test_dates_that_contradict_after_are_reported_with_both_ids():
    known = {"reply": march(2), "note": march(5), "other": march(4)}
    (conflict,) = conflicts(known, {"reply": {"note"}})
    assert (conflict.earlier, conflict.later) == ("note", "reply")
    assert "'note' is not before 1918-03-05 and 'reply' not after 1918-03-02" in str(conflict)
    with pytest.raises(ValueError, match=r"'note' is not before .* 'reply' not after"):
        Chronology.of(known, {"reply": {"note"}})


def test_a_contradiction_through_an_undated_event_names_the_two_that_clash():
    known = {"first": march(5), "between": Interval(), "last": march(2)}
    (conflict,) = conflicts(known, {"between": {"first"}, "last": {"between"}})
    assert isinstance(conflict, Conflict)
    assert conflict[:2] == ("first", "last")


@given(st.permutations(IDS), st.integers(1, 5), campaigns())
def test_a_circle_is_found_and_every_step_of_the_named_path_is_a_link(names, length, campaign):
    _, known, links = campaign
    circle = [*names[:length], names[0]]
    links = {event: set(links.get(event, ())) for event in IDS}
    for before, event in pairwise(circle):
        links[event].add(before)
    path = find_cycle(links)
    assert path[0] == path[-1]
    assert all(before in links[event] for before, event in pairwise(path))
    with pytest.raises(ValueError, match=" -> ".join(path)):
        conflicts(known, links)


@given(campaigns())
def test_no_circle_is_found_where_there_is_none(campaign):
    assert find_cycle(campaign[2]) == ()


@pytest.mark.parametrize("links", [{"a": {"ghost"}}, {"ghost": {"a"}}])
def test_an_unknown_id_is_named(links):
    with pytest.raises(ValueError, match="`after` uses the unknown id 'ghost'"):
        Chronology.of({"a": march(1)}, links)
    with pytest.raises(ValueError, match="`part_of` uses the unknown id 'ghost'"):
        Chronology.of({"a": march(1)}, {}, links)


def test_a_part_keeps_within_its_whole_and_has_no_order_with_it():
    known = {"campaign": march(2, 20), "siege": until(9), "treaty": march(25)}
    order = Chronology.of(known, {}, {"siege": {"campaign"}})
    assert order.intervals["siege"] == march(2, 9)
    assert order.intervals["campaign"] == march(2, 20)
    assert order.relation("siege", "campaign") == "open"
    assert order.open_pairs == ()


def test_a_part_outside_its_whole_is_reported_with_both_ids():
    (conflict,) = conflicts({"whole": march(2, 5), "part": march(7)}, {}, {"part": {"whole"}})
    assert conflict[:2] == ("part", "whole")


@pytest.mark.parametrize("links", [{"part": {"whole"}}, {"whole": {"part"}}])
def test_a_part_cannot_come_after_its_whole_nor_the_whole_after_it(links):
    with pytest.raises(ValueError, match="'part' is part of 'whole', so `after` cannot order them"):
        Chronology.of({"whole": march(1, 9), "part": march(1, 9)}, links, {"part": {"whole"}})


def test_an_order_that_rests_on_the_calendar_is_lost_or_reversed_under_the_other():
    known = {"attack": march(1), "decree": march(10), "relief": march(14, 16), "truce": march(25)}
    new = Chronology.of(known, {})
    old = Chronology.of(known | {"attack": march(1).shift(13)}, {})
    assert lost_orders(new, old) == (
        OrderChange("attack", "decree", "reversed"),
        OrderChange("attack", "relief", "lost"),
    )


def test_events_missing_from_one_of_two_chronologies_are_left_out_of_the_comparison():
    both = Chronology.of({"a": march(1), "b": march(2)}, {})
    assert lost_orders(both, Chronology.of({"a": march(1)}, {})) == ()


def table(**columns: list) -> pd.DataFrame:
    events = pd.DataFrame(columns, index=pd.Index(["a", "b", "c"], name="id"))
    events[["earliest", "latest"]] = events[["earliest", "latest"]].apply(pd.to_datetime)
    return events.astype({"after": "str", "part_of": "str"})


def test_the_table_of_events_becomes_a_chronology():
    events = table(
        earliest=["1918-03-02", None, "1918-03-04"],
        latest=["1918-03-02", "1918-03-09", None],
        after=[None, "a", "a; b"],
        part_of=[None, None, None],
    )
    assert event_intervals(events) == {"a": march(2), "b": until(9), "c": since(4)}
    assert event_links(events["after"]) == {"b": {"a"}, "c": {"a", "b"}}
    order = Chronology.from_events(events)
    assert order.intervals["b"] == march(2, 9)
    assert order.certain_pairs == {("a", "b"), ("a", "c"), ("b", "c")}


def test_a_chronology_can_be_made_with_another_reading_of_some_dates():
    days = ["1918-03-01", "1918-03-10", "1918-03-20"]
    events = table(earliest=days, latest=days, after=[None] * 3, part_of=[None] * 3)
    shifted = Chronology.from_events(events, instead={"a": march(1).shift(13)})
    changes = lost_orders(Chronology.from_events(events), shifted)
    assert changes == (OrderChange("a", "b", "reversed"),)


def test_a_row_whose_dates_are_swapped_is_named():
    days = ["1918-03-01", "1918-03-10", "1918-03-20"]
    events = table(earliest=days, latest=[days[0], days[0], days[2]], after=[None] * 3, part_of=[None] * 3)
    with pytest.raises(ValueError, match="events, b: the earliest day 1918-03-10 is later"):
        event_intervals(events)


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("1918-03-02", march(2)),
        ("1918-03", march(1, 31)),
        ("1918-02", Interval(date(1918, 2, 1), date(1918, 2, 28))),
        ("1918", Interval(date(1918, 1, 1), date(1918, 12, 31))),
        ("191X", Interval(date(1910, 1, 1), date(1919, 12, 31))),
        ("1918-03-XX", march(1, 31)),
        ("1918-03-02?", march(2)),
        ("1918-03-02~", march(2)),
        ("1918-03%", march(1, 31)),
        ("1918-03-?02", march(2)),
        ("1918-22", Interval(date(1918, 6, 1), date(1918, 8, 31))),
        ("1918-03-02/1918-03-05", march(2, 5)),
        ("1918-03-02~/1918-03-05?", march(2, 5)),
        ("1917-12/1918-03-02", Interval(date(1917, 12, 1), date(1918, 3, 2))),
        ("[1918-03-02..1918-03-05]", march(2, 5)),
        ("[1918-03-02,1918-03-09]", march(2, 9)),
        ("{1918-03-02..1918-03-05}", march(2, 5)),
        ("[1918-03-02..]", since(2)),
        ("[..1918-03-02]", until(2)),
        ("../1918-03-02", until(2)),
        ("1918-03-02/..", since(2)),
        ("1918-03-02/", since(2)),  # edtf alone would end it in 1928
        ("/1918-03-02", until(2)),
        ("../..", Interval()),
        ("1918-03-0X", march(1, 9)),
        ("1918-03-1X", march(10, 19)),
        ("1918-02-2X", Interval(date(1918, 2, 20), date(1918, 2, 28))),
        ("1918-03-0X/1918-03-1X", march(1, 19)),
        ("1918-03-24", march(24)),  # not the winter 1918-24
        ("1918-03-30", march(30)),  # not the southern summer 1918-30
        ("1950S2", Interval(date(1900, 1, 1), date(1999, 12, 31))),
        ("1950S3/1960", Interval(date(1950, 1, 1), date(1960, 12, 31))),
        ("1918-21?", Interval(date(1918, 3, 1), date(1918, 5, 31))),
        ("1918-~29", Interval(date(1918, 9, 1), date(1918, 11, 30))),
        ("1918-21~/1918-26?", Interval(date(1918, 3, 1), date(1918, 8, 31))),
        ("1918-41", Interval(date(1918, 7, 1), date(1918, 12, 31))),
        ("1918-03-X2", march(2, 22)),
        ("19XX-XX-XX", Interval(date(1900, 1, 1), date(1999, 12, 31))),
    ],
)
def test_edtf_is_bounded_strictly_and_open_where_it_is_open(text, bounds):
    assert edtf_bounds(text) == bounds


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("March 1918", "not EDTF"),
        ("", "not EDTF"),
        ("between 13 and 25 March 1918", "not EDTF"),
        ("1918-02-30", "not EDTF"),
        ("1918-02-29", "day is out of range"),
        ("1900-02-29", "day is out of range"),
        ("1918-05/1918-03", "the earliest day 1918-05-01 is later"),
        ("1918-24", "a winter lies in two years"),
        ("1918-28~", "a winter lies in two years"),
        ("1918-30", "a southern summer lies in two years"),
        ("[1918-30,1919]", "a southern summer lies in two years"),
        ("[1950S2,1960]", "significant digits are read of a year alone"),
        ("1950S5", "significant digits are read of a year alone"),
        ("191X-02-29", "a leap day of a year with a digit unknown"),
        ("1918-X1", "a month with a digit unknown"),
        ("Y1E999999999", "a year of more than four digits"),
        ("[1917,1918]/1919", "not EDTF"),
        ("/", "not EDTF"),
        ("1917/1918/1919", "not EDTF"),
        ("1918-03/1918-24", "a winter lies in two years"),
        ("1918-0X", "a month with a digit unknown"),
        ("[1918-03-0X,1918-03-1X]", "more than one unknown digit"),
        ("1918-02-3X", "stands for no day"),
    ],
)
def test_a_text_without_defensible_bounds_is_refused_with_the_reason(text, reason):
    with pytest.raises(ValueError, match=f"^'{text}': ".replace("[", r"\[") + f".*{reason}"):
        edtf_bounds(text)


# The parser is slow: some 10 ms a text, more when the machine is busy.
@settings(max_examples=20, deadline=None)
@given(st.dates(date(1850, 1, 1), date(1950, 12, 31)), st.integers(0, 60))
def test_every_iso_date_and_interval_is_bounded_by_itself(day, length):
    end = day + timedelta(length)
    assert edtf_bounds(f"{day}/{end}") == Interval(day, end)
    assert edtf_bounds(f"[{day}..{end}]") == Interval(day, end)


def test_stored_bounds_that_agree_with_the_text_pass_as_dates_or_timestamps():
    assert check_edtf("1918-03-02/..", pd.Timestamp("1918-03-02"), pd.NaT) is None
    assert check_edtf("1918-03", date(1918, 3, 1), date(1918, 3, 31)) is None


def test_stored_bounds_that_disagree_are_shown_beside_the_text():
    message = check_edtf("1918-03-02", date(1918, 3, 2), date(1918, 3, 5))
    assert message.startswith("'1918-03-02' means 1918-03-02/1918-03-02")
    assert "1918-03-02/1918-03-05" in message
    assert check_edtf("1918-03-02/..", date(1918, 3, 2), date(1928, 3, 2)) is not None


def test_a_hedged_date_may_be_stored_wider_and_never_narrower():
    assert check_edtf("1918-03-05~", date(1918, 3, 3), date(1918, 3, 7)) is None
    assert check_edtf("1918-03~", date(1918, 3, 3), date(1918, 3, 7)) is not None
    assert check_edtf("1918-03-05~", date(1918, 3, 6), date(1918, 3, 7)) is not None


def test_a_text_that_is_not_edtf_or_bounds_that_are_swapped_are_reported_not_raised():
    assert "not EDTF" in check_edtf("early March", pd.NaT, pd.NaT)
    assert "later than" in check_edtf("1918-03", date(1918, 3, 31), date(1918, 3, 1))


@settings(max_examples=300)
@given(st.text("0123456789XYESTZ?~%-./,[]{} :", max_size=14) | st.from_regex(r"[12?~]?9[0-9X]{2}[-?S][0-9X?%]{1,4}"))
def test_any_text_has_bounds_or_is_refused_with_the_text(text):
    reason = None
    try:
        assert isinstance(edtf_bounds(text), Interval)
    except ValueError as error:
        reason = str(error)
    assert reason is None or reason.startswith(f"'{text}': ")


def test_an_interval_made_of_what_a_table_holds_equals_the_one_made_of_dates(campaign):
    row = campaign.events.loc["columns_meet"]
    of_dates = Interval(row["earliest"].date(), row["latest"].date())
    assert Interval(row["earliest"], row["latest"]) == of_dates
    assert str(Interval(row["earliest"], row["latest"])) == str(of_dates)
    assert row["earliest"] in of_dates
    assert Interval(pd.Timestamp("1918-03-02 17:30"), pd.NaT) == since(2)
    assert hash(Interval(pd.Timestamp("1918-03-02"))) == hash(since(2))


@pytest.mark.parametrize("end", ["1918-03-02", 1918, float("nan")])
def test_an_end_that_is_no_day_is_refused_when_the_interval_is_made(end):
    with pytest.raises(TypeError, match=r"earliest is .*; give a date or None"):
        Interval(end, None)
