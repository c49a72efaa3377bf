import pytest

from troth.errors import UsageError
from troth.web.access.rights import Role
from troth.web.access.settings import AccessSettings, OidcSettings


def test_without_any_it_is_reached_on_the_loopback() -> None:
    found = AccessSettings.read({})
    assert (found.base, found.oidc, found.proxies) == ("http://127.0.0.1:8765", None, ())
    assert found.answered_hosts == {"localhost", "127.0.0.1", "::1"}


def test_a_public_address_is_answered_and_printed() -> None:
    found = AccessSettings.read({"TROTH_URL": "https://trust.example.com/"}, host="::", port=80)
    assert found.base == "https://trust.example.com"
    assert found.answered_hosts is not None
    assert "trust.example.com" in found.answered_hosts


def test_bound_to_all_without_a_name_every_name_is_answered() -> None:
    found = AccessSettings.read({}, host="::", port=9000)
    assert (found.answered_hosts, found.base) == (None, "http://localhost:9000")
    assert AccessSettings.read({}, host="::1").base == "http://[::1]:8765"


def test_a_provider_and_its_groups() -> None:
    environment = {
        "TROTH_OIDC_ISSUER": "https://login.example.com/",
        "TROTH_OIDC_CLIENT_ID": "troth",
        "TROTH_OIDC_ROLES": "shop=admins=admin, team=analyst",
    }
    assert AccessSettings.read(environment).oidc == OidcSettings(
        "https://login.example.com/",
        "troth",
        roles=(("shop=admins", Role.ADMIN), ("team", Role.ANALYST)),
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TROTH_URL", "trust.example.com"),
        ("TROTH_URL", "https://example.com/trust"),
        ("TROTH_URL", "https://me@example.com"),
        ("TROTH_URL", "https://example.com:x"),
        ("TROTH_URL", "javascript:alert(1)"),
        ("TROTH_PROXIES", "proxy"),
        ("TROTH_OIDC_ISSUER", "http://login.example.com"),
        ("TROTH_OIDC_ROLES", "team"),
        ("TROTH_OIDC_ROLES", "team=king"),
        ("TROTH_OIDC_NEW_ROLE", "king"),
    ],
)
def test_what_is_not_right_is_named(name: str, value: str) -> None:
    issuer = {"TROTH_OIDC_ISSUER": "https://login.example.com", "TROTH_OIDC_CLIENT_ID": "troth"}
    with pytest.raises(UsageError) as refused:
        AccessSettings.read({**issuer, name: value})
    assert (refused.value.code, refused.value.where) == ("setting-invalid", name)


def test_a_provider_needs_a_client() -> None:
    with pytest.raises(UsageError) as refused:
        AccessSettings.read({"TROTH_OIDC_ISSUER": "https://login.example.com"})
    assert refused.value.where == "TROTH_OIDC_CLIENT_ID"
