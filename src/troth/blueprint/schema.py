"""The blueprint's shape: what may stand in `blueprint.yaml`, as pydantic models.

A blueprint says how a customer's journey is meant to be. Scalars arrive as text (the YAML reader resolves no types), so
`no`, `on`, `1_000` and dates mean what they look like; the types here decide.
"""

import re
from datetime import timedelta
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    StringConstraints,
    model_validator,
)

from troth.blueprint.document import Document
from troth.texts import _

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,62}$")]
"""An id of a touchpoint, rule, promise, segment …: lower case, digits, `-` and `_`."""

ColumnName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
"""The name of a column or record kind, as expressions use it."""

ColumnType = Literal["text", "integer", "number", "boolean", "date", "time"]
MechanismId = Literal[
    "benevolence", "integrity", "interests", "accountability", "reciprocity",
    "ability", "reliability", "familiarity", "reputation", "clarity",
]  # fmt: skip
SeverityId = Literal["S1", "S2", "S3", "S4"]
Expression = Annotated[str, StringConstraints(min_length=1, max_length=4000, strip_whitespace=True)]
"""A scalar SQL expression in DuckDB's dialect over the record's columns and its links' columns (`link.column`). The words
`S1` to `S4` stand for minus the severity's weight, `GOOD` for 1000."""

_DURATION = re.compile(r"^(\d+(?:\.\d+)?)\s*(ms|s|min|h|d|w)$")
_DURATION_MS = {"ms": 1, "s": 1000, "min": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000}


def parse_duration(text: object) -> timedelta:
    """`"36h"`, `"2d"`, `"1w"`, `"15min"`, `"0d"` as a timedelta. Raises ValueError for anything else."""
    if isinstance(text, timedelta):
        return text
    match = _DURATION.match(str(text).strip())
    if not match:
        msg = (
            f"{text!r} is no duration; write a number and one of {', '.join(_DURATION_MS)}, such as 36h or 2d"
        )
        raise ValueError(msg)
    return timedelta(milliseconds=float(match[1]) * _DURATION_MS[match[2]])


Duration = Annotated[
    timedelta,
    BeforeValidator(parse_duration, json_schema_input_type=Annotated[str, Field(pattern=_DURATION.pattern)]),
]


class Model(BaseModel):
    """Base of all parts: unknown keys are errors, instances are frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    @model_validator(mode="before")
    @classmethod
    def _without_nothing(cls, value: object) -> object:
        """A key with nothing behind it counts as not written."""
        return {k: v for k, v in value.items() if v is not None} if isinstance(value, dict) else value


class Names(Model):
    """A name per language; what is missing falls back to English, then to any other, then to the id."""

    en: str | None = None
    de: str | None = None
    nl: str | None = None

    def in_language(self, language: str, fallback: str) -> str:
        """The name in `language` (`en`, `de`, `nl`)."""
        return getattr(self, language, None) or self.en or self.de or self.nl or fallback


def _names(value: object) -> object:
    return {"en": value} if isinstance(value, str) else value


Name = Annotated[Names, BeforeValidator(_names, json_schema_input_type=str | Names)]
"""Plain text, or a text per language."""


class Phase(Model):
    """A stretch of the journey; the list's order is the journey's."""

    id: Identifier
    name: Name


class Journey(Model):
    """The journey's name and phases."""

    name: Name
    phases: tuple[Phase, ...] = Field(min_length=1)


class Touchpoint(Model):
    """Where customer and company meet; the list's order is the journey's."""

    id: Identifier
    phase: Identifier
    name: Name


class Column(Model):
    """A column of a record kind. `source` is its header in the export (default: the column's own name), compared without case and
    surrounding blanks. `format` reads times and dates (strptime, as DuckDB has it), `decimal` is the decimal mark."""

    type: ColumnType
    source: str | None = None
    format: str | None = None
    decimal: Literal[".", ","] | None = None


def _column(value: object) -> object:
    return {"type": value} if isinstance(value, str) else value


class Link(Model):
    """Another record kind whose row with the key in column `by` belongs to this record; its columns read as `link.column`."""

    to: ColumnName
    by: ColumnName


class FileFormat(Model):
    """How the kind's files are written, where sniffing would guess wrong. `empty`: what stands for nothing, besides an empty
    field, such as `?` or `N/A`."""

    delimiter: Annotated[str, StringConstraints(min_length=1, max_length=1)] | None = None
    encoding: Literal["utf-8", "utf-16", "windows-1252", "latin-1"] | None = None
    quote: str | None = None
    sheet: str | None = None
    empty: tuple[str, ...] = ()


class RecordKind(Model):
    """A kind of raw fact, one row a record. `key`: a column, several, or `"*"` for all columns together. `customer`: a column or
    `link.column`. `zone`: IANA time zone of times written without one. `version`: a column; of two rows with one key the higher stays."""

    key: Annotated[
        tuple[str, ...],
        BeforeValidator(
            lambda v: (v,) if isinstance(v, str) else v, json_schema_input_type=str | tuple[str, ...]
        ),
    ] = Field(min_length=1)
    customer: str
    zone: str = "UTC"
    version: ColumnName | None = None
    columns: dict[
        ColumnName, Annotated[Column, BeforeValidator(_column, json_schema_input_type=ColumnType | Column)]
    ] = Field(min_length=1)
    links: dict[ColumnName, Link] = Field(default_factory=dict)
    file: FileFormat = FileFormat()


