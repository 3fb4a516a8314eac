"""What a chapter needs that runs where `helpers` is not installed: in Colab it is installed, elsewhere it is named.

The first cell of a chapter runs this file by its path, since there `helpers` cannot be imported yet. So nothing is
imported here but the standard library and `packaging`, which every notebook kernel brings with it.
"""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from packaging.requirements import Requirement

CLONE = Path(__file__).resolve().parents[3]
"""The copy of the book's repository that this file belongs to."""
COLAB = "COLAB_RELEASE_TAG"
"""Environment variable that is set in every notebook of Colab."""


def main(environment: Mapping[str, str] = os.environ) -> None:
    """Make `helpers` importable from the clone, or say what to type.

    Raises
    ------
    ModuleNotFoundError
        If packages are missing or too old, with the command that installs them; in Colab they are installed instead.
    RuntimeError
        If a package was installed over another version of it that the kernel has loaded.
    """
    needed = requirements()
    if COLAB in environment and list(lacking(needed)):
        subprocess.run(install_command(), check=True)
        importlib.invalidate_caches()
    if missing := list(lacking(needed)):
        command = " ".join(f'"{part}"' if " " in part else part for part in install_command())
        raise ModuleNotFoundError(f"This chapter needs {', '.join(missing)}. Type in a terminal: {command}")
    if loaded := list(outdated(needed)):
        raise RuntimeError(
            f"{', '.join(loaded)}: installed just now, but the kernel still has the version from before."
            " Restart it (in Colab: Runtime, Restart session) and run this cell again"
        )
    sys.path.insert(0, str(CLONE / "src"))


def requirements() -> list[Requirement]:
    """Return what the package says it needs."""
    project = tomllib.loads((CLONE / "pyproject.toml").read_text("utf-8"))["project"]
    return [Requirement(line) for line in project["dependencies"]]


def lacking(needed: Iterable[Requirement]) -> Iterator[str]:
    """Yield each requirement that no installed package meets.

    >>> list(lacking([Requirement("packaging"), Requirement("packaging<1"), Requirement("no-such-package>=3")]))
    ['packaging<1', 'no-such-package>=3']
    """
    for requirement in needed:
        try:
            met = requirement.specifier.contains(version(requirement.name), prereleases=True)
        except PackageNotFoundError:
            met = False
        if not met:
            yield str(requirement)


def outdated(needed: Iterable[Requirement]) -> Iterator[str]:
    """Yield each package of which the kernel has loaded another version than is installed."""
    for name in dict.fromkeys(["numpy", *(requirement.name for requirement in needed)]):
        loaded = getattr(sys.modules.get(name), "__version__", None)
        if loaded is not None and loaded != version(name):
            yield name


def install_command() -> list[str]:
    """Return the command that installs the clone's package with what it needs, in the versions of the lock."""
    lock, pip = str(CLONE / "requirements.txt"), [sys.executable, "-m", "pip"]
    return [*pip, "install", "--quiet", "--constraint", lock, "--editable", str(CLONE)]


if __name__ == "__main__":
    main()
