"""Every export is read back with a program that is not ours, and holds what the tables hold."""

import json
import sqlite3
import zipfile

import networkx as nx
import pandas as pd
import pytest

import helpers.export as exports
from helpers.export import FILES, export, file_names


@pytest.fixture(scope="module")
def written(campaign, tmp_path_factory):
    folder = tmp_path_factory.mktemp("exports") / "out"
    export(campaign, folder)
    return folder


def test_all_files_are_written_and_nothing_else(campaign, written):
    assert {path.name for path in written.iterdir()} == set(file_names(campaign))
    assert not [p for p in written.parent.iterdir() if p != written]


@pytest.mark.parametrize(("name", "read"), [("relations.graphml", nx.read_graphml), ("relations.gexf", nx.read_gexf)])
def test_the_graph_comes_back_with_every_tie_sign_and_date(campaign, written, name, read):
    graph = read(written / name)
    assert set(graph) == set(campaign.actors.index)
    edges = {data["relation"]: (a, b, data) for a, b, data in graph.edges(data=True)}
    assert set(edges) == set(campaign.relations.index)
    for relation, row in campaign.relations.iterrows():
        a, b, data = edges[relation]
        assert (a, b, data["sign"]) == (row["actor_a"], row["actor_b"], row["sign"])
        assert data["directed"] == row["directed"]
        for column in ("start_earliest", "start_latest", "end_earliest", "end_latest"):
            expected = None if pd.isna(row[column]) else row[column].date().isoformat()
            assert data.get(column) == expected


def test_the_timeline_of_gephi_finds_the_span_of_each_tie(campaign, written):
    text = (written / "relations.gexf").read_text(encoding="utf-8")
    dated = campaign.relations["start_earliest"].notna().sum()
    assert 'mode="dynamic"' in text
    assert 'timeformat="date"' in text
    assert text.count(" start=") >= dated


def test_the_map_holds_every_place_that_has_coordinates(campaign, written):
    features = json.loads((written / "places.geojson").read_text(encoding="utf-8"))["features"]
    points = {f["properties"]["id"]: f["geometry"]["coordinates"] for f in features if f["geometry"]["type"] == "Point"}
    located = campaign.places.dropna(subset=["lat", "lon"])
    assert points == {key: [row["lon"], row["lat"]] for key, row in located.iterrows()}
    (line,) = [f for f in features if f["geometry"]["type"] == "LineString"]
    assert points["kagan"] in line["geometry"]["coordinates"]
    assert points["samarkand"] not in line["geometry"]["coordinates"]


def test_sqlite_holds_every_table_with_keys_that_hold(campaign, written):
    with sqlite3.connect(written / "five-days-notice.sqlite") as base:
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        for name in campaign:
            frame = pd.read_sql(f"SELECT * FROM {name}", base, index_col="id")
            assert list(frame.index) == list(campaign[name].index)
            assert (frame.isna() == campaign[name].isna()).all(axis=None), name
        total = base.execute("SELECT sum(best) FROM claims").fetchone()[0]
    assert total == pytest.approx(float(campaign.claims["best"].sum()))


def test_sqlite_carries_the_dictionary_and_the_links(campaign, written):
    with sqlite3.connect(written / "five-days-notice.sqlite") as base:
        (sql,) = base.execute("SELECT sql FROM sqlite_master WHERE name = 'claims'").fetchone()
        for resource in campaign.package["resources"]:
            if resource["name"] == "claims":
                assert all(field["description"] in sql for field in resource["schema"]["fields"])
        after = campaign.events["after"].dropna().str.split(";").map(len).sum()
        assert base.execute("SELECT count(*) FROM events_after").fetchone() == (after,)
        said = base.execute("SELECT count(*) FROM citations WHERE source = 'kuts' AND \"table\" = 'actors'").fetchone()[
            0
        ]
    assert said == campaign.actors["source"].str.contains(r"\bkuts\b").sum()


def test_the_zip_holds_the_package_byte_for_byte_and_is_the_same_on_every_run(campaign, written, tmp_path):
    with zipfile.ZipFile(written / "five-days-notice.zip") as archive:
        assert archive.testzip() is None
        for resource in campaign.package["resources"]:
            assert (
                archive.read(f"five-days-notice/{resource['path']}") == (campaign.path / resource["path"]).read_bytes()
            )
    FILES["{package}.zip"](campaign, tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == (written / "five-days-notice.zip").read_bytes()


def test_search_engines_are_told_every_table_and_column(campaign, written):
    told = json.loads((written / "dataset.jsonld").read_text(encoding="utf-8"))
    assert told["@type"] == "Dataset"
    assert told["license"].startswith("https://creativecommons.org")
    columns = {f"{r['name']}.{f['name']}" for r in campaign.package["resources"] for f in r["schema"]["fields"]}
    assert {v["name"] for v in told["variableMeasured"]} == columns


def test_an_export_that_fails_leaves_the_earlier_one_whole(campaign, written, monkeypatch):
    before = {path.name: path.read_bytes() for path in written.iterdir()}

    def broken(campaign, path):
        path.write_text("half")
        raise OSError("disk full")

    monkeypatch.setattr(exports, "FILES", {**FILES, "dataset.jsonld": broken})
    with pytest.raises(OSError, match="disk full"):
        export(campaign, written)
    assert {path.name: path.read_bytes() for path in written.iterdir()} == before
    assert not [p for p in written.parent.iterdir() if p != written]


def test_a_file_where_the_folder_should_be_is_refused_and_kept(campaign, tmp_path):
    (tmp_path / "out").write_text("mine")
    with pytest.raises(NotADirectoryError, match="give a folder"):
        export(campaign, tmp_path / "out")
    assert (tmp_path / "out").read_text() == "mine"


def test_the_command_writes_the_files_and_names_them(tmp_path, capsys):
    assert exports.main([str(tmp_path / "out")]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(FILES)


def test_the_command_tells_of_data_that_cannot_be_read(tmp_path, capsys):
    assert exports.main([str(tmp_path / "out"), "--data", str(tmp_path)]) == 1
    assert "no such file" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
