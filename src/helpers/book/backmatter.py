"""HTML of the back matter: the index of people and places with its filter, and the bibliography.

Everything is there without a script; ``assets/static/book/index-filter.js`` only hides what does not match. What
the other chapters name is put in when the page is written (see `helpers.book.late`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

import pandas as pd
from IPython.display import display

from helpers.figures.style import sides
from helpers.people import index, searchkeys
from helpers.record import Campaign, bibliography, described
from helpers.record.quoting import is_web_address, link, script_json
from helpers.record.wording import day, number

REFERENCES = "references.html"
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LETTER = re.compile(r"[^\W\d_]")


def show(html: str, *, text: str) -> None:
    """Put HTML on the page, with a plain text for where no HTML is shown."""
    display({"text/html": html, "text/plain": text}, raw=True)


def filter_form() -> str:
    """Return the box that filters all lists of the page; where no script runs the style hides it."""
    rules = script_json(searchkeys.browser_rules())
    return (
        '<form class="index-filter" role="search" aria-label="Find a name">'
        f'<script type="application/json">{rules}</script>'
        f'<label for="index-query">Find a name, in any script or spelling</label>'
        f'<span class="index-box"><input id="index-query" type="search" autocomplete="off" spellcheck="false"'
        f' enterkeyhint="search" aria-describedby="index-count"> <button type="reset">Show all</button></span>'
        f'<p id="index-count" class="index-count" role="status"></p></form>'
    )


def index_list(campaign: Campaign, entries: Iterable[index.Entry]) -> str:
    """Return entries of the index as a list, each with its permanent anchor."""
    return f'<ul class="book-index">{"".join(_entry(campaign, entry) for entry in entries)}</ul>'


def reference_list(campaign: Campaign, kind: str) -> str:
    """Return the sources of a kind as a list, each with its permanent anchor."""
    rows = bibliography.of_kind(campaign, kind)
    return f'<ul class="book-references">{"".join(_reference(campaign, row) for _, row in rows.iterrows())}</ul>'


def _entry(campaign: Campaign, entry: index.Entry) -> str:
    row = entry.row
    lines = [_place(campaign, row) if entry.anchor.startswith("place-") else _actor(campaign, row)]
    if entry.names:
        lines.insert(0, f'<p class="index-names">{", ".join(map(_name, entry.names))}</p>')
    if pd.notna(row["note"]):
        lines.append(f'<p class="index-note">{escape(row["note"])}</p>')
    anchor = escape(entry.anchor)
    cited = ", ".join(source_link(campaign, source) for source in entry.sources)
    head = (
        f'<p class="index-name"><strong>{escape(entry.name)}</strong> {_kind(campaign, row)}'
        f'<a class="index-link" href="#{anchor}" aria-label="Link to this entry: {escape(entry.name)}">#</a></p>'
    )
    return (
        f'<li class="index-entry" id="{anchor}" data-keys="{escape(entry.keys)}">{head}{"".join(lines)}'
        f'<p class="index-sources">Sources: {cited}.{named_in(entry.anchor)}</p></li>'
    )


def named_in(anchor: str) -> str:
    """Return the mark at which the page, when it is written, gets the chapters that name an entry."""
    return "" if anchor.startswith("body-") else f'<span data-named="{escape(anchor)}"></span>'


def source_link(campaign: Campaign, source: str) -> str:
    """Return a link to a source in the bibliography, by its short name."""
    return f'<a href="{REFERENCES}#source-{escape(source)}">{escape(campaign.sources.loc[source, "label"])}</a>'


def _kind(campaign: Campaign, row: pd.Series) -> str:
    text = sides(campaign.package)[row["side"]].label if "side" in row else row["kind"]
    return f'<span class="index-kind">{escape(text)}</span> ' if text else ""


def _name(name: index.Name) -> str:
    language = f' lang="{escape(name.language)}"' if name.language else ""
    direction = ' dir="rtl"' if name.language.startswith("fa") or name.language.endswith("Arab") else ""
    note = f" <small>({escape(name.note.rstrip('.'))})</small>" if name.note else ""
    return f"<bdi{language}{direction}>{escape(name.text)}</bdi>{note}"


def _actor(campaign: Campaign, row: pd.Series) -> str:
    role, fate = ("" if pd.isna(row[column]) else row[column] for column in ("role", "fate"))
    told = role.split()[:2] == fate.split()[:2]  # of the hanged, both columns say the same
    life = _life(row) if row["kind"] == "person" else ""
    parts = filter(None, ["" if told else role, life, fate])
    text = " ".join(escape(f"{part.rstrip('.')}.") for part in parts)
    if pd.notna(row["parent"]):
        body = campaign.actors.loc[row["parent"], "name"]
        text += f' Belonged to: <a href="#body-{escape(row["parent"])}">{escape(body)}</a>.'
    return f"<p>{text}</p>"


def _life(row: pd.Series) -> str:
    known = [(word, row[column]) for word, column in (("born", "born"), ("died", "died")) if pd.notna(row[column])]
    if not known:
        return "Birth and death: not seen"
    text = "; ".join(f"{word} {date_words(date)}" for word, date in known)
    return text[0].upper() + text[1:]


def date_words(text: str) -> str:
    """Return a date of birth or death in words: ``1 June 1891``, ``March 1918``, ``1894``; others as they stand."""
    match text.count("-") if re.fullmatch(r"\d{4}(-\d\d){0,2}", text) else 0:
        case 2:
            return day(text)
        case 1:
            return day(f"{text}-01").partition(" ")[2]
    return text


def _place(campaign: Campaign, row: pd.Series) -> str:
    polity = described(campaign.package, "places", "polity")
    text = f"{polity.get('title', 'Then')}: {polity['definitions'][row['polity']]}."
    if pd.notna(row["line"]):
        line = bibliography.definitions(campaign, "places", "line")[row["line"]]
        text += f" On {line}."
    return f"<p>{escape(text)}</p>"


def _reference(campaign: Campaign, row: pd.Series) -> str:
    key = escape(row.name)
    author = f"{escape(row['author'].rstrip('.'))}. " if pd.notna(row["author"]) else ""
    note = f"<p>{escape(row['note'])}</p>" if pd.notna(row["note"]) else ""
    facts = {
        "Read": _read(campaign, row),
        "Side": escape(bibliography.side_of(campaign, row["perspective"])),
        "Witness": _witness(campaign, row.name),
        "Here": _uses(campaign, row.name),
    }
    body = "".join(f"<dt>{name}</dt><dd>{text}</dd>" for name, text in facts.items())
    return (
        f'<li class="reference" id="source-{key}"><p class="reference-head">{author}{_title(row)}. '
        f"{escape(_years(row))}{bibliography.LANGUAGES[row['language']]}."
        f' <a class="index-link" href="#source-{key}" aria-label="Link to this source: {escape(row["label"])}">#</a>'
        f"</p>{note}<dl>{body}</dl></li>"
    )


def _title(row: pd.Series) -> str:
    title = row["title"]
    # Some titles are descriptions of ours in English: only the script shows which.
    foreign = len(_CYRILLIC.findall(title)) * 2 > len(_LETTER.findall(title))
    language = f' lang="{escape(index.language_tag(title, row["language"]))}"' if foreign else ""
    return f"<cite{language}>{escape(title.rstrip('.'))}</cite>"


def _years(row: pd.Series) -> str:
    written, published = row["year_written"], row["year_published"]
    if pd.notna(written) and pd.notna(published) and written != published:
        return f"Written {written}, this edition {published}. "
    year = written if pd.isna(published) else published
    return "" if pd.isna(year) else f"{year}. "


def _read(campaign: Campaign, row: pd.Series) -> str:
    extent = bibliography.definitions(campaign, "sources", "extent_read")[row["extent_read"]]
    where = "; ".join(map(_site, bibliography.readings(row["read_at"])))
    return f"{escape(extent)}, at {where}" if where else f"{escape(extent)}; no address"


def _site(reading: bibliography.Reading) -> str:
    site = reading.site
    addresses = [address for address in reading.addresses if is_web_address(address)]
    if not addresses:
        return f"{escape(site)} (address not kept whole)"
    first, *rest = addresses
    more = [f", {link(address, str(n), label=f'{site}, page {n}')}" for n, address in enumerate(rest, start=2)]
    return f"{link(first, site)}{''.join(more)}"


def _witness(campaign: Campaign, key: str) -> str:
    others = bibliography.lineage_of(campaign, key)
    links = ", ".join(f'<a href="#source-{escape(k)}">{escape(campaign.sources.loc[k, "label"])}</a>' for k in others)
    took_part = "took part in what it tells; " if campaign.sources.loc[key, "participant"] else ""
    return f"{took_part}counts as one with {links}" if others else f"{took_part}a lineage of its own"


def _uses(campaign: Campaign, key: str) -> str:
    count = bibliography.statements(campaign, key)
    held = f"{number(count)} statements" if count != 1 else "1 statement"
    return f"{held} in the table of claims; key <code>{escape(key)}</code>"
