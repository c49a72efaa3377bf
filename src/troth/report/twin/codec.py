"""The twin between dataclasses and JSON, and its JSON Schema."""

import json
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from troth.report.twin.shape import Twin


def as_json(twin: Twin) -> dict[str, Any]:
    """`twin` as plain JSON types: dict, list, str, int, float, bool and None."""
    plain: dict[str, Any] = _adapter().dump_python(twin, mode="json")
    return plain


def from_json(plain: dict[str, Any] | str | bytes) -> Twin:
    """The twin that `as_json` or `text` made. Raises pydantic's ValidationError when it has another shape."""
    return _adapter().validate_python(plain) if isinstance(plain, dict) else _adapter().validate_json(plain)


def text(plain: dict[str, Any]) -> str:
    """The JSON file: the same bytes for the same twin. NaN and infinities are refused (ValueError)."""
    return json.dumps(plain, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_adapter().json_schema(mode="serialization"),
    }


@cache
def _adapter() -> TypeAdapter[Twin]:
    return TypeAdapter(Twin)
