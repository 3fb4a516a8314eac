"""The rules of a choice of sources on campaigns of a few rows, with the values worked out by hand."""

from datetime import date

import pandas as pd
import pytest
from hand import small

from helpers.belief import policies
from helpers.belief import rederive as redating
from helpers.belief.rederive import Told
from helpers.dating import Interval

DAY = pd.Timestamp

SOURCES = {
    "memoir": {"lineage": "memoir", "label": "The memoir", "perspective": "soviet", "participant": True},
    "copy": {"lineage": "memoir", "label": "The copy", "perspective": "scholarship", "participant": False},
    "letter": {"lineage": "letter", "label": "The letter", "perspective": "emirate", "participant": True},
    "book": {"lineage": "book", "label": "The book", "perspective": "scholarship", "participant": False},
}


def claim(source, rank="normal", **cells):
    return {"source": source, "rank": rank, "hedge": "plain", **cells}


def men(source, low=None, best=None, high=None, **cells):
    usual = {"attribute": "strength", "force": "men", "low": low, "best": best, "high": high}
    return claim(source, **usual | cells)


def bounds(campaign, claims, left, best=None):
    """Low, best and high of a quantity with only the claims of some texts left."""
    forces = {"men": {"low": 1.0, "best": best, "high": 9999.0}}
    seen = policies.believing(small(campaign, sources=SOURCES, claims=claims, forces=forces), f"id in {left!r}")
    return [None if pd.isna(v) else v for v in seen.forces.loc["men", ["low", "best", "high"]]]


def test_bounds_run_from_the_least_to_the_most_that_any_claim_left_names(campaign):
    claims = {
        "a": men("memoir", 500, 600, 700),
        "b": men("letter", best=900),
        "c": men("book", best=50),
    }
    assert bounds(campaign, claims, ["memoir", "letter"]) == [500, None, 900]
    assert bounds(campaign, claims, ["letter"]) == [900, None, 900]
    assert bounds(campaign, claims, ["book", "memoir"]) == [50, None, 700]


def test_at_most_leaves_the_low_end_open_and_the_high_end_closed(campaign):
    claims = {"a": men("memoir", high=700, hedge="at_most"), "b": men("letter", best=400), "c": men("book", best=1)}
    assert bounds(campaign, claims, ["memoir", "letter"]) == [None, None, 700]
    assert bounds(campaign, claims, ["letter"]) == [400, None, 400]


def test_at_least_leaves_the_high_end_open_and_the_low_end_closed(campaign):
    claims = {"a": men("memoir", low=700, hedge="at_least"), "b": men("letter", best=900), "c": men("book", best=1)}
    assert bounds(campaign, claims, ["memoir", "letter"]) == [700, None, None]


def test_a_hedge_opens_the_end_of_its_own_quantity_and_of_no_other(campaign):
    claims = {
        "a": men("memoir", high=700, hedge="at_most"),
        "b": men("letter", best=400, force="guns"),
        "c": men("book", best=1),
    }
    forces = {"men": {}, "guns": {}}
    seen = policies.believing(small(campaign, sources=SOURCES, claims=claims, forces=forces), "id != 'book'")
    assert seen.forces.loc["guns", ["low", "high"]].tolist() == [400, 400]
    assert seen.forces.loc["men", ["low", "high"]].isna().tolist() == [True, False]


def test_our_best_value_stays_only_while_a_claim_that_is_left_gives_it_as_its_best(campaign):
    claims = {"a": men("memoir", best=600), "b": men("letter", low=600, high=800), "c": men("book", best=700)}
    assert bounds(campaign, claims, ["memoir", "letter"], best=600) == [600, 600, 800]
    assert bounds(campaign, claims, ["letter", "book"], best=600) == [600, None, 800]


def test_a_best_value_of_another_quantity_does_not_keep_ours(campaign):
    claims = {
        "a": men("memoir", best=600),
        "b": men("letter", best=600, force="guns"),
        "c": men("book", best=700),
    }
    forces = {"men": {"best": 600.0}, "guns": {"best": 600.0}}
    seen = policies.believing(small(campaign, sources=SOURCES, claims=claims, forces=forces), "id != 'memoir'")
    assert seen.forces["best"].isna().to_dict() == {"men": True, "guns": False}


