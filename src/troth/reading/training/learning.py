"""From examples to a model."""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix, hstack

from troth.reading.topics import TOPICS
from troth.reading.training import fitting, pieces
from troth.reading.training.examples import Example
from troth.reading.training.known import AT
from troth.reading.training.model import (
    HEADS,
    KNOWN_SCALE,
    MEANING_SCALE,
    PIECES_SCALE,
    SIGNS,
    Features,
    Floats,
    Head,
    Model,
    scale_of,
)
from troth.vocabulary import MECHANISM_IDS

FEWEST = 5
"""Texts that a mechanism or topic must have, and as many that have it not, to be learnt."""
PENALTY = 1.0
THRESHOLD = 0.35
"""From which chance on a mechanism or topic is taken, where too few texts are there to find out."""
BELIEVED = 2.0
"""Log-odds that the lexica add where they say something, before anything is learnt."""
_VERDICTS = {"1": "good", "0": "even", "-1": "bad"}
ALL = {"mechanisms": MECHANISM_IDS, "topics": TOPICS}


def learn(
    examples: Sequence[Example],
    features: Sequence[Features],
    thresholds: dict[str, float] | None = None,
    embedder: str = "",
) -> Model:
    """A model of `examples`.

    Args:
        examples: With their labels and weights.
        features: Of each of them; with a meaning in all, or in none.
        thresholds: Of mechanisms and topics; else `THRESHOLD`.
        embedder: What made the meanings.
    """
    scale = scale_of([one.known for one in features])
    rare = pieces.rarity([(one.places, one.amounts) for one in features])
    blocks = _blocks(features, scale, rare)
    heads = {name: head for name in HEADS if (head := _head(name, examples, blocks[:2], scale)) is not None}
    meant: dict[str, Head] = {}
    if embedder:
        meant = {name: head for name in heads if (head := _head(name, examples, blocks, scale)) is not None}
    return Model(scale, rare, heads, meant, thresholds or dict.fromkeys(ALL, THRESHOLD), embedder)


def _blocks(features: Sequence[Features], scale: Floats, rare: Floats) -> list[csr_matrix]:
    known = KNOWN_SCALE * np.asarray([one.known for one in features]) / scale
    amounts = [PIECES_SCALE * pieces.weighed(one.places, one.amounts, rare) for one in features]
    begins = np.concatenate([[0], np.cumsum([len(one.places) for one in features])])
    places = np.concatenate([one.places for one in features])
    shape = (len(features), pieces.SIZE)
    found = [csr_matrix(known), csr_matrix((np.concatenate(amounts), places, begins), shape=shape)]
    if all(one.meaning is not None for one in features):
        found.append(csr_matrix(MEANING_SCALE * np.asarray([one.meaning for one in features])))
    return found


def _head(name: str, examples: Sequence[Example], blocks: Sequence[csr_matrix], scale: Floats) -> Head | None:
    """The weights for one question; None where there are too few labels for it."""
    wanted = _polarities(examples) if name == "polarity" else _marks(name, examples)
    if wanted is None:
        return None
    classes, answers, kept = wanted
    rows = hstack([block[kept] for block in blocks]).tocsr()
    weights = np.array([examples[place].weight for place in kept])
    prior = _prior(name, classes, scale, rows.shape[1])
    if name == "polarity":
        fitted = fitting.fit(rows, answers, PENALTY, weights, prior)
    else:
        each = [
            fitting.fit(rows, answers[:, [at]], PENALTY, weights, prior[:, [at]])
            for at in range(len(classes))
        ]
        fitted = np.hstack(each)
    known, size = blocks[0].shape[1], blocks[0].shape[1] + pieces.SIZE
    letters = fitted[known:size]
    used = np.flatnonzero(np.abs(letters).max(axis=1) > 1e-6)
    return Head(
        classes,
        fitted[:known].astype(np.float32),
        used.astype(np.int32),
        letters[used].astype(np.float32),
        fitted[size:-1].astype(np.float32),
        fitted[-1].astype(np.float32),
    )


def _prior(name: str, classes: Sequence[str], scale: Floats, size: int) -> fitting.Floats:
    """What the lexica say, believed by `BELIEVED` until labels say otherwise; shape (size, classes)."""
    found = np.zeros((size, len(classes)))
    for column, one in enumerate(classes):
        at = AT[_VERDICTS[one] if name == "polarity" else f"says {one}"]
        found[at, column] = BELIEVED * scale[at] / KNOWN_SCALE
    return found


_Wanted = tuple[tuple[str, ...], fitting.Floats, list[int]]


def _polarities(examples: Sequence[Example]) -> _Wanted | None:
    kept = [place for place, one in enumerate(examples) if one.label.sign is not None]
    signs = np.array([examples[place].label.sign for place in kept])
    if not kept or min(np.sum(signs > 0), np.sum(signs < 0)) < FEWEST:
        return None
    answers = np.stack([signs == sign for sign in SIGNS], axis=1).astype(float)
    return tuple(map(str, SIGNS)), answers, kept


def _marks(name: str, examples: Sequence[Example]) -> _Wanted | None:
    kept = [place for place, one in enumerate(examples) if named(name, one) is not None]
    there = [named(name, examples[place]) or set() for place in kept]
    counts = {word: sum(word in one for one in there) for word in ALL[name]}
    classes = tuple(word for word, n in counts.items() if min(n, len(kept) - n) >= FEWEST)
    if not classes:
        return None
    answers = np.array([[word in one for word in classes] for one in there], float)
    return classes, answers, kept


def named(name: str, example: Example) -> set[str] | None:
    """The mechanisms or topics that a label has; None where it does not say."""
    if name == "topics":
        return None if example.label.topics is None else set(example.label.topics)
    said = example.label.mechanisms
    return None if said is None else {one.mechanism for one in said}
