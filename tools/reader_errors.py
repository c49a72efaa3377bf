"""Writes down how the reader reads the blind set, so that shares of what is said can be corrected.

    python tools/reader_errors.py

To be run whenever the reader or its lexica change; a test says so. The result holds readings and labels, no
texts: whoever works on the lexica must not look at the blind set through it.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from troth.insight.voices.labelled import FILE
from troth.reading import Reader, encoded

ROOT = Path(__file__).parents[1]
BLIND = ROOT / "tests" / "data" / "blind"
TARGET = ROOT / "src" / "troth" / "insight" / "voices" / FILE


def lines() -> Iterator[str]:
    """A line a text: its reading as it would be stored, and what each reader of the blind set found."""
    labels = _yaml(BLIND / "labels.yaml")
    reader = Reader()
    for language in ("nl", "de", "en"):
        for one in _yaml(BLIND / f"{language}.yaml"):
            verdicts = labels[one["id"]]
            found = {
                "id": one["id"],
                "reading": encoded(reader.read(one["text"])),
                "labels": [
                    [verdicts[who][part] for part in ("polarity", "mechanisms", "topics")]
                    for who in ("first", "second")
                ],
            }
            yield json.dumps(found, ensure_ascii=False) + "\n"


def _yaml(path: Path) -> Any:  # noqa: ANN401 - what the file holds
    return YAML(typ="safe", pure=True).load(path.read_text("utf-8"))


if __name__ == "__main__":
    TARGET.write_text("".join(lines()), "utf-8")
