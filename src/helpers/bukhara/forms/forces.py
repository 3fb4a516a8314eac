"""The form of the chapter on forces: whom to believe, and the band of the ratio under that choice."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from html import escape
from typing import Any

import pandas as pd

from helpers.book import markup
from helpers.bukhara.forces.odds import families
from helpers.record.wording import number, said

NAME = "believe"
AXIS = (0.8, 200.0)
TICKS = (1, 2, 5, 10, 20, 50, 100, 200)


def data(choices: pd.DataFrame, ours: pd.DataFrame, theirs: pd.DataFrame, without: Collection[str]) -> dict[str, Any]:
    """Return what the script looks up: the band for each set of families, by their keys.

    Parameters
    ----------
    choices
        As from `helpers.bukhara.forces.odds.by_choice`.
    ours, theirs
        The claims on either force.
    without
        Families that the second button leaves out.
    """
    return {
        "families": sorted(families(ours, theirs)),
        "without": sorted(without),
        "axis": list(AXIS),
        "choices": {
            key: {
                "ours": int(row["ours"]),
                "theirs": int(row["theirs"]),
                # None, and not zero, where nobody is left to speak of a side.
                "band": None
                if math.isnan(row["low"])
                else [round(float(row[c]), 2) for c in ("low", "middle", "high")],
                "more": None if math.isnan(row["low"]) else round(float(row["above_one"]), 3),
            }
            for key, row in choices.iterrows()
        },
    }


def form(ours: pd.DataFrame, theirs: pd.DataFrame) -> str:
    """Return the form: one box for each family of texts with what it says, and the band below."""
    boxes = "".join(_box(key, label, ours, theirs) for key, label in families(ours, theirs).items())
    ticks = "".join(f'<span style="left:{place(tick):.2f}%">{tick}</span>' for tick in TICKS)
    return (
        '<form aria-label="Whom do you believe?"><p><button type="button" data-preset="all">All of them</button>'
        '<button type="button" data-preset="without">Without the encyclopaedias</button></p>'
        f'<fieldset><legend>Whom do you believe?</legend><div class="widget-readings">{boxes}</div></fieldset></form>'
        '<div class="widget-result"><p class="widget-sum" aria-live="polite"></p>'
        '<div class="believe-track" aria-hidden="true"><span class="believe-all"></span>'
        '<span class="believe-band"></span><span class="believe-middle"></span></div>'
        f'<div class="believe-ticks" aria-hidden="true">{ticks}</div>'
        "<p class=\"widget-hint\">The emir's men to one of Kolesov's. Grey: with all sources.</p></div>"
    )


def place(ratio: float) -> float:
    """Return where a ratio stands on the logarithmic axis of the form, in per cent of its width."""
    low, high = map(math.log, AXIS)
    return 100 * (math.log(ratio) - low) / (high - low)


def fallback(left: pd.DataFrame, whole: Mapping[str, float], names: Mapping[str, str]) -> str:
    """Return the table that stands where no script runs: the band with all families and without each."""
    rows = [("nobody", whole), *((names[key], row) for key, row in left.iterrows())]
    bands = ["low", "middle", "high"]
    frame = pd.DataFrame([[name, *(number(row[c], digits=1) for c in bands)] for name, row in rows])
    frame.columns = ["left out", *bands]
    caption = "The emir's men to one of Kolesov's: the middle of the draws, and the band that holds nine in ten."
    note = "<p>Where scripts run, this is a form in which you choose whom to believe.</p>"
    return f"{note}{markup.table_html(frame, caption=caption)}"


def _box(key: str, label: str, ours: pd.DataFrame, theirs: pd.DataFrame) -> str:
    sides = {"Kolesov": ours, "the emir": theirs}
    told = [(side, claims[claims["lineage"] == key]) for side, claims in sides.items()]
    words = "; ".join(f"{side} {', '.join(_numbers(claims))}" for side, claims in told if len(claims))
    key = escape(key)
    return (
        f'<label><input type="checkbox" name="family-{key}" checked aria-describedby="family-{key}-says">'
        f'<span>{escape(label)}<br><small id="family-{key}-says">{escape(words)}</small></span></label>'
    )


def _numbers(claims: pd.DataFrame) -> list[str]:
    return list(dict.fromkeys(said(claim) for claim in claims.itertuples()))
