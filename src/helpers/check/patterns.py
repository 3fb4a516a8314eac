"""Match cells against the regular expressions of a descriptor, within a bounded time.

Python's matcher may take longer than anyone lives over an expression like ``(a+)+$``, and nothing can stop it from
within. Expressions that are not the house's own are therefore tried in a second process, which can be ended.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence

SECONDS = 5.0
"""For all foreign expressions of a package together."""

#: The expressions of the book's own schema; each matches or fails in time linear in the length of the cell.
OWN = frozenset(
    [
        "[a-z0-9]+(_[a-z0-9]+)*(-[a-z0-9]+(_[a-z0-9]+)*)*",
        "[a-z]{2}",
        "Q[1-9][0-9]*",
        "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?[~?]?(/[0-9]{4})?",
        "1[23][0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|30)",
    ]
)

_CHILD = """
import json, re, sys
for line in sys.stdin:
    pattern, cells = json.loads(line)
    match = re.compile(pattern).fullmatch
    print(json.dumps([place for place, cell in enumerate(cells) if not match(cell)]), flush=True)
"""


def unmatched(pattern: str, cells: Sequence[str]) -> list[str]:
    """Return the cells that a pattern of `OWN` does not match.

    >>> unmatched("[a-z]{2}", ["ru", "Russian"])
    ['Russian']
    """
    return [cell for cell in cells if not re.fullmatch(pattern, cell)]


def unmatched_in_time(
    asked: Mapping[tuple[str, str], tuple[str, Sequence[str]]], seconds: float | None = None
) -> dict[tuple[str, str], list[str] | None]:
    """Return the cells that each of several patterns does not match, tried one after another in a second process.

    Parameters
    ----------
    asked
        By a key of any kind a pattern and the cells to try.
    seconds
        After which the process is ended; by default `SECONDS`.

    Returns
    -------
    dict
        By the same keys the cells that do not match; None for the pattern over which time ran out. Patterns after
        that one are left out.
    """
    if not asked:
        return {}
    lines = "".join(json.dumps([pattern, list(cells)]) + "\n" for pattern, cells in asked.values())
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-c", _CHILD],
            input=lines.encode(),
            stdout=subprocess.PIPE,
            timeout=SECONDS if seconds is None else seconds,
            check=True,
        )
        output = done.stdout
    except subprocess.TimeoutExpired as late:
        output = late.stdout or b""
    answers = [json.loads(line) for line in output.splitlines() if line.endswith(b"]")]
    found: dict[tuple[str, str], list[str] | None] = {}
    for key, places in zip(asked, [*answers, None], strict=False):
        found[key] = None if places is None else [asked[key][1][place] for place in places]
    return found
