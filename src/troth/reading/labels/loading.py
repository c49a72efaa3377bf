"""Labels that people brought in a file: CSV, YAML, JSON or lines of JSON.

A row has `text`, or `record` (a record's key) that the caller finds the text of, and any of `polarity`,
`mechanisms` (`reliability-`) and `topics`; in a CSV file the latter are lists with commas, and an
empty cell says nothing, `none` says that there are none. `chosen` is `random` where the text was drawn.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from troth.errors import UsageError
from troth.reading.cleaning import cleaned
from troth.reading.labels.label import DRAWN, Label, digest, said
from troth.reading.masking import masked
from troth.texts import _

Find = Callable[[str], str | None]
"""The text of a record by its key; None where there is no such record."""

_KEYS = ("text", "record", "polarity", "mechanisms", "topics")


def load(path: Path, find: Find | None = None) -> list[Label]:
    """The labels of a file; a row that says nothing of its text is left out.

    Args:
        path: `.csv`, `.yaml`, `.yml`, `.json`, `.ndjson` or `.jsonl`, in UTF-8.
        find: How a record's text is found; None where there are no records.

    Raises:
        UsageError: `labels-unreadable`, `label-unknown`, `label-homeless`; with the row.
    """
    found: list[Label] = []
    for number, row in enumerate(_rows(path), 1):
        where = _("%(path)s, row %(n)s") % {"path": path, "n": number}
        if not isinstance(row, dict) or not {"polarity", "mechanisms", "topics"} & set(row):
            hint = _("Allowed: %(keys)s.") % {"keys": ", ".join(_KEYS)}
            raise UsageError("labels-unreadable", _("This row is no label."), hint, where=where)
        label = _label(row, where, find)
        if label is not None:
            found.append(label)
    return found


def _label(row: dict[str, Any], where: str, find: Find | None) -> Label | None:
    polarity, mechanisms, topics = said(row, where)
    if polarity is None and mechanisms is None and topics is None:
        return None
    raw = row.get("text")
    if raw is None and row.get("record") is not None and find is not None:
        raw = find(str(row["record"]))
    if raw is None:
        message = _("There is no text for this label.")
        hint = _("Write `text`, or `record` with the key of a record that has a comment.")
        raise UsageError("label-homeless", message, hint, where=where)
    text = cleaned(masked(str(raw))).text
    language, drawn = str(row.get("language") or ""), row.get("chosen") == DRAWN
    return Label(digest(text), text, polarity, mechanisms, topics, language, drawn)


def _rows(path: Path) -> Iterator[Any]:
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("labels-unreadable", str(error), where=str(path)) from None
    kind = path.suffix.lower()
    if kind == ".csv":
        for row in csv.DictReader(io.StringIO(text)):
            yield {key: value or None for key, value in row.items()}  # an empty cell says nothing
    elif kind in {".ndjson", ".jsonl"}:
        yield from _lines(text, path)
    elif kind in {".yaml", ".yml", ".json"}:
        try:
            data = YAML(typ="safe", pure=True).load(text)
        except YAMLError as error:
            raise UsageError("labels-unreadable", str(error), where=str(path)) from None
        yield from data if isinstance(data, list) else [data]
    else:
        message = _("A file of labels is CSV, YAML or JSON.")
        allowed = (".csv", ".yaml", ".json", ".ndjson")
        raise UsageError("labels-unreadable", message, allowed=allowed, where=str(path))


def _lines(text: str, path: Path) -> Iterable[Any]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield json.loads(line)
            except ValueError as error:
                raise UsageError("labels-unreadable", str(error), where=f"{path}:{number}") from None
