"""Every rule of the check, broken once in a copy of the real data, and the message that it gives."""

import re
from contextlib import contextmanager
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas._libs.parsers import STR_NA_VALUES

from helpers.check import CONCLUSIONS, DESCRIPTION, MEANING, STRUCTURE, check, load_checked, main
from helpers.check.package import SUBJECTS, Package, parts
from helpers.check.seal import main as seal
from helpers.check.seal import write_descriptor
from helpers.check.structure import PANDAS_MISSING
from helpers.record import DataError, data_folder, described, read_descriptor, read_raw

CITING = ("claims_for", "claims_against")


def test_the_data_of_the_book_are_clean():
    assert check() == []


def test_the_command_succeeds_on_clean_data_and_says_so(capsys):
    assert main([]) == 0
    assert "the data are clean" in capsys.readouterr().err


def test_the_command_fails_and_lists_every_fault(damaged, capsys):
    damaged.set("forces", 0, "best", "many")
    damaged.set("events", 0, "latest", "yesterday")
    assert main([str(damaged.folder)]) == 1
    out = capsys.readouterr().out
    assert "events.csv:2:latest: 'yesterday' is not a date" in out
    assert "forces.csv:2:best: 'many' is not a number" in out


# --- files -----------------------------------------------------------------------------------------


def test_a_missing_file(damaged):
    (damaged.folder / "places.csv").unlink()
    assert damaged.faults() == ["places.csv:0:-: the file is missing; put it back or take it out of the descriptor"]


def test_a_missing_bibliography(damaged):
    (damaged.folder / "references.bib").unlink()
    assert "references.bib:0:-: the file is missing; put it back" in damaged.faults()


def test_a_file_in_another_encoding(damaged):
    path = damaged.folder / "actor_names.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))
    assert re.match(r"actor_names\.csv:\d+:-: not UTF-8 text \(byte 0xff\); save", damaged.faults()[0])


def test_a_byte_order_mark(damaged):
    path = damaged.folder / "events.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert "events.csv:1:-: a byte-order mark stands in the file" in damaged.faults()[0]


def test_windows_line_ends(damaged):
    path = damaged.folder / "events.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert "events.csv:1:-: the line does not end in LF alone" in damaged.faults()[0]


def test_a_cut_off_last_line(damaged):
    path = damaged.folder / "events.csv"
    path.write_bytes(path.read_bytes()[:-1])
    assert "the last line has no line end" in damaged.faults()[0]


def test_a_cell_too_many(damaged):
    damaged.edit("policies.csv" if len(damaged.rows("policies")) else "terms.csv", "\n", ",x\n")
    assert "unknown column" in damaged.faults()[0]


def test_a_comma_too_many_in_one_row(damaged):
    path = damaged.folder / "terms.csv"
    lines = path.read_text(encoding="utf-8").split("\n")
    lines[3] += ",x"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert re.match(r"terms\.csv:4:-: \d+ cells in a table of \d+ columns", damaged.faults()[0])


def test_an_unknown_column(damaged):
    damaged.edit("events.csv", "id,title", "id,headline")
    assert damaged.faults() == [
        "events.csv:1:headline: unknown column; take it out or describe it in datapackage.json",
        "events.csv:1:title: the column is missing; add it (its cells may be empty)",
    ]


def test_columns_in_another_order(damaged):
    damaged.edit("events.csv", "id,title,summary", "id,summary,title")
    assert "events.csv:1:-: columns out of order; the order is id,title,summary" in damaged.faults()[0]


# --- the descriptor --------------------------------------------------------------------------------


def test_a_column_without_a_description(damaged):
    damaged.edit("datapackage.json", '"description": "Key of the event."', '"description": ""')
    assert damaged.faults() == ["datapackage.json:0:events.id: the column has no description; write one"]


def test_a_table_without_a_description(damaged):
    text = (damaged.folder / "datapackage.json").read_text(encoding="utf-8")
    found = re.search(r'"title": "Places",\s+"description": "[^"]+"', text).group()
    damaged.edit("datapackage.json", found, '"title": "Places"')
    assert damaged.faults() == ["datapackage.json:0:places: the table has no description; write one"]


