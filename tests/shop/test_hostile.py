"""The hostile hosts do what they say."""

import http.client
import socket
import ssl
import zlib

import pytest
from tests.shop import wild
from tests.shop.certificates import authority
from tests.shop.hostile import _RAW, HOSTS, Hostile


def asked(host: Hostile, path: str = "/") -> tuple[http.client.HTTPResponse, bytes]:
    trusting = ssl.create_default_context(cafile=str(authority().file))
    line = http.client.HTTPSConnection("127.0.0.1", host.port, context=trusting, timeout=20)
    line.request("GET", path)
    answer = line.getresponse()
    body = answer.read()
    line.close()
    return answer, body


@pytest.mark.parametrize("name", sorted(HOSTS.keys() - _RAW.keys() - {"huge-headers"}))
def test_a_host_that_speaks_http_answers(name: str) -> None:
    with Hostile(name) as host:
        answer, body = asked(host)
        assert answer.status in {200, 302, 401, 403, 429, 500}
        assert host.asked == ["/"]
        assert body or answer.status == 302 or name == "empty"


def test_there_is_a_page_for_every_host() -> None:
    assert HOSTS.keys() - _RAW.keys() - wild.PAGES.keys() == {"redirect-loop", "redirect-chain"}
    assert wild.PAGES.keys() <= HOSTS.keys()


def test_redirects_lead_where_they_say() -> None:
    with Hostile("redirect-loop") as host:
        assert [asked(host, path)[0].headers["Location"] for path in ("/a", "/b")] == ["/b", "/a"]
    with Hostile("redirect-private") as host:
        assert asked(host)[0].headers["Location"] == "http://10.0.0.1/"


def test_sizes_are_what_they_say() -> None:
    with Hostile("huge-page") as host:
        assert 49_000_000 < len(asked(host)[1]) < 51_000_000
    with Hostile("zip-bomb") as host:
        body = asked(host)[1]
    assert len(body) < 6_000_000
    unpacked, unpacker, left = 0, zlib.decompressobj(31), body
    while left:
        unpacked += len(unpacker.decompress(left, 1 << 24))
        left = unpacker.unconsumed_tail
    assert unpacker.eof  # the checksum and the length were right
    assert unpacked > 0.99 * wild.BOMB_BYTES


def test_raw_hosts_break_off_or_say_nothing() -> None:
    with Hostile("refusing") as host, pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", host.port), timeout=5)
    with Hostile("silent") as host, socket.create_connection(("127.0.0.1", host.port), timeout=0.3) as line:
        line.sendall(b"GET / HTTP/1.1\r\n\r\n")
        with pytest.raises(TimeoutError):
            line.recv(1)
    with Hostile("resetting") as host, socket.create_connection(("127.0.0.1", host.port), timeout=5) as line:
        line.sendall(b"GET / HTTP/1.1\r\n\r\n")
        with pytest.raises(ConnectionResetError):
            line.recv(1)
