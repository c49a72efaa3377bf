"""All features of readings, and which texts are worth an embedding."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from troth.reading.reader import Reader
from troth.reading.reading import Reading
from troth.reading.training import pieces
from troth.reading.training.known import known
from troth.reading.training.model import Features

SURE = 0.5
"""From this confidence of the lexica on a text is not embedded."""


class Embedder(Protocol):
    """Turns texts into rows of numbers of which near ones mean alike."""

    @property
    def name(self) -> str:
        """Name and version; a model that was trained with another is not used."""
        ...

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Rows of length 1, in the order of `texts`; shape (texts, size)."""
        ...


def unsure(reading: Reading) -> bool:
    """Whether the lexica are silent on a text, or not sure."""
    return not reading.why_not and reading.confidence < SURE


def featured(
    readings: Sequence[Reading], reader: Reader, embedder: Embedder | None = None, *, every: bool = False
) -> list[Features]:
    """The features of each reading.

    Args:
        readings: As the lexica alone have them.
        reader: Whose lexica these are.
        embedder: Asked for texts of which they are not sure, or for all with `every`.
        every: See there.
    """
    found = [Features(known(one, reader), *pieces.counted(one.text)) for one in readings]
    if embedder is None:
        return found
    asked = [place for place, one in enumerate(readings) if every or unsure(one)]
    if asked:
        rows = embedder.embed([readings[place].text for place in asked])
        for place, row in zip(asked, rows, strict=True):
            found[place] = found[place]._replace(meaning=row)
    return found
