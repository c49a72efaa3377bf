"""The blueprint's shape: what may stand in `blueprint.yaml`, as pydantic models.

A blueprint says how a customer's journey is meant to be. Scalars arrive as text (the YAML reader resolves no
types), so `no`, `on`, `1_000` and dates mean what they look like; the types here decide. The docstrings of
the keys are what editors show and what `docs/reference/blueprint.md` is made of.
"""

from datetime import timedelta
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PrivateAttr,
    StringConstraints,
    WithJsonSchema,
)

from troth.blueprint.comments import Language, Rating, Words
from troth.blueprint.document import Document
from troth.blueprint.durations import distinct_delays
from troth.blueprint.types import (
    ColumnName,
    ColumnType,
    Duration,
    Expression,
    Identifier,
    MechanismId,
    Model,
    Name,
    RatioPreset,
    SeverityId,
    TopicId,
)
from troth.texts import _
from troth.vocabulary import TOPICS, SiteTouchpoint, TimedPromise


class Phase(Model):
    """A stretch of the journey; the list's order is the journey's."""

    id: Identifier
    """What touchpoints name it by."""
    name: Name
    """What people read."""


class Journey(Model):
    """The journey's name and phases."""

    name: Name
    """What people read, in the report's title for example."""
    phases: tuple[Phase, ...] = Field(min_length=1)
    """The stretches of the journey, in its order."""


class Touchpoint(Model):
    """Where customer and company meet; the list's order is the journey's."""

    id: Identifier
    """What rules and promises name it by."""
    phase: Identifier
    """The phase it belongs to."""
    name: Name
    """What people read."""
    audit: list[SiteTouchpoint] = Field(default_factory=list)
    """Which touchpoints of an audit of the website belong to it, such as `[product, search]`: there, trust as
    designed stands beside trust as lived."""
    topics: tuple[TopicId, ...] | None = None
    """What customers speak of when they write of it, such as `[delivery, order]`. Default: its id, where that
    is a topic."""

    @property
    def spoken_of(self) -> tuple[str, ...]:
        """Its topics: those given, or its id where that is one."""
        return self.topics if self.topics is not None else tuple({self.id} & set(TOPICS))


class Column(Model):
    """A column of a record kind, or just its type."""

    type: ColumnType
    """What its values are. A value of another type sends the row to quarantine. A `comment` is a text that a
    person wrote: personal data in it are masked before it is kept, and rules can `read` it."""
    source: str | None = None
    """Its header in the export, compared without case and surrounding blanks. Default: the column's own
    name."""
    format: str | None = None
    """How dates and times are written, by the signs of strptime: `%d-%m-%Y %H:%M`. Default: ISO 8601."""
    decimal: Literal[".", ","] | None = None
    """The decimal mark of numbers."""


def _column(value: object) -> object:
    return {"type": value} if isinstance(value, str) else value


class Link(Model):
    """The row of another record kind that belongs to a record; its columns read as `link.column`."""

    to: ColumnName
    """The other record kind; its key must be a single column."""
    by: ColumnName
    """The column of this record that holds the other's key."""


class FileFormat(Model):
    """How the kind's files are written, where sniffing would guess wrong."""

    delimiter: Annotated[str, StringConstraints(min_length=1, max_length=1)] | None = None
    """The sign between two fields of a CSV file."""
    encoding: Literal["utf-8", "utf-16", "windows-1252", "latin-1"] | None = None
    """How the text is encoded."""
    quote: str | None = None
    """The sign around fields that hold a delimiter."""
    sheet: str | None = None
    """The sheet of an Excel file."""
    empty: tuple[str, ...] = ()
    """What stands for nothing besides an empty field, such as `?` or `N/A`."""


def _one_or_several(value: object) -> object:
    return (value,) if isinstance(value, str) else value


class RecordKind(Model):
    """A kind of raw fact, one row a record."""

    key: Annotated[
        tuple[str, ...],
        BeforeValidator(_one_or_several, json_schema_input_type=str | tuple[str, ...]),
    ] = Field(min_length=1)
    """What makes a record the same one when it is imported again: a column, several, or `"*"` for all
    together."""
    customer: str
    """The column with the customer's id, or `link.column`."""
    zone: str = "UTC"
    """The IANA time zone of times that are written without one."""
    version: ColumnName | None = None
    """A column; of two rows with one key the one with the higher value stays. Default: the later import
    stays."""
    columns: dict[
        ColumnName, Annotated[Column, BeforeValidator(_column, json_schema_input_type=ColumnType | Column)]
    ] = Field(min_length=1)
    """The columns that are kept; all others are left out."""
    links: dict[ColumnName, Link] = Field(default_factory=dict)
    """Other records that belong to this one, by a name of their own."""
    ids: Annotated[
        tuple[ColumnName, ...],
        BeforeValidator(_one_or_several, json_schema_input_type=str | tuple[ColumnName, ...]),
    ] = ()
    """Columns with other ids of the same customer, such as an e-mail address or a card's number: whoever is
    exported or erased by one of their ids is found by all of them. Pseudonymised like the customer's id."""
    keep: Duration | None = None
    """How long a record is kept, such as `730d`; `troth retention` and the server's daily work remove what is
    older. Default: for ever."""
    keep_from: ColumnName | None = None
    """The date or time from which `keep` counts. Default: the latest one in the record, or its import where
    it has none."""
    file: FileFormat = FileFormat()
    """How the kind's files are written, where sniffing would guess wrong."""


