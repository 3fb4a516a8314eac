"""Kinds of single damages to a data package: each makes one change that a careful reader would want to be told of.

``KINDS`` has them all by name; importing this module fills it.
"""

from shared.damages import bibliography, cells, descriptor, files, meaning, rows, texts, times  # noqa: F401 (they register)
from shared.damages.model import KINDS, Damage, Kind, Original

__all__ = ["KINDS", "Damage", "Kind", "Original"]
