"""Damages of what cells say of one another in readings, claims and conclusions: each has its form all the same."""

from __future__ import annotations

from random import Random

from shared.damages.cells import is_key
from shared.damages.model import Cell, Damage, Original, Row, kind
from shared.damages.rewriting import other_of, rows_kind, swapped

SUBJECTS = ("event", "relation", "force", "actor", "term", "movement", "place")
CLAIM = ("claims",)

for _table, _column, _known in (
    ("claims", "hedge", True),
    ("claims", "unit", False),
    ("claims", "stance", True),
    ("claims", "rank", True),
    ("claims", "confidence", True),
    ("claims", "attribute", False),
    ("claims", "calendar_stated", True),
    ("forces", "category", False),
    ("forces", "method", False),
    ("forces", "unit", False),
    ("events", "status", False),
    ("events", "kind", True),
    ("events", "phase", True),
    ("relations", "kind", False),
    ("relations", "certainty", True),
    ("relations", "status", False),
    ("places", "kind", True),
    ("places", "polity", True),
    ("sources", "kind", True),
    ("sources", "perspective", True),
    ("actors", "kind", False),
    ("actors", "side", True),
    ("participants", "role", True),
    ("participants", "side", True),
    ("terms", "topic", True),
    ("terms", "party_bound", True),
    ("terms", "fulfilled", True),
    ("movements", "mode", True),
    ("findings", "kind", False),
    ("actor_names", "script", False),
):
    rows_kind(
        f"another {_column} in {_table}",
        "another word of the list",
        f"{_table}.{_column} holds another word of its list",
        (_table,),
        other_of(_table, _column),
        told_by_source=_known,
    )


@kind("keys", "a key is exchanged for another of the same table", told_by_source=True)
def another_key_of_the_table(original: Original, rng: Random) -> Damage | None:
    """Exchange a key for another that is there."""
    places = [cell for cell in original.cells() if is_key(original, cell)]
    cell: Cell = rng.choice(places)
    new = rng.choice(original.tables[original.keys(cell.table)[cell.column]])["id"]
    if new == cell.value:
        return None
    return original.changed(cell.table, cell.index, elsewhere=frozenset({"findings.csv"}), **{cell.column: new})


@kind("claims", "a claim gets a second subject")
def two_subjects(original: Original, rng: Random) -> Damage | None:
    """Give a claim on something else an event too."""
    places = [n for n, row in enumerate(original.tables["claims"]) if not row["event"]]
    return original.changed("claims", rng.choice(places), event=rng.choice(original.tables["events"])["id"])


def _subject(row: Row) -> str:
    return next(subject for subject in SUBJECTS if row[subject])


@kind("claims", "the key of a subject stands in the column of another")
def subject_in_another_column(original: Original, rng: Random) -> Damage | None:
    """Move the subject of a claim."""
    index = rng.randrange(len(original.tables["claims"]))
    here = _subject(original.tables["claims"][index])
    there = rng.choice([subject for subject in SUBJECTS if subject != here])
    return original.changed("claims", index, **{here: "", there: original.tables["claims"][index][here]})


