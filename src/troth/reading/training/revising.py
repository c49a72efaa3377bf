"""A trained model at work: a reviser of readings, after the lexica and before people's corrections."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from troth.reading.labels import Label, Said
from troth.reading.labels.correcting import corrected
from troth.reading.labels.label import Polarity
from troth.reading.reader import Reader
from troth.reading.reading import MOST_MENTIONS, Part, Reading, Statement
from troth.reading.supposing import seen, supposed, usual
from troth.reading.training.featuring import Embedder, featured
from troth.reading.training.model import Model

Chances = Mapping[str, Mapping[str, float]]


class Trained:
    """Judges by a model.

    Args:
        model: What was learnt.
        reader: Of the lexica alone, with the own words that the model was trained with.
        embedder: That of the model, where it has one.
    """

    def __init__(self, model: Model, reader: Reader, embedder: Embedder | None = None) -> None:
        self._model = model
        self._reader = reader
        self._embedder = embedder if model.meant else None

    def revised(self, readings: Sequence[Reading]) -> list[Reading]:
        """The readings as the model judges them; what is not read stays so."""
        read = [one for one in readings if not one.why_not]
        found = iter(featured(read, self._reader, self._embedder))
        return [
            one if one.why_not else judged(one, self._model.chances(next(found)), self._model.thresholds)
            for one in readings
        ]


def judged(reading: Reading, chances: Chances, thresholds: Mapping[str, float]) -> Reading:
    """`reading` with a model's chances over it.

    Statements keep the proof that the lexica found; those of the model alone have none. Of mechanisms and
    topics that the model did not learn, what the lexica see or suppose stays.
    """
    likely = chances.get("polarity")
    value, sign, sure = reading.valence, reading.polarity, reading.confidence
    polarity: Polarity | None = None
    if likely is not None:
        value = likely["1"] - likely["-1"]
        sign = max((1, 0, -1), key=lambda one: likely[str(one)])
        sure = (3 * max(likely.values()) - 1) / 2
        polarity = ("neutral", "positive", "negative")[sign]
    mechanisms = _mechanisms(reading, chances.get("mechanisms"), thresholds, 1 if value >= 0 else -1)
    if polarity == "neutral" and mechanisms:
        polarity = None
    topics = _topics(reading, chances.get("topics"), thresholds)
    plain = reading
    if mechanisms == ():
        plain = replace(
            reading, statements=tuple(seen(one)._replace(mechanism="") for one in reading.statements)
        )
    found = corrected(plain, Label("", "", polarity, mechanisms or None, topics))
    return replace(
        reading,
        valence=value,
        polarity=sign,
        confidence=sure,
        statements=tuple(_usual(seen(one), chances, sure) for one in found.statements),
        mentions=found.mentions[:MOST_MENTIONS],
        by="model",
    )


def _usual(one: Statement, chances: Chances, sure: float) -> Statement:
    """`one` with what is usual where nothing is said, but for what the model has learnt and did not take."""
    topic, mechanism = usual(one.topic, one.mechanism)
    parts: list[Part] = []
    if topic not in chances.get("topics", ()):
        parts.append("topic")
    if mechanism not in chances.get("mechanisms", ()):
        parts.append("mechanism")
    return supposed(one._replace(confidence=sure), parts=tuple(parts))


def _mechanisms(
    reading: Reading, likely: Mapping[str, float] | None, thresholds: Mapping[str, float], sign: int
) -> tuple[Said, ...] | None:
    if likely is None:
        return None
    there = {
        Said(one.seen_mechanism, 1 if one.valence > 0 else -1): one.share
        for one in reversed(reading.statements)
        if one.seen_mechanism
    }
    found: dict[Said, float] = {said: share for said, share in there.items() if said.mechanism not in likely}
    for name, chance in likely.items():
        if chance >= thresholds["mechanisms"]:
            signs = [said for said in there if said.mechanism == name]
            for said in signs or [Said(name, sign)]:
                found[said] = chance
    return tuple(sorted(found, key=lambda said: -found[said]))


def _topics(
    reading: Reading, likely: Mapping[str, float] | None, thresholds: Mapping[str, float]
) -> tuple[str, ...] | None:
    if likely is None:
        return None
    found = {name: 0.0 for name in reading.mentions if name not in likely}
    found |= {
        one.seen_topic: one.share
        for one in reversed(reading.statements)
        if one.seen_topic and one.seen_topic not in likely
    }
    found |= {name: chance for name, chance in likely.items() if chance >= thresholds["topics"]}
    return tuple(sorted(found, key=lambda name: -found[name]))
