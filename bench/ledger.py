"""How long the ledger takes, each figure beside what DuckDB needs for the plainest question on the same rows.

    python bench/ledger.py [--rows 10000000] [--folder FOLDER] [--rules] [--json FILE]

Ratios are of the best of several runs of both, taking turns in one process, so that a machine that speeds up
or slows down does so for both. CPU seconds stand beside wall seconds: on a busy machine only they say much.
"""

import argparse
import json
import resource
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from troth.blueprint import parse
from troth.blueprint.parameters import resolve
from troth.ledger import Moment, daily_series, read_out, read_out_table, refresh, stand
from troth.ledger.sql import DAY_MS
from troth.ledger.statements import DAY_CUBE
from troth.store import Store, tables

FIRST_DAY, DAYS = 19_358, 730
AT = Moment((FIRST_DAY + DAYS) * DAY_MS - 1, FIRST_DAY + DAYS - 1, "given")
BLUEPRINT = """
journey: {name: Shop, phases: [{id: use, name: Use}]}
touchpoints: [{id: t0, phase: use, name: T0}]
records:
  orders:
    key: id
    customer: customer
    columns: {id: integer, customer: text, at: time, kind: integer, points: integer}
rules:
  - {id: rule, from: orders, touchpoint: t0, mechanism: ability, at: at, weight: points}
"""


HEAD = """| what | wall s | CPU s | beside | wall s | CPU s | ratio | CPU ratio |
| --- | --- | --- | --- | --- | --- | --- | --- |"""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measurement and its peer; `ratio` is by wall, `cpu_ratio` by CPU seconds."""

    name: str
    wall: float
    cpu: float
    peer: str
    peer_wall: float
    peer_cpu: float
    ratio: float
    cpu_ratio: float


def main() -> None:
    """Run what was asked for and print a table."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--rows", type=int, default=10_000_000)
    arguments.add_argument("--runs", type=int, default=3)
    arguments.add_argument("--rules", action="store_true", help="the rules step from a CSV file instead")
    arguments.add_argument("--folder", type=Path, help="where the ledger goes (default: a temporary one)")
    arguments.add_argument("--json", type=Path, help="where the figures go, for a machine")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        measure = rules if given.rules else read_outs
        figures = measure(Path(name), given.rows, given.runs)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"\n{given.rows:,} experiences, peak memory {peak:.1f} GB\n\n{HEAD}")
    for f in figures:
        ours, theirs = f"{f.wall:.2f} | {f.cpu:.2f}", f"{f.peer_wall:.2f} | {f.peer_cpu:.2f}"
        print(f"| {f.name} | {ours} | {f.peer} | {theirs} | {f.ratio:.2f} | {f.cpu_ratio:.2f} |")
    if given.json:
        found = {"rows": given.rows, "peak_gb": peak, "figures": [asdict(f) for f in figures]}
        given.json.write_text(json.dumps(found))


