import asyncio
import socket
import ssl
import time
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

import pytest
from tests.audit.gather.serving import Handler, Reply, certified, serving
from tests.audit.gather.sketch import seen

from troth.audit.artifacts.shape import Page
from troth.audit.gather import host
from troth.audit.gather.asking import Asker, mapped

ASKER = Asker("Troth-Test", limit_s=2)


def hello(_handler: Handler) -> Reply:
    return 200, {}, "hello"


def served(folder: Path, days: int = 90, name: str = "127.0.0.1") -> tuple[ssl.SSLContext, str]:
    both, trusted = certified(folder, days=days, host=name)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(both)
    return context, str(trusted)


def test_a_good_certificate_is_read_and_verified(tmp_path: Path) -> None:
    context, trusted = served(tmp_path)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    with serving(hello, context) as server:
        shop = f"https://127.0.0.1:{server.server_port}/"
        found = asyncio.run(host.certificate(shop, ASKER, trusted))
    assert found is not None
    assert found.verify == ""
    assert found.subject == found.issuer == "CN=Test shop"
    assert found.names == ("127.0.0.1",)
    assert found.not_after_ms - found.not_before_ms == 90 * 86_400_000
    assert found.versions["TLSv1.3"] is True
    assert found.versions["TLSv1.2"] is False


@pytest.mark.parametrize(
    ("days", "name", "trust", "said"),
    [
        (-1, "127.0.0.1", True, "certificate has expired"),
        (90, "shop.test", True, "IP address mismatch"),
        (90, "127.0.0.1", False, "self-signed certificate"),
    ],
)
def test_what_is_wrong_with_a_certificate_is_said(
    tmp_path: Path, days: int, name: str, trust: bool, said: str
) -> None:
    context, trusted = served(tmp_path, days, name)
    with serving(hello, context) as server:
        shop = f"https://127.0.0.1:{server.server_port}/"
        found = asyncio.run(host.certificate(shop, ASKER, trusted if trust else None))
    assert found is not None
    assert said in found.verify
    assert found.versions["TLSv1.2"] is True


def test_a_host_without_tls_has_no_certificate() -> None:
    with serving(hello) as server:
        shop = f"https://127.0.0.1:{server.server_port}/"
        assert asyncio.run(host.certificate(shop, ASKER)) is None
        assert asyncio.run(host.certificate(server.url, ASKER)) is None


def test_the_way_of_plain_http_is_kept() -> None:
    def leads(handler: Handler) -> Reply:
        if handler.path == "/":
            return 301, {"Location": "/shop"}, ""
        return 302, {"Location": "https://elsewhere.example/"}, ""

    with serving(leads) as server:
        way = asyncio.run(host.plain_http(server.url, ASKER))
    assert way == (server.url, server.url + "shop", "https://elsewhere.example/")


def test_plain_http_that_does_not_answer_leads_nowhere() -> None:
    with serving(hello) as server:
        gone = server.url
    assert asyncio.run(host.plain_http(gone, ASKER)) == ()


def test_plain_http_beside_https_is_asked_at_its_own_port() -> None:
    with serving(hello) as server:
        asker = Asker("Troth-Test", 2, f"MAP shop.test:80 127.0.0.1:{server.server_port}")
        assert asyncio.run(host.plain_http("https://shop.test/", asker)) == ("http://shop.test/",)


def answers(handler: Handler) -> Reply:
    path = handler.path
    if path == "/circle":
        return 302, {"Location": "/circle2"}, ""
    if path == "/circle2":
        return 302, {"Location": "/circle"}, ""
    if path == "/head":
        return (405, {}, "") if handler.command == "HEAD" else (200, {}, "yes")
    if path == "/moved":
        return 301, {"Location": "/fine"}, ""
    return {"/fine": 200, "/wall": 403, "/busy": 429}.get(path, 404), {}, ""


def test_links_are_asked_for_once_and_their_status_kept() -> None:
    with serving(answers) as server:
        links = {
            server.url + name: ("p1",)
            for name in ("fine", "wall", "busy", "gone", "head", "moved", "circle", "known")
        }
        known = {server.url + "known": 200}
        done, left = asyncio.run(host.checked(links, server.url, ASKER, known, time.monotonic() + 20))
        asked = [path for _method, path in server.asked]
    statuses = {check.url.rpartition("/")[2]: check.status for check in done}
    assert statuses == {
        "fine": 200,
        "wall": 403,
        "busy": 429,
        "gone": 404,
        "head": 200,
        "moved": 200,
        "circle": 302,
        "known": 200,
    }
    assert left == 0
    assert "/known" not in asked
    assert next(check.failure for check in done if check.url.endswith("circle")) == "redirects in circles"


