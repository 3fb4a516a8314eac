"""Chosen events in eras, and whose act each was."""

from pathlib import Path

import pandas as pd
import pytest

from helpers.bukhara import eras
from helpers.record import Campaign

DAYS = {"a": ("1885-07-04", "1885-07-07"), "b": ("1917-04-20", "1917-04-21"), "c": (None, "1917-12-26")}


def told(*parts):
    """A campaign of three events in which actors take the given parts: (event, actor, role, side of the event)."""
    events = pd.DataFrame(
        [
            {"title": key.upper(), "earliest": first, "latest": last, "status": "settled", "source": "x"}
            for key, (first, last) in DAYS.items()
        ],
        index=list(DAYS),
    ).astype({"earliest": "datetime64[us]", "latest": "datetime64[us]"})
    participants = pd.DataFrame(list(parts), columns=["event", "actor", "role", "side"])
    actors = pd.DataFrame({"side": {"emir": "emirate", "kolesov": "soviet", "miller": "imperial", "osipov": "soviet"}})
    return Campaign({}, {"events": events, "participants": participants, "actors": actors}, Path())


def test_an_act_belongs_to_the_side_of_those_in_its_leading_part():
    campaign = told(("b", "emir", "signatory", None), ("b", "kolesov", "target", None))
    assert eras.acting_side(campaign, "b") == "emirate"


def test_an_act_that_two_sides_lead_belongs_to_none_of_them():
    campaign = told(("a", "emir", "signatory", None), ("a", "miller", "agent", None))
    assert eras.acting_side(campaign, "a") == eras.NOBODY


def test_someone_who_changed_sides_acts_on_the_side_that_the_event_gives_him():
    campaign = told(("b", "osipov", "leader", "imperial"), ("b", "kolesov", "victim", None))
    assert eras.acting_side(campaign, "b") == "imperial"


def test_an_event_in_which_nobody_is_named_is_nobodys_act():
    assert eras.acting_side(told(), "a") == eras.NOBODY


def test_a_timeline_keeps_the_order_of_its_eras_and_within_them_that_of_time():
    rows = eras.timeline(told(), {"late": ["c", "b"], "early": ["a"]})
    assert list(rows.index) == ["b", "c", "a"]
    assert list(rows["era"]) == ["late", "late", "early"]
    assert pd.isna(rows.loc["c", "earliest"])


def test_an_unknown_event_is_refused_by_name():
    with pytest.raises(LookupError, match="events has no row nonsuch"):
        eras.timeline(told(), {"early": ["a", "nonsuch"]})
