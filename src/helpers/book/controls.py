"""Sliders and menus of a figure as controls of the page: reachable by keyboard, named for screen readers.

plotly draws its own as shapes in the picture, which only a mouse can move. The page's script (figures.js) leaves
those out and carries out a control's step in their place.
"""

from __future__ import annotations

from html import escape
from typing import Any

import plotly.graph_objects as go


def controls_html(figure: go.Figure) -> str:
    """Return a control for each slider and each menu of the figure, hidden until the script is there.

    Raises
    ------
    ValueError
        If a slider or a menu has nothing to choose from.
    """
    sliders = [_slider(slider, place) for place, slider in enumerate(figure.layout.sliders)]
    menus = [_menu(menu, place) for place, menu in enumerate(figure.layout.updatemenus)]
    return "".join([*sliders, *menus])


def _slider(slider: Any, place: int) -> str:
    labels = _labels(slider.steps, "slider")
    active = int(slider.active or 0)
    title = _title(slider.currentvalue.prefix, "Step")
    return (
        f'<label class="figure-slider" hidden><span>{title}</span> <output>{labels[active]}</output>'
        f'<input type="range" min="0" max="{len(labels) - 1}" value="{active}" data-steps="sliders.{place}"'
        f' aria-label="{title}" aria-valuetext="{labels[active]}" autocomplete="off"></label>'
    )


def _menu(menu: Any, place: int) -> str:
    labels = _labels(menu.buttons, "menu")
    active = int(menu.active or 0)
    options = "".join(
        f'<option value="{value}"{" selected" if value == active else ""}>{label}</option>'
        for value, label in enumerate(labels)
    )
    title = _title(menu.name, "Show")
    return (
        f'<label class="figure-menu" hidden><span>{title}</span>'
        f' <select data-steps="updatemenus.{place}" autocomplete="off">{options}</select></label>'
    )


def _labels(steps: Any, kind: str) -> list[str]:
    labels = [escape(step.label or "") for step in steps]
    if not all(labels) or not labels:
        raise ValueError(f"a {kind} of the figure has no steps, or steps without a label: give each one a label")
    return labels


def _title(given: str | None, otherwise: str) -> str:
    return escape((given or otherwise).strip().rstrip(":"))
