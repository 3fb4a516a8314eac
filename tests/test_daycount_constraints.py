"""What the readings of the texts must satisfy together, held against verdicts worked out by hand."""

import pytest

from helpers.bukhara.daycount.constraints import SLACK, constraints

TEXTS = (
    "khodzhaev1926", "ayni1920", "tajenc", "togan1942", "becker1968",
    "ozme_kolesov", "kuts", "shirokorad", "alekseenkov1931", "wikipedia_en",
)  # fmt: skip
EARLY = dict.fromkeys(TEXTS, "NS") | {"becker1968": "moved"}
NEW = ("becker1968", "alekseenkov1931", "wikipedia_en", "kuts")
LATE = dict.fromkeys(TEXTS, "OS") | dict.fromkeys(NEW, "NS")


@pytest.fixture(scope="module")
def found(campaign):
    return constraints(campaign)


def broken(found, reading, **slack):
    return {one.key for one in found if not one.holds(reading, slack={**SLACK, **slack})}


def by_key(found, key):
    return next(one for one in found if one.key == key)


def test_order_comes_first_and_nothing_is_asked_twice(found):
    kinds = [one.kind for one in found]
    assert kinds == ["order"] * 4 + ["witness"] * 9
    assert len({one.key for one in found}) == len(found)


def test_every_reading_of_the_texts_concerned_has_a_verdict_and_words(found):
    for one in found:
        assert len(one.needs) == len(one.says) == 2 ** len(one.sources)
        assert all(one.says.values())


def test_the_early_count_breaks_the_five_days_and_nothing_else(found):
    assert broken(found, EARLY) == {"five_days"}


def test_the_late_count_breaks_both_moons_togans_habit_and_the_week(found):
    assert broken(found, LATE) == {"hijri_khodzhaev", "hijri_ayni", "hijri_togan", "weekday"}


def test_two_texts_read_in_different_calendars_tear_the_battle_in_two(found):
    assert "same_battle" in broken(found, EARLY | {"ayni1920": "OS"})
    assert "they put it 13 days apart" in by_key(found, "same_battle").says["NS", "OS", "NS", "NS", "moved"]


@pytest.mark.parametrize(("text", "keys"), [("kuts", {"morozov", "kuts_kokand"}), ("ozme_kolesov", {"arrival"})])
def test_who_sets_out_in_old_style_comes_too_late_for_the_early_battle(found, text, keys):
    assert broken(found, EARLY | {text: "OS"}) == {"five_days"} | keys
    assert not keys & broken(found, LATE | {text: "NS"})


def test_kuts_leaves_for_kokand_before_it_falls_in_new_style_and_on_no_other_reading(found):
    one = by_key(found, "kuts_kokand")
    assert one.says["NS", "NS"] == "they leave on 17 February, 2 days before the attack there"
    assert one.says["OS", "NS"] == "they leave on 2 March, 11 days after the attack there"
    assert {keys for keys, need in one.needs.items() if need is None} == {("OS", "NS")}
    assert "kuts_kokand" in broken(found, LATE | {"kuts": "OS"})
    # If Alekseenkov wrote Old Style too, Kuts can have; then the text with 6 February is rejected instead.
    both = {"kuts": "OS", "alekseenkov1931": "OS"}
    assert broken(found, LATE | both) - broken(found, LATE) == {"kokand_day"}


def test_togans_campaign_cannot_end_after_the_peace(found):
    assert "togan_end" in broken(found, LATE | {"shirokorad": "NS"})
    says = by_key(found, "togan_end").says
    assert says["OS", "NS"] == "he ends it on 29 March, the peace is of 25 March"


def test_a_hijri_day_that_is_13_days_out_holds_only_for_who_allows_13_days(found):
    one = by_key(found, "hijri_khodzhaev")
    assert (one.needs["NS",], one.needs["OS",]) == (0, 13)
    assert "15 March is 2 Jumada II 1336, 13 days from its 19 Jumada I 1336" in one.says["OS",]
    assert "hijri_khodzhaev" in broken(found, LATE, hijri=12)
    assert "hijri_khodzhaev" not in broken(found, LATE, hijri=13)


def test_a_thursday_evening_saves_the_weekday_of_the_late_count(found):
    assert "that day, 14 March, is a Thursday" in by_key(found, "weekday").says["OS", "OS", "OS", "OS", "NS"]
    assert "weekday" in broken(found, LATE)
    assert "weekday" not in broken(found, LATE, evening=1)


def test_alekseenkovs_19_february_is_the_6_february_that_the_soviet_calendar_did_not_have(found):
    assert "kokand_day" not in broken(found, EARLY)
    assert "kokand_day" in broken(found, EARLY | {"alekseenkov1931": "OS"})
    assert "kokand" not in broken(found, LATE)


def test_five_days_before_the_early_battle_is_february_and_before_the_late_one_early_march(found):
    says = by_key(found, "five_days").says
    assert "25 February" in says["NS", "NS", "NS", "NS", "NS", "moved"]
    assert "10 March" in says["NS", "OS", "OS", "OS", "OS", "NS"]
    assert "five_days" not in broken(found, LATE)
    assert "five_days" in broken(found, LATE | {"wikipedia_en": "OS"})  # then early March is 14-23 March


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("salimbek2009", {"weekday"}),
        ("wikipedia_en", {"five_days"}),
        ("kuts", {"morozov", "kuts_kokand"}),
        ("doclecture_kokand", {"kokand_day"}),
        ("togan1942", {"hijri_togan", "togan_end"}),
    ],
)
def test_what_no_text_is_left_to_say_is_not_asked(campaign, found, text, gone):
    left = constraints(campaign, without={text})
    assert {one.key for one in found} - {one.key for one in left} == gone
    assert all(text not in one.sources for one in left)
