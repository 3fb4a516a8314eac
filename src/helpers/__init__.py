"""What the book on Kolesov's campaign against Bukhara is made with.

Data flows one way: tables, evidence, analysis, figures, page. A module imports only from its left.

>>> import helpers
>>> campaign = helpers.load()
>>> campaign.events.loc["campaign", "phase"]
'fighting'
"""

from helpers.belief import policies  # gives Campaign its method `under`
from helpers.record import Campaign, DataError, load

__all__ = ["Campaign", "DataError", "load", "policies"]
