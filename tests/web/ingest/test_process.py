"""The real server: its end, a taken port, slow senders, large bodies, a full disk, a lost database."""

import http.client
import json
import os
import resource
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support.ingest import BLUEPRINT, PROGRAM, Client, Process, acknowledged, sending_key, served
from tests.support.offices import emptied

from troth.store import Store


@pytest.fixture
def secret(tmp_path: Path) -> str:
    (tmp_path / "blueprint.yaml").write_text(BLUEPRINT)
    return sending_key(tmp_path, {})


@pytest.fixture
def process(tmp_path: Path, secret: str) -> Iterator[Process]:
    assert secret
    with served(Process(tmp_path)) as running:
        yield running


def order(number: int, **more: object) -> dict[str, object]:
    return {"id": f"o{number}", "customer": "c1", "total": 1, "made": "2026-01-31T10:15:00Z"} | more


def post(
    process: Process, secret: str, records: object, timeout: float = 30
) -> tuple[int, dict[str, object]]:
    connection = http.client.HTTPConnection("127.0.0.1", process.port, timeout=timeout)
    headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
    connection.request("POST", "/api/v1/records?kind=orders", json.dumps(records), headers)
    answer = connection.getresponse()
    told = json.loads(answer.read())
    connection.close()
    return answer.status, told


def stored(folder: Path) -> int:
    with Store.open(folder) as store:
        return int(store.connection.execute("SELECT count(*) FROM record.orders").fetchall()[0][0])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_answers_what_is_under_way_and_carries_what_waits(
    process: Process, secret: str, number: int
) -> None:
    clients = [Client(process, secret, n) for n in range(4)]
    for client in clients:
        client.start()
    acknowledged(clients, 1_000)
    assert process.end(number) == 0
    for client in clients:
        client.stop()
    kept = acknowledged(clients)
    assert b"Goodbye" in process.log.read_bytes()
    assert b"Traceback" not in process.log.read_bytes()
    with Store.open(process.folder) as store:  # all of it is in the ledger already
        found = {row[0] for row in store.connection.execute("SELECT id FROM record.orders").fetchall()}
    assert kept.keys() <= found