def test_what_is_no_number_of_men_and_what_is_deprecated_bounds_nothing(campaign):
    claims = {
        "a": men("memoir", best=600),
        "b": men("letter", best=5, attribute="price"),
        "c": men("letter", best=6000, rank="deprecated", hedge="at_most"),
        "d": men("book", best=9),
    }
    assert bounds(campaign, claims, ["memoir", "letter"]) == [600, None, 600]


def test_a_quantity_of_which_only_words_are_left_has_no_numbers_and_is_still_there(campaign):
    claims = {"a": men("memoir", best=600), "b": men("letter", value="many")}
    assert bounds(campaign, claims, ["letter"], best=600) == [None, None, None]


def story(campaign):
    """Two events, a tie that begins with one, a person who is spoken of, and one claim or two on each."""
    claims = {
        "clash-a": claim("memoir", event="clash", attribute="content"),
        "clash-b": claim("letter", event="clash", attribute="content", rank="deprecated"),
        "raid-a": claim("letter", event="raid", attribute="content"),
        "tie-a": claim("letter", relation="feud", attribute="content"),
        "word-a": claim("memoir", term="peace", attribute="content"),
    }
    events = {
        "clash": {"title": "The clash", "after": "raid"},
        "raid": {"title": "The raid", "part_of": "clash"},
        "talk": {"title": "A talk of which nobody speaks"},
    }
    relations = {"feud": {"actor_a": "x", "actor_b": "y", "sign": -1, "start_event": "clash"}}
    actors = {"x": {"label": "X"}, "y": {"label": "Y"}}
    participants = {
        "x-clash": {"event": "clash", "actor": "x"},
        "x-raid": {"event": "raid", "actor": "x"},
    }
    return small(
        campaign,
        sources=SOURCES,
        claims=claims,
        events=events,
        relations=relations,
        actors=actors,
        participants=participants,
        terms={"peace": {}},
    )


def test_a_reading_is_there_while_a_claim_that_counts_is_left_and_gone_with_the_last(campaign):
    seen = policies.believing(story(campaign), "lineage != 'memoir'")
    assert list(seen.events.index) == ["raid"], (
        "of the clash only a deprecated claim is left, of the talk there is none"
    )
    assert list(seen.terms.index) == []
    assert list(seen.relations.index) == ["feud"]
    assert sorted(seen.claims.index) == ["clash-b", "raid-a", "tie-a"]


def test_keys_to_what_is_gone_are_emptied_and_rows_that_need_them_go_too(campaign):
    seen = policies.believing(story(campaign), "lineage != 'memoir'")
    assert pd.isna(seen.relations.loc["feud", "start_event"])
    assert pd.isna(seen.events.loc["raid", "part_of"])
    assert list(seen.participants.index) == ["x-raid"], "who was at an event is nothing without the event"
    assert pd.isna(seen.claims.loc["clash-b", "event"])
    kept = policies.believing(story(campaign), "lineage != 'letter'")
    assert kept.events["after"].isna().all()
    assert list(kept.participants.index) == ["x-clash"]


def test_of_a_list_of_keys_only_those_that_are_gone_are_taken_out():
    cells = pd.Series(["a;b;c", "b", None, "c;ab"], index=list("wxyz"), name="after", dtype="str")
    left = policies._without_keys(cells, frozenset({"b"}))
    assert left.isna().to_dict() == {"w": False, "x": True, "y": True, "z": False}
    assert left.dropna().to_dict() == {"w": "a;c", "z": "c;ab"}
    assert left.name == "after"
    assert policies._without_keys(cells, frozenset({"q"})) is cells


def test_a_family_has_the_name_of_its_text_that_says_most_and_the_fullest_comes_first(campaign):
    seen = story(campaign)
    assert policies.families(seen).to_dict() == {"letter": "The letter", "memoir": "The memoir", "book": "The book"}
    assert list(policies.families(seen).index) == ["letter", "memoir", "book"]
    found = policies.choices(seen)
    assert list(found.index) == ["without:letter", "without:memoir", "without:book"]
    assert found["label"].tolist()[0] == "Without The letter"


