"""The gate, before a real browser: 127.0.0.2 stands for the private network, 127.0.0.1 for the public one."""

import asyncio
import hashlib
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, suppress
from ipaddress import ip_address
from pathlib import Path

import pytest
from tests.shop.certificates import authority, context
from tests.support.answers import Answer, Site, redirect
from tests.support.loop import Loop

from troth.audit.artifacts.shape import Page
from troth.audit.browser import gate, launching
from troth.audit.browser.addresses import Address
from troth.audit.browser.gate import Gate
from troth.audit.browser.launching import Running, launched
from troth.audit.browser.options import Limits, Options
from troth.audit.gather.visit import visiting

pytestmark = pytest.mark.browser


def refuses(address: Address) -> bool:
    return (getattr(address, "ipv4_mapped", None) or address) == ip_address("127.0.0.2")


async def shut(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()


@pytest.fixture(scope="module")
def gated(loop: Loop, chromium: Path) -> Iterator[Running]:
    """A browser behind a gate, which trusts the test shop's authority."""
    patch = pytest.MonkeyPatch()
    patch.setattr(launching, "Gate", lambda: Gate(refuses))
    options = Options(chromium, ca_file=authority().file, limits=Limits(page_s=5, settle_s=1))
    safe = Site(loop, tls=context(("127.0.0.1",)))
    stack = AsyncExitStack()
    yield loop.run(stack.enter_async_context(launched(options, [safe.origin])))
    loop.run(stack.aclose())
    safe.close()
    patch.undo()


@pytest.fixture
def inside(loop: Loop) -> Iterator[Site]:
    """A server in the private network."""
    running = Site(loop, host="127.0.0.2")
    running.html("/secret", "<title>secret</title>")
    yield running
    running.close()


@pytest.fixture
def look(loop: Loop, gated: Running) -> Callable[[str], Page]:
    async def seen(url: str) -> Page:
        async with visiting(gated, "first", url) as visit:
            return await visit.open(url, "product")

    return lambda url: loop.run(seen(url))


def test_pages_come_through_unchanged(site: Site, look: Callable[[str], Page]) -> None:
    large = bytes(range(256)) * 20_000
    site.serve("/large", Answer(large, type="application/octet-stream"))
    site.serve("/echo", Answer("{}", type="application/json"))
    site.html(
        "/p",
        """<p id=a></p><script>(async () => {
        const bytes = await (await fetch('/large')).arrayBuffer();
        const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
        a.textContent = [...digest].map((part) => part.toString(16).padStart(2, '0')).join('');
        await fetch('/echo', {method: 'POST', body: 'x'.repeat(99)});
        })()</script>""",
    )
    page = look(f"{site.origin}/p")
    assert page.seen
    assert hashlib.sha256(large).hexdigest() in page.seen.text
    assert [head for head in site.heads if head.startswith("POST /echo")]
    assert not any("proxy" in head.lower() for head in site.heads)


def test_a_private_shop_is_not_seen(inside: Site, look: Callable[[str], Page]) -> None:
    assert look(f"{inside.origin}/secret").failure == "address-private"
    assert inside.asked == []


def test_a_redirect_into_the_private_network_is_refused(
    site: Site, inside: Site, look: Callable[[str], Page]
) -> None:
    site.serve("/p", redirect(f"{inside.origin}/secret"))
    assert look(f"{site.origin}/p").failure == "address-private"
    assert inside.asked == []


def test_nothing_of_a_page_reaches_the_private_network(
    site: Site, inside: Site, look: Callable[[str], Page]
) -> None:
    there = inside.origin
    site.html(
        "/p",
        f"""<p>shop</p><img src="{there}/img"><iframe src="{there}/frame"></iframe>
        <link rel="stylesheet" href="{there}/css"><link rel="prefetch" href="{there}/prefetch">
        <link rel="preconnect" href="{there}"><script src="{there}/js"></script><script>
        fetch("{there}/fetch", {{mode: "no-cors"}}).catch(() => 0);
        navigator.sendBeacon("{there}/beacon", "x");
        new WebSocket("{there.replace("http", "ws")}/socket"); new EventSource("{there}/events");
        fetch("{there.replace("http", "https")}/tls", {{mode: "no-cors"}}).catch(() => 0);
        fetch("/hop").catch(() => 0)</script>""",
    )
    site.serve("/hop", redirect(f"{there}/hop"))
    page = look(f"{site.origin}/p")
    assert page.seen
    assert inside.asked == []
    refused = {request.url.rpartition("/")[2]: request.failure for request in page.requests}
    for name in ("img", "css", "js", "fetch", "tls", "frame"):
        assert refused[name] == "address-private", name


def test_an_address_written_in_an_odd_way_is_refused_too(inside: Site, look: Callable[[str], Page]) -> None:
    port = inside.port
    for host in ("2130706434", "127.2", "0x7f000002", "[::ffff:127.0.0.2]"):
        assert look(f"http://{host}:{port}/secret").seen is None
    assert inside.asked == []


def test_encrypted_pages_come_through_and_a_private_authority_is_trusted(
    loop: Loop, look: Callable[[str], Page]
) -> None:
    safe = Site(loop, tls=context(("127.0.0.1",)))
    safe.html("/p", "<title>safe</title>")
    other = Site(loop, tls=context(("127.0.0.1",), "self-signed"))
    expired = Site(loop, tls=context(("127.0.0.1",), "expired"))
    try:
        page = look(f"{safe.origin}/p")
        assert page.seen, page.failure
        assert page.seen.title == "safe"
        assert look(f"{other.origin}/p").failure == "certificate-invalid"
        assert look(f"{expired.origin}/p").failure == "certificate-invalid"
    finally:
        for server in (safe, other, expired):
            server.close()


def test_hosts_that_cannot_be_reached_are_named(look: Callable[[str], Page]) -> None:
    assert look("http://127.0.0.1:4/").failure == "connection-refused"
    assert look("https://127.0.0.1:4/").failure == "connection-refused"
    assert look("https://nowhere.invalid/").failure == "host-unknown"


def test_a_name_is_looked_up_once(
    loop: Loop, site: Site, inside: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that changes its address after it was looked at changes nothing (DNS rebinding)."""
    answers = iter([("127.0.0.1",), ("127.0.0.2",), ("127.0.0.2",)])

    async def found(_host: str) -> tuple[Address, ...]:
        return tuple(map(ip_address, next(answers)))

    monkeypatch.setattr(gate, "addresses", found)
    site.html("/a", "public")

    async def work() -> list[bytes]:
        said = []
        async with Gate(refuses) as running:
            for _ in range(3):
                reader, writer = await asyncio.open_connection(
                    *running.address.removeprefix("http://").split(":")
                )
                request = f"GET http://shop.test:{site.port}/a HTTP/1.1\r\nHost: shop.test\r\n\r\n"
                writer.write(request.encode())
                said.append(await reader.read())
                await shut(writer)
        return said

    assert all(answer.endswith(b"public") for answer in loop.run(work()))
    assert inside.asked == []


TALK = {
    "nothing": b"",
    "no host": b"GET / HTTP/1.1\r\n\r\n",
    "a file": b"GET file:///etc/passwd HTTP/1.1\r\n\r\n",
    "no target": b"CONNECT\r\n\r\n",
    "noise": b"\xff" * 300_000,
    "half an address": b"CONNECT [::1 HTTP/1.1\r\n\r\n",
    "no port": b"CONNECT a:b HTTP/1.1\r\n\r\n",
    "a port too high": b"GET http://a:99999/ HTTP/1.1\r\n\r\n",
}


@pytest.mark.parametrize("talk", TALK)
def test_what_no_browser_says_is_dropped(loop: Loop, talk: str) -> None:
    async def work() -> bytes:
        async with Gate(refuses) as running:
            reader, writer = await asyncio.open_connection(
                *running.address.removeprefix("http://").split(":")
            )
            writer.write(TALK[talk])
            writer.write_eof()
            try:
                return await asyncio.wait_for(reader.read(), 5)
            except ConnectionError:
                return b""
            finally:
                await shut(writer)

    assert loop.run(work()) == b""
