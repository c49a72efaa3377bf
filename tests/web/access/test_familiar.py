"""Nobody keeps an account's owner waiting for ever by guessing: their own browser is counted by itself."""

import time_machine
from starlette.testclient import TestClient
from tests.support.serving import Served, send
from tests.web.access.test_signing import NOW, PASSWORD, sign_in

from troth.web.access.rights import Role

COOKIE = "troth-familiar"


def owner(server: Served) -> TestClient:
    """A browser that the owner has signed in and out with."""
    server.with_password(Role.VIEWER, PASSWORD)
    browser = server.anybody()
    assert sign_in(browser).status_code == 303
    browser.cookies.delete("troth-session")
    return browser


def test_strangers_make_only_strangers_wait(server: Served) -> None:
    with time_machine.travel(NOW, tick=False):
        own, stranger = owner(server), server.anybody()
        assert [sign_in(stranger, f"guess {n}").status_code for n in range(7)][-2:] == [429, 429]
        assert sign_in(stranger).status_code == 429, "also with the right password"
        assert sign_in(own).status_code == 303
        assert sign_in(stranger).status_code == 429, "that their owner got in helps no stranger"


def test_a_familiar_browser_guesses_no_more_than_others(server: Served) -> None:
    with time_machine.travel(NOW, tick=False):
        own = owner(server)
        assert [sign_in(own, f"guess {n}").status_code for n in range(7)] == [401] * 5 + [429] * 2
        assert sign_in(server.anybody()).status_code == 303, "others are not kept waiting by it"


def test_the_cookie_is_of_one_account_and_one_password(server: Served) -> None:
    with time_machine.travel(NOW, tick=False):
        own = owner(server)
        value = own.cookies[COOKIE]
        for other in (
            "",
            "x",
            value[:-1] + ("0" if value[-1] != "0" else "1"),
            "a." + value,
            "." * 300,
        ):
            stranger = server.anybody()
            stranger.headers["Cookie"] = f"{COOKIE}={other}"  # no token of a form: it is only read
            assert stranger.get("/sign-in").status_code == 200
        server.with_password(Role.ANALYST, PASSWORD)
        fields = {"email": "analyst@example.com", "password": "guess"}
        codes = [send(own, "/sign-in", fields).status_code for _time in range(7)]
        assert codes[-1] == 429
        assert send(server.anybody(), "/sign-in", fields).status_code == 429, "counted like any stranger"
        server.with_password(Role.VIEWER, PASSWORD + " anew")
        again = server.anybody()
        again.cookies.set(COOKIE, value)
        [sign_in(server.anybody(), f"guess {n}") for n in range(7)]
        assert sign_in(again, PASSWORD + " anew").status_code == 429, "the password was changed"


def test_the_cookie_is_for_no_script(server: Served) -> None:
    server.with_password(Role.VIEWER, PASSWORD)
    [line] = [
        line for line in sign_in(server.anybody()).headers.get_list("set-cookie") if line.startswith(COOKIE)
    ]
    assert "HttpOnly" in line
    assert "SameSite=Lax" in line
