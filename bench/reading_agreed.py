"""How a reader agrees with two people who labelled the same texts apart from each other.

What both named must be found; what only one of them named counts neither as right nor as wrong. The
polarity's figures are of the texts in which both saw the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from troth.reading import Reader, Reading
from troth.reading.labels import said
from troth.reading.labels.label import SIGN
from troth.reading.training import figures

BLIND = Path(__file__).parents[1] / "tests" / "data" / "blind"
"""The project's own blind set: no entry and no rule is made with it in view."""

WRITTEN = Path(__file__).parent / "data" / "customer_texts"
"""Texts written to grow the lexica with, labelled by who wrote them."""
_WORDS = {"+": "positive", "-": "negative", "0": "neutral", "±": "mixed"}


@dataclass(frozen=True, slots=True)
class Agreement:
    """Figures of one reader on some texts; F1 is micro-F1, `topics` also by what a text only mentions."""

    texts: int
    auc: float | None
    accuracy: float
    mechanisms: float
    topics: float
    topics_mentioned: float


@dataclass(frozen=True, slots=True)
class Both:
    """What two people found in one text: what both named, and what only one did."""

    signs: tuple[int | None, int | None]
    mechanisms: tuple[set[str], set[str]]
    topics: tuple[set[str], set[str]]


def both(first: Mapping[str, Any], second: Mapping[str, Any], where: str) -> Both:
    """The answers of two people; `first` twice where there was one person alone."""
    one, two = said(first, where), said(second, where)
    named = [{each.mechanism for each in answers[1] or ()} for answers in (one, two)]
    topics = [set(answers[2] or ()) for answers in (one, two)]
    signs = tuple(SIGN[answers[0]] if answers[0] else None for answers in (one, two))
    return Both((signs[0], signs[1]), _shared(*named), _shared(*topics))


def _shared(one: set[str], two: set[str]) -> tuple[set[str], set[str]]:
    return one & two, one ^ two


def agreement(readings: Sequence[Reading], labels: Sequence[Both]) -> Agreement:
    """How well the readings of some texts agree with their labels, in the same order."""
    plain = [
        (one.signs[0], reading)
        for one, reading in zip(labels, readings, strict=True)
        if one.signs[0] is not None and one.signs[0] == one.signs[1]
    ]
    sided = [(sign > 0, reading.valence) for sign, reading in plain if sign]
    topics = [{one.topic for one in reading.statements} - {""} for reading in readings]
    mentioned = [found | set(reading.mentions) for found, reading in zip(topics, readings, strict=True)]
    mechanisms = [{one.mechanism for one in reading.statements} - {""} for reading in readings]
    return Agreement(
        len(readings),
        figures.auc([good for good, _value in sided], [value for _good, value in sided]),
        figures.accuracy([sign for sign, _one in plain], [one.polarity for _sign, one in plain]).value or 0.0,
        _micro([one.mechanisms for one in labels], mechanisms),
        _micro([one.topics for one in labels], topics),
        _micro([one.topics for one in labels], mentioned),
    )


def _micro(true: Iterable[tuple[set[str], set[str]]], found: Iterable[set[str]]) -> float:
    pairs = [(sure, guessed - doubtful) for (sure, doubtful), guessed in zip(true, found, strict=True)]
    return figures.micro([sure for sure, _guessed in pairs], [guessed for _sure, guessed in pairs])


def blind(reader: Reader, folder: Path = BLIND) -> dict[str, Agreement]:
    """The agreement on the blind set, by language."""
    yaml = YAML(typ="safe", pure=True)
    labels = yaml.load((folder / "labels.yaml").read_text("utf-8"))
    found: dict[str, Agreement] = {}
    for language in ("nl", "de", "en"):
        rows = yaml.load((folder / f"{language}.yaml").read_text("utf-8"))
        answers = [labels[row["id"]] for row in rows]
        readings = reader.read_all(row["text"] for row in rows)
        found[language] = agreement(
            readings, [both(one["first"], one["second"], "labels.yaml") for one in answers]
        )
    return found


def written(reader: Reader, folder: Path = WRITTEN) -> dict[str, Agreement]:
    """The agreement on the texts to develop with, by language."""
    found: dict[str, Agreement] = {}
    for language in ("nl", "de", "en"):
        file = folder / f"{language}.txt"
        rows = [
            [part.strip() for part in line.split("|", 3)] for line in file.read_text("utf-8").splitlines()
        ]
        answers = [
            {"polarity": _WORDS[polarity], "mechanisms": mechanisms.split(), "topics": topics.split()}
            for polarity, mechanisms, topics, _text in rows
        ]
        readings = reader.read_all(row[3] for row in rows)
        found[language] = agreement(readings, [both(one, one, file.name) for one in answers])
    return found
