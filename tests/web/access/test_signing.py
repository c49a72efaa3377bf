import asyncio
import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest
import time_machine
from httpx2 import Response
from starlette.testclient import TestClient
from tests.support.serving import Served, page_token, send

from troth.web.access import accounts
from troth.web.access.passwords import Passwords
from troth.web.access.rights import Role
from troth.web.access.sessions import IDLE_MS, LONGEST_MS

PASSWORD = "ferry lantern 7 oboe"  # noqa: S105 - of a test
NOW = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)


def sign_in(browser: TestClient, password: str = PASSWORD) -> Response:
    return send(browser, "/sign-in", {"email": "viewer@example.com", "password": password})


def test_a_password_lets_in_and_on_to_where_one_wanted(server: Served) -> None:
    server.with_password(Role.VIEWER, PASSWORD)
    browser = server.anybody()
    fields = {"email": " Viewer@Example.com ", "password": PASSWORD, "next": "/overview?page=2"}
    answer = send(browser, "/sign-in", fields)
    assert (answer.status_code, answer.headers["location"]) == (303, "/overview?page=2")
    cookie = answer.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert browser.get("/overview").status_code == 200
    assert browser.get("/sign-in?next=/settings").headers["location"] == "/settings"
    assert server.trail() == [("viewer@example.com", "signed-in", "viewer@example.com")]


def test_what_is_kept_of_a_session_opens_nothing(server: Served) -> None:
    server.with_password(Role.VIEWER, PASSWORD)
    browser = server.anybody()
    sign_in(browser)
    token = browser.cookies["troth-session"]
    office = (server.live.folder / "office.sqlite").read_bytes() + (
        server.live.folder / "office.sqlite-wal"
    ).read_bytes()
    assert token.encode() not in office
    assert PASSWORD.encode() not in office


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("viewer@example.com", "wrong password"), ("nobody@example.com", PASSWORD), ("", ""),
        ("viewer@example.com", ""), ("' OR 1=1 --", "' OR 1=1 --"), ("x" * 10_000, "y" * 40_000),
        ("viewer@example.com\x00", PASSWORD), ("<script>alert(1)</script>", "x"),
    ],
)  # fmt: skip
def test_what_does_not_belong_together_says_no_more_than_that(
    server: Served, email: str, password: str
) -> None:
    server.with_password(Role.VIEWER, PASSWORD)
    answer = send(server.anybody(), "/sign-in", {"email": email, "password": password})
    assert answer.status_code == 401
    assert "do not belong together" in answer.text
    assert "<script>alert" not in answer.text
    assert "troth-session" not in answer.headers.get("set-cookie", "")


def test_who_is_disabled_or_has_no_password_is_told_the_same(server: Served) -> None:
    off = server.with_password(Role.VIEWER, PASSWORD)
    with server.live.office.transaction() as connection:
        accounts.change(connection, off.id, disabled_ms=1)
    server.account(Role.ANALYST)
    answers = [
        send(server.anybody(), "/sign-in", {"email": email, "password": PASSWORD})
        for email in ("viewer@example.com", "analyst@example.com", "nobody@example.com")
    ]
    assert {answer.status_code for answer in answers} == {401}
    bodies = {
        answer.text.replace(email, "").replace(page_token(server.anybody(), "/sign-in"), "")[:400]
        for answer, email in zip(answers, ("viewer@", "analyst@", "nobody@"), strict=True)
    }
    assert len(bodies) == 1


def test_a_session_that_was_planted_is_not_taken_up(server: Served) -> None:
    server.with_password(Role.VIEWER, PASSWORD)
    browser = server.anybody()
    browser.cookies.set("troth-session", "planted-by-somebody-else")
    token = page_token(browser, "/sign-in")
    fields = {"form_token": token, "email": "viewer@example.com", "password": PASSWORD}
    answer = browser.post("/sign-in", data=fields)
    assert answer.status_code == 303
    assert "planted" not in answer.headers["set-cookie"]
    attacker = server.anybody()
    attacker.cookies.set("troth-session", "planted-by-somebody-else")
    assert attacker.get("/overview").status_code == 303


