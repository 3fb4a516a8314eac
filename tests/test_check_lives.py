"""Births, deaths and the time of the book, each broken once in a copy of the real data."""

import pytest


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("born", "1896-02-30", "'1896-02-30': not EDTF"),
        ("died", "1938-13", "'1938-13': not EDTF"),
        ("born", "1900/1890", "'1900/1890': the earliest day 1900-01-01 is later than the latest day 1890-12-31"),
    ],
)
def test_a_day_of_a_life_that_does_not_exist_is_named(damaged, column, value, message):
    index = damaged.find("actors", id="khodzhaev")
    damaged.set("actors", index, column, value)
    assert any(fault.startswith(f"actors.csv:{index + 2}:{column}: {message}") for fault in damaged.faults())


def test_nobody_dies_before_birth_or_grows_older_than_a_hundred_and_ten(damaged):
    index = damaged.find("actors", id="khodzhaev")
    damaged.set("actors", index, "born", "1940")
    assert f"actors.csv:{index + 2}:died: born 1940, died 1938-03-13: mend one of them" in damaged.faults()
    damaged.set("actors", index, "born", "1827")
    assert any("born 1827, died 1938-03-13: more than 110 years" in fault for fault in damaged.faults())


def test_the_dead_take_part_in_nothing_and_hold_no_tie(damaged):
    index = damaged.find("actors", id="kolesov")
    damaged.set("actors", index, "died", "1917-01-01")
    faults = [fault for fault in damaged.faults() if "'kolesov' died 1917-01-01/1917-01-01, and this is of" in fault]
    assert {fault.split(".csv")[0] for fault in faults} == {"participants", "relations", "movements"}


def test_a_death_that_no_claim_has_is_told(damaged):
    index = damaged.find("actors", id="khodzhaev")
    damaged.set("actors", index, "died", "1939-03-13")
    assert any(f.startswith(f"actors.csv:{index + 2}:died: no claim says so") for f in damaged.faults())


def test_a_text_is_not_published_before_it_is_written_nor_tells_of_later_days(damaged):
    index = damaged.find("sources", id="ayni1920")
    damaged.set("sources", index, "year_published", "1917")
    damaged.set("sources", index, "year_written", "1918")
    faults = damaged.faults()
    assert (
        f"sources.csv:{index + 2}:year_written: written in 1918, after it was published (1917); mend one year" in faults
    )
    claim = damaged.find("claims", source="alekseenkov1931", earliest="*", calendar_assumed="NS")
    damaged.set("claims", claim, "earliest", "1935-01-01")
    damaged.set("claims", claim, "latest", "1935-01-01")
    assert any(
        f"claims.csv:{claim + 2}:earliest: 'alekseenkov1931' is of 1931 and cannot" in f for f in damaged.faults()
    )


def test_no_day_stands_for_still(damaged):
    damaged.set("relations", 0, "end_latest", "9999-12-31")
    assert any(
        f.startswith(
            "relations.csv:2:end_latest: 9999-12-31 lies outside the time of the data, 1865-01-01 to 1968-12-31"
        )
        for f in damaged.faults()
    )


def test_the_last_day_that_can_be_written_stops_no_rule(damaged):
    index = damaged.find("events", id="kyzyl_tepe_agreement")
    for column, value in {"latest": "9999-12-31", "date_edtf": ""}.items():
        damaged.set("events", index, column, value)
    assert any(f.startswith(f"events.csv:{index + 2}:latest: 9999-12-31 lies outside") for f in damaged.faults())


def test_without_a_span_nothing_lies_after_the_package_was_made_and_a_broken_span_is_told(damaged):
    damaged.edit("datapackage.json", '"1865-01-01"', '"soon"')
    assert any(fault.startswith("datapackage.json:0:temporal: it is no pair of days") for fault in damaged.faults())
    damaged.edit("datapackage.json", '"temporal"', '"temporal_of_old"')
    damaged.set("relations", 0, "end_latest", "9999-12-31")
    assert any("relations.csv:2:end_latest: 9999-12-31 lies outside" in fault for fault in damaged.faults())
