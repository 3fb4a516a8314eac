"""Any one text taken away gives the same sentences, or a failure that names the one to rewrite."""

import dataclasses
import os
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.belief.policies import without_source
from helpers.book import without
from helpers.findings import ask, index
from helpers.findings.dossier import filled

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def printed(campaign):
    return {key: filled(row["sentence"], ask(campaign, row).values) for key, row in campaign.findings.iterrows()}


def test_every_text_may_be_taken_away_and_each_sentence_that_cites_it_stays_or_is_named(campaign, printed):
    for source, keys in index.by_source(campaign).groupby("source")["finding"].unique().items():
        left = without_source(campaign, source)
        for key in keys:
            row = campaign.findings.loc[key]
            told = list(without.sentence_changes(printed[key], left, row))
            now = ask(left, row)
            stays = now.holds is True and filled(row["sentence"], now.values) == printed[key]
            assert bool(told) or stays, (source, key)
            assert all(line.startswith(f"chapters/{row['chapter']}: {key}: ") for line in told), told


@pytest.mark.parametrize(
    ("source", "key", "told"),
    [
        ("muhaz_yb", "forces_young_armed", "no longer let it be said"),
        ("khodzhaev1926", "terms_days", "no longer let it be said"),
        ("kuts", "aftermath_lost", "would read"),
    ],
)
def test_a_sentence_that_does_not_stay_is_named_with_the_reason(campaign, printed, source, key, told):
    left = without_source(campaign, source)
    (line,) = without.sentence_changes(printed[key], left, campaign.findings.loc[key])
    assert told in line
    assert "{" not in line, "the sentence is told as the book prints it"


def test_a_sentence_all_of_whose_claims_are_gone_does_not_stay_even_if_its_function_does_not_notice(campaign):
    row = campaign.findings.loc["actors_dateless"].copy()
    row["claims_for"] = "army_1913-strength-syb1913"
    cited = campaign.findings.assign(claims_for=row["claims_for"])
    left = without_source(dataclasses.replace(campaign, tables={**campaign.tables, "findings": cited}), "syb1913")
    assert any("no claim that it rests on is left" in line for line in without.sentence_changes("So many.", left, row))


def test_a_text_that_is_not_there_is_refused_with_the_nearest(campaign):
    with pytest.raises(KeyError, match="no row 'khodzaev1926'; did you mean 'khodzhaev1926'"):
        without.changes(campaign, "khodzaev1926")


@pytest.mark.parametrize(("source", "status"), [("geo_dr5hn", 0), ("muhaz_yb", 1), ("nobody", 2)])
def test_the_command_fails_where_a_sentence_must_be_rewritten(source, status):
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        [sys.executable, "-m", "helpers", "without", source],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == status, done.stderr
    assert ("forces_young_armed" in done.stdout) == (status == 1)


def test_a_text_deleted_from_the_files_is_missed_by_every_sentence_that_cites_it(campaign, damaged):
    damaged.write("sources", [row for row in damaged.rows("sources") if row["id"] != "muhaz_yb"])
    damaged.write("claims", [row for row in damaged.rows("claims") if row["source"] != "muhaz_yb"])
    faults = damaged.faults()
    found = index.cited(campaign)
    rows = {row["id"]: line for line, row in enumerate(damaged.rows("findings"), start=2)}
    for key in found.loc[found["source"] == "muhaz_yb", "finding"].unique():
        assert any(fault.startswith(f"findings.csv:{rows[key]}:") for fault in faults), key
