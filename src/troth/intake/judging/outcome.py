"""What a judge says about records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from troth.texts import Lazy, lazy

Value = str | int | float | bool | None
"""A typed value on its way: a date is days since 1970, a time microseconds since 1970 in UTC."""

HINTS: Mapping[str, Lazy] = {
    "malformed-row": lazy("A record is a JSON object of at most 2 MB, without NUL characters."),
    "missing-key": lazy("Send every column of the record kind's key."),
    "missing-customer": lazy("Send the customer's id."),
    "unreadable-time": lazy("Write it in ISO 8601, or declare its `format` in the blueprint."),
    "time-out-of-range": lazy("Is the sender's clock right, and the value in the unit that is meant?"),
    "wrong-type": lazy("Send a value of the column's type, or declare how it is written."),
    "unknown-touchpoint": lazy("Send the id of a touchpoint of the blueprint."),
    "unknown-mechanism": lazy("Send the id of one of the ten mechanisms."),
    "weight-out-of-range": lazy("An ordinary good experience weighs 1000, a bad one is negative."),
    "severity-out-of-range": lazy("Send 0 for a good experience, 1 to 4 for a bad one."),
}
"""How the sender can mend a record, by the reason's code."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A record that cannot be used.

    Attributes:
        index: Its place among the records that were judged, from 0.
        code: The reason, as in the quarantine: one of `intake.summary.REASONS`.
        column: The column it is about, if it is about one.
        detail: The value that could not be used; of a customer's id the pseudonym where there are any.
        key: The record's key, as far as it could be read.
        row: The text of its declared columns in JSON, as the quarantine keeps it.
    """

    index: int
    code: str
    column: str | None
    detail: str | None
    key: str | None
    row: str


@dataclass(frozen=True, slots=True)
class Judged:
    """The good records, column by column in the order in which they came, and the others.

    Attributes:
        n: How many are good.
        columns: Their typed values, by column.
        refused: The others.
        undeclared: Fields that the record kind does not declare and that were left out: how often each came.
    """

    n: int
    columns: Mapping[str, Sequence[Value]]
    refused: tuple[Refusal, ...] = ()
    undeclared: Mapping[str, int] = field(default_factory=dict)


def hint(code: str) -> str:
    """How to mend a record that was refused with `code`, in the language in force."""
    return str(HINTS.get(code, ""))
