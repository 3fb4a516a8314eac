"""Three storeys and six layers: no module imports from a storey above its own, nor from a layer on its right.

And no module but those of this war holds a key of it: the id of a row, a side, a phase, a colour, a year.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest

from helpers.check.schema import ALL_SOURCES
from helpers.figures import style
from helpers.record import Campaign, described, general_schema

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src"
#: The layers from left to right, as `chapters/architecture.md` and CONTRIBUTING.md draw them. What stands in a folder
#: of this war has the same layers.
LAYERS = {
    "record": ("record",),
    "evidence": ("belief", "calendars", "check", "dating"),
    "analysis": (
        *("balance", "network", "people", "quantities"),
        *(f"bukhara.{part}" for part in ("chronology", "daycount", "eras", "fates", "forces", "losses")),
        *("bukhara.railway", "bukhara.story", "bukhara.treaty"),
    ),
    "findings": ("findings", "bukhara.findings"),
    "figures": ("figures", "bukhara.figures"),
    "page": ("book", "export", "bukhara.forms"),
}
PLACE = {unit: place for place, units in enumerate(LAYERS.values()) for unit in units}
#: From the ground up: what any conflict needs, the machinery of the book, this war.
STOREYS = ("any conflict", "the book", "this war")
DOORS = ("__init__", "__main__")
"""They open the package, or a storey of it, and belong to no layer."""
FOREIGN = {"plotly": "figures", "sphinx": "page", "docutils": "page", "IPython": "page", "nbformat": "page"}
"""Packages that a layer on the left of the one named must not know."""


def unit_of(dotted: str) -> str:
    """The unit that a module below `helpers` belongs to, given by its dotted name without `helpers`."""
    first, _, rest = dotted.partition(".")
    return f"bukhara.{rest.partition('.')[0]}" if first == "bukhara" else first


def storey_of(unit: str) -> int:
    return 2 if unit.startswith("bukhara") else 1 if unit == "book" else 0


def dotted_of(path: Path) -> str:
    return ".".join(path.relative_to(SOURCE / "helpers").with_suffix("").parts)


def modules() -> list[Path]:
    paths = sorted((SOURCE / "helpers").rglob("*.py"))
    return [path for path in paths if dotted_of(path).removeprefix("bukhara.") not in DOORS]


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and full name of each thing a module imports, in functions too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)


def faults(path: Path) -> list[str]:
    """Return what a module imports from its right or from above it, in words."""
    own, found = unit_of(dotted_of(path)), []
    for line, name in imported(path):
        place = f"{path.relative_to(SOURCE)}:{line}: {own} imports"
        first, _, rest = name.partition(".")
        if first == "helpers" and (other := unit_of(rest)) in PLACE:
            if PLACE[other] > PLACE[own]:
                found.append(f"{place} {other}, which stands on its right")
            if storey_of(other) > storey_of(own):
                found.append(f"{place} {other}, which stands above it")
        elif first in FOREIGN and PLACE[own] < list(LAYERS).index(FOREIGN[first]):
            found.append(f"{place} {first}, which is for {FOREIGN[first]}")
    return found


def test_every_module_stands_in_one_layer() -> None:
    assert {unit_of(dotted_of(path)) for path in modules()} == set(PLACE)
    assert sum(map(len, LAYERS.values())) == len(PLACE)


def test_no_module_imports_from_its_right_or_from_above() -> None:
    assert [fault for path in modules() for fault in faults(path)] == []


def test_only_the_layer_of_pages_knows_the_network_and_other_programs() -> None:
    outside = ("http", "requests", "socket", "subprocess", "urllib.request")
    found = {unit_of(dotted_of(path)) for path in modules() for _, name in imported(path) if name.startswith(outside)}
    assert found <= {*LAYERS["page"], "check"}  # the check tries a foreign pattern in a process that it can stop


@pytest.mark.parametrize(
    ("place", "line", "told"),
    [
        ("network/new.py", "from helpers.figures import style", "network imports figures, which stands on its right"),
        ("record.py", "from helpers import belief", "record imports belief, which stands on its right"),
        ("quantities.py", "import plotly.graph_objects as go", "quantities imports plotly"),
        ("dating/new.py", "def later():\n    from helpers.network import signed_graph", "dating imports network"),
        ("figures/new.py", "from helpers.bukhara.findings import terms", "figures imports bukhara.findings, which"),
        ("book/new.py", "from helpers.bukhara import treaty", "book imports bukhara.treaty, which stands above it"),
        ("export/new.py", "from helpers.book import places", "export imports book, which stands above it"),
        ("bukhara/treaty.py", "from helpers.bukhara.figures import terms", "bukhara.treaty imports bukhara.figures"),
    ],
)
def test_an_import_from_the_right_or_from_above_is_told(tmp_path, monkeypatch, place, line, told) -> None:
    monkeypatch.setattr("test_architecture.SOURCE", tmp_path)
    path = tmp_path / "helpers" / place
    path.parent.mkdir(parents=True)
    path.write_text(line + "\n")
    (fault,) = faults(path)
    assert told in fault


def test_the_units_import_one_another_in_no_circle() -> None:
    edges = {
        (own, other)
        for path in modules()
        for _, name in imported(path)
        if name.startswith("helpers.")
        and (other := unit_of(name.removeprefix("helpers."))) in PLACE
        and other != (own := unit_of(dotted_of(path)))
    }
    assert list(nx.simple_cycles(nx.DiGraph(edges))) == []


@pytest.mark.parametrize("page", ["chapters/architecture.md", "CONTRIBUTING.md"])
def test_the_page_draws_the_layers_as_they_are(page: str) -> None:
    rows = re.findall(r"^\| ([a-z]+) \|([^|]*`[^|]*)\|([^|]*)\|[^|]+\|", (ROOT / page).read_text("utf-8"), re.M)
    drawn = {
        layer: {*re.findall(r"`([a-z_]+)`", general), *(f"bukhara.{name}" for name in re.findall(r"`([a-z_]+)`", war))}
        for layer, general, war in rows
    }
    assert drawn == {layer: set(units) for layer, units in LAYERS.items()}
    assert list(drawn) == list(LAYERS)


# --- What belongs to this war -------------------------------------------------------------------------------


def keys_of(campaign: Campaign) -> set[str]:
    """Return the ids of all rows, and the words and colours that the descriptor has and the general schema has not."""
    ids = {key for table in campaign for key in campaign[table].index}
    sides = style.sides(campaign.package).values()
    colours = {colour for side in sides for colour in (side.colour, side.dark)}
    return (ids | words(campaign.package) | set(campaign.sources["lineage"])) - general_words() | colours - palette()


def words(package) -> set[str]:
    columns = [("actors", "side"), ("events", "phase"), ("places", "polity"), ("places", "line")]
    columns += [("sources", "perspective"), ("terms", "document"), ("terms", "party_bound"), ("terms", "topic")]
    return {word for place in columns for word in described(package, *place)["constraints"]["enum"]} - general_words()


def general_words() -> set[str]:
    """The words that the general schema defines, and the one policy that every package has."""
    fields = [field for resource in general_schema()["resources"] for field in resource["schema"]["fields"]]
    return {ALL_SOURCES} | {word for field in fields for word in field.get("constraints", {}).get("enum", ())}


def palette() -> set[str]:
    """The colours that every book draws with."""
    return {colour for colour in vars(style).values() if isinstance(colour, str)} | set(style.DARK_FOR.values())


def constants(path: Path) -> Iterator[tuple[int, object]]:
    """Yield line and value of each constant of a module, docstrings and what is called a seed left out."""
    for node in nodes(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant):
            yield node.lineno, node.value


def nodes(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        is_docstring = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
        is_seed = isinstance(child, ast.Assign) and getattr(child.targets[0], "id", "").lower() == "seed"
        if not (is_docstring or is_seed):
            yield child
            yield from nodes(child)


def of_the_war(path: Path, campaign: Campaign) -> list[str]:
    """Return what a module holds of this war, with its place."""
    keys, years = keys_of(campaign), range(campaign.period[0].year, campaign.period[1].year + 1)
    found = []
    for line, value in constants(path):
        is_name = isinstance(value, str) and value.isidentifier()
        is_key = isinstance(value, str) and (value in keys or "bukhara" in value.lower())
        if is_key or (type(value) is int and value in years) or (is_name and any(str(year) in value for year in years)):
            found.append(f"{path.relative_to(SOURCE)}:{line}: {value!r}")
    return found


def test_no_module_below_the_third_storey_holds_anything_of_this_war(campaign) -> None:
    below = [path for path in sorted((SOURCE / "helpers").rglob("*.py")) if not dotted_of(path).startswith("bukhara")]
    assert len(below) > 100
    assert [told for path in below for told in of_the_war(path, campaign)] == []


@pytest.mark.parametrize(
    "line",
    [
        'SIDE = "emirate"',
        'row = claims.loc["kokand_dead-loss-lee2018"]',
        'call(phase="winter")',
        'COLOUR = "#75081D"',
        "LAST = date(1918, 4, 30)",
        'import_module("helpers.bukhara.treaty")',
        'places["name_1918"]',
    ],
)
def test_a_key_of_this_war_in_another_module_is_told(tmp_path, monkeypatch, campaign, line) -> None:
    monkeypatch.setattr("test_architecture.SOURCE", tmp_path)
    path = tmp_path / "helpers/network/new.py"
    path.parent.mkdir(parents=True)
    path.write_text(f'"""Of emirate and winter a docstring may speak."""\n{line}\nSEED = 1918\n')
    (told,) = of_the_war(path, campaign)
    assert told.startswith("helpers/network/new.py:2: ")
