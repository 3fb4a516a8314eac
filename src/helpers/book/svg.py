"""Slimming the SVG that plotly writes, and making its colours follow the page."""

from __future__ import annotations

import re
from functools import lru_cache
from xml.etree import ElementTree

from helpers.figures import style

_SVG = "http://www.w3.org/2000/svg"
_RGB = re.compile(r"rgb\((\d+), ?(\d+), ?(\d+)\)")
_ID = re.compile(r"url\(['\"]?#([^)'\"]+)['\"]?\)")
_LONG = re.compile(r"-?\d+\.\d{2,}")
_FONT = re.compile(r"font-family:[^;]*;\s*")
# What says nothing: the value is the initial one, or the stylesheet gives it to every picture.
_IDLE_RULES = (
    "fill-opacity: 1;",
    "stroke-opacity: 1;",
    "opacity: 1;",
    "vector-effect: none;",
    "white-space: pre;",
    "stroke-miterlimit: 2;",
)
_IDLE = re.compile(rf"(?:^|(?<=; ))(?:{'|'.join(map(re.escape, _IDLE_RULES))})\s*")
_STYLED = {"textpoint"}
"""Classes that the book's stylesheet knows."""
_DROPPED = {"data-unformatted", "data-math", "data-index", "pointer-events", "space"}
_EMPTY = {"g", "defs", "text"}


def slim(text: str, *, name: str, css: str, swapped: frozenset[str]) -> str:
    """Return a picture for the page: fewer bytes, names of its own, colours as variables.

    Parameters
    ----------
    name
        Put before every ``id``: two pictures on one page must not share one.
    css
        Classes of the ``svg`` element.
    swapped
        Colours that become variables, since the dark page has others for them.
    """
    ElementTree.register_namespace("", _SVG)
    root = ElementTree.fromstring(text)
    box = root.get("viewBox") or f"0 0 {root.get('width')} {root.get('height')}"
    _prune(root)
    used = set(_ID.findall(ElementTree.tostring(root, encoding="unicode")))
    names = {old: f"{name}-{place}" for place, old in enumerate(sorted(used))}
    for element in root.iter():
        _dress(element, names, swapped)
    root.attrib = {"class": css, "viewBox": box, "aria-hidden": "true"}
    # Inside HTML the namespace goes without saying.
    return ElementTree.tostring(root, encoding="unicode").replace(f' xmlns="{_SVG}"', "", 1)


def variable(colour: str) -> str:
    """Return the name of the CSS variable that carries the dark page's colour for a light one."""
    return f"--fig-{colour.lstrip('#').lower()}"


def _prune(element: ElementTree.Element) -> None:
    """Drop what draws nothing: empty groups, paths that go nowhere, sheets without size, sheets and words unseen."""
    for child in list(element):
        _prune(child)
        tag = child.tag.removeprefix(f"{{{_SVG}}}")
        empty = tag in _EMPTY and not len(child) and not (child.text or "").strip()
        pointless = tag == "path" and child.get("d", "M0,0") in ("M0,0", "")
        unseen = tag in ("rect", "text") and "fill-opacity: 0;" in child.get("style", "") and _no_line(child)
        flat = tag == "rect" and "0" in (child.get("width"), child.get("height"))
        if empty or pointless or unseen or flat:
            element.remove(child)


def _no_line(element: ElementTree.Element) -> bool:
    said = element.get("style", "")
    return "stroke:" not in said or "stroke-width: 0" in said or "stroke-opacity: 0;" in said


def _dress(element: ElementTree.Element, names: dict[str, str], swapped: frozenset[str]) -> None:
    said = dict(element.attrib)
    element.attrib.clear()
    for key, value in said.items():
        if key == "class" and value not in _STYLED:
            continue
        if key.rpartition("}")[2] in _DROPPED or (key == "id" and value not in names):
            continue
        element.set(key, _value(key, value, names, swapped))
        if key == "style" and not element.get("style"):
            del element.attrib["style"]


def _value(key: str, value: str, names: dict[str, str], swapped: frozenset[str]) -> str:
    if key == "id":
        return names[value]
    if key == "style":
        value = _styled(value, swapped)
    value = _ID.sub(lambda found: f"url(#{names.get(found[1], found[1])})", value)
    return value if key == "id" else _LONG.sub(lambda number: f"{float(number[0]):.1f}".removesuffix(".0"), value)


@lru_cache(4096)
def _styled(value: str, swapped: frozenset[str]) -> str:
    """The rules of a ``style`` that say something; a picture repeats a few of them for each point and letter."""
    value = _IDLE.sub("", value)
    value = _FONT.sub("", value) if style.FONT.split(",")[0] in value else value
    return _RGB.sub(lambda found: _colour(found, swapped), value).replace("; ", ";").replace(": ", ":").rstrip("; ")


def _colour(found: re.Match[str], swapped: frozenset[str]) -> str:
    colour = "#" + "".join(f"{int(part):02X}" for part in found.groups())
    return f"var({variable(colour)},{colour.lower()})" if colour in swapped else colour.lower()
