"""The days of the events when texts fall away or another calendar is assumed."""

import pandas as pd
import pytest

from helpers.belief import policies
from helpers.belief import rederive as redating
from helpers.dating import Chronology

DAY = pd.Timestamp


@pytest.fixture(scope="module")
def old_style(campaign):
    return campaign.under("becker_calendar")


def days(campaign, event):
    return tuple(campaign.events.loc[event, ["earliest", "latest"]])


def test_no_policy_leaves_days_that_contradict_the_order_of_events(campaign):
    for policy in policies.choices(campaign).index:
        Chronology.from_events(campaign.under(policy).events)  # raises where they do


def test_old_style_moves_days_of_the_battle_by_thirteen_and_nothing_else(campaign, old_style):
    moved, before = old_style.claims, campaign.claims
    for end in ("earliest", "latest"):
        changed = moved[end].ne(before[end]) & before[end].notna()
        assert changed.any()
        assert (moved.loc[changed, end] - before.loc[changed, end] == redating.OLD_STYLE).all()
        assert before.loc[changed, end].between(*redating.days(campaign.package)).all()
        assert set(moved.loc[changed, "calendar_assumed"]) == {"OS"}


def test_a_modern_author_who_gives_new_style_himself_is_not_moved(campaign, old_style):
    for source in ("becker1968", "shirokorad", "salimbek2009intro"):
        own = campaign.claims["source"] == source
        assert old_style.claims.loc[own, "earliest"].equals(campaign.claims.loc[own, "earliest"]), source


def test_the_days_of_a_text_that_fits_new_style_only_stay_and_the_events_that_it_alone_dates(campaign, old_style):
    own = campaign.claims["source"] == "kuts"
    assert old_style.claims.loc[own, "earliest"].equals(campaign.claims.loc[own, "earliest"])
    for event in ("morozov_leaves_samarkand", "kuts_returns_samarkand", "kuts_called_to_committee"):
        assert days(old_style, event) == days(campaign, event)


def test_of_two_rows_read_from_days_that_hang_on_the_calendar_only_the_one_whose_claims_moved_moves():
    readings = pd.DataFrame({"earliest": [DAY("1918-03-02")] * 3}, index=["moved", "stayed", "unsaid"])
    claims = pd.Series(["moved", "moved", "stayed"])
    now = redating.moved_along(
        readings, claims, pd.Series([True, False, False]), (DAY("1918-02-24"), DAY("1918-03-16"))
    )
    assert list(now["earliest"].dt.day) == [15, 2, 15]


def test_a_day_beside_a_hijri_day_moves_too_since_an_editor_may_have_worked_it_out(old_style):
    claim = old_style.claims.loc["second_manifesto-date-khodzhaev1926"]
    assert claim["earliest"] == DAY("1918-03-15")
    assert claim["hijri_stated"] == "1336-05-19"


def test_under_old_style_ultimatum_manifesto_and_battle_fall_on_beckers_days(campaign, old_style):
    letter, paper = (campaign.claims.loc[f"{e}-date-becker1968"] for e in ("ultimatum_sent", "second_manifesto"))
    assert days(old_style, "ultimatum_sent") == (letter["earliest"], letter["latest"])
    assert paper["earliest"] < days(old_style, "second_manifesto")[0] < paper["latest"]  # he gives it no day
    assert days(old_style, "first_battle")[0] == DAY("1918-03-15")
    assert days(old_style, "kyzyl_tepe_agreement") == days(campaign, "kyzyl_tepe_agreement")


def test_a_tie_that_begins_with_an_event_moves_with_it(campaign, old_style):
    ties = campaign.relations.query("start_event == 'ultimatum_sent'").index
    assert len(ties)
    assert (old_style.relations.loc[ties, "start_earliest"] == DAY("1918-03-14")).all()


def test_without_participants_the_letter_stands_on_beckers_day_or_on_none(campaign):
    seen = campaign.under("without_participants")
    assert set(seen.events.loc["ultimatum_sent", ["earliest", "latest"]].dropna()) <= {DAY("1918-03-14")}


def test_a_reading_whose_claims_all_stand_is_kept_even_where_it_disagrees_with_them(campaign):
    event = "kagan_cut_off"
    seen = policies.without_lineage(campaign, "ayni")
    assert days(seen, event) == days(campaign, event) != (DAY("1918-03-16"), DAY("1918-03-16"))


def test_an_event_that_loses_its_only_dated_claim_has_no_day_and_one_that_never_had_any_keeps_ours(campaign):
    seen = policies.without_claims(campaign, "emir_orders_arrests-date-ayni1920")
    assert seen.events.loc["emir_orders_arrests", ["earliest", "latest", "date_edtf"]].isna().all()
    assert days(seen, "advance_planned") == days(campaign, "advance_planned")


def story(**events):
    rows = {k: {"earliest": DAY(a), "latest": DAY(b), "after": after} for k, (a, b, after) in events.items()}
    return (
        pd.DataFrame(rows)
        .T.assign(part_of=None, date_edtf=None)
        .astype({"earliest": "datetime64[us]", "latest": "datetime64[us]"})
    )


def said(*rows):
    frame = pd.DataFrame(rows, columns=["event", "source", "earliest", "latest"])
    frame = frame.assign(attribute="date", **{c: pd.to_datetime(frame[c]) for c in ("earliest", "latest")})
    return frame.rename(lambda i: f"c{i}")


def test_where_the_days_left_contradict_the_order_the_event_with_less_support_gives_way():
    events = story(letter=("1918-03-01", "1918-03-01", None), battle=("1918-03-02", "1918-03-02", "letter"))
    before = said(
        ("letter", "salimbek", "1918-03-01", "1918-03-01"),
        ("letter", "becker", "1918-03-14", "1918-03-14"),
        ("battle", "ayni", "1918-03-02", "1918-03-02"),
        ("battle", "tajenc", "1918-03-02", "1918-03-02"),
        ("battle", "becker", "1918-03-15", "1918-03-15"),
    )
    once = redating.days_told(before)
    now = redating.redated(events, redating.days_told(before.drop("c0")), once)
    assert tuple(now.loc["battle", ["earliest", "latest"]]) == (DAY("1918-03-02"), DAY("1918-03-02"))
    assert now.loc["letter", ["earliest", "latest"]].isna().all(), "Becker's day comes after the battle of two texts"


def test_an_event_first_takes_all_that_its_claims_allow_before_it_loses_its_days():
    events = story(letter=("1918-03-01", "1918-03-01", None), battle=("1918-03-02", "1918-03-02", "letter"))
    before = said(
        ("letter", "salimbek", "1918-03-01", "1918-03-01"),
        ("letter", "becker", "1918-03-14", "1918-03-14"),
        ("letter", "second", "1918-03-14", "1918-03-14"),
        ("battle", "ayni", "1918-03-02", "1918-03-02"),
        ("battle", "becker", "1918-03-15", "1918-03-15"),
    )
    once = redating.days_told(before)
    now = redating.redated(events, redating.days_told(before.drop("c0")), once)
    assert tuple(now.loc["battle", ["earliest", "latest"]]) == (DAY("1918-03-02"), DAY("1918-03-15"))
    assert tuple(now.loc["letter", ["earliest", "latest"]]) == (DAY("1918-03-14"), DAY("1918-03-14"))