def read_outs(folder: Path, rows: int, runs: int) -> list[Figure]:
    """The read-outs of a ledger of `rows` experiences, ten a customer, over two years."""
    settings = resolve(parse(BLUEPRINT).parameters)
    midday = Moment(AT.at_ms - DAY_MS // 2, AT.day, "given")
    with Store.open(folder / "ledger.duckdb", create=True) as store:
        made(store, rows)

        def cells(at: Moment) -> object:
            return read_out(store, settings, at=at)

        def customers() -> object:
            return read_out_table(store, settings, by=("customer",), at=AT)

        def touchpoints() -> object:
            return read_out(store, settings, by=("touchpoint",), at=AT)

        def series() -> object:
            return daily_series(store, settings, FIRST_DAY, AT.day, by=("touchpoint",))

        def plain(columns: str, table: str = "experience") -> Callable[[], object]:
            query = f"SELECT {columns}, count(*) FROM {table} GROUP BY {columns}"
            return lambda: store.connection.sql(query).to_arrow_table()

        two = plain("touchpoint_no, mechanism_no")
        by_id, by_number = plain("customer", "given"), plain("customer_no")
        figures = [
            compared("matrix, with intervals", lambda: cells(AT), "count by the same columns", two, runs),
            compared("matrix at midday", lambda: cells(midday), "count by the same columns", two, runs),
            compared("every customer, with id", customers, "count by customer's id as given", by_id, runs),
            compared("every customer, with id", customers, "count by customer_no, sorted", by_number, runs),
            compared("touchpoints, with bootstrap", touchpoints, "count by touchpoint, mechanism", two, runs),
            compared("daily series of touchpoints", series, "count by touchpoint, mechanism", two, runs),
        ]
        store.connection.execute("INSERT INTO refresh_state VALUES ('experiences', ?)", [str(rows)])
        stand(store, settings, AT.day)
        standing = "matrix at midday, where sums stand"
        return [
            *figures,
            compared(standing, lambda: cells(midday), "count by the same columns", two, runs),
        ]


def made(store: Store, rows: int) -> None:
    """Fill the tables with synthetic experiences, and `given`, the same customers as they might come in."""
    customers = rows // 10
    span = f"(hash(i * 17) % {DAYS * DAY_MS})::BIGINT"
    ask = store.connection
    ask.execute(f"""
        INSERT INTO experience
        SELECT customer_no, hash(i * 3 + 2) % 20, hash(i * 5 + 3) % 10, weight,
            CASE weight WHEN 1000 THEN 0 WHEN -300 THEN 1 ELSE 2 END, {FIRST_DAY * DAY_MS} + {span}, 0,
            i::VARCHAR, hash(customer_no) % 1024, 1
        FROM (
            SELECT i, (hash(i * 7 + 1) % {customers})::INTEGER AS customer_no,
                CASE WHEN hash(i * 11) % 10 < 8 THEN 1000 WHEN hash(i * 13) % 10 < 8 THEN -300
                    ELSE -1000 END AS weight
            FROM range({rows}) AS t(i)
        ) ORDER BY customer_no""")
    ask.execute(f"INSERT INTO day_cube SELECT day, * EXCLUDE day FROM ({DAY_CUBE}) ORDER BY ALL")
    ask.execute(
        f"INSERT INTO customer SELECT i, {named('i')}, hash(i) % 1024, {tables.hashed(named('i'))}"
        f" FROM range({customers}) AS t(i)"
    )
    ask.execute("INSERT INTO touchpoint SELECT i, 't' || i FROM range(20) AS t(i)")
    customer = named("customer_no")
    ask.execute(f"CREATE TABLE given AS SELECT {customer} AS customer FROM experience ORDER BY hash(record)")
    ask.execute("CHECKPOINT")


def named(number: str) -> str:
    """SQL for a customer's id, as a company writes it."""
    return f"'customer-' || lpad(({number})::VARCHAR, 9, '0')"


def rules(folder: Path, rows: int, runs: int) -> list[Figure]:
    """From records to experiences: beside DuckDB's own reading of the CSV file that the records came in."""
    blueprint = parse(BLUEPRINT)
    settings = resolve(blueprint.parameters)
    file = folder / "orders.csv"
    with Store.open(folder / "ledger.duckdb", create=True) as store:
        ask = store.connection
        customer, at = named(f"hash(i * 7 + 1) % {rows // 10}"), f"(hash(i * 17) % {DAYS * DAY_MS})::BIGINT"
        ask.execute(f"""
            COPY (
                SELECT i AS id, {customer} AS customer,
                    make_timestamp_ms({FIRST_DAY * DAY_MS} + {at}) AS "at", (hash(i) % 5)::INTEGER AS kind,
                    CASE WHEN hash(i * 11) % 10 < 8 THEN 1000 ELSE -300 END AS points
                FROM range({rows}) AS t(i)
            ) TO '{file}' (HEADER)""")
        tables.ensure_record_table(ask, "orders", blueprint.records["orders"])
        ask.execute(f"INSERT INTO record.orders SELECT *, id::VARCHAR, 1, id, 0 FROM read_csv('{file}')")
        ask.execute("CHECKPOINT")

        def reading() -> None:
            ask.execute(f"CREATE OR REPLACE TABLE raw AS SELECT * FROM read_csv('{file}')")

        def step() -> None:
            ask.execute("DELETE FROM refresh_state")  # as if the records had changed
            if refresh(store, blueprint, settings).experiences != rows:
                raise RuntimeError("experiences were lost")

        return [compared("rules step", step, "read_csv of the same records into a table", reading, runs)]


def compared(
    name: str, work: Callable[[], Any], peer_name: str, peer: Callable[[], Any], runs: int
) -> Figure:
    """The best of `runs` of both, taking turns."""
    ours, theirs = [], []
    for _ in range(runs):
        theirs.append(timed(peer))
        ours.append(timed(work))
    (wall, cpu), (peer_wall, peer_cpu) = np.min(ours, axis=0).tolist(), np.min(theirs, axis=0).tolist()
    print(f"{name}: {wall:.2f} s beside {peer_wall:.2f} s ({peer_name})", flush=True)
    return Figure(name, wall, cpu, peer_name, peer_wall, peer_cpu, wall / peer_wall, cpu / peer_cpu)


def timed(work: Callable[[], Any]) -> tuple[float, float]:
    """Wall and CPU seconds."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    start = time.perf_counter()
    work()
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - usage.ru_utime - usage.ru_stime
    return time.perf_counter() - start, cpu


if __name__ == "__main__":
    main()
