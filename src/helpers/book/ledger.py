"""The sentences of the book held against the ledger of findings: what must be rewritten, by name.

`faults` looks at the notebooks as they are written; `told_otherwise` at what they print once they have run.
"""

from __future__ import annotations

import re
from ast import literal_eval
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd
from nbformat import NotebookNode

from helpers.book import execute, narrative
from helpers.book.answers import answer
from helpers.findings import Finding
from helpers.record import Campaign

CHAPTERS = "chapters"
SLOT = re.compile(r"\{([a-z0-9_-]+)\}")
_GLUED = "scrapbook"


Answers = Mapping[str, Finding | str]
"""What the findings answer, by key (`helpers.book.answers`)."""


def faults(root: Path, campaign: Campaign, answers: Answers | None = None) -> list[str]:
    """Return what is wrong between the chapters and the findings; an empty list when nothing is.

    Parameters
    ----------
    root
        The book's folder.
    campaign
        The tables the findings are recomputed from: the book's own, or a copy that was changed.
    answers
        What they answer, if they were asked of this campaign before.
    """
    found = [fault for page in _pages(root) for fault in _page_faults(root, page, campaign)]
    return found + [
        fault for _, row in campaign.findings.iterrows() for fault in finding_faults(root, campaign, row, answers)
    ]


def finding_faults(root: Path, campaign: Campaign, row: pd.Series, answers: Answers | None = None) -> Iterator[str]:
    """Yield why a sentence must be rewritten: it no longer holds, stands there no more, or says another number."""
    path = root / CHAPTERS / f"{row['chapter']}.ipynb"
    place, sentence = f"{CHAPTERS}/{row['chapter']}: {row.name}", row["sentence"]
    if not path.is_file():
        yield f"{place}: there is no such chapter; mend `chapter` in findings.csv"
        return
    if sentence not in narrative.prose(path):
        yield f"{place}: the chapter no longer says “{sentence}”; write it so in both places"
    elif not _is_marked(narrative.marked(path), sentence, row.name):
        yield f"{place}: no marker stands behind “{sentence}”; write {{finding}}`{row.name}` right after it"
    found = _answer(campaign, row, answers)
    if isinstance(found, str) or found.holds is not True:
        yield f"{place}: {unmet(found, row['test'], sentence)}"
    else:
        for name in sorted(set(SLOT.findall(sentence)) - found.values.keys()):
            yield f"{place}: {row['test']} gives no {{{name}}}; let it give the value or rewrite “{sentence}”"


def told_otherwise(root: Path, campaign: Campaign, answers: Answers | None = None) -> list[str]:
    """Return the sentences in which a chapter, once run, prints another value than the finding's function gives."""
    printed = {path.stem: glued(notebook) for path, notebook in _executed(root)}
    found = []
    for key, row in campaign.findings.iterrows():
        given = _answer(campaign, row, answers)
        values = {} if isinstance(given, str) else given.values
        for name in SLOT.findall(row["sentence"]):
            told = printed.get(row["chapter"], {}).get(name)
            if name in values and told != values[name]:
                found.append(
                    f"{CHAPTERS}/{row['chapter']}: {key}: {{{name}}} is glued as {told!r}, and {row['test']} gives"
                    f" {values[name]!r}; glue what the function gives, in “{row['sentence']}”"
                )
    return found


def glued(notebook: NotebookNode) -> dict[str, str]:
    """Return the strings that an executed notebook glues, by name, which `page.glue` writes as Python does."""
    outputs = (out for cell in notebook.cells for out in cell.get("outputs", []))
    return {
        out.metadata[_GLUED]["name"]: literal_eval(next(iter(out.data.values())))
        for out in outputs
        if _GLUED in out.get("metadata", {})
    }


def _pages(root: Path) -> Iterator[Path]:
    for page in execute.pages(root):
        stem = page.removesuffix(".ipynb").removesuffix(".md")
        yield from (path for end in (".ipynb", ".md") if (path := root / f"{stem}{end}").is_file())


def _page_faults(root: Path, path: Path, campaign: Campaign) -> Iterator[str]:
    name = path.relative_to(root)
    for cell, text in narrative.cells(path):
        for digits in narrative.typed_digits(text):
            yield (
                f"{name}: cell {cell}: {digits!r} is typed into the prose; glue it, or see helpers.book.narrative for"
                " what may be typed"
            )
    for key in narrative.markers(path):  # a page may point to what another page concludes
        if key not in campaign.findings.index:
            yield f"{name}: the marker {key!r} has no row in findings.csv; add the row or mend the marker"


def _is_marked(text: str, sentence: str, key: str) -> bool:
    """Whether the marker stands behind the sentence, alone or among others."""
    pattern = re.escape(sentence) + r"(?:\s*\{finding\}`[^`]+`)*?\s*\{finding\}`" + re.escape(key) + "`"
    return re.search(pattern, text) is not None


def _answer(campaign: Campaign, row: pd.Series, answers: Answers | None) -> Finding | str:
    return answer(campaign, row) if answers is None else answers[row.name]


def unmet(found: Finding | str, test: str, sentence: str) -> str:
    """Return why a sentence must be rewritten whose finding does not hold, in words.

    Parameters
    ----------
    found
        As `answer` returns it.
    test, sentence
        Of the row of `findings`.
    """
    if isinstance(found, str):
        return f"{found}; mend its function or rewrite “{sentence}”"
    why = "the sources no longer let it be said" if found.holds is None else "the sources say otherwise"
    return f"{why} ({test}); rewrite “{sentence}”"


def _executed(root: Path) -> Iterator[tuple[Path, NotebookNode]]:
    for path in execute.notebooks(root):
        notebook = execute.stored(root, path)
        if notebook is not None:
            yield path, notebook