def test_a_policy_of_march_days_is_one_of_the_calendar_and_another_one_of_texts(campaign):
    rows = {
        "soviet": {"label": "S", "rule": "participant", "calendar_unstated": "as_assumed", "rationale": "-"},
        "old": {"label": "O", "calendar_unstated": "OS", "rationale": "-"},
        "all": {"label": "A", "calendar_unstated": "as_assumed", "rationale": "-"},
    }
    seen = small(campaign, sources=SOURCES, policies=rows)
    kinds = policies.choices(seen)["kind"].to_dict()
    assert list(kinds)[:3] == ["all", "soviet", "old"]
    assert (kinds["soviet"], kinds["old"], kinds["without:book"]) == ("choice of texts", "calendar", "left out")
    assert set(seen.under("soviet").sources.index) == {"memoir", "letter"}
    assert seen.under("all") is seen
    assert set(seen.under("without:memoir").sources.index) == {"letter", "book"}


def test_without_claims_all_texts_stay_and_without_a_text_its_claims_go(campaign):
    seen = story(campaign)
    left = policies.without_claims(seen, "raid-a")
    assert len(left.sources) == 4
    assert list(left.events.index) == ["clash"]
    left = policies.without_source(seen, "memoir", "copy")
    assert sorted(left.sources.index) == ["book", "letter"]
    assert set(left.claims["source"]) == {"letter"}


# Old Style: 13 days later, if a text prints the day without naming a calendar.

AMONG = (DAY("1918-02-24"), DAY("1918-03-16"))


def dated(source="memoir", day="1918-03-02", *, stated="unstated", assumed="NS", until=None, **cells):
    return claim(
        source,
        attribute="date",
        **{"event": "clash", "earliest": day, "latest": until or day}
        | {"calendar_stated": stated, "calendar_assumed": assumed}
        | cells,
    )


@pytest.mark.parametrize(
    ("cells", "day", "why"),
    [
        ({}, 15, "printed without a calendar, read as New Style"),
        ({"stated": "AH+unstated"}, 15, "beside a Hijri day an editor may have worked it out"),
        ({"stated": None, "assumed": None}, 15, "counted from such days"),
        ({"stated": "NS"}, 2, "the text says New Style"),
        ({"stated": "NS", "assumed": None}, 2, "not printed without a calendar, not counted"),
        ({"stated": None, "assumed": "NS"}, 2, "neither printed nor counted"),
        ({"assumed": "OS"}, 2, "read as Old Style before"),
        ({"source": "book"}, 2, "a text that stays"),
    ],
)
def test_a_day_moves_by_thirteen_if_its_text_leaves_the_calendar_open(campaign, cells, day, why):
    claims = small(campaign, claims={"a": dated(**cells)}).claims
    now = redating.as_old_style(claims, pd.Index(["book"]), AMONG).loc["a"]
    assert (now["earliest"].day, now["latest"].day) == (day, day), why
    if day == 15:
        assert now["calendar_assumed"] == "OS"
    else:
        assert now["calendar_assumed"] is claims.loc["a", "calendar_assumed"] or pd.isna(now["calendar_assumed"])


@pytest.mark.parametrize(
    ("first", "last", "moves"),
    [
        ("1918-02-24", "1918-03-16", True),
        ("1918-02-23", "1918-03-02", False),
        ("1918-03-02", "1918-03-17", False),
        (None, "1918-03-02", True),
        ("1918-03-02", None, True),
        (None, None, False),
    ],
)
def test_only_days_round_the_battle_move_and_both_ends_together(campaign, first, last, moves):
    claims = small(campaign, claims={"a": dated() | {"earliest": first, "latest": last}}).claims
    now = redating.as_old_style(claims, pd.Index([]), AMONG).loc["a"]
    for end, before in (("earliest", first), ("latest", last)):
        wanted = pd.NaT if before is None else DAY(before) + pd.Timedelta(days=13 if moves else 0)
        assert (now[end] == wanted) or (pd.isna(now[end]) and wanted is pd.NaT)
    assert (now["calendar_assumed"] == "OS") is moves


