"""What a page declares itself to be."""

import json
from collections import Counter

import pytest

from troth.audit.parsing.declared import declared

SHOP = "https://shop.example/pots/"
MICRODATA = """<html><body itemscope itemtype="https://schema.org/WebPage">
  <div itemprop="mainEntity" itemscope itemtype="https://schema.org/Product">
  <i itemprop="offers" itemscope itemtype="https://schema.org/Offer"></i></div></body></html>"""
OFFER = {"@type": "Offer", "price": "9.95"}


def ld(thing: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(thing)}</script>'


@pytest.mark.parametrize(
    ("html", "types"),
    [
        (ld({"@type": "Product", "offers": OFFER, "isRelatedTo": {"@type": "Product"}}), {"Product": 1}),
        (ld({"@graph": [{"@type": "WebSite"}, {"@type": ["Product", "Vehicle"]}]}),
         {"WebSite": 1, "Product": 1, "Vehicle": 1}),
        (ld({"@type": "ItemPage", "mainEntity": {"@type": "http://schema.org/Product"}}),
         {"ItemPage": 1, "Product": 1}),
        (ld([{"@type": "Product"}, {"@type": "Product"}]), {"Product": 2}),
        ('<script type="application/ld+json">{"@type": "Product", "offers": {"@type": "Offer", </script>',
         {"Product": 1}),
        (MICRODATA, {"WebPage": 1, "Product": 1}),
        ('<html><p itemscope itemtype="https://schema.org/Product/"></p></html>', {"Product": 1}),
        ("<p>Nothing</p>", {}),
    ],
)  # fmt: skip
def test_only_what_stands_by_itself_counts(html: str, types: dict[str, int]) -> None:
    assert {name: count for name, count in declared(html, SHOP).types.items() if name} == types


def test_the_addresses_of_a_list_are_joined_to_the_pages() -> None:
    items = [
        {"@type": "ListItem", "url": "/pot"},
        {"@type": "ListItem", "item": {"@type": "Product", "url": "jug", "name": "Jug"}},
        {"@type": "ListItem", "item": {"@type": "Product", "@id": "https://shop.example/id"}},
        {"@type": "ListItem", "item": "https://shop.example/cup"},
        "https://shop.example/bowl",
        {"@type": "ListItem", "name": "without"},
        {"url": "http://["},
    ]
    found = declared(ld({"@type": "ItemList", "itemListElement": items}), SHOP)
    assert found.listed == (
        "https://shop.example/pot",
        "https://shop.example/pots/jug",
        "https://shop.example/id",
        "https://shop.example/cup",
        "https://shop.example/bowl",
        SHOP,
    )
    assert found.types == Counter({"ItemList": 1})


def test_a_trail_of_breadcrumbs_is_no_list_of_products() -> None:
    trail = {"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem", "item": "/pots"}]}
    assert declared(ld(trail), SHOP).listed == ()
