"""The ratio under every choice of whom to believe, and what the page looks up."""

import itertools
import math

import numpy as np
import pandas as pd
import pytest

from helpers import quantities as forces
from helpers.bukhara.forces import odds, strengths
from helpers.bukhara.forms import forces as form


@pytest.fixture(scope="module")
def sides(campaign):
    return tuple(forces.estimates(campaign, key) for key in (strengths.SOVIET, strengths.EMIR))


@pytest.fixture(scope="module")
def choices(sides):
    return odds.by_choice(*sides)


def test_every_set_of_families_but_the_empty_one_has_a_row(sides, choices):
    names = sorted(odds.families(*sides))
    assert len(names) == 6
    assert set(choices.index) == {
        ";".join(chosen) for size in range(1, 7) for chosen in itertools.combinations(names, size)
    }


def test_with_all_families_it_is_the_band_of_the_chapter(sides, choices):
    whole = forces.band(forces.ratio(*sides))
    assert choices.iloc[0][list(odds.BAND)].tolist() == [whole.low, whole.middle, whole.high]


def test_where_nobody_speaks_of_a_side_there_is_no_band_and_no_nought(choices):
    silent = choices[(choices["ours"] == 0) | (choices["theirs"] == 0)]
    assert "becker;shirokorad" in silent.index
    assert silent[[*odds.BAND, "above_one"]].isna().all(axis=None)
    assert choices.drop(silent.index)[list(odds.BAND)].notna().all(axis=None)


def test_leaving_one_family_out_is_the_same_in_the_figure_and_in_the_form(sides, choices):
    left = forces.without_each_lineage(*sides)
    names = sorted(odds.families(*sides))
    for family, row in left.iterrows():
        key = ";".join(name for name in names if name != family)
        assert math.isclose(choices.loc[key, "middle"], row["middle"])


def test_texts_that_differ_in_the_brackets_only_are_named_together(sides):
    assert odds.families(*sides)["wikipedia"] == "Wikipedia (English, Russian, Uzbek)"
    assert odds.families(*sides)["becker"] == "Becker 1968"


def test_a_wider_spread_never_moves_a_range_that_a_text_gives():
    exact = pd.DataFrame(
        {"lineage": ["a"], "low": [500.0], "best": [500.0], "high": [500.0], "hedge": ["plain"], "rank": ["normal"]}
    ).assign(unit="persons", label="A")
    found = odds.sensitivity(exact, exact, pd.Series([True], index=exact.index))
    assert np.allclose(found[list(odds.BAND)], 1)


def test_the_families_begin_with_the_one_that_moves_the_middle_most(sides):
    left = forces.without_each_lineage(*sides)
    moves = [abs(math.log(change)) for change in left["change"]]
    assert moves == sorted(moves, reverse=True)


def test_the_form_offers_each_family_with_what_it_says(sides, choices):
    html = form.form(*sides)
    for family in odds.families(*sides):
        assert f'name="family-{family}"' in html
    assert "Kolesov 6,000; the emir at least 10,000" in html


def test_what_the_script_looks_up_is_what_python_drew(sides, choices):
    data = form.data(choices, *sides, without=["ozme", "wikipedia"])
    assert set(data["choices"]) == set(choices.index)
    assert data["choices"]["becker"]["band"] is None
    key = ";".join(data["families"])
    assert data["choices"][key]["band"] == [round(v, 2) for v in choices.loc[key, list(odds.BAND)]]
    bands = [one["band"] for one in data["choices"].values() if one["band"]]
    low, high = form.AXIS
    assert low <= min(band[0] for band in bands)
    assert max(band[2] for band in bands) <= high


def test_the_table_without_a_script_has_everybody_and_each_left_out(sides, choices):
    left = forces.without_each_lineage(*sides)
    html = form.fallback(left, choices.iloc[0], odds.families(*sides))
    assert html.count("<tr>") == 1 + 1 + len(left)


def test_the_axis_of_the_form_is_logarithmic():
    low, high = form.AXIS
    assert form.place(low) == 0
    assert math.isclose(form.place(high), 100)
    assert math.isclose(form.place(math.sqrt(low * high)), 50)
