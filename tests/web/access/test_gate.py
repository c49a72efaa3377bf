from tests.support.serving import Served

from troth.web.access.rights import Right, Role


def test_nobody_is_sent_to_sign_in_and_on_from_there(server: Served) -> None:
    answer = server.anybody().get("/overview?segment=country%3DNL&page=2")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=/overview%3Fsegment%3Dcountry%253DNL%26page%3D2"
    assert server.anybody().get("/").headers["location"] == "/sign-in"


def test_the_api_tells_nobody_anything(server: Served) -> None:
    for path in ("/api/v1/overview", "/api/v1/openapi.json", "/api/v1/nowhere", "/api/"):
        answer = server.anybody().get(path)
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
        assert answer.json()["error"]["code"] == "not-signed-in"


def test_only_who_may_be_shown_a_form_gets_a_cookie(server: Served) -> None:
    for path in ("/healthz", "/readyz", "/metrics", "/api/v1/overview"):
        assert "set-cookie" not in server.anybody().get(path).headers, path
    assert "troth-visit=" in server.anybody().get("/sign-in").headers["set-cookie"]


def test_somebody_signed_in_gets_pages_and_twins(server: Served) -> None:
    client = server.signed_in(Role.VIEWER)
    assert client.get("/overview").status_code == 200
    assert client.get("/api/v1/overview").status_code == 200


def test_a_key_gets_twins_as_far_as_its_scopes_go(server: Served) -> None:
    assert server.with_key(Right.SEE).get("/api/v1/overview").status_code == 200
    answer = server.with_key(Right.SEND_RECORDS).get("/api/v1/overview")
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "not-allowed")


def test_a_key_that_is_none_lets_nobody_in_not_even_with_a_session(server: Served) -> None:
    client = server.signed_in()
    for key in ("", "x", "troth_", "troth_" + "a" * 43, "ä", "' OR 1=1 --", "a" * 10_000):
        answer = client.get("/api/v1/overview", headers={"Authorization": b"Bearer " + key.encode()})
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "key-invalid")


def test_a_session_that_is_none_lets_nobody_in(server: Served) -> None:
    for token in ("x", "' OR 1=1 --", "a" * 4_000, "%00", "ä"):
        headers = {"Cookie": f"troth-session={token}".encode()}
        assert server.anybody().get("/overview", headers=headers).status_code == 303


def test_an_address_that_is_not_there_is_told_to_those_who_are_in_only(server: Served) -> None:
    assert server.anybody().get("/nowhere").status_code == 303
    assert server.signed_in().get("/nowhere").status_code == 404
