"""Asking a shop for its pages without a browser."""

import http.client
import re
import ssl
from html import unescape
from typing import Self
from urllib.parse import urlencode

from tests.shop.shop import Shop
from tests.shop.site import PAGES

BUYER = {
    "name": "Test",
    "street": "Weg 1",
    "postcode": "10115",
    "city": "Berlin",
    "email": "t@kunde.example",
}
KINDS = ("home", "category:pots", "category:cups", "product:kettle", "product:jug", "product:cups", *PAGES)
"""Every page that is there without a basket."""


class Customer:
    """One connection with a cookie jar."""

    def __init__(self, shop: Shop) -> None:
        self.shop, self.cookie = shop, ""
        self.headers: dict[str, str] = {}
        self.status = 0
        context = ssl.create_default_context(cafile=str(shop.ca_file))
        self._line = http.client.HTTPSConnection("127.0.0.1", shop.port, context=context, timeout=20)

    def get(self, kind: str) -> str:
        """The HTML of a page by its kind."""
        return self._ask("GET", self.shop.site.path(kind))

    def post(self, kind: str, **form: str) -> str:
        """Send a form; a redirect is followed."""
        return self._ask("POST", self.shop.site.path(kind), urlencode(form))

    def bought(self) -> dict[str, str]:
        """Walk with a kettle up to the final button; the pages on the way."""
        pages = {"basket": self.post("add", product="kettle", count="1"), "checkout": self.get("checkout")}
        pages["payment"] = self.post("checkout", **BUYER)
        pages["review"] = self.post("checkout-payment", means="invoice")
        return pages

    def _ask(self, method: str, path: str, body: str | None = None) -> str:
        headers = {"Cookie": self.cookie} if self.cookie else {}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._line.request(method, path, body, headers)
        answer = self._line.getresponse()
        text = answer.read().decode()
        self.status, self.headers = answer.status, {k.lower(): v for k, v in answer.getheaders()}
        if cookie := self.headers.get("set-cookie"):
            self.cookie = cookie.partition(";")[0]
        return self._ask("GET", self.headers["location"]) if answer.status == 303 else text

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self._line.close()


def everything(shop: Shop) -> dict[str, str]:
    """Every page of the shop, with basket and checkout; the shop's port taken out."""
    with Customer(shop) as customer:
        pages = {kind: customer.get(kind) for kind in KINDS} | customer.bought()
    return {kind: html.replace(str(shop.port), "PORT") for kind, html in pages.items()}


def text_of(html: str) -> str:
    """What of a page is read, without its scripts."""
    bare = re.sub(r"<script.*?</script>|<[^>]+>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(bare).split())
