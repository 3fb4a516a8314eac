"""What a campaign was once asked is kept with it, and nobody can tell but by the clock."""

import dataclasses
import gc
import weakref

import pandas as pd
import pytest

from helpers.bukhara import treaty
from helpers.bukhara.railway import kilometres
from helpers.network import signed_graph
from helpers.record.cached import cached


def fresh(campaign):
    """The same tables, of which nothing was asked yet."""
    return dataclasses.replace(campaign)


@pytest.fixture
def counted():
    calls = []

    @cached
    def titles(campaign, start=""):
        calls.append(start)
        found = campaign.events[["title"]]
        return found[found["title"].str.startswith(start)]

    return titles, calls


def test_a_campaign_is_asked_once_for_each_set_of_arguments(campaign, counted):
    titles, calls = counted
    ours = fresh(campaign)
    assert titles(ours).equals(titles(ours))
    assert len(titles(ours, start="K")) < len(titles(ours))
    titles(ours, start="K")
    assert calls == ["", "K"]


def test_another_campaign_is_asked_for_itself(campaign, counted):
    titles, calls = counted
    fewer = dataclasses.replace(campaign, tables={**campaign.tables, "events": campaign.events.head(3)})
    assert len(titles(fresh(campaign))) > len(titles(fewer)) == 3
    assert len(calls) == 2


def test_an_answer_changed_by_one_reader_is_whole_for_the_next(campaign):
    ours = fresh(campaign)
    terms, placed, graph = treaty.terms(ours), kilometres(ours), signed_graph(ours)
    terms["grade"] = "spoilt"
    placed.clear()
    graph.clear()
    assert "spoilt" not in set(treaty.terms(ours)["grade"])
    assert kilometres(ours)
    assert signed_graph(ours).edges


def test_what_raises_is_asked_again(campaign):
    calls = []

    @cached
    def never(campaign):
        calls.append(1)
        raise ValueError("no")

    ours = fresh(campaign)
    for _ in range(2):
        with pytest.raises(ValueError, match="no"):
            never(ours)
    assert len(calls) == 2


def test_what_is_kept_goes_with_its_campaign(campaign):
    @cached
    def frame(campaign):
        return Answer(campaign.events)

    class Answer:
        def __init__(self, events: pd.DataFrame) -> None:
            self.rows = len(events)

    ours = fresh(campaign)
    gone = weakref.ref(frame(ours))
    assert gone() is not None
    del ours
    gc.collect()
    assert gone() is None
