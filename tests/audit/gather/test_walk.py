import time
from collections.abc import Callable

import pytest
from tests.audit.gather.serving import Server, serving
from tests.audit.gather.tiny import WORDS, Tiny
from tests.support.loop import Loop

from troth.audit.artifacts.shape import Step
from troth.audit.browser.launching import Running
from troth.audit.gather.checkout import CUSTOMERS
from troth.audit.gather.haul import Haul
from troth.audit.gather.visit import visiting
from troth.audit.gather.walk import Walk, Walker

pytestmark = pytest.mark.browser
Walked = Callable[..., tuple[Walk, Haul, Tiny]]


@pytest.fixture
def walked(loop: Loop, running: Running) -> Walked:
    """`walked("nl", "drawer", fills=True)`: a walk through a tiny shop, and what was odd about it."""

    def walked(language: str, *odd: str, fills: bool = False, pages: int = 40) -> tuple[Walk, Haul, Tiny]:
        tiny = Tiny(language, frozenset(odd))
        with serving(tiny) as server:
            walk, haul = loop.run(walking(server, fills=fills, pages=pages))
        return walk, haul, tiny

    async def walking(server: Server, *, fills: bool, pages: int) -> tuple[Walk, Haul]:
        haul = Haul(server.url, pages, time.monotonic() + 60, axe=False)
        async with visiting(running, "first", server.url) as visit:
            home = await visit.open(server.url, "home")
            haul.add(home)
            return await Walker(visit, haul, fills).walk(home), haul

    return walked


def last(walk: Walk) -> tuple[str, bool, str]:
    step: Step = walk.steps[-1]
    return step.name, step.reached, step.code


def posted(tiny: Tiny) -> list[str]:
    return [path for path, _form in tiny.sent]


@pytest.mark.parametrize("language", WORDS)
def test_the_walk_reaches_the_checkout_and_sends_nothing_but_the_basket(
    walked: Walked, language: str
) -> None:
    walk, haul, tiny = walked(language)
    words = WORDS[language]
    assert [(step.name, step.reached) for step in walk.steps] == [
        ("home", True),
        ("category", True),
        ("product", True),
        ("basket", True),
        ("checkout", True),
    ]
    assert [page.kind for page in haul.pages] == ["home", "category", "product", "basket", "checkout"]
    assert walk.added == words["mug"]
    assert [(line.item, line.price) for line in walk.basket] == [
        (True, words["price"]),
        (False, words["price"].replace("9", "4")),
        (False, words["price"].replace("9", "14", 1)),
    ]
    assert words["mug"] in walk.basket[0].text
    assert words["shipping"] in walk.basket[1].text
    assert posted(tiny) == ["/add"]
    assert len(walk.goods) == 1


@pytest.mark.parametrize("odd", ["select", "swatches"])
def test_a_size_is_chosen_where_one_is_asked_for(walked: Walked, odd: str) -> None:
    walk, _haul, tiny = walked("de", odd)
    assert last(walk) == ("checkout", True, "")
    assert tiny.sent[0][1]["size"][0] in {"L", "S"}


@pytest.mark.parametrize(
    "odd",
    [
        ("drawer", "no-basket-link"),
        ("drawer",),
        ("stays",),
        ("no-basket-link",),
        ("button",),
        ("no-basket-link", "stays"),
    ],
)
def test_the_basket_is_found_however_it_opens(walked: Walked, odd: tuple[str, ...]) -> None:
    walk, haul, _tiny = walked("nl", *odd)
    assert last(walk) == ("checkout", True, "")
    assert [line.price for line in walk.basket if line.item] == ["€ 9,95"]
    assert len(haul.of("first", "basket")) == 1


def test_products_on_the_home_page_do(walked: Walked) -> None:
    walk, _haul, _tiny = walked("en", "no-menu")
    assert [(step.name, step.code) for step in walk.steps][:3] == [
        ("home", ""),
        ("category", "no-category"),
        ("product", ""),
    ]
    assert last(walk) == ("checkout", True, "")


