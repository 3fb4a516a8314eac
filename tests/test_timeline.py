"""The timeline whose eras have scales of their own, and the lives drawn to their ends."""

from itertools import chain

import pandas as pd
import pytest

from helpers.bukhara import eras, fates
from helpers.bukhara.figures import aftermath, protectorate, timeline
from helpers.network import actor_ties as standing

SCALES = {
    "decades": timeline.Scale("1866-01-01", "1917-01-01", "M240", "%Y", "%Y"),
    "weeks": timeline.Scale("1917-11-01", "1918-03-01", "M1", "%b", "%d %b"),
}
EVENTS = {
    "decades": ["defeat_1868"],
    "weeks": ["kokand_autonomy_proclaimed", "emir_mobilises", "power_new_bukhara_1917"],
}


@pytest.fixture(scope="module")
def drawn(campaign, sides):
    return timeline.eras(eras.timeline(campaign, EVENTS), SCALES, sides)


def marks(figure):
    return [text for trace in figure.data if trace.text is not None for text in trace.text]


def test_every_era_and_every_event_is_named_on_a_wide_screen_and_on_a_narrow_one(campaign, drawn):
    wanted = {f"<b>{era}</b>" for era in SCALES} | set(campaign.events.loc[list(chain(*EVENTS.values())), "title"])
    narrow = drawn.layout.meta["narrow"]
    assert {note.text for note in drawn.layout.annotations} == wanted
    assert {note["text"] for note in narrow["annotations"]} == wanted
    assert narrow["height"] > drawn.layout.height


def test_a_short_interval_is_written_beside_its_mark_and_a_long_one_is_drawn(drawn):
    said = {text.strip() for text in marks(drawn)}
    assert {"1868", "11 Nov", "10 to 11 Dec", ""} == said


def test_the_eras_do_not_overlap(drawn):
    assert drawn.layout.yaxis.domain[0] > drawn.layout.yaxis2.domain[1]


def test_a_span_over_the_end_of_a_month_names_both_months(campaign, sides):
    rows = eras.timeline(campaign, {"weeks": ["fifth_congress_1918"]})
    spring = {"weeks": timeline.Scale("1918-03-01", "1919-06-01", "M1", "%b", "%d %b")}
    assert "20 Apr to 1 May" in {text.strip() for text in marks(timeline.eras(rows, spring, sides))}


def test_everyone_who_can_be_followed_is_named_and_the_others_are_counted(campaign, sides):
    lives = fates.fates(campaign)
    figure = aftermath.fates(lives, fates.traces(campaign), sides)
    texts = " ".join(note.text for note in figure.layout.annotations)
    followed = lives[lives["ending"].isin([fates.DATED, fates.SEEN])]
    assert all(f"{label}: " in texts for label in followed["label"])
    lost = (lives["ending"] == fates.LOST).groupby(lives["side"]).sum()
    assert all(f"{number} more" in texts for number in lost[lost > 0])


def test_a_tie_is_drawn_thick_only_for_the_days_on_which_it_must_have_held(campaign):
    ties = standing.ties_of(campaign, "emirate", "alimkhan", first="1917-03-01", last="1918-02-28")
    served = ties.loc[["vvedensky-alimkhan-service"]]
    thick = protectorate.standing(served, first="1917-03-01", last="1918-03-01").data[1]
    assert [pd.Timestamp(day) for day in thick.x[:2]] == [served["start_latest"].item(), pd.Timestamp("1918-03-01")]
