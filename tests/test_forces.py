"""Contested strengths: what is drawn stays within what is claimed, and witnesses are counted by lineage."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import helpers.quantities as forces


def claim(lineage, low=None, best=None, high=None, *, hedge="plain", rank="normal", unit="persons"):
    return {"lineage": lineage, "low": low, "best": best, "high": high, "hedge": hedge, "rank": rank, "unit": unit}


def table(*claims):
    return pd.DataFrame(list(claims)).astype(dict.fromkeys(("low", "best", "high"), "Float64"))


def test_the_envelope_runs_from_the_lowest_to_the_highest_claim():
    assert forces.envelope(table(claim("a", 500, None, 600), claim("b", best=3500))) == forces.Envelope(500, 3500)


def test_up_to_leaves_the_envelope_open_below_and_at_least_above():
    open_below = table(claim("a", high=35000, hedge="at_most"), claim("b", best=40000))
    assert forces.envelope(open_below) == forces.Envelope(None, 40000)
    assert forces.envelope(table(claim("a", low=10000, hedge="at_least"))) == forces.Envelope(10000, None)


def test_a_deprecated_claim_does_not_widen_the_envelope():
    claims = table(claim("a", best=700), claim("b", best=6000, rank="deprecated"))
    assert forces.envelope(claims) == forces.Envelope(700, 700)


numbers = st.floats(10, 1e5)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), numbers, numbers), min_size=1, max_size=5))
def test_ranges_are_never_left(ranges):
    claims = table(*(claim(lineage, min(x, y), None, max(x, y)) for lineage, x, y in ranges))
    values = forces.draw(claims, draws=300)
    assert values.shape == (300,)
    assert (values >= claims["low"].min() * (1 - 1e-9)).all()
    assert (values <= claims["high"].max() * (1 + 1e-9)).all()


def test_three_texts_of_one_lineage_weigh_as_much_as_one_of_another():
    claims = table(
        claim("wiki", best=6000), claim("wiki", best=6000), claim("wiki", best=6000), claim("becker", best=600)
    )
    values = forces.draw(claims, draws=4000, spread=1.01)
    assert math.isclose((values > 2000).mean(), 0.5, abs_tol=0.001)


def test_the_same_seed_draws_the_same_and_another_seed_does_not():
    claims = table(claim("a", 100, 300, 2000))
    assert (forces.draw(claims, seed=1) == forces.draw(claims, seed=1)).all()
    assert (forces.draw(claims, seed=1) != forces.draw(claims, seed=2)).any()


def test_up_to_is_drawn_below_its_figure_and_at_least_above():
    assert forces.draw(table(claim("a", high=35000, hedge="at_most"))).max() <= 35000
    assert forces.draw(table(claim("a", low=5000, hedge="at_least"))).min() >= 5000


def test_a_range_without_a_likely_value_has_the_geometric_mean_in_its_middle():
    middle = forces.band(forces.draw(table(claim("a", 100, None, 10000)), draws=40000)).middle
    assert math.isclose(middle, 1000, rel_tol=0.05)


def test_no_claim_means_that_nothing_can_be_said():
    with pytest.raises(ValueError, match="cannot be said"):
        forces.draw(table(claim("a", best=1, rank="deprecated")))


def test_men_and_guns_are_never_drawn_together():
    with pytest.raises(ValueError, match="different units: persons, items"):
        forces.draw(table(claim("a", best=1), claim("b", best=2, unit="items")))


def test_a_claim_of_zero_is_refused_and_not_drawn_as_a_little():
    with pytest.raises(ValueError, match="says zero"):
        forces.draw(table(claim("a", best=0)))


def test_the_ratio_of_two_exact_figures_is_their_quotient():
    exact = forces.ratio(table(claim("a", 500, 500, 500)), table(claim("b", 2000, 2000, 2000)))
    assert np.allclose(exact, 4)


def test_leaving_out_a_lineage_shows_who_carries_the_result():
    ours = table(claim("x", 900, 1000, 1100), claim("y", 90, 100, 110))
    theirs = table(claim("z", 900, 1000, 1100))
    left = forces.without_each_lineage(ours, theirs)
    assert math.isclose(left.loc["x", "middle"], 10, rel_tol=0.05)
    assert math.isclose(left.loc["y", "middle"], 1, rel_tol=0.05)
    assert left.loc["z"].isna().all()


def test_more_men_is_said_only_if_it_survives_every_lineage():
    few, many = table(claim("a", best=500), claim("b", best=600)), table(claim("c", best=9000), claim("d", best=10000))
    assert forces.outnumbered(few, many) == (1.0, True)
    one_witness = table(claim("c", best=9000))
    assert forces.outnumbered(few, one_witness) == (1.0, False)


def test_every_numeric_claim_on_a_force_is_among_the_estimates(campaign):
    claims = campaign.claims
    numbered = claims["force"].notna() & claims[["low", "best", "high"]].notna().any(axis=1)
    expected = claims[numbered & claims["attribute"].isin(forces.NUMERIC)]
    assert set(forces.estimates(campaign).index) == set(expected.index)


def test_estimates_of_quantities_of_which_nobody_speaks_are_none_and_not_all(campaign):
    view = campaign.under("emirate_only")
    assert len(forces.estimates_of(view, ["soviet_force_start"])) == 0
    assert len(forces.estimates_of(view, [])) == 0
    both = forces.estimates_of(campaign, ["kokand_dead", "elephants"])
    assert both.equals(forces.estimates(campaign, "kokand_dead"))


def test_an_unknown_quantity_is_refused_by_name(campaign):
    with pytest.raises(ValueError, match="no row elephants"):
        forces.estimates(campaign, "elephants")
