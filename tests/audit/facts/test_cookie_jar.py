import pytest
from tests.support.audit import artifacts, page

from troth.audit import facts
from troth.audit.artifacts.shape import Artifacts, Cookie
from troth.audit.facts.cookie_jar import CookieJar, need_of
from troth.audit.inject import Facts


def cookie(name: str, domain: str = "shop.example") -> Cookie:
    return Cookie(name, domain, "/", secure=True, http_only=True, same_site="Lax", expires=None)


def jar(shop: Artifacts) -> CookieJar:
    found: CookieJar = Facts(facts.functions(), {"artifacts": shop}).call(lambda cookie_jar: cookie_jar)
    return found


@pytest.mark.parametrize(
    ("name", "domain", "need"),
    [
        ("_ga", "shop.example", "tracking"),
        ("_ga_4XK2", "shop.example", "tracking"),
        ("_fbp", "shop.example", "tracking"),
        ("fr", ".facebook.com", "tracking"),
        ("fr", "shop.example", "unknown"),
        ("anything", ".criteo.com", "tracking"),
        ("PHPSESSID", "shop.example", "necessary"),
        ("csrftoken", "shop.example", "necessary"),
        ("cart_id", "shop.example", "necessary"),
        ("CookieConsent", "shop.example", "necessary"),
        ("my_cookie_consent", "shop.example", "necessary"),
        ("colour", "shop.example", "unknown"),
        ("_gallery", "shop.example", "unknown"),
    ],
)
def test_what_a_cookie_is_for(name: str, domain: str, need: str) -> None:
    assert need_of(name, domain, "shop.example")[0] == need


def test_jars_are_kept_apart_by_visit_and_hold_each_cookie_once() -> None:
    shop = artifacts(
        page(cookies=(cookie("PHPSESSID"),)),
        page("product", cookies=(cookie("PHPSESSID"), cookie("_ga")), storage=("_hjid",)),
        page(visit="reject", cookies=(cookie("PHPSESSID"),)),
    )
    found = jar(shop)
    assert [(one.name, one.page, one.stored) for one in found.tracking("first")] == [
        ("_ga", "first-product", False),
        ("_hjid", "first-product", True),
    ]
    assert found.tracking("reject") == ()
    assert found.visits == {"first", "reject"}
    assert len(found.kept["first"]) == 3
