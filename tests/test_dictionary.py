"""The dictionary is written from the descriptor and is never out of date."""

import shutil

from helpers.export.dictionary import dictionary, main
from helpers.record import data_folder


def test_the_dictionary_in_the_repository_is_the_one_the_descriptor_gives(campaign):
    written = (campaign.path / "README.md").read_text(encoding="utf-8")
    assert written == dictionary(campaign), "run `python -m helpers describe`"


def test_every_table_column_and_value_is_explained(campaign):
    text = dictionary(campaign)
    for resource in campaign.package["resources"]:
        assert f"### {resource['name']}\n" in text
        for field in resource["schema"]["fields"]:
            assert f"| `{field['name']}` |" in text
            for value, meaning in field.get("definitions", {}).items():
                assert f"- `{value}`: {meaning}" in text


def test_the_command_writes_it_beside_the_tables(tmp_path):
    copy = shutil.copytree(data_folder(), tmp_path / "data")
    (copy / "README.md").unlink()
    assert main([str(copy)]) == 0
    assert (copy / "README.md").read_text(encoding="utf-8").startswith("# Five Days' Notice")
