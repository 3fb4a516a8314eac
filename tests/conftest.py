"""What several test modules share: the real campaign, and copies of it that may be damaged."""

import csv
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import hypothesis
import pytest
from browsing import browser, built_book, server, visit  # noqa: F401 (fixtures)

import helpers
from helpers.check import check
from helpers.figures import style
from helpers.record import data_folder

# `fixed` draws the same cases wherever it runs, so a red run is red again; `random` draws others each time, for
# whoever looks for new faults, and prints the line that repeats one it found. Every setting is named, since
# Hypothesis has other defaults where CI is set. No deadline and no complaint about slow draws: machines differ, and
# speed is measured in benchmarks/.
_PROFILE = {"deadline": None, "print_blob": True, "suppress_health_check": [hypothesis.HealthCheck.too_slow]}
_DEFAULT = hypothesis.settings.get_profile("default")
hypothesis.settings.register_profile("fixed", _DEFAULT, **_PROFILE, derandomize=True, database=None, max_examples=50)
hypothesis.settings.register_profile("random", _DEFAULT, **_PROFILE, derandomize=False, database=None, max_examples=300)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))


@dataclass(frozen=True)
class Damaged:
    """A copy of the real data package that a test may spoil cell by cell."""

    folder: Path

    def rows(self, table: str) -> list[dict[str, str]]:
        with open(self.folder / f"{table}.csv", encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def write(self, table: str, rows: list[dict[str, str]]) -> None:
        with open(self.folder / f"{table}.csv", "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    def find(self, table: str, **cells: str) -> int:
        """Return the number of the first record with these cells; ``column="*"`` means filled."""
        for index, row in enumerate(self.rows(table)):
            if all(row[c] == v or (v == "*" and row[c]) for c, v in cells.items()):
                return index
        raise LookupError(f"{table} has no row with {cells}")

    def set(self, table: str, index: int, column: str, value: str) -> None:
        rows = self.rows(table)
        rows[index][column] = value
        self.write(table, rows)

    def edit(self, file: str, old: str, new: str) -> None:
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def faults(self) -> list[str]:
        return list(map(str, check(self.folder)))


@pytest.fixture(scope="session")
def campaign() -> helpers.Campaign:
    return helpers.load()


@pytest.fixture(scope="session")
def sides(campaign: helpers.Campaign) -> style.Sides:
    return style.sides(campaign.package)


@pytest.fixture
def damaged(tmp_path: Path) -> Damaged:
    return Damaged(shutil.copytree(data_folder(), tmp_path / "data"))
