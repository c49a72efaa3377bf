"""Passkeys in a real browser, whose authenticator is a virtual one."""

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import uvicorn
from tests.support.serving import Served, served, shop

from troth.web.access import passkeys
from troth.web.access.rights import Role
from troth.web.access.settings import AccessSettings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, CDPSession, Page

PASSWORD = "ferry lantern 7 oboe"  # noqa: S105 - of a test
SETTINGS = re.compile(r":\d+/settings$")
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@contextmanager
def listening(server: Served) -> Iterator[str]:
    """The server on a free port; its address by the name that passkeys need."""
    running = uvicorn.Server(uvicorn.Config(server.app, port=0, log_config=None, proxy_headers=False))
    thread = threading.Thread(target=running.run)
    thread.start()
    try:
        while not running.started:
            time.sleep(0.05)
        yield f"http://localhost:{running.servers[0].sockets[0].getsockname()[1]}"
    finally:
        running.should_exit = True
        thread.join()


@pytest.fixture
def here(tmp_path: Path) -> Iterator[tuple[Served, str]]:
    with served(shop(tmp_path)) as server, listening(server) as address:
        yield server, address


@pytest.fixture
def page(browser: "Browser") -> "Iterator[Page]":
    context = browser.new_context()
    opened = context.new_page()
    opened.set_default_timeout(30_000)
    yield opened
    context.close()


def authenticator(page: "Page", **more: object) -> "tuple[CDPSession, str]":
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    added = session.send("WebAuthn.addVirtualAuthenticator", {"options": {**AUTHENTICATOR, **more}})
    return session, added["authenticatorId"]


def sign_in(page: "Page", address: str) -> None:
    page.goto(f"{address}/sign-in?next=/settings")
    page.get_by_label("E-mail address").fill("viewer@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(SETTINGS)


def add(page: "Page", name: str) -> None:
    page.get_by_label("Name of the device").fill(name)
    page.get_by_role("button", name="Add a passkey").click()


@pytest.mark.browser
def test_a_passkey_is_added_used_renamed_and_removed(here: tuple[Served, str], page: "Page") -> None:
    server, address = here
    server.with_password(Role.VIEWER, PASSWORD)
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    session, device = authenticator(page)
    sign_in(page, address)
    add(page, "Desk <b>key</b>")
    page.get_by_text("The passkey was added.").wait_for()
    assert page.get_by_role("rowheader", name="Desk <b>key</b>").is_visible()
    [kept] = session.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]
    assert kept["rpId"] == "localhost"

    page.get_by_role("region", name="Where you are signed in").wait_for()
    page.locator("details.account summary").click()
    page.locator(".account-menu").get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in")
    page.goto(f"{address}/sign-in?next=/settings")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(SETTINGS)
    assert page.get_by_text("viewer@example.com · Viewer").is_visible()

    page.get_by_label("New name of Desk <b>key</b>").fill("Laptop")
    page.get_by_role("button", name="Rename").click()
    page.get_by_role("button", name="Remove Laptop").click()
    page.get_by_text("The passkey was removed.").wait_for()
    assert complaints == []
    assert [line[1] for line in server.trail()] == [
        "signed-in", "passkey-added", "signed-out", "signed-in", "passkey-removed",
    ]  # fmt: skip

    page.locator("details.account summary").click()
    page.locator(".account-menu").get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("This passkey does not fit.").wait_for()


@pytest.mark.browser
def test_a_device_that_does_not_check_its_user_is_not_taken(here: tuple[Served, str], page: "Page") -> None:
    server, address = here
    server.with_password(Role.VIEWER, PASSWORD)
    authenticator(page, isUserVerified=False)
    sign_in(page, address)
    add(page, "Desk")
    page.get_by_text("That did not work.").wait_for()
    with server.live.office.transaction() as connection:
        assert passkeys.of_account(connection, server.account(Role.VIEWER).id) == []


@pytest.mark.browser
def test_what_a_passkey_signed_holds_once_and_for_its_browser(here: tuple[Served, str], page: "Page") -> None:
    server, address = here
    server.with_password(Role.VIEWER, PASSWORD)
    authenticator(page)
    sign_in(page, address)
    add(page, "Desk")
    page.get_by_text("The passkey was added.").wait_for()
    page.context.clear_cookies()
    sent: list[Any] = []
    page.on("request", lambda one: sent.append(one) if one.url.endswith("/passkey/end") else None)
    page.goto(f"{address}/sign-in?next=/settings")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(SETTINGS)
    request = sent[0]
    token, body = request.headers["x-form-token"], request.post_data_json
    thief = server.anybody(base=address)
    for headers in ({"X-Form-Token": token}, {"X-Form-Token": ""}):
        answer = thief.post("/sign-in/passkey/end", json=body, headers=headers)
        assert answer.status_code == 403
    client = server.signed_in(Role.VIEWER, base=address)
    answer = client.post("/sign-in/passkey/end", json=body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "passkey-invalid")


def test_garbage_is_no_passkey(server: Served) -> None:
    client = server.signed_in(Role.VIEWER)
    for purpose, begin in (("sign-in", "/sign-in/passkey/begin"), ("settings", "/settings/passkey/begin")):
        for credential in ({}, {"id": "x"}, {"id": 7, "response": []}, {"response": {"userHandle": "!"}}):
            ticket = client.post(begin, json={}).json()["ticket"]
            body = {"ticket": ticket, "credential": credential, "name": "<script>"}
            answer = client.post(f"/{purpose}/passkey/end", json=body)
            assert (answer.status_code, answer.json()["error"]["code"]) == (422, "passkey-invalid")
    for body in (b"", b"[]", b"{", b"[" * 50_000, b'{"ticket": null}', b"\xff"):
        answer = client.post("/sign-in/passkey/end", content=body)
        assert answer.status_code == 422
    assert server.with_key().post("/settings/passkey/begin", json={}).status_code == 403


def test_passkeys_need_a_name_and_https(server: Served) -> None:
    numbers = server.signed_in(Role.VIEWER, base="http://127.0.0.1:8765")
    answer = numbers.post("/settings/passkey/begin", json={})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "passkeys-nowhere")
    assert "passkey-sign-in" not in server.anybody(base="http://127.0.0.1:8765").get("/sign-in").text
    assert "passkey-sign-in" in server.anybody().get("/sign-in").text


def test_the_party_is_the_public_address_whoever_calls(tmp_path: Path) -> None:
    settings = AccessSettings.read({"TROTH_URL": "https://trust.example.com"})
    with served(shop(tmp_path), settings) as server:
        client = server.signed_in(Role.VIEWER)
        options = client.post("/settings/passkey/begin", json={}).json()["options"]
        assert options["rp"]["id"] == "trust.example.com"
        assert options["authenticatorSelection"]["userVerification"] == "required"
        assert "viewer@example.com" not in options["user"]["id"]
