"""The damages that the check is tried with: each changes its file, is judged rightly, and is taken back."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path

import pytest

from helpers.record import Fault, data_folder

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def damage():
    """The benchmark as a module; what it shares with others lies beside it."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    spec = importlib.util.spec_from_file_location("damage", ROOT / "benchmarks/damage.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["damage"] = module
    spec.loader.exec_module(module)
    yield module
    sys.path.remove(str(ROOT / "benchmarks"))


@pytest.fixture(scope="module")
def original(damage):
    return damage.Original.read(data_folder())


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(data_folder(), tmp_path / "data")


def one(damage, original, name):
    return next(damage.draws(damage.KINDS[name], original, 1918, 1))


def files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_there_are_150_kinds_and_more_and_each_says_what_it_does(damage):
    assert len(damage.KINDS) >= 150
    assert len(damage.KINDS) * damage.EACH >= 2000
    assert all(kind.does and "\n" not in kind.does for kind in damage.KINDS.values())


def test_every_kind_finds_something_to_damage_and_changes_it(damage, original):
    for kind in damage.KINDS.values():
        found = next(damage.draws(kind, original, 1918, 1), None)
        assert found is not None, kind.name
        assert found.content != original.texts[found.file].encode(), kind.name


def test_a_seed_makes_the_same_damages_again_and_another_makes_others(damage, original):
    kind = damage.KINDS["key of no row"]
    assert list(damage.draws(kind, original, 1, 4)) == list(damage.draws(kind, original, 1, 4))
    assert list(damage.draws(kind, original, 1, 4)) != list(damage.draws(kind, original, 2, 4))


@pytest.mark.parametrize(
    "name", ["key of no row", "file missing", "folder in place of a file", "file in UTF-16", "descriptor emptied"]
)
def test_a_damage_is_taken_back(damage, original, folder, name):
    before = files(folder)
    with damage.damaged(folder, found := one(damage, original, name)):
        path = folder / found.file
        assert not path.is_file() or path.read_bytes() != before[found.file]
    assert files(folder) == before


@pytest.mark.parametrize(
    "name",
    [
        "key of no row",
        "key with a Cyrillic letter",
        "citation of no source",
        "word of no list",
        "number with a letter",
        "day that no month has",
        "bounds exchanged in events",
        "id with a capital",
        "heading misspelt",
        "row twice",
        "rows exchanged",
        "cell too many",
        "file missing",
        "file with a byte-order mark",
        "entry removed",
        "weekday of another day",
        "sign turned",
        "after itself",
        "spreadsheet round trip",
    ],
)
def test_what_the_check_catches_is_found_in_its_place(damage, original, folder, name):
    found = damage.judged(folder, damage.KINDS[name], one(damage, original, name))
    assert found.said == "placed", found.detail


def test_what_only_the_source_can_tell_is_accepted(damage, original, folder):
    kind = damage.KINDS["sentence changed"]
    assert damage.judged(folder, kind, one(damage, original, kind.name)).said == "accepted"


def test_a_fault_in_another_file_or_row_is_not_in_its_place_and_a_raise_is_a_trace(
    damage, original, folder, monkeypatch
):
    kind = damage.KINDS["key of no row"]
    harm = one(damage, original, kind.name)
    line = min(harm.rows)
    for answer, said in (
        ([Fault(harm.file, line, "-", "x")], "placed"),
        ([Fault(harm.file, line + 1, "-", "x")], "elsewhere"),
        ([Fault("other.csv", line, "-", "x")], "elsewhere"),
        ([], "accepted"),
    ):
        monkeypatch.setattr(damage, "check", lambda *_, answer=answer, **__: answer)
        assert damage.judged(folder, kind, harm).said == said

    def raises(*_, **__):
        raise KeyError("resources")

    monkeypatch.setattr(damage, "check", raises)
    assert damage.judged(folder, kind, harm).said == "trace"
    monkeypatch.setattr(damage, "verdicts", lambda kinds, **_: [damage.Verdict(kind, harm, "trace", "KeyError")])
    assert damage.main(["--quick"]) == 1
    monkeypatch.setattr(damage, "verdicts", lambda kinds, **_: [damage.Verdict(kind, harm, "accepted")])
    assert damage.main(["--quick"]) == 0


def test_every_damage_is_counted_once_in_the_tables(damage, original):
    kind = damage.KINDS["key of no row"]
    harm = one(damage, original, kind.name)
    found = [damage.Verdict(kind, harm, said) for said in ("placed", "elsewhere", "accepted", "trace", "placed")]
    (row,) = damage.rows(found)
    assert (row["tried"], row["caught"], row["placed"], row["accepted"], row["traces"]) == (5, 3, 2, 1, 1)
    assert [line["tried"] for line in damage.summary(found)] == [5, 5]
