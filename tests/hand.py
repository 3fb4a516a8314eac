"""Campaigns of a few rows, made by hand: the value that a rule must give can be worked out on paper."""

from __future__ import annotations

from types import MappingProxyType

import pandas as pd

from helpers.record import Campaign


def small(campaign: Campaign, **tables: dict[str, dict[str, object]]) -> Campaign:
    """Return a campaign with these rows, key to cells, and the schema of another; what is not given is empty."""
    frames = {name: _frame(campaign[name], tables.get(name, {})) for name in campaign}
    return Campaign(campaign.package, MappingProxyType(frames), campaign.path)


def _frame(like: pd.DataFrame, rows: dict[str, dict[str, object]]) -> pd.DataFrame:
    strange = {cell for cells in rows.values() for cell in cells} - set(like.columns)
    assert not strange, f"no such column: {strange}"
    columns = {
        column: pd.array([cells.get(column) for cells in rows.values()], dtype=dtype)
        if not pd.api.types.is_datetime64_any_dtype(dtype)
        else pd.to_datetime(pd.Series([cells.get(column) for cells in rows.values()], dtype=object)).astype(dtype).array
        for column, dtype in like.dtypes.items()
    }
    return pd.DataFrame(columns, index=pd.Index(list(rows), dtype="str", name=like.index.name))
