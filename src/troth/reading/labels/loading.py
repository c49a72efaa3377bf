"""Labels that people brought in a file: CSV, YAML, JSON or lines of JSON.

A row has `text`, or `record` (a record's key) that the caller finds the text of, and any of `polarity`,
`mechanisms` (`reliability-`) and `topics`; in a CSV file the latter are lists with commas, and an
empty cell says nothing, `none` says that there are none. `chosen` is `random` where the text was drawn.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from troth.errors import UsageError
from troth.reading.cleaning import cleaned
from troth.reading.labels.label import DRAWN, Label, digest, said
from troth.reading.masking import masked
from troth.texts import _, ngettext

Find = Callable[[str], str | None]
"""The text of a record by its key; None where there is no such record."""

Delimited = Callable[[Path], Iterable[Mapping[str, str | None]]]
"""The rows of a CSV file by the names of its header; an empty field is None."""

_KEYS = ("text", "record", "polarity", "mechanisms", "topics")
_ANSWERS = frozenset({"polarity", "mechanisms", "topics"})
_MOST_SHOWN = 10


def load(path: Path, find: Find | None = None, delimited: Delimited | None = None) -> list[Label]:
    """The labels of a file; a row that says nothing of its text is left out.

    Args:
        path: `.csv`, `.yaml`, `.yml`, `.json`, `.ndjson` or `.jsonl`; all but CSV in UTF-8.
        find: How a record's text is found; None where there are no records.
        delimited: How a CSV file is read; None for commas and UTF-8 only.

    Raises:
        UsageError: `labels-unreadable`, `label-unknown`, `label-unsigned`, `label-homeless`; the code of the
            first row that is wrong, and the others (up to ten in all) in the message.
    """
    found: list[Label] = []
    faults: list[UsageError] = []
    for number, row in enumerate(_rows(path, delimited or _plain), 1):
        where = _("%(path)s, row %(n)s") % {"path": path, "n": number}
        try:
            label = _label(row, where, find)
        except UsageError as fault:
            faults.append(fault)
            continue
        if label is not None:
            found.append(label)
    if faults:
        raise _together(faults)
    return found


def _together(faults: Sequence[UsageError]) -> UsageError:
    first, *others = faults
    lines = [first.message, *(f"{one.where}: {one.message}" for one in others[: _MOST_SHOWN - 1])]
    if len(faults) > _MOST_SHOWN:
        more = len(faults) - _MOST_SHOWN
        lines.append(ngettext("and %(n)s more row", "and %(n)s more rows", more) % {"n": more})
    return UsageError(first.code, "\n".join(lines), first.hint, allowed=first.allowed, where=first.where)


def _label(row: object, where: str, find: Find | None) -> Label | None:
    if not isinstance(row, dict) or not _ANSWERS & set(row):
        hint = _("Allowed: %(keys)s.") % {"keys": ", ".join(_KEYS)}
        raise UsageError("labels-unreadable", _("This row is no label."), hint, where=where)
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


def _rows(path: Path, delimited: Delimited) -> Iterator[Any]:
    kind = path.suffix.lower()
    if kind == ".csv":
        yield from _table(path, delimited)
        return
    text = _text(path)
    if kind in {".ndjson", ".jsonl"}:
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


def _table(path: Path, delimited: Delimited) -> Iterator[Any]:
    """The rows of a CSV file; one without a column for answers is told once, not row by row."""
    for number, row in enumerate(delimited(path)):
        if not number and not _ANSWERS & set(row):
            message = _("No column is named polarity, mechanisms or topics.")
            hint = _("The first row has the names: %(names)s.") % {"names": ", ".join(_KEYS)}
            raise UsageError("labels-unreadable", message, hint, allowed=_KEYS, where=str(path))
        yield row


def _plain(path: Path) -> Iterator[dict[str, str | None]]:
    for row in csv.DictReader(io.StringIO(_text(path))):
        yield {key: value or None for key, value in row.items()}  # an empty cell says nothing


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        message = _("The file is not written in UTF-8.")
        raise UsageError("labels-unreadable", message, _("Save it as UTF-8."), where=str(path)) from None
    except OSError as error:
        message = error.strerror or str(error)
        raise UsageError("labels-unreadable", message, where=str(path)) from None


def _lines(text: str, path: Path) -> Iterable[Any]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield json.loads(line)
            except ValueError as error:
                raise UsageError("labels-unreadable", str(error), where=f"{path}:{number}") from None
