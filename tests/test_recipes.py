"""The recipes as a reader would run them: in a folder with the downloaded files and nothing else."""

import json
import math
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from helpers.book import downloads
from helpers.network import active

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "chapters/recipes.md").read_text("utf-8")
RECIPES = {
    section.splitlines()[0]: code[1]
    for section in PAGE.split("\n## ")[1:]
    if (code := re.search(r"^```python\n(.*?)^```", section, re.S | re.M))
}
THE_QUESTION = [title for title, code in RECIPES.items() if "witnesses" in code]
# Runs the recipe and hands back what it called its answer, as rows of plain values.
TELL = """
import json, sys
rows = answer.rows() if hasattr(answer, "rows") else answer.values.tolist() if hasattr(answer, "values") else answer
print("ANSWER", json.dumps([list(row) for row in rows]), file=sys.stderr)
"""


@pytest.fixture(scope="module")
def folder(campaign, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("reader") / "data"
    downloads.write(campaign, folder)
    return folder


def run(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    # Isolated: neither this folder's modules nor the book's can be imported by mistake.
    command = [sys.executable, "-I", "-X", "utf8", "-W", "error", "-c", code]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done


def test_there_are_ten_recipes_and_most_are_in_python():
    assert len(PAGE.split("\n## ")) - 1 == 10
    assert len(RECIPES) == 7
    assert len(THE_QUESTION) == 4


@pytest.mark.parametrize("title", RECIPES)
def test_a_recipe_runs_without_a_warning_and_without_the_book(title, folder):
    assert "helpers" not in RECIPES[title]
    assert run(RECIPES[title], folder).stdout.strip()


@pytest.mark.parametrize("title", THE_QUESTION)
def test_every_tool_gives_the_answer_that_the_tables_give(title, folder, campaign):
    claims = campaign.claims[campaign.claims["force"].notna() & (campaign.claims["rank"] != "deprecated")]
    expected = []
    for force, group in claims.groupby("force"):
        witnesses = group["source"].map(campaign.sources["lineage"]).nunique()
        if witnesses > 2:
            low, high = group["low"].fillna(group["best"]).min(), group["high"].fillna(group["best"]).max()
            expected.append([force, witnesses, low, high])
    expected.sort(key=lambda row: (-row[1], row[0]))
    said = run(RECIPES[title] + TELL, folder).stderr
    rows = json.loads(re.search(r"ANSWER (.*)", said)[1])
    assert [list(map(plain, row)) for row in rows] == [list(map(plain, row)) for row in expected]
    assert len(rows) > 2


def plain(value: object) -> object:
    """One spelling for what is missing and for whole numbers: tools differ in both."""
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return None
    return value if isinstance(value, str) else float(value)


def test_the_recipe_on_citing_names_author_and_locator(folder, campaign):
    (title,) = [title for title in RECIPES if title.startswith("Citing")]
    said = run(RECIPES[title], folder).stdout
    claim = campaign.claims.loc["soviet_force_start-strength-shirokorad"]
    assert campaign.sources.loc[claim["source"], "author"] in said
    assert claim["locator"] in said


def test_the_recipe_on_the_network_counts_the_ties_that_must_have_held(folder, campaign):
    (title,) = [title for title in RECIPES if title.startswith("networkx")]
    said = run(RECIPES[title], folder).stdout
    assert said.startswith(f"{len(active(campaign.relations, date(1918, 3, 14), certain=True))} ties;")


def test_the_query_to_wikidata_asks_for_every_spelling_of_a_person(folder, campaign):
    (title,) = [title for title in RECIPES if "Wikidata" in title]
    said = run(RECIPES[title], folder).stdout
    people = campaign.actors.index[campaign.actors["kind"] == "person"]
    names = campaign.actor_names[campaign.actor_names["actor"].isin(people)]
    for name, language in zip(names["name"], names["language"], strict=True):
        assert f'"{name}"@{language}' in said
    assert said.count('"') % 2 == 0


def test_what_the_page_says_of_wikidata_is_still_so(campaign):
    assert campaign.actors["wikidata"].isna().all()
    assert campaign.places["wikidata"].isna().all()