def _whole_share(value: object) -> object:
    return {value: 1} if isinstance(value, str) else value


Mechanisms = Annotated[
    dict[MechanismId, Annotated[float, Field(gt=0, le=1)]],
    BeforeValidator(_whole_share, json_schema_input_type=MechanismId | dict[MechanismId, float]),
    Field(min_length=1),
]
"""One mechanism, or several with their shares, which must add up to 1."""


class Rule(Model):
    """Turns a record for which `when` holds into an experience."""

    id: Identifier
    """What findings and explanations name it by; also part of the experience's id, so do not change it
    lightly."""
    source: ColumnName = Field(alias="from")
    """The record kind."""
    touchpoint: Identifier
    """Where it was lived. With `read`, where the comment does not say."""
    mechanism: Mechanisms
    """What was lived: one mechanism, or several with their shares, which must add up to 1. With `read`, where
    the comment does not say."""
    at: Expression
    """When it was lived: a time or a date. A record for which it is NULL gives no experience."""
    when: Expression | None = None
    """For which records: true or false. Default: all."""
    weight: Expression | None = None
    """How much it counts, in thousandths of an ordinary good experience; negative is bad, 0 and NULL are
    nothing. Either this or `read`."""
    read: ColumnName | None = None
    """A comment column in place of `weight`: what the text says decides what was lived, where, and how much
    it counts."""
    rating: Rating | None = None
    """With `read`: the stars or points that came with the comment."""


class Promise(Model):
    """A promise made to a customer: good when kept by `due + grace`, else bad in steps."""

    id: Identifier
    """What findings and explanations name it by; also part of the experience's id, so do not change it
    lightly."""
    source: ColumnName = Field(alias="from")
    """The record kind."""
    touchpoint: Identifier
    """Where it is lived."""
    mechanism: Mechanisms
    """What is lived: one mechanism, or several with their shares, which must add up to 1."""
    made: Expression
    """When it was made: a time or a date. A record for which it is NULL holds no promise."""
    due: Expression
    """By when it is to be kept: a time, or a date whose end in UTC is meant. A record for which it is NULL
    gives nothing."""
    kept: Expression
    """When it was kept; NULL while it is open."""
    grace: Duration = Field(default=timedelta(0), json_schema_extra={"default": "0d"})
    """How long after the due time it still counts as kept."""
    when: Expression | None = None
    """For which records: true or false. Default: all."""
    good: Annotated[int, Field(ge=0, le=1_000_000)] = 1000
    """What a kept promise weighs, in thousandths of an ordinary good experience."""
    late: Annotated[dict[Duration, SeverityId], BeforeValidator(distinct_delays)] = Field(
        default={timedelta(0): "S2"}, min_length=1, json_schema_extra={"default": {"0d": "S2"}}
    )
    """How bad it is from which delay on, such as `{0d: S1, 2d: S2, 7d: S3}`."""
    site: TimedPromise | None = None
    """Which promise on the website it is, such as `delivery-time`: what the site says is then compared with
    what customers lived."""


class Segment(Model):
    """A division of the customers."""

    id: Identifier
    """What read-outs name it by."""
    name: Name
    """What people read."""
    source: ColumnName = Field(alias="from")
    """The record kind that tells."""
    value: Expression
    """The segment's value for the record's customer."""
    latest: Expression | None = None
    """Of a customer's several records, the one with the greatest value of this speaks."""


class Outcome(Model):
    """What trust should lead to, such as a repeat purchase or a low review."""

    id: Identifier
    """What read-outs name it by."""
    name: Name
    """What people read."""
    source: ColumnName = Field(alias="from")
    """The record kind that tells."""
    at: Expression
    """When it became known; only evidence from before then is held against it."""
    value: Expression
    """Whether it came about: true or false; NULL leaves the record out."""
    baseline: Expression | None = None
    """A simple predictor to compare trust with: true or false, or a number that grows with the chance."""


def _thousandths(value: float) -> float:
    if abs(value * 1000 - round(value * 1000)) > 1e-6:
        raise ValueError(_("A ratio has at most three decimals; here stands %(value)s.") % {"value": value})
    return value


