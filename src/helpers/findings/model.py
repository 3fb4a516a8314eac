"""What a finding answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Finding:
    """The answer of a finding under the sources it was asked of.

    Attributes
    ----------
    holds
        True if the conclusion holds, False if the sources say otherwise, None if they do not let it be said.
    values
        The strings that its sentence puts in, by the name under which the chapter glues them.
    """

    holds: bool | None
    values: Mapping[str, str] = field(default_factory=dict)


#: The answer where nothing is left to conclude from.
UNKNOWN = Finding(None)
