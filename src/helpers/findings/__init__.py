"""The conclusions of the book, each a function of a campaign.

A finding is a sentence of a chapter that carries weight. Its row in ``data/findings.csv`` names the claims for and
against it and the function here that recomputes it. A function takes any campaign, the whole one or one seen
through a choice of sources, and answers with a `Finding`: the conclusion holds, does not hold, or cannot be said.
"""

from helpers.findings.model import Finding

__all__ = ["Finding"]
