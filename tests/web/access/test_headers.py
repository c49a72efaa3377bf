from itertools import product
from pathlib import Path

import pytest
from tests.support.serving import Served, served, shop

from troth.web.access.settings import AccessSettings


def test_every_answer_is_guarded(server: Served) -> None:
    paths = ("/sign-in", "/overview", "/nowhere", "/api/v1/overview", "/api/v1/nowhere", "/")
    for client, path in product((server.anybody(), server.signed_in()), paths):
        headers = client.get(path).headers
        policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
        assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
        assert policy["script-src"] == policy["style-src"] == "'self'"
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "camera=()" in headers["permissions-policy"]
        assert "strict-transport-security" not in headers


def test_pages_with_data_are_kept_by_no_cache(server: Served) -> None:
    client = server.signed_in()
    for path in ("/settings", "/settings/trail", "/settings/people", "/api/v1/settings/keys", "/nowhere"):
        assert client.get(path).headers["cache-control"] == "no-store", path
    assert server.anybody().get("/sign-in").headers["cache-control"] == "no-store"


def test_a_fault_of_the_server_is_guarded_too(server: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    from starlette.testclient import TestClient

    client = TestClient(server.app, base_url="http://localhost", raise_server_exceptions=False)
    monkeypatch.setattr(server.access, "office", None)
    client.cookies.set("troth-session", "x")
    answer = client.get("/overview")
    assert answer.status_code == 500
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "AttributeError" not in answer.text


def test_transport_security_and_secure_cookies_over_https_only(server: Served) -> None:
    answer = server.anybody(base="https://localhost").get("/sign-in")
    assert answer.headers["strict-transport-security"] == "max-age=31536000"
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-troth-visit=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert "Secure" not in server.anybody().get("/sign-in").headers["set-cookie"]


def test_forwarded_headers_are_believed_of_proxies_only(tmp_path: Path) -> None:
    forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
    with served(shop(tmp_path)) as server:
        assert "Secure" not in server.anybody().get("/sign-in", headers=forwarded).headers["set-cookie"]
    settings = AccessSettings.read({"TROTH_PROXIES": "10.0.0.0/8"})
    with served(tmp_path, settings) as server:
        from starlette.testclient import TestClient

        near = TestClient(server.app, base_url="http://localhost", client=("10.1.2.3", 5000))
        far = TestClient(server.app, base_url="http://localhost", client=("192.0.2.1", 5000))
        assert "Secure" in near.get("/sign-in", headers=forwarded).headers["set-cookie"]
        assert "Secure" not in far.get("/sign-in", headers=forwarded).headers["set-cookie"]
