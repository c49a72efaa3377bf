"""Stars and text are one record: what both say together, and whether they contradict each other."""

from dataclasses import replace

from troth.reading.reading import Reading, Statement
from troth.reading.valence import polarity

STARS_WEIGHT = 2.0
"""How much stars weigh beside a text of which the reader is sure (weight 1)."""
CONTRADICTING = 0.35
"""How far from 0, on either side, stars and words must be to contradict each other."""


def fused(reading: Reading, stars: float) -> Reading:
    """`reading` with the rating that was given with it.

    The valence is the mean of both, stars with `STARS_WEIGHT`, the text with its confidence. A text that says
    nothing has one statement then: the stars', without topic and mechanism.

    Args:
        reading: Of the text alone.
        stars: −1 (the worst that could be given) to 1 (the best).
    """
    stars = max(-1.0, min(1.0, stars))
    sure = reading.confidence
    together = (STARS_WEIGHT * stars + sure * reading.valence) / (STARS_WEIGHT + sure)
    against = stars * reading.valence < 0 and min(abs(stars), abs(reading.valence)) >= CONTRADICTING
    statements = reading.statements
    if not statements and stars:
        statements = (Statement("", "", stars, 1.0, abs(stars)),)
    return replace(
        reading,
        valence=together,
        confidence=max(sure, abs(stars)),
        polarity=polarity(together),
        statements=statements,
        contradicts=against and sure >= 0.3,
    )
