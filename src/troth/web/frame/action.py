"""What a page lets one do: one description from which its form's route and its route of the API come.

An action is a POST. A form gets a redirect to where the outcome is seen; a program gets the outcome as JSON.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from troth.web.access.rights import Right, Visitor
from troth.web.access.state import Access, Notice
from troth.workspace.live import Live


class Form(BaseModel):
    """The fields of an action without any; others derive from it."""

    model_config = ConfigDict(frozen=True, extra="ignore")


def whole_schema(form: type[Form]) -> dict[str, Any]:
    """The JSON schema of a form in one piece: a reference in it would be read from the description's root."""
    schema = form.model_json_schema()
    parts = schema.pop("$defs", {})

    def whole(found: Any) -> Any:  # noqa: ANN401 - any part of a schema
        if isinstance(found, dict):
            if name := str(found.get("$ref", "")).removeprefix("#/$defs/"):
                found = {**parts[name], **{key: value for key, value in found.items() if key != "$ref"}}
            return {key: whole(value) for key, value in found.items()}
        return [whole(one) for one in found] if isinstance(found, list) else found

    made: dict[str, Any] = whole(schema)
    return made


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a request: its name there, and where it lies now.

    It goes when the request ends, unless the action moves it away.
    """

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Asking:
    """One request of an action: who asks, with which fields, for which thing, and the file, if one came.

    `access`: what access remembers; `network`: the address that asks.
    """

    visitor: Visitor
    form: Any
    path: Mapping[str, str] = field(default_factory=dict)
    upload: Upload | None = None
    access: Access | None = None
    network: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it: where a browser goes next, and what a program is told.

    `notice`: what the next page says: a code of `frame.notices`, or words that only this browser reads, once.
    """

    address: str
    answer: Any
    notice: str | Notice = ""


@dataclass(frozen=True, slots=True)
class Action:
    """An action.

    Attributes:
        name: Its id, in kebab case.
        address: Where it is asked for; the API's is the same behind its prefix.
        right: What one must be allowed to.
        answer: The dataclass that programs are told: its schema.
        perform: Does it.
        form: The fields it takes.
        most_bytes: How large the request may be.
        back: Where a browser goes to read why it could not be done; None: the reason is a page of its own.
        takes_file: Whether a file comes with it, as the field `file` of a multipart form.
    """

    name: str
    address: str
    right: Right
    answer: type
    perform: Callable[[Live, Asking], Done]
    form: type[Form] = Form
    most_bytes: int = 1_000_000
    takes_file: bool = False
    back: str | None = None
