"""What an import did, as counts that add up."""

from dataclasses import dataclass, field

from troth.texts import Lazy, lazy

REASONS: dict[str, Lazy] = {
    "malformed-row": lazy("The row cannot be read"),
    "missing-key": lazy("The key is missing"),
    "missing-customer": lazy("The customer is missing"),
    "unreadable-time": lazy("A date or time cannot be read"),
    "time-out-of-range": lazy("A date or time is far from any plausible one"),
    "wrong-type": lazy("A value is not of its column's type"),
    "duplicate-key": lazy("A later row of the same source has the same key and other content"),
    "unknown-touchpoint": lazy("The touchpoint is not in the blueprint"),
    "unknown-mechanism": lazy("There is no such mechanism"),
    "weight-out-of-range": lazy("The weight is zero or absurd"),
    "severity-out-of-range": lazy("The severity is not 0 to 4"),
    "declared-anew": lazy("Its record kind was declared anew while it was on its way"),
}
"""Why a row is in quarantine: the reason's code and what it means."""


@dataclass(frozen=True, slots=True)
class QuarantinedRow:
    """A row that could not be used, as it came.

    The text of its declared columns by header (customers pseudonymised where the blueprint asks for it),
    or `{"_line": …}` when the row could not be taken apart.
    """

    import_no: int
    kind: str
    row_no: int
    reason: str
    column: str | None
    detail: str | None
    row: dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows of a source: as they would be stored, and as they would be quarantined."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    quarantined: tuple[QuarantinedRow, ...]


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """One finished import: `read = added + changed + same + stale + quarantined + erased`.

    Attributes:
        import_no: Its number in `import_run`; None for a dry run.
        kind: The record kind.
        source: Where the rows came from (a password in a URL is left out).
        format: How it was read, such as `csv, delimiter ;, windows-1252`.
        read: Rows found.
        added: Rows with a key that was not there.
        changed: Rows that replaced an older version.
        same: Rows that were there already, or stood twice in the source.
        stale: Rows older than what was there, by the kind's `version`.
        quarantined: Rows that could not be used.
        erased: Rows of people who were erased; they are not stored.
        reasons: How many rows were quarantined, by reason (a code of `REASONS`) and column (empty: the whole
        row).
        notes: What a person should know, in sentences.
        preview: The first rows; for a dry run only.
    """

    import_no: int | None
    kind: str
    source: str
    format: str
    read: int
    added: int
    changed: int
    same: int
    stale: int
    quarantined: int
    erased: int = 0
    reasons: dict[tuple[str, str], int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    preview: Preview | None = None
