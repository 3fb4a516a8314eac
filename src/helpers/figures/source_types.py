"""How a statement is drawn by who speaks: the nearer the voice, the fuller the mark."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from helpers.belief.source_types import VOICES
from helpers.figures.estimate_marks import Look
from helpers.figures.style import BLUE

LOOKS: Mapping[str, Look] = MappingProxyType(
    {
        "witness": Look(VOICES["witness"], BLUE, "circle"),
        "tale": Look(VOICES["tale"], BLUE, "diamond", 0.45),
        "scholar": Look(VOICES["scholar"], BLUE, "square", 0.45),
        "reference": Look(VOICES["reference"], BLUE, "circle", 0.0),
    }
)
