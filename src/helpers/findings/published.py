"""What the findings of a book answered when it was last published, value by value: ``published.csv`` beside the tables.

A finding and its chapter call the same function, so a changed rule moves both and nobody need notice. Here each answer
and each value stands in a line of its own; a number that moves is a line of a diff. ``python -m helpers publish``
renews the file and says what moved.
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from helpers.findings import ask
from helpers.findings.dossier import filled
from helpers.record import Campaign, load

FILE = "published.csv"
COLUMNS: Mapping[str, str] = {
    "finding": "Key of `findings`.",
    "name": "`holds` for what the finding answers; else the name of a value of it, as `{name}` in its sentence.",
    "value": "The answer (`yes`, `no` or `cannot be said`), or the value as the book prints it.",
}
HOLDS = "holds"
ANSWERS: Mapping[bool | None, str] = {True: "yes", False: "no", None: "cannot be said"}

Values = Mapping[tuple[str, str], str]
"""By finding and name, what is printed."""


class NotComputedError(ValueError):
    """A finding gives no answer. The message names it and says why."""


def computed(campaign: Campaign) -> dict[tuple[str, str], str]:
    """Return what all findings answer today, and each of their values as it is printed.

    Returns
    -------
    dict
        By finding and name (see `COLUMNS`), in the order of the findings, the answer before the values.

    Raises
    ------
    NotComputedError
        If a finding cannot be computed; the message names all that cannot, one a line.

    >>> computed(campaign)["calendar_kokand", "kokand-gap"]
    '13'
    """
    found, faults = {}, []
    for key, row in campaign.findings.iterrows():
        try:
            answer = ask(campaign, row)
        except Exception as error:  # whatever a book's own function raises
            faults.append(f"findings.csv, {key}: {row['test']} raises {type(error).__name__}: {error}; mend it")
            continue
        if HOLDS in answer.values:
            faults.append(f"findings.csv, {key}: {row['test']} calls a value {HOLDS!r}; give it another name")
        found[key, HOLDS] = ANSWERS[answer.holds]
        found |= {(key, name): answer.values[name] for name in sorted(answer.values)}
    if faults:
        raise NotComputedError("\n".join(faults))
    return found


def read(folder: Path) -> dict[tuple[str, str], str]:
    """Return what stands in the file beside the tables, as `computed` does; nothing where there is no file.

    Raises
    ------
    ValueError
        If it has other columns, or says something of the same name twice. The message names file and line.
    """
    path = folder / FILE
    if not path.is_file():
        return {}
    found: dict[tuple[str, str], str] = {}
    with open(path, encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        if next(rows, None) != list(COLUMNS):
            raise ValueError(f"{FILE}:1: the columns are not {', '.join(COLUMNS)}; delete the file and publish anew")
        for row in rows:
            if len(row) != len(COLUMNS) or (row[0], row[1]) in found:
                raise ValueError(f"{FILE}:{rows.line_num}: too few or too many cells, or a name said twice; delete it")
            found[row[0], row[1]] = row[2]
    return found


def written(values: Values) -> str:
    """Return the text of the file.

    >>> written({("one", "holds"): "yes", ("one", "men"): "600"})
    'finding,name,value\\none,holds,yes\\none,men,600\\n'
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([*key, value] for key, value in values.items())
    return text.getvalue()


def moved(campaign: Campaign, before: Values, now: Values) -> Iterator[str]:
    """Yield what moved, finding by finding: its sentence as it was printed and as it is, and each value.

    Parameters
    ----------
    campaign
        The package, for the sentences.
    before, now
        As from `read` and `computed`.
    """
    for finding in dict.fromkeys(finding for finding, _ in (*now, *before)):
        was, is_ = _of(before, finding), _of(now, finding)
        if was == is_:
            continue
        yield finding
        if not was or not is_:
            yield "  new" if is_ else "  gone"
        elif finding in campaign.findings.index:
            sentence = campaign.findings.loc[finding, "sentence"]
            old, new = _sentence(sentence, was), _sentence(sentence, is_)
            yield from (f"  {old}", f"  -> {new}") if old != new else (f"  {new}",)
        for name in dict.fromkeys((*was, *is_)):
            if was.get(name) != is_.get(name):
                yield f"  {name}: {was.get(name, '(nothing)')} -> {is_.get(name, '(nothing)')}"


def _of(values: Values, finding: str) -> dict[str, str]:
    return {name: value for (key, name), value in values.items() if key == finding}


def _sentence(sentence: str, values: Mapping[str, str]) -> str:
    """The sentence with its values; as it is written where one is missing."""
    try:
        return filled(sentence, values)
    except KeyError:
        return sentence


def main(argv: Sequence[str] | None = None) -> int:
    """Renew the file from the command line and print what moved; return 1 and change nothing if a finding fails."""
    parser = argparse.ArgumentParser(
        prog="python -m helpers publish", description=f"Renew {FILE} beside the tables and say what moved."
    )
    parser.add_argument("path", nargs="?", help="folder with datapackage.json (default: the book's data)")
    try:
        campaign = load(parser.parse_args(argv).path)
        before, now = read(campaign.path), computed(campaign)
    except ValueError as error:
        print(error, "not published: mend it first", sep="\n", file=sys.stderr)
        return 1
    lines = list(moved(campaign, before, now))
    print(*lines, sep="\n") if lines else print("nothing moved")
    unfinished = campaign.path / f".{FILE}.new"
    unfinished.write_text(written(now), encoding="utf-8", newline="\n")
    os.replace(unfinished, campaign.path / FILE)
    return 0
