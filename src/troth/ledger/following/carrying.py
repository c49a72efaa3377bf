"""Records that arrived are carried into the ledger: merged, followed and marked in one transaction."""

import time
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass

import pyarrow as pa

from troth.blueprint.parameters import Settings
from troth.blueprint.schema import Blueprint
from troth.intake import declaration
from troth.intake.arriving import Outcomes, arrive
from troth.intake.comments import with_readings
from troth.intake.importing import declared_kind
from troth.intake.keeping import next_import
from troth.intake.writing import clear, write
from troth.ledger.following.steps import clear_passing, following
from troth.ledger.refresh import outdated, rebuild
from troth.ledger.sql import DAY_MS
from troth.store import Store
from troth.store.tables import all_record_columns, record_columns

MARK = "inbox_mark"
"""Setting: up to where the inbox is in the ledger."""

SOURCE = "arrivals"


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of a batch: the outcomes of each kind's records, and whether all was made anew."""

    outcomes: Mapping[str, Outcomes]
    rebuilt: bool


def carry(  # noqa: PLR0913 - all of a step, and nothing else, is one transaction
    store: Store,
    blueprint: Blueprint,
    settings: Settings,
    arrivals: Mapping[str, pa.Table],
    *,
    now_ms: int | None = None,
    mark: str | None = None,
    source: str = SOURCE,
    also: Callable[[], None] | None = None,
) -> Carried:
    """Merge the records that arrived and bring all that is derived along, in one transaction.

    Args:
        store: the store that writes.
        blueprint: the journey.
        settings: the parameters in force.
        arrivals: for each kind its records in the order of arrival, as an Arrow table of the declared
            columns, typed (times in UTC) and judged: customers are pseudonymised where the blueprint asks for
            it, comments masked.
        now_ms: the clock, in epoch milliseconds; default: the system's.
        mark: kept as the setting `inbox_mark` in the same transaction.
        source: where from, for `import_run`; one line a kind, source and UTC day adds up all that is carried.
        also: what else is to be written in the same transaction.

    A ledger that is not up to date (its blueprint has changed, or it is new) is rebuilt whole.

    Raises:
        UsageError: `kind-unknown`.
        TrothError: the stored records cannot follow a changed declaration, or the store cannot take them.
    """
    now_ms = round(time.time() * 1000) if now_ms is None else now_ms
    kinds = {name: declared_kind(blueprint, name) for name, table in arrivals.items() if table.num_rows}
    with store.transaction() as connection:
        if also is not None:
            also()
        there = all_record_columns(connection)
        behind = outdated(store, blueprint, settings, there)
        outcomes: dict[str, Outcomes] = {}
        numbers: dict[str, int] = {}
        for name, kind in kinds.items():
            if not declaration.stands(store, blueprint, name, kind, there.get(name, {})):
                declaration.follow(store, blueprint, name, kind)
                there[name] = record_columns(connection, name)
            numbers[name], first_row = _line(store, name, source, now_ms)
            records = with_readings(store, blueprint, kind, arrivals[name])
            outcomes[name] = arrive(connection, name, kind, records, (numbers[name], first_row), there[name])
            _count(store, numbers[name], outcomes[name], now_ms)
        names = tuple(kinds)
        with nullcontext() if behind else following(store, blueprint, settings, names, there):
            for name, kind in kinds.items():
                write(connection, name, kind, numbers[name])
        clear(connection, names)
        clear_passing(connection)
        if behind:
            rebuild(store, blueprint, settings)
        if mark is not None:
            store.set_setting(MARK, mark)
    return Carried(outcomes, behind)


def _line(store: Store, kind: str, source: str, now_ms: int) -> tuple[int, int]:
    """The number of the day's line in `import_run`, or of one that is begun, and how many rows it has read.

    A line that another import of the kind came after is left: the order of numbers is that of writing.
    """
    lines = store.connection.execute(
        "SELECT import_no, source, started_ms, read FROM import_run WHERE kind = ?"
        " ORDER BY import_no DESC LIMIT 1",
        [kind],
    ).fetchall()
    for number, of, started_ms, read in lines:
        if of == source and started_ms // DAY_MS == now_ms // DAY_MS:
            return int(number), int(read)
    begun = next_import(store)
    store.connection.execute(
        "INSERT INTO import_run VALUES (?, ?, ?, ?, ?, 0, 0, 0, 0, 0, 0)",
        [begun, kind, source, now_ms, now_ms],
    )
    return begun, 0


def _count(store: Store, number: int, outcomes: Outcomes, now_ms: int) -> None:
    """Add the counts to a line in `import_run`."""
    counts = [outcomes.added, outcomes.changed, outcomes.same, outcomes.stale, outcomes.keyless]
    store.connection.execute(
        "UPDATE import_run SET finished_ms = ?, read = read + ?, added = added + ?, changed = changed + ?,"
        " same = same + ?, stale = stale + ?, quarantined = quarantined + ? WHERE import_no = ?",
        [now_ms, sum(counts), *counts, number],
    )
