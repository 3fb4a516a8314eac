"""How the book speaks: the story without words of the method, and each of these explained where it first stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from helpers.book import narrative
from helpers.record import Campaign

ROOT = Path(__file__).parents[1]
PARTS = {part["caption"]: part["chapters"] for part in yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))["parts"]}
STORY = ["index", *(page["file"] for page in PARTS["The story"])]
DOUBT = [page["file"] for page in PARTS["How we know"]]
#: Words of the method that the story does not use, and what a reader would take them for.
PRIVATE = {
    r"\bties?\b": "in the method a row of the table of relations; to a reader a string",
    r"\blineages?\b": "in the method texts that copy one another; to a reader ancestors",
    r"\bfamil(?:y|ies) of (?:texts|sources|books)\b": "in the method the same",
    r"\b(?:earlier|later|early|late|our|his|becker's) count\b": "in the method a calendar; to a reader a sum",
    r"\bpolic(?:y|ies)\b": "in the method a choice of sources; to a reader what a government does",
    r"\b(?:nine|random|many|each) draws?\b": "in the method a sample; to a reader a lottery",
    r"\bturns? round\b": "in the method an order that another calendar reverses",
    r"\bcannot be said\b": "in the method the answer of a function; to a reader a taboo",
    r"\b(?:finding|sentence|conclusion)s? (?:still )?holds?\b": "in the method what a function answers",
    r"\benvelopes?\b": "in the method the range of all claims; to a reader a letter's cover",
    r"\bstances?\b|\bhedges?\b": "in the method columns of the table of claims",
}
SAYING = r"(?<!said )(?<!told )(?<!written )(?<!made )(?<!given )(?<!article )(?<!chronicle )(?<!ed )(?<!and )"
#: Words of the method, as the glossary has them; each is explained where a page of the second part first uses it.
METHOD = (
    *("claim", "envelope", "frustration index", "hedge", "lineage", "null model", "partial order", "reading"),
    *("signed graph", "stringline", "tie", "triad"),
)


def prose(page: str) -> str:
    """The narrative of a page without its quotations' keys, its glued values, its code and its links' targets."""
    path = next(path for end in (".ipynb", ".md") if (path := ROOT / f"{page}{end}").is_file())
    text = "\n".join(text for _, text in narrative.cells(path))
    text = re.sub(r"^(`{3,}|:{3,})\{(?:code-cell|toctree).*?^\1$", " ", text, flags=re.S | re.M)
    text = re.sub(r"\{(?:quote|glue:text|finding)\}`[^`]*`", "…", text)
    return re.sub(r"\]\([^)]*\)", "]", text)


@pytest.mark.parametrize("page", STORY)
def test_the_story_uses_no_word_of_the_method(page: str) -> None:
    text = re.sub(r"\{term\}`([^`<]+?)(?: <[^`]*)?`", r"\1", prose(page)).lower()
    assert {found.group(0): why for word, why in PRIVATE.items() if (found := re.search(word, text))} == {}


@pytest.mark.parametrize("page", STORY)
def test_the_story_says_according_to_and_not_by(campaign: Campaign, page: str) -> None:
    authors = {str(author).split(",")[0].split(";")[0] for author in campaign.sources["author"].dropna()}
    names = "|".join(map(re.escape, sorted({*authors, "Wikipedia", "Mirza Salimbek", "Salimbek"})))
    by = re.compile(rf"{SAYING}\b[Bb]y (?:the English )?(?:{names})\b(?!['’]s)")
    assert [found.group(0) for found in by.finditer(prose(page))] == []


@pytest.mark.parametrize("page", DOUBT)
def test_a_word_of_the_method_is_explained_where_a_page_first_uses_it(page: str) -> None:
    text, unexplained = prose(page), []
    for word in METHOD:
        form = rf"(?:{re.escape(word)}|{re.escape(word)}s)"
        first = re.search(rf"\{{term\}}`[^`]*`|(?<![\w-]){form}(?![\w-])", _others_hidden(text, form), re.I)
        if first and not first.group(0).startswith("{term}"):
            unexplained.append(text[max(0, first.start() - 40) : first.end() + 20])
    assert unexplained == []


def _others_hidden(text: str, form: str) -> str:
    """The text with the explained terms that are not this one blotted out, letter for letter."""
    mine = re.compile(rf"\{{term\}}`(?:{form}|[^`<]*<{form}>)`", re.I)

    def blotted(found: re.Match[str]) -> str:
        return found.group(0) if mine.fullmatch(found.group(0)) else "·" * len(found.group(0))

    return re.sub(r"\{term\}`[^`]*`", blotted, text)
