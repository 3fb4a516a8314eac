"""Rules on who copies whom: no circle, nothing older than what it rests on, and what is quoted is named."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.check.package import Package, parts
from helpers.dating import find_cycle
from helpers.record import MISSING, Fault

SEEN, JUDGED = "based_on", "may_rest_on"


def descent_runs_in_no_circle(package: Package) -> Iterator[Fault]:
    """No text rests on itself, not even by way of others."""
    seen, judged = (package.links("sources", column) for column in (SEEN, JUDGED))
    if circle := find_cycle({key: seen.get(key, set()) | judged.get(key, set()) for key in {*seen, *judged}}):
        sources = package["sources"]
        yield sources.fault(
            sources["id"].index(circle[0]),
            SEEN,
            f"{' -> '.join(circle)}: a text cannot rest on itself; take one link out",
        )


def what_a_text_rests_on_is_no_younger(package: Package) -> Iterator[Fault]:
    """A text is not older than what it rests on, where the years are known."""
    sources = package["sources"]
    written = dict(zip(sources["id"], sources["year_written"], strict=True))
    for index, key in enumerate(sources["id"]):
        latest = written[key] or sources["year_published"][index]
        for column in (SEEN, JUDGED):
            for older in parts(sources[column][index]):
                if MISSING not in (latest, written.get(older, MISSING)) and int(written[older]) > int(latest):
                    yield sources.fault(
                        index,
                        column,
                        f"{older!r} was written in {written[older]}, after {key!r} ({latest});"
                        " mend the year or the link",
                    )


def a_link_is_seen_or_judged(package: Package) -> Iterator[Fault]:
    """What a text was seen to use is not entered once more as a judgement, and a judgement has its reason."""
    sources = package["sources"]
    for index in range(len(sources)):
        judged = parts(sources[JUDGED][index])
        for older in set(judged) & set(parts(sources[SEEN][index])):
            yield sources.fault(index, JUDGED, f"{older!r} stands in `{SEEN}` too; leave it in one")
        if judged and sources["note"][index] == MISSING:
            yield sources.fault(index, "note", f"`{JUDGED}` is our judgement; give the reason for it")


def quoted_texts_are_named(package: Package) -> Iterator[Fault]:
    """A text that reports another in a claim is based on it."""
    named = package.links("sources", SEEN)

    def wrong(key: str, quoted: str) -> str | None:
        if quoted in named.get(key, ()):
            return None
        return f"{key!r} reports {quoted!r}; name it in sources.{SEEN}, or mend the claim"

    claims = package["claims"]
    yield from claims.judged("quoting", ("source", "quoting"), wrong, among=claims["quoting"].filled)


RULES = (
    descent_runs_in_no_circle,
    what_a_text_rests_on_is_no_younger,
    a_link_is_seen_or_judged,
    quoted_texts_are_named,
)