def test_a_value_listed_but_not_defined(damaged):
    damaged.edit("datapackage.json", '"settled": "', '"decided": "')
    assert any("the value 'settled' stands in only one of `enum` and `definitions`" in f for f in damaged.faults())


# --- structure -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "column", "value", "message"),
    [
        ("events", "latest", "1918-02-30", "'1918-02-30' is not a date"),
        ("events", "latest", "2 March 1918", "'2 March 1918' is not a date"),
        ("forces", "high", "3,000", "'3,000' is not a number"),
        ("sources", "year_written", "c. 1920", "'c. 1920' is not a whole number"),
        ("relations", "directed", "yes", "'yes' is not true or false"),
        ("events", "status", "sure", "'sure' is not in the list of values: settled, contested, single_source"),
        ("claims", "quote_language", "Russian", "'Russian' is not of the form [a-z]{2}"),
        ("actors", "wikidata", "5764", "'5764' is not of the form Q[1-9][0-9]*"),
        ("forces", "low", "-5", "'-5' is beyond the minimum, 0"),
        ("sources", "year_published", "2918", "'2918' is beyond the maximum, 2026"),
        ("events", "title", " a space", "a space stands at an end"),
        ("places", "name_today", "NA", "'NA' is read as missing by common programs"),
        ("actors", "name", "", "the cell is empty and must not be; fill it"),
        ("events", "source", "", "the cell is empty and must not be; cite a source: key[place]"),
        ("claims", "source", "nobody1918", "there is no row 'nobody1918' in sources.csv"),
        ("claims", "locator", "", "the cell is empty and must not be; fill it"),
        ("events", "place", "atlantis", "there is no row 'atlantis' in places.csv"),
        ("events", "part_of", "the_great_war", "there is no row 'the_great_war' in events.csv"),
        ("events", "after", "campaign;the_flood", "there is no row 'the_flood' in events.csv"),
    ],
)
def test_a_cell_that_breaks_the_structure_is_named(damaged, table, column, value, message):
    damaged.set(table, 1, column, value)
    assert any(f.startswith(f"{table}.csv:3:{column}: {message}") for f in damaged.faults()), damaged.faults()


def test_the_words_that_the_check_forbids_are_those_that_pandas_takes_for_missing(tmp_path):
    words = sorted(PANDAS_MISSING)
    file = tmp_path / "words.csv"
    file.write_text("\n".join(["word", *words]) + "\n", encoding="utf-8")
    assert pd.read_csv(file)["word"].isna().all()
    assert STR_NA_VALUES - {""} == PANDAS_MISSING, "pandas has learnt another spelling; put it in"


def test_a_duplicate_id(damaged):
    rows = damaged.rows("terms")
    damaged.write("terms", [rows[0], *rows])
    assert f"terms.csv:3:id: the id {rows[0]['id']!r} stands in line 2 too; ids are unique" in damaged.faults()


def test_rows_out_of_order(damaged):
    rows = damaged.rows("terms")
    damaged.write("terms", [*rows[2:], *rows[:2]])
    assert any("sort the rows by id" in f for f in damaged.faults())


# --- citations and claims --------------------------------------------------------------------------


def test_an_uncited_row(damaged):
    damaged.set("actors", 5, "source", "")
    assert damaged.faults() == ["actors.csv:7:source: the cell is empty and must not be; cite a source: key[place]"]


def test_an_unresolvable_citation(damaged):
    damaged.set("actors", 5, "source", "kuts;becker2042[7]")
    assert (
        "actors.csv:7:source: there is no source 'becker2042' in sources.csv; mend the key or add the text"
        in damaged.faults()
    )


def test_a_citation_that_cannot_be_parsed(damaged):
    damaged.set("actors", 5, "source", "Kuts, p. 5")
    assert any("'Kuts, p. 5' is not a citation" in f for f in damaged.faults())


