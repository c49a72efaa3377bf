"""A person's reading in place of the reader's, for exactly the text that the person saw."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace

from troth.reading.labels.label import Label, Said, digest
from troth.reading.reading import MAX_STATEMENTS, Part, Reading, Statement
from troth.reading.supposing import seen, supposed
from troth.reading.valence import squashed

PLAIN = squashed(3)
"""The valence of what a person calls good without saying how much."""


class Corrections:
    """Knows the texts that people have labelled; a reviser of `Reader`.

    Args:
        labels: With digests; of two for one text the later counts.
    """

    def __init__(self, labels: Iterable[Label]) -> None:
        self._labels = {label.digest: label for label in labels}

    def revised(self, readings: Sequence[Reading]) -> list[Reading]:
        """The readings, with the person's where there is one."""
        if not self._labels:
            return list(readings)
        found = [self._labels.get(digest(reading.text)) for reading in readings]
        return [
            corrected(reading, label) if label else reading
            for reading, label in zip(readings, found, strict=True)
        ]

    @property
    def fingerprint(self) -> str:
        """What these corrections stand for, in 16 hex digits; empty without any."""
        if not self._labels:
            return ""
        lines = [json.dumps(label.as_dict(), sort_keys=True) for label in self._labels.values()]
        return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()[:16]


def corrected(reading: Reading, label: Label) -> Reading:
    """`reading` with what a person said of its text; of what the person did not speak of it stays."""
    statements = tuple(map(seen, reading.statements))
    if label.sign is not None:
        statements = _turned(statements, label)
    if label.mechanisms is not None:
        statements = _lived(statements, label.mechanisms)
    if label.topics is not None:
        statements = _about(statements, label.topics)
    value, polarity = reading.valence, reading.polarity
    if label.sign is not None:
        polarity = label.sign
        value = polarity * max(PLAIN, abs(value)) if value * polarity <= 0 else value
    elif label.mechanisms:
        signs = {one.sign for one in label.mechanisms}
        polarity = signs.pop() if len(signs) == 1 else 0
        value = polarity * max(PLAIN, abs(value)) if value * polarity <= 0 else value
    statements = _shared(_supposed(statements, label))
    about = reading.mentions if label.topics is None else tuple(label.topics)
    return replace(
        reading,
        why_not="",
        language=reading.language or label.language,
        valence=value,
        polarity=polarity,
        confidence=1.0,
        statements=statements,
        mentions=() if statements else about,
        by="person",
    )


def _supposed(statements: tuple[Statement, ...], label: Label) -> tuple[Statement, ...]:
    """The statements with what is usual of that of which the person did not speak."""
    parts: list[Part] = []
    if label.topics is None:
        parts.append("topic")
    if label.mechanisms is None:
        parts.append("mechanism")
    return tuple(supposed(one, parts=tuple(parts)) for one in statements)


def _turned(statements: tuple[Statement, ...], label: Label) -> tuple[Statement, ...]:
    """Statements that fit the person's verdict: where none is on its side, all are turned."""
    sign = label.sign or 0
    if label.polarity == "neutral":
        return ()
    if not sign or any(one.valence * sign > 0 for one in statements):
        return statements
    if not statements:
        return (Statement("", "", sign * PLAIN, 1.0, 1.0),)
    return tuple(one._replace(valence=sign * max(abs(one.valence), 0.1)) for one in statements)


def _lived(statements: tuple[Statement, ...], mechanisms: Sequence[Said]) -> tuple[Statement, ...]:
    """One statement or more for each mechanism that the person named, with the proof that is known."""
    found: list[Statement] = []
    for mechanism, sign in mechanisms:
        same = [one for one in statements if one.mechanism == mechanism and one.valence * sign > 0]
        spare = [one for one in statements if not one.mechanism and one.valence * sign > 0]
        if same:
            found += same
        elif spare:
            found += [one._replace(mechanism=mechanism) for one in spare]
        else:
            known = next((one for one in statements if one.mechanism == mechanism), None)
            spans = known.spans if known else ()
            topic = known.topic if known else statements[0].topic if statements else ""
            share = 1.0 / len(mechanisms)
            found.append(Statement(topic, mechanism, sign * PLAIN, share, 1.0, spans))
    return tuple(found)


def _about(statements: tuple[Statement, ...], topics: Sequence[str]) -> tuple[Statement, ...]:
    """The statements at the person's topics; a topic that none is at gets part of the weightiest."""
    if not statements:
        return ()
    missing = [topic for topic in topics if all(one.topic != topic for one in statements)]
    found: list[Statement] = []
    for one in statements:
        if one.topic in topics:
            found.append(one)
        else:
            found.append(one._replace(topic=missing.pop(0) if missing else topics[0] if topics else ""))
    if missing:
        first, part = found[0], found[0].share / (1 + len(missing))
        found[0] = first._replace(share=part)
        found += [first._replace(topic=topic, share=part) for topic in missing]
    return tuple(found)


def _shared(statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """At most `MAX_STATEMENTS`, one for each topic, mechanism and side, with shares that add up to 1."""
    joined: dict[tuple[str, str, tuple[Part, ...], bool], Statement] = {}
    for one in statements:
        key = one.topic, one.mechanism, one.supposed, one.valence > 0
        known = joined.get(key)
        spans = tuple(sorted({*one.spans, *(known.spans if known else ())}))
        share = one.share + (known.share if known else 0.0)
        joined[key] = (known or one)._replace(share=share, confidence=1.0, spans=spans)
    kept = sorted(joined.values(), key=lambda one: -one.share)[:MAX_STATEMENTS]
    whole = sum(one.share for one in kept)
    return tuple(one._replace(share=one.share / whole if whole else 1 / len(kept)) for one in kept)
