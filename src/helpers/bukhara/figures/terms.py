"""Figures of the chapter on the terms: what was asked, answered, signed and done, and what is not known of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd
import plotly.graph_objects as go

from helpers.bukhara.treaty import GRADES, OUTCOMES, STAGES, TOPICS, WRITTEN
from helpers.figures import lines
from helpers.figures.estimate_marks import LOOKS, Look
from helpers.figures.style import GREEN, INK, MUTED, VERMILLION, blank, fade, on_narrow

ROW = 46  # pixels a row of the matrix
BAR = 27  # pixels a row of the bars
STEP = 0.23  # between marks that share a cell
DROP = 0.16  # of the marks below the middle of their row, under its heading

HEADS = {
    "promised": "promised",
    "demanded": "demanded",
    "answered": "answered",
    "signed": "signed",
    "peace": "peace",
    "done": "done?",
}
SHORT = {
    "december_promise": "December promises",
    "march_promise": "the five days",
    "programme": "plan of the rising",
    "ultimatum": "ultimatum",
    "first_answer": "first answer",
    "second_answer": "second answer",
    "truce": "truce",
    "second_manifesto": "manifesto",
    "kyzyl_tepe": "peace",
}
BOUND = {
    "soviet": "Tashkent was to do it",
    "emir": "the emir was to do it",
    "young_bukharans": "the Young Bukharans were to do it",
    "both": "both sides were to do it",
}
KNOWN: Mapping[str, Look] = {**LOOKS, "inferred": Look(GRADES["inferred"], MUTED, "diamond", 0.0)}
BECAME: Mapping[str, Mapping] = {
    "done": {"symbol": "square", "color": GREEN},
    "partly": {"symbol": "square", "color": fade(GREEN, 0.0), "line": {"color": GREEN, "width": 2}},
    "not_done": {"symbol": "x", "color": VERMILLION},
}
BARS: Mapping[str, tuple[str, str]] = {
    "done": (GREEN, ""),
    "partly": (fade(GREEN, 0.4), ""),
    "not_done": (VERMILLION, ""),
    "unknown": (fade(MUTED, 0.28), ""),
    "unseen": (fade(MUTED, 0.0), "/"),
}


def matrix(terms: pd.DataFrame) -> go.Figure:
    """Draw one mark a term, subject by step of the bargaining, and in the last column what was done.

    Parameters
    ----------
    terms
        As from `helpers.bukhara.treaty.terms`, all of them.

    A question mark stands where a paper that was not seen whole has no term on the subject: it may have had one.
    """
    topics = [topic for topic in TOPICS if topic in set(terms["topic"])]
    columns = {stage: place for place, stage in enumerate(HEADS)}
    figure = blank(
        height=150 + ROW * len(topics),
        legend={"y": -0.01, "yanchor": "top"},
        narrow={"height": 260 + ROW * len(topics), "legend.y": -0.01, "legend.yanchor": "top"},
    )
    spots = list(_spots(terms, topics, columns))
    for grade, look in KNOWN.items():
        _marks(figure, [s for s in spots if s[2].grade == grade], look)
    ends = list(_ends(terms, topics, columns["done"]))
    for outcome, look in BECAME.items():
        chosen = [(x, y) for x, y, o in ends if o == outcome]
        figure.add_scatter(
            x=[x for x, _ in chosen],
            y=[y for _, y in chosen],
            mode="markers",
            marker={"size": 11} | look,
            name=OUTCOMES[outcome],
            hoverinfo="name",
        )
    asked = [(x, y) for x, y, o in ends if o == "unknown"] + list(_silent(terms, topics, columns))
    figure.add_scatter(
        x=[x for x, _ in asked],
        y=[y for _, y in asked],
        mode="text",
        text=["?"] * len(asked),
        textfont={"color": MUTED, "size": 14},
        hoverinfo="skip",
        showlegend=False,
    )
    for place, topic in enumerate(topics):
        _note(figure, 0, place - 0.27, f"<b>{TOPICS[topic]}</b>", xref="paper", xanchor="left")
    for stage, place in columns.items():
        on_narrow(figure, {f"annotations.{len(figure.layout.annotations)}.font.size": 9})
        _note(figure, place, -1.0, HEADS[stage], font={"size": 11, "color": MUTED})
    figure.add_vline(x=columns["done"] - 0.5, line={"color": MUTED, "width": 1})
    figure.update_xaxes(range=[-0.5, len(columns) - 0.5], showticklabels=False, showgrid=False, zeroline=False)
    figure.update_yaxes(
        range=[len(topics) - 0.4, -1.25],
        showticklabels=False,
        zeroline=False,
        tickvals=[place + 0.5 for place in range(len(topics))],
    )
    return figure


def outcomes(counts: pd.DataFrame) -> go.Figure:
    """Draw how many terms bound each party, by paper, and what became of them; points not seen are hatched.

    Parameters
    ----------
    counts
        As from `helpers.bukhara.treaty.outcomes`.
    """
    found = lines.placed(
        (BOUND[party], group.index) for party, group in counts.groupby(level="party_bound", sort=False)
    )
    rows, height = {key: y for y, key in found.rows}, int(95 + found.end * BAR)
    figure = blank(
        height=height,
        barmode="stack",
        bargap=0.25,
        legend={"y": -0.06, "yanchor": "top", "traceorder": "normal"},
        narrow={"height": height + 55, "legend.y": -0.06, "legend.yanchor": "top"},
    )
    names = {**OUTCOMES, "unseen": "never seen"}
    for outcome, (colour, pattern) in BARS.items():
        shown = counts[outcome].astype("Int64")
        shown = shown[shown.fillna(0) > 0]
        figure.add_bar(
            y=[rows[key] for key in shown.index],
            x=[int(v) for v in shown],
            orientation="h",
            name=names[outcome],
            marker={
                "color": colour,
                "line": {"color": MUTED, "width": 1 if outcome == "unseen" else 0},
                "pattern": {"shape": pattern, "fgcolor": MUTED},
            },
            hovertext=[f"{v} {names[outcome]}" for v in shown],
            hoverinfo="text",
        )
    lines.name(figure, found, lambda key: SHORT[key[1]], top=0.7)
    figure.update_xaxes(dtick=1, zeroline=False, title="number of terms")
    return figure


def _spots(terms: pd.DataFrame, topics: list[str], columns: Mapping[str, int]) -> Iterable[tuple[float, float, object]]:
    """Where each term stands: those that share a cell side by side."""
    for (topic, stage), cell in terms.groupby(["topic", "stage"], sort=False):
        for place, term in enumerate(cell.itertuples()):
            yield columns[stage] + (place - (len(cell) - 1) / 2) * STEP, topics.index(topic) + DROP, term


def _ends(terms: pd.DataFrame, topics: list[str], column: int) -> Iterable[tuple[float, float, str]]:
    for topic, group in terms.groupby("topic", sort=False):
        kinds = [o for o in OUTCOMES if o in set(group["outcome"])]
        for place, outcome in enumerate(kinds):
            yield column + (place - (len(kinds) - 1) / 2) * STEP, topics.index(topic) + DROP, outcome


def _silent(terms: pd.DataFrame, topics: list[str], columns: Mapping[str, int]) -> Iterable[tuple[float, float]]:
    """Cells of the written papers in which nothing is known to have stood."""
    filled = set(zip(terms["topic"], terms["stage"], strict=True))
    stages = [stage for stage, documents in STAGES.items() if set(documents) & set(WRITTEN)]
    return ((columns[s], topics.index(t) + DROP) for t in topics for s in stages if (t, s) not in filled)


def _marks(figure: go.Figure, spots: list, look: Look) -> None:
    if not spots:
        return
    figure.add_scatter(
        x=[x for x, _, _ in spots],
        y=[y for _, y, _ in spots],
        mode="markers",
        name=look.label,
        marker={
            "symbol": look.symbol,
            "size": 11,
            "color": fade(look.colour, look.fill),
            "line": {"color": look.colour, "width": 2 if look.fill < 1 else 0},
        },
        hovertext=[f"{t.text}<br>{t.told_by}<br>{OUTCOMES[t.outcome]}" for _, _, t in spots],
        hoverinfo="text",
        customdata=[t.Index for _, _, t in spots],
    )


def _note(figure: go.Figure, x: float, y: float, text: str, **look: object) -> None:
    figure.add_annotation(x=x, y=y, text=text, **({"showarrow": False, "font": {"color": INK}} | look))
