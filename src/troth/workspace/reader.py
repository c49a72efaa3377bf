"""The reader of a folder, and what people say of the texts that it read."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from troth import blueprint as blueprints
from troth.reading import Reader, Reading
from troth.reading.assembling import assembled
from troth.reading.labels import FILE_NAME, Label, digest, keep
from troth.reading.labels.label import Polarity, Said
from troth.workspace.base import BLUEPRINT_NAME


def reader_of(folder: Path) -> Reader:
    """Who reads texts in `folder`, also where there is no workspace."""
    path = folder / BLUEPRINT_NAME
    words = blueprints.load(path).words if path.is_file() else {}
    return assembled(folder, {str(name): one for name, one in words.items()})[0]


def taught(folder: Path) -> list[Path]:
    """The files of what people taught the reader of `folder`: labels, answers, models."""
    from troth.reading.training.storing import FOLDER

    found = [folder / FILE_NAME, *sorted((folder / FOLDER).glob("*"))]
    return [path for path in found if path.suffix in {".ndjson", ".json", ".npz"} and path.is_file()]


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
