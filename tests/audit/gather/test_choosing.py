import pytest
from tests.audit.gather.sketch import seen

from troth.audit.artifacts.shape import Page
from troth.audit.gather import choosing

SHOP = "https://shop.example/"


def page(html: str, url: str = SHOP, id_: str = "p") -> Page:
    return Page(id_, "first", "home", url, url, 200, 0, seen=seen(html, url))


HOME = """
<header><a href="/">Shop</a><a href="/en/">English</a><a href="/konto/login">Anmelden</a>
  <a href="/warenkorb">Warenkorb (0)</a></header>
<nav><a href="/blog/">Blog</a><a href="/kategorie/tassen">Tassen</a><a href="/teller">Teller</a>
  <a href="/kontakt">Kontakt</a></nav>
<main><a href="/produkt/tasse-blau">Tasse blau</a><span>9,95 €</span>
  <a href="https://elsewhere.example/produkt/x">Fremd</a><a href="/katalog.pdf">Katalog</a></main>
<footer><a href="/impressum">Impressum</a><a href="/versand">Versand und Rückgabe</a>
  <a href="/widerruf">Widerrufsrecht</a><a href="/agb.pdf">AGB</a>
  <a href="/datenschutz">Datenschutz</a></footer>
"""


def test_categories_come_before_what_is_none() -> None:
    found = choosing.categories(seen(HOME), SHOP)
    assert found[:2] == [SHOP + "kategorie/tassen", SHOP + "teller"]
    assert not {SHOP + "en/", SHOP + "konto/login", SHOP + "kontakt", SHOP + "katalog.pdf"} & set(found)


def test_products_are_those_with_a_price_or_a_products_address() -> None:
    assert choosing.products(seen(HOME), SHOP) == [SHOP + "produkt/tasse-blau"]


def test_what_the_list_names_goes_first() -> None:
    html = """<script type="application/ld+json">{"@type": "ItemList", "itemListElement": [
      {"@type": "ListItem", "url": "/mok"}, {"@type": "ListItem", "item": {"url": "/kan"}}]}</script>
      <main><a href="/bord"><img src="a.jpg">€ 3,95</a><a href="/kan">Kan</a>
      <a href="/mok">Mok € 4,95</a></main>"""
    url = SHOP + "servies"
    assert choosing.products(seen(html, url), url)[0] == SHOP + "mok"
    assert set(choosing.products(seen(html, url), url)) == {SHOP + "mok", SHOP + "kan", SHOP + "bord"}


def test_a_product_that_is_sold_out_goes_last() -> None:
    html = '<main><a href="/p/a">A € 3,00 Uitverkocht</a><a href="/p/b">B € 3,00</a></main>'
    assert choosing.products(seen(html), SHOP)[0] == SHOP + "p/b"


@pytest.mark.parametrize(
    "name",
    [
        "In den Warenkorb",
        "In den Warenkorb legen",
        "In winkelwagen",
        "Toevoegen aan winkelmand",
        "In mijn winkelwagen",
        "Add to cart",
        "Add to Basket",
        "Add to your bag",
        "Kaufen",
        "Bestellen",
        "Koop",
    ],
)
def test_the_button_that_adds_is_found(name: str) -> None:
    found = choosing.add_control(seen(f"<main><button>{name}</button><button>Zoom</button></main>"))
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "html",
    [
        "<main><button>Jetzt kaufen</button></main>",
        "<main><button>Buy it now</button></main>",
        "<main><button>Buy with 1-Click</button></main>",
        '<main><input type="email" name="e"><button>Bestellen</button></main>',
        "<main><button>Add to wishlist</button></main>",
        "<footer><button>Kopen</button></footer>",
    ],
)
def test_a_button_that_may_do_more_is_left_alone(html: str) -> None:
    assert choosing.add_control(seen(html)) is None