def test_a_source_without_its_entry_in_the_bibliography(damaged):
    damaged.edit("references.bib", "{kuts,", "{kutz,")
    faults = damaged.faults()
    assert any("references.bib has no entry 'kuts'" in f for f in faults)
    assert any("references.bib:0:kutz: the entry has no row in sources.csv" in f for f in faults)


def test_a_bibliography_that_is_not_bibtex(damaged):
    damaged.edit("references.bib", "{kuts,", "kuts,")
    assert any(f.startswith("references.bib:0:-: not BibTeX") for f in damaged.faults())


def test_a_source_that_nobody_cites(damaged):
    rows = damaged.rows("sources")
    lonely = rows[0] | {"id": "zzz_unread", "label": "Unread"}
    damaged.write("sources", [*rows, lonely])
    damaged.edit("references.bib", "{kuts,", "{zzz_unread, title={Unread}, year={1918}}\n@misc{kuts,")
    assert damaged.faults() == [
        f"sources.csv:{len(rows) + 2}:id: no row cites 'zzz_unread'; enter what it says or take it out"
    ]


def test_a_claim_about_two_things(damaged):
    index = damaged.find("claims", event="*")
    damaged.set("claims", index, "place", "kagan")
    assert any(
        f.startswith(f"claims.csv:{index + 2}:-: a claim has exactly one subject, this has event and place")
        for f in damaged.faults()
    )


def test_a_claim_about_nothing(damaged):
    index = damaged.find("claims", place="*")
    damaged.set("claims", index, "place", "")
    assert any(
        f.startswith(f"claims.csv:{index + 2}:-: a claim has exactly one subject, this has none")
        for f in damaged.faults()
    )


def test_every_cited_claim_without_its_subject_is_told_and_no_rule_fails_on_it(damaged):
    rows = damaged.rows("claims")
    cited = {key for row in damaged.rows("findings") for c in CITING for key in row[c].split(";")} - {""}
    spoilt = [row | dict.fromkeys(SUBJECTS, "") if row["id"] in cited else row for row in rows]
    damaged.write("claims", spoilt)
    places = [f"claims.csv:{line}:-" for line, row in enumerate(rows, start=2) if row["id"] in cited]
    found = damaged.faults()
    assert len(places) > 200
    assert [fault.split(": ")[0] for fault in found if "this has none" in fault] == places
    assert not any("the checker is at fault" in fault for fault in found)


def test_a_claim_without_its_subject_fails_no_rule_on_findings_one_by_one(damaged):
    tables, _ = read_raw(damaged.folder, descriptor := read_descriptor(damaged.folder))
    claims = tables["claims"]
    for index in {claims.records[k] for c in CITING for cell in tables["findings"][c].distinct for k in parts(cell)}:
        columns = {**claims.columns, **{s: _emptied(claims[s], index) for s in SUBJECTS if claims[s][index]}}
        package = Package(damaged.folder, descriptor, {**tables, "claims": replace(claims, columns=columns)})
        for rule in CONCLUSIONS:
            list(rule(package))


def _emptied(column, index):
    codes = column.codes.copy()
    codes[index] = 0
    return replace(column, codes=codes)


def test_a_quotation_that_is_too_long(damaged):
    index = damaged.find("claims", quote="*")
    damaged.set("claims", index, "quote", "слово " * 25 + "слово")
    assert f"claims.csv:{index + 2}:quote: 26 words; quote at most 25" in damaged.faults()


def test_a_quotation_without_language_or_translation(damaged):
    index = damaged.find("claims", quote="*", quote_language="ru")
    damaged.set("claims", index, "translation", "")
    assert f"claims.csv:{index + 2}:translation: the quotation has no translation; add your own" in damaged.faults()
    damaged.set("claims", index, "quote_language", "")
    assert any("the quotation has no language" in f for f in damaged.faults())


