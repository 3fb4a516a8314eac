"""What became of the people of the campaign."""

from pathlib import Path

import pandas as pd
import pytest

from helpers.belief import policies
from helpers.bukhara import fates
from helpers.record import Campaign

PEOPLE = ["utkin", "khodzhaev", "burhanov", "kishishev", "osipov", "mansurov"]
EVENTS = {
    "delegates_killed": ("fighting", "killing", "1918-03-04", "1918-03-05"),
    fates.COMMITTEE: ("protectorate", "founding", "1917-04-21", "1917-12-31"),
    fates.PEACE: ("peace", "agreement", "1918-03-25", "1918-03-25"),
    "congress": ("aftermath", "congress", "1919-05-30", "1919-06-11"),
    "sentence": ("aftermath", "politics", "1918-03-02", "1918-12-31"),
    "shot": ("aftermath", "death", "1938-03-13", "1938-03-15"),
    "mutiny": ("aftermath", "battle", "1919-01-18", "1919-01-21"),
}
PARTS = [
    ("delegates_killed", "utkin", "victim"),
    ("delegates_killed", "khodzhaev", "witness"),
    ("delegates_killed", "burhanov", "witness"),
    ("delegates_killed", "kishishev", "present"),
    (fates.COMMITTEE, "mansurov", "leader"),
    ("congress", "burhanov", "leader"),
    ("sentence", "khodzhaev", "target"),
    ("shot", "khodzhaev", "agent"),
    ("mutiny", "osipov", "leader"),
]
CLAIMS = [
    ("utkin", "died", "in the Ark", None, None, "normal"),
    ("khodzhaev", "died", "died on 15 March 1938", "1938-03-15", "1938-03-15", "normal"),
    ("khodzhaev", "died", "died on 13 March 1938", "1938-03-13", "1938-03-13", "preferred"),
    ("mansurov", "office", "chairman", "1917-04-21", "1917-12-31", "normal"),
    ("burhanov", "fate", "later in a group", "1918-03-25", None, "normal"),
]


@pytest.fixture
def told():
    days = {"earliest": "datetime64[us]", "latest": "datetime64[us]"}
    events = pd.DataFrame.from_dict(EVENTS, orient="index", columns=["phase", "kind", "earliest", "latest"]).astype(
        days
    )
    claims = pd.DataFrame(CLAIMS, columns=["actor", "attribute", "value", "earliest", "latest", "rank"]).astype(days)
    actors = pd.DataFrame(
        {
            "kind": "person",
            "label": [p.title() for p in PEOPLE],
            "side": "soviet",
            "died": ["1918-03", "1938-03-13", *[None] * 4],
        },
        index=PEOPLE,
    )
    parts = pd.DataFrame(PARTS, columns=["event", "actor", "role"]).assign(source="x")
    return Campaign(
        {},
        {
            "events": events.assign(title=events.index),
            "claims": claims.assign(source="x"),
            "actors": actors,
            "participants": parts,
        },
        Path(),
    )


def test_the_people_are_those_of_march_and_of_the_committee_and_nobody_who_came_later(told):
    assert set(fates.people(told)) == {"utkin", "khodzhaev", "burhanov", "kishishev", "mansurov"}


def test_each_of_them_has_one_ending(told):
    endings = fates.fates(told)["ending"].to_dict()
    assert endings == {
        "utkin": fates.FELL,
        "khodzhaev": fates.DATED,
        "burhanov": fates.SEEN,
        "kishishev": fates.LOST,
        "mansurov": fates.LOST,
    }


def test_the_preferred_death_is_the_one_told(told):
    khodzhaev = fates.fates(told).loc["khodzhaev"]
    assert (khodzhaev["died"], khodzhaev["died_first"]) == ("died on 13 March 1938", pd.Timestamp("1938-03-13"))


def test_a_death_without_a_day_takes_the_days_of_our_reading(told):
    utkin = fates.fates(told).loc["utkin"]
    assert (utkin["died_first"], utkin["died_last"]) == (pd.Timestamp("1918-03-01"), pd.Timestamp("1918-03-31"))


def test_what_lasted_over_the_peace_is_a_sign_of_life_only_from_the_peace_on(told):
    signs = fates.traces(told)
    assert signs.loc[signs["what"] == "sentence", "earliest"].item() == pd.Timestamp("1918-03-25")


def test_neither_an_office_before_the_peace_nor_a_death_is_a_sign_of_life_after_it(told):
    signs = fates.traces(told)
    assert "mansurov" not in set(signs["actor"])
    assert "shot" not in set(signs["what"])


def test_the_last_sign_of_life_is_the_latest_and_one_without_a_day_is_not_it(told):
    burhanov = fates.fates(told).loc["burhanov"]
    assert (burhanov["last"], burhanov["seen_last"]) == ("congress", pd.Timestamp("1919-06-11"))


def test_without_a_day_for_the_peace_there_are_no_signs_after_it(told):
    gone = Campaign({}, {**told.tables, "events": told.events.drop(fates.PEACE)}, Path())
    assert fates.traces(gone).empty


def test_without_its_claim_a_death_is_no_longer_known(campaign):
    left = policies.without_claims(campaign, "fitrat-died-hozir_yb")
    assert fates.fates(campaign).loc["fitrat", "ending"] == fates.DATED
    assert fates.fates(left).loc["fitrat", "ending"] == fates.SEEN


def test_of_the_hanged_and_the_delegates_none_is_counted_among_those_who_outlived_the_campaign(campaign):
    endings = fates.fates(campaign)["ending"]
    assert set(endings[["utkin", "aliev", "boqi_sobitov", "mahmud_sobitov", "haji_siroj"]]) == {fates.FELL}
