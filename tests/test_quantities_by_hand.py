"""What the draws, ratios and estimates of contested numbers must be, worked out by hand."""

import numpy as np
import pandas as pd
import pytest
from hand import small

from helpers import quantities as forces
from helpers.bukhara.forces import odds


def claim(lineage, low=None, best=None, high=None, *, rank="normal", unit="persons"):
    return {"lineage": lineage, "low": low, "best": best, "high": high, "rank": rank, "unit": unit, "hedge": "plain"}


def exactly(lineage, number, **cells):
    return claim(lineage, number, number, number, **cells)


def table(**claims):
    frame = pd.DataFrame.from_dict(claims, orient="index")
    return frame.astype(dict.fromkeys(("low", "best", "high"), "Float64"))


@pytest.mark.parametrize(
    ("one", "low", "mode", "high"),
    [
        (claim("a", high=1600), 1024, 1280, 1600),
        (claim("a", low=1024), 1024, 1280, 1600),
        (claim("a", best=1000), 800, 1000, 1250),
        (claim("a", low=500, best=1000), 500, 1000, 1250),
        (claim("a", best=1000, high=1500), 800, 1000, 1500),
        (claim("a", 900, 1000, 1200), 900, 1000, 1200),
        (claim("a", 100, 100, 300), 100, 100, 300),
    ],
)
def test_a_claim_is_drawn_as_a_triangle_between_its_ends_with_its_best_on_top(one, low, mode, high):
    # With a spread of 5/4: up to 1600 begins at 1600 / (25/16) = 1024, its top is 1600 / (5/4) = 1280.
    # A triangle has its mean at a third of its corners; no drawn value lies outside of them, and some come near.
    values = forces.draw(table(one=one), draws=20_000, spread=1.25)
    assert values.mean() == pytest.approx((low + mode + high) / 3, rel=0.006)
    assert low <= values.min() <= low + 0.06 * (high - low)
    assert high - 0.06 * (high - low) <= values.max() <= high


@pytest.mark.parametrize(
    ("one", "spread", "middle"),
    [
        (claim("a", 100, 1000, 10_000), 1.25, 1000),
        (claim("a", 100, 100, 100_000), 1.25, 1000),
        (claim("a", high=1600), 2, 800),
        (claim("a", low=400), 2, 800),
    ],
)
def test_a_range_of_more_than_threefold_is_a_triangle_on_the_logarithm(one, spread, middle):
    values = forces.draw(table(one=one), draws=20_000, spread=spread)
    assert np.exp(np.log(values).mean()) == pytest.approx(middle, rel=0.02)


def test_a_range_without_a_best_is_even_on_the_logarithm():
    # Of 100 to 10,000 a twentieth lies below 10 to the power of 2.1, a twentieth above 10 to the power of 3.9.
    found = forces.band(forces.draw(table(one=claim("a", 100, None, 10_000)), draws=40_000))
    assert found.low == pytest.approx(10**2.1, rel=0.03)
    assert found.high == pytest.approx(10**3.9, rel=0.03)


def test_lineages_share_the_draws_evenly_and_the_claims_of_one_its_share():
    claims = table(
        a=exactly("x", 100), b=exactly("x", 200), c=exactly("y", 400), d=exactly("z", 999, rank="deprecated")
    )
    values, counts = np.unique(forces.draw(claims, draws=4000), return_counts=True)
    assert dict(zip(values.tolist(), counts.tolist(), strict=True)) == {100: 1000, 200: 1000, 400: 2000}


def test_what_is_drawn_may_be_changed_without_changing_the_next():
    claims = table(a=claim("x", best=100))
    first = forces.draw(claims, draws=50)
    kept = first.copy()
    first[:] = 0
    assert (forces.draw(claims, draws=50) == kept).all()
    assert len(forces.draw(claims)) == forces.DRAWS == 20_000


@pytest.mark.parametrize("cells", [{"low": 0, "high": 9}, {"best": 0}, {"high": 0}])
def test_a_claim_of_zero_is_named(cells):
    with pytest.raises(ValueError, match="claim nobody says zero"):
        forces.draw(table(nobody=claim("a", **cells)))


def test_a_ratio_draws_its_two_sides_independently():
    same = table(a=claim("x", 100, None, 10_000))
    ratios = forces.ratio(same, same)
    assert ratios.std() > 1
    assert (ratios > 1).mean() == pytest.approx(0.5, abs=0.02)
    assert np.allclose(forces.ratio(table(a=exactly("x", 500)), table(a=exactly("y", 2000))), 4)


OURS = table(a=exactly("x", 1000), b=exactly("y", 4000))
THEIRS = table(c=exactly("z", 2000), d=exactly("w", 8000))


def test_without_each_lineage_the_ratio_is_what_the_others_leave():
    # All: 2, 8, 1/2, 2, a quarter each. Without x: 2000/4000 and 8000/4000, half each; the middle is halfway.
    found = forces.without_each_lineage(OURS, THEIRS)
    assert found["middle"].round(3).to_dict() == {"y": 5, "z": 5, "w": 1.25, "x": 1.25}
    assert found["change"].round(3).to_dict() == {"y": 2.5, "z": 2.5, "w": 0.625, "x": 0.625}
    assert found["above_one"].round(2).to_dict() == {"y": 1, "z": 1, "w": 0.5, "x": 0.5}
    assert found.loc["y", ["low", "high"]].tolist() == [2, 8]
    assert sorted(found.index[:2]) == ["y", "z"], "the widest change comes first, up or down"


