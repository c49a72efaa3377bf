"""Texts to learn from, and what is known of each: by people, by stars, by the lexica where they are sure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from troth.reading.labels import Label
from troth.reading.labels.label import Polarity
from troth.reading.reading import Reading

Source = Literal["person", "stars", "lexicon"]
WEIGHTS: dict[Source, float] = {"person": 1.0, "stars": 0.5, "lexicon": 0.1}
"""How much a text counts by who says what it means."""

CLEAR_STARS = 0.5
"""From this rating on, on either side (of −1 to 1), stars a text is good or bad; between, neutral."""
CLEAR_WORDS = 0.6
"""From this confidence on what the lexica say is learnt from, a little, where nobody says anything."""


@dataclass(frozen=True, slots=True)
class Example:
    """One text.

    Attributes:
        reading: What the lexica alone read in it.
        label: What is known of it.
        source: Who says so.
    """

    reading: Reading
    label: Label
    source: Source

    @property
    def weight(self) -> float:
        """How much it counts."""
        return WEIGHTS[self.source]


def starred(stars: float) -> Polarity:
    """What a rating, −1 to 1, says of a text."""
    return "positive" if stars >= CLEAR_STARS else "negative" if stars <= -CLEAR_STARS else "neutral"


def pseudo(readings: Iterable[Reading]) -> list[Example]:
    """What the lexica are sure of, as examples: only how good or bad it is."""
    found: list[Example] = []
    for reading in readings:
        if not reading.why_not and reading.confidence >= CLEAR_WORDS and reading.polarity:
            word: Polarity = "positive" if reading.polarity > 0 else "negative"
            found.append(Example(reading, Label("", reading.text, word), "lexicon"))
    return found


def joined(examples: Sequence[Example]) -> list[Example]:
    """Each text once: what people say of it comes before stars, and these before the lexica.

    What a person did not speak of is taken from the stars.
    """
    order: tuple[Source, ...] = ("lexicon", "stars", "person")
    found: dict[str, Example] = {}
    for one in sorted(examples, key=lambda example: order.index(example.source)):
        key = " ".join(one.reading.text.split())
        known = found.get(key)
        if known is not None and one.label.polarity is None:
            one = replace(one, label=replace(one.label, polarity=known.label.polarity))  # noqa: PLW2901
        found[key] = one
    return list(found.values())