def test_a_record_shows_within_five_seconds(process: Process, secret: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", process.port, timeout=30)
    headers = {"Authorization": f"Bearer {secret}"}
    post(process, secret, [order(1)])
    begun = time.monotonic()
    longest = 5 * max(1, os.getloadavg()[0] / (os.cpu_count() or 1))  # others may keep the machine busy
    while True:
        connection.request("GET", "/api/v1/overview", headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status == 200:
            break
        assert time.monotonic() - begun < longest, body
        time.sleep(0.1)
    connection.close()


def test_a_taken_port_is_named(tmp_path: Path, secret: str) -> None:
    assert secret
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = subprocess.run(
            [*PROGRAM, "-C", tmp_path, "serve", "--port", str(taken.getsockname()[1])],
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert "port-taken" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_second_server_on_the_same_workspace_is_refused(process: Process) -> None:
    done = subprocess.run(
        [*PROGRAM, "-C", process.folder, "serve", "--port", "0"],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 3
    assert process.running is not None
    assert "Error [store-locked]" in done.stderr
    assert f"Another process has the ledger open (process id {process.running.pid})." in done.stderr
    assert "Wait until it has ended, or end it." in done.stderr


def test_a_second_server_on_the_same_database_is_refused(tmp_path: Path, postgres_url: str) -> None:
    environment = {"TROTH_STORE": emptied(postgres_url)}
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "blueprint.yaml").write_text(BLUEPRINT)
    with served(Process(tmp_path / "one", environment)) as process:
        command = [*PROGRAM, "-C", str(tmp_path / "other"), "serve", "--port", "0"]

        def other() -> "subprocess.CompletedProcess[str]":
            return subprocess.run(
                command, env=os.environ | environment, capture_output=True, text=True, timeout=60, check=False
            )

        done = other()
        assert done.returncode == 3
        assert "Error [office-in-use]" in done.stderr
        assert "Another server works on this database." in done.stderr
        assert "TROTH_STORE" in done.stderr
        assert "Traceback" not in done.stderr
        process.end(signal.SIGKILL)
        with served(Process(tmp_path / "other", environment)):  # a killed one holds nothing
            pass


@pytest.mark.parametrize("declared", [True, False])
def test_a_body_of_a_hundred_megabytes_is_refused_and_costs_no_memory(
    process: Process, secret: str, declared: bool
) -> None:
    assert process.running is not None
    connection = socket.create_connection(("127.0.0.1", process.port), 30)
    length = b"Content-Length: 100000000" if declared else b"Transfer-Encoding: chunked"
    connection.sendall(
        b"POST /api/v1/records?kind=orders HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
        + secret.encode() + b"\r\n" + length + b"\r\n\r\n"
    )  # fmt: skip
    piece = b" " * 1_000_000
    sent = 0
    try:
        while sent < 100_000_000:
            connection.sendall(piece if declared else b"F4240\r\n" + piece + b"\r\n")
            sent += len(piece)
    except OSError:
        pass  # it hung up
    if sent == 0 or declared:
        with_answer = connection.recv(65_536) if sent else b""
        assert not with_answer or b" 413 " in with_answer
    connection.close()
    assert sent < 40_000_000
    assert post(process, secret, [order(1)])[0] == 200
    peak = next(
        line
        for line in Path(f"/proc/{process.running.pid}/status").read_text().splitlines()
        if "VmHWM" in line
    )
    assert int(peak.split()[1]) < 700_000


def test_slow_senders_hold_nobody_up(process: Process, secret: str) -> None:
    head = (
        b"POST /api/v1/records?kind=orders HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
        + secret.encode() + b"\r\nContent-Length: 1000\r\n\r\n["
    )  # fmt: skip
    slow = [socket.create_connection(("127.0.0.1", process.port), 40) for _ in range(100)]
    for one in slow:
        one.sendall(head)
    begun = time.monotonic()
    assert post(process, secret, [order(1)])[0] == 200
    assert time.monotonic() - begun < 10
    assert b" 408 " in slow[0].recv(65_536)
    for one in slow:
        one.close()


def test_the_server_speaks_to_what_is_no_http_in_its_one_shape(process: Process) -> None:
    with socket.create_connection(("127.0.0.1", process.port), 10) as one:
        one.sendall(b"nonsense\r\n\r\n")
        told = one.recv(65_536)
    assert b" 400 " in told
    assert json.loads(told.partition(b"\r\n\r\n")[2])["error"]["code"] == "http-invalid"


def test_a_sender_that_hangs_up_leaves_nothing(process: Process, secret: str) -> None:
    for _ in range(20):
        one = socket.create_connection(("127.0.0.1", process.port), 10)
        one.sendall(
            b"POST /api/v1/records?kind=orders HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
            + secret.encode() + b"\r\nContent-Length: 1000\r\n\r\n[{}"
        )  # fmt: skip
        one.close()
    assert post(process, secret, [order(1)])[0] == 200
    assert process.end() == 0
    assert b"Traceback" not in process.log.read_bytes()
    assert stored(process.folder) == 1


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="no limit on another process's files here")
def test_a_full_disk_is_named_and_loses_nothing(process: Process, secret: str) -> None:
    assert process.running is not None
    assert post(process, secret, [order(n) for n in range(100)])[0] == 200
    unlimited = resource.RLIM_INFINITY
    size = max(path.stat().st_size for path in process.folder.iterdir())
    resource.prlimit(process.running.pid, resource.RLIMIT_FSIZE, (size + 300_000, unlimited))
    sent, codes = 100, set()
    taken = 100
    for _ in range(60):
        records = [order(sent + n, customer="c" * 200 + str(sent + n)) for n in range(500)]
        sent += 500
        status, told = post(process, secret, records)
        if status == 200:
            taken += 500
        else:
            codes.add((status, told["error"]["code"]))  # type: ignore[index]
            if codes:
                break
    assert codes == {(507, "store-full")}
    resource.prlimit(process.running.pid, resource.RLIMIT_FSIZE, (unlimited, unlimited))
    until = time.monotonic() + 60
    while post(process, secret, [order(0)])[0] != 200:
        assert time.monotonic() < until
        time.sleep(0.2)
    assert process.end(seconds=90) == 0
    assert taken <= stored(process.folder) <= sent


def test_a_lost_database_is_named_and_found_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.support import postgres

    programs = postgres.find()
    if programs is None:
        pytest.skip("no PostgreSQL")
    (tmp_path / "blueprint.yaml").write_text(BLUEPRINT)
    with postgres.cluster(programs) as url:
        data = Path(url.partition("host=")[2]) / "data"
        environment = {"TROTH_STORE": url}
        secret = sending_key(tmp_path, environment)
        monkeypatch.delenv("TROTH_STORE", raising=False)
        with served(Process(tmp_path, environment)) as process:
            assert post(process, secret, [order(1)])[0] == 200
            main = int((data / "postmaster.pid").read_text().splitlines()[0])
            os.kill(main, signal.SIGSTOP)  # it is there, and gives no answer
            os.kill(main, signal.SIGCONT)
            for number in _children(main):
                os.kill(number, signal.SIGTERM)  # every connection is cut
            time.sleep(1)
            until = time.monotonic() + 60
            codes = set()
            while (answer := post(process, secret, [order(2)]))[0] != 200:
                codes.add((answer[0], answer[1]["error"]["code"]))  # type: ignore[index]
                assert time.monotonic() < until, codes
                time.sleep(0.1)
            assert codes <= {(503, "office-unreachable")}
            assert process.end() == 0
    assert stored(tmp_path) == 2


def test_a_database_that_is_stopped_under_load_and_comes_back_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.support import postgres

    programs = postgres.find()
    if programs is None:
        pytest.skip("no PostgreSQL")
    monkeypatch.delenv("TROTH_STORE", raising=False)
    (tmp_path / "blueprint.yaml").write_text(BLUEPRINT)
    with postgres.cluster(programs) as url:
        environment = {"TROTH_STORE": url}
        secret = sending_key(tmp_path, environment)
        with served(Process(tmp_path, environment)) as process:
            clients = [Client(process, secret, number) for number in range(3)]
            for client in clients:
                client.start()
            acknowledged(clients, 300)
            for times in (1, 2):
                postgres.restart(programs, url, lambda: time.sleep(2))
                acknowledged(clients, len(acknowledged(clients)) + 300 * times)
            for client in clients:
                client.stop()
            kept = acknowledged(clients)
            assert process.end(seconds=90) == 0
            assert b"Traceback" not in process.log.read_bytes()
    assert sum(client.refused for client in clients) > 0, "some were told to come again"
    with Store.open(tmp_path) as store:
        rows = store.connection.execute("SELECT id, count(*) FROM record.orders GROUP BY id").fetchall()
    assert {count for _id, count in rows} == {1}
    assert kept.keys() <= {id_ for id_, _count in rows}


def _children(parent: int) -> list[int]:
    """The processes of a PostgreSQL server that serve connections."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
            command = (path.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if int(fields[1]) == parent and b"troth" in command:
            found.append(int(path.parent.name))
    return found