Mechanisms = Annotated[
    dict[MechanismId, Annotated[float, Field(gt=0, le=1)]],
    BeforeValidator(
        lambda v: {v: 1} if isinstance(v, str) else v,
        json_schema_input_type=MechanismId | dict[MechanismId, float],
    ),
    Field(min_length=1),
]
"""One mechanism, or several with their shares, which must add up to 1."""


class Rule(Model):
    """Turns a record for which `when` holds into an experience of `weight` milli-units at the time `at`."""

    id: Identifier
    source: ColumnName = Field(alias="from")
    touchpoint: Identifier
    mechanism: Mechanisms
    at: Expression
    when: Expression | None = None
    weight: Expression


class Promise(Model):
    """A promise made to a customer: good when kept by `due + grace`, else bad in steps that grow with the delay."""

    id: Identifier
    source: ColumnName = Field(alias="from")
    touchpoint: Identifier
    mechanism: Mechanisms
    made: Expression
    due: Expression
    kept: Expression
    grace: Duration = timedelta(0)
    when: Expression | None = None
    good: Annotated[int, Field(ge=0, le=1_000_000)] = 1000
    late: dict[Duration, SeverityId] = Field(default_factory=lambda: {timedelta(0): "S2"}, min_length=1)


class Segment(Model):
    """A division of the customers: `value` is an expression over the kind `from`; the record with the greatest `latest` speaks."""

    id: Identifier
    name: Name
    source: ColumnName = Field(alias="from")
    value: Expression
    latest: Expression | None = None


class Outcome(Model):
    """What trust should lead to (a repeat purchase, a low review): `value` is true or false, known at the time `at`."""

    id: Identifier
    name: Name
    source: ColumnName = Field(alias="from")
    at: Expression
    value: Expression
    baseline: Expression | None = None


def _thousandths(value: float) -> float:
    if abs(value * 1000 - round(value * 1000)) > 1e-6:
        raise ValueError(_("A ratio has at most three decimals; here stands %(value)s.") % {"value": value})
    return value


Ratio = Annotated[float, Field(ge=0.1, le=100), AfterValidator(_thousandths)]
HalfLife = Annotated[float, Field(gt=0, le=36_500)]


class HalfLives(Model):
    """Days after which a good or a bad experience weighs half."""

    good: HalfLife
    bad: HalfLife


class MechanismParameters(Model):
    """What differs for one mechanism."""

    ratio: Ratio | None = None
    half_life_days: HalfLives | None = None


class Parameters(Model):
    """The arithmetic's settings. What is not set comes from `preset`; `ratio` may name one of the presets of `troth.blueprint.parameters`."""

    preset: Literal["shop", "insurer", "bank"] = "shop"
    ratio: Ratio | Literal["five-to-one", "rule-of-four", "loss-aversion"] | None = None
    half_life_days: HalfLives | None = None
    mechanisms: dict[MechanismId, MechanismParameters] = Field(default_factory=dict)
    severity: dict[SeverityId, Annotated[int, Field(ge=1, le=1_000_000)]] = Field(default_factory=dict)
    interval: Annotated[float, Field(ge=0.5, le=0.999)] = 0.9
    _lines: dict[str, int] = PrivateAttr(default_factory=dict)

    def line(self, key: str) -> int | None:
        """The line of the file in which `key` (`ratio`, `mechanisms.clarity.ratio` …) is set; None when it is not."""
        return self._lines.get(key)


class Privacy(Model):
    """`pseudonymise`: customer ids are replaced by a keyed HMAC on the way in; the key stays outside the store."""

    pseudonymise: bool = False


class Blueprint(Model):
    """The whole file."""

    troth: Literal["1"] = "1"
    journey: Journey
    touchpoints: tuple[Touchpoint, ...] = Field(min_length=1)
    records: dict[ColumnName, RecordKind] = Field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    promises: tuple[Promise, ...] = ()
    segments: tuple[Segment, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    parameters: Parameters = Parameters()
    privacy: Privacy = Privacy()
    _document: Document | None = PrivateAttr(default=None)

    def placed(self, document: Document) -> Self:
        """This blueprint, knowing where in `document` its parts stand."""
        self._document = document
        for path, (line, _column) in document.keys.items():
            if path[:1] == ("parameters",):
                self.parameters._lines[".".join(map(str, path[1:]))] = line  # noqa: SLF001 - its own part
        return self

    def where(self, *path: str | int) -> str:
        """`file:line:column` of the part at `path`, such as `"rules", 0, "when"`; empty when it came from no file."""
        if self._document is None:
            return ""
        line, column = self._document.place(path)
        return f"{self._document.where}:{line}:{column}"

    def line_text(self, *path: str | int) -> str:
        """The line of the file on which the part at `path` begins; empty when it came from no file."""
        if self._document is None:
            return ""
        return self._document.lines[self._document.place(path)[0] - 1]
