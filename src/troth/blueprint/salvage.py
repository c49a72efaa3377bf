"""What is left of a faulty blueprint, so that one run reports every fault, not only those of its shape."""

from copy import deepcopy
from dataclasses import replace

from pydantic import ValidationError

from troth.blueprint.checks import SECTIONS
from troth.blueprint.document import Document, Path
from troth.blueprint.invalid import real_path
from troth.blueprint.schema import Blueprint


def salvage(error: ValidationError, document: Document) -> tuple[Blueprint, Document] | None:
    """The blueprint without its unknown keys and its faulty rules, promises, segments and outcomes.

    None when faults remain: they may be the cause of whatever else seems wrong.
    """
    data = deepcopy(document.data)
    dropped: set[Path] = set()
    for detail in error.errors(include_url=False):
        path = real_path(detail["loc"], document.data)
        if detail["type"] == "extra_forbidden":
            _remove(data, path)
        elif len(path) > 1 and path[0] in SECTIONS:
            dropped.add(path[:2])
    moved: dict[Path, Path] = {}
    for section in SECTIONS:
        parts = data.get(section) if isinstance(data, dict) else None
        if isinstance(data, dict) and isinstance(parts, list):
            kept = [i for i in range(len(parts)) if (section, i) not in dropped]
            data[section] = [parts[i] for i in kept]
            moved |= {(section, new): (section, old) for new, old in enumerate(kept)}
    try:
        return Blueprint.model_validate(data), replace(document, data=data, moved=moved)
    except ValidationError:
        return None


def _remove(data: object, path: Path) -> None:
    for step in path[:-1]:
        data = data[step]  # type: ignore[index]
    if isinstance(data, dict):
        data.pop(path[-1], None)