@pytest.mark.parametrize(
    ("language", "odd", "where"),
    [
        ("nl", "no-goods", ("product", False, "no-product")),
        ("de", "sold-out", ("basket", False, "not-buyable")),
        ("en", "stuck", ("basket", False, "basket-empty")),
        ("nl", "robots/basket", ("basket", False, "robots-denied")),
        ("de", "no-way", ("checkout", False, "no-checkout")),
        ("en", "off-site", ("checkout", False, "off-site")),
        ("nl", "robots/checkout", ("checkout", False, "robots-denied")),
        ("de", "login", ("checkout", True, "login-wall")),
        ("en", "guest", ("checkout", True, "")),
        ("nl", "gateway", ("checkout", True, "")),
    ],
)
def test_the_walk_says_where_it_stopped_and_why(
    walked: Walked, language: str, odd: str, where: tuple[str, bool, str]
) -> None:
    walk, _haul, tiny = walked(language, odd)
    assert last(walk) == where
    assert all(step.note for step in walk.steps if not step.reached)
    assert set(posted(tiny)) <= {"/add"}


def test_what_robots_forbids_is_named_and_not_asked_for(walked: Walked) -> None:
    _walk, haul, _tiny = walked("en", "robots/basket")
    assert [url.rpartition("/")[2] for url in haul.robots] == ["basket"]


def test_a_category_without_a_product_is_no_category(walked: Walked) -> None:
    walk, haul, _tiny = walked("en", "no-goods")
    assert walk.steps[1].code == "no-category"
    assert [page.kind for page in haul.pages] == ["home", "other"]


def test_the_pages_are_counted(walked: Walked) -> None:
    walk, _haul, _tiny = walked("en", pages=1)
    assert last(walk) == ("product", False, "time")


@pytest.mark.parametrize("language", WORDS)
def test_forms_are_filled_when_asked_and_the_order_is_never_sent(walked: Walked, language: str) -> None:
    walk, haul, tiny = walked(language, fills=True)
    assert walk.walked_checkout
    assert posted(tiny) == ["/add", "/checkout"]
    form = tiny.sent[1][1]
    assert form["email"] == ["audit@example.com"]
    assert "news" not in form
    assert [page.url.rpartition("/")[2] for page in haul.of("first", "checkout")] == ["checkout", "payment"]
    assert [line.price for line in walk.summary] == [WORDS[language]["price"]]
    assert walk.steps[-1].note == ""


def test_a_form_that_does_not_go_on_ends_the_walk(walked: Walked) -> None:
    walk, _haul, tiny = walked("nl", "stubborn", fills=True)
    assert last(walk)[:2] == ("checkout", True)
    assert "did not go on" in walk.steps[-1].note
    assert posted(tiny) == ["/add", "/checkout"]


def test_a_form_that_asks_for_a_bank_account_is_not_sent(walked: Walked) -> None:
    walk, _haul, tiny = walked("de", "bank", fills=True)
    assert "IBAN" in walk.steps[-1].note
    assert posted(tiny) == ["/add"]


def test_a_guest_goes_on_without_signing_in(walked: Walked) -> None:
    walk, _haul, tiny = walked("de", "guest", fills=True)
    assert posted(tiny) == ["/add", "/checkout"]
    assert walk.steps[-1].note == ""


@pytest.mark.parametrize("language", WORDS)
def test_a_guest_is_chosen_where_the_checkout_asks_who_one_is(walked: Walked, language: str) -> None:
    walk, _haul, tiny = walked(language, "gateway", fills=True)
    assert posted(tiny) == ["/add", "/gateway", "/checkout"]
    assert tiny.sent[1][1] == {"customer_email": ["audit@example.com"], "who": ["guest"]}
    assert walk.steps[-1].note == ""


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_made_up_customers_number_passes_a_shops_check_in_any_country(language: str) -> None:
    import phonenumbers

    assert phonenumbers.is_valid_number(phonenumbers.parse(CUSTOMERS[language].phone))
