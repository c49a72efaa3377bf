"""Structured data as shops write it, well and badly."""

import gzip
import json
from decimal import Decimal
from pathlib import Path

import pytest

from troth.audit.facts.structured import marked
from troth.audit.parsing.things import Days, Offer, Organization, Rating

REAL = Path("/work/shared/data/shop_html")


def script(*things: object) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(thing)}</script>' for thing in things)


def test_a_product_with_all_that_belongs_to_it() -> None:
    page = marked(
        "p1",
        script(
            {
                "@context": "https://schema.org",
                "@type": "Product",
                "name": "Teekanne",
                "description": "Aus Steingut",
                "brand": {"@type": "Brand", "name": "Töpferei"},
                "sku": 17,
                "gtin13": "4006381333931",
                "image": ["a.jpg", {"@type": "ImageObject", "url": "b.jpg"}],
                "additionalProperty": [{"@type": "PropertyValue", "name": "Inhalt", "value": "1 l"}],
                "offers": {
                    "@type": "Offer",
                    "price": 59.9,
                    "priceCurrency": "eur",
                    "availability": "https://schema.org/InStock",
                    "priceValidUntil": "2026-12-31",
                    "inventoryLevel": {"@type": "QuantitativeValue", "value": 3},
                    "shippingDetails": {
                        "@type": "OfferShippingDetails",
                        "shippingRate": {"@type": "MonetaryAmount", "value": "4.90", "currency": "EUR"},
                        "deliveryTime": {
                            "@type": "ShippingDeliveryTime",
                            "handlingTime": {"minValue": 0, "maxValue": 24, "unitCode": "HUR"},
                            "transitTime": {"minValue": 1, "maxValue": 3, "unitCode": "DAY"},
                        },
                    },
                    "hasMerchantReturnPolicy": {"@type": "MerchantReturnPolicy", "merchantReturnDays": 30},
                    "priceSpecification": {
                        "priceType": "https://schema.org/StrikethroughPrice",
                        "price": 79,
                    },
                },
                "aggregateRating": {"@type": "AggregateRating", "ratingValue": "4,6", "reviewCount": "23"},
                "review": [
                    {
                        "@type": "Review",
                        "author": {"@type": "Person", "name": "K."},
                        "datePublished": "2026-01-02",
                        "reviewBody": "Gießt gut.",
                        "reviewRating": {"ratingValue": 8, "bestRating": 10},
                    }
                ],
            }
        ),
    )
    (product,) = page.products
    assert (product.name, product.brand, product.sku, product.gtin) == (
        "Teekanne",
        "Töpferei",
        "17",
        "4006381333931",
    )
    assert (product.images, product.attributes) == (2, 1)
    assert product.rating == Rating(4.6, 23)
    (offer,) = product.offers
    assert offer == Offer(
        Decimal("59.9"),
        "EUR",
        "InStock",
        lists=(Decimal(79),),
        price_until="2026-12-31",
        shipping=Decimal("4.90"),
        delivery=Days(1, 4),
        return_days=30,
        inventory=3,
    )
    (review,) = product.reviews
    assert (review.author, review.rating, review.best, review.date) == ("K.", 8, 10, "2026-01-02")
    assert page.faults == ()


def test_a_graph_is_taken_apart_and_its_references_followed() -> None:
    page = marked(
        "p1",
        script(
            {
                "@context": "https://schema.org",
                "@graph": [
                    {"@type": "Product", "@id": "#p", "name": "Kom", "offers": {"@id": "#o"}},
                    {"@type": "Offer", "@id": "#o", "price": "12.50", "priceCurrency": "EUR"},
                    {"@type": ["Organization", "OnlineStore"], "@id": "#me", "name": "Pot BV", "url": "/"},
                    {
                        "@type": "BreadcrumbList",
                        "itemListElement": [
                            {"@type": "ListItem", "position": 2, "name": "Kom"},
                            {"@type": "ListItem", "position": 1, "item": {"@id": "/", "name": "Home"}},
                        ],
                    },
                ],
            }
        ),
    )
    (product,) = page.products
    assert product.offers[0].price == Decimal("12.50")
    assert page.organizations == (Organization("Pot BV", url="/"),)
    assert page.breadcrumbs == (("Home", "Kom"),)


