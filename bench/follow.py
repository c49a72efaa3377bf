"""What it costs to keep the ledger up to date as records arrive, and to read it, on a long history.

    python bench/follow.py [--experiences 1000000] [--runs 5] [--folder FOLDER] [--json FILE]

A batch of 10,000 records of the starter blueprint of a shop (orders; reviews and returns link to them) is
carried into a ledger that holds the history; CPU seconds are of the whole process, the engine's threads
included. A figure is the median of the runs; a checkpoint falls into few of them and shows in the worst, and
what one costs is measured by itself. The figures of reading stand beside the scan of all experiences that
gives the same answer, in the same run.
"""

import argparse
import datetime as dt
import json
import resource
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from troth.blueprint import parse, starter
from troth.blueprint.parameters import Settings, resolve
from troth.blueprint.schema import Blueprint
from troth.ledger import (
    Moment,
    carry,
    compact,
    daily_series,
    moment,
    read_out,
    refresh,
    shard_sums,
    stand,
)
from troth.ledger.people import by_owed
from troth.ledger.sql import DAY_MS
from troth.ledger.standing.building import drop
from troth.store import Store, tables

BATCH = 10_000
START, DAYS = dt.datetime.fromisoformat("2024-01-01"), 730
EXPERIENCES_AN_ORDER = 3.6
"""What an order, with its share of the reviews, gives in this mixture (measured by the run itself)."""


