"""The events' own dates follow the verdict on the day-count; the rival days stand beside them as claims."""

import pandas as pd
import pytest

from helpers.bukhara import chronology
from helpers.dating import Interval

PRINTED = ("khodzhaev1926", "ayni1920", "tajenc", "ozme_kolesov", "kuts", "salimbek2009", "shirokorad")


@pytest.fixture(scope="module")
def claims(campaign):
    return chronology.day_claims(campaign)


def own(campaign, event):
    days = chronology.intervals(campaign)[event]
    assert days.days is not None, f"{event} has an open end"
    return days


def said(claim):
    return Interval(claim.earliest.date(), claim.latest.date())


def test_no_event_of_the_campaign_has_only_a_day_of_the_other_count(campaign, claims):
    for event, group in claims.groupby("event"):
        if set(group["source"]) != {"becker1968"}:
            continue
        for claim in group.itertuples():
            rival = said(claim)
            assert own(campaign, event).possibly_overlaps(rival.shift(-13)), event


def test_every_day_that_a_witness_prints_is_read_as_new_style_and_lies_within_the_event(campaign, claims):
    mine = claims[claims["source"].isin(PRINTED)]
    assert len(mine) > 20
    for claim in mine.itertuples():
        assert own(campaign, claim.event).possibly_overlaps(said(claim)), claim.Index
        assert claim.calendar_assumed in ("NS", "AH"), claim.Index


def test_every_day_of_becker_is_kept_as_a_rival_claim_and_is_nobodys_own_day(campaign, claims):
    rivals = claims[claims["source"] == "becker1968"]
    assert {"ultimatum_sent", "first_battle", "second_manifesto", "kagan_cut_off"} <= set(rivals["event"])
    for claim in rivals.itertuples():
        assert claim.rank == "normal", claim.Index
        assert not own(campaign, claim.event).possibly_overlaps(said(claim)), claim.Index
        assert pd.notna(campaign.events.loc[claim.event, "because"]), f"{claim.event} does not say why"
        assert campaign.events.loc[claim.event, "status"] == "contested", claim.event


def test_thirteen_days_earlier_becker_agrees_with_the_verdict_to_two_days(campaign, claims):
    for claim in claims[claims["source"] == "becker1968"].itertuples():
        assert own(campaign, claim.event).widen(2).possibly_overlaps(said(claim).shift(-13)), claim.Index