def test_modern_authors_of_new_style_stay_and_those_whom_the_descriptor_names(campaign):
    sources = {
        "modern": {"calendar": "NS", "perspective": "scholarship"},
        "lexicon": {"calendar": "NS", "perspective": "reference"},
        "old_author": {"calendar": "OS", "perspective": "scholarship"},
        "witness": {"calendar": "NS", "perspective": "soviet"},
        "kuts": {"calendar": "unstated", "perspective": "soviet"},
    }
    assert "kuts" in redating.described(campaign.package, "policies", "calendar_unstated")["stay"]
    assert list(redating.staying(campaign.package, small(campaign, sources=sources).sources)) == [
        "modern",
        "lexicon",
        "kuts",
    ]


def test_our_days_among_those_that_move_follow_claims_that_moved_column_by_column():
    rows = pd.DataFrame(
        {
            "earliest": [DAY("1918-02-23"), DAY("1918-02-24"), DAY("1918-03-16")],
            "latest": [DAY("1918-03-16"), pd.NaT, DAY("1918-03-17")],
            "start_latest": [DAY("1918-03-01")] * 3,
            "note": ["", "", ""],
        },
        index=["a", "b", "c"],
    )
    claims = pd.Series(["a", "a", "b", "c"])
    now = redating.moved_along(rows, claims, pd.Series([False, True, True, False]), AMONG)
    assert now["earliest"].tolist() == [DAY("1918-02-23"), DAY("1918-03-09"), DAY("1918-03-16")]
    assert now.loc["a", "latest"] == DAY("1918-03-29")
    assert pd.isna(now.loc["b", "latest"])
    assert now.loc["c", "latest"] == DAY("1918-03-17"), "all of its claims stay"
    assert now["start_latest"].dt.day.tolist() == [14, 14, 1]


def test_the_tables_move_with_their_claims_under_a_policy_of_old_style(campaign):
    rows = {"old": {"label": "O", "calendar_unstated": "OS", "rationale": "-"}}
    day = {"earliest": "1918-03-02", "latest": "1918-03-02"}
    feud = {"actor_a": "x", "actor_b": "y", "sign": -1, "start_earliest": "1918-03-03", "start_latest": "1918-03-03"}
    seen = small(
        campaign,
        sources=SOURCES,
        policies=rows,
        claims={
            "a": dated(),
            "b": dated(event="raid", stated="NS"),
            "c": dated("letter", "1918-03-03", event=None, relation="feud"),
            "d": dated(event="talk", rank="deprecated"),
            "e": claim("memoir", event="talk", attribute="content"),
        },
        events={"clash": day, "raid": day, "talk": day},
        relations={"feud": feud},
        actors={"x": {}, "y": {}},
    ).under("old")
    # Of the talk no claim that counts has a day: ours was read from others and moves with them.
    assert seen.events["earliest"].dt.day.to_dict() == {"clash": 15, "raid": 2, "talk": 15}
    assert seen.events["latest"].dt.day.to_dict() == {"clash": 15, "raid": 2, "talk": 15}
    assert seen.relations.loc["feud", "start_earliest"] == DAY("1918-03-16")
    assert seen.claims.loc["b", "calendar_assumed"] == "NS"


# Days taken again.


def told(event, source, first, last):
    return Told(event, source, *(None if day is None else date(1918, 3, day) for day in (first, last)))


def events(**rows):
    frame = pd.DataFrame.from_dict(
        {key: (*map(_stamp, days[:2]), *days[2:]) for key, days in rows.items()},
        orient="index",
        columns=["earliest", "latest", "after"],
    )
    frame[["earliest", "latest"]] = frame[["earliest", "latest"]].astype("datetime64[us]")
    return frame.assign(part_of=None, date_edtf="as printed")


