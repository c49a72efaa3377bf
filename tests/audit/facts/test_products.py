"""What a product's page tells, seen by the real collector."""

import json
from collections.abc import Callable
from decimal import Decimal

import pytest

from troth.audit.artifacts.shape import Artifacts, Page
from troth.audit.facts import functions
from troth.audit.facts.products import Products, ShownProduct
from troth.audit.inject import Facts

pytestmark = pytest.mark.browser
PICTURE = ("image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg' width='400' height='300'/>")
FILES = {f"https://shop.example/{number}.svg": PICTURE for number in range(3)}


@pytest.fixture
def product(page: Callable[..., Page], artifacts: Callable[..., Artifacts]) -> Callable[..., ShownProduct]:
    def made(html: str) -> ShownProduct:
        found: Products = Facts(
            functions(), {"artifacts": artifacts(page("product", html, files=FILES))}
        ).call(lambda products: products)
        return found.all[0]

    return made


def test_a_whole_page(product: Callable[..., ShownProduct]) -> None:
    ld = {"@type": "Product", "name": "Teekanne", "offers": {"price": "59.90", "priceCurrency": "EUR"}}
    pictures = "".join(
        f"<img src=/{number}.svg><a href=/other><img src=/{number}.svg?x></a>" for number in range(3)
    )
    praise = "Sehr schön und gut gemacht, ich bin ganz zufrieden damit. " * 9
    found = product(
        f"""<html lang=de><script type="application/ld+json">{json.dumps(ld)}</script><main>
        <h1>Teekanne <small>blau</small></h1>{pictures}
        <p style="font-size:28px">59,90 €</p><p>statt <s style="font-size:40px">79,00 €</s></p>
        <p>zzgl. 4,90 € Versand</p><p>Auf Lager</p>
        <p>{"Eine Kanne für viele Tage und viele Gäste im Haus. " * 3}</p>
        <table><tr><th>Material<td>Steingut<tr><th>Inhalt<td>1 l</table>
        <section id=bewertungen><p>{praise}</p></section>
        <h2>Auch schön</h2><p>12,00 €</p></main><footer><p>1,00 €</p></footer></html>"""
    )
    assert found.name == "Teekanne blau"
    assert found.price is not None
    assert found.price.value == Decimal("59.90")
    assert [price.value for price in found.asked] == [Decimal("59.90"), Decimal("12.00")]
    assert [price.value for price in found.struck] == [Decimal("79.00")]
    assert (found.availability, found.pictures, found.words, found.attributes) == ("in", 3, 30, 2)
    assert found.offers[0].price == Decimal("59.90")


def test_a_bare_page(product: Callable[..., ShownProduct]) -> None:
    found = product("<main><h1>Vase</h1><p>Uitverkocht</p></main>")
    assert found.price is None
    assert (found.availability, found.pictures, found.words, found.attributes) == ("out", 0, 0, 0)
    assert found.marked is None