Ratio = Annotated[float, Field(ge=0.1, le=100), AfterValidator(_thousandths)]
HalfLife = Annotated[float, Field(gt=0, le=36_500)]


class HalfLives(Model):
    """Days after which an experience weighs half."""

    good: HalfLife
    """Of good experiences."""
    bad: HalfLife
    """Of bad experiences."""


SeverityWeights = dict[SeverityId, Annotated[int, Field(ge=1, le=1_000_000)]]


class MechanismParameters(Model):
    """What differs for one mechanism."""

    ratio: Ratio | None = None
    """How many good experiences offset one bad."""
    half_life_days: HalfLives | None = None
    """Days after which a good or a bad experience weighs half."""
    severity: SeverityWeights = Field(default_factory=dict)
    """What S1 to S4 weigh where they speak of this mechanism, in thousandths of an ordinary good experience;
    those left out weigh what they weigh elsewhere."""


class Parameters(Model):
    """The arithmetic's settings; what is not set comes from the preset."""

    preset: Literal["shop", "insurer", "bank"] = "shop"
    """How often one meets such a company: experiences halve in 90, 365 or 180 days."""
    ratio: Ratio | RatioPreset | None = None
    """How many good experiences offset one bad: a number, or `five-to-one`, `rule-of-four` (4),
    `loss-aversion` (2)."""
    half_life_days: HalfLives | None = None
    """Days after which a good or a bad experience weighs half."""
    mechanisms: dict[MechanismId, MechanismParameters] = Field(default_factory=dict)
    """What differs for single mechanisms."""
    severity: SeverityWeights = Field(default_factory=dict)
    """What S1 to S4 weigh, in thousandths of an ordinary good experience. Default: 300, 1000, 3000, 8000."""
    interval: Annotated[float, Field(ge=0.5, le=0.999)] = 0.9
    """The probability with which an interval holds the true figure."""
    _lines: dict[str, int] = PrivateAttr(default_factory=dict)

    def line(self, key: str) -> int | None:
        """The line in which `key` (`ratio`, `mechanisms.clarity.ratio` …) is set; None if it is not."""
        return self._lines.get(key)


class Privacy(Model):
    """How customers' ids are kept, and how closely the server lets one look."""

    pseudonymise: bool = False
    """Replace customer ids by a keyed HMAC on the way in; the key stays outside the store."""
    people: Literal["individuals", "segments"] = "individuals"
    """What the server shows of customers: `individuals`, one by one, to those who may see people; `segments`,
    nobody's own score, and no group smaller than `least_group`."""
    least_group: Annotated[int, Field(ge=2, le=100_000)] = 20
    """With `people: segments`, how many customers a group must have to be shown."""


class Blueprint(Model):
    """The whole file."""

    troth: Annotated[Literal["1"], WithJsonSchema({"enum": [1, "1"]})] = "1"
    """The version of this format."""
    journey: Journey
    """The journey's name and phases."""
    touchpoints: tuple[Touchpoint, ...] = Field(min_length=1)
    """Where customer and company meet, in the order of the journey."""
    records: dict[ColumnName, RecordKind] = Field(default_factory=dict)
    """The kinds of raw facts, by name."""
    rules: tuple[Rule, ...] = ()
    """How records turn into experiences."""
    promises: tuple[Promise, ...] = ()
    """What was promised to customers, until when, and whether it was kept."""
    segments: tuple[Segment, ...] = ()
    """Divisions of the customers."""
    outcomes: tuple[Outcome, ...] = ()
    """What trust should lead to."""
    parameters: Parameters = Field(default_factory=Parameters)
    """The arithmetic's settings."""
    words: dict[Language, Words] = Field(default_factory=dict)
    """Own words to read comments by, by language (`de`, `en`, `nl`)."""
    privacy: Privacy = Privacy()
    """How customers' ids are kept, and how closely the server lets one look."""
    _document: Document | None = PrivateAttr(default=None)

    def placed(self, document: Document) -> Self:
        """This blueprint, knowing where in `document` its parts stand."""
        self._document = document
        for path, (line, _column) in document.keys.items():
            if path[:1] == ("parameters",):
                self.parameters._lines[".".join(map(str, path[1:]))] = line  # noqa: SLF001 - its own part
        return self

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines of the file it is from; none when it is from no file."""
        return () if self._document is None else tuple(self._document.lines)

    def where(self, *path: str | int) -> str:
        """`file:line:column` of the part at `path` (`"rules", 0, "when"`); empty when it is from no file."""
        if self._document is None:
            return ""
        line, column = self._document.place(path)
        return f"{self._document.where}:{line}:{column}"

    def line_text(self, *path: str | int) -> str:
        """The line of the file on which the part at `path` begins; empty when it is from no file."""
        if self._document is None:
            return ""
        return self._document.lines[self._document.place(path)[0] - 1]
