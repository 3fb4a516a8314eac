"""Our numbers and ties against the claims and events they rest on, each broken once in a copy of the real data."""

import pytest


@pytest.mark.parametrize(
    ("force", "column", "value", "message"),
    [
        ("soviet_force_start", "high", "8000", "method: envelope, but the claims reach from 546 to 6000"),
        ("kagan_troops", "high", "6000", "method: single_claim, but the numbers are not those of the claim"),
        ("kagan_troops", "method", "envelope", None),
        ("delegation_size", "method", "single_claim", "method: single_claim, but not one number is claimed"),
        (
            "kokand_dead",
            "method",
            "preferred_claim",
            "method: preferred_claim, but no claim with a number is preferred",
        ),
        ("kagan_troops", "method", "not_given", "method: not_given, but a number stands in the row"),
        ("emir_guns_1920", "unit", "persons", "unit: guns are counted in items, not in persons"),
    ],
)
def test_a_method_holds_our_numbers_to_the_claims(damaged, force, column, value, message):
    index = damaged.find("forces", id=force)
    damaged.set("forces", index, column, value)
    faults = damaged.faults()
    assert any(f.startswith(f"forces.csv:{index + 2}:{message}") for f in faults) == (message is not None), faults


def test_what_is_claimed_fits_what_is_counted(damaged):
    index = damaged.find("forces", id="kagan_troops")
    damaged.set("forces", index, "category", "killed")
    assert any("attribute: of 'kagan_troops', killed, one claims loss, not strength" in f for f in damaged.faults())


def test_a_tie_begins_with_its_event(damaged):
    index = damaged.find("relations", id="kolesov-alimkhan-hostilities")
    damaged.set("relations", index, "end_earliest", "1918-03-16")
    damaged.set("relations", index, "end_latest", "1918-03-23")
    assert any(
        f.startswith(f"relations.csv:{index + 2}:end_event: 'kyzyl_tepe_agreement' is of") for f in damaged.faults()
    )


def test_the_function_of_a_finding_is_in_the_module_of_its_chapter(damaged):
    damaged.set("findings", 0, "test", "nobody_wrote_this")
    assert any(
        f.startswith("findings.csv:2:test: actors.py has no function 'nobody_wrote_this'") for f in damaged.faults()
    )
    damaged.set("findings", 0, "chapter", "nowhere")
    assert any(f.startswith("findings.csv:2:test: there is no nowhere.py") for f in damaged.faults())


def test_functions_in_a_foreign_package_are_not_looked_for(damaged):
    damaged.edit("datapackage.json", '"findings": "helpers.bukhara.findings"', '"findings": "somebody.else"')
    damaged.set("findings", 0, "test", "nobody_wrote_this")
    assert not any("nobody_wrote_this" in fault for fault in damaged.faults())


def test_a_finding_has_its_page_where_there_is_a_book(damaged):
    assert damaged.faults() == []
    (damaged.folder.parent / "_toc.yml").write_text("root: index\n", encoding="utf-8")
    faults = damaged.faults()
    assert "findings.csv:2:chapter: there is no page chapters/actors.ipynb or .md in the book; mend the name" in faults
    assert len(faults) == len(damaged.rows("findings"))
