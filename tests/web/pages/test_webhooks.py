"""The page of webhooks: endpoints listed, made, given a new secret, switched, removed after it was asked."""

import re

import pytest
from tests.support.serving import Served, send

from troth.store.office.trail import Action
from troth.texts import LANGUAGES
from troth.web.access.rights import Role
from troth.web.ingest.hooks.endpoints import REFUSALS
from troth.web.ingest.hooks.schemes import SCHEMES
from troth.web.pages.webhooks.query import REFUSED, SCHEME_NAMES

PAGE = "/settings/webhooks"
TWIN = f"/api/v1{PAGE}"
GIVEN = "what the shop shows"
FIELDS = {"name": "orders", "scheme": "shopify", "kind": "orders", "secret": GIVEN, "paths": ""}


def test_an_endpoint_is_made_by_hand_and_listed_without_its_secret(server: Served) -> None:
    admin = server.signed_in()
    assert "There is no endpoint yet." in admin.get(PAGE).text
    fields = FIELDS | {"paths": "order_id = order.id\r\n\r\ncustomer_id=order.buyer.id \r\n"}
    assert send(admin, PAGE, fields, f"{PAGE}/make").headers["location"] == PAGE
    page = admin.get(PAGE).text
    assert "The endpoint “orders” was made." in page
    assert f"{admin.base_url}/api/v1/hooks/orders" in page
    assert GIVEN not in page + admin.get(TWIN).text + admin.get(f"{TWIN}.csv").text
    [one] = admin.get(TWIN).json()["endpoints"]
    assert one["paths"] == {"order_id": "order.id", "customer_id": "order.buyer.id"}
    assert (one["scheme"], one["kind"], one["enabled"], one["last_used_ms"]) == (
        "shopify", "orders", True, None,
    )  # fmt: skip


def test_a_secret_that_was_made_is_shown_once(server: Served) -> None:
    admin = server.signed_in()
    for deed in ("make", "secret"):
        send(admin, PAGE, FIELDS | {"secret": " ", "scheme": "standard"}, f"{PAGE}/{deed}")
        first, second = admin.get(PAGE).text, admin.get(PAGE).text
        [secret] = re.findall(r'class="secret" type="text" readonly value="(whsec_[^"]+)"', first)
        assert "it is not shown again" in first
        assert secret not in second
    assert "The old secret holds until" in second
    send(admin, PAGE, {"name": "orders", "secret": "", "at_once": "true"}, f"{PAGE}/secret")
    assert "The old secret holds until" not in admin.get(PAGE).text


def test_an_endpoint_is_switched_off_and_removed_by_hand(server: Served) -> None:
    admin = server.signed_in()
    send(admin, PAGE, FIELDS, f"{PAGE}/make")
    send(admin, PAGE, {"name": "orders", "enabled": "false"}, f"{PAGE}/switch")
    page = admin.get(PAGE).text
    assert "(off)" in page
    assert "Switch on" in page
    [asked] = [
        part for part in re.findall(r'<details class="asking">.*?</details>', page, re.DOTALL)
        if f"{PAGE}/remove" in part
    ]  # fmt: skip
    assert page.count(f'action="{PAGE}/remove"') == asked.count(f'action="{PAGE}/remove"') == 1
    send(admin, PAGE, {"name": "orders"}, f"{PAGE}/remove")
    assert "The endpoint “orders” was removed." in admin.get(PAGE).text
    assert admin.get(TWIN).json()["endpoints"] == []
    assert [line for line in server.trail() if line[2] == "orders"] == [
        ("admin@example.com", deed, "orders")
        for deed in (Action.ENDPOINT_MADE, Action.ENDPOINT_CHANGED, Action.ENDPOINT_REMOVED)
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"secret": "short", "kind": "gone"}, "There is an endpoint “orders” already."),
        ({"name": "b", "secret": "short"}, "The secret is too short"),
        ({"name": "b", "kind": "gone"}, "gone"),
        ({"name": "b", "paths": "order = order.id"}, "Did you mean order_id?"),
    ],
)
def test_what_cannot_be_made_is_told_on_the_page(server: Served, change: dict[str, str], said: str) -> None:
    admin = server.signed_in()
    send(admin, PAGE, FIELDS, f"{PAGE}/make")
    send(admin, PAGE, FIELDS | change, f"{PAGE}/make")
    page = admin.get(PAGE).text
    assert 'class="notice failed"' in page
    assert said in page
    assert len(admin.get(TWIN).json()["endpoints"]) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_is_shown_with_its_reason_in_every_language(server: Served, language: str) -> None:
    admin = server.signed_in()
    send(admin, PAGE, FIELDS, f"{PAGE}/make")
    assert server.anybody().post("/api/v1/hooks/orders", json={}).status_code == 401
    page = admin.get(f"{PAGE}?lang={language}").text
    assert {"en": "refused", "de": "abgewiesen", "nl": "geweigerd"}[language] in page
    assert set(REFUSED) == REFUSALS
    assert set(SCHEME_NAMES) == set(SCHEMES)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.CASE_WORKER, Role.ANALYST])
def test_the_page_is_for_administrators(server: Served, role: Role) -> None:
    other = server.signed_in(role)
    assert other.get(PAGE).status_code == 403
    assert PAGE not in other.get("/settings").text
    assert PAGE in server.signed_in().get("/settings").text


def test_the_description_tells_of_it_and_of_no_other_way(server: Served) -> None:
    described = server.with_key().get("/api/v1/openapi.json").json()["paths"]
    assert described[TWIN]["get"]["summary"]
    for deed in ("make", "secret", "switch", "remove"):
        assert described[f"{TWIN}/{deed}"]["post"]["description"]
    assert not [path for path in described if path.startswith("/api/v1/endpoints")]
