"""Carries arrivals whole; gives way to the ledger's own, which follows them."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from troth.blueprint.parameters import Settings
from troth.blueprint.schema import Blueprint
from troth.intake import declaration
from troth.intake.importing import declared_kind
from troth.intake.keeping import next_import
from troth.intake.keys import key
from troth.intake.merging import LOSERS, merge
from troth.intake.plan import Plan
from troth.intake.staging import STAGED, Staged, dropped_afterwards
from troth.ledger.refresh import refresh
from troth.store import Store
from troth.store.tables import quoted

MARK = "inbox_mark"


def carry(
    store: Store,
    blueprint: Blueprint,
    settings: Settings,
    arrivals: Mapping[str, pa.Table],
    *,
    now_ms: int,
    mark: str,
    source: str = "arrivals",
) -> None:
    """Merge and mark in one transaction, then derive everything anew."""
    with store.transaction() as connection, dropped_afterwards(connection):
        for name, table in arrivals.items():
            kind = declared_kind(blueprint, name)
            number = next_import(store)
            declaration.follow(store, blueprint, name, kind)
            connection.register(
                "arriving", table.append_column("_n", pa.array(range(table.num_rows), pa.int64()))
            )
            rank = f"{quoted(kind.version)} DESC NULLS LAST, _n DESC" if kind.version else "_n DESC"
            connection.execute(
                f"CREATE OR REPLACE TEMP TABLE staged AS SELECT * EXCLUDE (_n), NULL::UTINYINT AS _problem"  # noqa: S608 - quoted
                f" FROM arriving QUALIFY row_number() OVER (PARTITION BY {key(kind)} ORDER BY {rank}) = 1"
            )
            connection.unregister("arriving")
            plan = Plan(kind, {}, {}, now_ms)
            counts = merge(connection, name, Staged(plan, (), "rowid + 1", since=False), number)
            connection.execute(f"DROP TABLE IF EXISTS {LOSERS}; DROP TABLE {STAGED}")
            connection.execute(
                "INSERT INTO import_run VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
                [
                    number,
                    name,
                    source,
                    now_ms,
                    now_ms,
                    table.num_rows,
                    counts.added,
                    counts.changed,
                    table.num_rows - counts.added - counts.changed - counts.stale,
                    counts.stale,
                ],
            )
        store.set_setting(MARK, mark)
    refresh(store, blueprint, settings)
