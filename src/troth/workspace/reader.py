"""The reader of a folder: the lexica that ship, and what the people of the workspace have corrected."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from troth.reading import Reader, Reading
from troth.reading.labels import Corrections, Label, digest, keep, kept
from troth.reading.labels.label import Polarity, Said


def reader_of(folder: Path) -> Reader:
    """Who reads texts in `folder`, also where there is no workspace."""
    return Reader(revisers=[Corrections(kept(folder))])


def correct(
    folder: Path,
    reading: Reading,
    polarity: Polarity | None,
    mechanisms: Iterable[Said] | None,
    topics: Iterable[str] | None,
) -> Label:
    """Write down what a person says of the text of `reading`, which is masked; the label that was written."""
    label = Label(
        digest(reading.text),
        reading.text,
        polarity,
        None if mechanisms is None else tuple(mechanisms),
        None if topics is None else tuple(topics),
        reading.language,
    )
    keep(folder, label, dt.datetime.now(dt.UTC))
    return label
