"""Clients that are slow, endless or too many: each is told so or hung up on, and nobody else waits."""

import json
import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from troth.web import connection
from troth.web.connection import Connection

SHORT = 0.4


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    request = Request(scope, receive)
    answer: Response = PlainTextResponse("well")
    if scope["path"] == "/body":
        answer = PlainTextResponse(str(len(await request.body())))
    if scope["path"] == "/much":
        answer = PlainTextResponse("x" * 50_000_000)
    await answer(scope, receive, send)


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setattr(connection, "PATIENCE_SECONDS", SHORT)
    monkeypatch.setattr(connection, "READER_SECONDS", SHORT)
    monkeypatch.setattr(connection, "MOST_CONNECTIONS", 20)
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        server = uvicorn.Server(
            uvicorn.Config(
                app, http=Connection, ws="none", lifespan="off", log_config=None, timeout_keep_alive=1
            )
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield int(bound.getsockname()[1])
        server.should_exit = True
        thread.join()


def opened(port: int, first: bytes = b"") -> socket.socket:
    made = socket.create_connection(("127.0.0.1", port), 10)
    made.sendall(first)
    return made


def read(client: socket.socket) -> bytes:
    """All that comes until it is hung up on."""
    told = b""
    try:
        while part := client.recv(65_536):
            told += part
    except ConnectionResetError:
        pass
    return told


def trickle(client: socket.socket, drop: bytes, seconds: float = 5) -> float:
    """Send drop by drop until it is hung up on; after how many seconds."""
    begun = time.monotonic()
    try:
        while time.monotonic() - begun < seconds:
            client.sendall(drop)
            time.sleep(0.05)
    except OSError:
        pass
    return time.monotonic() - begun


def code(answer: bytes) -> tuple[int, str]:
    head, _blank, body = answer.partition(b"\r\n\r\n")
    assert b"content-security-policy: default-src 'none'" in head.lower()
    assert b"content-type: application/json" in head.lower()
    error = json.loads(body)["error"]
    assert error.keys() == {"code", "message", "hint", "allowed", "where"}
    return int(head.split(b" ")[1]), error["code"]


@pytest.mark.parametrize("first", [b"GET / HTTP/1.1\r\n", b"GET / HTTP/1.1\r\nHost: x\r\nX-A: ", b"G"])
def test_a_head_that_does_not_end_is_not_waited_for(port: int, first: bytes) -> None:
    begun = time.monotonic()
    with opened(port, first) as client:
        assert code(read(client)) == (408, "too-slow")
    assert time.monotonic() - begun < 5


def test_nor_one_that_comes_drop_by_drop(port: int) -> None:
    with opened(port, b"GET / HTTP/1.1\r\nHost: x\r\nX-A: ") as client:
        assert trickle(client, b"a") < 5


def test_a_connection_without_a_request_is_closed_silently(port: int) -> None:
    with opened(port) as client:
        assert read(client) == b""


@pytest.mark.parametrize("line", [b"X-A: " + b"a" * 100 + b"\r\n", b"a" * 1_000])
def test_a_head_without_end_is_refused(port: int, line: bytes) -> None:
    with opened(port, b"GET / HTTP/1.1\r\nHost: x\r\nX: ") as client:
        sent = 0
        try:
            while sent < 50_000_000:
                client.sendall(line * 100)
                sent += len(line) * 100
        except OSError:
            pass
        assert sent < 20_000_000
        told = read(client)
        assert not told or code(told) == (431, "head-too-large")


def test_what_follows_a_body_has_an_end_too(port: int) -> None:
    with opened(port, b"POST /body HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n") as client:
        sent = 0
        try:
            while sent < 50_000_000:
                client.sendall(b"X-A: " + b"a" * 100_000 + b"\r\n")
                sent += 100_000
        except OSError:
            pass
        assert sent < 20_000_000


@pytest.mark.parametrize("path", [b"/", b"/body"])
def test_a_body_that_comes_drop_by_drop_is_hung_up_on_read_or_not(port: int, path: bytes) -> None:
    with opened(port, b"POST " + path + b" HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n") as client:
        assert trickle(client, b"a") < 5


def test_a_large_body_may_take_its_time(port: int) -> None:
    piece = b"a" * 1_000  # far more than the least rate
    with opened(port, b"POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 20000\r\n\r\n") as client:
        for _ in range(20):
            client.sendall(piece)
            time.sleep(0.06)
        assert client.recv(1_000).endswith(b"20000")


def test_who_does_not_read_is_hung_up_on(port: int) -> None:
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    client.connect(("127.0.0.1", port))
    client.sendall(b"GET /much HTTP/1.1\r\nHost: x\r\n\r\n")
    time.sleep(4 * SHORT)
    assert len(read(client)) < 50_000_000
    client.close()


def test_after_a_body_that_nobody_read_an_idle_connection_ends(port: int) -> None:
    with opened(port, b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n") as client:
        assert b"well" in client.recv(1_000)
        client.sendall(b"body")
        begun = time.monotonic()
        assert read(client) == b""
        assert 0.5 < time.monotonic() - begun < 5


def test_requests_follow_each_other_on_one_connection(port: int) -> None:
    with opened(port) as client:
        for _ in range(5):
            client.sendall(b"POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc")
            assert client.recv(1_000).endswith(b"3")
            time.sleep(0.2)


@pytest.mark.parametrize(
    "garbage", [b"\x16\x03\x01\x00", b"GET / HTTP/9.9\r\n\r\n", b"\r\n" * 10 + b"nonsense\r\n\r\n"]
)
def test_what_is_no_http_is_told_so(port: int, garbage: bytes) -> None:
    with opened(port, garbage) as client:
        assert code(read(client)) == (400, "http-invalid")


def test_where_there_is_no_room_it_says_so(port: int) -> None:
    idle = [opened(port, b"GET / HTTP/1.1\r\n") for _ in range(21)]
    with opened(port, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n") as client:
        told = client.recv(65_536)
        assert code(told) == (503, "crowded")
        assert b"retry-after: " in told.lower()
    for one in idle:
        read(one)
        one.close()
    with opened(port, b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n") as client:
        assert b"well" in read(client), "the slow ones are gone"