def test_a_deprecated_claim_without_a_reason(damaged):
    index = damaged.find("claims", rank="deprecated")
    damaged.set("claims", index, "note", "")
    assert any("the claim is deprecated without a reason" in f for f in damaged.faults())


def test_up_to_with_a_best_value_and_at_least_with_one(damaged):
    index = damaged.find("claims", hedge="at_most", high="*")
    damaged.set("claims", index, "best", "1")
    assert f"claims.csv:{index + 2}:hedge: `at_most` gives `high` only; move the number" in damaged.faults()
    index = damaged.find("claims", hedge="at_least", low="*")
    damaged.set("claims", index, "best", "999999")
    assert any("`at_least` gives `low`" in f for f in damaged.faults())


def test_a_number_without_a_unit(damaged):
    index = damaged.find("claims", unit="*", best="*")
    damaged.set("claims", index, "unit", "")
    assert f"claims.csv:{index + 2}:unit: a number without a unit; add the unit" in damaged.faults()


def test_coordinates_outside_the_region(damaged):
    index = damaged.find("places", id="kagan")
    damaged.set("places", index, "lat", "59.7")
    assert any("59.7 lies outside the region" in f for f in damaged.faults())


def test_a_latitude_without_a_longitude(damaged):
    index = damaged.find("places", id="kagan")
    damaged.set("places", index, "lon", "")
    assert any("latitude, longitude and precision go together" in f for f in damaged.faults())


# --- readings --------------------------------------------------------------------------------------


def test_low_above_high(damaged):
    index = damaged.find("forces", low="*", high="*")
    damaged.set("forces", index, "low", "99999999")
    assert any(f.startswith(f"forces.csv:{index + 2}:low: low 9.99") or "low 1e+08" in f for f in damaged.faults())


def test_earliest_after_latest(damaged):
    index = damaged.find("events", id="ultimatum_sent")
    damaged.set("events", index, "earliest", "1918-12-01")
    assert any("earliest 1918-12-01 is later than latest" in f for f in damaged.faults())


def test_an_event_that_no_source_tells(damaged):
    rows = damaged.rows("events")
    invented = rows[-1] | {"id": "zzz_invented"}
    damaged.write("events", [*rows, invented])
    assert any("no claim says so; add a row with event = 'zzz_invented' to claims.csv" in f for f in damaged.faults())


def test_a_single_source_that_is_two(damaged):
    index = damaged.find("events", id="ultimatum_sent")
    damaged.set("events", index, "status", "single_source")
    assert any("single_source, but its claims come from" in f for f in damaged.faults())


def test_a_contest_within_one_lineage(damaged):
    index = damaged.find("events", status="single_source")
    damaged.set("events", index, "status", "contested")
    assert any("contested, but its claims come from one lineage" in f for f in damaged.faults())


def test_a_contested_reading_without_a_reason(damaged):
    index = damaged.find("events", status="contested")
    damaged.set("events", index, "because", "")
    assert any("contested without a reason" in f for f in damaged.faults())


def test_a_number_beyond_its_claims(damaged):
    index = damaged.find("forces", status="single_source", because="", best="*", method="single_claim")
    damaged.set("forces", index, "high", "1000000")
    assert any(f.startswith(f"forces.csv:{index + 2}:high: the reading goes beyond") for f in damaged.faults())


def test_a_date_beyond_its_claims(damaged):
    dated = {r["event"] for r in damaged.rows("claims") if r["event"] and r["attribute"] == "date" and r["latest"]}
    index = next(
        i
        for i, r in enumerate(damaged.rows("events"))
        if r["id"] in dated and not r["because"] and r["latest"] and r["phase"] == "aftermath" and not r["part_of"]
    )
    damaged.set("events", index, "date_edtf", "")
    damaged.set("events", index, "latest", "1999-12-31")
    assert any("the reading goes beyond what its claims say" in f for f in damaged.faults())


def test_a_tie_whose_sign_is_not_that_of_its_kind(damaged):
    index = damaged.find("relations", kind="hostilities")
    damaged.set("relations", index, "sign", "1")
    assert any("a tie of the kind hostilities has the sign -1" in f for f in damaged.faults())


