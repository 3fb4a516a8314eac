"""The ledger read backwards."""

from helpers.findings import index


def test_every_claim_that_a_finding_cites_is_found_with_its_text_and_family(campaign):
    found = index.cited(campaign)
    row = found[(found["finding"] == "forces_young_armed") & (found["side"] == "against")]
    assert set(row["claim"]) == set(campaign.findings.loc["forces_young_armed", "claims_against"].split(";"))
    assert (found["source"] == campaign.claims.loc[found["claim"], "source"].to_numpy()).all()
    assert found.notna().all(axis=None)


def test_each_text_has_the_findings_that_lean_on_it(campaign):
    found = index.by_source(campaign)
    leaning = found[(found["source"] == "zayats") & (found["side"] == "for")]
    cells = campaign.findings["claims_for"].dropna()
    assert set(leaning["finding"]) == {k for k, c in cells.items() if any(x.endswith("-zayats") for x in c.split(";"))}


def test_each_row_has_the_sentences_that_use_it(campaign):
    found = index.by_row(campaign)
    uses = found[(found["table"] == "forces") & (found["row"] == "soviet_force_start")]
    assert {"forces_apart", "forces_emir_more", "forces_odds_band"} <= set(uses["finding"])
    assert campaign.findings.loc["forces_apart", "sentence"] in set(uses["sentence"])
    for table, rows in found.groupby("table")["row"]:
        assert set(rows) <= set(campaign[table].index), table


def test_a_row_is_named_once_for_each_finding_however_many_claims_lead_to_it(campaign):
    assert not index.by_row(campaign).duplicated(["table", "row", "finding"]).any()