def main() -> None:
    """Make the history, run what is measured, print a table."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--experiences", type=int, default=1_000_000)
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--folder", type=Path, help="where the ledger goes (default: a temporary one)")
    arguments.add_argument("--json", type=Path, help="where the figures go, for a machine")
    given = arguments.parse_args()
    blueprint = parse(starter("shop"))
    settings = resolve(blueprint.parameters)
    with (
        tempfile.TemporaryDirectory(dir=given.folder) as name,
        Store.open(Path(name), create=True) as store,
    ):
        orders = round(given.experiences / EXPERIENCES_AN_ORDER)
        history(store, blueprint, orders)
        found = refresh(store, blueprint, settings)
        store.connection.execute("CHECKPOINT")
        print(f"{found.experiences:,} experiences of {found.customers:,} customers", flush=True)
        figures = carried(store, blueprint, settings, orders, given.runs)
        day = moment(store, None, 2**42).day
        stand_figure = timed(lambda: stand(store, settings, day))
        print(
            f"sums for one day and parameters: {stand_figure[0]:.1f} s, {stand_figure[1]:.1f} CPU s",
            flush=True,
        )
        figures += carried(store, blueprint, settings, orders, given.runs, later=1_000)
        checkpoint = timed(lambda: store.connection.execute("CHECKPOINT"))
        figures.append(("a checkpoint", *checkpoint, 0.0))
        figures.append(("compacting all of it", *timed(lambda: compact(store, whole=True)), 0.0))
        reading = read(store, settings, day, given.runs)
    print("\n| what | wall s | CPU s | worst CPU s |\n| --- | --- | --- | --- |")
    for what, wall, cpu, worst in figures:
        print(f"| {what} | {wall:.3f} | {cpu:.3f} | {worst:.3f} |")
    print("\n| what | wall s | CPU s | by a scan, wall s | CPU s |\n| --- | --- | --- | --- | --- |")
    for what, ours, scan in reading:
        print(f"| {what} | {ours[0]:.3f} | {ours[1]:.3f} | {scan[0]:.3f} | {scan[1]:.3f} |")
    if given.json:
        given.json.write_text(
            json.dumps({"experiences": found.experiences, "figures": figures, "reading": reading})
        )


def history(store: Store, blueprint: Blueprint, orders: int) -> None:
    """Orders, a review for every second one, and every customer's own record, straight into the tables."""
    from troth.intake import declaration

    ask = store.connection
    for kind, rows in (
        ("customers", _customers(f"range({orders // 3})")),
        ("orders", new_orders(f"range({orders})", orders // 3)),
        ("reviews", _reviews(f"range(0, {orders}, 2)", orders // 3)),
    ):
        with store.transaction():
            declaration.follow(store, blueprint, kind, blueprint.records[kind])
        hashes = tables.hashes(tables.record_columns(ask, kind))
        key = blueprint.records[kind].key[0]
        columns = {f'"{name}"': sql for name, sql in hashes.items()} | {"_import": "1", "_row": "0"}
        if not tables.has_derived_key(ask, kind):
            columns["_key"] = "_key"
        values = ", ".join(f"{sql} AS {name}" for name, sql in columns.items())
        ask.execute(f"""
            INSERT INTO {tables.record_table(kind)} BY NAME
            SELECT * EXCLUDE (_key), {values}
            FROM (SELECT *, CAST({key} AS VARCHAR) AS _key FROM ({rows}))""")


def _customers(numbers: str) -> str:
    return f"""
        SELECT 'c-' || lpad(i::VARCHAR, 9, '0') AS customer_id,
            ['NL', 'DE', 'BE', 'FR'][1 + (hash(i) % 4)::BIGINT] AS country,
            DATE '2023-01-01' AS since, hash(i * 3) % 2 = 0 AS newsletter
        FROM {numbers} AS t(i)"""


def new_orders(numbers: str, customers: int, first: int = 0, days: int = DAYS) -> str:
    """Orders of `days` days from the day `first` of the history on."""
    placed = f"TIMESTAMP '{START}' + to_seconds({first * 86_400} + (hash(i * 17) % {days * 86_400})::BIGINT)"
    late = "CASE WHEN hash(i * 5) % 20 = 0 THEN INTERVAL 4 DAY ELSE INTERVAL 1 DAY END"
    return f"""
        SELECT 'o-' || substr(md5(i::VARCHAR), 1, 12) AS order_id,
            'c-' || lpad((hash(i * 7) % {customers})::VARCHAR, 9, '0') AS customer_id, {placed} AS placed_at,
            {placed} + INTERVAL 1 MINUTE AS paid_at, 1 + (hash(i * 11) % 10 = 0)::BIGINT AS payment_attempts,
            hash(i * 13) % 8 > 0 AS shipping_cost_shown, ({placed} + INTERVAL 2 DAY)::DATE AS promised_at,
            {placed} + INTERVAL 8 HOUR AS shipped_at, {placed} + {late} AS delivered_at,
            NULL::TIMESTAMP AS cancelled_at, NULL::VARCHAR AS cancel_reason, 'web' AS channel,
            (hash(i) % 20000) / 100 AS total
        FROM {numbers} AS t(i)"""


def _reviews(numbers: str, customers: int) -> str:
    return f"""
        SELECT 'r-' || substr(md5(i::VARCHAR), 1, 12) AS review_id,
            'c-' || lpad((hash(i * 7) % {customers})::VARCHAR, 9, '0') AS customer_id,
            'o-' || substr(md5(i::VARCHAR), 1, 12) AS order_id,
            TIMESTAMP '{START}' + INTERVAL 9 DAY
                + to_seconds((hash(i * 17) % {DAYS * 86_400})::BIGINT) AS created_at,
            1.0 + hash(i * 19) % 5 AS stars, (1 + hash(i * 23) % 5)::BIGINT AS as_described, true AS verified
        FROM {numbers} AS t(i)"""


def carried(
    store: Store, blueprint: Blueprint, settings: Settings, orders: int, runs: int, *, later: int = 0
) -> list[tuple[str, float, float, float]]:
    """Batches of 10,000, each in its own transaction; with `later` so many batches on, with sums standing.

    Changed are some of the `orders` of the history, and new ones are of its customers.
    """
    chance = np.random.default_rng(5 + later)

    def new(run: int) -> dict[str, pa.Table]:
        first = orders + (later + run) * BATCH
        rows = new_orders(f"range({first}, {first + BATCH})", orders // 3, DAYS - 3, 3)
        return {"orders": store.connection.sql(rows).to_arrow_table()}

    def changed(run: int) -> dict[str, pa.Table]:
        places = chance.choice(orders, BATCH, replace=False)
        rows = new_orders(f"(SELECT unnest({places.tolist()}::BIGINT[]))", orders // 3)
        days = later + run + 1
        delayed = f"SELECT * REPLACE (delivered_at + INTERVAL {days} DAY AS delivered_at) FROM ({rows})"
        return {"orders": store.connection.sql(delayed).to_arrow_table()}

    def mixed(run: int) -> dict[str, pa.Table]:
        first = orders + (later + 100 + run) * BATCH
        half = f"range({first}, {first + BATCH // 2})"
        return {
            "orders": store.connection.sql(new_orders(half, orders // 3, DAYS - 3, 3)).to_arrow_table(),
            "reviews": store.connection.sql(_reviews(half, orders // 3)).to_arrow_table(),
        }

    found = []
    for name, make in (
        ("10,000 new orders of the last days", new),
        ("10,000 changes of random old orders", changed),
        ("5,000 new orders and their reviews", mixed),
    ):
        figures = []
        for run in range(runs + 1):
            batch = make(run)
            figures.append(timed(lambda batch=batch: carry(store, blueprint, settings, batch)))
        print(name, [f"{wall:.2f}/{cpu:.2f}" for wall, cpu in figures], flush=True)
        walls, cpus = zip(*figures[1:], strict=True)  # the first makes the plan
        found.append(
            (
                name + (", with sums standing" if later else ""),
                float(np.median(walls)),
                float(np.median(cpus)),
                max(cpus),
            )
        )
    return found


def read(
    store: Store, settings: Settings, day: int, runs: int
) -> list[tuple[str, tuple[float, float], tuple[float, float]]]:
    """What pages ask, from what stands ready and by a scan of the same ledger; the answers must be equal."""
    noon = Moment(day * DAY_MS + DAY_MS // 2, day, "given")
    somebody = store.connection.execute("SELECT customer FROM customer USING SAMPLE 1").fetchall()[0][0]
    asked: dict[str, Callable[[Store], Any]] = {
        "one customer's trust": lambda s: read_out(
            s, settings, by=("customer",), at=noon, only={"customer": somebody}, intervals=False
        ),
        "every customer, by owed": lambda s: by_owed(s, settings, noon, {}).part(0, 50),
        "touchpoint × mechanism at noon": lambda s: read_out(s, settings, at=noon, intervals=False),
        "sums by shard, for intervals": lambda s: shard_sums(
            s, settings, noon, by=("touchpoint",)
        ).sums.tobytes(),
        "sums by shard and segment": lambda s: shard_sums(s, settings, noon, by=("segment",)).sums.tobytes(),
        "a year's days by touchpoint": lambda s: daily_series(
            s, settings, day - 364, day, by=("touchpoint",)
        ).sums.tobytes(),
        "a year's days of one segment": lambda s: daily_series(
            s, settings, day - 364, day, only={"segment": "country=NL"}
        ).sums.tobytes(),
    }

    def measured() -> dict[str, tuple[object, tuple[float, float]]]:
        found = {}
        for what, ask in asked.items():
            times = []
            for _run in range(runs):
                with store.reading() as snapshot:
                    times.append(timed(partial(ask, snapshot)))
            with store.reading() as snapshot:
                found[what] = (ask(snapshot), min(times))
        return found

    ours = measured()
    with store.transaction() as connection:
        drop(connection)
    scans = measured()
    for what in asked:
        if ours[what][0] != scans[what][0]:
            raise RuntimeError(f"{what}: not what a scan says")
    return [(what, ours[what][1], scans[what][1]) for what in asked]


def timed(work: Callable[[], Any]) -> tuple[float, float]:
    """Wall and CPU seconds."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    start = time.perf_counter()
    work()
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_SELF)
    return wall, after.ru_utime + after.ru_stime - usage.ru_utime - usage.ru_stime


if __name__ == "__main__":
    main()
