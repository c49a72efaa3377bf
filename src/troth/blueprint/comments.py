"""What a blueprint says of comments: the stars that came with them, and a company's own words."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Discriminator, Field, Tag

from troth.blueprint.spelling import fold
from troth.blueprint.types import ColumnName, MechanismId, Model, TopicId
from troth.texts import _

Language = Literal["de", "en", "nl"]
"""The languages that comments are read in."""

_GAP = "…"
_WORD = re.compile(r"\*?[^\W_]+(?:['’`´][^\W_]+)*\*?|\*|\d+(?:[.,:]\d+)+")
_FEWEST_LETTERS = 3
_ASIDE = re.compile(r"[-/%€$&+\"“”„«»‘]+")


def spelled(phrase: str, language: str) -> tuple[str, ...]:
    """The words of an entry in the one spelling that the reader compares: entries with equal ones are one.

    >>> spelled("Größe-XL", "de") == spelled("groesse xl", "de"), spelled("café", "nl")
    (True, ('cafe',))
    """
    return tuple(fold(word, language) for word in _words(phrase))


def _words(phrase: str) -> list[str]:
    parts = _ASIDE.sub(" ", phrase.replace("...", _GAP).replace(_GAP, f" {_GAP} ")).split()
    return [part.strip("'’") for part in parts]


def _sound(text: str) -> str:
    """An entry that can match, and not nearly all: words in lower case, `*` at a word's beginning or end."""
    words = _words(text)
    if text != text.lower():
        raise ValueError(_("“%(entry)s”: entries are written in lower case.") % {"entry": text})
    odd = [word for word in words if word != _GAP and not _WORD.fullmatch(word)]
    if odd:
        message = _("“%(entry)s” can never match: “%(part)s” is no word.")
        raise ValueError(message % {"entry": text, "part": odd[0]})
    if not words or words[0] in {_GAP, "*"} or words[-1] == _GAP:
        raise ValueError(_("“%(entry)s” must begin and end with a word.") % {"entry": text})
    if "*" in text and sum(letter.isalnum() for letter in "".join(words)) < _FEWEST_LETTERS:
        message = _("“%(entry)s” stands for too many words: beside * at least %(n)d letters are needed.")
        raise ValueError(message % {"entry": text, "n": _FEWEST_LETTERS})
    return text


Phrase = Annotated[str, AfterValidator(_sound)]
Strength = Annotated[int, Field(ge=1, le=3)]
WordEntry = Annotated[
    Annotated[Phrase, Tag("plain")] | Annotated[dict[Phrase, Strength], Field(min_length=1), Tag("graded")],
    Discriminator(lambda value: "graded" if isinstance(value, dict) else "plain"),
]
"""`word`, `word*` (begins so), `*word` (ends so), several words in order, `…` for up to three others; or one
with a strength of 1 to 3: `{flop*: 3}`."""

Polarity = Literal["+3", "+2", "+1", "0", "-1", "-2", "-3"]


class MechanismWords(Model):
    """Words that tell of one mechanism."""

    good: tuple[WordEntry, ...] = ()
    """Say that it was lived well."""
    bad: tuple[WordEntry, ...] = ()
    """Say that it was lived badly."""
    topic: tuple[WordEntry, ...] = ()
    """Only name it; how it was, the sentence around them decides."""


class Words(Model):
    """Own words of one language: of the brand, the goods, the trade. They come before those that ship."""

    polarity: dict[Polarity, tuple[WordEntry, ...]] = Field(default_factory=dict)
    """Good (`+1` slight to `+3` extreme) and bad words; under `0` what must not count."""
    mechanisms: dict[MechanismId, MechanismWords] = Field(default_factory=dict)
    """What tells of a mechanism."""
    topics: dict[TopicId, tuple[WordEntry, ...]] = Field(default_factory=dict)
    """What names a topic."""


class Rating(Model):
    """Stars or points that were given together with a comment: both are one record and count once."""

    column: ColumnName
    """The column that holds them, a number or an integer."""
    worst: float
    """The worst that can be given, such as 1 of stars, 0 of an NPS."""
    best: float
    """The best that can be given, such as 5 of stars, 10 of an NPS."""
