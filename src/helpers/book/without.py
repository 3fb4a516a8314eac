"""``python -m helpers without SOURCE``: the sentences of the book that would have to be rewritten without a text.

The tables are taken again from what is left, as `helpers.belief.policies.without_source` does, and every finding is
asked anew. A sentence stays as it is only if it still holds, prints the same numbers, and something that it cites is
left.
"""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Iterator, Sequence

import pandas as pd

from helpers.belief.policies import without_source
from helpers.book.answers import answer
from helpers.book.ledger import CHAPTERS, unmet
from helpers.findings import ask
from helpers.findings.dossier import filled
from helpers.record import Campaign, load


def changes(campaign: Campaign, *sources: str) -> list[str]:
    """Return each sentence that would have to be rewritten without some texts, by name, and why.

    Raises
    ------
    KeyError
        If there is no such text; the message names the nearest key.

    >>> changes(campaign, "geo_dr5hn")
    []
    """
    for key in sources:
        if key not in campaign.sources.index:
            near = difflib.get_close_matches(key, campaign.sources.index, n=1)
            raise KeyError(f"sources.csv has no row {key!r}" + (f"; did you mean {near[0]!r}?" if near else ""))
    left = without_source(campaign, *sources)
    return [
        fault
        for _, row in campaign.findings.iterrows()
        for fault in sentence_changes(filled(row["sentence"], ask(campaign, row).values), left, row)
    ]


def sentence_changes(was: str, left: Campaign, row: pd.Series) -> Iterator[str]:
    """Yield why the sentence of a finding does not stay as it is.

    Parameters
    ----------
    was
        The sentence as the book prints it.
    left
        What is left of the campaign.
    row
        A row of `findings` of the whole campaign.
    """
    now = answer(left, row)
    place = f"{CHAPTERS}/{row['chapter']}: {row.name}"
    if isinstance(now, str) or now.holds is not True:
        yield f"{place}: {unmet(now, row['test'], was)}"
    elif pd.notna(row["claims_for"]) and pd.isna(left.findings.loc[row.name, "claims_for"]):
        yield f"{place}: no claim that it rests on is left; rewrite “{was}”"
    elif (would_be := filled(row["sentence"], now.values)) != was:
        yield f"{place}: “{was}” would read “{would_be}”; see whether the words around it still fit"


def main(argv: Sequence[str] | None = None) -> int:
    """Print what would have to be rewritten; return 1 if anything would, 2 if there is no such text, else 0."""
    parser = argparse.ArgumentParser(
        prog="python -m helpers without", description="Name the sentences that would not stand without some texts."
    )
    parser.add_argument("sources", nargs="+", help="keys of sources.csv, like khodzhaev1926")
    named = parser.parse_args(argv).sources
    try:
        found = changes(load(), *named)
    except KeyError as error:
        print(error.args[0], file=sys.stderr)
        return 2
    print("\n".join(found) or f"Without {', '.join(named)} every sentence of the book stays as it is.")
    return 1 if found else 0