def test_signing_in_again_ends_the_session_before(server: Served) -> None:
    server.with_password(Role.VIEWER, PASSWORD)
    other = server.signed_in(Role.VIEWER)
    token = other.headers["X-Form-Token"]
    old = other.cookies["troth-session"]
    fields = {"form_token": token, "email": "viewer@example.com", "password": PASSWORD}
    assert other.post("/sign-in", data=fields).status_code == 303
    late = server.anybody()
    late.cookies.set("troth-session", old)
    assert late.get("/overview").status_code == 303


def test_signing_out_ends_the_session_for_good(server: Served) -> None:
    browser = server.signed_in(Role.VIEWER)
    kept = browser.cookies["troth-session"]
    answer = browser.post("/sign-out", data={"form_token": browser.headers["X-Form-Token"]})
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    assert "Max-Age=0" in answer.headers["set-cookie"]
    thief = server.anybody()
    thief.cookies.set("troth-session", kept)
    assert thief.get("/overview").status_code == 303
    assert server.trail()[-1][1] == "signed-out"


def test_a_session_ends_when_it_is_not_used_and_when_it_is_old(server: Served) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        idle, busy = server.signed_in(Role.VIEWER), server.signed_in(Role.VIEWER)
        clock.shift(IDLE_MS / 1000 - 1)
        assert busy.get("/api/v1/overview").status_code == 200
        clock.shift(1)
        assert idle.get("/api/v1/overview").status_code == 401
        for _time in range(LONGEST_MS // (IDLE_MS // 2)):
            clock.shift(IDLE_MS / 2000)
            last = busy.get("/api/v1/overview").status_code
        assert last == 401


def test_guessing_is_stopped_and_the_right_password_waits_too(server: Served) -> None:
    server.with_password(Role.VIEWER, PASSWORD)
    with time_machine.travel(NOW, tick=False) as clock:
        browser = server.anybody()
        codes = [sign_in(browser, f"guess {n}").status_code for n in range(8)]
        assert codes == [401, 401, 401, 401, 401, 429, 429, 429]
        refused = sign_in(browser)
        assert (refused.status_code, refused.headers["retry-after"]) == (429, "60")
        clock.shift(61)
        assert sign_in(browser).status_code == 303
        assert [line[1] for line in server.trail()].count("locked-out") == 1


def test_an_account_that_is_not_there_is_locked_just_so(server: Served) -> None:
    with time_machine.travel(NOW, tick=False):
        browser = server.anybody()
        fields = {"email": "nobody@example.com", "password": "x"}
        codes = [send(browser, "/sign-in", fields).status_code for _time in range(7)]
    assert codes == [401, 401, 401, 401, 401, 429, 429]


def test_an_address_that_tries_many_accounts_is_stopped(server: Served) -> None:
    with time_machine.travel(NOW, tick=False):
        browser = server.anybody()
        codes = [
            send(browser, "/sign-in", {"email": f"a{n}@example.com", "password": "x"}).status_code
            for n in range(22)
        ]
    assert codes == [401] * 20 + [429] * 2


def test_many_guesses_at_once_are_counted_like_many_in_a_row(server: Served) -> None:
    server.with_password(Role.VIEWER, PASSWORD)
    browser = server.anybody()
    fields = {"form_token": page_token(browser, "/sign-in"), "email": "viewer@example.com"}
    transport = httpx2.ASGITransport(app=server.app)

    async def guess_at_once() -> list[int]:
        async with httpx2.AsyncClient(
            transport=transport, base_url=str(browser.base_url), cookies=dict(browser.cookies)
        ) as client:
            guesses = ({**fields, "password": f"guess {n}"} for n in range(16))
            answers = await asyncio.gather(*(client.post("/sign-in", data=one) for one in guesses))
            return [answer.status_code for answer in answers]

    with ThreadPoolExecutor(1) as apart:  # a test in a browser may have left a loop running in this thread
        codes = apart.submit(asyncio.run, guess_at_once()).result()
    assert codes.count(401) == 5
    assert codes.count(429) == 11


def test_a_password_kept_at_other_costs_is_kept_anew(server: Served) -> None:
    who = server.with_password(Role.VIEWER, PASSWORD)
    server.access.passwords = Passwords(2, 16, 1)
    assert sign_in(server.anybody()).status_code == 303
    with server.live.office.transaction() as connection:
        kept = accounts.password_hash(connection, who.id)
    assert kept is not None
    assert "m=16,t=2,p=1" in kept
    assert sign_in(server.anybody()).status_code == 303
