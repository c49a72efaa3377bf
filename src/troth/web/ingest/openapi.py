"""What the API's description says about the ways in for records; they are plain routes, for speed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

_JSON = "application/json"
_RECORD = {"type": "object", "additionalProperties": True}
_ERROR = {
    "type": "object",
    "required": ["code", "message", "hint", "allowed", "where"],
    "properties": {
        "code": {"type": "string"},
        "message": {"type": "string"},
        "hint": {"type": "string"},
        "allowed": {"type": "array", "items": {"type": "string"}},
        "where": {"type": "string"},
    },
}
_FAILURE = {"type": "object", "required": ["error"], "properties": {"error": _ERROR}}
_TEXT = {"type": ["string", "null"]}
_LINE = {
    "type": "object",
    "required": ["index", "kind", "key", "column", "code", "message", "hint", "detail"],
    "properties": {
        "index": {
            "type": "integer",
            "minimum": 0,
            "description": "The record's place in the request, from 0.",
        },
        "kind": _TEXT,
        "key": _TEXT,
        "column": _TEXT,
        "code": {"type": "string"},
        "message": {"type": "string"},
        "hint": {"type": "string"},
        "detail": _TEXT,
    },
}
_TAKEN = {
    "type": "object",
    "required": ["accepted", "rejected", "undeclared", "errors"],
    "properties": {
        "accepted": {"type": "integer", "minimum": 0},
        "rejected": {"type": "integer", "minimum": 0},
        "undeclared": {"type": "object", "additionalProperties": {"type": "integer"}},
        "errors": {"type": "array", "items": _LINE},
        "error": _ERROR,
    },
}


def _answer(description: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {_JSON: {"schema": schema}}}


_FAILURES = {
    "400": _answer("The JSON is broken.", _FAILURE),
    "408": _answer("The body took too long to arrive.", _FAILURE),
    "500": _answer("Something went wrong in the server.", _FAILURE),
    "413": _answer("The body is too large, or has more than 10,000 records.", _FAILURE),
    "415": _answer("The body is encoded in a way that is not read.", _FAILURE),
    "429": _answer("Too much waits; come again after the seconds of `Retry-After`.", _FAILURE),
    "503": _answer("The database cannot be reached, or the server is shutting down.", _FAILURE),
    "507": _answer("The disk is full.", _FAILURE),
}
_EVENT = {
    "type": "object",
    "required": ["specversion", "id", "source", "type"],
    "properties": {
        "specversion": {"const": "1.0"},
        "id": {"type": "string", "minLength": 1},
        "source": {"type": "string", "minLength": 1},
        "type": {"type": "string", "minLength": 1},
        "data": {},
    },
}

PATHS: Mapping[str, Any] = {
    "/api/v1/records": {
        "post": {
            "operationId": "send_records",
            "tags": ["records"],
            "summary": "Send records",
            "description": (
                "Up to 10,000 records: an object, an array, or one object a line; plain, as CloudEvents, or"
                ' each as `{"kind": …, "record": {…}}`. Answered once they are durable. The same record again'
                " changes nothing. A record that cannot be used is told in `errors`; the others are in."
            ),
            "parameters": [
                {
                    "name": "kind",
                    "in": "query",
                    "required": False,
                    "schema": {"type": "string"},
                    "description": "The record kind of all records; else each one names its own.",
                },
                {
                    "name": "Content-Encoding",
                    "in": "header",
                    "required": False,
                    "schema": {"enum": ["gzip", "identity"]},
                },
            ],
            "requestBody": {
                "required": True,
                "content": {
                    _JSON: {
                        "schema": {
                            "anyOf": [_RECORD, {"type": "array", "items": _RECORD, "maxItems": 10_000}]
                        }
                    },
                    "application/x-ndjson": {"schema": {"type": "string"}},
                    "application/cloudevents+json": {"schema": _EVENT},
                    "application/cloudevents-batch+json": {"schema": {"type": "array", "items": _EVENT}},
                },
            },
            "responses": {
                "200": _answer("All are in.", _TAKEN),
                "207": _answer("Some are in, the others are in `errors`.", _TAKEN),
                "422": _answer("None is in.", {"anyOf": [_TAKEN, _FAILURE]}),
                "401": _answer("Nobody has signed in.", _FAILURE),
                "403": _answer("The key may not send records.", _FAILURE),
                **_FAILURES,
            },
        }
    },
    "/api/v1/hooks/{name}": {
        "post": {
            "operationId": "take_webhook",
            "tags": ["webhooks"],
            "security": [],
            "summary": "Take a webhook",
            "description": (
                "A delivery of a sender whose signature the endpoint knows. One that came already is answered"
                " with `taken: false`. A payload that cannot be used goes to quarantine."
            ),
            "parameters": [{"name": "name", "in": "path", "required": True, "schema": {"type": "string"}}],
            "requestBody": {"required": True, "content": {_JSON: {"schema": {}}}},
            "responses": {
                "200": _answer(
                    "Taken, now or before.",
                    {"type": "object", "required": ["taken"], "properties": {"taken": {"type": "boolean"}}},
                ),
                "401": _answer("The signature is missing, wrong or too old.", _FAILURE),
                "404": _answer("There is no such endpoint.", _FAILURE),
                "422": _answer("Its record kind is no longer declared.", _FAILURE),
                **{code: answer for code, answer in _FAILURES.items() if code != "400"},
            },
        }
    },
}
"""The paths, in OpenAPI 3.1."""


def described(original: Callable[[], dict[str, Any]]) -> Callable[[], dict[str, Any]]:
    """The application's description with these paths in it, and what lets a program in."""

    def description() -> dict[str, Any]:
        found = original()
        found["paths"].update(PATHS)
        found.setdefault("components", {})["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
        found["security"] = [{"key": []}]
        return found

    return description
