"""The values as published: a number that moves is a line of a diff, and a command says what moved."""

import dataclasses
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

import helpers
from helpers.findings import Finding, published

KOKAND = Path(__file__).parents[1] / "examples/kokand/data"


@pytest.mark.parametrize("folder", [helpers.record.data_folder(), KOKAND], ids=["this book", "kokand"])
def test_what_is_published_is_what_the_findings_answer_today(folder):
    campaign = helpers.load(folder)
    before, now = published.read(folder), published.computed(campaign)
    assert before == now, "\n".join(
        [
            *published.moved(campaign, before, now),
            "if that is meant, run `python -m helpers publish` and tell it in data/CHANGELOG.md",
        ]
    )
    assert (folder / published.FILE).read_text("utf-8") == published.written(now), "run `python -m helpers publish`"


@pytest.fixture
def two(campaign, monkeypatch):
    """Two findings, the first with the values of a dictionary that a test may change."""
    tables = {**campaign.tables, "findings": campaign.findings.loc[["actors_dateless", "calendar_kokand"]]}
    values = {"people": "111", "dateless": "73"}
    answers = {"actors_dateless": Finding(True, values), "calendar_kokand": Finding(None)}
    monkeypatch.setattr(published, "ask", lambda _, row: answers[row.name])
    return SimpleNamespace(campaign=dataclasses.replace(campaign, tables=tables), values=values, answers=answers)


def test_each_answer_and_each_value_is_a_line_of_its_own(two):
    assert published.written(published.computed(two.campaign)).splitlines() == [
        "finding,name,value",
        "actors_dateless,holds,yes",
        "actors_dateless,dateless,73",
        "actors_dateless,people,111",
        "calendar_kokand,holds,cannot be said",
    ]


def test_a_value_that_moved_is_told_with_its_sentence_as_it_was_and_as_it_is(two):
    before = published.computed(two.campaign)
    two.values["dateless"] = "74"
    two.answers["calendar_kokand"] = Finding(False)
    told = list(published.moved(two.campaign, before, published.computed(two.campaign)))
    assert told[0] == "actors_dateless"
    assert told[1].startswith("  Of 73 of the people")
    assert told[2].startswith("  -> Of 74 of the people")
    assert told[3:5] == ["  dateless: 73 -> 74", "calendar_kokand"]
    assert told[-1] == "  holds: cannot be said -> no"


def test_a_finding_that_is_new_and_one_that_is_gone_are_told(two):
    now = published.computed(two.campaign)
    told = list(published.moved(two.campaign, {("old_one", "holds"): "yes"}, now))
    assert told[:2] == ["actors_dateless", "  new"]
    assert told[-3:] == ["old_one", "  gone", "  holds: yes -> (nothing)"]
    assert list(published.moved(two.campaign, now, now)) == []


def test_a_name_that_its_sentence_does_not_have_any_more_leaves_the_sentence_as_it_is_written(two):
    told = list(published.moved(two.campaign, {("actors_dateless", "holds"): "yes"}, published.computed(two.campaign)))
    assert told[1].startswith("  Of {dateless} of the people")


def test_a_finding_that_cannot_be_computed_is_named_and_nothing_is_written(two, monkeypatch, tmp_path, capsys):
    copy = Path(shutil.copytree(two.campaign.path, tmp_path / "data"))
    before = (copy / published.FILE).read_bytes()
    monkeypatch.setattr(published, "load", lambda path: dataclasses.replace(two.campaign, path=Path(path)))
    del two.answers["calendar_kokand"]
    assert published.main([str(copy)]) == 1
    assert "calendar_kokand: kokand_days_are_one_day raises KeyError" in capsys.readouterr().err
    assert (copy / published.FILE).read_bytes() == before
    two.answers["calendar_kokand"] = Finding(True, {"holds": "3"})
    assert published.main([str(copy)]) == 1
    assert "calls a value 'holds'" in capsys.readouterr().err


def test_the_command_renews_the_file_and_prints_what_moved(two, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(published, "load", lambda path: dataclasses.replace(two.campaign, path=Path(path)))
    assert published.main([str(tmp_path)]) == 0
    assert "actors_dateless\n  new\n  holds: (nothing) -> yes" in capsys.readouterr().out
    assert published.read(tmp_path) == published.computed(two.campaign)
    assert published.main([str(tmp_path)]) == 0
    assert capsys.readouterr().out == "nothing moved\n"
    assert [path.name for path in tmp_path.iterdir()] == [published.FILE]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a,b\n", r"published\.csv:1: the columns are not finding, name, value"),
        ("finding,name,value\none,holds\n", r"published\.csv:2: too few"),
        ("finding,name,value\none,holds,yes\none,holds,no\n", r"published\.csv:3: .* a name said twice"),
    ],
)
def test_a_file_that_is_none_is_refused_with_its_line(tmp_path, text, told):
    (tmp_path / published.FILE).write_text(text)
    with pytest.raises(ValueError, match=told):
        published.read(tmp_path)
