"""Numbers, hedges, units, scripts, addresses and citations, each broken once in a copy of the real data."""

import pytest

FORCE = {"id": "emir_infantry_1920-strength-memory_blog"}


@pytest.mark.parametrize(
    ("table", "found", "column", "value", "message"),
    [
        ("claims", FORCE, "best", "80000", "value: 80000 stands neither in the value nor in the quotation"),
        ("claims", {"best": "2", "value": "two machine guns"}, "best", "20", "value: 20 stands neither in the value"),
        ("claims", FORCE, "hedge", "at_most", "hedge: `at_most` gives `high` only"),
        ("claims", {"hedge": "between"}, "hedge", "plain", "hedge: `plain` gives `best` only"),
        ("claims", {"hedge": "approx", "value": "about 1,600 killed in all"}, "hedge", "plain", "hedge: 'about 1,600"),
        ("claims", FORCE, "unit", "items", "unit: 'emir_infantry_1920' is counted in persons, not in items"),
        ("claims", {"attribute": "distance_to"}, "unit", "hours", "unit: distance_to is told in km, versts"),
        ("claims", {"attribute": "office"}, "attribute", "tie", "attribute: tie is said of relation, not of a actor"),
        ("claims", {"quote_language": "ru"}, "quote_language", "en", "quote_language: the quotation is in Cyrl"),
        ("claims", {"quote_language": "ru"}, "quote_language", "qq", "quote_language: 'qq' is not among `languages`"),
        ("actor_names", {"script": "Latn"}, "script", "Cyrl", "script: 'Abdrohim Yunus' is in Latn, not in Cyrl"),
        ("sources", {"read_at": "*"}, "read_at", "javascript:alert(1)", "read_at: 'javascript:alert(1)' is no address"),
        ("sources", {"read_at": "*"}, "read_at", "the library", "read_at: 'the' is no address"),
        ("events", {"id": "advance_planned"}, "source", "khodzhaev1926", "source: 'khodzhaev1926' stands without"),
        ("events", {"id": "advance_planned"}, "source", "kuts[1];kuts[1]", "source: 'kuts' is cited twice"),
        ("events", {"id": "advance_planned"}, "source", "kuts[1];kuts", "source: 'kuts' is cited twice"),
    ],
)
def test_a_cell_that_does_not_fit_its_words_is_named(damaged, table, found, column, value, message):
    index = damaged.find(table, **found)
    damaged.set(table, index, column, value)
    faults = damaged.faults()
    assert any(fault.startswith(f"{table}.csv:{index + 2}:{message}") for fault in faults), faults


def test_two_places_in_one_text_are_two_citations(damaged):
    damaged.set(
        "events", damaged.find("events", id="advance_planned"), "source", "khodzhaev1926[140];khodzhaev1926[141]"
    )
    assert not any("cited twice" in fault for fault in damaged.faults())


def test_an_address_in_the_bibliography_is_one_of_the_web(damaged):
    damaged.edit("references.bib", "url = {https://", "url = {javascript:")
    assert any(fault.startswith("references.bib:") and "is no address" in fault for fault in damaged.faults())


def test_a_package_without_languages_is_not_asked_for_them(damaged):
    damaged.edit("datapackage.json", '"languages"', '"tongues"')
    damaged.set("sources", 0, "language", "qq")
    assert not any("language" in fault for fault in damaged.faults())
