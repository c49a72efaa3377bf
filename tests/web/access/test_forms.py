import pytest
from starlette.routing import Route
from tests.support.serving import Served, page_token

from troth.web.access.forms import MOST_BYTES, safe_next
from troth.web.access.gate import SIGNED_UNDER
from troth.web.access.rights import Right


@pytest.mark.parametrize("own", ["/", "/overview", "/overview?segment=a%3Db&page=2", "/customers/a~1b"])
def test_one_goes_on_within_the_server(own: str) -> None:
    assert safe_next(own) == own


@pytest.mark.parametrize(
    "foreign",
    [
        "", "overview", "//evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example",
        "/\n/evil.example", "https://evil.example", "javascript:alert(1)", "///evil.example", "/%0a" + "ä",
        "/sign-out", "/sign-in?next=/", "/api/v1/overview", "http:/evil.example", " /overview", "/" * 3_000,
        "/\u2028/evil.example",
    ],
)  # fmt: skip
def test_and_never_anywhere_else(foreign: str) -> None:
    assert safe_next(foreign) == "/"


def test_the_page_to_sign_in_at_hands_on_no_foreign_address(server: Served) -> None:
    page = server.anybody().get("/sign-in?next=//evil.example/%3Cscript%3E").text
    assert 'name="next" value="/"' in page
    assert "<script>" not in page
    assert server.signed_in().get("/sign-in?next=//evil.example").headers["location"] == "/"


def test_every_form_refuses_what_no_page_of_ours_has_sent(server: Served) -> None:
    """All routes that take a form: none may be forgotten."""
    client = server.signed_in()
    del client.headers["X-Form-Token"]
    routes = [
        route
        for route in server.app.routes
        if isinstance(route, Route)
        and "POST" in (route.methods or ())
        and not route.path.startswith(SIGNED_UNDER)
    ]
    assert len(routes) > 15
    for route in routes:
        path = route.path.replace(":path", "").replace("{", "").replace("}", "")
        for token in ("", "0" * 64):
            answer = client.post(path, data={"form_token": token}, headers={"X-Form-Token": token})
            assert answer.status_code == 403, path
            assert "form-expired" in answer.text, path


def test_what_comes_from_another_site_is_refused_even_with_the_token(server: Served) -> None:
    client = server.signed_in()
    form = {"form_token": client.headers["X-Form-Token"], "name": "x", "language": "de"}
    foreign = [
        {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"}, {"Sec-Fetch-Site": "none"}, {"Origin": "http://localhost:8766"},
        {"Origin": "http://localhost:8765", "Sec-Fetch-Site": "cross-site"},
    ]  # fmt: skip
    for headers in foreign:
        for path in ("/settings/account", "/api/v1/settings/account"):
            answer = client.post(path, data=form, headers=headers)
            assert (answer.status_code, "form-foreign" in answer.text) == (403, True), headers
    own = {"Origin": "http://localhost:8765", "Sec-Fetch-Site": "same-origin"}
    assert client.post("/settings/account", data=form, headers=own).status_code == 303


def test_a_token_is_of_one_session_only(server: Served) -> None:
    mine, theirs = server.signed_in(), server.signed_in()
    form = {"form_token": theirs.headers["X-Form-Token"], "name": "x"}
    assert mine.post("/settings/account", data=form).status_code == 403
    form = {"form_token": page_token(server.anybody(), "/sign-in"), "email": "x", "password": "y"}
    assert server.anybody().post("/sign-in", data=form).status_code == 403


def test_a_program_needs_no_token_and_a_browser_does(server: Served) -> None:
    body = {"name": "k", "scopes": ["see"], "days": 1}
    path = "/api/v1/settings/keys/make"
    assert server.with_key().post(path, json=body).status_code == 200
    browser = server.signed_in()
    assert browser.post(path, json=body).status_code == 200
    del browser.headers["X-Form-Token"]
    assert browser.post(path, json=body).json()["error"]["code"] == "form-expired"


def test_a_key_sends_no_forms(server: Served) -> None:
    client = server.with_key(Right.ADMINISTER, Right.SEE)
    answer = client.post("/settings/keys/make", data={"name": "k", "scopes": "see", "days": "1"})
    assert answer.status_code == 403


def test_a_form_is_small_and_a_form(server: Served) -> None:
    client = server.anybody()
    token = page_token(client, "/sign-in")
    large = client.post("/sign-in", data={"form_token": token, "email": "x" * MOST_BYTES})
    assert large.status_code == 413
    chunked = client.post(
        "/sign-in",
        content=(b"x" * 10_000 for _part in range(10)),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert chunked.status_code == 413
    assert client.post("/sign-in", json={"form_token": token}).status_code == 422
    many = client.post(
        "/sign-in", content="&".join(f"a{n}=1" for n in range(200)),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )  # fmt: skip
    assert many.status_code == 422
    broken = client.post(
        "/sign-in", content=b"form_token=%ff%fe",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )  # fmt: skip
    assert broken.status_code == 422
