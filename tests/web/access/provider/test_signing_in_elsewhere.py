from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from httpx2 import Response
from joserfc.jwk import RSAKey
from starlette.testclient import TestClient
from structlog.testing import capture_logs
from tests.support.provider import CLIENT, SECRET, Provider, running
from tests.support.serving import Served, served, shop

from troth.web.access import accounts
from troth.web.access.rights import Role
from troth.web.access.settings import AccessSettings


@pytest.fixture(scope="module")
def shared() -> Iterator[Provider]:
    with running() as found:
        yield found


@pytest.fixture
def provider(shared: Provider) -> Provider:
    shared.claims, shared.keys, shared.algorithm, shared.names_itself_as = {}, [], "RS256", ""
    return shared


def settings(provider: Provider, **more: str) -> AccessSettings:
    return AccessSettings.read(
        {
            "TROTH_OIDC_ISSUER": provider.issuer,
            "TROTH_OIDC_CLIENT_ID": CLIENT,
            "TROTH_OIDC_CLIENT_SECRET": SECRET,
            **{f"TROTH_OIDC_{name}": value for name, value in more.items()},
        }
    )


@pytest.fixture
def here(provider: Provider, tmp_path: Path) -> Iterator[Served]:
    with served(shop(tmp_path), settings(provider, NEW_ROLE="viewer")) as server:
        yield server


def there(browser: TestClient, address: str = "/sign-in/provider?next=/overview") -> str:
    """Go to the provider and sign in there; where it sends the browser back to."""
    answer = browser.get(address)
    assert answer.status_code == 303, answer.text
    back = httpx2.get(answer.headers["location"]).headers["location"]
    return back.removeprefix("http://localhost:8765")


def through(browser: TestClient) -> Response:
    return browser.get(there(browser))


def test_a_person_of_the_company_comes_in(here: Served) -> None:
    assert "/sign-in/provider?next=/" in here.anybody().get("/sign-in").text
    browser = here.anybody()
    answer = through(browser)
    assert (answer.status_code, answer.headers["location"]) == (303, "/overview")
    assert browser.get("/api/v1/settings").json()["role"] == "viewer"
    through(here.anybody())
    assert [line[1] for line in here.trail()] == ["account-made", "signed-in", "signed-in"]


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({"iss": "http://evil.example"}, "iss"), ({"aud": "another"}, "aud"), ({"aud": ["another"]}, "aud"),
        ({"aud": [CLIENT, "another"]}, "azp"), ({"azp": "another"}, "azp"), ({"nonce": "replayed"}, "nonce"),
        ({"nonce": None}, "nonce"), ({"exp": 1_000_000_000}, "exp"), ({"exp": None}, "exp"),
        ({"exp": "never"}, "exp"), ({"iat": 4_000_000_000}, "future"), ({"sub": None}, "sub"),
        ({"sub": 7}, "sub"),
    ],
)  # fmt: skip
def test_a_token_that_is_not_for_this_sign_in_is_refused(
    here: Served, provider: Provider, claims: dict[str, object], reason: str
) -> None:
    provider.claims = claims
    answer = through(here.anybody())
    assert (answer.status_code, "identity-refused" in answer.text) == (401, True)
    assert reason in answer.text
    with here.live.office.transaction() as connection:
        assert accounts.everyone(connection) == []


def test_a_token_that_the_provider_did_not_sign_is_refused(here: Served, provider: Provider) -> None:
    provider.keys = [RSAKey.generate_key(2048, parameters={"kid": provider.key.kid})]
    assert through(here.anybody()).status_code == 401


