"""Every kind of single damage to a package of files, and where and how the check tells it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Damaged

from helpers import check as checker
from helpers.check import check, main, patterns
from helpers.record import DataError, load, read_descriptor

SMALL = Path(__file__).parents[1] / "examples/kokand/data"
GONE = object()
Damage = Callable[[Damaged], object]


@pytest.fixture
def small(tmp_path: Path) -> Damaged:
    """A copy of the smaller package that a test may spoil."""
    return Damaged(shutil.copytree(SMALL, tmp_path / "data"))


def told(folder: Path) -> list[str]:
    return list(map(str, check(folder, seal=False)))


def cell(table: str, index: int, column: str, value: str) -> Damage:
    return lambda data: data.set(table, index, column, value)


def text(file: str, old: str, new: str) -> Damage:
    return lambda data: data.edit(file, old, new)


def described(place: str, value: object) -> Damage:
    """Put a value at a place of the descriptor like ``resources.3.schema``, or take out what is there."""

    def damage(data: Damaged) -> None:
        descriptor = read_descriptor(data.folder)
        part, (*path, last) = descriptor, [int(name) if name.isdecimal() else name for name in place.split(".")]
        for name in path:
            part = part[name]
        if value is GONE:
            del part[last]
        else:
            part[last] = value
        (data.folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")

    return damage


def bounded(table: int, field: int, **constraints: object) -> Damage:
    """Give a column these constraints beside those it has."""

    def damage(data: Damaged) -> None:
        field_ = read_descriptor(data.folder)["resources"][table]["schema"]["fields"][field]
        place = f"resources.{table}.schema.fields.{field}.constraints"
        described(place, field_.get("constraints", {}) | constraints)(data)

    return damage


def both(*damages: Damage) -> Damage:
    return lambda data: [damage(data) for damage in damages]


def folder_for(file: str) -> Damage:
    def damage(data: Damaged) -> None:
        (data.folder / file).unlink()
        (data.folder / file).mkdir()

    return damage


def link_outside(file: str) -> Damage:
    def damage(data: Damaged) -> None:
        (data.folder / file).rename(data.folder.parent / file)
        (data.folder / file).symlink_to(data.folder.parent / file)

    return damage


#: Name of the damage: what is done, the place that is told, and a part of the message.
DAMAGES: dict[str, tuple[Damage, str, str]] = {
    # letters of a cell
    **{
        f"an unseen letter, {name}": (cell("events", 1, "title", f"De{letter}mo"), "events.csv:3:title", f"{name} (")
        for name, letter in {
            f"U+{ord(letter):04X}": letter
            for letter in (
                "\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2060\u2066\u2069\u00ad\ufffd\ufffe\u0085\u2028\u2029\u00a0"
                "\x00\x01\x07\x08\t\x0b\x0c\x1b\x1f\x7f\u034f\u2800\u3164\ufe0f\U000e0041"
            )
        }.items()
    },
    "a line break in a cell": (cell("events", 1, "title", "De\nmo"), "events.csv:3:title", "U+000A (LINE BREAK)"),
    "a byte-order mark in a cell": (cell("events", 1, "title", "De\ufeffmo"), "events.csv:3:-", "U+FEFF"),
    "a carriage return": (cell("events", 1, "title", "De\rmo"), "events.csv:3:-", "does not end in LF alone"),
    "letters apart from their marks": (cell("events", 1, "title", "Cafe\u0301"), "events.csv:3:title", "U+0301"),
    "a Cyrillic letter in a Latin word": (cell("events", 1, "title", "Kok\u0430nd"), "events.csv:3:title", "U+0430"),
    "a Greek letter in a Latin word": (cell("events", 1, "title", "Kok\u03b1nd"), "events.csv:3:title", "U+03B1"),
    "a Latin letter in a Cyrillic word": (cell("events", 1, "title", "Кокaнд"), "events.csv:3:title", "U+0061"),
    "UTF-8 read as Windows-1252": (cell("events", 1, "title", "CafÃ©"), "events.csv:3:title", "'Ã©' is UTF-8"),
    "two spaces": (cell("events", 1, "title", "A  demo"), "events.csv:3:title", "two spaces stand in a row"),
    "an unseen letter in the bibliography": (
        text("references.bib", "Alekseenkov, P.", "Alekseenkov,\u200b P."),
        "references.bib:2:-",
        "U+200B",
    ),
    # other things in a cell
    "a formula": (cell("events", 1, "title", '=HYPERLINK("a")'), "events.csv:3:title", "a spreadsheet would run"),
    "a formula of another kind": (cell("events", 1, "note", "@SUM(1)"), "events.csv:3:note", "a spreadsheet would run"),
    "an id of 100,000 letters": (cell("events", 1, "id", "d" * 100_000), "events.csv:3:id", "write at most 100 "),
    "a cell of 1 MB": (cell("events", 1, "note", "d " * 500_000), "events.csv:3:-", "field larger than field limit"),
    "a cell of 20 kB": (cell("events", 1, "note", "d" * 20_000), "events.csv:3:note", "write at most 10,000 char"),
    # numbers
    **{
        f"the number {value}": (cell("forces", 0, "low", value), "forces.csv:2:low", "is not a number")
        for value in ("--5", "--39.1", "-0", "-0.0", "+5", "1e5", ".5", "5.", "05", "٣", "1,5", "nan", "inf", "1_000")
    },
    **{
        f"the whole number {value}": (cell("sources", 0, "year_written", value), "sources.csv:2:year_written", "whole")
        for value in ("--1900", "-0", "+1900", "1900.0", "01900", "1９00", str(2**63), str(-(2**63) - 1), "9" * 5000)
    },
    "a number that is infinite": (cell("forces", 0, "low", "1" + 400 * "0"), "forces.csv:2:low", "more than 15 digits"),
    "a number that no float keeps": (cell("forces", 0, "low", "0.1234567890123456"), "forces.csv:2:low", "round it"),
    # constraints
    "a label that stands twice": (
        cell("actors", 1, "label", "Emir Alim Khan"),
        "actors.csv:3:label",
        "the label 'Emir Alim Khan' stands in line 2 too; labels are unique",
    ),
    "a column made unique": (
        bounded(4, 4, unique=True),
        "events.csv:3:phase",
        "the phase 'winter' stands in line 2 too",
    ),
    "too short": (bounded(4, 1, minLength=32), "events.csv:5:title", "minLength is 32"),
    "too long": (bounded(4, 1, maxLength=40), "events.csv:3:title", "maxLength is 40"),
    "at the exclusive minimum": (bounded(7, 7, exclusiveMinimum=10000), "forces.csv:2:low", "exclusiveMinimum, 10000"),
    "at the exclusive maximum": (bounded(7, 7, exclusiveMaximum=80000), "forces.csv:3:low", "exclusiveMaximum, 80000"),
    "before the minimum of a day": (
        bounded(4, 7, minimum="1917-11-20"),
        "events.csv:10:earliest",
        "'1917-11-01' is beyond the minimum, 1917-11-20",
    ),
    "a pattern of the package's own": (bounded(4, 1, pattern="[A-Z].{5,40}"), "events.csv:4:title", "not of the form"),
    # the order of rows
    "a row out of order after a line break": (
        both(cell("events", 0, "note", "a\nb"), cell("events", 1, "id", "a")),
        "events.csv:4:id",
        "'a' stands after 'december_talks'",
    ),
    # files
    "a folder where a table should be": (folder_for("events.csv"), "events.csv:0:-", "a folder stands where the file"),
    "a folder where the descriptor should be": (folder_for("datapackage.json"), "datapackage.json:0:-", "a folder"),
    "a folder where the bibliography should be": (folder_for("references.bib"), "references.bib:0:-", "a folder"),
    "a table linked from outside": (link_outside("events.csv"), "events.csv:0:-", "leads outside the folder"),
    "an empty table": (lambda data: (data.folder / "events.csv").write_bytes(b""), "events.csv:1:-", "no line end"),
    "a table of one empty line": (
        lambda data: (data.folder / "events.csv").write_bytes(b"\n"),
        "events.csv:1:id",
        "the column is missing",
    ),
    "a quotation mark in the middle": (
        text("events.csv", '"Young Bukharans come', '"Young" Bukharans come'),
        "events.csv:2:-",
        "cannot be read",
    ),
    # the descriptor
    "a name twice": (
        text("datapackage.json", '"version"', '"name": "again",\n "version"'),
        "datapackage.json:0:name",
        "twice in one object",
    ),
    "NaN": (
        text("datapackage.json", '"region": [', '"region": [NaN,'),
        "datapackage.json:0:resources[1].schema.fields[4].region[0]",
        "no number of JSON",
    ),
    "no JSON": (text("datapackage.json", '"version"', "version"), "datapackage.json:6:-", "not JSON"),
    "a digit too many for Python": (
        text("datapackage.json", '"version"', f'"more": {"9" * 5000}, "version"'),
        "datapackage.json:0:-",
        "not JSON",
    ),
    "deep nesting": (
        lambda data: (data.folder / "datapackage.json").write_text("[" * 100_000),
        "datapackage.json:0:-",
        "nested too deeply",
    ),
    "a list": (lambda data: (data.folder / "datapackage.json").write_text("[]"), "datapackage.json:0:-", "no object"),
    "an unseen letter in the descriptor": (
        described("resources.4.description", "One\u200b row"),
        "datapackage.json:0:resources[4].description",
        "U+200B",
    ),
    "half a letter in the descriptor": (
        described("resources.4.title", "\ud800"),
        "datapackage.json:0:resources[4].title",
        "U+D800",
    ),
    "a column dropped": (described("resources.4.schema.fields.8", GONE), "datapackage.json:0:events.latest", "missing"),
    "a table dropped": (described("resources.11", GONE), "datapackage.json:0:findings", "the table is missing"),
    "no version": (described("version", GONE), "datapackage.json:0:version", "three numbers joined by points"),
    "an odd version": (described("version", "1.0"), "datapackage.json:0:version", "three numbers joined by points"),
    "no name": (described("name", GONE), "datapackage.json:0:name", "it is missing or odd"),
    "an odd name": (described("name", "../x y"), "datapackage.json:0:name", "it is missing or odd"),
    "no title": (described("title", " "), "datapackage.json:0:title", "it is missing"),
    "no day of creation": (described("created", "soon"), "datapackage.json:0:created", "no time"),
    "no licence": (described("licenses", GONE), "datapackage.json:0:licenses", "nobody may use the data"),
    "an odd licence": (described("licenses.0.name", "do as you like"), "datapackage.json:0:licenses[0].name", "SPDX"),
    "a licence nowhere": (described("licenses.0.path", "javascript:1"), "datapackage.json:0:licenses[0].path", "https"),
    "no policy that believes all": (cell("policies", 0, "id", "al"), "policies.csv:1:id", "there is no row 'all'"),
}


@pytest.mark.parametrize(("damage", "place", "message"), DAMAGES.values(), ids=DAMAGES)
def test_a_damage_is_told_with_its_place_and_its_mend(small, damage, place, message):
    damage(small)
    found = told(small.folder)
    assert any(fault.startswith(place) and message in fault for fault in found), found
    assert all(fault.isprintable() and len(fault) < 1000 for fault in found)
    assert not any("helpers/" in fault for fault in found), found


def test_the_smaller_package_is_clean_before_it_is_damaged(small):
    assert told(small.folder) == []


def test_a_line_break_glues_no_words_and_moves_no_later_line(small):
    small.set("events", 0, "note", "one\ntwo\nthree")
    small.set("events", 2, "status", "sure")
    assert load(small.folder).events["note"].iloc[0] == "one\ntwo\nthree"
    assert [fault.split(": ")[0] for fault in told(small.folder)] == ["events.csv:2:note", "events.csv:6:status"]


def test_persian_half_spaces_are_letters_like_others(small):
    small.set("actors", 0, "name_original", "می\u200cخواهم")
    assert told(small.folder) == []


def test_a_pattern_that_never_ends_is_told_and_does_not_hold_the_check_up(small, monkeypatch):
    monkeypatch.setattr(patterns, "SECONDS", 1.0)
    bounded(4, 1, pattern="(a+)+$")(small)
    small.set("events", 0, "title", "a" * 60 + "!")
    (fault,) = told(small.folder)
    assert fault.startswith("datapackage.json:0:events.title: the pattern (a+)+$ takes too long to try")


# --- paths that are no package -----------------------------------------------------------------------


def test_the_descriptor_itself_may_be_given(small):
    assert told(small.folder / "datapackage.json") == []
    assert load(small.folder / "datapackage.json").path == small.folder


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("events.csv", "events.csv:0:-: this is a file; give the folder that holds datapackage.json"),
        ("nowhere", "nowhere:0:-: there is nothing at this path; give the folder"),
        ("nowhere/datapackage.json", "datapackage.json:0:-: there is no such file in"),
        ("", "datapackage.json:0:-: there is no such file in"),
    ],
)
def test_a_path_to_something_else_is_told_in_one_line(tmp_path, capsys, path, message):
    shutil.copy(SMALL / "events.csv", tmp_path)
    assert main([str(tmp_path / path)]) == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert message in line


# --- rules ------------------------------------------------------------------------------------------


def test_a_rule_that_raises_is_told_as_a_fault_of_the_checker(small, monkeypatch):
    def broken(package):
        """Break."""
        yield package["events"].fault(0, "title", "found before")
        raise KeyError("lost")

    monkeypatch.setattr(checker, "MEANING", (broken, *checker.MEANING))
    first, second = told(small.folder)
    assert first == "events.csv:2:title: found before"
    assert re.match(
        r"test_check_structure\.py:\d+:broken: the rule failed on these data \(KeyError: 'lost', in", second
    )
    assert second.endswith("please report it")


def test_a_stage_does_not_run_on_what_the_one_before_refused(small, monkeypatch):
    asked = []
    monkeypatch.setattr(checker, "CONCLUSIONS", (lambda package: asked.append(package) or iter(()),))
    small.set("claims", 0, "note", "")
    small.set("claims", 0, "relation", "")
    assert any("a claim has exactly one subject" in fault for fault in told(small.folder))
    assert asked == []


@pytest.mark.parametrize("table", ["findings", "participants", "movements"])
def test_a_table_that_no_other_points_to_may_be_empty(small, table):
    path = small.folder / f"{table}.csv"
    path.write_text(path.read_text("utf-8").split("\n")[0] + "\n", encoding="utf-8")
    assert told(small.folder) == []


# --- the console ------------------------------------------------------------------------------------


def run(folder: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "helpers", "check", str(folder)]
    return subprocess.run(command, env={**os.environ, **environment}, capture_output=True, check=False)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_a_fault_is_shown_on_any_console(small, encoding):
    small.set("events", 0, "kind", "сомнение")
    done = run(small.folder, PYTHONIOENCODING=encoding, LC_ALL="C")
    shown = "сомнение" if encoding == "utf-8" else r"\u0441\u043e\u043c\u043d\u0435\u043d\u0438\u0435"
    assert (done.returncode, done.stderr.strip()) == (1, b"1 fault")
    assert f"events.csv:2:kind: '{shown}' is not in the list" in done.stdout.decode(encoding)


def test_a_reader_that_ends_early_sees_no_trace(small):
    for index in range(9):
        small.set("events", index, "summary", "=" + "x" * 9000)
    for table in ("claims", "participants"):
        small.write(table, [row | {"note": f"={index}"} for index, row in enumerate(small.rows(table) * 40)])
    command = [sys.executable, "-m", "helpers", "check", str(small.folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


def test_what_load_refuses_check_refuses(small):
    described("resources.3.path", "../events.csv")(small)
    with pytest.raises(DataError, match=r"resources\[3\]\.path: it is no name of a CSV file within the folder"):
        load(small.folder)
    assert told(small.folder)[0].startswith("datapackage.json:0:resources[3].path")