def _stamp(day):
    return pd.NaT if day is None else DAY(1918, 3, day)


def days(frame, event):
    return tuple(None if pd.isna(day) else day.day for day in frame.loc[event, ["earliest", "latest"]])


ONCE = {"a": told("x", "memoir", 5, 5), "b": told("x", "letter", 9, 10), "c": told("x", "book", 12, None)}


@pytest.mark.parametrize(
    ("left", "found"),
    [
        ("abc", (5, 5)),
        ("ab", (5, 5)),
        ("a", (5, 5)),
        ("b", (9, 10)),
        ("bc", (9, None)),
        ("", (None, None)),
    ],
)
def test_days_stay_while_a_claim_that_is_left_agrees_else_the_envelope_stands(left, found):
    now = redating.redated(events(x=(5, 5, None)), {key: ONCE[key] for key in left}, ONCE)
    assert days(now, "x") == found
    assert pd.isna(now.loc["x", "date_edtf"]) is (found != (5, 5))


def test_an_event_that_nobody_ever_dated_keeps_our_days_and_a_claim_on_no_event_changes_none():
    once = ONCE | {"z": told("elsewhere", "memoir", 1, 1)}
    now = redating.redated(events(x=(5, 5, None), y=(7, 8, None)), {"a": ONCE["a"]}, once)
    assert days(now, "y") == (7, 8)
    assert now.loc["y", "date_edtf"] == "as printed"


def test_days_that_disagree_with_all_claims_stay_while_all_claims_stand():
    now = redating.redated(events(x=(20, 20, None)), ONCE, ONCE)
    assert days(now, "x") == (20, 20)
    now = redating.redated(events(x=(20, 20, None)), {"a": ONCE["a"], "b": ONCE["b"]}, ONCE)
    assert days(now, "x") == (5, 10)


@pytest.mark.parametrize(
    ("claim", "interval", "agrees"),
    [
        ((5, 5), (5, 5), True),
        ((5, 6), (6, 9), True),
        ((5, 6), (7, 9), False),
        ((9, 9), (6, 9), True),
        ((10, 12), (6, 9), False),
        ((None, 6), (6, None), True),
        ((None, 5), (6, None), False),
        ((7, None), (None, 6), False),
        ((7, None), (None, 7), True),
        ((None, None), (6, 9), True),
        ((3, 4), (None, None), True),
    ],
)
def test_a_claim_agrees_with_days_that_share_one_with_it(claim, interval, agrees):
    own = Interval(*(None if day is None else date(1918, 3, day) for day in interval))
    assert told("x", "memoir", *claim).agrees(own) is agrees


def test_of_two_events_in_the_wrong_order_the_one_of_which_fewer_texts_agree_gives_way():
    # The letter of the 5th, answered on the 3rd: two texts say the 5th, one says the 3rd and one the 8th.
    frame = events(letter=(5, 5, None), answer=(6, 6, "letter"))
    once = {
        "a": told("letter", "memoir", 5, 5),
        "b": told("letter", "book", 5, 5),
        "c": told("answer", "memoir", 6, 6),
        "d": told("answer", "copy", 3, 3),
        "e": told("answer", "letter", 8, 8),
    }
    left = {key: one for key, one in once.items() if key not in "ce"}
    now = redating.redated(frame, left, once)
    assert days(now, "letter") == (5, 5)
    assert days(now, "answer") == (None, None), "its envelope, the 3rd, adds nothing"


def test_an_event_in_the_way_first_takes_in_all_that_is_said_of_it():
    frame = events(letter=(5, 5, None), answer=(6, 6, "letter"))
    # Old Style has moved the answer's text: our days follow, and the envelope of both is wide enough.
    once = {"a": told("letter", "memoir", 5, 5), "b": told("letter", "book", 5, 5), "c": told("answer", "copy", 6, 6)}
    left = {**once, "a": told("letter", "memoir", 15, 15), "b": told("letter", "book", 15, 15)}
    moved = events(letter=(15, 15, None), answer=(6, 6, "letter"))
    assert days(redating.redated(moved, left, once), "letter") == (15, 15)
    assert days(redating.redated(moved, left, once), "answer") == (None, None)
    wide = left | {"d": told("answer", "copy", 16, 17)}
    now = redating.redated(moved, wide, once)
    assert days(now, "answer") == (6, 17)
    assert frame.loc["answer", "latest"] == DAY("1918-03-06")


