"""Small campaigns made of a few ties, for the tests of the graph."""

from pathlib import Path

import pandas as pd

from helpers.record import Campaign

#: Certain on every day of the story.
ALWAYS = ("1917-01-01", "1917-01-01", "1919-01-01", "1919-01-01")
DATES = ["start_earliest", "start_latest", "end_earliest", "end_latest"]


def tie(a, b, sign, *days, kind="alliance", certainty="certain"):
    return {"actor_a": a, "actor_b": b, "sign": sign, "kind": kind, "certainty": certainty} | dict(
        zip(DATES, days, strict=True)
    )


def relations(*ties):
    frame = pd.DataFrame(list(ties), index=[f"r{i}" for i in range(len(ties))])
    return frame.assign(**{c: pd.to_datetime(frame[c]) for c in DATES})


def made(*ties, parents=None, told=None):
    """A campaign of nothing but ties; `told` maps a tie to the families of texts that report it (one by itself)."""
    actors = sorted(
        {t[c] for t in ties for c in ("actor_a", "actor_b")} | set(parents or {}) | set((parents or {}).values())
    )
    frame = pd.DataFrame(
        {
            "label": actors,
            "name": actors,
            "kind": "person",
            "side": "soviet",
            "parent": pd.array([(parents or {}).get(a) for a in actors], dtype="str"),
        },
        index=actors,
    )
    held = relations(*ties)
    said = [(r, family) for r in held.index for family in (told or {}).get(r, (f"of_{r}",))]
    claims = pd.DataFrame(said, columns=["relation", "source"]).assign(rank="normal")
    families = sorted(claims["source"].unique())
    sources = pd.DataFrame({"lineage": families}, index=families)
    period = {"period": ["1917-11-01", "1918-04-30"]}
    return Campaign(period, {"relations": held, "actors": frame, "claims": claims, "sources": sources}, Path())
