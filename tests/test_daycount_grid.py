"""Every combination of readings: counted by hand and by brute force, and what more slack can do."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

import helpers
from helpers.bukhara.daycount import choices
from helpers.bukhara.daycount.constraints import SLACK, constraints
from helpers.bukhara.daycount.grid import count_of, fewest_to_level, grid, prices, sources, summary, without_each

FOUND = constraints(helpers.load())


@pytest.fixture(scope="module")
def tried():
    return grid(FOUND)


def test_every_combination_is_tried_once(tried):
    names = list(sources(FOUND))
    assert len(names) == 10
    assert len(tried.drop_duplicates(names)) == len(tried) == 2**10


def test_the_grid_says_what_the_constraints_say_of_each_reading_one_by_one(tried):
    names = sources(FOUND)
    every = product(*([choice.key for choice in choices(name)] for name in names))
    for reading, row in zip((dict(zip(names, keys, strict=True)) for keys in every), tried.itertuples(), strict=True):
        holds = {one.key: one.holds(reading) for one in FOUND}
        assert row.ordered == all(holds[one.key] for one in FOUND if one.kind == "order")
        assert set(row.rejected) == {one.key for one in FOUND if one.kind == "witness" and not holds[one.key]}
        assert row.price == len(row.rejected)


def test_the_story_holds_together_in_8_early_and_32_late_readings(tried):
    # Early: Kolesov and Morozov must be read New Style; the peace, Kokand and the five days are free: 2 ** 3.
    # Late: all five of these are free: 2 ** 5.
    whole = tried[tried["ordered"]].groupby("count").size()
    assert whole.to_dict() == {"early": 8, "late": 32}
    assert summary(FOUND) == {"combinations": 1024, "ordered": 40, "compatible": 0, "early": 1, "late": 4}


def test_no_reading_holds_together_in_which_the_battle_has_two_days(tried):
    assert not tried.loc[tried["count"].isna(), "ordered"].any()


def test_the_early_count_rejects_the_five_days_and_the_late_one_two_moons_a_habit_and_a_weekday(tried):
    assert prices(tried) == {
        "early": (1, ("five_days",)),
        "late": (4, ("hijri_khodzhaev", "hijri_ayni", "hijri_togan", "weekday")),
    }


@pytest.mark.parametrize(
    ("reading", "count"),
    [
        ({"khodzhaev1926": "NS", "becker1968": "moved"}, "early"),
        ({"khodzhaev1926": "OS", "becker1968": "NS"}, "late"),
        ({"khodzhaev1926": "NS", "becker1968": "NS"}, None),
        ({"kuts": "NS"}, None),
    ],
)
def test_a_reading_has_the_count_its_battle_texts_agree_on(reading, count):
    assert count_of(reading) == count


def test_the_early_count_costs_less_without_any_one_text(campaign):
    left = without_each(campaign)
    assert len(left) == 12
    assert (left["early"] < left["late"]).all()
    assert left["early"].to_dict() == dict.fromkeys(left.index, 1) | {"wikipedia_en": 0}
    weaker = {"khodzhaev1926", "ayni1920", "togan1942", "salimbek2009"}
    assert left["late"].to_dict() == {text: 3 if text in weaker else 4 for text in left.index}


def test_it_takes_the_loss_of_both_moons_and_the_week_to_level_the_counts(campaign):
    assert fewest_to_level(campaign) == ("ayni1920", "khodzhaev1926", "salimbek2009")
    assert fewest_to_level(campaign, slack={**SLACK, "evening": 1}) == ("ayni1920", "khodzhaev1926")


@given(st.integers(0, 14), st.integers(0, 14), st.integers(0, 1))
def test_more_slack_never_makes_a_count_dearer(hijri, more, evening):
    tight, loose = ({"hijri": days, "evening": evening, "": 0} for days in (hijri, hijri + more))
    for count in ("early", "late"):
        assert summary(FOUND, slack=loose)[count] <= summary(FOUND, slack=tight)[count]


def test_whoever_trusts_no_moon_is_left_with_a_bill_that_the_week_and_the_five_days_decide():
    # With 13 days' slack the Hijri dates and Togan's habit decide nothing any more.
    priced = summary(FOUND, slack={"hijri": 13, "evening": 0, "": 0})
    assert (priced["early"], priced["late"]) == (1, 1)
