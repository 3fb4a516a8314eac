"""How one actor stood with the others."""

from pathlib import Path

import pandas as pd
import pytest

from helpers.network import actor_ties as standing
from helpers.record import Campaign

COLUMNS = ["actor_a", "actor_b", "sign", "kind", "start_earliest", "start_latest", "end_earliest", "end_latest"]
DATES = COLUMNS[4:]


@pytest.fixture
def neighbours():
    rows = {
        "empire": ("russia", "emirate", 1, "protectorate", None, "1873-12-31", "1917-03-01", "1917-03-21"),
        "hired": ("cossacks", "emir", 1, "service", "1917-11-07", "1918-03-02", "1918-03-03", None),
        "served": ("emir", "vvedensky", 1, "service", "1917-11-07", "1917-12-31", "1918-03-16", "1920-09-02"),
        "refused": ("emir", "kokand", -1, "refusal", "1917-12-10", "1918-01-31", "1918-01-31", "1918-02-22"),
        "court": ("emir", "emirate", 1, "rule", None, None, None, None),
        "talks": ("emir", "kokand", 0, "negotiation", "1918-01-01", "1918-01-01", "1918-02-22", "1918-02-22"),
    }
    relations = pd.DataFrame.from_dict(rows, orient="index", columns=COLUMNS)
    relations = relations.astype(dict.fromkeys(DATES, "datetime64[us]")).assign(certainty="certain")
    kinds = {"russia": "state", "emirate": "state", "kokand": "government", "cossacks": "unit"}
    names = ["russia", "emirate", "emir", "kokand", "cossacks", "vvedensky"]
    actors = pd.DataFrame({"label": {n: n.title() for n in names}, "kind": {n: kinds.get(n, "person") for n in names}})
    return Campaign({}, {"relations": relations, "actors": actors}, Path())


def test_a_state_and_its_ruler_are_looked_at_as_one(neighbours):
    ties = standing.ties_of(neighbours, "emirate", "emir", first="1868-01-01", last="1918-03-01")
    assert list(ties["other"]) == ["cossacks", "vvedensky", "russia", "kokand"]
    assert "court" not in ties.index


def test_a_tie_that_neither_binds_nor_divides_is_left_out(neighbours):
    assert "talks" not in standing.ties_of(neighbours, "emir", first="1918-01-01", last="1918-03-01").index


def test_a_tie_that_was_over_before_the_first_day_is_left_out_and_one_without_a_beginning_is_not(neighbours):
    assert "empire" not in standing.ties_of(neighbours, "emirate", first="1917-04-01", last="1918-03-01").index
    assert "empire" in standing.ties_of(neighbours, "emirate", first="1860-01-01", last="1860-12-31").index


def test_only_a_tie_that_every_reading_of_its_dates_has_hold_is_sure(neighbours):
    ties = standing.ties_of(neighbours, "emirate", "emir", first="1918-02-28", last="1918-02-28")
    held = standing.held_on(ties, "1918-02-28", sign=1)
    assert held["sure"].to_dict() == {"hired": False, "served": True}
    assert standing.held_on(ties, "1918-02-28", sign=-1).empty