def test_a_key_that_is_new_is_fetched(
    here: Served, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("troth.web.access.provider.known.KEYS_AGAIN_SECONDS", 0.0)
    assert through(here.anybody()).status_code == 303
    monkeypatch.setattr(provider, "key", RSAKey.generate_key(2048, auto_kid=True))
    assert through(here.anybody()).status_code == 303


def test_what_was_sent_back_holds_once_and_for_that_browser_only(here: Served) -> None:
    mine, theirs = here.anybody(), here.anybody()
    mine.get("/sign-in")
    back = there(mine)
    theirs.get("/sign-in")
    assert theirs.get(back).status_code == 401
    back = there(mine)
    assert mine.get(back).status_code == 303
    assert here.anybody().get(back).status_code == 401


def test_another_issuer_s_answer_is_refused(here: Served) -> None:
    browser = here.anybody()
    back = there(browser)
    asked = parse_qs(urlsplit(back).query)
    assert browser.get(f"/sign-in/provider/back?state={asked['state'][0]}&code=x").status_code == 401
    back = there(browser).replace("iss=http", "iss=https")
    assert browser.get(back).status_code == 401
    for nothing in ("", "?state=", "?state=%00", "?code=x&state=guess", "?error=access_denied"):
        assert browser.get(f"/sign-in/provider/back{nothing}").status_code == 401


def test_one_goes_on_within_the_server(here: Served) -> None:
    browser = here.anybody()
    answer = browser.get(there(browser, "/sign-in/provider?next=//evil.example"))
    assert answer.headers["location"] == "/"


def test_an_invited_account_is_joined_by_an_address_that_was_checked(
    here: Served, provider: Provider
) -> None:
    here.account(Role.ANALYST, "person@example.com")
    provider.claims = {"email_verified": False}
    assert through(here.anybody()).status_code == 403
    provider.claims = {}
    browser = here.anybody()
    assert through(browser).status_code == 303
    assert browser.get("/api/v1/settings").json()["role"] == "analyst"
    provider.claims = {"sub": "somebody-else-with-that-address-now"}
    assert through(here.anybody()).status_code in {403, 422}


def test_without_a_role_for_newcomers_only_the_invited_come_in(provider: Provider, tmp_path: Path) -> None:
    with served(shop(tmp_path), settings(provider)) as server:
        answer = through(server.anybody())
        assert (answer.status_code, "account-missing" in answer.text) == (403, True)
        assert server.trail()[-1][1] == "sign-in-refused"
        server.account(Role.VIEWER, "person@example.com")
        assert through(server.anybody()).status_code == 303


def test_groups_give_roles_at_every_sign_in(provider: Provider, tmp_path: Path) -> None:
    roles = settings(provider, ROLES="team=analyst,chiefs=admin", ROLE_CLAIM="roles")
    with served(shop(tmp_path), roles) as server:
        server.account(Role.ADMIN)
        server.with_password(Role.ADMIN, "ferry lantern 7 oboe")
        found = []
        for groups in (["team"], ["team", "chiefs"], ["others"], "team", [{"team": 1}], None):
            provider.claims = {"roles": groups}
            browser = server.anybody()
            code = through(browser).status_code
            role = browser.get("/api/v1/settings").json()["role"] if code == 303 else None
            found.append((code, role))
    no = (403, None)
    assert found == [(303, "analyst"), (303, "admin"), no, (303, "analyst"), no, no]


def test_a_provider_that_is_another_or_away_is_told(provider: Provider, tmp_path: Path) -> None:
    provider.names_itself_as = "http://evil.example"
    with served(shop(tmp_path), settings(provider)) as server:
        with capture_logs() as told:
            answer = server.anybody().get("/sign-in/provider")
        german = server.anybody().get("/sign-in/provider?lang=de")
        assert (answer.status_code, "provider-unreachable" in answer.text) == (502, True)
        assert "The identity provider cannot be used." in answer.text
        assert "Der Identitätsanbieter lässt sich nicht benutzen." in german.text
        for page in (answer.text, german.text):  # why is for whoever runs the server
            assert "evil.example" not in page
            assert "TROTH_OIDC_ISSUER" not in page
        [line] = [line for line in told if line["event"] == "provider-unreachable"]
        assert "http://evil.example" in line["reason"]
    gone = AccessSettings.read({"TROTH_OIDC_ISSUER": "http://127.0.0.1:9", "TROTH_OIDC_CLIENT_ID": "x"})
    with served(tmp_path, gone) as server:
        assert server.anybody().get("/sign-in/provider").status_code == 502


def test_where_there_is_no_provider_there_is_no_way_to_one(server: Served) -> None:
    assert "provider" not in server.anybody().get("/sign-in").text
    assert server.anybody().get("/sign-in/provider").status_code == 404
