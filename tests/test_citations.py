"""Citations in the manner of CLDF."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.record.citations import Citation, _parsed_keys, _plain_keys, bibliography_keys, join, keys, parse

KEY = st.from_regex(r"[a-z0-9_]+", fullmatch=True)
PLACE = st.none() | st.from_regex(r"[^\[\]\n]+", fullmatch=True)


def test_a_key_may_stand_with_and_without_a_place():
    assert parse("khodzhaev1926[143];ayni1920") == (Citation("khodzhaev1926", "143"), Citation("ayni1920"))
    assert keys("khodzhaev1926[143];ayni1920") == ("khodzhaev1926", "ayni1920")


def test_a_semicolon_within_a_place_parts_nothing():
    assert parse("kuts[page 8; page 9];zayats") == (Citation("kuts", "page 8; page 9"), Citation("zayats"))


@given(st.lists(st.builds(Citation, KEY, PLACE), min_size=1))
def test_citations_survive_being_written_and_read(citations):
    assert parse(join(citations)) == tuple(citations)


@pytest.mark.parametrize("text", ["", "Ayni", "ayni1920[", "ayni1920[]", "ayni1920 ;kuts", "ayni1920;;kuts"])
def test_what_is_no_citation_is_refused_with_its_form(text):
    with pytest.raises(ValueError, match="write key or key"):
        parse(text)


def test_the_keys_of_a_bibliography_are_read(tmp_path):
    (tmp_path / "b.bib").write_text("@book{ayni1920, title={T}, year={1970}}\n", encoding="utf-8")
    assert bibliography_keys(tmp_path / "b.bib") == {"ayni1920"}


def test_a_broken_bibliography_is_refused(tmp_path):
    (tmp_path / "b.bib").write_text("@book{ayni1920, title=\n", encoding="utf-8")
    with pytest.raises(ValueError, match="not BibTeX"):
        bibliography_keys(tmp_path / "b.bib")


@pytest.mark.parametrize(
    ("entries", "plain"),
    [
        ("@book{a, author={B, C and D, E, jr.}, title={{T {U} v}}}\n@misc{b,\n  note = {x, y, z, w},\n}\n", {"a", "b"}),
        ("@book{a, author={B, C, D, E}}", set()),
        ("@book{a, author={{B, C and D}, E, F}}", set()),
        ("@book{a, title={T}, title={U}}", set()),
        ("@book{a, title={T}}\n@book{a, title={T}}", set()),
        ("@book{a, title={T} and more}", set()),
        ("@book{a, title={T}", set()),
        ('@book{a, title="T"}', set()),
        ("@comment{a, title={T}}", set()),
        ("a remark\n@book{a, title={T}}", set()),
    ],
)
def test_only_a_bibliography_that_cannot_be_refused_is_read_without_its_parser(entries, plain):
    assert _plain_keys(entries) == plain
    if plain:
        assert _parsed_keys(entries) == plain
