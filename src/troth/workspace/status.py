"""What is in a ledger, without reading anything out."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from troth.blueprint.parameters import Settings
from troth.blueprint.schema import Blueprint
from troth.ledger.heard import Heard, heard
from troth.ledger.refresh import outdated
from troth.reading.labels import Damaged, damaged
from troth.store import Store
from troth.store.tables import record_kinds
from troth.workspace import observing

RUNS = 10


@dataclass(frozen=True, slots=True)
class ImportRun:
    """One finished import: `read = added + changed + same + stale + quarantined + erased`."""

    import_no: int
    kind: str
    source: str
    finished: dt.datetime
    read: int
    added: int
    changed: int
    same: int
    stale: int
    quarantined: int

    @property
    def erased(self) -> int:
        """Rows of people who were erased: they are not stored."""
        return self.read - self.added - self.changed - self.same - self.stale - self.quarantined


@dataclass(frozen=True, slots=True)
class Status:
    """A ledger at a glance.

    `file`: its path; `bytes`: its size. `records`, `quarantined`: rows by kind. `experiences`, `customers`:
    after the last refresh; `outdated`: whether the next one will rebuild them. `imports`: the latest, newest
    first. `comments`: what customers wrote, and how much of it was read. `damaged_labels`: lines of the file
    of labels that nobody can read; the others are used.
    """

    file: Path
    bytes: int
    records: dict[str, int]
    quarantined: dict[str, int]
    experiences: int
    customers: int
    outdated: bool
    imports: tuple[ImportRun, ...]
    comments: tuple[Heard, ...] = ()
    damaged_labels: tuple[Damaged, ...] = ()


def status(store: Store, blueprint: Blueprint, settings: Settings) -> Status:
    """Count what is there."""
    ask = store.connection.execute
    kinds = record_kinds(store.connection)
    runs = ask(
        """
        SELECT import_no, kind, source, finished_ms, read, added, changed, same, stale, quarantined
        FROM import_run ORDER BY import_no DESC LIMIT ?
        """,
        [RUNS],
    ).fetchall()
    [(experiences, customers)] = ask(
        "SELECT (SELECT coalesce(sum(n), 0)::BIGINT FROM experience), (SELECT count(*) FROM customer)"
    ).fetchall()
    return Status(
        file=store.path,
        bytes=store.path.stat().st_size,
        records={kind: observing.records(store, kind) for kind in kinds},
        quarantined=dict(ask("SELECT kind, count(*) FROM quarantine GROUP BY 1 ORDER BY 1").fetchall()),
        experiences=experiences,
        customers=customers,
        outdated=outdated(store, blueprint, settings),
        imports=tuple(
            ImportRun(no, kind, source, dt.datetime.fromtimestamp(finished_ms / 1000, dt.UTC), *counts)
            for no, kind, source, finished_ms, *counts in runs
        ),
        comments=heard(store, blueprint),
        damaged_labels=tuple(damaged(store.path.parent)),
    )
