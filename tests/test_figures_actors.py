"""The figure of lives: everyone it is given stands in it."""

import numpy as np

from helpers.bukhara.figures import actors
from helpers.people import lives


def test_every_life_stands_between_the_edges_of_the_figure(campaign, sides):
    known = lives.lifelines(campaign)
    figure = actors.lifelines(known, {side: sides[side] for side in known["side"].unique()})
    bottom, top = figure.layout.yaxis.range
    drawn = [y for trace in figure.data for y in trace.y if y is not None]
    assert top < min(drawn) <= max(drawn) < bottom
    assert len(set(figure.layout.yaxis.tickvals)) == len(known) == len(np.unique(drawn))
