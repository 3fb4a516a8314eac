"""What the figures of the story show: small tables, and the sentence that a reader may take from each.

Each function takes the campaign and returns a table; each ``..._headline`` the finding in words, computed from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

import pandas as pd

from helpers import quantities
from helpers.bukhara import railway, treaty
from helpers.bukhara.chronology import chronology
from helpers.network import signed_graph
from helpers.record import Campaign
from helpers.record.wording import day, number

SOVIET, EMIR = "soviet_force_start", "emir_force_total"
MARCH = (date(1918, 3, 1), date(1918, 3, 31))
KNOWN_TO = 2
"""Days within which an event must be known to stand in the calendar of March."""

#: What the calendar of March says of each event that it shows, at length and in short.
CALENDAR: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "ultimatum_sent": ("the letter", "letter"),
        "first_battle": ("battle", "battle"),
        "second_manifesto": ("manifesto", "seal"),
        "delegation_sent": ("delegation", "guests"),
        "delegates_killed": ("delegates killed", "killed"),
        "sobitov_boys_hanged": ("two boys hanged", "hanged"),
        "kyzyl_tepe_agreement": ("peace", "peace"),
    }
)

#: The first days, by place: event, and what the figure calls it.
FIRST_DAYS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "New Bukhara": {
            "ultimatum_sent": "letter",
            "carriage_talks": "seal checked",
            "kagan_cut_off": "line cut",
        },
        "Under the walls": {"first_battle": "battle", "reformers_killed_outside_city": "reformers killed"},
        "The Ark": {
            "second_manifesto": "manifesto",
            "delegation_sent": "delegation",
            "delegates_killed": "killed",
            "prisons_full": "prisons full",
            "sobitov_boys_hanged": "boys hanged",
        },
        "The emir's palace": {"council_sitara_mahasa": "council"},
    }
)

#: Whom the network of the story shows, and where each stands in it.
CAST: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "turkestan_sovnarkom": (0.0, 2.0),
        "young_bukharans": (0.0, 0.0),
        "kagan_soviet": (0.9, 3.0),
        "emirate": (3.0, 1.5),
        "vvedensky": (3.9, 2.6),
        "afghan_volunteers": (3.9, 0.4),
        "bukharan_people": (2.2, -0.4),
    }
)


def sides(campaign: Campaign) -> pd.DataFrame:
    """Return what the texts say of all the men on each side, the fewest first; texts that repeat another once.

    Returns
    -------
    pandas.DataFrame
        One row a claim: ``side`` ("Kolesov", "the emir"), ``text`` (label of the source), ``low``, ``best``, ``high``
        (men; any may be missing), ``participant``.
    """
    found = quantities.estimates_of(campaign, (SOVIET, EMIR))
    whole = found.assign(
        side=found["force"].map({SOVIET: "Kolesov", EMIR: "the emir"}),
        text=campaign.sources["label"].reindex(found["source"]).to_numpy(),
    ).sort_values(["side", "size", "text"])
    columns = ["side", "text", "low", "best", "high", "participant"]
    once = whole.drop_duplicates(["side", "lineage", "low", "best", "high"])
    return once[columns].reset_index(drop=True)


def sides_headline(campaign: Campaign) -> str:
    """Return the least and the most that any text gives to each side."""
    table = sides(campaign)
    bounds = table[["low", "best", "high"]].agg(["min", "max"], axis=1)
    told = [
        f"{side} {number(round(rows['min'].min(), -1))} to {number(rows['max'].max())}"
        for side, rows in bounds.groupby(table["side"])
    ]
    return f"Nobody counted: the texts give {' and '.join(told)} men"


def papers(campaign: Campaign) -> pd.DataFrame:
    """Return the ultimatum and the manifesto of March line by line, the lines that no text shows among them.

    Returns
    -------
    pandas.DataFrame
        ``paper``, ``line`` (counted from one), ``text`` (missing where no text seen has the line).
    """
    terms, rows = treaty.terms(campaign), []
    known = treaty.known_demands(campaign)["text"].tolist()
    points = treaty.points_of_ultimatum(campaign) or len(known)
    rows += [("The letter", n + 1, known[n] if n < len(known) else None) for n in range(points)]
    articles = terms[(terms["document"] == "second_manifesto") & terms["number"].notna()].set_index("number")["text"]
    rows += [("The manifesto", n, articles.get(n)) for n in range(1, int(articles.index.max()) + 1)]
    return pd.DataFrame(rows, columns=["paper", "line", "text"])


def papers_headline(campaign: Campaign) -> str:
    """Return how many lines of the two papers are known."""
    table = papers(campaign)
    seen = int(table["text"].notna().sum())
    return f"Of {number(len(table))} lines of the letter and the manifesto we know {number(seen, words=True)}"


def first_days(campaign: Campaign) -> pd.DataFrame:
    """Return the events of the first days with the days that each can have had.

    Returns
    -------
    pandas.DataFrame
        Index event; ``place``, ``what``, ``first``, ``last`` (days, both counted in).
    """
    days = chronology(campaign).intervals
    rows = [
        (event, place, what, *map(date.fromordinal, (days[event].first, days[event].last)))
        for place, events in FIRST_DAYS.items()
        for event, what in events.items()
        if event in days
    ]
    return pd.DataFrame(rows, columns=["event", "place", "what", "first", "last"]).set_index("event")


def first_days_headline(campaign: Campaign) -> str:
    """Return how many days it was from the letter to the death of the delegates."""
    days = chronology(campaign).intervals
    passed = days["delegates_killed"].last - days["ultimatum_sent"].first
    return f"From the letter to the death of the delegates it was {number(passed, words=True)} days"


def march(campaign: Campaign) -> pd.DataFrame:
    """Return March 1918 day by day: what is known to have happened, and the days for which no text gives anything.

    Returns
    -------
    pandas.DataFrame
        Index day; ``what`` and ``short`` (words, joined with "; "), ``dark`` (whether the day lies between the first
        days and the peace, so that nothing of the retreat has a day).
    """
    days = chronology(campaign).intervals
    told: dict[int, list[tuple[str, str]]] = {}
    for event, what in CALENDAR.items():
        if event in days and (days[event].days or 99) <= KNOWN_TO:
            told.setdefault(days[event].last if event == "delegates_killed" else days[event].first, []).append(what)
    deaths, peace = days["delegates_killed"].last, days["kyzyl_tepe_agreement"].first
    rows = {
        on.date(): (*(_joined(told.get(on.toordinal(), ()), n) for n in (0, 1)), deaths < on.toordinal() < peace)
        for on in pd.date_range(*MARCH)
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=["what", "short", "dark"]).rename_axis("day")


def _joined(told: Iterable[tuple[str, str]], part: int) -> str:
    return "; ".join(words[part] for words in told)


def march_headline(campaign: Campaign) -> str:
    """Return what the calendar shows: known days, then days that nobody gives, then the peace."""
    dark = march(campaign)["dark"]
    known, without = int((~dark).cumprod().sum()), int(dark.sum())
    return (
        f"{number(known, words=True).capitalize()} days that are known, then {number(without)} in which no text dates"
        " a train or a shell"
    )


def strip(campaign: Campaign) -> pd.DataFrame:
    """Return the stations of the line that the story names, in kilometres from Chardzhui eastwards.

    Returns
    -------
    pandas.DataFrame
        Index place; ``name``, ``km``; ``cut`` (whether it lies within the stretch where track was taken up).
    """
    names = {
        "chardzhui": "Chardzhui",
        "karakul": "Kara-Kul",
        "kagan": "New Bukhara",
        "kyzyl_tepe": "Kyzyl-Tepe",
        "kermine_station": "Kermine",
        "katta_kurgan": "Katta-Kurgan",
        "samarkand_station": "Samarkand",
        "tashkent": "Tashkent",
    }
    placed = railway.kilometres(campaign)
    start = placed["chardzhui"].km
    rows = {key: (name, abs(placed[key].km - start)) for key, name in names.items() if key in placed}
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["name", "km"]).sort_values("km")
    low, high = table.at["karakul", "km"], table.at["kermine_station", "km"]
    return table.assign(cut=table["km"].between(low, high)).rename_axis("place")


def strip_headline(campaign: Campaign) -> str:
    """Return how much of the way to Tashkent Kolesov came before he was met."""
    table = strip(campaign)["km"]
    way, back = table["tashkent"] - table["kagan"], table["kermine_station"] - table["kagan"]
    return f"He had come at most {number(back)} of the {number(way)} kilometres home when help met him"


def camps(campaign: Campaign, on: date) -> pd.DataFrame:
    """Return who stood with whom and against whom on a day, among those of `CAST`.

    Returns
    -------
    pandas.DataFrame
        ``one``, ``other`` (actors), ``sign`` (1 or -1), ``sure`` (whether it must have held on that day).
    """
    may, must = (signed_graph(campaign, on, certain=certain) for certain in (False, True))
    rows = [(a, b, data["sign"], must.has_edge(a, b)) for a, b, data in may.edges(data=True) if a in CAST and b in CAST]
    return pd.DataFrame(rows, columns=["one", "other", "sign", "sure"])


def camps_headline(campaign: Campaign, days: Mapping[str, date]) -> str:
    """Return how many of the cast stood with the emir on the first of these days, and against him."""
    table = camps(campaign, next(iter(days.values())))
    near = table[(table["one"] == "emirate") | (table["other"] == "emirate")]
    with_him, against = (number(int((near["sign"] == sign).sum()), words=True) for sign in (1, -1))
    return f"On {day(next(iter(days.values())))} {with_him} of these stood with the emir and {against} against him"
