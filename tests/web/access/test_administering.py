import pytest
from tests.support.serving import Served, send

from troth.web.access import accounts
from troth.web.access.rights import Role

API = "/api/v1/settings/people"
EVIL = "'; DROP TABLE account; -- <script>alert(1)</script> {{ 7*7 }} %(x)s"


def test_an_administrator_invites_by_a_form(server: Served) -> None:
    admin = server.signed_in()
    fields = {"email": "New@Example.com", "name": "New", "role": "analyst"}
    answer = send(admin, "/settings/people", fields, "/settings/people/invite")
    assert (answer.status_code, answer.headers["location"]) == (303, "/settings/people")
    page = admin.get("/settings/people").text
    assert "new@example.com was invited." in page
    assert "/invitation/" in page
    assert "/invitation/" not in admin.get("/settings/people").text  # it is told once
    assert server.trail() == [
        ("admin@example.com", "account-made", "new@example.com"),
        ("admin@example.com", "link-made", "new@example.com"),
    ]


def test_what_cannot_be_done_is_told_on_the_page(server: Served) -> None:
    admin = server.signed_in()
    fields = {"email": "admin@example.com", "role": "viewer"}
    answer = send(admin, "/settings/people", fields, "/settings/people/invite")
    assert answer.headers["location"] == "/settings/people"
    assert "There is an account of that address." in admin.get("/settings/people").text


def test_a_role_holds_from_the_next_request_on(server: Served) -> None:
    admin, worker = server.signed_in(), server.signed_in(Role.VIEWER)
    assert worker.get("/api/v1/customers").status_code == 403
    who = server.account(Role.VIEWER)
    assert admin.post(f"{API}/role", json={"id": who.id, "role": "case-worker"}).status_code == 200
    assert worker.get("/api/v1/customers").status_code == 200


def test_who_is_disabled_is_out_at_once_and_in_again_when_enabled(server: Served) -> None:
    admin, worker = server.signed_in(), server.signed_in(Role.VIEWER)
    program = server.with_key(role=Role.VIEWER)
    who = server.account(Role.VIEWER)
    assert program.get("/api/v1/overview").status_code == 200
    assert admin.post(f"{API}/disable", json={"id": who.id}).json()["disabled"] is True
    assert worker.get("/api/v1/overview").status_code == 401
    assert program.get("/api/v1/overview").status_code == 401
    assert admin.post(f"{API}/enable", json={"id": who.id}).json()["disabled"] is False
    assert program.get("/api/v1/overview").status_code == 200
    assert worker.get("/api/v1/overview").status_code == 401


def test_the_last_administrator_stays_one(server: Served) -> None:
    admin, me = server.signed_in(), server.account()
    server.account(Role.ADMIN, "invited-not-come@example.com")
    for path, more in (("role", {"role": "viewer"}), ("disable", {})):
        answer = admin.post(f"{API}/{path}", json={"id": me.id, **more})
        assert (answer.status_code, answer.json()["error"]["code"]) == (409, "last-admin")
    server.signed_in(Role.ADMIN, "second@example.com")
    assert admin.post(f"{API}/role", json={"id": me.id, "role": "viewer"}).status_code == 200
    assert admin.get("/settings/people").status_code == 403


@pytest.mark.parametrize("role", [Role.VIEWER, Role.CASE_WORKER, Role.ANALYST])
def test_nobody_else_administers(server: Served, role: Role) -> None:
    client, me = server.signed_in(role), server.account(role)
    for path in ("people", "keys", "trail"):
        assert client.get(f"/settings/{path}").status_code == 403
        assert client.get(f"/api/v1/settings/{path}").status_code == 403
    for path in ("role", "disable", "enable", "link", "invite"):
        body = {"id": me.id, "role": "admin", "email": "a@b"}
        assert client.post(f"{API}/{path}", json=body).status_code == 403
    with server.live.office.transaction() as connection:
        assert accounts.by_id(connection, me.id).role is role


def test_sql_and_html_in_every_field_are_shown_and_never_run(server: Served) -> None:
    admin = server.signed_in()
    address = "o'hara<script>alert(1)</script>@example.com"
    made = admin.post(f"{API}/invite", json={"email": address, "name": EVIL, "role": "viewer"})
    assert made.status_code == 200
    token = admin.headers["X-Form-Token"]
    admin.post("/settings/account", data={"form_token": token, "name": EVIL, "language": ""})
    admin.post("/settings/keys/make", data={"form_token": token, "name": EVIL, "scopes": "see", "days": "1"})
    paths = (
        "/settings",
        "/settings/people",
        "/settings/keys",
        "/settings/trail",
        f"/settings/trail?actor={EVIL}",
    )
    for path in paths:
        page = admin.get(path)
        assert page.status_code == 200, path
        assert "<script>alert" not in page.text, path
        assert "49 %" not in page.text
    assert "&lt;script&gt;alert(1)" in admin.get("/settings/people").text
    for wrong in ({"email": EVIL}, {"role": EVIL}):
        body = {"email": "a@b", "role": "viewer", **wrong}
        assert admin.post(f"{API}/invite", json=body).status_code == 422
    assert admin.get(f"/settings/trail?action={EVIL}").status_code == 422
    with server.live.office.transaction() as connection:
        assert len(accounts.everyone(connection)) == 2
