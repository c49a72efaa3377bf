"""A shop of a few lines in three languages, whose every step can be made to go wrong."""

from dataclasses import dataclass, field
from html import escape
from urllib.parse import parse_qs

from tests.audit.gather.serving import Handler, Reply

WORDS = {
    "nl": {
        "basket": "Winkelwagen",
        "list": "Mokken",
        "mug": "Mok blauw",
        "price": "€ 9,95",
        "add": "In winkelwagen",
        "checkout": "Afrekenen",
        "remove": "Verwijderen",
        "shipping": "Verzendkosten",
        "total": "Totaal",
        "next": "Verder naar betaling",
        "order": "Bestellen en betalen",
        "guest": "Bestellen als gast",
        "login": "Inloggen",
        "news": "Inschrijven",
        "size": "Kies een maat",
        "street": "Straat",
        "city": "Plaats",
    },
    "de": {
        "basket": "Warenkorb",
        "list": "Tassen",
        "mug": "Tasse blau",
        "price": "9,95 €",
        "add": "In den Warenkorb",
        "checkout": "Zur Kasse",
        "remove": "Entfernen",
        "shipping": "Versandkosten",
        "total": "Gesamtsumme",
        "next": "Weiter zur Zahlung",
        "order": "Zahlungspflichtig bestellen",
        "guest": "Als Gast bestellen",
        "login": "Anmelden",
        "news": "Abonnieren",
        "size": "Größe wählen",
        "street": "Straße",
        "city": "Ort",
    },
    "en": {
        "basket": "Basket",
        "list": "Mugs",
        "mug": "Blue mug",
        "price": "£9.95",
        "add": "Add to basket",
        "checkout": "Checkout",
        "remove": "Remove",
        "shipping": "Shipping",
        "total": "Total",
        "next": "Continue to payment",
        "order": "Pay now",
        "guest": "Continue as guest",
        "login": "Sign in",
        "news": "Subscribe",
        "size": "Choose a size",
        "street": "Street",
        "city": "City",
    },
}

GOODS = '<script type="application/ld+json">{"@type": "Product", "name": "Mug"}</script>'
SWATCHES = """<div role="radiogroup">%s</div><script>
document.querySelectorAll("[role=radio]").forEach((one) => one.onclick = () => {
  one.setAttribute("aria-checked", "true"); document.querySelector("[name=size]").value = one.innerText;
  document.querySelector("#add").disabled = false;
});</script>"""
DRAWER = """<div role="dialog" id="drawer" style="position:fixed;right:0;top:0;width:300px" hidden>
<ul><li>%(mug)s <input type="number" name="qty" value="1"> <span>%(price)s</span></li></ul>
<a href="/checkout">%(checkout)s</a></div><script>
document.querySelector("form").onsubmit = (event) => { event.preventDefault();
  const open = () => { document.querySelector("#drawer").hidden = false; };
  fetch("/add", { method: "POST", body: "size=M" }).then(open);
};</script>"""


