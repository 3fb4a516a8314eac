"""The orders that the prose of the chronology asserts, each with the words that assert it.

A "then" or a "next day" is easily written and seldom checked. Here each stands beside the two events it speaks of;
`faults` holds it against the partial order of the events, and a test finds words of order in the chapter that no row
covers. `OPEN` has the words that leave an order open, `WITHIN` those that speak of no two events.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from helpers.bukhara.chronology import Count, chronology
from helpers.dating import Chronology
from helpers.record import Campaign


@dataclass(frozen=True)
class Order:
    """An order that the prose asserts.

    Attributes
    ----------
    words
        The words of the chapter, glued values as ``{name}``.
    earlier, later
        The two events.
    days
        How many days apart the words put them, None if they only say which came first.
    source
        The text that says how far apart they lie, where the events themselves have no day.
    """

    words: str
    earlier: str
    later: str
    days: int | None = None
    source: str | None = None

    @property
    def claim(self) -> str | None:
        """The claim of `source` on the day of the later event."""
        return self.source and f"{self.later}-date-{self.source}"


ORDERS = (
    Order("Kokand had fallen before that", "kokand_autonomy_crushed", "kuts_returns_samarkand"),
    Order("had left the day before", "morozov_leaves_samarkand", "kuts_returns_samarkand", days=1),
    Order("The next day at ten", "kuts_returns_samarkand", "kuts_called_to_committee", days=1),
    Order("Kolesov was there before them", "kolesov_arrives_new_bukhara", "kuts_reaches_new_bukhara"),
    Order("The same day the emir called", "ultimatum_sent", "council_sitara_mahasa", days=0),
    Order("The first asked for patience", "first_answer", "second_answer"),
    Order("The second, which came after it,", "first_answer", "second_answer"),
    Order("Then the emir sent men", "first_battle", "emir_asks_truce"),
    Order("after which his men went back", "emir_asks_truce", "reds_withdraw_to_kagan"),
    Order("That day the emir signed", "first_battle", "second_manifesto", days=0),
    Order("On some night after the rout", "rout_kavala_gate", "flight_to_ark"),
    Order("when the manifesto had been signed", "second_manifesto", "flight_to_ark"),
    Order("Before they came, Kagan had asked", "delegation_announced", "delegation_sent"),
    Order("He was then led to the court", "utkin_audience", "utkin_telephones"),
    Order("Until the next morning they were shot at", "delegates_seized", "delegates_killed", 1, "tajenc"),
    Order("Nine days later", "delegates_killed", "cellar_opened", 9, "tajenc"),
    Order("follow the peace", "kyzyl_tepe_agreement", "hunt_for_jadids_after_peace"),
    Order("After the three days came", "truce_delay", "mass_attack_on_kagan"),
    Order("After the three days came", "truce_delay", "old_bukhara_shelled"),
    Order("and at last the decision to go", "mass_attack_on_kagan", "decision_to_retreat"),
    Order("and at last the decision to go", "old_bukhara_shelled", "decision_to_retreat"),
    Order("then left eastwards", "new_bukhara_evacuated", "retreat_begins"),
    Order("The next day that a text gives", "retreat_begins", "kyzyl_tepe_agreement"),
    Order("Relief was ordered after all", "front_telegram", "relief_ordered"),
    Order("Relief was ordered after all", "agapov_refuses_help", "relief_ordered"),
    Order("by five that afternoon", "relief_ordered", "workers_join_relief", 0, "front1918"),
    Order("The trains left before the next sunrise", "workers_join_relief", "relief_departs", 1, "front1918"),
    Order("and then fought at a station", "relief_takes_in_refugees", "relief_station_battle"),
    Order("On the evening of the next day", "relief_station_battle", "relief_reaches_kermine", 1, "front1918"),
    Order("In the night that followed", "relief_reaches_kermine", "kermine_fort_taken", 0, "front1918"),
    Order("On the day after it", "kermine_fort_taken", "columns_meet", 1, "front1918"),
    Order("After the trains had set out", "retreat_begins", "residents_urge_peace"),
    Order("Later Galperin", "residents_urge_peace", "galperin_mission"),
    Order("When the columns had met", "columns_meet", "peace_talks"),
    Order("and the court's letter had gone", "emir_reply_letter", "peace_talks"),
    Order("after the talks", "peace_talks", "kyzyl_tepe_agreement"),
    Order("In the month after the peace", "kyzyl_tepe_agreement", "fifth_congress_1918"),
)  # fmt: skip

#: Words that leave an order open, with the two events.
OPEN = (
    Order("Whether he had signed when they sat down", "second_manifesto", "carriage_talks"),
    Order("whether before the battle or after it", "emir_orders_arrests", "first_battle"),
    Order("when the delegates set out, or while they sat in the cellar", "kagan_cut_off", "delegation_sent"),
    Order("probably of the same day", "last_fight_junction", "columns_meet"),
)

#: Words of order that speak of no two events: why.
WITHIN: Mapping[str, str] = MappingProxyType(
    {
        "the answer due the next day": "a term that was set: ultimatum_sent-duration-salimbek2009",
        "the first that it can have been": "a bound of ours: the note of the event",
        "and then they were locked": "within the seizure: delegates_seized-content-tajenc",
        "then Kolesov's vanguard": "within the meeting: columns_meet-participant-front1918",
        "at {relief-latest} or earlier": "a bound of ours, computed",
    }
)


def faults(campaign: Campaign, count: Count = "early") -> Iterator[str]:
    """Yield each asserted order that the events by this count do not bear out, with what they say."""
    known = chronology(campaign, count)
    for order in ORDERS:
        missing = {order.earlier, order.later} - known.intervals.keys()
        if missing:
            yield f"“{order.words}”: there is no event {', '.join(sorted(missing))}"
        elif not _holds(order, known, campaign):
            days = f"{known.intervals[order.earlier]} and {known.intervals[order.later]}"
            yield f"“{order.words}”: {order.earlier} and {order.later} are {days}; rewrite it or mend the order"
    for order in OPEN:
        if {order.earlier, order.later} <= known.intervals.keys():
            found = known.relation(order.earlier, order.later)
            if found != "open":
                yield f"“{order.words}”: {order.earlier} is now known to be {found} {order.later}; rewrite it"


def _holds(order: Order, known: Chronology, campaign: Campaign) -> bool:
    if order.claim and order.claim not in campaign.claims.index:
        return False
    if order.days is None or order.claim:
        first = known.relation(order.earlier, order.later) == "before"
        return first and (order.days is None or order.days in _apart(known, order))
    return list(_apart(known, order)) == [order.days]


def _apart(known: Chronology, order: Order) -> range:
    """The numbers of days that can lie between the two events; none if either is without a bound."""
    first, second = known.intervals[order.earlier], known.intervals[order.later]
    if None in (first.days, second.days):
        return range(0)
    return range(int(second.first - first.last), int(second.last - first.first) + 1)
