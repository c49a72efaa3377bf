"""The labels of a workspace: an append-only file of lines in JSON beside the blueprint.

A file, and not a table of the ledger, because one process alone owns that: so a correction can be written
down while a server runs. The last line of a text counts. Texts are masked. A line that is no label (a torn
write, an editor, a later version) is set aside: the others are used, and it stays as it is.
"""

import datetime as dt
import json
import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from troth.errors import UsageError
from troth.reading.labels.held import Held
from troth.reading.labels.label import DRAWN, Label, digest, said
from troth.reading.masking import masked
from troth.texts import _

FILE_NAME = "labels.ndjson"
_MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Damaged:
    """A line that is no label: where it is (`file:line`), what is wrong, and a hint or nothing."""

    where: str
    message: str
    hint: str = ""


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


def kept(folder: Path) -> list[Label]:
    """The labels that count: of each text the last one, in the order of the first; no damaged lines.

    Texts are masked again: what an earlier version let stand is not learnt from or shown any more, and the
    label still finds the text that was masked again in the store.
    """
    found: dict[str, Label] = {}
    for _where, line in _lines(folder):
        label = _read(line)
        if isinstance(label, Label):
            before = found.get(label.digest)
            stays = before is not None and before.drawn  # whatever is said of the text later
            found[label.digest] = replace(label, drawn=label.drawn or stays)
    return list(found.values())


def damaged(folder: Path) -> list[Damaged]:
    """The lines that are no labels. Nobody reads by them, and nothing but an erasure touches them."""
    found = ((where, _read(line)) for where, line in _lines(folder))
    return [Damaged(where, one.message, one.hint) for where, one in found if not isinstance(one, Label)]


def demand_sound(folder: Path) -> None:
    """Refuse where lines are damaged: who learns from labels should learn from all of them.

    Raises:
        UsageError: `labels-damaged`, with every line.
    """
    faults = damaged(folder)
    if faults:
        first, *others = faults
        more = [f"{one.where}: {one.message}" for one in others[: _MOST_SHOWN - 1]]
        raise UsageError("labels-damaged", "\n".join([first.message, *more]), first.hint, where=first.where)


def forget(folder: Path, texts: Collection[str]) -> int:
    """Remove the labels of `texts`, and damaged lines that hold one of them; how many lines.

    A damaged line goes where it holds the digest of a text, or a good part of the text itself however it is
    written. The file is written anew.

    Args:
        folder: The workspace's.
        texts: As they rest in the store.
    """
    path = folder / FILE_NAME
    if not path.exists() or not texts:
        return 0
    held = Held(texts)
    lines = path.read_bytes().split(b"\n")
    left = [line for line in lines if not line.strip() or not _is_of(line, held)]
    if len(left) < len(lines):
        fresh = path.with_suffix(".new")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(b"\n".join(left))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    return len(lines) - len(left)


def _is_of(line: bytes, held: Held) -> bool:
    label = _read(line)
    if isinstance(label, Label):
        return label.digest in held.digests or str(json.loads(line)["digest"]) in held.digests
    return held.stands_in(line)


def _lines(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Each line that is not empty, after its place."""
    path = folder / FILE_NAME
    if path.exists():
        for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
            if line.strip():
                yield f"{path}:{number}", line


def _read(line: bytes) -> Label | UsageError:
    """The label of a line, or what is wrong with it."""
    try:
        given: dict[str, Any] = json.loads(line)
        polarity, mechanisms, topics = said(given)
        text, mark = str(given.get("text", "")), str(given["digest"])
        if (hidden := masked(text)) != text:
            text, mark = hidden, digest(hidden)
        language, drawn = str(given.get("language", "")), given.get("chosen") == DRAWN
        return Label(mark, text, polarity, mechanisms, topics, language, drawn)
    except UsageError as error:
        return error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        message = _("This line is no label.")
        return UsageError("labels-damaged", message, _("Each line is a JSON object with a digest."))
