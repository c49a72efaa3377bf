"""The shop itself: honest where it shall be, and wrong just where it was told to be."""

import difflib
import http.client
import json
import re
import ssl
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from tests.shop import Shop
from tests.shop.asking import KINDS, Customer, everything, text_of
from tests.shop.certificates import Certificate
from tests.shop.faults import ALSO, AWKWARD, FAULTS
from tests.shop.texts import LANGUAGES, raw

from troth.audit.catalogue.loading import read

SERVER_SIDE = {"load-speed", "certificate-valid", "tls-modern", "security-headers", "cookie-flags"}
"""Faults that no page shows."""
SPREAD = {id_: LANGUAGES[number % 3] for number, id_ in enumerate(FAULTS)}
MOST_CHANGED = 0.35
"""No fault changes more of the lines of all pages together."""


@cache
def honest(language: str) -> dict[str, str]:
    with Shop(language) as shop:
        return everything(shop)


@pytest.fixture(params=LANGUAGES)
def shop(request: pytest.FixtureRequest) -> Iterator[Shop]:
    with Shop(request.param) as opened:
        yield opened


def ld(html: str) -> list[dict[str, Any]]:
    return [json.loads(block) for block in re.findall(r'ld\+json">(.*?)</script>', html, re.DOTALL)]


def of_type(html: str, kind: str) -> dict[str, Any]:
    return next(data for data in ld(html) if data["@type"] == kind)


def test_there_is_a_fault_for_every_rule_of_the_catalogue() -> None:
    assert set(FAULTS) == set(read("scoring.yaml")["rules"])
    assert {other for others in ALSO.values() for other in others} <= set(FAULTS)


def test_an_unknown_fault_is_refused() -> None:
    with pytest.raises(ValueError, match="no-such-rule"):
        Shop("de", {"no-such-rule"})


def test_every_page_answers_in_its_language(shop: Shop) -> None:
    with Customer(shop) as customer:
        for kind in KINDS:
            html = customer.get(kind)
            assert customer.status == 200
            assert f'<html lang="{shop.language}">' in html
            assert not re.search(r"\{\{|\{%|Undefined|built-in|&lt;p&gt;|&amp;amp;", html), kind
        assert "not" in customer.get("home")
        customer._ask("GET", "/nowhere")
        assert customer.status == 404


def test_the_three_languages_have_the_same_keys() -> None:
    def keys(tree: object) -> object:
        if isinstance(tree, dict):
            return {name: keys(value) for name, value in tree.items() if name not in {"attributes", "unless"}}
        return [keys(item) for item in tree] if isinstance(tree, list) and len(tree) == 10 else type(tree)

    trees = [keys(raw(language)) for language in LANGUAGES]
    assert trees[0] == trees[1] == trees[2]


def test_links_of_the_shop_lead_somewhere(shop: Shop) -> None:
    links = {
        link for html in honest(shop.language).values() for link in re.findall(r'href="(/[^"#]*)"', html)
    }
    assert len(links) > 20
    with Customer(shop) as customer:
        assert [link for link in sorted(links) if customer._ask("GET", link) and customer.status != 200] == []


def test_structured_data_say_what_the_page_says(shop: Shop) -> None:
    for id_ in ("kettle", "jug", "cups"):
        with Customer(shop) as customer:
            html = customer.get(f"product:{id_}")
        product, text = of_type(html, "Product"), text_of(html)
        price = product["offers"]["price"]
        assert price.replace(".", "." if shop.language == "en" else ",") in text
        assert product["name"] in text
        stars = [int(review["reviewRating"]["ratingValue"]) for review in product["review"]]
        assert (
            len(stars) == product["aggregateRating"]["reviewCount"] == html.count('<article class="review">')
        )
        assert float(product["aggregateRating"]["ratingValue"]) == pytest.approx(
            sum(stars) / len(stars), abs=0.05
        )
        assert all(review["reviewBody"] in text for review in product["review"])
        assert len({review["reviewBody"] for review in product["review"]}) == len(stars) >= 10
        assert len(product["image"]) >= 3
        words = text_of(html.split("<h2>")[1])
        assert len(words.split()) >= 60
        names = [item["name"] for item in of_type(html, "BreadcrumbList")["itemListElement"]]
        assert names[-1] == product["name"]


def test_the_basket_adds_up_and_keeps_to_its_customer(shop: Shop) -> None:
    with Customer(shop) as one, Customer(shop) as other:
        one.post("add", product="kettle", count="1")
        html = one.post("add", product="jug", count="2")
        assert totals(html) == [3990, 4980, 0, 3990 + 4980]  # free from 60 euros on
        assert totals(one.post("change", jug="0")) == [3990, 490, 4480]
        assert raw(shop.language)["basket"]["empty"] in text_of(other.get("basket"))
        assert "set-cookie" not in other.headers
    assert shop.orders == 0


