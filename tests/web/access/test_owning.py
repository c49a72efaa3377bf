from tests.support.serving import Served, send

from troth.web.access import accounts, sessions
from troth.web.access.rights import Role

PASSWORD, NEW = "ferry lantern 7 oboe", "another oboe on 3 ferries"
API = "/api/v1/settings"


def test_a_changed_password_ends_the_other_sessions_and_not_this_one(server: Served) -> None:
    server.with_password(Role.VIEWER, PASSWORD)
    mine, other = server.signed_in(Role.VIEWER), server.signed_in(Role.VIEWER)
    stranger = server.signed_in(Role.ANALYST)
    fields = {"current": PASSWORD, "password": NEW}
    assert send(mine, "/settings", fields, "/settings/password").headers["location"] == "/settings"
    page = mine.get("/settings").text
    assert "Your password was changed." in page
    assert "1 session was ended." in page
    assert other.get("/overview").status_code == 303
    assert stranger.get("/overview").status_code == 200
    again = {"email": "viewer@example.com", "password": NEW}
    assert send(server.anybody(), "/sign-in", again).status_code == 303


def test_a_password_is_not_changed_without_the_current_one(server: Served) -> None:
    who = server.with_password(Role.VIEWER, PASSWORD)
    client = server.signed_in(Role.VIEWER)
    answers = [
        client.post(f"{API}/password", json={"current": f"guess {n}", "password": NEW}) for n in range(7)
    ]
    codes = [answer.json()["error"]["code"] for answer in answers]
    assert codes == ["password-wrong"] * 5 + ["too-many"] * 2
    with server.live.office.transaction() as connection:
        kept = accounts.password_hash(connection, who.id)
    assert server.access.passwords.fits(PASSWORD, kept)


def test_a_weak_or_the_same_password_is_refused(server: Served) -> None:
    server.with_password(Role.VIEWER, PASSWORD)
    client = server.signed_in(Role.VIEWER)
    for weak in ("short", "passwordpassword", PASSWORD):
        answer = client.post(f"{API}/password", json={"current": PASSWORD, "password": weak})
        assert answer.json()["error"]["code"] == "password-weak", weak


def test_own_sessions_are_listed_and_ended_and_no_others(server: Served) -> None:
    mine, other, stranger = (server.signed_in(role) for role in (Role.VIEWER, Role.VIEWER, Role.ADMIN))
    listed = mine.get(API).json()["sessions"]
    assert [one["this"] for one in listed].count(True) == 1
    assert len(listed) == 2
    [foreign] = stranger.get(API).json()["sessions"]
    assert mine.post(f"{API}/session/end", json={"id": foreign["id"]}).status_code == 422
    assert stranger.get("/overview").status_code == 200
    [theirs] = [one["id"] for one in listed if not one["this"]]
    assert mine.post(f"{API}/session/end", json={"id": theirs}).status_code == 200
    assert other.get("/overview").status_code == 303
    assert server.trail()[-1][1] == "session-ended"


def test_of_one_account_only_so_many_sessions_are_open(server: Served) -> None:
    first, who = server.signed_in(Role.VIEWER), server.account(Role.VIEWER)
    with server.live.office.transaction() as connection:
        for _time in range(sessions.MOST):
            sessions.start(connection, who, "", "", server.live.now_ms() + 1)
        assert sessions.count(connection) == sessions.MOST
    assert first.get("/overview").status_code == 303


def test_a_program_has_no_account_of_its_own(server: Served) -> None:
    program = server.with_key()
    assert program.get(API).status_code == 403
    for path, body in (("account", {"name": "x"}), ("password", {"password": NEW}), ("sessions/end", {})):
        assert program.post(f"{API}/{path}", json=body).status_code == 403, path
