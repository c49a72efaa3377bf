"""What a model is worth on texts that it did not learn from: five folds, each read by a model of the others.

Thresholds are chosen for every fold on the chances that the others' texts had when they were held out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from troth.reading.reading import Reading
from troth.reading.training import figures
from troth.reading.training.examples import Example
from troth.reading.training.featuring import unsure
from troth.reading.training.figures import LabelFigures, Share
from troth.reading.training.learning import ALL, THRESHOLD, learn, named
from troth.reading.training.model import SIGNS, Features
from troth.reading.training.revising import Chances, judged

FOLDS = 5
SEED = 20_260_101
_GRID = tuple(round(0.1 + 0.05 * step, 2) for step in range(13))
NAMES = {1: "positive", 0: "neutral", -1: "negative"}


@dataclass(frozen=True, slots=True)
class PolarityFigures:
    """How well good, bad and neither are told."""

    texts: int
    accuracy: Share
    macro_f1: float
    auc: float | None
    labels: tuple[LabelFigures, ...]


@dataclass(frozen=True, slots=True)
class MarkFigures:
    """How well mechanisms or topics are told."""

    texts: int
    micro_f1: float
    labels: tuple[LabelFigures, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of a model and, on the same texts, of the lexica alone (`…_before`); None of nothing."""

    folds: int
    polarity: PolarityFigures | None
    polarity_before: PolarityFigures | None
    mechanisms: MarkFigures | None
    mechanisms_before: MarkFigures | None
    topics: MarkFigures | None
    topics_before: MarkFigures | None


def held_out(
    examples: Sequence[Example], features: Sequence[Features], embedder: str = "", folds: int = FOLDS
) -> tuple[list[Reading], dict[str, float]]:
    """Each example read by a model that did not see it, and thresholds chosen on all of these.

    Examples of the lexica are learnt from in every fold, and keep their own reading.
    """
    fold = _folds(examples, folds)
    chances: list[Chances] = [{} for _one in examples]
    for number in range(folds):
        kept = _where(fold != number)
        model = learn([examples[at] for at in kept], [features[at] for at in kept], embedder=embedder)
        for at in _where(fold == number):
            meant = features[at].meaning if unsure(examples[at].reading) else None
            chances[at] = model.chances(features[at]._replace(meaning=meant))
    readings = [one.reading for one in examples]
    for number in range(folds):
        others = [at for at in range(len(examples)) if fold[at] not in {number, -1}]
        chosen = thresholds([examples[at] for at in others], [chances[at] for at in others])
        for at in _where(fold == number):
            readings[at] = judged(examples[at].reading, chances[at], chosen)
    seen = _where(fold >= 0)
    return readings, thresholds([examples[at] for at in seen], [chances[at] for at in seen])


def thresholds(examples: Sequence[Example], chances: Sequence[Chances]) -> dict[str, float]:
    """For mechanisms and topics, the chance from which on taking them gives the best micro-F1."""
    found: dict[str, float] = {}
    for name in ALL:
        pairs = [
            (there, likely[name])
            for one, likely in zip(examples, chances, strict=True)
            if (there := named(name, one)) is not None and name in likely
        ]
        if len(pairs) < 20:
            found[name] = THRESHOLD
            continue
        scored = {
            least: figures.micro(
                [true & set(likely) for true, likely in pairs],
                [{word for word, chance in likely.items() if chance >= least} for _true, likely in pairs],
            )
            for least in _GRID
        }
        found[name] = max(scored, key=lambda least: (round(scored[least], 3), -abs(least - THRESHOLD)))
    return found


def reported(examples: Sequence[Example], after: Sequence[Reading], folds: int = FOLDS) -> Report:
    """The figures of `after` and of the lexica alone, over the examples of people and stars."""
    kept = [at for at, one in enumerate(examples) if one.source != "lexicon"]
    some = [examples[at] for at in kept]
    new, old = [after[at] for at in kept], [one.reading for one in some]
    marks = {name: (_marks(name, some, new), _marks(name, some, old)) for name in ALL}
    return Report(folds, _polarity(some, new), _polarity(some, old), *marks["mechanisms"], *marks["topics"])


def _polarity(examples: Sequence[Example], readings: Sequence[Reading]) -> PolarityFigures | None:
    pairs = [
        (one.label.sign, reading)
        for one, reading in zip(examples, readings, strict=True)
        if one.label.sign is not None
    ]
    if not pairs:
        return None
    true, said = [sign for sign, _reading in pairs], [reading.polarity for _sign, reading in pairs]
    labels = figures.by_label([{NAMES[one]} for one in true], [{NAMES[one]} for one in said], _names())
    sided = [(sign > 0, reading.valence) for sign, reading in pairs if sign]
    return PolarityFigures(
        len(pairs),
        figures.accuracy(true, said),
        figures.macro(labels),
        figures.auc([good for good, _value in sided], [value for _good, value in sided]),
        labels,
    )


def _where(which: NDArray[np.bool_]) -> list[int]:
    return [int(at) for at in np.flatnonzero(which)]


def _names() -> list[str]:
    return [NAMES[sign] for sign in reversed(SIGNS)]


def _marks(name: str, examples: Sequence[Example], readings: Sequence[Reading]) -> MarkFigures | None:
    pairs = [
        (there, marks_of(name, reading))
        for one, reading in zip(examples, readings, strict=True)
        if (there := named(name, one)) is not None
    ]
    if not pairs:
        return None
    true, said = [one for one, _said in pairs], [one for _true, one in pairs]
    return MarkFigures(len(pairs), figures.micro(true, said), figures.by_label(true, said, ALL[name]))


def marks_of(name: str, reading: Reading) -> set[str]:
    """The mechanisms or topics of a reading's statements; of a text that judges nothing, what it is about."""
    if name == "topics":
        return {*(one.topic for one in reading.statements), *reading.mentions} - {""}
    return {one.mechanism for one in reading.statements} - {""}


def _folds(examples: Sequence[Example], folds: int) -> NDArray[np.int64]:
    """The fold of every example, dealt by polarity and first mechanism; −1 for those of the lexica."""
    draw = np.random.default_rng(SEED).permutation(len(examples))
    kinds: Mapping[int, tuple[object, ...]] = {
        at: (one.source, one.label.sign, one.label.mechanisms[:1] if one.label.mechanisms else ())
        for at, one in enumerate(examples)
    }
    found = np.full(len(examples), -1)
    order = sorted(
        (int(at) for at in draw if examples[at].source != "lexicon"), key=lambda at: str(kinds[at])
    )
    for place, at in enumerate(order):
        found[at] = place % folds
    return found
