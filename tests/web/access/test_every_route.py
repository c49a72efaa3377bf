"""Every route of the server against every role: a new one has to be written down here, with its right."""

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.support.serving import Served
from tests.web.pages import rooms

from troth.web.access.rights import RIGHTS, Right, Role

API = "/api/v1"
SEE, PEOPLE, CHANGE, ADMIN = Right.SEE, Right.SEE_PEOPLE, Right.CHANGE_DATA, Right.ADMINISTER
PAGES = {
    "/overview": SEE, "/journey": SEE, "/journey/{touchpoint}": SEE, "/grid": SEE,
    "/grid/{touchpoint}/{mechanism}": SEE, "/segments": SEE, "/voices": SEE, "/data": SEE,
    "/data/blueprint": SEE,
    "/data/quarantine": SEE, "/settings": SEE,
    "/customers": PEOPLE, "/customers/{customer}": PEOPLE,
    "/data/import": CHANGE, "/jobs": CHANGE, "/jobs/{job}": CHANGE,
    "/settings/backups": ADMIN, "/settings/keys": ADMIN, "/settings/people": ADMIN,
    "/settings/privacy": ADMIN,
    "/settings/privacy/exports/{job}": ADMIN, "/settings/trail": ADMIN, "/settings/webhooks": ADMIN,
}  # fmt: skip
"""Pages; each has a twin, and tables as files at its own address or below."""
ACTIONS = {
    "/annotations": CHANGE, "/annotations/{id}/remove": CHANGE, "/data/blueprint": CHANGE,
    "/data/import": CHANGE, "/data/quarantine/replay": CHANGE, "/jobs/{job}/take": CHANGE,
    "/jobs/{job}/discard": CHANGE, "/jobs/{job}/stop": CHANGE,
    "/settings/account": SEE, "/settings/password": SEE, "/settings/session/end": SEE,
    "/settings/sessions/end": SEE,
    "/settings/backups/take": ADMIN, "/settings/keys/make": ADMIN, "/settings/keys/revoke": ADMIN,
    "/settings/people/invite": ADMIN, "/settings/people/role": ADMIN, "/settings/people/link": ADMIN,
    "/settings/people/disable": ADMIN, "/settings/people/enable": ADMIN, "/settings/privacy/export": ADMIN,
    "/settings/privacy/erase": ADMIN, "/settings/privacy/retention": ADMIN,
    "/settings/webhooks/make": ADMIN, "/settings/webhooks/secret": ADMIN, "/settings/webhooks/switch": ADMIN,
    "/settings/webhooks/remove": ADMIN,
}  # fmt: skip
"""What one may do: by a form, and by the API."""
OTHERS = {
    ("GET", "/metrics"): SEE,
    ("POST", f"{API}/records"): Right.SEND_RECORDS,
}
OPEN = {
    ("GET", "/sign-in"), ("POST", "/sign-in"), ("POST", "/sign-in/passkey/begin"),
    ("POST", "/sign-in/passkey/end"), ("GET", "/sign-in/provider"), ("GET", "/sign-in/provider/back"),
    ("GET", "/first/{token}"), ("POST", "/first/{token}"), ("GET", "/invitation/{token}"),
    ("POST", "/invitation/{token}"), ("GET", "/preferences"), ("GET", "/healthz"), ("GET", "/readyz"),
    ("GET", "/static/{digest}/{name}"), ("POST", f"{API}/hooks/{{name}}"),
}  # fmt: skip
"""For everybody: each asks for a secret of its own, or tells nothing."""
SIGNED_IN = {
    ("GET", "/"), ("GET", f"{API}/openapi.json"), ("POST", "/sign-out"), ("POST", "/settings/passkey/begin"),
    ("POST", "/settings/passkey/end"), ("POST", "/settings/passkey/rename"),
    ("POST", "/settings/passkey/remove"),
}  # fmt: skip
"""For everybody who is in: their own things."""
LOCAL = {("GET", f"{API}/local"), ("POST", f"{API}/local/{{question}}"), ("POST", f"{API}/local/doctor")}
"""For commands of this machine, which have the key of the workspace's folder; for no role."""
VALUES = {"touchpoint": "delivery", "mechanism": "reliability", "customer": "NL000"}


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with rooms.served(rooms.shop(tmp_path_factory.mktemp("routes"))) as running:
        yield running


