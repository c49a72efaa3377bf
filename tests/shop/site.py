"""From a request to an answer: which page, what it knows, which headers."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from time import sleep
from typing import Any

from markupsafe import Markup
from tests.shop import checkout, pictures, stock, structured, texts
from tests.shop.basket import Session, Sessions
from tests.shop.server import Request, Response, redirect

HERE = Path(__file__).parent
TRACKERS = ("www.google-analytics.com", "tracker.test")
PROVIDER = "pay.test"
TRACKED = (HERE / "static/tracker.js").read_bytes()
POLICY = (
    "default-src 'self'; script-src 'self' {t}; connect-src 'self' {t}; img-src 'self' {t}; frame-src {p}; "
    "frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'"
).format(t=" ".join(f"https://{host}" for host in TRACKERS), p=f"https://{PROVIDER}")
HEADERS = (
    ("Strict-Transport-Security", "max-age=63072000; includeSubDomains"),
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)
PAGES = (
    "imprint", "contact", "returns", "shipping", "payment", "privacy", "terms", "about", "help", "reviews",
    "guarantee", "withdrawal", "status", "portal",
)  # fmt: skip
"""The pages of words; their slugs and sections stand in the texts."""
ENGLISH_NAMES = {
    "kettle": "Slow Morning Classic Kettle Limited Edition",
    "jug": "Simply Pour Everyday Table Jug",
    "cups": "Stack & Go Family Coffee Cups",
}
LATE = "/static/late.svg"
"""A picture that takes its time."""
FORMS = {"contact": "contact", "withdrawal": "withdrawal", "status": "status", "portal": "portal"}


class Site:
    """All pages of one shop."""

    def __init__(
        self, language: str, faults: frozenset[str], awkward: frozenset[str], today: date, *, tls: bool
    ) -> None:
        self.language, self.faults, self.awkward, self.today, self.tls = language, faults, awkward, today, tls
        self.origin = ""
        self.sessions = Sessions()
        self.orders = 0
        self.sent: list[str] = []
        self.tracked: list[str] = []
        self._slugs: dict[str, str] = texts.raw(language)["slugs"]
        self._known = self._figures()
        self.t = texts.filled(texts.raw(language), self._known, self._kept)
        if "english-names" in awkward:
            for id_, name in ENGLISH_NAMES.items():
                self.t["products"][id_]["name"] = Markup.escape(name)
        self._known["t"] = self.t
        self._routes = self._all_routes()
        self._files = self._all_files()

    # What every template knows.

    def _figures(self) -> dict[str, Any]:
        raw = texts.raw(self.language)
        small = "small-business" in self.awkward
        company = raw["small_company" if small else "company"]

        def on(fault: str) -> bool:
            return fault in self.faults

        return {
            "on": on,
            "odd": lambda name: name in self.awkward,
            "url": self.path,
            "money": lambda cents: texts.money(cents, self.language),
            "day": self.day,
            "comma": self._comma,
            "host": "127.0.0.1",
            "offer_end": datetime.combine(self.today + timedelta(days=9), time(18), UTC),
            "language": self.language,
            "today": self.today,
            "days": 7 if on("withdrawal-period") else 14,
            "brand": raw["brand"],
            "company": "Sonnenblick Handelskontor Ltd." if on("name-consistent") else company,
            "email": "service.testshop.office@gmail.com" if on("name-consistent") else raw["email"],
            "phone": raw["phone"],
            "phone_link": raw["phone"].translate(dict.fromkeys(map(ord, " ()-"))),
            "shipping_cost": texts.money(stock.SHIPPING, self.language),
            "free_from": texts.money(stock.FREE_FROM, self.language),
            "products": stock.PRODUCTS,
            "categories": stock.CATEGORIES,
            "free": stock.FREE_FROM,
            "insurance": stock.INSURANCE,
            "fee": stock.SERVICE_FEE,
            "provider": PROVIDER,
            "vat": stock.VAT_PERCENT[self.language],
        }

    def _kept(self, item: texts.Tree) -> bool:
        if not isinstance(item, dict):
            return True
        gone, need = item.get("unless", ""), item.get("only")
        switched = self.faults | self.awkward
        return not switched & set(gone.split()) and (need is None or need in switched)

    def day(self, day: date) -> str:
        """A date as the language writes it."""
        month = texts.raw(self.language)["months"][day.month - 1]
        dot = "." if self.language == "de" else ""
        return f"{day.day}{dot} {month} {day.year}"

    def _comma(self, number: float) -> str:
        return f"{number:.1f}" if self.language == "en" else f"{number:.1f}".replace(".", ",")

    def path(self, kind: str) -> str:
        """The path of a page by its kind."""
        if kind == "home":
            return "/"
        return "/" + self._slugs[kind]

    # What there is.

    def _all_routes(self) -> dict[str, Callable[[Request, Session], Response]]:
        def worded(kind: str) -> Callable[[Request, Session], Response]:
            return lambda request, session: self.page(request, session, "page.html", kind)

        routes: dict[str, Callable[[Request, Session], Response]] = {
            self.path(kind): worded(kind) for kind in PAGES
        }
        routes["/"] = lambda request, session: self.page(request, session, "home.html", "home")
        for category in stock.CATEGORIES:
            routes[self.path(f"category:{category}")] = self._category(category)
        for product in stock.PRODUCTS:
            routes[self.path(f"product:{product.id}")] = self._product(product)
        routes[self.path("search")] = self._search
        routes[self.path("account")] = lambda request, session: self.page(
            request, session, "account.html", "account"
        )
        routes |= checkout.routes(self)
        return routes

    def _all_files(self) -> dict[str, tuple[str, bytes]]:
        svg, brand = "image/svg+xml", self.t["brand"]
        files = {
            f"/static/{product.id}-{view}.svg": (svg, pictures.picture(product, view).encode())
            for product in stock.PRODUCTS
            for view in range(3)
        }
        files["/static/logo.svg"] = svg, pictures.logo(brand).encode()
        files["/static/other-logo.svg"] = svg, pictures.other_logo(brand).encode()
        files[LATE] = svg, pictures.seal().encode()
        files["/static/seal.svg"] = svg, pictures.seal().encode()
        for number, colour in enumerate(("#2f5d62", "#a44a3f")):
            files[f"/static/person-{number}.svg"] = svg, pictures.person(colour).encode()
        for name in self.t["payment_marks"]:
            files[f"/static/pay-{name['id']}.svg"] = svg, pictures.mark(name["name"]).encode()
        for file in (HERE / "static").iterdir():
            kind = "text/css" if file.suffix == ".css" else "text/javascript"
            files[f"/static/{file.name}"] = f"{kind}; charset=utf-8", file.read_bytes()
        robots = f"User-agent: *\nDisallow: {self.path('account')}\n"
        files["/robots.txt"] = "text/plain; charset=utf-8", robots.encode()
        return files

    def restock(self) -> None:
        """Sell what `stock` says now, at its prices; the day has changed, say."""
        self._known["products"] = stock.PRODUCTS
        self._routes = self._all_routes()

    # Answering.

    def respond(self, request: Request) -> Response:
        """The answer to a request, whatever host it names."""
        if request.host in TRACKERS:
            self.tracked.append(f"{request.host}{request.path}")
            return Response(TRACKED, "text/javascript", headers=(("Access-Control-Allow-Origin", "*"),))
        if request.host == PROVIDER:
            body = texts.ENVIRONMENT.get_template("provider.html").render(self._known)
            return Response(body.encode())
        if request.scheme == "http" and self.tls and "https-everywhere" not in self.faults:
            return redirect(self.origin + request.path, status=301)
        response = self._own(request)
        headers: tuple[tuple[str, str], ...] = () if "security-headers" in self.faults else HEADERS
        if not self.tls:
            headers = headers[1:]
        return Response(response.body, response.type, response.status, (*response.headers, *headers))

    def _own(self, request: Request) -> Response:
        self._dawdle(request)
        if request.path in self._files:
            kind, body = self._files[request.path]
            return Response(body, kind, headers=(("Cache-Control", "max-age=600"),))
        session = self.sessions.get(request.cookies.get("session"))
        route = self._routes.get(request.path)
        if route is None:
            return self.page(request, session, "missing.html", "missing", status=404)
        if request.method == "POST" and request.path.strip("/") in self._form_slugs():
            self.sent.append(request.path)
        return route(request, session)

    def _form_slugs(self) -> set[str]:
        return {self._slugs[kind] for kind in (*FORMS, "newsletter", "account")}

    def _dawdle(self, request: Request) -> None:
        slow = {"/", *(self.path(f"product:{product.id}") for product in stock.PRODUCTS)}
        if "load-speed" in self.faults and request.path in slow:
            sleep(5)
        if request.path == LATE:
            sleep(0.4)

    def page(
        self,
        request: Request,
        session: Session,
        template: str,
        kind: str,
        status: int = 200,
        headers: tuple[tuple[str, str], ...] = (),
        **known: Any,  # noqa: ANN401 - whatever the template wants
    ) -> Response:
        """A page rendered; `trail` (names and addresses) is its breadcrumb."""
        title = known.pop("title", None) or self.t["titles"][kind]
        trail = [(self.t["titles"]["home"], self.origin + "/"), *known.pop("trail", [(title, request.path)])]
        body = texts.ENVIRONMENT.get_template(template).render(
            {
                **self._known,
                "kind": kind,
                "title": title,
                "session": session,
                "request": request,
                "origin": self.origin,
                "trail": trail if kind != "home" else [],
                "crumbs": structured.breadcrumb([(n, self._absolute(a)) for n, a in trail]),
                "organization": self._organization(),
                "form": FORMS.get(kind),
                "rated": self.rated,
                **known,
            }
        )
        return Response(body.encode(), status=status, headers=(*headers, ("Cache-Control", "no-store")))

    def _absolute(self, address: str) -> str:
        return address if address.startswith("http") else self.origin + address

    def _organization(self) -> structured.Ld:
        name = "Sonnenblick24" if "name-consistent" in self.faults else str(self.t["brand"])
        hidden = "contact-channels" in self.faults
        return structured.organization(
            name,
            self.origin + "/",
            self.origin + "/static/logo.svg",
            "" if hidden else self._known["email"],
            "" if hidden else self._known["phone"],
        )

    def rated(self, product: stock.Product) -> tuple[list[stock.Review], float]:
        """A product's reviews and the average shown."""
        words = self.t["products"][product.id]["reviews"]
        reviews = stock.reviews(product, words, self.today, self.faults, self.awkward)
        return reviews, stock.average(reviews, self.faults)

    def _category(self, category: str) -> Callable[[Request, Session], Response]:
        def answer(request: Request, session: Session) -> Response:
            name = self.t["categories"][category]["name"]
            goods = [product for product in stock.PRODUCTS if product.category == category]
            return self.page(
                request, session, "category.html", "category", category=category, goods=goods, title=name
            )

        return answer

    def _product(self, product: stock.Product) -> Callable[[Request, Session], Response]:
        def answer(request: Request, session: Session) -> Response:
            words = self.t["products"][product.id]
            reviews, average = self.rated(product)
            category = self.t["categories"][product.category]["name"]
            views = 1 if "product-facts" in self.faults else 3
            told = structured.Told(
                product, words["name"], words["short"], self.origin + request.path,
                [f"{self.origin}/static/{product.id}-{view}.svg" for view in range(views)],
                self.t["brand"], reviews, average, stock.shipping(product.price, self.awkward),
                self.t["country"],
            )  # fmt: skip
            return self.page(
                request, session, "product.html", "product", product=product, words=words, views=views,
                reviews=reviews, average=average, title=words["name"],
                ld=structured.product(told, self.faults),
                trail=[(category, self.path(f"category:{product.category}")), (words["name"], request.path)],
            )  # fmt: skip

        return answer

    def _search(self, request: Request, session: Session) -> Response:
        asked = request.query.get("q", "").casefold()
        goods = [
            product
            for product in stock.PRODUCTS
            if asked and asked in str(self.t["products"][product.id]["name"]).casefold()
        ]
        return self.page(
            request, session, "search.html", "search", goods=goods, asked=request.query.get("q", "")
        )
