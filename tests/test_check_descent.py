"""Rules on who copies whom."""

import pytest


def write(damaged, key, **cells):
    for column, value in cells.items():
        damaged.set("sources", damaged.find("sources", id=key), column, value)


@pytest.mark.parametrize(
    ("key", "cells", "told"),
    [
        (
            "khodzhaev1926",
            {"may_rest_on": "wikipedia_en"},
            "a text cannot rest on itself",
        ),
        (
            "khodzhaev1926",
            {"based_on": "togan1942;becker1968"},
            "'becker1968' was written in 1968, after 'khodzhaev1926' (1926); mend the year or the link",
        ),
        ("becker1968", {"may_rest_on": "khodzhaev1926"}, "'khodzhaev1926' stands in `based_on` too; leave it in one"),
        ("khavast_wiki", {"may_rest_on": "kuts"}, "give the reason for it"),
        ("zayats", {"based_on": ""}, "'zayats' reports 'nasha_gazeta'; name it in sources.based_on"),
        ("zayats", {"based_on": "nasha_gazeta;pravda"}, "pravda"),
    ],
)
def test_a_link_between_texts_that_cannot_be_is_named(damaged, key, cells, told):
    write(damaged, key, **cells)
    assert any(told in fault for fault in damaged.faults()), damaged.faults()


def test_a_text_without_a_year_may_rest_on_any(damaged):
    write(damaged, "wikipedia_kolesov", based_on="khodzhaev1926")
    assert not [fault for fault in damaged.faults() if "khodzhaev1926" in fault]


def test_the_year_of_the_edition_bounds_a_text_whose_year_of_writing_is_unknown(damaged):
    write(damaged, "syb1913", based_on="khodzhaev1926")
    assert any("'khodzhaev1926' was written in 1926, after 'syb1913' (1913)" in fault for fault in damaged.faults())
