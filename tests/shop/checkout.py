"""Basket and checkout: three steps for a guest, from the address to the final button."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.shop import stock
from tests.shop.basket import Session
from tests.shop.server import Request, Response, redirect

if TYPE_CHECKING:
    from tests.shop.site import Site

Answer = Callable[[Request, Session], Response]
WANTED = ("name", "street", "postcode", "city", "email")
MEANS = ("card", "paypal", "invoice")


def routes(site: "Site") -> dict[str, Answer]:
    """What basket, checkout and the newsletter's form answer to."""
    desk = Desk(site)
    return {
        site.path("basket"): desk.basket,
        site.path("add"): desk.add,
        site.path("change"): desk.change,
        site.path("checkout"): desk.address,
        site.path("checkout-payment"): desk.payment,
        site.path("checkout-review"): desk.review,
        site.path("order"): desk.order,
        site.path("newsletter"): desk.newsletter,
    }


class Desk:
    """Where a customer pays."""

    def __init__(self, site: "Site") -> None:
        self.site = site

    def basket(self, request: Request, session: Session) -> Response:
        """What lies in the basket."""
        return self._page(request, session, "basket.html", "basket")

    def add(self, request: Request, _session: Session) -> Response:
        """Put a product in, and go to the basket."""
        product, count = request.form.get("product", ""), request.form.get("count", "1")
        if product not in {each.id for each in stock.PRODUCTS} or not count.isdecimal():
            return redirect(self.site.path("basket"))
        id_, kept = self.site.sessions.opened(request.cookies.get("session"))
        kept.pieces[product] = min(9, kept.pieces.get(product, 0) + int(count))
        kept.insured = kept.insured or "sneaked-or-preticked" in self.site.faults
        return redirect(self.site.path("basket"), ("Set-Cookie", f"session={id_}; Path=/{self._flags()}"))

    def _flags(self) -> str:
        if "cookie-flags" in self.site.faults:
            return ""
        return ("; Secure" if self.site.tls else "") + "; HttpOnly; SameSite=Lax"

    def change(self, request: Request, session: Session) -> Response:
        """Another number of pieces; none takes the product out."""
        for name, count in request.form.items():
            if name in session.pieces and count.isdecimal():
                session.pieces[name] = min(9, int(count))
        session.pieces = {name: count for name, count in session.pieces.items() if count}
        session.insured = session.insured and "insurance" not in request.form
        return redirect(self.site.path("basket"))

    def address(self, request: Request, session: Session) -> Response:
        """First step: who and where to, as a guest."""
        if not session.pieces:
            return redirect(self.site.path("basket"))
        if request.method != "POST" or "guest-checkout" in self.site.faults:
            return self._page(request, session, "checkout.html", "checkout")
        session.buyer = {name: request.form.get(name, "").strip() for name in WANTED}
        if not all(session.buyer.values()):
            return self._page(request, session, "checkout.html", "checkout", missing=True)
        return redirect(self.site.path("checkout-payment"))

    def payment(self, request: Request, session: Session) -> Response:
        """Second step: how to pay."""
        if not session.buyer or not session.pieces:
            return redirect(self.site.path("checkout"))
        if request.method == "POST" and request.form.get("means") in MEANS:
            session.payment = request.form["means"]
            return redirect(self.site.path("checkout-review"))
        return self._page(request, session, "payment.html", "checkout-payment")

    def review(self, request: Request, session: Session) -> Response:
        """Last step: everything once more, and the final button."""
        if not session.payment:
            return redirect(self.site.path("checkout-payment"))
        return self._page(request, session, "review.html", "checkout-review")

    def order(self, request: Request, session: Session) -> Response:
        """The final button was pressed."""
        if request.method != "POST" or not session.payment:
            return redirect(self.site.path("basket"))
        self.site.orders += 1
        return self._page(request, session, "thanks.html", "order")

    def newsletter(self, request: Request, session: Session) -> Response:
        """The newsletter's form was sent."""
        return self._page(request, session, "thanks.html", "newsletter")

    def _page(
        self, request: Request, session: Session, template: str, kind: str, *, missing: bool = False
    ) -> Response:
        freight = stock.shipping(session.items, self.site.awkward)
        if freight is None and session.buyer:
            freight = stock.SHIPPING + 1_00  # the address is known by now
        last = kind == "checkout-review"
        fee = stock.SERVICE_FEE if "drip-price" in self.site.faults and last else 0
        lines = [
            (product, session.pieces[product.id])
            for product in stock.PRODUCTS
            if product.id in session.pieces
        ]
        return self.site.page(
            request, session, template, kind, lines=lines, freight=freight, extra_fee=fee, missing=missing,
            total=session.items + (freight or 0) + fee,
        )  # fmt: skip
