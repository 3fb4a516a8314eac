"""What the book on Kolesov's campaign against Bukhara is made with.

Three storeys, of which none knows one above it: what any conflict needs, the machinery of the book (`book`), this
war. In each data flow one way: record, evidence, analysis, findings, figures, page.

>>> import helpers
>>> campaign = helpers.load()
>>> campaign.events.loc["campaign", "phase"]
'fighting'
"""

from helpers.belief import policies  # gives Campaign its method `under`
from helpers.record import Campaign, DataError, load

__all__ = ["Campaign", "DataError", "load", "policies"]
