"""Rules on the conclusions: support that stands, and no contradiction left out."""

import pytest

from helpers.check.contradiction import contradict
from helpers.check.findings import absent, counted
from helpers.record import RawTable

COLUMNS = ("attribute", "value", "low", "best", "high", "unit", "earliest", "latest", "source", "stance", "hedge")
PLAIN = dict.fromkeys(COLUMNS, "") | {"attribute": "strength", "unit": "persons", "stance": "asserts", "hedge": "plain"}


def beside(one, other, subject="force"):
    rows = [PLAIN | {"source": "a"} | one, PLAIN | {"source": "b"} | other]
    claims = RawTable("claims", "claims.csv", {}, {c: [row[c] for row in rows] for c in COLUMNS})
    return contradict(claims, subject, 0, 1)


@pytest.mark.parametrize(
    ("one", "other", "contradicts"),
    [
        ({"best": "700"}, {"best": "6000"}, True),
        ({"best": "700"}, {"best": "700"}, False),
        ({"low": "500", "high": "600"}, {"best": "600"}, False),
        ({"best": "9000", "hedge": "approx"}, {"best": "9500"}, False),
        ({"best": "9000", "hedge": "approx"}, {"best": "12000"}, True),
        ({"high": "35000", "hedge": "at_most"}, {"best": "40000"}, True),
        ({"high": "35000", "hedge": "at_most"}, {"best": "10"}, False),
        ({"low": "10000", "hedge": "at_least"}, {"best": "40000"}, False),
        ({"best": "700"}, {"best": "6000", "unit": "items"}, False),
        ({"best": "700"}, {}, False),
        ({"best": "12000"}, {"best": "9000", "source": "a"}, True),
    ],
)
def test_numbers_of_one_quantity_contradict_when_no_value_suits_both(one, other, contradicts):
    assert beside(one, other) is contradicts


def test_numbers_of_an_event_may_count_two_things_in_one_source_but_not_in_two():
    dead = {"attribute": "loss", "best": "28"}, {"attribute": "loss", "best": "20"}
    assert beside(*dead, subject="event")
    assert not beside(dead[0], dead[1] | {"source": "a"}, subject="event")
    other = {"attribute": "count", "best": "130"}, {"attribute": "count", "best": "11"}
    assert not beside(*other, subject="place"), "towers and gates"


def test_distances_contradict_to_the_same_place_only_and_beyond_the_rounding_of_a_unit():
    near = {"attribute": "distance_to", "value": "old_bukhara", "best": "12", "unit": "versts"}
    assert not beside(near, near | {"best": "11"}, subject="place")
    assert not beside(near, near | {"best": "12.8", "unit": "km"}, subject="place")
    assert beside(near, near | {"best": "16", "unit": "versts"}, subject="place")
    assert not beside(near, near | {"value": "termez", "best": "490"}, subject="place")


def test_days_contradict_when_no_day_suits_both_and_an_open_end_suits_all():
    march = {"attribute": "date", "earliest": "1918-03-01", "latest": "1918-03-01"}
    assert beside(march, march | {"earliest": "1918-03-14", "latest": "1918-03-14"}, subject="event")
    assert not beside(march, march | {"latest": "1918-03-14"}, subject="event")
    assert not beside(march, march | {"earliest": ""}, subject="event")
    told = march | {"attribute": "content"}
    assert not beside(told, told | {"earliest": "1918-03-14", "latest": ""}, subject="event")


def test_a_denial_contradicts_an_assertion_and_not_another_denial():
    said = {"attribute": "occurred"}
    assert beside(said, said | {"stance": "denies"}, subject="event")
    assert beside(said | {"stance": "implies"}, said | {"stance": "denies"}, subject="event")
    assert not beside(said | {"stance": "denies"}, said | {"stance": "denies"}, subject="event")


def test_a_finding_without_support_is_named_with_its_sentence(damaged):
    damaged.set("findings", damaged.find("findings", id="forces_apart"), "claims_for", "")
    assert any(
        "no claim supports the sentence of chapters/forces “The claims on Kolesov's force" in fault
        for fault in damaged.faults()
    )


def test_a_contradiction_that_a_finding_leaves_out_is_named_with_its_sentence(damaged):
    index = damaged.find("findings", id="forces_apart")
    named = damaged.rows("findings")[index]["claims_for"].split(";")
    left = ";".join(claim for claim in named if not claim.endswith("-ozme_kolesov"))
    damaged.set("findings", index, "claims_for", left)
    faults = [fault for fault in damaged.faults() if "soviet_force_start-strength-ozme_kolesov' (" in fault]
    assert len(faults) == 1
    assert "contradicts 'soviet_force_start-strength-" in faults[0]
    assert "“The claims on Kolesov's force run from" in faults[0]
    damaged.set("findings", index, "claims_against", "soviet_force_start-strength-ozme_kolesov")
    assert not any("contradicts" in fault for fault in damaged.faults())


def test_a_finding_on_a_deprecated_claim_and_one_on_both_sides_are_found(damaged):
    index = damaged.find("findings", id="forces_young_armed")
    bad = damaged.rows("claims")[damaged.find("claims", rank="deprecated")]["id"]
    row = damaged.rows("findings")[index]
    damaged.set("findings", index, "claims_for", ";".join(sorted([*row["claims_for"].split(";"), bad])))
    damaged.set("findings", index, "claims_against", row["claims_for"].split(";")[0])
    faults = damaged.faults()
    assert any(f"{bad!r} is deprecated" in fault for fault in faults)
    assert any("is both for and against" in fault for fault in faults)


def test_a_finding_on_what_nobody_says_tells_where_nothing_stands(damaged):
    assert absent("Rests on the absence of actors.born, actors.died: no claim shows it.") == [
        ("actors", "born"),
        ("actors", "died"),
    ]
    assert absent("Rests on the absence of claims.") == []
    index = damaged.find("findings", id="actors_dateless")
    damaged.set("findings", index, "note", "Rests on the absence of actors.moon: no claim shows it.")
    assert any("there is no column actors.moon" in fault for fault in damaged.faults())


def test_a_finding_that_counts_says_over_which_tables(damaged):
    assert counted("Counted over findings, claims: what each cites.") == ["findings", "claims"]
    assert counted("Counted over the moon.") == []
    index = damaged.find("findings", id="sources_links")
    damaged.set("findings", index, "note", "Counted over moons: how many.")
    assert any("there is no table moons" in fault for fault in damaged.faults())
    damaged.set("findings", index, "note", "")
    assert any("no claim supports" in fault and "Counted over" in fault for fault in damaged.faults())
