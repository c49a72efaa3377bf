"""Nonsense in the bodies of everything but records: the one shape, never a fault of the server."""

from collections.abc import Iterator

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient
from tests.support.offices import emptied
from tests.support.serving import Served, page_token
from tests.web.pages.rooms import served, shop

from troth.web.access.settings import AccessSettings
from troth.web.frame.page import API
from troth.web.pages import actions

JSON, FORM = "application/json", "application/x-www-form-urlencoded"
FILE = (
    b'--x\r\nContent-Disposition: form-data; name="kind"\r\n\r\norders\r\n'
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="f.csv"\r\n\r\nabc\r\n--x--\r\n'
)
MANY_PARTS, NO_PARTS = "multipart/form-data; boundary=x", "multipart/form-data"
BODIES = [
    (JSON, b"{"), (JSON, b'"\xff"'), (JSON, b"[" * 50_000), (JSON, b'{"a":' * 9_000), (JSON, b"[]"),
    (JSON, b"null"), (JSON, b"\x00"), (JSON, b'{"id": 1e400}'),
    (JSON, b'{"id": 99999999999999999999, "name": {}, "email": []}'),
    (FORM, b"%zz&&&==&\xff"), (FORM, b"a=1&" * 5_000), (FORM, b"x=%ff%fe"), (FORM, b"\x00" * 100),
    (NO_PARTS, FILE), (f"{NO_PARTS}; boundary=", FILE), (f"{NO_PARTS}; boundary=y", FILE),
    (MANY_PARTS, FILE[:90]), (MANY_PARTS, b"--x\r\n" + b"a" * 50_000),
    ("text/plain", b"text"), ("application/x-protobuf", b"\x08"), ("\xe4/\xf6", b"{}"),
]  # fmt: skip
PLACES = [f"{API}{action.address}".replace("{job}", "none").replace("{id}", "1") for action in actions()]
BEGIN_NOTHING = {
    f"{API}/settings/backups/take",
    f"{API}/settings/privacy/retention",
    f"{API}/data/quarantine/replay",
}
"""What works without any field does it."""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(shop(tmp_path_factory.mktemp("bodies"))) as running:
        yield running


@pytest.mark.parametrize("place", sorted(set(PLACES) - BEGIN_NOTHING))
def test_a_body_that_is_nonsense_is_told_so(room: Served, place: str) -> None:
    program = room.with_key()
    for kind, body in BODIES:
        answer = program.post(place, content=body, headers={"content-type": kind.encode("latin-1")})
        assert 400 <= answer.status_code < 500, (kind, body[:40], answer.text)
        assert answer.json()["error"].keys() == {"code", "message", "hint", "allowed", "where"}


def test_what_comes_in_pieces_is_read_up_to_its_bound(room: Served) -> None:
    place = f"{API}/settings/webhooks/make"
    sent = 0

    def pieces() -> Iterator[bytes]:
        nonlocal sent
        while sent < 5_000_000:
            sent += 10_000
            yield b" " * 10_000

    answer = room.with_key().post(place, content=pieces(), headers={"content-type": JSON})
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "body-too-large")


def test_no_route_of_the_framework_reads_a_body_which_would_have_no_bound(room: Served) -> None:
    def bodies(routes: list[object]) -> Iterator[object]:
        for route in routes:
            inner = getattr(route, "original_router", None)
            yield from bodies(inner.routes) if inner is not None else ()
            if getattr(route, "body_field", None) is not None:
                yield route

    assert list(bodies(list(room.app.router.routes))) == []
    assert any(isinstance(route, Route) for route in room.app.router.routes)


@pytest.mark.conformance
def test_the_sign_zero_is_refused_where_postgresql_keeps_the_office(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.setenv("TROTH_STORE", emptied(postgres_url))
    with served(shop(tmp_path_factory.mktemp("zero")), AccessSettings()) as room:
        program = room.with_key()
        for place in ("settings/trail?actor=%00", "journey/%00", "grid/%00/reliability", "data?kind=%00"):
            assert program.get(f"{API}/{place}").status_code < 500, place
        note = {"first_day": "2026-01-01", "text": "a\0b"}
        assert program.post(f"{API}/annotations", json=note).json()["error"]["code"] == "value-invalid"
        secret = {"name": "a", "kind": "orders", "scheme": "shopify", "secret": "a\0" * 20}
        assert (
            program.post(f"{API}/settings/webhooks/make", json=secret).json()["error"]["code"]
            == "value-invalid"
        )
        browser: TestClient = room.anybody()
        fields = {"form_token": page_token(browser, "/sign-in"), "email": "a\0@example.com", "password": "x"}
        assert browser.post("/sign-in", data=fields).status_code == 422