C = "claims"
rows_kind("no subject", C, "a claim loses its subject", CLAIM, lambda o, r, g: {_subject(r): ""})
rows_kind(
    "source of a claim exchanged",
    C,
    "a claim is another source's, its id stays",
    CLAIM,
    lambda o, r, g: {"source": g.choice(o.tables["sources"])["id"]},
)
rows_kind(
    "quotation of 30 words",
    C,
    "a quotation is longer than may be",
    CLAIM,
    lambda o, r, g: {"quote": " ".join([r["quote"], *["and"] * 30])} if r["quote"] else None,
)
rows_kind(
    "quotation without its language",
    C,
    "the language of a quotation is emptied",
    CLAIM,
    lambda o, r, g: {"quote_language": ""} if r["quote"] else None,
)
rows_kind(
    "quotation in a language that is none",
    C,
    "the language of a quotation is zz",
    CLAIM,
    lambda o, r, g: {"quote_language": "zz"} if r["quote"] else None,
)
rows_kind(
    "quotation said to be in another language",
    C,
    "a quotation in Cyrillic letters is said to be English",
    CLAIM,
    lambda o, r, g: {"quote_language": "en"} if r["quote_language"] == "ru" else None,
)
rows_kind(
    "quotation without translation",
    C,
    "the translation is emptied",
    CLAIM,
    lambda o, r, g: {"translation": ""} if r["translation"] else None,
)
rows_kind(
    "number without unit",
    C,
    "the unit of a number is emptied",
    CLAIM,
    lambda o, r, g: {"unit": ""} if r["unit"] and any(r[c] for c in ("low", "best", "high")) else None,
)
rows_kind(
    "best value under an upper bound",
    C,
    "a claim of at most a number gives a best one",
    CLAIM,
    lambda o, r, g: {"best": r["high"]} if r["hedge"] == "at_most" and r["high"] else None,
)
rows_kind(
    "claim on which a reading rests set aside",
    C,
    "the only claim on a reading does not count any more",
    CLAIM,
    lambda o, r, g: (
        {"rank": "deprecated"}
        if r["rank"] != "deprecated" and any(r[s] for s in SUBJECTS[:3]) and not r["note"]
        else None
    ),
)
rows_kind(
    "number times ten",
    "numbers",
    "a number gets a nought more",
    ("forces", "claims"),
    lambda o, r, g: {c: r[c] + "0" for c in ("low", "best", "high") if r[c] and "." not in r[c]} or None,
)
rows_kind(
    "lowest above best",
    "numbers",
    "the lowest number is ten times the highest",
    ("forces", "claims"),
    lambda o, r, g: (
        {"low": (r["high"] or r["best"]) + "0"}
        if (r["high"] or r["best"]).isdigit() and int(r["high"] or r["best"])
        else None
    ),
)
rows_kind(
    "negative number",
    "numbers",
    "a minus stands before a number of men",
    ("forces", "claims"),
    lambda o, r, g: {"best": "-" + r["best"]} if r["best"] and float(r["best"]) else None,
)
rows_kind(
    "latitude and longitude exchanged",
    "places",
    "the two coordinates are exchanged",
    ("places",),
    swapped("lat", "lon"),
)
rows_kind(
    "latitude of the south",
    "places",
    "a minus stands before the latitude",
    ("places",),
    lambda o, r, g: {"lat": "-" + r["lat"]} if r["lat"] else None,
)
rows_kind(
    "coordinates without precision",
    "places",
    "the precision is emptied",
    ("places",),
    lambda o, r, g: {"coordinate_precision": ""} if r["lat"] else None,
)
rows_kind(
    "one coordinate alone",
    "places",
    "the longitude is emptied",
    ("places",),
    lambda o, r, g: {"lon": ""} if r["lon"] else None,
)
rows_kind(
    "place a degree away",
    "places",
    "a latitude is a degree too high",
    ("places",),
    lambda o, r, g: {"lat": str(float(r["lat"]) + 1)} if r["lat"] else None,
    told_by_source=True,
)
rows_kind(
    "station at another kilometre",
    "places",
    "a station stands 200 km further down the line",
    ("places",),
    lambda o, r, g: {"line_km": str(float(r["line_km"]) + 200)} if r["line_km"] else None,
)
rows_kind(
    "kilometre without a line",
    "places",
    "the line of a station is emptied",
    ("places",),
    lambda o, r, g: {"line": ""} if r["line"] and r["line_km"] else None,
)
rows_kind(
    "sign turned",
    "ties",
    "a friendly tie is hostile, or the other way round",
    ("relations",),
    lambda o, r, g: {"sign": {"1": "-1", "-1": "1"}.get(r["sign"], "1")},
)
rows_kind(
    "tie from an actor to itself",
    "ties",
    "both ends of a tie are one actor",
    ("relations",),
    lambda o, r, g: {"actor_b": r["actor_a"]},
)
rows_kind(
    "ends of a tie exchanged",
    "ties",
    "a directed tie runs the other way",
    ("relations",),
    lambda o, r, g: {"actor_a": r["actor_b"], "actor_b": r["actor_a"]} if r["directed"] == "true" else None,
)
rows_kind(
    "direction of a tie turned on or off",
    "ties",
    "a directed tie is undirected, or the other way round",
    ("relations",),
    lambda o, r, g: {"directed": {"true": "false", "false": "true"}[r["directed"]]},
    told_by_source=True,
)
rows_kind(
    "person as parent",
    "people",
    "an actor belongs to a person",
    ("actors",),
    lambda o, r, g: {
        "parent": g.choice([a["id"] for a in o.tables["actors"] if a["kind"] == "person" and a["id"] != r["id"]])
    },
)
rows_kind("parent of oneself", "people", "an actor belongs to itself", ("actors",), lambda o, r, g: {"parent": r["id"]})
rows_kind("part of itself", "events", "an event is part of itself", ("events",), lambda o, r, g: {"part_of": r["id"]})
rows_kind("after itself", "events", "an event comes after itself", ("events",), lambda o, r, g: {"after": r["id"]})
rows_kind(
    "after a later event",
    "events",
    "an event comes after one that its days precede",
    ("events",),
    lambda o, r, g: (
        {"after": g.choice(later)}
        if r["latest"] and (later := [e["id"] for e in o.tables["events"] if e["earliest"] > r["latest"]])
        else None
    ),
)
rows_kind(
    "born after death",
    "lives",
    "a birth lies ten years after the death",
    ("actors",),
    lambda o, r, g: {"born": str(int(r["died"][:4]) + 10)} if r["died"] else None,
)
rows_kind(
    "life with a day that is none",
    "lives",
    "a birth is 30 February",
    ("actors",),
    lambda o, r, g: {"born": "1880-02-30"} if r["kind"] == "person" else None,
)
rows_kind(
    "life with a month that is none",
    "lives",
    "a birth is in month 13",
    ("actors",),
    lambda o, r, g: {"born": "1880-13"} if r["kind"] == "person" else None,
)
rows_kind(
    "life with a span turned round",
    "lives",
    "a birth lies between 1900 and 1880",
    ("actors",),
    lambda o, r, g: {"born": "1900/1880"} if r["kind"] == "person" else None,
)
rows_kind(
    "dead before taking part",
    "lives",
    "somebody who takes part in an event died in 1850",
    ("actors",),
    lambda o, r, g: (
        {"died": "1850"}
        if r["kind"] == "person" and not r["born"] and any(p["actor"] == r["id"] for p in o.tables["participants"])
        else None
    ),
)
rows_kind(
    "lifetime of an organisation",
    "lives",
    "what is no person was born",
    ("actors",),
    lambda o, r, g: {"born": "1880"} if r["kind"] != "person" else None,
)
rows_kind(
    "published before written",
    "sources",
    "a text is published 20 years before it was written",
    ("sources",),
    lambda o, r, g: {"year_published": str(int(r["year_written"]) - 20)} if r["year_written"] else None,
)
rows_kind(
    "year to come", "sources", "a text is written in 2918", ("sources",), lambda o, r, g: {"year_written": "2918"}
)
rows_kind(
    "address that runs a script",
    "sources",
    "the address of a text is a script",
    ("sources",),
    lambda o, r, g: {"read_at": "javascript:alert(1)"},
)
rows_kind(
    "address that is none",
    "sources",
    "the address of a text is a word",
    ("sources",),
    lambda o, r, g: {"read_at": "the library"},
)
rows_kind(
    "language that is none", "sources", "the language of a text is zz", ("sources",), lambda o, r, g: {"language": "zz"}
)
rows_kind(
    "based on itself", "sources", "a text is based on itself", ("sources",), lambda o, r, g: {"based_on": r["id"]}
)
rows_kind(
    "lineage of its own",
    "sources",
    "a text that stands with others is said to stand alone",
    ("sources",),
    lambda o, r, g: (
        {"lineage": r["id"] + "_alone"} if sum(s["lineage"] == r["lineage"] for s in o.tables["sources"]) > 1 else None
    ),
)
rows_kind(
    "label of another text",
    "sources",
    "two texts have one label",
    ("sources",),
    lambda o, r, g: {"label": g.choice(o.tables["sources"])["label"]},
)
rows_kind(
    "label of another actor",
    "people",
    "two actors have one label",
    ("actors",),
    lambda o, r, g: {"label": g.choice(o.tables["actors"])["label"]},
)
rows_kind(
    "key of Wikidata that is none",
    "people",
    "a key of Wikidata is the address",
    ("actors", "places"),
    lambda o, r, g: {"wikidata": "https://www.wikidata.org/wiki/Q42"},
)
rows_kind(
    "leg from a place to itself",
    "journeys",
    "a leg ends where it began",
    ("movements",),
    lambda o, r, g: {"place_to": r["place_from"]},
)
rows_kind(
    "leg that begins elsewhere",
    "journeys",
    "a leg does not begin where the last one ended",
    ("movements",),
    lambda o, r, g: {"place_from": "tashkent"} if int(r["seq"]) > 1 and r["place_from"] != "tashkent" else None,
)
rows_kind(
    "leg of another actor",
    "journeys",
    "one leg of a journey is another actor's",
    ("movements",),
    lambda o, r, g: {"actor": "emirate"} if int(r["seq"]) > 1 and r["actor"] != "emirate" else None,
)
rows_kind(
    "leg of another number",
    "journeys",
    "the number of a leg is not that of its id",
    ("movements",),
    lambda o, r, g: {"seq": str(int(r["seq"]) + 5)},
)
rows_kind(
    "two articles of one number",
    "terms",
    "an article has the number of another of its document",
    ("terms",),
    lambda o, r, g: (
        {"number": g.choice(others)}
        if r["number"]
        and (
            others := [
                t["number"]
                for t in o.tables["terms"]
                if t["document"] == r["document"] and t["number"] not in ("", r["number"])
            ]
        )
        else None
    ),
)
rows_kind(
    "contested without a reason",
    "readings",
    "the reason of a contested reading is emptied",
    ("events", "relations", "forces", "movements"),
    lambda o, r, g: {"because": ""} if r["status"] == "contested" and r["because"] else None,
)
rows_kind(
    "test that is no function",
    "findings",
    "the test of a conclusion is not there",
    ("findings",),
    lambda o, r, g: {"test": r["test"] + "_not"},
)
rows_kind(
    "chapter that is not there",
    "findings",
    "the chapter of a conclusion is not there",
    ("findings",),
    lambda o, r, g: {"chapter": "nowhere"},
)
rows_kind(
    "claim for and against",
    "findings",
    "a claim stands on both sides of a conclusion",
    ("findings",),
    lambda o, r, g: {"claims_against": r["claims_for"].split(";")[0]} if r["claims_for"] else None,
)
rows_kind(
    "claim moved to the other side",
    "findings",
    "a claim against a conclusion is counted for it",
    ("findings",),
    lambda o, r, g: (
        {"claims_for": ";".join(filter(None, (r["claims_for"], r["claims_against"]))), "claims_against": ""}
        if r["claims_against"]
        else None
    ),
    told_by_source=True,
)
rows_kind(
    "conclusion without its claims",
    "findings",
    "a conclusion loses what it rests on",
    ("findings",),
    lambda o, r, g: {"claims_for": ""} if r["claims_for"] and not r["note"] else None,
)
rows_kind(
    "sentence changed",
    "findings",
    "the sentence of a conclusion says the contrary",
    ("findings",),
    lambda o, r, g: {"sentence": "It is not so: " + r["sentence"]},
    told_by_source=True,
)
rows_kind(
    "word of a sentence that no test fills",
    "findings",
    "a sentence has a gap that its test does not fill",
    ("findings",),
    lambda o, r, g: {"sentence": r["sentence"] + " {nothing}"},
)
P = ("policies",)
rows_kind(
    "rule that runs a program",
    "policies",
    "a rule calls the operating system",
    P,
    lambda o, r, g: {"rule": "@pd.io.common.os.getcwd() == 0"},
)
rows_kind(
    "rule with a call",
    "policies",
    "a rule calls a function",
    P,
    lambda o, r, g: {"rule": "perspective.str.contains('a')"},
)
rows_kind(
    "rule that is broken", "policies", "a rule ends in the middle", P, lambda o, r, g: {"rule": 'perspective == "sov'}
)
rows_kind(
    "rule on a column that is not there",
    "policies",
    "a rule names no column",
    P,
    lambda o, r, g: {"rule": 'party == "soviet"'},
)
rows_kind(
    "rule with a word that is in no list",
    "policies",
    "a rule compares with a misspelt word",
    P,
    lambda o, r, g: {"rule": 'perspective == "sovjet"'},
)
rows_kind(
    "rule with one equals sign",
    "policies",
    "a rule assigns in place of comparing",
    P,
    lambda o, r, g: {"rule": 'perspective = "soviet"'},
)
rows_kind("rule that is an id", "policies", "a rule is a column of texts alone", P, lambda o, r, g: {"rule": "lineage"})
