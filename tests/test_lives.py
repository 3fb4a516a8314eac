"""The lives of the people."""

from pathlib import Path

import pandas as pd
import pytest

from helpers.people import lives
from helpers.record import Campaign


def people(**rows):
    frame = pd.DataFrame(
        [
            {"kind": "person", "label": name, "side": "soviet", "fate": None, "born": born, "died": died}
            for name, (born, died) in rows.items()
        ],
        index=list(rows),
    )
    return Campaign({}, {"actors": frame.astype({"born": "str", "died": "str"})}, Path())


def test_someone_without_any_date_has_no_lifeline_and_is_counted_as_such():
    found = people(a=("1891-06-01", "1940"), b=(None, None))
    assert list(lives.lifelines(found).index) == ["a"]
    assert list(lives.without_dates(found).index) == ["b"]


def test_an_end_that_is_not_known_stays_open():
    line = lives.lifelines(people(a=(None, "1918-03"))).loc["a"]
    assert pd.isna(line["born"])
    assert line["died"] == pd.Timestamp("1918-03-01")


@pytest.mark.parametrize(
    ("born", "age"), [("1891-06-01", "26"), ("1891-03-01", "27"), ("1891-03-02", "26"), ("1896", "21 or 22")]
)
def test_an_age_is_as_exact_as_the_birth(born, age):
    assert lives.age(people(a=(born, None)), "a", "1918-03-01") == age


@pytest.mark.parametrize(
    ("born", "age"),
    [
        ("1890/1896", "21 to 28"),
        ("189X?", "18 to 28"),
        ("../1896", "21 or more"),
        ("1890/..", "28 or less"),
        ("1896-02-29", "22"),
    ],
)
def test_an_age_where_the_birth_is_a_span_names_both_ends(born, age):
    assert lives.age(people(a=(born, None)), "a", "1918-03-01") == age


def test_nobody_has_an_age_before_birth_or_after_death():
    someone = people(a=("1896", "1918-03-09"))
    assert lives.age(someone, "a", "1918-03-09") == "21 or 22"
    with pytest.raises(ValueError, match="'a' was dead on 1918-03-10"):
        lives.age(someone, "a", "1918-03-10")
    with pytest.raises(ValueError, match="'a' may not have been born on 1896-06-01"):
        lives.age(someone, "a", "1896-06-01")


def test_an_age_without_a_birth_is_refused():
    with pytest.raises(ValueError, match="no source gives the birth of 'a'"):
        lives.age(people(a=(None, "1918")), "a", "1918-03-01")


def test_deaths_are_found_by_day_and_unknown_ones_are_in_no_month():
    found = people(a=(None, "1918-03-09"), b=("1896", None), c=(None, "1938-03-13"))
    assert list(lives.died_between(found, "1918-03-01", "1918-04-30").index) == ["a"]


def test_everyone_in_the_book_has_a_lifeline_or_is_counted_without_dates(campaign):
    persons = campaign.actors[campaign.actors["kind"] == "person"]
    assert set(lives.lifelines(campaign).index) | set(lives.without_dates(campaign).index) == set(persons.index)