@dataclass
class Tiny:
    """The shop; `odd` names what is odd about it, `sent` what was posted."""

    language: str = "en"
    odd: frozenset[str] = frozenset()
    sent: list[tuple[str, dict[str, list[str]]]] = field(default_factory=list)
    filled: bool = False

    def __call__(self, handler: Handler) -> Reply:
        path = handler.path.partition("?")[0]
        if path == "/robots.txt":
            return 200, {"Content-Type": "text/plain"}, self._robots()
        if handler.command == "POST":
            return self._post(path, parse_qs(handler.body))
        pages = {
            "/": self._home, "/mugs": self._list, "/mug": self._product, "/mug2": self._product,
            "/basket": self._basket, "/checkout": self._checkout, "/payment": self._payment,
            "/guest": self._form,
        }  # fmt: skip
        if path not in pages:
            return 404, {}, "<p>gone</p>"
        return 200, {}, self._frame(pages[path]())

    @property
    def words(self) -> dict[str, str]:
        return WORDS[self.language]

    def _post(self, path: str, form: dict[str, list[str]]) -> Reply:
        self.sent.append((path, form))
        if path == "/add":
            self.filled = "stuck" not in self.odd and (form.get("size", ["M"])[0] != "")
            return 303, {"Location": "/mug" if "stays" in self.odd else "/basket"}, ""
        if path == "/gateway":
            let_in = form.get("who") == ["guest"] and form.get("customer_email")
            return 303, {"Location": "/guest" if let_in else "/checkout"}, ""
        if path == "/checkout":
            good = "stubborn" not in self.odd and all(form.get(name) for name in ("email", "street", "city"))
            return 303, {"Location": "/payment" if good else "/checkout"}, ""
        return 303, {"Location": "/"}, ""

    def _robots(self) -> str:
        hidden = [path for path in ("/basket", "/checkout") if f"robots{path}" in self.odd]
        return "User-agent: *\n" + "".join(f"Disallow: {path}\n" for path in hidden)

    def _frame(self, main: str) -> str:
        w = self.words
        basket = "" if "no-basket-link" in self.odd else f'<a href="/basket">{w["basket"]} (0)</a>'
        menu = "" if "no-menu" in self.odd else f'<nav><a href="/mugs">{w["list"]}</a></nav>'
        return (
            f'<!doctype html><html lang="{self.language}"><title>Shop</title>'
            f'<header><a href="/">Shop</a>{basket}</header>{menu}<main>{main}</main>'
            f'<footer><form action="/news" method="post"><input type="email" name="mail" required>'
            f"<button>{w['news']}</button></form></footer></html>"
        )

    def _home(self) -> str:
        return self._cards() if "no-menu" in self.odd and "no-goods" not in self.odd else "<h1>Hello</h1>"

    def _list(self) -> str:
        return "<p>Nothing</p>" if "no-goods" in self.odd else self._cards()

    def _cards(self) -> str:
        w = self.words
        return "".join(
            f'<div><a href="{path}">{w["mug"]}</a><p>{w["price"]}</p></div>' for path in ("/mug", "/mug2")
        )

    def _product(self) -> str:
        w = self.words
        size = '<input type="hidden" name="size" value="M">'
        extra, off = "", ""
        if "select" in self.odd:
            none = f'<option value="">{w["size"]}</option>'
            size = f'<select name="size" required>{none}<option>L</option></select>'
        if "swatches" in self.odd:
            size = '<input type="hidden" name="size" value="">'
            extra, off = (
                SWATCHES % "<button role='radio'>S</button><button role='radio'>M</button>",
                "disabled",
            )
        if "drawer" in self.odd:
            extra += DRAWER % w
        button = "" if "sold-out" in self.odd else f'<button id="add" {off}>{w["add"]}</button>'
        form = f'<form action="/add" method="post">{size}{button}</form>{extra}'
        return f"{GOODS}<h1>{w['mug']}</h1><p>{w['price']}</p>{form}"

    def _basket(self) -> str:
        w = self.words
        if not self.filled:
            return f"<h1>{w['basket']}</h1><p>0</p>"
        link = f'<a href="/checkout">{w["checkout"]}</a>'
        way = {
            "no-way": "",
            "off-site": f'<form action="https://pay.test/"><button>{w["checkout"]}</button></form>',
            "button": f"<button onclick=\"location.href='/checkout'\">{w['checkout']}</button>",
        }
        on = next((html for name, html in way.items() if name in self.odd), link)
        return (
            f"<h1>{w['basket']}</h1><div class='row'><b>{w['mug']}</b>"
            f"<div><input type='number' name='qty' value='1'><span>{w['price']}</span>"
            f"<button>{w['remove']}</button></div></div>"
            f"<dl><dt>{w['shipping']}</dt><dd>{w['price'].replace('9', '4')}</dd>"
            f"<dt>{w['total']}</dt><dd>{w['price'].replace('9', '14', 1)}</dd></dl>{on}"
        )

    def _checkout(self) -> str:
        w = self.words
        if "gateway" in self.odd:
            return self._gateway()
        if "login" in self.odd or "guest" in self.odd:
            guest = f'<a href="/guest">{w["guest"]}</a>' if "guest" in self.odd else ""
            form = f'<input type="password"><button>{w["login"]}</button>'
            return f'<form action="/login" method="post">{form}</form>{guest}'
        return self._form()

    def _gateway(self) -> str:
        """Who one is, all in one form."""
        w = self.words
        email = '<label>E-mail <input type="email" name="customer_email" required></label>'
        old = f'<label><input type="radio" name="who" value="old" checked> {w["login"]}</label>'
        new = f'<label><input type="radio" name="who" value="guest"> 1. {w["guest"]} (2 min.)</label>'
        rest = f'<input type="password" name="password"><button>{w["next"]}</button>'
        return f'<form action="/gateway" method="post">{email}{old}{new}{rest}</form>'

    def _form(self) -> str:
        w = self.words
        born = '<label>IBAN <input name="iban" required></label>' if "bank" in self.odd else ""
        fields = "".join(
            f'<label>{escape(label)} <input name="{name}" type="{kind}" required></label>'
            for label, name, kind in (
                ("E-mail", "email", "email"),
                (w["street"], "street", "text"),
                (w["city"], "city", "text"),
            )
        )
        news = '<label><input type="checkbox" name="news"> News</label>'
        return (
            f'<form action="/checkout" method="post">{fields}{born}{news}<button>{w["next"]}</button></form>'
        )

    def _payment(self) -> str:
        w = self.words
        return (
            f"<h1>{w['total']}</h1><dl><dt>{w['mug']}</dt><dd>{w['price']}</dd></dl>"
            f'<form action="/order" method="post"><button>{w["order"]}</button></form>'
        )
