"""The rule of a policy is a small language of its own: what it says, and that nothing else is ever run."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import helpers
from helpers.belief.rule import DEEPEST, LONGEST, admitted
from helpers.record import data_folder

TEXTS = pd.DataFrame(
    {
        "perspective": pd.array(["soviet", "jadid", None, "reference"], dtype="str"),
        "language": pd.array(["ru", "ru", "en", None], dtype="str"),
        "year_written": pd.array([1926, None, 1968, 1900], dtype="Int64"),
        "year_published": pd.array([1926, 1931, 1968, None], dtype="Int64"),
        "participant": pd.array([True, False, None, False], dtype="boolean"),
        "seen": pd.to_datetime(pd.Series(["2026-01-02", None, "2026-03-04", "2026-05-06"])).array,
    },
    index=pd.Index(["a", "b", "c", "d"], name="id"),
)


@pytest.mark.parametrize(
    ("rule", "texts"),
    [
        ("participant", "a"),
        ("not participant", "bd"),  # of c nobody knows
        ("participant == false", "bd"),
        ("participant != true", "bd"),
        ('perspective == "soviet"', "a"),
        ("perspective != 'soviet'", "bcd"),  # no word is another word
        ("not perspective == 'soviet'", "bcd"),
        ("perspective in ['soviet', 'jadid']", "ab"),
        ("perspective not in ['soviet', 'jadid']", "cd"),
        ("year_written <= 1927", "ad"),
        ("not year_written <= 1927", "c"),
        ("year_written > -1 and year_written < 1926.5", "ad"),
        ("1900 < year_written <= 1926", "a"),
        ("1926 == year_written", "a"),
        ("year_written in (1900, 1968)", "cd"),
        ("year_written not in {1900, 1968}", "ab"),
        ("year_written < year_published or language == 'en'", "c"),
        ("participant or year_written == 1968", "ac"),
        ("not (participant or language == 'en')", "bd"),
        ("participant and language == 'ru' or perspective == 'reference'", "ad"),
        ("language == 'en' or language == 'ru' and participant", "ac"),  # `and` binds more closely
        ("id != 'a' and id <= 'c'", "bc"),
        ('seen >= "2026-03-04"', "cd"),
    ],
)
def test_a_rule_admits_these_texts(rule: str, texts: str) -> None:
    assert "".join(admitted(TEXTS, rule).index) == texts


def test_a_rule_leaves_the_columns_as_they_are() -> None:
    pd.testing.assert_frame_equal(admitted(TEXTS, "participant"), TEXTS.head(1))


# --- Nothing but the grammar --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rule",
    [
        "@pd.io.common.os.system('touch ran') == 0",
        "__import__('os').system('touch ran') == 0",
        "participant.__class__",
        "participant.eq(True)",
        "(lambda: participant)()",
        "[x for x in perspective]",
        "participant if participant else participant",
        "(participant := True)",
        "f'{perspective}' == perspective",
        "perspective[0] == 's'",
        "year_written + 1 == 1927",
        "year_written == 10 ** 10",
        "participant & participant",
        "~participant",
        "participant; participant",
        "participant, participant",
        "perspective is 'soviet'",
        "`perspective` == 'soviet'",
    ],
)
def test_whatever_is_no_rule_is_refused_and_never_run(rule: str, campaign, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match="is no rule over the columns of `sources`: "):
        helpers.belief.policies.believing(campaign, rule)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("colour == 'red'", "sources has no column 'colour'; name one of id, perspective, language"),
        ("perspective", "'perspective' alone says nothing, since it holds words; write one in quotation marks"),
        ("perspective == soviet", "sources has no column 'soviet'"),
        ("year_written == '1927'", "it holds numbers; write one without quotation marks"),
        ("perspective <= 3", "it holds words; write one in quotation marks"),
        ("participant == 1", "it holds true or false; write one of them"),
        ("year_written == true", "it holds numbers"),
        ("year_written <= 1e999", "it holds numbers"),
        ("year_written < perspective", "it holds numbers"),
        ("seen >= '2026-02-30'", 'it holds days; write one like "1918-03-02"'),
        ("1 == 1", "neither is a column; name a column"),
        ("true", "sources has no column 'true'"),
        ("perspective in 'soviet'", "is no list of values"),
        ("perspective in []", "is no list of values"),
        ("perspective in ['soviet', language]", "a list holds nothing else"),
        ("'soviet' in perspective", "is no column; write the column before `in`"),
        ("perspective ==", "invalid syntax; write columns, words"),
        ("1927and participant", "invalid decimal literal"),
        ("perspective == '\\d'", "invalid escape sequence"),
        ("\0", "null bytes"),
        ("", "invalid syntax"),
        ("not " * DEEPEST + "participant", f"more than {DEEPEST} levels"),
        ("-" * 900 + "1 < year_written", f"more than {DEEPEST} levels"),
        ("(" * 400 + "participant" + ")" * 400, "too many nested parentheses"),
        ("participant" + " " * LONGEST, f"write at most {LONGEST}"),
    ],
)
def test_a_broken_rule_is_told_with_its_mend(rule: str, told: str) -> None:
    with pytest.raises(ValueError, match="is no rule over the columns of `sources`: ") as error:
        admitted(TEXTS, rule)
    assert told in str(error.value)
    assert len(str(error.value)) < 500


# --- The check says the same --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rule", ["@pd.io.common.os.system('touch ran') == 0", "colour == 'red'", "year_written == '1'"]
)
def test_a_broken_or_hostile_rule_is_a_fault_with_the_words_of_the_campaign(damaged, rule: str) -> None:
    damaged.set("policies", 1, "rule", rule)
    (fault,) = [fault for fault in damaged.faults() if "is no rule" in fault]
    with pytest.raises(ValueError, match="is no rule") as error:
        helpers.load(damaged.folder).under("becker_calendar")
    assert fault == f"policies.csv:3:rule: {error.value}"


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("perspective == 'sovjet'", "'sovjet' is no perspective of a source, its values are soviet, emirate"),
        ("lineage not in ['kuts', 'kutz']", "'kutz' is no lineage of a source, no text has it; mend the word"),
        ("'klingon' != language", "'klingon' is no language of a source"),
    ],
)
def test_a_word_that_no_source_can_have_is_a_fault(damaged, rule: str, told: str) -> None:
    damaged.set("policies", 1, "rule", rule)
    (fault,) = [fault for fault in damaged.faults() if ":rule:" in fault]
    assert fault.startswith(f"policies.csv:3:rule: {told}")


@pytest.mark.parametrize("rule", ["author >= 'M'", "lineage in ['kuts', 'becker']", "perspective != 'reference'"])
def test_an_order_of_words_and_words_that_stand_there_are_no_fault(damaged, rule: str) -> None:
    damaged.set("policies", 1, "rule", rule)
    assert [fault for fault in damaged.faults() if ":rule:" in fault] == []


# --- The rules that there were mean what they meant ---------------------------------------------------------


@pytest.mark.parametrize("folder", [None, data_folder().parent / "examples/kokand/data"], ids=["bukhara", "kokand"])
def test_every_rule_of_the_data_admits_what_pandas_would(folder) -> None:
    campaign = helpers.load(folder)
    rules = campaign.policies["rule"].dropna()
    assert len(rules) > 0
    for rule in rules:
        pd.testing.assert_frame_equal(
            admitted(campaign.sources, rule), campaign.sources.query(rule, engine="python"), obj=rule
        )


def _comparisons() -> st.SearchStrategy[str]:
    words = st.sampled_from(["'soviet'", "'ru'", "'en'", "'jadid'"])
    word = st.tuples(st.sampled_from(["perspective", "language"]), st.sampled_from(["==", "!=", "<", ">="]), words)
    numbers = st.tuples(
        st.sampled_from(["year_written", "year_published"]),
        st.sampled_from(["==", "!=", "<", "<=", ">", ">="]),
        st.sampled_from(["1900", "1926", "1968", "year_written"]),
    )
    lists = st.tuples(st.sampled_from(["perspective", "language"]), st.sampled_from(["in", "not in"]), words).map(
        lambda parts: f"{parts[0]} {parts[1]} [{parts[2]}, 'reference']"
    )
    return st.one_of(st.just("participant"), st.one_of(word, numbers).map(" ".join), lists)


def _joined(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pairs = st.tuples(parts, st.sampled_from(["and", "or"]), parts).map(" ".join)
    return st.one_of(parts.map("not ({})".format), pairs.map("({})".format))


@settings(max_examples=60)
@given(st.recursive(_comparisons(), _joined, max_leaves=5))
def test_any_rule_means_what_it_means_to_pandas(rule: str) -> None:
    assert list(admitted(TEXTS, rule).index) == list(TEXTS.query(rule, engine="python").index)
