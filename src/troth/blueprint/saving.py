"""Writes a record kind into a blueprint file and leaves every other line of it as it is."""

import os
from collections.abc import Iterable, Mapping
from io import StringIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from textwrap import dedent
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError

from troth.blueprint.document import Document, read
from troth.blueprint.durations import written_duration
from troth.blueprint.loading import parse, read_text
from troth.blueprint.schema import RecordKind
from troth.errors import TrothError
from troth.texts import _


def save_kind(path: str | Path, name: str, kind: RecordKind) -> None:
    """Add the record kind `name` to the blueprint at `path`, or change what differs in it.

    The file is replaced at once or not at all.

    Raises:
        UsageError: The file is no valid blueprint, or would not be one with this kind.
        TrothError: `blueprint-unchanged`, when the kind cannot be written without changing something else.
    """
    path = Path(path).resolve()
    text = read_text(path)
    before = parse(text, str(path))
    wanted = before.model_copy(update={"records": before.records | {name: kind}})
    try:
        changed = _changed(text, name, _written(kind))
    except (YAMLError, LookupError, TypeError):  # the kind's lines are not a part of their own
        changed = text
    if parse(changed, str(path)).model_dump() != wanted.model_dump():
        raise TrothError(
            "blueprint-unchanged",
            _("The record kind “%(name)s” cannot be written without changing other parts.") % {"name": name},
            _("Write it by hand, every kind on lines of its own and without aliases (*name)."),
            where=str(path),
        )
    replace_text(path, changed)


def _written(kind: RecordKind) -> dict[str, Any]:
    """The kind as a person would write it, without what is the default."""
    written = kind.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    written["key"] = kind.key[0] if len(kind.key) == 1 else _flow_list(kind.key)
    written["columns"] = {
        name: parts["type"] if set(parts) == {"type"} else _flow(parts)
        for name, parts in written["columns"].items()
    }
    if kind.keep is not None:
        written["keep"] = written_duration(kind.keep)
    if "links" in written:
        written["links"] = {name: _flow(parts) for name, parts in written["links"].items()}
    return written


def _flow(parts: Mapping[str, Any]) -> CommentedMap:
    flow = CommentedMap(parts)
    flow.fa.set_flow_style()
    return flow


def _flow_list(values: Iterable[str]) -> CommentedSeq:
    flow = CommentedSeq(values)
    flow.fa.set_flow_style()
    return flow


def _changed(text: str, name: str, written: dict[str, Any]) -> str:
    """The text with the kind's lines changed or added; no other line is touched."""
    source = read(text, "")
    lines, end = text.splitlines(), "\r\n" if "\r\n" in text else "\n"
    records = source.data.get("records") if isinstance(source.data, dict) else None
    if not isinstance(records, dict) or not records:
        if ("records",) in source.keys:
            at = source.place(("records",), key=True)[0]
            lines[at - 1] = "records:"
        else:
            lines += ["", "records:"]
            at = len(lines)
        lines[at:at] = _block(name, CommentedMap(), written, indent=2, step=2)
        return end.join([*lines, ""])
    indent, step = _indents(source, records)
    if name in records:
        first, last = source.place(("records", name), key=True)[0], source.last_line(("records", name))
        old = _yaml(step).load(dedent("\n".join(lines[first - 1 : last])))[name]
        lines[first - 1 : last] = _block(name, old, written, indent, step)
    else:
        last = source.last_line(("records",))
        lines[last:last] = ["", *_block(name, CommentedMap(), written, indent, step)]
    return end.join([*lines, ""])


def _indents(source: Document, records: Mapping[str, object]) -> tuple[int, int]:
    """How far the kinds are indented, and how much further their keys."""
    kind = next(iter(records))
    indent = source.place(("records", kind), key=True)[1] - 1
    inner = [
        place[1] - 1
        for path, place in source.keys.items()
        if path[:2] == ("records", kind) and len(path) == 3
    ]
    return indent, max(min(inner, default=0) - indent, 1)


def _block(name: str, old: CommentedMap, written: Mapping[str, Any], indent: int, step: int) -> list[str]:
    _merge(old, written)
    out = StringIO()
    _yaml(step).dump({name: old}, out)
    return [" " * indent + line if line else "" for line in out.getvalue().splitlines()]


def _yaml(step: int) -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 4096  # a line stays as long as it is
    yaml.indent(mapping=step, sequence=step + 2, offset=step)
    return yaml


def _merge(old: CommentedMap, new: Mapping[str, Any]) -> None:
    for key in [key for key in old if key not in new]:
        del old[key]
    for key, value in new.items():
        if isinstance(value, Mapping) and isinstance(old.get(key), CommentedMap):
            _merge(old[key], value)
        elif key not in old or str(old[key]) != str(value):
            old[key] = value


def replace_text(path: Path, text: str) -> None:
    """Write `text` into the file at `path`, at once or not at all."""
    with NamedTemporaryFile(
        "w", encoding="utf-8", newline="", dir=path.parent, prefix=f".{path.name}.", delete=False
    ) as file:
        try:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).chmod(path.stat().st_mode & 0o777)
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
