"""Figures of the story: each says one thing, and its marks carry words."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from datetime import timedelta

import pandas as pd
import plotly.graph_objects as go

from helpers.figures.style import (
    ALLIANCE,
    CONFLICT,
    GRID,
    INK,
    MUTED,
    PAPER,
    VERMILLION,
    blank,
    fade,
    on_narrow,
    write,
)

ROW = 40  # pixels of a line
#: Stations whose names a narrow screen has room for, above and below the line in turn.
_FEW = ("chardzhui", "kagan", "kermine_station", "samarkand_station", "tashkent")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def sides(claims: pd.DataFrame) -> go.Figure:
    """Draw every text's number of all men on either side, on one axis.

    Parameters
    ----------
    claims
        As from `helpers.bukhara.story.sides`.
    """
    figure = blank(height=110 + ROW * len(claims), showlegend=False)
    names, heads = [], {}
    for place, row in enumerate(claims.itertuples()):
        low, high = _ends(row)
        names.append(row.text)
        heads.setdefault(row.side, place)
        figure.add_scatter(
            x=[low, high], y=[place, place], mode="lines", hoverinfo="skip",
            line={"color": INK, "width": 3, "dash": "solid" if low != high else "dot"},
        )  # fmt: skip
        figure.add_scatter(
            x=[high], y=[place], mode="markers+text", text=[f"   <b>{_said(row)}</b>"], textposition="middle right",
            marker={"size": 12, "color": INK if row.participant else PAPER, "line": {"color": INK, "width": 2}},
            hoverinfo="skip", cliponaxis=False,
        )  # fmt: skip
    notes = [
        {"x": 0, "xref": "paper", "xanchor": "left", "y": place - 0.5, "text": f"<b>{side}</b>", "showarrow": False}
        for side, place in heads.items()
    ]
    figure.update_xaxes(
        type="log",
        range=[2.5, 5.5],
        tickvals=[500, 1000, 2000, 5000, 10000, 20000, 50000],
        title="men",
        tickformat=",",
    )
    figure.update_yaxes(
        range=[len(claims) - 0.4, -0.9], tickvals=list(range(len(names))), ticktext=names, showgrid=False
    )
    write(figure, notes)
    wrapped = ["<br>".join(textwrap.wrap(name, 16)) for name in names]
    on_narrow(
        figure, {"xaxis.range": [2.5, 6.1], "yaxis.ticktext": wrapped, "xaxis.tickvals": [500, 2000, 10000, 50000]}
    )
    return figure


def papers(lines: pd.DataFrame) -> go.Figure:
    """Draw papers line by line: what a line says, or a black bar where no text shows it.

    Parameters
    ----------
    lines
        As from `helpers.bukhara.story.papers`.
    """
    figure = blank(height=40, showlegend=False)
    place, notes = 0.0, []
    for paper, rows in lines.groupby("paper", sort=False):
        notes.append(_words(0, place, f"<b>{paper}</b>", size=14))
        place += 1
        for row in rows.itertuples():
            notes.append({**_words(0.01, place - 0.3, f"{row.line}.", colour=MUTED), "yanchor": "top"})
            if pd.isna(row.text):
                figure.add_scatter(
                    x=[0.07, 0.56 + 0.07 * (row.line % 4)],
                    y=[place, place],
                    mode="lines",
                    line={"color": INK, "width": 16},
                    hoverinfo="skip",
                )
                place += 1
            else:
                folded = textwrap.wrap(row.text, 40)
                notes.append({**_words(0.06, place - 0.3, "<br>".join(folded)), "yanchor": "top"})
                place += 0.4 + 0.62 * len(folded)
        place += 0.4
    figure.update_layout(height=int(place * 28) + 30, margin={"l": 4, "r": 4, "t": 10, "b": 4})
    figure.update_xaxes(range=[0, 1], visible=False, fixedrange=True)
    figure.update_yaxes(range=[place, -0.6], visible=False, fixedrange=True)
    write(figure, notes)
    on_narrow(figure, {"font.size": 12})
    return figure


def first_days(events: pd.DataFrame) -> go.Figure:
    """Draw events of a few days as bars with their names, a lane for each place.

    Parameters
    ----------
    events
        As from `helpers.bukhara.story.first_days`.
    """
    figure = blank(height=60, showlegend=False)
    place, notes, shapes, narrow = 0, [], [], {}
    for lane, rows in events.groupby("place", sort=False):
        notes.append({**_words(0, place - 0.72, f"<b>{lane}</b>"), "xref": "paper"})
        for row in rows.itertuples():
            fatal = "killed" in row.what or "hanged" in row.what
            start, end = pd.Timestamp(row.first), pd.Timestamp(row.last) + timedelta(days=1)
            figure.add_scatter(
                x=[start, end, end, start, start],
                y=[place - 0.28, place - 0.28, place + 0.28, place + 0.28, place - 0.28],
                fill="toself", mode="lines", line={"width": 0}, hoverinfo="skip",
                fillcolor=fade(VERMILLION if fatal else MUTED, 0.55),
            )  # fmt: skip
            late = end > pd.Timestamp(events["last"].max()) - timedelta(days=1)
            narrow[f"annotations.{len(notes)}.font.size"] = 11
            notes.append(
                {
                    "x": start if late else end, "y": place, "text": row.what, "showarrow": False,
                    "xanchor": "right" if late else "left", "xshift": -4 if late else 4,
                }
            )  # fmt: skip
            place += 1
        shapes.append(
            {
                "type": "line",
                "xref": "paper",
                "x0": 0,
                "x1": 1,
                "y0": place - 0.05,
                "y1": place - 0.05,
                "line": {"color": GRID},
            }
        )
        place += 0.75
    first, last = (pd.Timestamp(day) for day in (events["first"].min(), events["last"].max()))
    days = pd.date_range(first, last)
    figure.update_layout(height=int(place * 28) + 80, shapes=shapes)
    figure.update_xaxes(
        range=[first - timedelta(hours=6), last + timedelta(days=1, hours=6)], side="top", showgrid=False,
        tickvals=days + timedelta(hours=12), ticktext=[f"{_WEEKDAYS[d.weekday()]}<br><b>{d.day}</b>" for d in days],
    )  # fmt: skip
    figure.update_yaxes(range=[place - 0.5, -1.1], visible=False)
    write(figure, notes)
    on_narrow(figure, {"font.size": 11, "xaxis.ticktext": [f"<b>{d.day}</b>" for d in days], **narrow})
    return figure


def month(days: pd.DataFrame) -> go.Figure:
    """Draw a month as a calendar, a row a week: what happened on a day, and the days of which nobody tells.

    Parameters
    ----------
    days
        As from `helpers.bukhara.story.march`.
    """
    first = days.index[0]
    offset = first.weekday()
    weeks = (offset + len(days) - 1) // 7 + 1
    figure = blank(height=70 + 74 * weeks, showlegend=False, margin={"l": 2, "r": 2, "t": 24, "b": 4})
    shapes, notes, narrow = [], [], {}
    for number, (day, row) in enumerate(days.iterrows()):
        column, week = (offset + number) % 7, (offset + number) // 7
        told = bool(row["what"])
        fatal = "killed" in row["what"] or "hanged" in row["what"]
        colour = fade(VERMILLION, 0.28) if fatal else fade(MUTED, 0.3) if told else "rgba(0,0,0,0)"
        box = {"type": "rect", "x0": column, "x1": column + 1, "y0": week, "y1": week + 1}
        shapes.append(box | {"fillcolor": colour, "line": {"color": MUTED, "width": 1}})
        if row["dark"] and not told:
            shapes += [
                {
                    "type": "line", "x0": column + step, "x1": column + step + 0.2, "y0": week + 1, "y1": week,
                    "line": {"color": fade(MUTED, 0.55), "width": 1},
                }
                for step in (0.0, 0.2, 0.4, 0.6, 0.8)
            ]  # fmt: skip
        notes.append(_words(column + 0.05, week + 0.17, f"<b>{day.day}</b>"))
        if told:
            parts = row["what"].split("; ")
            narrow[f"annotations.{len(notes)}.text"] = row["short"].replace("; ", "<br>")
            narrow[f"annotations.{len(notes)}.font.size"] = 11
            wide = "<br>".join("<br>".join(textwrap.wrap(p, 12)) for p in parts)
            notes.append(_words(column + 0.05, week + 0.62, wide))
    marked = [n for n, what in enumerate(days["what"]) if what]
    figure.add_scatter(
        x=[(offset + n) % 7 + 0.92 for n in marked],
        y=[(offset + n) // 7 + 0.14 for n in marked],
        mode="markers",
        marker={"size": 7, "color": INK},
        hoverinfo="skip",
    )
    figure.update_layout(shapes=shapes)
    figure.update_xaxes(
        range=[0, 7], side="top", tickvals=[c + 0.5 for c in range(7)], ticktext=list(_WEEKDAYS), showgrid=False,
        fixedrange=True,
    )  # fmt: skip
    figure.update_yaxes(range=[weeks, 0], visible=False, fixedrange=True)
    write(figure, notes)
    on_narrow(figure, {"height": 70 + 96 * weeks, **narrow})
    return figure


def strip(stations: pd.DataFrame, *, start: str, met: str, peace: str) -> go.Figure:
    """Draw a line as a line: its stations to scale, the stretch without rails, and how far someone came on it.

    Parameters
    ----------
    stations
        As from `helpers.bukhara.story.strip`.
    start, met, peace
        Places where the way begins, where it ended, and where peace was made.
    """
    figure = blank(height=250, showlegend=False, margin={"l": 10, "r": 10, "t": 30, "b": 10})
    km, cut = stations["km"], stations[stations["cut"]]["km"]
    figure.add_scatter(x=km, y=[0] * len(km), mode="lines", line={"color": INK, "width": 3}, hoverinfo="skip")
    figure.add_scatter(
        x=[cut.min(), cut.max()], y=[0, 0], mode="lines", line={"color": VERMILLION, "width": 9, "dash": "3px,5px"},
        hoverinfo="skip",
    )  # fmt: skip
    figure.add_scatter(
        x=km, y=[0] * len(km), mode="markers", hoverinfo="skip",
        marker={"size": 11, "color": PAPER, "line": {"color": INK, "width": 2}},
    )  # fmt: skip
    notes, narrow = [], {}
    for number, (key, row) in enumerate(stations.iterrows()):
        below = number % 2 == 1
        if key not in _FEW:
            narrow[f"annotations.{len(notes)}.text"] = ""
        else:
            narrow[f"annotations.{len(notes)}.y"] = 0.30 if _FEW.index(key) % 2 else -0.24
        name = f"<b>{row['name']}</b>" if key in (start, peace) else row["name"]
        notes.append(_words(row["km"], 0.30 if below else -0.24, name, anchor="center"))
    middle = (cut.min() + cut.max()) / 2
    notes.append(_words(middle, -0.85, "track taken up", colour=VERMILLION, anchor="center"))
    arrow = {"x": km[met], "y": 0.82, "ax": km[start], "ay": 0.82, "xref": "x", "yref": "y", "axref": "x", "ayref": "y"}
    notes.append(arrow | {"text": "", "showarrow": True, "arrowhead": 2, "arrowwidth": 3, "arrowcolor": INK})
    notes.append(_words(km[met] + 8, 0.82, "as far as help met him"))
    figure.update_xaxes(range=[km.min() - 30, km.max() + 30], visible=False, fixedrange=True)
    figure.update_yaxes(range=[1.2, -1.2], visible=False, fixedrange=True)
    write(figure, notes)
    on_narrow(figure, {"font.size": 11, **narrow})
    return figure


def camps(
    days: Mapping[str, pd.DataFrame], places: Mapping[str, tuple[float, float]], names: Mapping[str, str]
) -> go.Figure:
    """Draw who stood with whom on some days, side by side, everybody in the same place.

    Parameters
    ----------
    days
        What a day is called, to who stood how with whom (as from `helpers.bukhara.story.camps`).
    places
        Where each actor stands.
    names
        What each is called.
    """
    figure = blank(height=640, showlegend=True, legend={"y": -0.02, "yanchor": "top"})
    notes, shift = [], 5.4
    for number, (title, ties) in enumerate(days.items()):
        at = {actor: (x, y - shift * number) for actor, (x, y) in places.items()}
        for sign, colour, what in ((1, ALLIANCE, "with each other"), (-1, CONFLICT, "against each other")):
            for sure in (True, False):
                xs, ys = [], []
                for tie in ties[(ties["sign"] == sign) & (ties["sure"] == sure)].itertuples():
                    (x0, y0), (x1, y1) = at[tie.one], at[tie.other]
                    xs += [x0, x1, None]
                    ys += [y0, y1, None]
                figure.add_scatter(
                    x=xs, y=ys, mode="lines", hoverinfo="skip", legendgroup=what, name=what,
                    showlegend=number == 0 and sure,
                    line={"color": colour, "width": 5 if sure else 1.8, "dash": "solid" if sign > 0 else "dash"},
                )  # fmt: skip
        present = sorted({*ties["one"], *ties["other"]})
        figure.add_scatter(
            x=[at[a][0] for a in present], y=[at[a][1] for a in present], mode="markers", hoverinfo="skip",
            marker={"size": 13, "color": INK, "line": {"color": PAPER, "width": 2}}, showlegend=False,
        )  # fmt: skip
        notes.append({**_words(-1.0, 4.0 - shift * number, f"<b>{title}</b>", size=14)})
        for actor in present:
            x, y = at[actor]
            label = "<br>".join(textwrap.wrap(names[actor], 18))
            notes.append({**_words(x, y, label, anchor="center"), "yshift": 22, "bgcolor": fade(PAPER, 0.8)})
    figure.update_xaxes(range=[-1.2, 5.2], visible=False, fixedrange=True)
    figure.update_yaxes(range=[-1.0 - shift * (len(days) - 1), 4.4], visible=False, fixedrange=True)
    write(figure, notes)
    on_narrow(figure, {"font.size": 12})
    return figure


def _ends(row: object) -> tuple[float, float]:
    given = [float(value) for value in (row.low, row.best, row.high) if pd.notna(value)]
    return min(given), max(given)


def _said(row: object) -> str:
    low, high = _ends(row)
    if low != high:
        return f"{low:,.0f}–{high:,.0f}"
    if pd.notna(row.best):
        return f"{low:,.0f}"
    return f"{low:,.0f} or more" if pd.notna(row.low) else f"up to {high:,.0f}"


def _words(x: float, y: float, text: str, *, anchor: str = "left", colour: str = INK, size: int = 13) -> dict:
    look = {"showarrow": False, "xanchor": anchor, "yanchor": "middle", "align": "left"}
    return {"x": x, "y": y, "text": text, "font": {"size": size, "color": colour}, **look}
