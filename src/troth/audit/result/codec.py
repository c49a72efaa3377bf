"""The result between dataclasses and JSON, and its JSON Schema."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from troth.audit.result.shape import AuditResult
from troth.errors import UsageError
from troth.texts import _


def as_json(result: AuditResult) -> dict[str, Any]:
    """`result` as plain JSON types."""
    plain: dict[str, Any] = _adapter().dump_python(result, mode="json")
    return plain


def text(result: AuditResult) -> str:
    """The JSON file: the same bytes for the same result."""
    return json.dumps(as_json(result), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def from_json(plain: dict[str, Any] | str | bytes) -> AuditResult:
    """The result that `text` or `as_json` made. Raises pydantic's ValidationError for another shape."""
    return _adapter().validate_python(plain) if isinstance(plain, dict) else _adapter().validate_json(plain)


def read(path: Path) -> AuditResult:
    """The one result in a file that `troth audit --json` made.

    Raises:
        UsageError: `result-invalid`, when the file holds none, `result-several`, when it holds more.
    """
    found = read_all(path)
    if len(found) > 1:
        raise UsageError(
            "result-several",
            _("This file holds the results of several shops."),
            _("Name a file that `troth audit URL --json` made of one shop."),
            where=str(path),
        )
    return found[0]


def read_all(path: Path) -> tuple[AuditResult, ...]:
    """The results in a file that `troth audit --json` made, of one shop or several, compared or not.

    Raises:
        UsageError: `result-invalid`, when the file holds none.
    """
    try:
        plain = json.loads(path.read_bytes())
        several = plain.get("results") if isinstance(plain, dict) else None
        found = tuple(
            from_json(json.dumps(one)) for one in (several if isinstance(several, list) else [plain])
        )
    except (ValueError, RecursionError) as error:
        raise _invalid(path) from error
    if not found:
        raise _invalid(path)
    return found


def _invalid(path: Path) -> UsageError:
    return UsageError(
        "result-invalid",
        _("This file holds no result of an audit."),
        _("Name a file that `troth audit URL --json` made."),
        where=str(path),
    )


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_adapter().json_schema(mode="serialization"),
    }


@cache
def _adapter() -> TypeAdapter[AuditResult]:
    return TypeAdapter(AuditResult)
