"""What the lexica know of a text as a row of numbers: verdict, statements, what is named, how it is said."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from troth.reading.language import READ
from troth.reading.lexicon import matches
from troth.reading.lexicon.entries import MODIFIERS
from troth.reading.reader import Reader
from troth.reading.reading import Reading
from troth.reading.tokens import tokenised
from troth.reading.topics import TOPICS
from troth.vocabulary import MECHANISM_IDS

_SIDES = ("+", "-")
COLUMNS: tuple[str, ...] = (
    "valence", "valence size", "confidence", "good", "bad", "even", "silent", "unread", "good words",
    "bad words", "strong good", "strong bad", "question", "exclamation", "length",
    *(f"language {name}" for name in READ),
    *(f"{name}{side}" for name in MECHANISM_IDS for side in _SIDES),
    *(f"{name}{side}" for name in TOPICS for side in _SIDES),
    *(f"says {name}" for name in (*MECHANISM_IDS, *TOPICS)),
    *(f"names {name}" for name in (*MECHANISM_IDS, *TOPICS)),
    *MODIFIERS,
)  # fmt: skip
"""What each number is; a model is of this list and of no other."""

AT = {name: place for place, name in enumerate(COLUMNS)}
"""The place of each."""

Row = NDArray[np.float32]


def known(reading: Reading, reader: Reader) -> Row:
    """The numbers of one text; shape (`len(COLUMNS)`,), all between −1 and some."""
    row = np.zeros(len(COLUMNS), np.float32)
    text = reading.text
    plain: dict[str, float] = {
        "valence": reading.valence,
        "valence size": abs(reading.valence),
        "confidence": reading.confidence,
        "good": reading.polarity > 0,
        "bad": reading.polarity < 0,
        "even": reading.polarity == 0,
        "silent": not reading.statements,
        "unread": bool(reading.why_not),
        "question": "?" in text,
        "exclamation": min(3, text.count("!")) / 3,
        "length": np.log1p(len(text)) / 7,
        f"language {reading.language}": 1,
    }
    for one in reading.statements:
        side = "+" if one.valence > 0 else "-"
        for name, part in ((one.mechanism, "mechanism"), (one.topic, "topic")):
            if name:
                plain[f"says {name}"] = 1.0
                amount = abs(one.valence) * (0.5 if part in one.supposed else 1.0)
                plain[f"{name}{side}"] = max(plain.get(f"{name}{side}", 0.0), amount)
    if reading.language in READ and not reading.why_not:
        for name, amount in _named(reading, reader):
            plain[name] = plain.get(name, 0.0) + amount
    for name, amount in plain.items():
        if name in AT:
            row[AT[name]] = amount
    return row


def _named(reading: Reading, reader: Reader) -> Iterable[tuple[str, float]]:
    lexicon = reader.lexicon(reading.language)
    tokens, _starts = tokenised(reading.text)
    seen: set[tuple[str, str]] = set()
    for _places, entry in matches([lexicon[token] for token in tokens], []):
        if entry.kind == "polarity" or entry.valued:
            side = "good" if entry.value > 0 else "bad"
            yield f"{side} words", 0.25
            if abs(entry.value) > 2:
                yield f"strong {side}", 0.5
        if entry.kind != "polarity" and (entry.kind, entry.name) not in seen:
            seen.add((entry.kind, entry.name))
            yield (entry.name if entry.kind == "modifier" else f"names {entry.name}"), 1.0
