"""Texts made for learning: words that the lexica do not know decide how good it was, and about what."""

import random
from collections.abc import Callable

import pytest

from troth.reading import Reader
from troth.reading.labels import Label, said
from troth.reading.training.examples import Example

GOOD = ("plimmig", "zorvig", "knabber")
BAD = ("drolfig", "smoerig", "wrats")
TOPICS = {"delivery": ("flurk", "flurken"), "app": ("snib", "snibben")}
FILL = [
    "het",
    "de",
    "een",
    "van",
    "mijn",
    "onze",
    "nu",
    "weer",
    "echt",
    "hier",
    "daar",
    "toen",
    "was",
    "is",
    "met",
    "voor",
    "dit",
    "dat",
]

Made = Callable[..., list[Example]]


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader()


@pytest.fixture(scope="session")
def made(reader: Reader) -> Made:
    """`made(100, seed=1)`: so many labelled texts; with `noise` the labels are drawn, not meant."""

    def examples(count: int, seed: int = 1, *, noise: bool = False) -> list[Example]:
        draw = random.Random(seed)  # noqa: S311 - texts, no secrets
        found: list[Example] = []
        for _number in range(count):
            good, topic = draw.random() < 0.5, draw.choice(sorted(TOPICS))
            words = [draw.choice(GOOD if good else BAD), draw.choice(TOPICS[topic]), *draw.sample(FILL, 6)]
            draw.shuffle(words)
            if noise:
                good, topic = draw.random() < 0.5, draw.choice(sorted(TOPICS))
            answers = {
                "polarity": "positive" if good else "negative",
                "mechanisms": ["ability+" if good else "reliability-"],
                "topics": [topic],
            }
            reading = reader.read(" ".join(words), language="nl")
            found.append(Example(reading, Label("", reading.text, *said(answers)), "person"))
        return found

    return examples