def test_a_lineage_without_which_a_side_has_only_deprecated_claims_leaves_nothing():
    ours = table(a=exactly("x", 1000), b=exactly("y", 9, rank="deprecated"))
    found = forces.without_each_lineage(ours, THEIRS)
    assert found.loc["x"].isna().all()
    assert found.loc["y", "change"] == 1
    assert list(found.index)[-1] == "x"


def test_as_many_men_are_not_more():
    equal = table(a=exactly("x", 1000), b=exactly("y", 1000))
    assert forces.outnumbered(equal, equal) == (0.0, False)
    # More in half of the draws without x is not more than a half.
    share, whatever_is_left_out = forces.outnumbered(OURS, THEIRS)
    assert share == pytest.approx(0.75, abs=0.02)
    assert whatever_is_left_out is False
    few, many = table(a=exactly("x", 1), b=exactly("y", 1)), table(c=exactly("z", 9), d=exactly("w", 9))
    assert forces.outnumbered(few, many) == (1.0, True)


def test_an_envelope_reads_all_three_columns_and_both_hedges():
    frame = table(a=claim("x", 500, 300, 600), b=claim("y", best=900))
    assert forces.envelope(frame) == forces.Envelope(300, 900)
    assert forces.envelope(frame.assign(hedge=["at_least", "plain"])) == forces.Envelope(300, None)
    assert forces.envelope(frame.assign(hedge=["plain", "at_most"])) == forces.Envelope(None, 900)
    assert forces.envelope(frame.iloc[:0]) == forces.Envelope(None, None)


def test_estimates_are_the_numbered_claims_by_quantity_and_size(campaign):
    said = {"force": "men", "attribute": "strength", "source": "memoir", "rank": "normal"}
    claims = {
        "best": said | {"low": 1.0, "best": 700.0, "high": 9999.0},
        "range": said | {"low": 50.0, "high": 600.0},
        "least": said | {"low": 650.0, "rank": "deprecated"},
        "words": said | {"value": "many"},
        "price": said | {"best": 5.0, "attribute": "price"},
        "guns": said | {"force": "guns", "best": 4.0, "attribute": "count"},
        "none": said | {"force": None, "best": 1.0},
    }
    seen = small(
        campaign,
        sources={"memoir": {"lineage": "m", "label": "The memoir", "participant": True}},
        claims=claims,
        forces={"men": {"actor": "emir", "unit": "persons"}, "guns": {"actor": "emir", "unit": "items"}},
    )
    found = forces.estimates(seen)
    assert list(found.index) == ["guns", "range", "least", "best"]
    assert found["size"].tolist() == [4, 600, 650, 700], "its best, else its highest, else its lowest number"
    assert list(forces.estimates(seen, "men").index) == ["range", "least", "best"]
    assert "words" in forces.estimates(seen, "men", numbered=False).index
    assert found.loc["guns", ["actor", "unit", "label", "lineage"]].tolist() == ["emir", "items", "The memoir", "m"]
    assert len(forces.estimates_of(seen, ["elephants"])) == 0
    with pytest.raises(ValueError, match="forces has no row apes, elephants"):
        forces.estimates(seen, "men", "elephants", "apes")


def test_every_set_of_families_has_the_band_of_its_own_claims():
    ours, theirs = (frame.assign(label=frame["lineage"].str.upper()) for frame in (OURS, THEIRS))
    found = odds.by_choice(ours, theirs)
    assert len(found) == 15
    assert found.index[0] == "w;x;y;z"
    assert found.loc["x;z", ["low", "middle", "high", "above_one"]].tolist() == [2, 2, 2, 1]
    assert found.loc["y;z", ["middle", "above_one"]].tolist() == [0.5, 0]
    assert found.loc["x;y", ["middle", "above_one"]].isna().all()
    assert found.loc["w;x;y", ["ours", "theirs"]].tolist() == [2, 1]
    equal = odds.by_choice(ours.head(1), ours.head(1))
    assert equal.loc["x", "above_one"] == 0


def test_other_conventions_are_tried_and_only_what_is_asserted_where_both_sides_have_some():
    found = odds.sensitivity(OURS, THEIRS, pd.Series({"a": True, "b": False, "c": True}))
    assert len(found) == 5
    assert found["convention"].tolist()[0] == "a single figure may be out by a factor of 1.1"
    assert found.iloc[4, 1:].tolist() == [2, 2, 2]
    assert len(odds.sensitivity(OURS, THEIRS, pd.Series({"a": True}))) == 4


def test_a_ratio_can_be_drawn_again_side_by_side():
    wide = table(a=claim("x", 100, None, 10_000))
    again = forces.draw(wide, seed=8) / forces.draw(wide, seed=7)
    assert (forces.ratio(wide, wide, seed=7) == again).all(), "their draws have the seed after ours"


def test_texts_of_one_family_that_differ_in_brackets_only_are_named_once():
    frame = table(a=exactly("w", 1), b=exactly("w", 1), c=exactly("x", 1), d=exactly("x", 1), e=exactly("y", 1))
    named = frame.assign(label=["Wiki (Uzbek)", "Wiki (English)", "Lee", "Kuts", "Togan (1940)"])
    assert odds.families(named) == {"x": "Kuts, Lee", "y": "Togan (1940)", "w": "Wiki (English, Uzbek)"}
