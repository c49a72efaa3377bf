"""The types of a blueprint's scalars, and what all its parts share."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)

from troth.blueprint.durations import DURATION_PATTERN, parse_duration

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,62}$")]
"""An id of a touchpoint, rule, promise, segment …: lower case, digits, `-` and `_`."""

NAME_PATTERN = r"^[a-z][a-z0-9_]{0,62}$"
"""What a record kind and a column may be called."""
ColumnName = Annotated[str, StringConstraints(pattern=NAME_PATTERN)]
"""The name of a column or record kind, as expressions use it."""

ColumnType = Literal["text", "integer", "number", "boolean", "date", "time", "comment"]
ValueType = Literal["text", "integer", "number", "boolean", "date", "time"]
"""What an expression works with; a comment is a text to it."""
MechanismId = Literal[
    "benevolence", "integrity", "interests", "accountability", "reciprocity",
    "ability", "reliability", "familiarity", "reputation", "clarity",
]  # fmt: skip
TopicId = Literal[
    "advertising", "website", "app", "advice", "product", "price", "order", "payment", "invoice", "delivery",
    "returns", "warranty", "service", "complaint", "account", "contract", "claim", "outage", "place",
    "loyalty",
]  # fmt: skip
SeverityId = Literal["S1", "S2", "S3", "S4"]
RatioPreset = Literal["five-to-one", "rule-of-four", "loss-aversion"]
Expression = Annotated[
    str,
    StringConstraints(min_length=1, max_length=4000, strip_whitespace=True),
    WithJsonSchema({"type": ["string", "number", "boolean"]}),
]
"""A scalar SQL expression in DuckDB's dialect over the record's columns and its links' columns
(`link.column`).

The words `S1` to `S4` stand for minus the severity's weight, `GOOD` for 1000."""

Duration = Annotated[
    timedelta,
    BeforeValidator(parse_duration, json_schema_input_type=Annotated[str, Field(pattern=DURATION_PATTERN)]),
]


class Model(BaseModel):
    """Base of all parts: unknown keys are errors, instances are frozen."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=True, use_attribute_docstrings=True
    )

    @model_validator(mode="before")
    @classmethod
    def _without_nothing(cls, value: object) -> object:
        """A key with nothing behind it counts as not written."""
        return {k: v for k, v in value.items() if v is not None} if isinstance(value, dict) else value


class Names(Model):
    """A name per language; what is missing falls back to English, then to any other, then to the id."""

    en: str | None = None
    """English."""
    de: str | None = None
    """German."""
    nl: str | None = None
    """Dutch."""

    def in_language(self, language: str, fallback: str) -> str:
        """The name in `language` (`en`, `de`, `nl`)."""
        return getattr(self, language, None) or self.en or self.de or self.nl or fallback


def _names(value: object) -> object:
    return {"en": value} if isinstance(value, str) else value


Name = Annotated[Names, BeforeValidator(_names, json_schema_input_type=str | Names)]
"""Plain text, or a text per language."""