def test_things_that_refer_to_each_other_end() -> None:
    ring = [{"@id": name, "x": [{"@id": other} for other in "abcdefgh"]} for name in "abcdefgh"]
    page = marked("p1", script(ring, {"@type": "Product", "name": "Tea"}))
    assert [product.name for product in page.products] == ["Tea"]
    assert page.faults == ()


def test_products_in_lists_and_accessories_are_not_the_pages_product() -> None:
    page = marked(
        "p1",
        script(
            {"@type": "Product", "name": "Pot", "isRelatedTo": {"@type": "Product", "name": "Lid"}},
            {"@type": "ItemList", "itemListElement": [{"item": {"@type": "Product", "name": "Cup"}}]},
        ),
    )
    assert [product.name for product in page.products] == ["Pot"]


def test_microdata() -> None:
    page = marked(
        "p1",
        """<div itemscope itemtype="http://schema.org/Product"><h1 itemprop="name">Pan</h1>
        <div itemprop="offers" itemscope itemtype="http://schema.org/Offer">
        <meta itemprop="priceCurrency" content="GBP"><span itemprop="price">£1,299.00</span>
        <link itemprop="availability" href="http://schema.org/OutOfStock"></div></div>""",
    )
    (product,) = page.products
    assert product.name == "Pan"
    assert product.offers == (Offer(Decimal("1299.00"), "GBP", "OutOfStock"),)


def test_open_graph_stands_in_where_nothing_else_tells_the_price() -> None:
    html = """<html><head><meta property="og:title" content="Vaas">
    <meta property="og:site_name" content="Pot">
    <meta property="product:price:amount" content="24,95">
    <meta property="product:price:currency" content="EUR"></head><body></body></html>"""
    page = marked("p1", html)
    assert page.products[0].offers == (Offer(Decimal("24.95"), "EUR"),)
    assert page.opengraph["og:site_name"] == "Pot"
    other = marked("p1", html.replace("<body>", "<body>" + script({"@type": "Product", "name": "Vase"})))
    assert [product.name for product in other.products] == ["Vase"]


def test_one_broken_script_leaves_the_others() -> None:
    page = marked(
        "p1",
        '<script type="application/ld+json">{"@type": "Product", "name": </script>'
        '<script type="Application/LD+JSON; charset=utf-8">// shop\n{"@type": "Product", "name": "Pot",}'
        "</script>",
    )
    assert [product.name for product in page.products] == ["Pot"]
    assert page.faults == ("json-ld",)


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<",
        "\x00<html>",
        "<html><head></head></html>",
        script(None),
        script(7, "text", [[[]]], {"@type": None, "offers": [None, 3, []]}),
        script({"@graph": {"@type": "Product", "name": {"@value": {"deep": 1}}}}),
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
        '<script type="application/ld+json">' + '{"a":' * 900 + "1" + "}" * 900 + "</script>",
        script({"@type": "Product", "name": "x" * 100_000, "image": list(range(50_000))}),
        "<div itemscope itemprop=a>" * 200 + "<span itemprop=name>x</span>" * 2700,
        "<div itemscope>" + "<div itemprop=d>" * 200 + "<p>word</p>" * 20_000,
    ],
)
def test_hostile_data_is_read_in_bounds(html: str) -> None:
    page = marked("p1", html)
    assert all(len(product.name) <= 20_000 for product in page.products)
    assert all(product.images <= 5_000 for product in page.products)


@pytest.mark.parametrize("name", ["constructor", "properties", "type"])
def test_odd_names_are_only_names(name: str) -> None:
    page = marked("p1", script({"@type": "Product", "name": "Pot", name: {"x": 1}}))
    assert [product.name for product in page.products] == ["Pot"]


@pytest.mark.skipif(not REAL.is_dir(), reason="saved pages of real shops are not here")
def test_a_real_page_with_microdata() -> None:
    html = gzip.decompress((REAL / "4fleas_product_microdata.html.gz").read_bytes()).decode()
    (product,) = marked("p1", html).products
    assert product.name == "Johnsons 4 Fleas Cats & Kittens Tablets"
    assert (product.offers[0].price, product.offers[0].highest) == (Decimal("5.29"), Decimal("9.56"))
    assert product.offers[0].currency == "GBP"
