"""Evidence markers: ``{finding}`KEY``` behind a sentence opens, in place, what stands behind it.

``{quote}`ID``` puts the translated words of a claim into the text, between quotation marks, with a marker that opens
the words of the original; ``{quote}`ID: some of the words``` only those.

Without a script the marker is the number of a note at the foot of the page; ``evidence.js`` shows the same note
under the sentence. What a note says comes from `helpers.findings.dossier`.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pandas as pd
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

if TYPE_CHECKING:
    import pandas as pd

    from helpers.record import Campaign

KINDS = {
    "transcribed": "transcribed: a source says it",
    "inferred": "inferred: computed or concluded from what sources say",
    "judged": "judged: another historian may weigh it otherwise",
}
HEADING = "The evidence"
_TOLD = ("id", "label", "locator", "value", "quote", "quote_language", "translation", "collated")
"""What a note says of a claim."""
_STRONG = re.compile(r"\*{1,2}([^*]+)\*{1,2}")
_log = logging.getLogger(__name__)


class evidence_mark(nodes.Inline, nodes.TextElement):  # noqa: N801 (docutils names its nodes so)
    """The place of a marker until the page is read to its end."""


class FindingRole(SphinxRole):
    """``{finding}`KEY```: the marker of a row of ``data/findings.csv``."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        return [evidence_mark("", key=self.text.strip())], []


class QuoteRole(SphinxRole):
    """``{quote}`ID```: what a text says, in our translation, with a marker that opens the original."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        key, _, part = (text.strip() for text in self.text.partition(":"))
        try:
            words = quoted(campaign().claims, key, part)
        except ValueError as error:
            return [], [self.inliner.reporter.error(str(error), line=self.lineno)]
        return [nodes.inline("", f"“{words}”", classes=["quotation"]), evidence_mark("", key=key)], []


def quoted(claims: pd.DataFrame, key: str, part: str = "") -> str:
    """Return the quotation of a claim in English, or a part of it.

    Raises
    ------
    ValueError
        If there is no such claim, it quotes nothing, or the part does not stand in what it quotes.

    >>> quoted(campaign.claims, "karshi_killings-loss-salimbek2009intro", "I too was present")
    'I too was present'
    """
    if key not in claims.index:
        raise ValueError(f"no row {key!r} in claims.csv: mend the key of the quotation or add the row")
    words = claims.at[key, "quote" if claims.at[key, "quote_language"] == "en" else "translation"]
    if _missing(words):
        raise ValueError(f"the claim {key!r} has no quotation in English: quote another or enter its words")
    if part not in words:
        raise ValueError(f"{part!r} does not stand in the quotation of {key!r}, which is: {words}")
    return part or words


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect the roles and the notes."""
    app.add_node(evidence_mark)
    app.add_role("finding", FindingRole())
    app.add_role("quote", QuoteRole())
    app.connect("doctree-read", _write_notes)
    app.connect("html-page-context", _load_script)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


@cache
def campaign() -> Campaign:
    """Return the data of the book, which a build reads once."""
    import helpers  # here: a build in which no page has changed does without pandas

    return helpers.load()


@cache
def _answers():
    from helpers.book.answers import answers

    return answers(campaign())


def _write_notes(app: Sphinx, doctree: nodes.document) -> None:
    marks = list(doctree.findall(evidence_mark))
    order = {key: place for place, key in enumerate(dict.fromkeys(mark["key"] for mark in marks), start=1)}
    seen: set[str] = set()
    for mark in marks:
        key = mark["key"]
        if key not in campaign().findings.index and key not in campaign().claims.index:
            _log.warning("no row %r in findings.csv: mend the key of the marker or add the row", key, location=mark)
            mark.parent.remove(mark)
            continue
        _close_up(mark)
        mark.replace_self(nodes.raw("", mark_html(key, order[key], first=key not in seen), format="html"))
        seen.add(key)
    if seen:
        _append(doctree, notes_html([key for key in order if key in seen]))


def _close_up(mark: evidence_mark) -> None:
    """Let the marker stand right behind its sentence: the space that the role needs in the source is dropped."""
    place = mark.parent.index(mark)
    before = mark.parent[place - 1] if place else None
    if isinstance(before, nodes.Text):
        mark.parent[place - 1] = nodes.Text(before.astext().rstrip())


