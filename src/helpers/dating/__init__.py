"""What is known of when things happened: intervals of whole days, and the partial order they leave.

An event happened on one day, which its `Interval` encloses; a missing end means that no source bounds it
there. For an event that lasted, the interval runs from its earliest possible first day to its latest
possible last day, so an order that is certain here is certain for it. A state with a beginning and an end of
its own is a `Span`.

"Certain" means true for every choice of days in the intervals, "possible" for at least one.
"""

from helpers.dating.bounds import Conflict, Links, conflicts, find_cycle, tighten
from helpers.dating.edtf import check_edtf, edtf_bounds
from helpers.dating.intervals import Interval, Span, days_of
from helpers.dating.order import Chronology, OrderChange, event_intervals, event_links, lost_orders

__all__ = [
    "Chronology",
    "Conflict",
    "Interval",
    "Links",
    "OrderChange",
    "Span",
    "check_edtf",
    "conflicts",
    "days_of",
    "edtf_bounds",
    "event_intervals",
    "event_links",
    "find_cycle",
    "lost_orders",
    "tighten",
]
