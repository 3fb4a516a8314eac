"""What the texts print of the days of March 1918, and how each can be read."""

from datetime import date, timedelta

import pandas as pd
import pytest

from helpers.bukhara import daycount
from helpers.record import Campaign

MARCH = {number: date(1918, 3, number) for number in range(1, 32)}

#: What each text prints, as it would stand if it wrote New Style; read off the evidence by hand.
PRINTED = {
    ("khodzhaev1926", "second_manifesto"): (MARCH[2], MARCH[2]),
    ("ayni1920", "first_battle"): (MARCH[2], MARCH[5]),
    ("tajenc", "first_battle"): (MARCH[2], MARCH[3]),
    ("togan1942", "campaign"): (MARCH[2], MARCH[16]),
    ("becker1968", "ultimatum_sent"): (MARCH[14], MARCH[14]),
    ("ayni1920", "ark_executions"): (MARCH[9], MARCH[9]),
    ("togan1942", "manifesto_april_1917"): (date(1917, 4, 21), date(1917, 4, 21)),
    ("ozme_kolesov", "kolesov_arrives_new_bukhara"): (MARCH[1], MARCH[1]),
    ("kuts", "morozov_leaves_samarkand"): (date(1918, 2, 26), date(1918, 2, 26)),
    ("kuts", "kuts_leaves_for_fergana"): (date(1918, 2, 17), date(1918, 2, 17)),
    ("alekseenkov1931", "kokand_autonomy_crushed"): (date(1918, 2, 19), date(1918, 2, 19)),
    ("doclecture_kokand", "kokand_autonomy_crushed"): (date(1918, 2, 6), date(1918, 2, 6)),
    ("shirokorad", "kyzyl_tepe_agreement"): (MARCH[25], MARCH[25]),
    ("wikipedia_en", "five_days_announced"): (MARCH[1], MARCH[10]),
}
HIJRI = {
    ("khodzhaev1926", "second_manifesto"): (1336, 5, 19),
    ("ayni1920", "ark_executions"): (1336, 5, 26),
    ("togan1942", "manifesto_april_1917"): (1335, 6, 28),
}


def with_claims(campaign: Campaign, claims: pd.DataFrame) -> Campaign:
    tables = {name: campaign[name] for name in campaign} | {"claims": claims}
    return Campaign(campaign.package, tables, campaign.path)


def test_every_statement_that_bears_on_the_count_is_found_with_its_days(campaign):
    said = daycount.statements(campaign)
    assert {key: (one.first, one.last) for key, one in said.items()} == PRINTED
    assert {key: one.hijri for key, one in said.items() if one.hijri} == HIJRI


def test_every_statement_is_a_claim_of_the_text_about_the_event(campaign):
    for (source, event), one in daycount.statements(campaign).items():
        claim = campaign.claims.loc[one.claim]
        assert (claim["source"], claim["event"]) == (source, event)
        assert claim["attribute"] in ("date", "content")  # a day may be told with what happened on it


def test_salimbek_names_the_weekday_of_the_ultimatum(campaign):
    assert daycount.ultimatum_weekday(campaign) == ("salimbek2009", "Friday")
    assert daycount.ultimatum_weekday(campaign, without={"salimbek2009"}) is None


def test_a_text_left_out_says_nothing(campaign):
    said = daycount.statements(campaign, without={"ayni1920"})
    assert {key for key in PRINTED if key[0] == "ayni1920"} == PRINTED.keys() - said.keys()


def test_a_deprecated_claim_is_no_statement(campaign):
    claims = campaign.claims.copy()
    claims.loc[claims["source"] == "kuts", "rank"] = "deprecated"
    assert ("kuts", "morozov_leaves_samarkand") not in daycount.statements(with_claims(campaign, claims))


def test_of_two_claims_the_one_with_a_hijri_day_counts_and_then_the_narrower(campaign):
    key = ("khodzhaev1926", "second_manifesto")
    claim = daycount.statements(campaign)[key].claim
    other = campaign.claims.loc[[claim]].rename(index={claim: "other"})
    bare = other.assign(hijri_stated=None)
    wide = other.assign(latest=other["latest"] + pd.Timedelta(days=5))
    for weaker in (bare, wide):
        claims = pd.concat([weaker, campaign.claims]).astype(campaign.claims.dtypes)
        assert daycount.statements(with_claims(campaign, claims))[key].claim == claim


def test_a_day_read_as_old_style_stands_as_it_is_printed(campaign):
    one = daycount.statements(campaign)["doclecture_kokand", "kokand_autonomy_crushed"]
    claim = campaign.claims.loc[one.claim]
    assert (claim["calendar_assumed"], claim["earliest"].date()) == ("OS", date(1918, 2, 19))
    assert one.first == date(1918, 2, 6)


@pytest.mark.parametrize(("source", "shifts"), [("khodzhaev1926", (0, 13)), ("becker1968", (0, -13))])
def test_a_printed_day_stays_or_moves_on_by_13_days_and_beckers_stay_or_go_back(source, shifts):
    assert tuple(choice.shift for choice in daycount.choices(source)) == shifts


def test_the_two_readings_lie_as_far_apart_as_the_calendars_of_1918():
    assert date(1918, 2, 14) - date(1918, 2, 1) == timedelta(daycount.DIFFERENCE)


def test_each_text_has_the_battle_on_the_day_its_own_story_gives(campaign):
    said = daycount.statements(campaign)
    texts = daycount.battle_texts(said)
    assert texts == ("khodzhaev1926", "ayni1920", "tajenc", "togan1942", "becker1968")
    as_printed = daycount.battle_days(said, texts, dict.fromkeys(texts, 0))
    assert as_printed == [MARCH[2]] * 4 + [MARCH[15]]  # Becker: the day after the ultimatum
    early = dict.fromkeys(texts, 0) | {"becker1968": -13}
    assert set(daycount.battle_days(said, texts, early)) == {MARCH[2]}
    late = dict.fromkeys(texts, 13) | {"becker1968": 0}
    assert set(daycount.battle_days(said, texts, late)) == {MARCH[15]}


def test_an_empty_hijri_cell_is_no_day():
    assert daycount.hijri_day(float("nan")) is None
    assert daycount.hijri_day("1336-05-19") == (1336, 5, 19)
