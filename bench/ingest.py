"""Durable ingest over HTTP beside a bare append of the same rows into the same kind of store, in one run.

    python bench/ingest.py                       # the embedded store
    python bench/ingest.py --postgres            # a throwaway PostgreSQL with fsync, beside bare COPY

A real server process (`troth serve`), the client on the same cores. Prints rates and their ratio (the bar:
40 %) for batches of 1,000; rate and latency for 64 clients that send a record each (the bars: 1,500 a second
and 150 ms).
"""

import argparse
import asyncio
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles

sys.path.insert(0, str(Path(__file__).parent.parent))

BLUEPRINT = """
journey: {name: Shop, phases: [{id: all, name: All}]}
touchpoints: [{id: delivery, phase: all, name: Delivery}]
records:
  orders:
    key: order_id
    customer: customer_id
    columns:
      {order_id: text, customer_id: text, ordered_at: time, delivered_at: time, total: number, items: integer}
rules:
  - {id: ok, from: orders, touchpoint: delivery, mechanism: reliability, at: delivered_at, weight: GOOD}
"""
COLUMNS = ("order_id", "customer_id", "ordered_at", "delivered_at", "total", "items")
CREATE = (
    "CREATE TABLE bare (order_id text, customer_id text, ordered_at bigint, delivered_at bigint,"
    " total double precision, items integer)"
)
BATCH = 1_000


def rows(count: int, start: int = 0) -> list[dict[str, object]]:
    """Orders, the same each time."""
    choice = random.Random(start)  # noqa: S311 - nothing secret
    first = datetime(2026, 1, 1, tzinfo=UTC)
    found = []
    for number in range(start, start + count):
        ordered = first + timedelta(seconds=choice.randrange(20_000_000))
        delivered = ordered + timedelta(hours=choice.randrange(100))
        found.append({
            "order_id": f"{number:032x}", "customer_id": f"c{choice.randrange(100_000)}",
            "ordered_at": ordered.isoformat(), "delivered_at": delivered.isoformat(),
            "total": round(choice.random() * 200, 2), "items": choice.randrange(9),
        })  # fmt: skip
    return found


def typed(found: list[dict[str, object]]) -> list[tuple[object, ...]]:
    """The same rows as the store has them."""
    return [
        tuple(
            int(datetime.fromisoformat(str(row[name])).timestamp() * 1e6)
            if name.endswith("_at")
            else row[name]
            for name in COLUMNS
        )
        for row in found
    ]


def bare_sqlite(path: Path, found: list[tuple[object, ...]]) -> float:
    """Rows a second: batches into one table, each durable before the next."""
    with sqlite3.connect(path, isolation_level=None) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute(CREATE)
        begun = time.perf_counter()
        for start in range(0, len(found), BATCH):
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("INSERT INTO bare VALUES (?, ?, ?, ?, ?, ?)", found[start : start + BATCH])
            connection.execute("COMMIT")
        return len(found) / (time.perf_counter() - begun)


def bare_copy(url: str, found: list[tuple[object, ...]]) -> float:
    """The same with COPY."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(CREATE)
        begun = time.perf_counter()
        for start in range(0, len(found), BATCH):
            with connection.transaction(), connection.cursor().copy("COPY bare FROM STDIN") as copy:
                for row in found[start : start + BATCH]:
                    copy.write_row(row)
        return len(found) / (time.perf_counter() - begun)


def bare_duckdb(path: Path, found: list[tuple[object, ...]]) -> float:
    """The same into DuckDB, from Arrow."""
    import duckdb
    import pyarrow as pa

    with duckdb.connect(str(path)) as connection:
        connection.execute(CREATE)
        begun = time.perf_counter()
        for start in range(0, len(found), BATCH):
            columns = zip(*found[start : start + BATCH], strict=True)
            batch = pa.table(dict(zip(COLUMNS, map(list, columns), strict=True)))
            connection.register("batch", batch)
            connection.execute("INSERT INTO bare FROM batch")
        return len(found) / (time.perf_counter() - begun)


class Sender:
    """One connection that sends bodies one after the other, as little work for the client as can be."""

    def __init__(self, port: int, secret: str) -> None:
        self._port = port
        self._head = (
            "POST /api/v1/records?kind=orders HTTP/1.1\r\nHost: localhost\r\n"
            f"Authorization: Bearer {secret}\r\nContent-Type: application/json\r\nContent-Length: "
        ).encode()
        self.seconds: list[float] = []

    async def send(self, bodies: Iterator[bytes]) -> None:
        """Send all; every answer must be 200."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        for body in bodies:
            begun = time.perf_counter()
            writer.write(self._head + str(len(body)).encode() + b"\r\n\r\n" + body)
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 200"):
                raise SystemExit((head + await reader.read(2_000)).decode())
            length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            await reader.readexactly(length)
            self.seconds.append(time.perf_counter() - begun)
        writer.close()


def measured(port: int, secret: str, bodies: list[bytes], clients: int) -> tuple[float, list[float]]:
    """Seconds for all bodies, sent by so many clients, and the seconds of each."""
    senders = [Sender(port, secret) for _ in range(clients)]

    async def run() -> float:
        left = iter(bodies)
        begun = time.perf_counter()
        await asyncio.gather(*(sender.send(left) for sender in senders))
        return time.perf_counter() - begun

    return asyncio.run(run()), [second for sender in senders for second in sender.seconds]


@contextmanager
def postgresql() -> Iterator[str]:
    """A throwaway cluster that is as careful as a real one."""
    from tests.support import postgres

    postgres.FAST = ""
    programs = postgres.find()
    if programs is None:
        raise SystemExit("no PostgreSQL")
    with postgres.cluster(programs) as url:
        yield url


def settled(port: int, secret: str) -> None:
    """Wait until the ledger has what was taken."""
    import urllib.request

    address = f"http://127.0.0.1:{port}/metrics"
    while True:
        request = urllib.request.Request(address, headers={"Authorization": f"Bearer {secret}"})
        with urllib.request.urlopen(request) as answer:  # noqa: S310 - likewise
            text = answer.read().decode()
        if "troth_inbox_records 0.0" in text:
            return
        time.sleep(0.05)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--singles", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--clients", type=int, default=4, help="that send batches")
    parser.add_argument("--postgres", action="store_true")
    options = parser.parse_args()
    from tests.support.ingest import Process, sending_key, served

    results = []
    for run in range(options.runs):
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            environment = {"TROTH_STORE": stack.enter_context(postgresql())} if options.postgres else {}
            (folder / "blueprint.yaml").write_text(BLUEPRINT)
            secret = sending_key(folder, environment)
            found = rows(options.rows, run * 10_000_000)
            bare = {}
            if options.postgres:
                bare["COPY"] = bare_copy(environment["TROTH_STORE"], typed(found))
            else:
                bare["SQLite"] = bare_sqlite(folder / "bare.sqlite", typed(found))
                bare["DuckDB"] = bare_duckdb(folder / "bare.duckdb", typed(found))
            process = stack.enter_context(served(Process(folder, environment)))
            batches = [json.dumps(found[n : n + BATCH]).encode() for n in range(0, len(found), BATCH)]
            begun = time.perf_counter()
            seconds, _each = measured(process.port, secret, batches, options.clients)
            settled(process.port, secret)
            carried = time.perf_counter() - begun
            single = [json.dumps(row).encode() for row in rows(options.singles, run * 10_000_000 + 5_000_000)]
            alone, each = measured(process.port, secret, single, 64)
            results.append({
                "bare": {name: round(rate) for name, rate in bare.items()},
                "batches": round(len(found) / seconds),
                "ratio": {name: round(len(found) / seconds / rate, 2) for name, rate in bare.items()},
                "until in the ledger": round(len(found) / carried),
                "singles": round(len(single) / alone),
                "p50 ms": round(quantiles(each, n=100)[49] * 1000, 1),
                "p99 ms": round(quantiles(each, n=100)[98] * 1000, 1),
            })  # fmt: skip
            print(json.dumps(results[-1]), flush=True)
            process.end()


if __name__ == "__main__":
    subprocess.run(["sync"], check=False)
    main()