def test_the_envelope_is_open_where_one_claim_leaves_it_open():
    assert redating._envelope([told("x", "a", 5, 6), told("x", "b", 3, 4)]) == Interval(
        date(1918, 3, 3), date(1918, 3, 6)
    )
    assert redating._envelope([told("x", "a", 5, None), told("x", "b", 3, 4)]) == Interval(date(1918, 3, 3), None)
    assert redating._envelope([told("x", "a", None, 6), told("x", "b", 3, 4)]) == Interval(None, date(1918, 3, 6))
    assert redating._envelope([]) == Interval()


def test_support_counts_texts_and_not_claims_and_no_days_are_least_to_lose():
    own = Interval(date(1918, 3, 5), date(1918, 3, 5))
    said = [told("x", "a", 5, 5), told("x", "a", 4, 6), told("x", "b", 7, 7), told("x", "c", 8, 8)]
    assert redating._support(own, said) == (False, 1, -2)
    assert redating._support(Interval(), said) == (True, 3, 0)


def test_what_takes_in_no_day_more_or_is_open_at_both_ends_adds_nothing():
    own = Interval(date(1918, 3, 5), date(1918, 3, 6))
    assert not redating._adds(own, own)
    assert not redating._adds(Interval(), own)
    assert redating._adds(Interval(date(1918, 3, 4), date(1918, 3, 6)), own)
    assert redating._adds(Interval(date(1918, 3, 5), date(1918, 3, 7)), own)
    assert redating._adds(Interval(date(1918, 3, 5), None), own)


def test_ties_follow_the_events_whose_days_changed_and_no_others():
    before = events(x=(5, 5, None), y=(7, 7, None), z=(None, 9, None))
    now = events(x=(6, 8, None), y=(7, 7, None), z=(None, 9, None))
    ties = pd.DataFrame(
        {
            "start_event": ["x", "y", None],
            "end_event": ["y", "x", "z"],
            "start_earliest": [_stamp(1)] * 3,
            "start_latest": [_stamp(2)] * 3,
            "end_earliest": [_stamp(20)] * 3,
            "end_latest": [_stamp(21)] * 3,
        },
        index=["a", "b", "c"],
    )
    found = redating.following(ties, before, now)
    assert found["start_earliest"].dt.day.tolist() == [6, 1, 1]
    assert found["start_latest"].dt.day.tolist() == [8, 2, 2]
    assert found["end_earliest"].dt.day.tolist() == [20, 6, 20]
    assert found["end_latest"].dt.day.tolist() == [21, 8, 21]
    assert redating.following(ties, before, before) is ties
    gone = redating.following(ties, before, now.drop(index="x"))
    assert gone["start_earliest"].dt.day.tolist() == [1, 1, 1]


def test_a_claim_dates_an_event_if_it_is_a_date_with_a_day_on_one_side(campaign):
    claims = {
        "both": dated(),
        "first": dated() | {"latest": None},
        "last": dated() | {"earliest": None},
        "none": dated() | {"earliest": None, "latest": None},
        "other": dated() | {"attribute": "content"},
        "tie": dated() | {"event": None},
    }
    frame = small(campaign, claims=claims).claims
    assert list(redating.dated(frame).index) == ["both", "first", "last"]
    assert redating.days_told(frame)["first"] == Told("clash", "memoir", date(1918, 3, 2), None)


@pytest.mark.parametrize("rule", ["participant ==", "label > 3", "colour == 'red'"])
def test_a_rule_that_is_half_written_or_compares_words_with_numbers_is_refused_and_quoted(campaign, rule):
    with pytest.raises(ValueError, match=f"'?{rule[:5]}.* is no rule over the columns of `sources`"):
        policies.believing(small(campaign, sources=SOURCES), rule)
