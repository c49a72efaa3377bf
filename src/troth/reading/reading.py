"""What a text says: its language, how good or bad, and about what, with the words that prove it.

Units: valence is −1 (all bad) to 1 (all good); confidence and shares are 0 to 1; spans are offsets in
`Reading.text`, the cleaned text.
"""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

WhyNot = Literal["", "empty", "language", "script", "wordless"]
"""Why a text was not read: nothing in it, another language or script, or no words but signs and numbers."""

Judge = Literal["lexicon", "model", "person"]

Part = Literal["topic", "mechanism"]
"""A part of a statement that may be supposed."""

MAX_STATEMENTS = 8
"""What a reading holds at most: the weightiest ones."""


MOST_MENTIONS = 2
"""Topics that a text without statements is said to be about, at most."""


class Span(NamedTuple):
    """The characters from `begin` up to, not including, `end`."""

    begin: int
    end: int


class Statement(NamedTuple):
    """One thing that is said.

    Attributes:
        topic: One of `TOPICS`; empty where none is named and none is usual.
        mechanism: One of the ten; empty where nothing but stars speaks.
        valence: How good or bad, −1 to 1.
        share: Its part in what the text says, 0 to 1; a reading's shares add up to 1.
        confidence: How sure the reader is of all this, 0 to 1.
        spans: The words that prove it, in their order.
        supposed: What no word shows and is only usual (`troth.reading.supposing`), topic before mechanism.
    """

    topic: str
    mechanism: str
    valence: float
    share: float
    confidence: float = 0.0
    spans: tuple[Span, ...] = ()
    supposed: tuple[Part, ...] = ()

    @property
    def seen_topic(self) -> str:
        """The topic; empty where it is only supposed."""
        return "" if "topic" in self.supposed else self.topic

    @property
    def seen_mechanism(self) -> str:
        """The mechanism; empty where it is only supposed."""
        return "" if "mechanism" in self.supposed else self.mechanism


@dataclass(frozen=True, slots=True)
class Reading:
    """What one text says.

    Attributes:
        language: Two letters (ISO 639-1) where it could be told, also of a text that is not read; else empty.
        why_not: Why the text was not read; empty when it was.
        valence: Of the whole text, −1 to 1; 0 where nothing is said. With stars, both together.
        confidence: How much speaks for `valence`, 0 to 1; 0 where nothing does.
        polarity: 1 good, −1 bad, 0 neither or both.
        statements: What is said, the weightiest first; at most `MAX_STATEMENTS`.
        text: The cleaned text, in which spans lie: without markup, quoted mails, signatures.
        cut: Whether the text was too long and its end was left out.
        contradicts: Whether stars and words say the opposite of each other.
        mentions: Of a text that judges nothing what it is about, `MOST_MENTIONS` topics at most. Not stored.
        by: Who says so: the lexicon alone, a trained model too, or a person who corrected it.
    """

    language: str
    why_not: WhyNot
    valence: float
    confidence: float
    polarity: int
    statements: tuple[Statement, ...] = ()
    text: str = field(default="", repr=False)
    cut: bool = False
    contradicts: bool = False
    mentions: tuple[str, ...] = field(default=(), compare=False)
    by: Judge = field(default="lexicon", compare=False)
