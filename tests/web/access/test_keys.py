import datetime as dt
import re

import pytest
import time_machine
from sqlalchemy import event
from tests.support.serving import Served, send

from troth.web.access import accounts, keyring, keys
from troth.web.access.rights import Right, Role

NOW = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)
API = "/api/v1/settings/keys"


def made(server: Served, **more: object) -> tuple[dict[str, object], str]:
    body = {"name": "importer", "scopes": ["see"], "days": 2, **more}
    answer = server.signed_in().post(f"{API}/make", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()["key"], answer.json()["secret"]


def asks(server: Served, secret: str, path: str = "/api/v1/overview") -> int:
    return server.anybody().get(path, headers={"Authorization": f"Bearer {secret}"}).status_code


def test_a_key_is_shown_once_and_kept_as_a_digest(server: Served) -> None:
    key, secret = made(server)
    assert secret.startswith(str(key["prefix"]))
    assert len(secret) == len("troth_") + 43
    assert secret not in server.signed_in().get(API).text
    files = [path.read_bytes() for path in server.live.folder.glob("office.sqlite*")]
    assert not any(secret[15:].encode() in content for content in files)
    assert asks(server, secret) == 200


def test_a_key_ends_by_its_time_by_being_revoked_and_with_its_account(server: Served) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        _key, secret = made(server)
        clock.shift(2 * 86_400 - 1)
        assert asks(server, secret) == 200
        clock.shift(1)
        assert asks(server, secret) == 401
        key, secret = made(server)
        assert asks(server, secret) == 200
        assert server.signed_in().post(f"{API}/revoke", json={"id": key["id"]}).status_code == 200
        assert asks(server, secret) == 401
        _key, secret = made(server)
        assert asks(server, secret) == 200
        who = server.account()
        with server.live.office.transaction() as connection:
            accounts.change(connection, who.id, disabled_ms=1)
        server.access.ring.forget()
        assert asks(server, secret) == 401
    assert [line[1:] for line in server.trail() if "key" in line[1]] == [
        ("key-made", "importer"), ("key-made", "importer"), ("key-revoked", "importer"),
        ("key-made", "importer"),
    ]  # fmt: skip


def test_a_key_is_not_revoked_by_one_click(server: Served) -> None:
    key, secret = made(server)
    admin = server.signed_in()
    page = admin.get("/settings/keys").text
    [asked] = re.findall(r'<details class="asking">.*?</details>', page, re.DOTALL)
    assert page.count('action="/settings/keys/revoke"') == asked.count('action="/settings/keys/revoke"') == 1
    assert "Programs that use this key are refused from then on." in asked
    send(admin, "/settings/keys", {"id": str(key["id"])}, "/settings/keys/revoke")
    assert asks(server, secret) == 401


def test_a_key_may_do_what_it_says_and_no_more_than_its_account(server: Served) -> None:
    _key, secret = made(server, scopes=["see", "see-people", "administer"])
    assert asks(server, secret, "/api/v1/settings/trail") == 200
    who = server.account()
    server.account(Role.ADMIN, "second@example.com")
    with server.live.office.transaction() as connection:
        accounts.change(connection, who.id, role="viewer")
    server.access.ring.forget()
    assert asks(server, secret, "/api/v1/settings/trail") == 403
    assert asks(server, secret, "/api/v1/customers") == 403
    assert asks(server, secret) == 200


def test_a_key_makes_no_key_that_may_more(server: Served) -> None:
    client = server.with_key(Right.ADMINISTER)
    answer = client.post(f"{API}/make", json={"name": "k", "scopes": ["see"], "days": 1})
    assert (answer.status_code, answer.json()["error"]["allowed"]) == (422, ["administer"])
    viewer = server.signed_in(Role.VIEWER)
    assert viewer.post(f"{API}/make", json={"name": "k", "scopes": ["see"]}).status_code == 403


def test_what_is_no_key_is_refused(server: Served) -> None:
    client = server.signed_in()
    for wrong in (
        {"name": ""}, {"name": "x" * 300}, {"scopes": []}, {"scopes": ["king"]}, {"scopes": "see king"},
        {"days": 0}, {"days": 731}, {"days": "many"}, {"scopes": ["see"] * 50},
    ):  # fmt: skip
        body = {"name": "k", "scopes": ["see"], "days": 1, **wrong}
        assert client.post(f"{API}/make", json=body).status_code == 422, wrong
    for wrong_id in (0, -1, 10**30, "x", None, 999):
        assert client.post(f"{API}/revoke", json={"id": wrong_id}).status_code in {404, 422}


def test_the_last_use_is_written_once_a_minute(server: Served) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        key, secret = made(server)
        writes: list[str] = []
        event.listen(
            server.live.office.engine,
            "before_cursor_execute",
            lambda _c, _cursor, statement, *_: writes.append(statement) if "UPDATE" in statement else None,
        )
        for _time in range(5):
            server.access.ring.forget()
            assert asks(server, secret) == 200
        assert len(writes) == 1
        clock.shift(60)
        server.access.ring.forget()
        assert asks(server, secret) == 200
        assert len(writes) == 2
        with server.live.office.transaction() as connection:
            used = keys.by_id(connection, int(str(key["id"]))).last_used_ms
    assert used == int(NOW.timestamp() + 60) * 1000


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def ring_of(server: Served) -> tuple[keyring.KeyRing, Clock]:
    clock = Clock()
    return keyring.KeyRing(server.live.office, server.live.now_ms, clock), clock


def test_a_key_is_looked_up_again_after_a_moment(server: Served) -> None:
    _key, secret = made(server)
    ring, clock = ring_of(server)
    assert ring.remembered(secret) is None
    assert ring.find(secret) is not None
    assert ring.remembered(secret) is not None
    clock.now += keyring.HOLDS_SECONDS
    assert [ring.remembered(secret) for _request in range(2)] == [None, None]


def test_of_many_requests_one_looks_the_key_up_anew_in_good_time(
    server: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    _key, secret = made(server)
    ring, clock = ring_of(server)
    assert ring.find(secret) is not None
    clock.now += keyring.RENEWED_SECONDS
    assert [ring.remembered(secret) is None for _request in range(3)] == [True, False, False]
    assert ring.find(secret) is not None
    assert ring.remembered(secret) is not None
    clock.now += keyring.RENEWED_SECONDS
    assert ring.remembered(secret) is None
    with monkeypatch.context() as broken:
        broken.setattr(keys, "find", None)
        with pytest.raises(TypeError):
            ring.find(secret)
    assert ring.remembered(secret) is None  # whoever failed looks no longer: the next one does
    with server.live.office.transaction() as connection:
        keys.revoke(connection, keys.everything(connection)[0].id, server.live.now_ms())
    assert ring.find(secret) is None
    assert ring.remembered(secret) is None  # what does not hold any more is not remembered for the others
