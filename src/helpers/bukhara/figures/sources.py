"""Figures of the chapter on the sources: who copies whom, and what is left of each finding when fewer texts count."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from helpers.belief.lineages import SEEN
from helpers.bukhara.figures.timeline import line_note
from helpers.figures.estimate_marks import LOOKS
from helpers.figures.style import BLUE, GRID, INK, MUTED, PAPER, VERMILLION, blank, fade, write

ROW = 34  # pixels a text
FIRST, LAST = 1915, 2028
SLOT = 6.5  # years of the axis that a text without a year gets to itself
HEADINGS: Mapping[str, str] = {
    "witness": "Participants and the press of the time",
    "tale": "A documentary tale",
    "scholar": "Later historians and editors",
    "reference": "Encyclopaedias and popular books",
}
DASH = {SEEN: "solid", "judged": "dot"}
NAMES = {SEEN: "was seen to use it", "judged": "probably uses it, by our judgement"}


def descent(tree: pd.DataFrame, links: pd.DataFrame) -> go.Figure:
    """Draw each text on a line of its own by year, and from each a line up or down to what it rests on.

    Parameters
    ----------
    tree
        As from `helpers.belief.lineages.family_tree`.
    links
        As from `helpers.belief.lineages.links`.

    A text whose year is not known stands in a strip at the right. An open mark stands at the year of the edition that
    was read, where that of writing is not known.
    """
    undated = tree.index[tree["written"].isna() & tree["edition"].isna()]
    slots = {key: LAST + SLOT * (place + 1) for place, key in enumerate(undated)}
    years = tree["written"].fillna(tree["edition"]).astype(float).fillna(pd.Series(slots, dtype=float))
    end = LAST + SLOT * (len(undated) + 1)
    figure = blank(margin={"t": 40}, legend={"y": 1.0, "yanchor": "bottom"})
    notes, rows, y = [], {}, 0.0
    for voice, heading in HEADINGS.items():
        there = tree.index[tree["voice"] == voice]
        if len(there):
            notes.append(line_note(y, f"<b>{heading}</b>", 13))
            rows |= {key: y + 1.2 + place for place, key in enumerate(there)}
            y += len(there) + 1.7
    figure.add_vrect(x0=LAST, x1=end, fillcolor=fade(GRID, 0.35), line_width=0, layer="below")
    for how, dash in DASH.items():
        _links(figure, links[links["how"] == how], years, rows, how, dash)
    for key, text in tree.iterrows():
        _mark(figure, text, years[key], rows[key], _told(text, links, tree["label"]))
        notes.append(_label(text["label"], years[key], rows[key]))
    write(figure, notes)
    ticks = [1918, 1940, 1970, 2000, 2025]
    figure.update_xaxes(
        range=[FIRST - 1, end],
        tickvals=[*ticks, (LAST + end) / 2],
        ticktext=[*map(str, ticks), "no year"],
        zeroline=False,
    )
    figure.update_yaxes(range=[y - 0.7, -0.6], showticklabels=False, showgrid=False, zeroline=False)
    figure.update_layout(height=int(90 + y * ROW))
    figure.layout.meta = {
        "narrow": {
            "margin.t": 64,
            "xaxis.tickvals": [1918, 1970, 2025, (LAST + end) / 2],
            "xaxis.ticktext": ["1918", "1970", "2025", "no year"],
        }
    }
    return figure


def _links(
    figure: go.Figure, links: pd.DataFrame, years: pd.Series, rows: Mapping[str, float], how: str, dash: str
) -> None:
    """Along the line of the older text to the year of the younger, then to the younger; a dot where they part."""
    x, y, joints = [], [], []
    nudge = 0 if how == SEEN else 0.8
    for link in links.itertuples():
        at = years[link.text] + nudge
        x += [years[link.rests_on], at, at, None]
        y += [rows[link.rests_on], rows[link.rests_on], rows[link.text], None]
        joints.append((at, rows[link.rests_on]))
    colour = INK if how == SEEN else MUTED
    figure.add_scatter(
        x=x, y=y, mode="lines", name=NAMES[how], line={"color": fade(colour, 0.75), "dash": dash, "width": 1.6},
        hoverinfo="skip",
    )  # fmt: skip
    figure.add_scatter(
        x=[at for at, _ in joints], y=[place for _, place in joints], mode="markers", showlegend=False,
        marker={"color": colour, "size": 5}, hoverinfo="skip",
    )  # fmt: skip


def _mark(figure: go.Figure, text: pd.Series, year: float, row: float, told: str) -> None:
    look = LOOKS[text["voice"]]
    known = not pd.isna(text["written"])
    figure.add_scatter(
        x=[year], y=[row], mode="markers", showlegend=False, cliponaxis=False, hoverinfo="text",
        hovertext=[told],
        marker={
            "color": look.colour if known else PAPER, "symbol": look.symbol, "size": 11,
            "line": {"color": look.colour, "width": 2},
        },
    )  # fmt: skip


def _label(text: str, year: float, row: float) -> dict[str, object]:
    """What is written beside the mark of a text, on the side where the figure has room."""
    right = year > (FIRST + LAST) / 2
    side = {"xanchor": "right", "xshift": -11, "yshift": 0} if right else {"xanchor": "left", "xshift": 11, "yshift": 9}
    look = {"font": {"size": 11.5, "color": INK}, "bgcolor": fade(PAPER, 0.85), "borderpad": 0}
    return {"x": year, "y": row, "text": text, "showarrow": False, "yanchor": "middle", **side, **look}


def _told(text: pd.Series, links: pd.DataFrame, labels: pd.Series) -> str:
    """What the details of a text say: its year, and what it rests on."""
    if not pd.isna(text["written"]):
        year = f"written {text['written']}"
    else:
        year = f"edition of {text['edition']}" if not pd.isna(text["edition"]) else "year not known"
    rests = links[links["text"] == text.name]
    lines = [f"{NAMES[link.how].replace('it', labels[link.rests_on], 1)}" for link in rests.itertuples()]
    return "<br>".join([f"<b>{text['label']}</b>, {year}", *lines])


MARKS: Mapping[str, Mapping[str, object]] = {
    "holds": {"symbol": "square", "color": fade(BLUE, 0.75), "size": 11},
    "reverses": {"symbol": "x", "color": VERMILLION, "size": 10},
    "cannot be said": {"symbol": "circle-open", "color": MUTED, "size": 7, "line": {"width": 1.5}},
}
GRID_ROW = 18  # pixels a finding


def grid(
    verdicts: pd.DataFrame, sentences: pd.DataFrame, policies: Mapping[str, str], chapters: Mapping[str, str]
) -> go.Figure:
    """Draw what each finding answers under each policy, chapter by chapter.

    Parameters
    ----------
    verdicts
        As from `helpers.findings.grid.verdicts`; those that hold under most of the policies stand first.
    sentences
        Index the finding; columns ``chapter``, ``sentence`` and ``falls``, the number of families without which it
        does not hold, written at the end of its line.
    policies
        Columns to draw, from left to right, to what they are called.
    chapters
        Chapters from top to bottom, with their headings.
    """
    shown = verdicts[list(policies)]
    order = (shown == "holds").sum(axis=1).sort_values(ascending=False, kind="stable").index
    figure = blank(margin={"r": 90}, legend={"y": -0.005, "yanchor": "top", "itemsizing": "constant"})
    notes, rows, y = [], {}, 0.0
    for chapter, heading in chapters.items():
        there = [key for key in order if sentences.loc[key, "chapter"] == chapter]
        if there:
            notes.append(line_note(y, f"<b>{heading}</b>", 12))
            rows |= {key: y + 1 + place for place, key in enumerate(there)}
            y += len(there) + 1.4
    write(figure, notes)
    for verdict, marker in MARKS.items():
        hits = [(key, policy) for key in rows for policy in policies if shown.loc[key, policy] == verdict]
        figure.add_scatter(
            x=[list(policies).index(policy) for _, policy in hits], y=[rows[key] for key, _ in hits], mode="markers",
            name=verdict, marker=marker, hoverinfo="text",
            hovertext=[f"{_wrapped(sentences.loc[k, 'sentence'])}<br><i>{policies[p]}: {verdict}</i>" for k, p in hits],
        )  # fmt: skip
    figure.add_scatter(
        x=[len(policies)] * len(rows), y=list(rows.values()), mode="text", showlegend=False, hoverinfo="skip",
        text=[str(sentences.loc[key, "falls"]) for key in rows], textfont={"size": 11, "color": MUTED},
        cliponaxis=False,
    )  # fmt: skip
    figure.update_xaxes(
        range=[-0.6, len(policies) + 0.6], tickvals=list(range(len(policies) + 1)),
        ticktext=[*policies.values(), "<i>families it needs</i>"], tickangle=-60, side="top", showgrid=False,
        zeroline=False,
    )  # fmt: skip
    figure.update_yaxes(
        range=[y - 0.6, -0.7], tickvals=list(rows.values()),
        ticktext=[key.split("_", 1)[1].replace("_", " ") for key in rows],
        tickfont={"size": 11}, zeroline=False, gridcolor=fade(GRID, 0.6),
    )  # fmt: skip
    figure.update_layout(height=int(210 + y * GRID_ROW))
    figure.layout.meta = {
        "narrow": {
            "yaxis.tickfont.size": 10,
            "xaxis.tickfont.size": 11,
            "xaxis.nticks": None,
            "xaxis.tickangle": -90,
            "legend.y": -0.005,
            "legend.yanchor": "top",
        }
    }
    return figure


def _wrapped(sentence: str, width: int = 60) -> str:
    return "<br>".join(textwrap.wrap(sentence, width))
