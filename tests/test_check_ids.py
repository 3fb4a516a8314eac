"""Ids that say something, and keys of the right table and the wrong kind, each broken once in the real data."""

import pytest


@pytest.mark.parametrize(
    ("table", "column", "value", "wanted"),
    [
        ("participants", "actor", "kolesov", "accord_1868-kolesov"),
        ("claims", "source", "kuts", "abdrohim_yunus-died-kuts"),
        ("claims", "attribute", "fate", "abdrohim_yunus-fate-ayni1920"),
        ("movements", "seq", "3", "advance-3"),
        ("actor_names", "actor", "kolesov", "kolesov-… with a word"),
        ("relations", "actor_b", "kolesov", "abdurrauf-kolesov-negotiation"),
        ("terms", "document", "ultimatum", "ultimatum-… with a word"),
    ],
)
def test_an_id_is_composed_of_its_columns(damaged, table, column, value, wanted):
    damaged.set(table, 0, column, value)
    key = damaged.rows(table)[0]["id"]
    expected = f"{table}.csv:2:id: {key!r} is not composed of its columns, {wanted}"
    assert any(fault.startswith(expected) for fault in damaged.faults())


def test_two_terms_of_a_document_have_two_numbers(damaged):
    index = damaged.find("terms", id="second_answer-later")
    damaged.set("terms", index, "number", "1")
    assert any("number: second_answer has a number 1 already" in fault for fault in damaged.faults())


def test_the_number_in_an_id_is_that_of_the_term(damaged):
    index = damaged.find("terms", id="second_manifesto-3")
    damaged.set("terms", index, "number", "9")
    assert f"terms.csv:{index + 2}:number: the number is 9, the id ends in 3; mend one of them" in damaged.faults()


def test_a_person_has_no_members(damaged):
    index = damaged.find("actors", parent="emirate")
    damaged.set("actors", index, "parent", "kolesov")
    assert any(f.startswith(f"actors.csv:{index + 2}:parent: 'kolesov' is a person") for f in damaged.faults())


def test_a_leg_goes_on_from_where_the_last_one_ended(damaged):
    index = damaged.find("movements", id="galperin-2")
    damaged.set("movements", index, "place_from", "termez")
    damaged.set("movements", index, "actor", "kolesov_detachment")
    faults = damaged.faults()
    assert f"movements.csv:{index + 2}:place_from: 'termez' is not where the leg before ends, 'kyzyl_tepe'" in " ".join(
        faults
    )
    assert any(f.startswith(f"movements.csv:{index + 2}:actor: the leg before is one of 'galperin'") for f in faults)


def test_a_leg_ends_where_it_does_not_begin(damaged):
    damaged.set("movements", 0, "place_to", "kagan")
    expected = "movements.csv:2:place_to: the leg ends where it begins; mend one of the places"
    assert expected in damaged.faults()


def test_a_gap_between_two_legs_is_given_a_reason(damaged):
    index = damaged.find("movements", id="relief-3")
    damaged.set("movements", index, "because", "")
    assert any(
        f.startswith(f"movements.csv:{index + 2}:place_from: 'kermine_station' is not") for f in damaged.faults()
    )


def test_a_record_that_says_the_same_again_is_told(damaged):
    rows = damaged.rows("claims")
    again = rows[0] | {"id": rows[0]["id"] + "-2", "note": ""}
    damaged.write("claims", [rows[0], again, *rows[1:]])
    expected = f"claims.csv:3:id: the row says the same as {rows[0]['id']!r}; take one of them out"
    assert expected in damaged.faults()


def test_a_lineage_in_another_spelling_is_told(damaged):
    index = damaged.find("sources", lineage="uz_lectures")
    damaged.set("sources", index, "lineage", "uzlectures")
    assert any("in another spelling; write that" in fault for fault in damaged.faults())


def test_kilometres_that_are_exchanged_or_ten_times_too_many_do_not_fit_the_line(damaged):
    index = damaged.find("places", id="kyzyl_tepe")
    damaged.set("places", index, "line_km", "440")
    assert any(
        fault.startswith(f"places.csv:{index + 2}:line_km: 440 does not fit the way by air")
        for fault in damaged.faults()
    )
    damaged.set("places", index, "line", "")
    assert any(
        fault.startswith(f"places.csv:{index + 2}:line: a kilometre without a line") for fault in damaged.faults()
    )
