"""The reader of a workspace's folder: the lexica, own words, the accepted model, people's corrections."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from troth.blueprint.comments import Words
from troth.reading.fingerprint import fingerprint
from troth.reading.labels import FILE_NAME, Corrections, kept
from troth.reading.own import own_words
from troth.reading.reader import Reader, Reviser

Stamp = tuple[tuple[int, int], ...]
_MODEL = Path("reader") / "model.json"


def assembled(folder: Path, words: Mapping[str, Words] | None = None) -> tuple[Reader, str]:
    """Who reads texts in `folder`, and what their readings stand for.

    Args:
        folder: The workspace's; it need not be one.
        words: A company's own, by language.

    Raises:
        UsageError: `model-damaged`, `model-outdated`, `embed-missing`.
    """
    own = words or {}
    entries = own_words(own)
    revisers: list[Reviser] = []
    marks: list[str] = []
    if (folder / _MODEL).is_file():
        from troth.reading.embed import embedder_of
        from troth.reading.training.revising import Trained
        from troth.reading.training.storing import described, load

        model = load(folder)
        about = described(folder, _MODEL.name)
        if model is not None and about is not None:
            revisers.append(Trained(model, Reader(entries), embedder_of(model.embedder)))
            marks.append(str(about["fingerprint"]))
    corrections = Corrections(kept(folder))
    if corrections.fingerprint:
        revisers.append(corrections)
        marks.append(corrections.fingerprint)
    more = hashlib.sha256(" ".join(marks).encode()).hexdigest()[:16] if marks else ""
    return Reader(entries, revisers), fingerprint(own, more)


def stamp(folder: Path) -> Stamp:
    """Changes when what is in the folder would make another reader."""
    return tuple(_stamps(folder))


def _stamps(folder: Path) -> Iterator[tuple[int, int]]:
    for path in (folder / FILE_NAME, folder / _MODEL):
        if path.is_file():
            found = path.stat()
            yield found.st_mtime_ns, found.st_size
        else:
            yield 0, 0
