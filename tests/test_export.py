"""Every export is read back with a program that is not ours, and holds what the tables hold."""

import io
import json
import re
import sqlite3
import zipfile
from contextlib import closing
from xml.etree import ElementTree

import networkx as nx
import pandas as pd
import pytest

import helpers.export as exports
from helpers.export import FILES, export, file_names, sqlite
from helpers.export.dictionary import dictionary
from helpers.record import Campaign, DataError, read_descriptor

FILES_OF_GRAPHS = ("relations.graphml", "relations.gexf")


def read_graph(path):
    """Read a graph with networkx, which takes no file in which some edges have a direction and others none."""
    text = path.read_text("utf-8")
    if path.suffix == ".graphml":
        return nx.parse_graphml(text.replace(' directed="false"', ""))
    return nx.read_gexf(io.BytesIO(text.replace(' type="undirected"', "").encode()))


@pytest.fixture(scope="module")
def written(campaign, tmp_path_factory):
    folder = tmp_path_factory.mktemp("exports") / "out"
    export(campaign, folder)
    return folder


def test_all_files_are_written_and_nothing_else(campaign, written):
    assert {path.name for path in written.iterdir()} == set(file_names(campaign))
    assert not [p for p in written.parent.iterdir() if p != written]


@pytest.mark.parametrize("name", FILES_OF_GRAPHS)
def test_the_graph_comes_back_with_every_tie_sign_and_date(campaign, written, name):
    graph = read_graph(written / name)
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


GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
GEXF = "{http://www.gexf.net/1.2draft}"


def test_graphml_keeps_the_rules_of_its_schema(written):
    root = ElementTree.parse(written / "relations.graphml").getroot()
    assert root.tag == f"{GRAPHML}graphml"
    keys = {key.get("id"): key for key in root.findall(f"{GRAPHML}key")}
    assert len(keys) == len(root.findall(f"{GRAPHML}key"))
    for key in keys.values():
        assert key.get("for") in {"graph", "node", "edge", "all"}
        assert key.get("attr.type") in {"boolean", "int", "long", "float", "double", "string"}
    (graph,) = root.findall(f"{GRAPHML}graph")
    assert graph.get("edgedefault") in {"directed", "undirected"}
    nodes, edges = ([one.get("id") for one in graph.findall(GRAPHML + kind)] for kind in ("node", "edge"))
    assert len(set(nodes)) == len(nodes)
    assert len(set(edges)) == len(edges)
    assert all(re.fullmatch(r"[\w.:-]+", name) for name in (*keys, *nodes, *edges))  # NMTOKEN
    for kind in ("node", "edge"):
        for one in graph.findall(GRAPHML + kind):
            used = [data.get("key") for data in one.findall(f"{GRAPHML}data")]
            assert len(set(used)) == len(used)
            assert all(keys[key].get("for") == kind for key in used)
            if kind == "edge":
                assert {one.get("source"), one.get("target")} <= set(nodes)
    for data in graph.iter(f"{GRAPHML}data"):
        if keys[data.get("key")].get("attr.type") == "boolean":
            assert data.text in {"true", "false"}


def test_an_undirected_tie_is_undirected_in_the_words_of_each_format(campaign, written):
    directed = campaign.relations["directed"]
    assert {True, False} == set(directed)
    in_graphml = {
        e.get("id"): e.get("directed") for e in ElementTree.parse(written / "relations.graphml").iter(f"{GRAPHML}edge")
    }
    assert in_graphml == {key: None if value else "false" for key, value in directed.items()}
    gexf = ElementTree.parse(written / "relations.gexf")
    (name,) = [a.get("id") for a in gexf.iter(f"{GEXF}attribute") if a.get("title") == "relation"]
    in_gexf = {
        value.get("value"): edge.get("type")
        for edge in gexf.iter(f"{GEXF}edge")
        for value in edge.iter(f"{GEXF}attvalue")
        if value.get("for") == name
    }
    assert in_gexf == {key: None if value else "undirected" for key, value in directed.items()}


@pytest.fixture
def other(campaign):
    """A package that is not this book's: the campaign's, with a descriptor and tables that a test may change."""
    return Campaign(read_descriptor(campaign.path), dict(campaign.tables), campaign.path)


def test_a_number_with_decimals_is_kept(other, tmp_path):
    other.tables["relations"] = other.relations.assign(share=0.75)
    for name in FILES_OF_GRAPHS:
        FILES[name](other, tmp_path / name)
        assert {data["share"] for _, _, data in read_graph(tmp_path / name).edges(data=True)} == {0.75}


def test_a_character_that_xml_cannot_hold_is_refused_with_its_place_and_nothing_is_written(other, tmp_path):
    labels = other.actors["label"].copy()
    labels.iloc[3] += "\x0b"
    other.tables["actors"] = other.actors.assign(label=labels)
    with pytest.raises(DataError, match=r"^actors.csv:5:label: the character U\+000B cannot be exported; take it out$"):
        export(other, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_table_may_be_named_like_a_word_of_sql_and_described_in_two_lines(other, tmp_path):
    resource = next(r for r in other.package["resources"] if r["name"] == "policies")
    resource |= {"name": "group", "description": "One row is a group.\nDROP TABLE claims;"}
    resource["schema"]["fields"][1]["description"] = "Its name,\nin two lines."
    other.tables["group"] = other.tables.pop("policies")
    sqlite.write_sqlite(other, tmp_path / "other.sqlite")
    with closing(sqlite3.connect(tmp_path / "other.sqlite")) as base:
        assert base.execute('SELECT count(*) FROM "group"').fetchone() == (len(other.tables["group"]),)
        (sql,) = base.execute("SELECT sql FROM sqlite_master WHERE name = 'group'").fetchone()
    assert "-- One row is a group. DROP TABLE claims;" in sql
    assert "-- Its name, in two lines." in sql


def test_a_package_without_licence_version_or_ground_is_exported_all_the_same(other, tmp_path):
    for key in ("licenses", "version", "spatial", "created", "keywords"):
        other.package.pop(key)
    for resource in other.package["resources"]:
        resource.pop("title"), resource.pop("mediatype")
    export(other, tmp_path)
    told = json.loads((tmp_path / "dataset.jsonld").read_text("utf-8"))
    assert not {"license", "version", "spatialCoverage", "dateCreated"} & told.keys()
    assert told["distribution"][0]["name"] == other.package["resources"][0]["name"]
    assert "licence" not in dictionary(other).splitlines()[2]


@pytest.mark.parametrize("name", ["../../mine", "a/b", "", 7, None, "two words"])
def test_a_package_is_exported_only_under_a_name_that_stays_in_the_folder(other, tmp_path, name):
    other.package["name"] = name
    with pytest.raises(DataError, match=r"^datapackage.json:0:name: .* is no name of a file"):
        export(other, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []
