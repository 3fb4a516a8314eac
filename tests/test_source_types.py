"""Who speaks: the kind of text behind a statement."""

from __future__ import annotations

import dataclasses

from hand import small

from helpers.belief.source_types import source_voices

PAPERS = {
    "then": {"kind": "press", "year_written": 1918},
    "later": {"kind": "press", "year_written": 1919},
    "undated": {"kind": "press"},
    "there": {"kind": "press", "year_written": 1930, "participant": True},
}


def test_the_press_is_a_witness_until_the_year_in_which_the_conflict_ends(campaign):
    papers = small(campaign, sources={key: {"participant": False, **cells} for key, cells in PAPERS.items()})
    assert source_voices(papers).to_dict() == {
        "then": "witness",
        "later": "scholar",
        "undated": "witness",
        "there": "witness",
    }
    longer = dataclasses.replace(papers, package={**papers.package, "period": ["1917-11-01", "1920-09-02"]})
    assert source_voices(longer)["later"] == "witness"