def mark_html(key: str, place: int, *, first: bool = True) -> str:
    """Return a marker: a link to its note."""
    key = escape(key)
    name = f' id="mark-{key}"' if first else ""
    return (
        f'<sup class="evidence-mark"><a{name} href="#evidence-{key}" data-evidence="{key}"'
        f' aria-label="Evidence {place}">{place}</a></sup>'
    )


def notes_html(keys: list[str]) -> str:
    """Return the notes of a page, in the order of their markers.

    They are open as long as no script runs, so that a marker leads to its note; the script folds them.
    """
    count = "one sentence" if len(keys) == 1 else f"{len(keys)} sentences"
    return (
        f'<details class="evidence-fold" open><summary>What stands behind {count} of this page</summary>'
        f'<ol class="evidence-notes">{"".join(map(note_html, keys))}</ol></details>'
    )


def note_html(key: str) -> str:
    """Return what stands behind a finding: strength, sources for and against, the function, a permalink.

    Of a quotation: the words of the original, whose they are and where they stand.
    """
    if key not in campaign().findings.index:
        return _quotation_html(key)
    from helpers.findings.dossier import dossier

    answer = _answers().get(key)
    # One that gives no answer is asked again, so that the page fails with its reason.
    found = dossier(campaign(), key, None if isinstance(answer, str) else answer)
    rows = [("How we come to it", escape(KINDS[found.kind])), ("Strength", escape(found.strength))]
    for title, claims in (("For", found.supporting), ("Against", found.dissenting)):
        if len(claims):
            told = claims.reset_index()[list(_TOLD)].itertuples()
            rows.append((title, f"<ul>{''.join(map(_claim, told))}</ul>"))
    if found.note:
        rows.append(("Note", escape(found.note)))
    rows.append(("Recomputed by", f"<code>{escape(found.function)}</code>"))
    body = "".join(f"<dt>{title}</dt><dd>{text}</dd>" for title, text in rows)
    return _note_html(key, _sentence(found.sentence), f"<dl>{body}</dl>")


def _quotation_html(key: str) -> str:
    claims, sources = campaign().claims, campaign().sources
    label = sources.at[claims.at[key, "source"], "label"]
    told = _claim(SimpleNamespace(**claims.loc[key].to_dict(), id=key, label=label))
    return _note_html(key, f"“{escape(quoted(claims, key), quote=False)}”", f"<ul>{told}</ul>")


def _note_html(key: str, sentence: str, body: str) -> str:
    anchor = escape(key)
    back = f'<a class="evidence-back" href="#mark-{anchor}" aria-label="Back to the sentence">↩</a>'
    link = f'<a class="evidence-link" href="#evidence-{anchor}">Permalink</a>'
    return (
        f'<li class="evidence-note" id="evidence-{anchor}"><p class="evidence-sentence">{sentence}'
        f" {back}</p>{body}<p>{link}</p></li>"
    )


def _sentence(text: str) -> str:
    return _STRONG.sub(r"<em>\1</em>", escape(text, quote=False).replace("'", "’"))


def _claim(claim: Any) -> str:
    place = "" if _missing(claim.locator) else f", {escape(claim.locator)}"
    text = f"<cite>{escape(claim.label)}</cite>{place}: {escape(claim.value)}"
    if not _missing(claim.quote):
        text += f' <q lang="{escape(str(claim.quote_language))}">{escape(claim.quote)}</q>'
        if not _missing(claim.translation):
            text += f" ({escape(claim.translation)})"
    again = "" if pd.isna(claim.collated) else f' <span class="collated">read again {claim.collated:%Y-%m-%d}</span>'
    return f'<li>{text} <code class="row-id">{escape(claim.id)}</code>{again}</li>'


def _missing(value: object) -> bool:
    return not isinstance(value, str)


def _append(doctree: nodes.document, html: str) -> None:
    """Put the notes at the end of the page, as a section of its own."""
    section = nodes.section(ids=["the-evidence"], names=["the-evidence"])
    section += nodes.title("", HEADING)
    section += nodes.raw("", html, format="html")
    top = next(iter(doctree.findall(nodes.section)), doctree)
    top += section


def _load_script(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    if doctree is not None and any("evidence-mark" in node.astext() for node in doctree.findall(nodes.raw)):
        app.add_js_file("book/evidence.js", loading_method="defer")
