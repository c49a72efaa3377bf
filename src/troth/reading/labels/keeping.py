"""The labels of a workspace: an append-only file of lines in JSON beside the blueprint.

A file, and not a table of the ledger, because one process alone owns that: so a correction can be written
down while a server runs. The last line of a text counts. Texts are masked.
"""

import datetime as dt
import json
import os
from collections.abc import Collection
from pathlib import Path
from typing import Any

from troth.errors import UsageError
from troth.reading.labels.label import Label, said
from troth.texts import _

FILE_NAME = "labels.ndjson"


def keep(folder: Path, label: Label, at: dt.datetime) -> None:
    """Append `label`; `at` is when it was given."""
    line = json.dumps({**label.as_dict(), "at": at.isoformat(timespec="seconds")}, ensure_ascii=False) + "\n"
    path = folder / FILE_NAME
    handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        size = os.fstat(handle).st_size
        torn = size > 0 and os.pread(handle, 1, size - 1) != b"\n"
        os.write(handle, (("\n" if torn else "") + line).encode("utf-8", "replace"))
        os.fsync(handle)
    finally:
        os.close(handle)


def forget(folder: Path, digests: Collection[str]) -> int:
    """Remove the labels of texts with these digests; how many lines. The file is written anew."""
    path = folder / FILE_NAME
    if not path.exists() or not digests:
        return 0
    lines = path.read_bytes().splitlines(keepends=True)
    left = [line for line in lines if _digest(line) not in digests]
    if len(left) < len(lines):
        fresh = path.with_suffix(".new")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.writelines(left)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    return len(lines) - len(left)


def _digest(line: bytes) -> str:
    try:
        return str(json.loads(line)["digest"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""


def kept(folder: Path) -> list[Label]:
    """The labels that count: of each text the last one, in the order of the first.

    Raises:
        UsageError: `labels-damaged`, with the line.
    """
    path = folder / FILE_NAME
    if not path.exists():
        return []
    found: dict[str, Label] = {}
    for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
        if line.strip():
            label = _label(line, f"{path}:{number}")
            found[label.digest] = label
    return list(found.values())


def _label(line: bytes, where: str) -> Label:
    try:
        given: dict[str, Any] = json.loads(line)
        polarity, mechanisms, topics = said(given, where)
        return Label(
            str(given["digest"]),
            str(given.get("text", "")),
            polarity,
            mechanisms,
            topics,
            str(given.get("language", "")),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UsageError(
            "labels-damaged",
            _("This line is no label."),
            _("Mend it, or remove the line; each line is a JSON object with a digest."),
            where=where,
        ) from None
