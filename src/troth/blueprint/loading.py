"""From a file to a `Blueprint`, or to one error that names every fault."""

import codecs
from itertools import islice
from pathlib import Path

from pydantic import ValidationError

from troth.blueprint import checks, document, invalid
from troth.blueprint.faults import MAX_FAULTS, BlueprintError, Fault
from troth.blueprint.salvage import salvage
from troth.blueprint.schema import Blueprint
from troth.errors import UsageError
from troth.texts import _

_MAX_BYTES = 4 * document.MAX_CHARACTERS
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def load(path: str | Path) -> Blueprint:
    """The blueprint in the file at `path`.

    Raises:
        UsageError: `blueprint-missing` or `blueprint-unreadable`.
        BlueprintError: With file:line:column of every fault.
    """
    return parse(read_text(path), str(path))


def read_text(path: str | Path) -> str:
    """The text of the file at `path`, in UTF-8 or, by its mark, UTF-16. Raises what `load` raises."""
    path = Path(path)
    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= _MAX_BYTES else b""
    except FileNotFoundError:
        raise UsageError(
            "blueprint-missing",
            _("There is no blueprint at %(path)s.") % {"path": path},
            _("Start one with “troth init shop”."),
        ) from None
    except OSError as error:
        reason = error.strerror or str(error)
        message = _("The blueprint %(path)s cannot be read: %(reason)s.") % {"path": path, "reason": reason}
        raise UsageError("blueprint-unreadable", message) from None
    if size > _MAX_BYTES:
        message = _("The file has %(size)d bytes; at most %(most)d are read.")
        raise BlueprintError(str(path), [Fault(1, 1, message % {"size": size, "most": _MAX_BYTES})])
    return _decoded(raw, str(path))


def parse(text: str, where: str = "blueprint.yaml") -> Blueprint:
    """The blueprint that `text` stands for; `where` names it in messages.

    Raises:
        BlueprintError: With file:line:column of every fault.
    """
    source = document.read(text, where)
    if not isinstance(source.data, dict):
        message = (
            _("The file is empty.") if source.data is None else _("A blueprint is made of keys with values.")
        )
        raise BlueprintError(where, [Fault(1, 1, message, _("Start one with “troth init shop”."))])
    faults = list(source.faults)
    try:
        blueprint = Blueprint.model_validate(source.data)
        faults += checks.check_references(blueprint, source)
        faults += islice(checks.check_expressions(blueprint, source), MAX_FAULTS)
    except ValidationError as error:
        faults += invalid.faults(error, source, Blueprint)
        if rest := salvage(error, source):
            faults += checks.check_references(*rest)
            faults += islice(checks.check_expressions(rest[0], source), MAX_FAULTS)
        raise BlueprintError(where, faults) from None
    if faults:
        raise BlueprintError(where, faults)
    return blueprint.placed(source)


def _decoded(raw: bytes, where: str) -> str:
    encoding = "utf-16" if raw.startswith(_UTF16) else "utf-8-sig"
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = len(before) - (before.rfind(b"\n") + 1) + 1
        message = _("The file is not UTF-8: byte %(byte)02X.") % {"byte": raw[error.start]}
        raise BlueprintError(where, [Fault(line, column, message, _("Save it as UTF-8."))]) from None