@pytest.mark.parametrize(
    "name",
    [
        "Zur Kasse",
        "Weiter zur Kasse",
        "Naar de kassa",
        "Afrekenen",
        "Proceed to checkout",
        "Checkout",
        "Ik ga naar de kassa",
    ],
)
def test_the_way_to_the_checkout_is_found(name: str) -> None:
    found = choosing.checkout_control(seen(f"<main><button>PayPal</button><a href='/k'>{name}</a></main>"))
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "name",
    [
        "Als Gast bestellen",
        "Doorgaan als gast",
        "Bestellen zonder account",
        "Continue as guest",
        "Guest checkout",
    ],
)
def test_the_way_without_an_account_is_found(name: str) -> None:
    found = choosing.guest_control(seen(f"<main><button>Anmelden</button><button>{name}</button></main>"))
    assert found is not None
    assert found.name == name


FINAL = [
    "Zahlungspflichtig bestellen",
    "Kostenpflichtig bestellen",
    "Jetzt kaufen",
    "Kaufen",
    "Bestellung abschicken",
    "Mit PayPal bezahlen",
    "Anmelden",
    "Registrieren",
    "Newsletter abonnieren",
    "Bestelling plaatsen",
    "Nu betalen",
    "Bestellen en betalen",
    "Bestelling met betalingsverplichting",
    "Koop nu",
    "Inschrijven",
    "Versturen",
    "Place order",
    "Order with obligation to pay",
    "Pay now",
    "Buy now",
    "Complete purchase",
    "Confirm order",
    "Subscribe",
    "Sign up",
    "Submit",
    "Create account",
    "Place my order €19.90",
]


@pytest.mark.parametrize("name", FINAL)
def test_a_button_that_buys_or_sends_is_never_the_next_step(name: str) -> None:
    shown = seen(f"<main><button>{name}</button></main>")
    assert choosing.continue_control(shown) is None
    assert choosing.guest_control(shown) is None


@pytest.mark.parametrize("name", [name for name in FINAL if name != "Newsletter abonnieren"])
def test_a_button_that_buys_or_sends_is_known(name: str) -> None:
    assert choosing.is_final(name)


@pytest.mark.parametrize(
    "name",
    [
        "Weiter",
        "Weiter zur Zahlungsart",
        "Verder naar betaling",
        "Volgende stap",
        "Continue to shipping",
        "Next",
    ],
)
def test_the_next_step_is_found(name: str) -> None:
    found = choosing.continue_control(seen(f"<main><button>{name}</button></main>"))
    assert found is not None
    assert not choosing.is_final(name)


def test_the_basket_is_found_by_words_or_address() -> None:
    assert choosing.basket_link(seen(HOME), SHOP) == SHOP + "warenkorb"
    assert (
        choosing.basket_link(seen('<header><a href="/cart"><img src="c.svg"></a></header>'), SHOP)
        == SHOP + "cart"
    )
    assert choosing.basket_link(seen('<a href="/?add-to-cart=3">Add to cart</a>'), SHOP) is None
    assert choosing.basket_link(seen('<a href="https://elsewhere.example/cart">Cart</a>'), SHOP) is None


def test_each_kind_of_policy_has_one_address_and_each_address_one_kind() -> None:
    assert choosing.policies([page(HOME)], SHOP) == {
        "returns": SHOP + "widerruf",
        "shipping": SHOP + "versand",
        "imprint": SHOP + "impressum",
        "contact": SHOP + "kontakt",
        "privacy": SHOP + "datenschutz",
    }


def test_a_page_for_two_kinds_is_read_for_the_first_where_there_is_no_other() -> None:
    footer = '<footer><a href="/versand">Versand und Rückgabe</a></footer>'
    assert choosing.policies([page(footer)], SHOP) == {"returns": SHOP + "versand"}


def test_the_main_part_is_read_for_what_no_footer_names() -> None:
    html = '<main><a href="/a">Impressum</a><a href="/b">Warum unser Impressum so schön ist</a></main>'
    assert choosing.policies([page(html)], SHOP) == {"imprint": SHOP + "a"}
    footer = page('<footer><a href="/f">Impressum</a></footer>')
    assert choosing.policies([page(html), footer], SHOP) == {"imprint": SHOP + "f"}
