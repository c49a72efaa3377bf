"""Stars that came with texts as labels of their own: do the words stand on the stars' side?"""

import numpy as np

from troth.insight.voices.places import Spoken
from troth.ledger.arithmetic import Floats

CLEAR = 500
"""From these thousandths on stars say what a text is: 4 of 5 are good, 2 of 5 are bad."""


def starred(spoken: Spoken) -> Floats:
    """Of texts with bad stars: read as bad and not; of those with good ones: read as good and not, [4].

    Only texts that say something; how they are read is their weightiest remark.
    """
    first = np.flatnonzero(np.diff(spoken.text, prepend=-1))
    stars, bad = spoken.said.stars[spoken.text[first]], spoken.bad[first]
    worst, best = stars <= -CLEAR, stars >= CLEAR
    found = [bad & worst, ~bad & worst, ~bad & best, bad & best]
    return np.array([one.sum() for one in found], np.float64)