def test_links_left_out_for_want_of_time_are_counted() -> None:
    with serving(answers) as server:
        done, left = asyncio.run(
            host.checked({server.url + "fine": ()}, server.url, ASKER, {}, time.monotonic() - 1)
        )
        assert (done, left, server.asked) == ((), 1, [])


def test_a_host_that_says_nothing_is_given_up() -> None:
    def sleeps(_handler: Handler) -> Reply:
        time.sleep(1.5)
        return hello(_handler)

    with serving(sleeps) as server:
        started = time.monotonic()
        answer = Asker("Troth-Test", limit_s=0.3).ask(server.url, server.url)
        assert answer.status is None
        assert "timed out" in answer.failure
        assert time.monotonic() - started < 1


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_host_that_drips_is_given_up(scheme: str) -> None:
    """Each byte comes in time, the answer never: a head of HTTP, or a record of TLS, without end."""
    over = Event()

    def drip(listener: socket.socket) -> None:
        taken, _address = listener.accept()
        with taken, suppress(OSError):
            taken.sendall(b"\x16\x03\x03\x3f\xff" if scheme == "https" else b"HTTP/1.1 200 OK\r\nX-Long: ")
            while not over.wait(0.1):
                taken.sendall(b"a")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        Thread(target=drip, args=(listener,), daemon=True).start()
        url = f"{scheme}://127.0.0.1:{listener.getsockname()[1]}/"
        started = time.monotonic()
        answer = Asker("Troth-Test", limit_s=0.6).ask(url, url)
        over.set()
    assert answer.status == (None if scheme == "https" else 200)
    assert 0.6 < time.monotonic() - started < 5


def test_a_host_that_redirects_without_end_is_given_up() -> None:
    def on(handler: Handler) -> Reply:
        time.sleep(0.2)
        return 302, {"Location": f"{handler.path}x"}, ""

    with serving(on) as server:
        answer = Asker("Troth-Test", limit_s=0.5).ask(server.url, server.url)
    assert (answer.status, answer.failure) == (None, "timed out")


def page(html: str, id_: str, kind: str = "home") -> Page:
    url = "https://shop.nl/"
    return Page(id_, "first", kind, url, url, 200, 0, seen=seen(html, url))  # type: ignore[arg-type] # a kind


def test_links_of_menus_and_policy_pages_are_checked_and_no_others() -> None:
    home = page(
        '<header><a href="/a">A</a><a href="/logout">Uit</a></header><main><a href="/m">M</a></main>', "1"
    )
    terms = page(
        '<footer><a href="/a#x">A</a><a href="https://elsewhere.nl/">E</a></footer>'
        '<main><a href="/form.pdf">F</a><a href="mailto:a@b.nl">M</a></main>',
        "2",
        "terms",
    )
    links = host.links_to_check([home, terms], "https://shop.nl/")
    assert links == {"https://shop.nl/a": ("1", "2"), "https://shop.nl/form.pdf": ("2",)}
    many = page("<nav>" + "".join(f'<a href="/{n}">x</a>' for n in range(90)) + "</nav>", "3")
    assert len(host.links_to_check([many], "https://shop.nl/")) == host.MOST_LINKS


@pytest.mark.parametrize(
    ("rules", "there"),
    [
        ("", ("shop.test", 443)),
        ("MAP shop.test 127.0.0.1", ("127.0.0.1", 443)),
        ("MAP *.test:443 127.0.0.1:99, MAP * ~NOTFOUND", ("127.0.0.1", 99)),
        ("MAP * ~NOTFOUND, EXCLUDE shop.test", ("shop.test", 443)),
        ("MAP shop.test:80 127.0.0.1:8080", ("shop.test", 443)),
    ],
)
def test_hosts_are_mapped_as_the_browser_maps_them(rules: str, there: tuple[str, int]) -> None:
    assert mapped("shop.test", 443, rules) == there


def test_a_host_that_the_rules_hide_is_not_found() -> None:
    with pytest.raises(OSError, match="no such host"):
        mapped("shop.test", 443, "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")
    assert ASKER.ask("http://", "http://x/").status is None


def test_an_address_that_is_refused_is_not_asked() -> None:
    with serving(hello) as server:
        asker = Asker("Troth-Test", 2, refuses=lambda address: address.is_loopback)
        answer = asker.ask(server.url, server.url)
        assert answer.status is None
        assert answer.failure.startswith("address-private")
        assert server.asked == []