def totals(html: str) -> list[int]:
    found = re.findall(r'<td class="sum">(?:<strong>)?([^<]+)', html)
    return [int(re.sub(r"\D", "", amount) or 0) for amount in found]


def test_a_guest_gets_to_the_final_button_and_no_further_by_accident(shop: Shop) -> None:
    with Customer(shop) as customer:
        assert raw(shop.language)["basket"]["empty"] in text_of(customer.get("checkout"))
        pages = customer.bought()
        assert raw(shop.language)["checkout"]["buy"] in pages["review"]
        assert "cc-number" not in "".join(pages.values())
        assert shop.orders == 0
        customer.post("order")
        assert shop.orders == 1
        customer.post("newsletter", email="t@kunde.example")
        customer.post("withdrawal", name="Test")
        assert [path.strip("/") for path in shop.sent] == [
            raw(shop.language)["slugs"][kind] for kind in ("newsletter", "withdrawal")
        ]


def test_plain_http_leads_to_https_and_headers_are_strict(shop: Shop) -> None:
    line = http.client.HTTPConnection("127.0.0.1", shop.port)
    line.request("GET", "/")
    answer = line.getresponse()
    assert (answer.status, answer.headers["Location"]) == (301, shop.url)
    line.close()
    with Customer(shop) as customer:
        customer.post("add", product="jug", count="1")
        assert shop.url.startswith("https://")
        for name in ("strict-transport-security", "content-security-policy", "x-content-type-options"):
            assert customer.headers[name]


@pytest.mark.parametrize("id_", sorted(set(FAULTS) - SERVER_SIDE))
def test_a_fault_changes_its_pages_and_little_else(id_: str) -> None:
    language = SPREAD[id_]
    with Shop(language, {id_}) as faulty:
        pages = everything(faulty)
    assert pages != honest(language)
    changed = all_lines = 0
    for kind, html in pages.items():
        before, after = honest(language)[kind].splitlines(), html.splitlines()
        matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
        all_lines += len(before)
        changed += sum(max(b - a, d - c) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal")
    assert 0 < changed / all_lines < MOST_CHANGED


@pytest.mark.parametrize("id_", sorted(FAULTS))
def test_a_fault_leaves_no_hole_in_the_page(id_: str) -> None:
    for language in LANGUAGES:
        with Shop(language, {id_}) as faulty, Customer(faulty) as customer:
            if id_ in {"certificate-valid", "tls-modern"}:
                continue
            kinds = set(KINDS) - ({"home", "product:kettle", "product:jug", "product:cups"} & slow(id_))
            assert [kind for kind in kinds if not customer.get(kind) or customer.status != 200] == []


def slow(id_: str) -> set[str]:
    return set(KINDS) if id_ == "load-speed" else set()


def test_headers_and_cookies_change_with_their_faults() -> None:
    with Shop("en", {"security-headers"}) as shop, Customer(shop) as customer:
        customer.get("home")
        assert not {"strict-transport-security", "content-security-policy"} & customer.headers.keys()
    for faults, flagged in ((set(), True), ({"cookie-flags"}, False)):
        with Shop("en", faults) as shop:
            line = http.client.HTTPSConnection("127.0.0.1", shop.port, context=trusting(shop))
            line.request("POST", shop.site.path("add"), "product=jug&count=1")
            cookie = line.getresponse().headers["Set-Cookie"]
            assert all((flag in cookie) is flagged for flag in ("Secure", "HttpOnly", "SameSite=Lax"))
            line.close()


def trusting(shop: Shop) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(shop.ca_file))


@pytest.mark.parametrize("kind", ["expired", "other-name", "self-signed"])
def test_a_bad_certificate_is_refused(kind: Certificate) -> None:
    with Shop("en", certificate=kind) as shop, pytest.raises(ssl.SSLCertVerificationError):
        Customer(shop).get("home")


@pytest.mark.parametrize(("faults", "taken"), [((), False), (("tls-modern",), True)])
@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_old_tls_is_taken_with_its_fault_only(faults: tuple[str, ...], taken: bool) -> None:
    with Shop("en", faults) as shop:
        old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
        old.set_ciphers("ALL:@SECLEVEL=0")
        old.minimum_version, old.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
        line = http.client.HTTPSConnection("127.0.0.1", shop.port, context=old, timeout=5)
        try:
            line.connect()
            assert taken
        except (ssl.SSLError, OSError):
            assert not taken
        finally:
            line.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", AWKWARD)
def test_an_awkward_shop_stands(name: str, language: str) -> None:
    with Shop(language, awkward={name}) as shop:
        pages = everything(shop)
    assert pages != honest(language) or (name, language) == ("english-names", "en")
    assert all("{{" not in html for html in pages.values())


def test_shops_do_not_disturb_each_other() -> None:
    with Shop("de") as one, Shop("de", {"returns-linked"}) as other:
        assert everything(one) == honest("de")
        assert everything(other) != honest("de")
