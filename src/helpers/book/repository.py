"""Where the book's repository is: said by the environment or by git, or else not known. It is never guessed."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

VARIABLE = "BOOK_REPOSITORY"
"""Environment variable that says where the repository is; it wins over what git says."""

_HTTP = re.compile(r"https?://(?:[^@/]+@)?(?P<host>[\w.-]+\.[a-z]{2,})/(?P<path>[\w./~-]+?)(?:\.git)?/?")
_SSH = re.compile(r"(?:ssh://)?git@(?P<host>[\w.-]+\.[a-z]{2,})[:/](?P<path>[\w./~-]+?)(?:\.git)?/?")


@dataclass(frozen=True)
class Repository:
    """A repository on a public host: ``host`` without scheme, ``path`` as owner and name.

    >>> Repository("github.com", "someone/book").address
    'https://github.com/someone/book'
    """

    host: str
    path: str

    @property
    def address(self) -> str:
        """Return the address of its front page."""
        return f"https://{self.host}/{self.path}"

    def report_form(self, row: str) -> str:
        """Return the address of a form for reporting an error in a row, which carries the row's name."""
        title, text = f"Error in {row}", f"The row {row} says\n\nIt should say\n\nbecause (source and place in it)\n"
        if self.host == "github.com":
            return f"{self.address}/issues/new?{urlencode({'title': title, 'body': text}, quote_via=quote)}"
        fields = {"issue[title]": title, "issue[description]": text}
        return f"{self.address}/-/issues/new?{urlencode(fields, quote_via=quote)}"

    def run_links(self, notebook: str) -> dict[str, str]:
        """Return where a notebook of the repository can be run, by the name of the service."""
        if self.host != "github.com":
            return {}
        return {
            "Binder": f"https://mybinder.org/v2/gh/{self.path}/HEAD?urlpath={quote(f'lab/tree/{notebook}', safe='')}",
            "Colab": f"https://colab.research.google.com/github/{self.path}/blob/HEAD/{quote(notebook)}",
        }


def parse(address: str) -> Repository | None:
    """Return the repository that an address names; None where it is a folder or cannot be read.

    >>> parse("git@github.com:someone/book.git")
    Repository(host='github.com', path='someone/book')
    >>> parse("/home/someone/book") is None
    True
    """
    match = _HTTP.fullmatch(address.strip()) or _SSH.fullmatch(address.strip())
    return Repository(match["host"], match["path"].strip("/")) if match and "/" in match["path"] else None


def find(root: Path, environment: Mapping[str, str] = os.environ) -> Repository | None:
    """Return the book's repository, from the environment or from git; None where neither knows it.

    Raises
    ------
    ValueError
        If ``BOOK_REPOSITORY`` is set to something that is no address of a repository.
    """
    if said := environment.get(VARIABLE):
        if found := parse(said):
            return found
        raise ValueError(f"{VARIABLE} is {said!r}; write an address like https://github.com/OWNER/NAME, or unset it")
    if name := environment.get("GITHUB_REPOSITORY"):
        return parse(f"{environment.get('GITHUB_SERVER_URL', 'https://github.com')}/{name}")
    return parse(_origin(root))


def _origin(root: Path) -> str:
    command = ["git", "-C", str(root), "config", "--local", "--get", "remote.origin.url"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout
