"""A real server process with a small shop, and clients that know what it promised to keep."""

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from troth.store.office import Office
from troth.web.access import accounts, keys
from troth.web.access.rights import Right, Role

PROGRAM = (sys.executable, "-c", "from troth.cli import main; main()")
BLUEPRINT = """\
journey: {name: Shop, phases: [{id: all, name: All}]}
touchpoints: [{id: delivery, phase: all, name: Delivery}]
records:
  orders:
    key: id
    customer: customer
    columns: {id: text, customer: text, total: number, made: time}
  clicks:
    key: id
    customer: order.customer
    columns: {id: integer, order_id: text, at: time}
    links: {order: {to: orders, by: order_id}}
rules:
  - {id: bought, from: orders, touchpoint: delivery, mechanism: ability, at: made, weight: "total * 10"}
  - {id: clicked, from: clicks, touchpoint: delivery, mechanism: clarity, at: at, weight: GOOD}
segments:
  - {id: big, name: Big, from: orders, value: "CASE WHEN total > 50 THEN 'yes' ELSE 'no' END", latest: made}
"""


def sending_key(folder: Path, environment: dict[str, str]) -> str:
    """The secret of a program that may send records; made in the office before the server starts."""
    with Office.open(folder, environment) as office, office.transaction() as connection:
        now_ms = int(time.time() * 1000)
        who = accounts.make(connection, "sender@example.com", "Sender", Role.ADMIN, now_ms)
        return keys.make(connection, who.id, "tests", (Right.SEND_RECORDS, Right.SEE), 30, now_ms)[1]


@dataclass(slots=True)
class Process:
    """`troth serve` in a process of its own."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    port: int = 0
    running: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    def launch(self) -> int:
        """Start it; how much its log had said before."""
        size = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                [*PROGRAM, "-C", str(self.folder), "serve", "--port", str(self.port)],
                env=os.environ | {"TROTH_THREADS": "2"} | self.environment,
                stdout=log,
                stderr=log,
            )
        return size

    def start(self, seconds: float = 120) -> None:
        """Start it and wait until it answers; the first time it takes a free port, which it then keeps."""
        size = self.launch()
        assert self.running is not None
        until = time.monotonic() + seconds
        while b"Troth is at " not in (said := self.log.read_bytes()[size:]):
            assert self.running.poll() is None, said.decode()
            assert time.monotonic() < until, said.decode()
            time.sleep(0.02)
        self.port = int(said.split(b"Troth is at ")[1].split(b". ")[0].rpartition(b":")[2])

    def end(self, number: int = signal.SIGTERM, seconds: float = 60) -> int:
        """Send it a signal and wait for its end; its exit code."""
        assert self.running is not None
        self.running.send_signal(number)
        return self.running.wait(seconds)


@contextmanager
def served(process: Process) -> Iterator[Process]:
    """Nothing of it is left running."""
    process.start()
    try:
        yield process
    finally:
        if process.running and process.running.poll() is None:
            process.running.kill()
            process.running.wait(30)


def acknowledged(clients: "list[Client]", least: int = 0, seconds: float = 120) -> dict[str, float]:
    """What all clients were told is kept, once it is so much."""
    until = time.monotonic() + seconds
    while sum(len(client.acknowledged) for client in clients) < least:
        assert time.monotonic() < until
        time.sleep(0.02)
    return {id_: total for client in clients for id_, total in dict(client.acknowledged).items()}


class Client:
    """Sends records over one connection, and knows which were acknowledged."""

    def __init__(self, process: Process, secret: str, number: int) -> None:
        self.acknowledged: dict[str, float] = {}
        self.sent: dict[str, float] = {}
        self.refused = 0
        self._process = process
        self._headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
        self._number = number
        self._next = 0
        self._stop = threading.Event()
        self._connection: http.client.HTTPConnection | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join(60)

    def _run(self) -> None:
        try:
            self._send()
        finally:
            if self._connection is not None:
                self._connection.close()

    def _send(self) -> None:
        while not self._stop.is_set():
            size = (1, 1, 3, 40, 300)[self._next % 5]
            records = {f"o{self._number}-{self._next + n}": float(n % 100) for n in range(size)}
            self._next += size
            body = json.dumps([
                {"id": id_, "customer": f"c{hash(id_) % 97}", "total": total, "made": "2026-01-31T10:15:00Z"}
                for id_, total in records.items()
            ])  # fmt: skip
            while not self._stop.is_set():
                try:
                    if self._connection is None:
                        self._connection = http.client.HTTPConnection(
                            "127.0.0.1", self._process.port, timeout=20
                        )
                    self.sent.update(records)
                    self._connection.request("POST", "/api/v1/records?kind=orders", body, self._headers)
                    answer = self._connection.getresponse()
                    answer.read()
                except (OSError, http.client.HTTPException):
                    if self._connection is not None:
                        with suppress(OSError):
                            self._connection.close()
                    self._connection = None
                    self._stop.wait(0.05)
                    continue
                if answer.status == 200:
                    self.acknowledged.update(records)
                    break
                self.refused += 1
                self._stop.wait(0.05)
