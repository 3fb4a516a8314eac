"""What a campaign was once asked, kept for as long as the campaign is there.

The tables of a campaign never change, so a pure function of it gives the same each time. Many findings ask the same of
one campaign, and each is asked of many campaigns.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import pandas as pd

from helpers.record import Campaign

_Answer = TypeVar("_Answer")
_KEPT = "_kept"
"""Attribute of a campaign under which its answers stand; they go when it goes."""


def cached(function: Callable[..., _Answer]) -> Callable[..., _Answer]:
    """Have a pure function of a campaign compute once for each campaign and each set of further arguments.

    What raises is not kept.

    Parameters
    ----------
    function
        Its first argument is a campaign, the others can be hashed. It returns a frame, a dictionary, which are handed
        out as copies (a dictionary's values are not copied), or something that cannot be changed.

    >>> calls = []
    >>> @cached
    ... def titles(campaign):
    ...     calls.append(campaign)
    ...     return tuple(campaign.events["title"])
    >>> titles(campaign) == titles(campaign), len(calls)
    (True, 1)
    """

    @wraps(function)
    def answered(campaign: Campaign, *args: Any, **kwargs: Any) -> Any:
        answers = vars(campaign).setdefault(_KEPT, {})  # the class is frozen, what hangs on an instance is not
        key = function, args, tuple(kwargs.items())
        if key not in answers:
            answers[key] = function(campaign, *args, **kwargs)
        return _handed_out(answers[key])

    return answered


def _handed_out(value: Any) -> Any:
    if isinstance(value, pd.DataFrame | pd.Series):
        return value.copy(deep=False)
    return dict(value) if isinstance(value, dict) else value