def test_a_tie_of_an_actor_with_itself(damaged):
    actor = damaged.rows("relations")[0]["actor_a"]
    damaged.set("relations", 0, "actor_b", actor)
    assert any("both ends are the same actor" in f for f in damaged.faults())


def test_hierarchy_entered_as_alliance(damaged):
    index = damaged.find("relations", kind="alliance")
    damaged.set("relations", index, "actor_a", "kolesov")
    damaged.set("relations", index, "actor_b", "kishishev")
    assert any("that is hierarchy (actors.parent), not alliance" in f for f in damaged.faults())


def test_an_actor_that_belongs_to_itself(damaged):
    damaged.set("actors", damaged.find("actors", id="emirate"), "parent", "alimkhan")
    assert any("belongs to itself through its parents" in f for f in damaged.faults())


# --- time ------------------------------------------------------------------------------------------


def test_a_date_text_that_is_not_its_bounds(damaged):
    index = damaged.find("events", date_edtf="1918-03-02")
    damaged.set("events", index, "date_edtf", "1918-03-04")
    assert any(f.startswith(f"events.csv:{index + 2}:date_edtf: '1918-03-04' means") for f in damaged.faults())


def test_a_date_text_that_is_not_edtf(damaged):
    index = damaged.find("events", date_edtf="1918-03-02")
    damaged.set("events", index, "date_edtf", "early March")
    assert any("'early March': not EDTF: write a date as in" in f for f in damaged.faults())


def test_events_that_run_in_a_circle(damaged):
    damaged.set("events", damaged.find("events", id="ultimatum_sent"), "after", "kyzyl_tepe_agreement")
    damaged.set("events", damaged.find("events", id="kyzyl_tepe_agreement"), "after", "ultimatum_sent")
    assert any("`after` runs in a circle" in f for f in damaged.faults())


def test_an_order_that_the_dates_forbid(damaged):
    damaged.set("events", damaged.find("events", id="ultimatum_sent"), "after", "bukhara_taken_1920")
    (fault,) = damaged.faults()
    assert "'bukhara_taken_1920' is not before 1920-09-02 and 'ultimatum_sent' not after 1918-03-01" in fault
    assert fault.endswith("mend the dates or the links")


def test_a_printed_date_without_a_calendar(damaged):
    index = damaged.find("claims", date_as_written="*", calendar_assumed="*", earliest="*", latest="*")
    damaged.set("claims", index, "calendar_stated", "")
    damaged.set("claims", index, "calendar_assumed", "")
    faults = damaged.faults()
    assert any("say in which calendar, or `unstated`" in f for f in faults)
    assert any("the date was turned into New Style; say from which calendar" in f for f in faults)


def test_a_calendar_assumed_without_a_ground(damaged):
    index = damaged.find("claims", calendar_stated="unstated", calendar_assumed="*")
    damaged.set("claims", index, "assumed_because", "")
    assert any("a calendar is assumed; say on what ground" in f for f in damaged.faults())


def test_a_weekday_that_the_day_was_not(damaged):
    index = damaged.find("claims", weekday_stated="Friday", event="ultimatum_sent")
    damaged.set("claims", index, "weekday_stated", "Monday")
    assert any("the source says Monday, but" in f for f in damaged.faults())


def test_a_hijri_date_thirteen_days_off(damaged):
    index = damaged.find("claims", hijri_stated="1336-05-19")
    damaged.set("claims", index, "earliest", "1918-03-15")
    damaged.set("claims", index, "latest", "1918-03-15")
    assert any("1336-05-19 falls about 1918-03-02, but 1918-03-15" in f for f in damaged.faults())


# --- all rules together ----------------------------------------------------------------------------


def test_every_rule_has_a_sentence_that_says_what_it_asks():
    for rule in (*DESCRIPTION, *STRUCTURE, *MEANING, *CONCLUSIONS):
        assert rule.__doc__
        assert rule.__doc__.strip().endswith(".")


