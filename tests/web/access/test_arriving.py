import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import time_machine
from tests.support.serving import Served, page_token, send

from troth.web.access import accounts, administering, links
from troth.web.access.first import HOLDS_MS, first_link
from troth.web.access.rights import Role

PASSWORD = "ferry lantern 7 oboe"  # noqa: S105 - of a test
NOW = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)
ME = {"email": "Owner@Example.com", "name": "The owner", "password": PASSWORD}


def link(server: Served) -> str:
    found = first_link(server.live.office, "http://localhost:8765", server.live.now_ms())
    assert found is not None
    return urlsplit(found).path


def test_the_first_link_makes_an_administrator_once(server: Served) -> None:
    path = link(server)
    assert "There is no administrator yet" in server.anybody().get("/sign-in").text
    browser = server.anybody()
    assert browser.get(path).status_code == browser.get(path).status_code == 200
    assert send(browser, path, ME).headers["location"] == "/"
    assert browser.get("/settings/people").status_code == 200
    assert server.anybody().get(path).status_code == 404
    assert first_link(server.live.office, "", server.live.now_ms()) is None
    assert server.trail() == [
        ("owner@example.com", "account-made", "owner@example.com"),
        ("owner@example.com", "signed-in", "owner@example.com"),
    ]


def test_a_new_first_link_takes_the_place_of_the_one_before(server: Served) -> None:
    old, new = link(server), link(server)
    assert server.anybody().get(old).status_code == 404
    assert server.anybody().get(new).status_code == 200


def test_the_first_link_ends_after_a_day(server: Served) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        path = link(server)
        clock.shift(HOLDS_MS / 1000 - 1)
        assert server.anybody().get(path).status_code == 200
        clock.shift(1)
        assert server.anybody().get(path).status_code == 404


def test_a_guessed_link_opens_nothing(server: Served) -> None:
    link(server)
    for path in ("/first/x", "/first/" + "a" * 43, "/first/'--", "/invitation/x", "/first/%00", "/first/ä"):
        answer = server.anybody().get(path)
        assert (answer.status_code, "link-invalid" in answer.text) == (404, True), path


def test_of_many_who_use_the_first_link_at_once_one_gets_in(server: Served) -> None:
    path = link(server)
    browsers = []
    for n in range(6):
        browser = server.anybody()
        fields = {**ME, "email": f"owner{n}@example.com", "form_token": page_token(browser, path)}
        browsers.append((browser, fields))
    with ThreadPoolExecutor(6) as pool:
        codes = list(pool.map(lambda one: one[0].post(path, data=one[1]).status_code, browsers))
    assert sorted(codes) == [303, 404, 404, 404, 404, 404]
    with server.live.office.transaction() as connection:
        assert len(accounts.everyone(connection)) == 1


def test_a_weak_password_is_told_and_uses_nothing_up(server: Served) -> None:
    path, browser = link(server), server.anybody()
    for wrong in ({"password": "short"}, {"email": "nobody"}, {"name": " "}):
        answer = send(browser, path, ME | wrong)
        assert (answer.status_code, 'role="alert"' in answer.text) == (422, True), wrong
        assert PASSWORD not in answer.text
    assert send(browser, path, ME).status_code == 303


def invited(server: Served, role: Role = Role.CASE_WORKER) -> tuple[accounts.Account, str]:
    with server.live.office.transaction() as connection:
        who, token = administering.invite(
            connection, "admin@example.com", "new@example.com", "New", role, server.live.now_ms()
        )
    return who, f"/invitation/{token}"


def test_an_invitation_lets_its_owner_in_as_what_they_were_invited(server: Served) -> None:
    server.account(Role.ADMIN)
    _who, path = invited(server)
    browser = server.anybody()
    assert 'value="new@example.com"' in browser.get(path).text
    sent = {"email": "other@example.com", "name": "Somebody", "password": PASSWORD}
    assert send(browser, path, sent).status_code == 303
    assert browser.get("/customers").status_code == 200
    assert browser.get("/settings/people").status_code == 403
    assert server.anybody().get(path).status_code == 404
    with server.live.office.transaction() as connection:
        assert [who.email for who in accounts.everyone(connection)] == [
            "admin@example.com", "new@example.com",
        ]  # fmt: skip


def test_a_link_of_before_does_not_hold_nor_does_one_of_the_disabled(server: Served) -> None:
    admin = server.with_password(Role.ADMIN, PASSWORD)
    who, old = invited(server)
    with server.live.office.transaction() as connection:
        token = administering.link(connection, admin.email, who.id, server.live.now_ms())
    assert server.anybody().get(old).status_code == 404
    assert server.anybody().get(f"/invitation/{token}").status_code == 200
    with server.live.office.transaction() as connection:
        administering.disable(connection, admin.email, who.id, server.live.now_ms())
    assert server.anybody().get(f"/invitation/{token}").status_code == 404


def test_a_link_ends_after_a_week(server: Served) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        _who, path = invited(server)
        clock.shift(links.HOLDS_MS / 1000)
        assert server.anybody().get(path).status_code == 404


def test_a_password_chosen_anew_ends_all_sessions(server: Served) -> None:
    who = server.with_password(Role.VIEWER, PASSWORD)
    thief = server.signed_in(Role.VIEWER)
    with server.live.office.transaction() as connection:
        token = administering.link(connection, "admin@example.com", who.id, server.live.now_ms())
    fields = {"name": "Viewer", "password": "another oboe on 3 ferries"}
    assert send(server.anybody(), f"/invitation/{token}", fields).status_code == 303
    assert thief.get("/overview").status_code == 303
