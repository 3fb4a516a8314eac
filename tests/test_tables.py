"""Reading the package: types, refusals, and frames that nobody can spoil for the next reader."""

import json
import shutil

import pandas as pd
import pytest

import helpers
from helpers.record import Fault, data_folder


def test_every_table_of_the_descriptor_is_handed_out_with_its_id_as_index(campaign):
    for resource in campaign.package["resources"]:
        frame = campaign[resource["name"]]
        assert frame.index.name == "id"
        assert list(frame.columns) == [f["name"] for f in resource["schema"]["fields"]][1:]


def test_columns_have_the_type_that_the_descriptor_names(campaign):
    assert campaign.events["earliest"].dtype.kind == "M"
    assert campaign.forces["low"].dtype == "Float64"
    assert campaign.relations["sign"].dtype == "Int64"
    assert campaign.relations["directed"].dtype == "boolean"
    assert isinstance(campaign.actors["name"].dtype, pd.StringDtype)


def test_a_frame_changed_by_one_reader_is_whole_for_the_next(campaign):
    mine = campaign.events
    mine.loc["campaign", "title"] = "spoilt"
    assert campaign.events.loc["campaign", "title"] != "spoilt"


def test_a_campaign_cannot_be_changed(campaign):
    with pytest.raises(AttributeError):
        campaign.path = None
    with pytest.raises(TypeError):
        campaign.tables["events"] = None


def test_a_table_that_is_not_there_is_refused_by_name(campaign):
    with pytest.raises(KeyError, match="no table 'battles'; it has sources"):
        campaign["battles"]
    with pytest.raises(AttributeError, match="no table 'battles'"):
        campaign.battles  # noqa: B018


def test_a_cell_of_the_wrong_type_is_named_with_file_row_and_column(damaged):
    damaged.set("forces", 0, "best", "many")
    with pytest.raises(helpers.DataError, match=r"forces\.csv:2:best: 'many' is not a number"):
        helpers.load(damaged.folder)


def test_all_faults_are_told_at_once(damaged):
    damaged.set("forces", 0, "best", "many")
    damaged.set("events", 3, "earliest", "1918-02-30")
    (damaged.folder / "terms.csv").unlink()
    with pytest.raises(helpers.DataError) as caught:
        helpers.load(damaged.folder)
    assert {fault.file for fault in caught.value.faults} == {"forces.csv", "events.csv", "terms.csv"}


def test_a_descriptor_that_is_not_json_is_refused_with_its_line(damaged):
    (damaged.folder / "datapackage.json").write_text('{\n "name": ,\n}', encoding="utf-8")
    with pytest.raises(helpers.DataError, match=r"datapackage\.json:2:-: not JSON"):
        helpers.load(damaged.folder)


def test_a_folder_without_a_package_is_refused(tmp_path):
    with pytest.raises(helpers.DataError, match="no such file"):
        helpers.load(tmp_path)


def test_a_copy_of_the_data_elsewhere_reads_the_same(campaign, tmp_path):
    copy = shutil.copytree(data_folder(), tmp_path / "elsewhere")
    assert helpers.load(copy).claims.equals(campaign.claims)


def test_a_table_without_rows_keeps_its_columns_and_types(tmp_path):
    descriptor = {
        "resources": [
            {
                "name": "things",
                "path": "things.csv",
                "schema": {"fields": [{"name": "id", "type": "string"}, {"name": "count", "type": "integer"}]},
            }
        ]
    }
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    (tmp_path / "things.csv").write_text("id,count\n", encoding="utf-8")
    things = helpers.load(tmp_path).things
    assert list(things.columns) == ["count"]
    assert things["count"].dtype == "Int64"
    assert things.empty


def test_plain_pandas_reads_every_table_and_turns_no_word_into_a_missing_value(campaign):
    for name, resource in zip(campaign, campaign.package["resources"], strict=True):
        path = campaign.path / resource["path"]
        guessed = pd.read_csv(path)
        exact = pd.read_csv(path, keep_default_na=False, na_values=[""])
        assert (guessed.isna() == exact.isna()).all(axis=None), name
        assert (guessed.set_index("id").isna() == campaign[name].isna()).all(axis=None), name


PLAIN = {"string": "O", "date": "O", "number": "f", "integer": "if", "boolean": "b"}


def test_plain_pandas_gives_the_types_that_the_dictionary_promises(campaign):
    for resource in campaign.package["resources"]:
        plain = pd.read_csv(campaign.path / resource["path"])
        for field in resource["schema"]["fields"]:
            column = plain[field["name"]].dropna()
            if column.empty:
                continue
            if field["type"] in ("string", "date"):
                assert column.map(type).eq(str).all(), f"{resource['name']}.{field['name']}"
            else:
                assert column.dtype.kind in PLAIN[field["type"]], f"{resource['name']}.{field['name']}"


def test_a_fault_reads_as_file_row_column_and_message():
    assert str(Fault("events.csv", 12, "latest", "mend it")) == "events.csv:12:latest: mend it"
