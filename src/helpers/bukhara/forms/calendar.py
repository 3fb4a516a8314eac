"""The form of the calendar chapter: one choice for each text, and what breaks under them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd

from helpers.book import markup
from helpers.bukhara.daycount import Choice, choices
from helpers.bukhara.daycount.constraints import Constraint
from helpers.bukhara.daycount.grid import sources

PRESETS = {"early": "Battle on 2 March", "late": "Becker's days: battle on 15 March"}
TOLERANCES = (0, 1, 2, 3)


def data(found: Sequence[Constraint], presets: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """Return what the script looks up: each constraint with its answers by the choices of its texts.

    Parameters
    ----------
    found
        As from `helpers.bukhara.daycount.constraints.constraints`.
    presets
        Readings that a button sets, by the keys of `PRESETS`.
    """
    return {
        "sources": list(sources(found)),
        "presets": {name: dict(reading) for name, reading in presets.items()},
        "constraints": [
            {
                "key": one.key,
                "text": one.text,
                "kind": one.kind,
                "slack": one.slack,
                "sources": list(one.sources),
                "needs": {"|".join(keys): need for keys, need in one.needs.items()},
                "says": {"|".join(keys): words for keys, words in one.says.items()},
            }
            for one in found
        ],
    }


def form(says: pd.DataFrame, reading: Mapping[str, str]) -> str:
    """Return the form.

    Parameters
    ----------
    says
        Indexed by text: ``label``, ``says`` (what it prints of which event), and by the key of each choice
        the day that comes out, as from `helpers.bukhara.daycount.table.open_texts`.
    reading
        The choices that stand at first.
    """
    fields = "".join(
        _field(source, row["label"], row["says"], [(c, row[c.key]) for c in choices(source)], reading[source])
        for source, row in says.iterrows()
    )
    buttons = "".join(
        f'<button type="button" data-preset="{key}">{escape(text)}</button>' for key, text in PRESETS.items()
    )
    return (
        f'<form aria-label="How each text counted its days"><p>{buttons}</p>'
        f'<div class="widget-readings">{fields}</div>{_slack()}</form>'
        '<div class="widget-result" aria-live="polite"></div><details class="widget-rest"></details>'
    )


def _field(source: str, label: str, says: str, options: Sequence[tuple[Choice, str]], chosen: str) -> str:
    source = escape(source)
    radios = "".join(
        f'<label><input type="radio" name="reading-{source}" value="{escape(choice.key)}"'
        f"{' checked' if choice.key == chosen else ''}>"
        f"<span>{escape(choice.label)}: {escape(day)}</span></label>"
        for choice, day in options
    )
    hint = f'<p class="widget-hint" id="hint-{source}">{escape(says)}</p>'
    legend = f"<legend>{escape(label)}</legend>"
    return f'<fieldset aria-describedby="hint-{source}">{legend}{hint}{radios}</fieldset>'


def _slack() -> str:
    radios = "".join(
        f'<label><input type="radio" name="hijri" value="{days}"{" checked" if days == 1 else ""}>'
        f"<span>{'exact' if not days else '1 day' if days == 1 else f'{days} days'}</span></label>"
        for days in TOLERANCES
    )
    return (
        '<fieldset class="widget-slack"><legend>How far may a Hijri day be out, either way?</legend>'
        f'<div class="widget-row">{radios}</div></fieldset>'
        '<fieldset class="widget-slack"><legend>When does a Friday begin?</legend><label>'
        '<input type="checkbox" name="evening"><span>On Thursday after sunset</span></label></fieldset>'
    )


def fallback(counted: pd.DataFrame) -> str:
    """Return the table that stands where no script runs: the prices, whole and without each text."""
    caption = "How many combinations of readings there are, and how much each day-count rejects at least."
    note = "<p>Where scripts run, this is a form in which you choose the reading of each text yourself.</p>"
    return f"{note}{markup.table_html(counted, caption=caption)}"