def routes(found: Any, prefix: str = "") -> Iterator[tuple[str, str]]:  # noqa: ANN401 - routes of two libraries
    for route in found:
        if (inner := getattr(route, "original_router", None)) is not None:
            yield from routes(inner.routes, prefix + (route.include_context.prefix or ""))
        else:
            for method in set(route.methods or ()) - {"HEAD"}:
                yield method, prefix + route.path.replace(":path", "")


def needed() -> dict[tuple[str, str], Right]:
    """The right for each page, twin and action."""
    found = dict(OTHERS)
    for path, right in PAGES.items():
        found |= {("GET", path): right, ("GET", API + path): right}
    for path, right in ACTIONS.items():
        found |= {("POST", path): right, ("POST", API + path): right}
    return found


def right_of(method: str, path: str) -> Right | None:
    """That of a route; a file has that of its page."""
    table = needed()
    if (method, path) in table:
        return table[method, path]
    stem, _dot, ending = path.rpartition(".")
    if ending in {"csv", "parquet"}:
        return table.get(("GET", stem)) or table.get(("GET", stem.rpartition("/")[0]))
    return None


def ask(client: TestClient, method: str, path: str) -> Any:  # noqa: ANN401 - the client's answer
    for name in ("touchpoint", "mechanism", "customer", "job", "id", "name", "token", "digest", "question"):
        path = path.replace(f"{{{name}}}", VALUES.get(name, "1"))
    if method == "GET":
        return client.get(path)
    token = client.headers.get("x-form-token", "")
    if path.startswith(API):
        return client.request(method, path, json={})
    return client.request(method, path, data={"form_token": token})


def test_every_route_is_written_down(books: Served) -> None:
    found = set(routes(books.app.router.routes))
    unknown = {route for route in found - OPEN - SIGNED_IN - LOCAL if right_of(*route) is None}
    assert not unknown, "say here who may do this"
    assert (set(needed()) | OPEN | SIGNED_IN | LOCAL) <= found, "this is not there any more"


@pytest.mark.parametrize("role", [None, *Role])
def test_nobody_gets_further_than_their_rights(books: Served, role: Role | None) -> None:
    """None: a key that may send records and nothing else."""
    rights = RIGHTS[role] if role else {Right.SEND_RECORDS}
    for method, path in sorted(set(routes(books.app.router.routes)) - OPEN - SIGNED_IN):
        if role is None and not path.startswith(API) and method != "GET":
            continue  # a key sends no forms
        client = books.signed_in(role) if role else books.with_key(Right.SEND_RECORDS)
        answer = ask(client, method, path)
        right = right_of(method, path)
        refused = answer.status_code == 403 and "not-allowed" in answer.text
        assert refused == (right not in rights), (role, method, path, answer.status_code)
        assert answer.status_code != 401


def test_nobody_gets_anywhere(books: Served) -> None:
    for method, path in sorted(set(routes(books.app.router.routes)) - OPEN):
        answer = ask(books.anybody(), method, path)
        if method == "GET" and not path.startswith(API):
            assert answer.status_code == 303, path
            assert answer.headers["location"].startswith("/sign-in")
        else:
            assert (answer.status_code, "not-signed-in" in answer.text) == (401, True), (method, path)


def test_no_page_of_another_site_changes_anything(books: Served) -> None:
    """Whatever changes something wants this browser's token, and no foreign origin."""
    client = books.signed_in()
    token = client.headers.pop("X-Form-Token")
    changing = sorted(
        route for route in routes(books.app.router.routes) if route[0] != "GET" and "/hooks/" not in route[1]
    )
    assert len(changing) > 50
    for method, path in changing:
        answer = ask(client, method, path)
        assert (answer.status_code, "form-expired" in answer.text) == (403, True), (method, path)
        client.headers.update({"X-Form-Token": token, "Origin": "https://evil.example"})
        answer = ask(client, method, path)
        assert (answer.status_code, "form-foreign" in answer.text) == (403, True), (method, path)
        del client.headers["X-Form-Token"], client.headers["Origin"]


def test_every_answer_carries_the_headers_that_guard_it(books: Served) -> None:
    client = books.signed_in()
    asset = books.app.state.assets.address("troth.css")
    found = sorted(path for method, path in routes(books.app.router.routes) if method == "GET")
    for path in (*found, asset, "/nowhere", f"{API}/nowhere", "/static/x/../../etc/passwd"):
        headers = ask(client, "GET", path).headers
        assert "default-src 'none'" in headers["content-security-policy"], path
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "same-origin"
        assert "cache-control" in headers
        for cookie in headers.get_list("set-cookie"):
            assert "httponly" in cookie.lower(), path
            assert "samesite=lax" in cookie.lower(), path