#: What may befall a cell: a letter put in, taken out or changed, the cell emptied, another row's value put there.
DAMAGES = ("put in", "take out", "change", "empty", "exchange")


def _damage(draw, cell, column):
    """Return a cell with one damage, and possibly (an exchange of equal values) with none."""
    kind, place = draw(st.sampled_from(DAMAGES)), draw(st.integers(0, len(cell) - 1))
    letter = draw(st.sampled_from("0123456789abcxyzO%;-. ñ"))
    return {
        "put in": cell[:place] + letter + cell[place:],
        "take out": cell[:place] + cell[place + 1 :],
        "change": cell[:place] + letter + cell[place + 1 :],
        "empty": "",
        "exchange": draw(st.sampled_from(column)),
    }[kind]


@settings(
    max_examples=settings().max_examples // 4,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_no_damage_to_a_single_key_or_number_goes_unnoticed(campaign, damaged, data):
    resource = data.draw(st.sampled_from([r for r in campaign.package["resources"] if len(campaign[r["name"]])]))
    columns = [f["name"] for f in resource["schema"]["fields"] if _is_key_or_number(f, resource)]
    with _restored(damaged.folder / resource["path"]):
        column = data.draw(st.sampled_from(columns))
        filled = {i: row[column] for i, row in enumerate(damaged.rows(resource["name"])) if row[column]}
        if not filled:
            return
        index = data.draw(st.sampled_from(sorted(filled)))
        spoilt = _damage(data.draw, filled[index], sorted(set(filled.values())))
        if spoilt == filled[index]:
            return
        damaged.set(resource["name"], index, column, spoilt)
        assert damaged.faults(), (resource["name"], index, column)


@settings(
    max_examples=settings().max_examples // 4,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_a_key_that_leads_nowhere_is_named_by_its_place_whatever_the_seal_says(campaign, damaged, data):
    resource = data.draw(st.sampled_from([r for r in campaign.package["resources"] if len(campaign[r["name"]])]))
    name, columns = resource["name"], [f for f in resource["schema"]["fields"] if _is_reference(f, resource)]
    if not columns:
        return
    with _restored(damaged.folder / resource["path"]):
        column = data.draw(st.sampled_from(columns))["name"]
        filled = [i for i, row in enumerate(damaged.rows(name)) if row[column]]
        if not filled:
            return
        index = data.draw(st.sampled_from(filled))
        damaged.set(
            name, index, column, damaged.rows(name)[index][column] + data.draw(st.sampled_from(["x9", ";", "%"]))
        )
        assert f"{resource['path']}:{index + 2}:{column}: " in "\n".join(map(str, check(damaged.folder, seal=False)))


@contextmanager
def _restored(path):
    whole = path.read_bytes()
    try:
        yield
    finally:
        path.write_bytes(whole)


def _is_reference(field, resource):
    foreign = {k["fields"][0] for k in resource["schema"].get("foreignKeys", ())}
    return field["name"] in foreign or "references" in field


def _is_key_or_number(field, resource):
    return field["name"] == "id" or _is_reference(field, resource) or field["type"] in ("number", "integer", "date")


def test_checking_leaves_the_folder_as_it_was(damaged):
    before = {path.name: path.read_bytes() for path in damaged.folder.iterdir()}
    check(damaged.folder)
    assert {path.name: path.read_bytes() for path in damaged.folder.iterdir()} == before


def test_the_check_reads_the_books_own_data_by_default():
    assert check() == check(data_folder())


# --- the seal --------------------------------------------------------------------------------------


def test_a_changed_word_that_breaks_no_rule_breaks_the_seal(damaged):
    damaged.set("terms", 0, "note", "Changed by somebody.")
    (fault,) = damaged.faults()
    assert fault.startswith("terms.csv:0:-: the file is not the one that datapackage.json was sealed with")


def test_sealing_accepts_a_change_that_is_meant_and_alters_nothing_else(damaged):
    whole = (damaged.folder / "datapackage.json").read_text(encoding="utf-8")
    assert seal([str(damaged.folder)]) == 0
    assert (damaged.folder / "datapackage.json").read_text(encoding="utf-8") == whole
    damaged.set("terms", 0, "note", "Changed by somebody.")
    assert seal([str(damaged.folder)]) == 0
    assert damaged.faults() == []


def test_data_that_are_not_clean_cannot_be_sealed(damaged, capsys):
    damaged.set("terms", 0, "topic", "weather")
    before = (damaged.folder / "datapackage.json").read_bytes()
    assert seal([str(damaged.folder)]) == 1
    assert "'weather' is not in the list of values" in capsys.readouterr().out
    assert (damaged.folder / "datapackage.json").read_bytes() == before


# --- what the descriptor says of the conflict --------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "cell", "value", "message"),
    [
        ("", "spatial", "", "spatial: it is missing; write in a few words which ground"),
        ("", "findings", "", "findings: it is missing; write where the functions"),
        ("", "period", ["1918-02-24"], "period: it is no pair of days within `temporal`"),
        ("", "period", ["1864-12-31", "1918-04-30"], "period: it is no pair of days within `temporal`"),
        ("", "period", ["1918-04-30", "1917-11-01"], "period: it is no pair of days within `temporal`"),
        ("", "period", ["spring", "1918-04-30"], "period: it is no pair of days within `temporal`"),
        ("places.lat", "region", [53, 45], "places.lat: `region` is no pair of numbers"),
        ("places.lon", "region", None, "places.lon: `region` is no pair of numbers"),
        ("actors.side", "looks", {}, "'soviet' has no row in `looks`; add one"),
        ("actors.side", "looks.nobody", {}, "'nobody' has a look and is no side; take one out"),
        ("actors.side", "looks.soviet", {"label": "Reds"}, "the look of 'soviet' has no 'symbol'; add it"),
        ("actors.side", "looks.soviet", {"colour": "red"}, "'red' of 'soviet' is no colour; write one like"),
        ("actors.side", "looks.soviet", {"part": [1, 0, 1]}, "`part` of 'soviet' is not left, right"),
        ("actors.side", "no_family_names", ["court"], "`no_family_names` has 'court', which is no side"),
        ("events.phase", "event_of", None, "`event_of` is missing; give phases the event"),
        ("events.phase", "event_of.summer", "december_talks", "`event_of` has 'summer', which is no phase"),
        ("events.phase", "event_of.winter", "june_talks", "names the event 'june_talks', which events.csv"),
        ("policies.calendar_unstated", "days", ["1918-02-24", "16 March"], ": `days` is no pair of days"),
        ("policies.calendar_unstated", "stay", ["diary"], "`stay` names the text 'diary', which sources.csv has not"),
        ("sources.perspective", "labels.court", "the court's", "'court' stands in only one of `enum` and `labels`"),
    ],
)
def test_what_the_descriptor_must_say_of_the_conflict(damaged, place, cell, value, message):
    descriptor = read_descriptor(damaged.folder)
    target = described(descriptor, *place.split(".")) if place else descriptor
    *path, last = cell.split(".")
    for name in path:
        target = target[name]
    target[last] = value
    if value is None:
        del target[last]
    write_descriptor(damaged.folder, descriptor)
    assert any(message in fault for fault in damaged.faults()), damaged.faults()


# --- checked and handed out ------------------------------------------------------------------------


def test_what_is_clean_is_handed_out_as_load_hands_it_out(campaign):
    checked = load_checked()
    assert list(checked) == list(campaign)
    assert all(checked[name].equals(campaign[name]) for name in campaign)


def test_what_is_not_clean_is_refused_with_every_fault_of_the_check(damaged):
    damaged.set("actors", 5, "source", "")
    damaged.set("terms", 0, "topic", "weather")
    with pytest.raises(DataError) as caught:
        load_checked(damaged.folder)
    assert list(map(str, caught.value.faults)) == damaged.faults()
