"""Numbers of stock, viewers and buyers in three languages, seen by the real collector."""

import json
from collections.abc import Callable

import pytest
from tests.support.audit import verdict

from troth.audit.artifacts.shape import Artifacts, Page, Request
from troth.audit.rules.destroyers.invented_activity import RULE

Paint = Callable[..., Page]
Shop = Callable[..., Artifacts]
pytestmark = pytest.mark.browser
VIEWERS = {
    "nl": "{} mensen bekijken dit product nu",
    "de": "{} Personen sehen sich das gerade an",
    "en": "{} people are viewing this right now",
}
STOCK = {"nl": "Nog maar {} op voorraad", "de": "Nur noch {} Stück auf Lager", "en": "Only {} left in stock"}
BUYERS = {
    "nl": "Iemand uit {} heeft zojuist een stoel gekocht",
    "de": "Jemand aus {} hat gerade einen Stuhl gekauft",
    "en": "Someone in {} just bought this chair",
}


@pytest.fixture(params=sorted(VIEWERS))
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def look(page: Paint, language: str) -> Callable[..., Page]:
    def looked(visit: str, said: str, **kept: object) -> Page:
        return page("product", f"<html lang={language}><main><h1>Chair</h1><p>{said}</p>", visit, **kept)

    return looked


def answer(body: str) -> tuple[Request, ...]:
    return (Request("https://shop.example/api", "GET", "fetch", 200, body=body),)


@pytest.mark.parametrize("texts", [VIEWERS, STOCK], ids=["viewers", "stock"])
def test_a_number_made_by_the_page_fails(
    look: Paint, artifacts: Shop, language: str, texts: dict[str, str]
) -> None:
    said = texts[language]
    visits = [("first", 31), ("second", 17), ("pinned", 24), ("pinned", 24)]
    result = verdict(RULE, artifacts(*(look(visit, said.format(n)) for visit, n in visits)))
    assert (result.state, result.confidence) == ("failed", "proved")
    assert "31, 17, 24" in result.proofs[0].note


def test_a_number_that_stands_in_a_page_by_accident_does_not_hide_that_it_is_rolled(
    look: Paint, artifacts: Shop, language: str
) -> None:
    said, source = VIEWERS[language], "<input maxlength=17><p>…</p>"
    visits = [("first", 31), ("second", 17), ("reject", 9), ("pinned", 24), ("pinned", 24)]
    pages = [look(visit, said.format(n), source=source) for visit, n in visits]
    assert verdict(RULE, artifacts(*pages)).state == "failed"


def test_a_number_that_the_served_page_does_not_hold_fails(
    look: Paint, artifacts: Shop, language: str
) -> None:
    said = VIEWERS[language]
    source = {"source": f"<p>{said.format(12)}</p>"}
    pages = look("first", said.format(31), **source), look("second", said.format(17), **source)
    assert verdict(RULE, artifacts(*pages)).state == "failed"


def test_a_number_that_an_answer_brings_passes(look: Paint, artifacts: Shop, language: str) -> None:
    said = VIEWERS[language]
    pages = [
        look(visit, said.format(n), requests=answer(json.dumps({"now": n})))
        for visit, n in [("first", 31), ("second", 30), ("pinned", 33), ("pinned", 33)]
    ]
    assert verdict(RULE, artifacts(*pages)).state == "passed"


def test_a_number_that_the_served_page_holds_passes(look: Paint, artifacts: Shop, language: str) -> None:
    said = VIEWERS[language]
    pages = [
        look(visit, said.format(n), source=f"<script>let shown = 'x'</script><p>{said.format(n)}</p>")
        for visit, n in [("first", 31), ("second", 29)]
    ]
    assert verdict(RULE, artifacts(*pages)).state == "passed"
    pages = [
        look(visit, said.format(n), source=f"<script>const viewers = {n};</script>")
        for visit, n in [("first", 31), ("second", 29)]
    ]
    assert verdict(RULE, artifacts(*pages)).state == "passed"


def test_a_stock_that_stays_the_same_passes(look: Paint, artifacts: Shop, language: str) -> None:
    pages = look("first", STOCK[language].format(3)), look("second", STOCK[language].format(3))
    assert verdict(RULE, artifacts(*pages)).state == "passed"


def test_viewers_that_never_change_are_told_only(look: Paint, artifacts: Shop, language: str) -> None:
    pages = look("first", VIEWERS[language].format(9)), look("second", VIEWERS[language].format(9))
    assert verdict(RULE, artifacts(*pages)).state == "informative"


def test_a_number_that_nobody_can_explain_is_for_a_person(
    look: Paint, artifacts: Shop, language: str
) -> None:
    pages = look("first", VIEWERS[language].format(9)), look("second", VIEWERS[language].format(14))
    assert verdict(RULE, artifacts(*pages)).state == "review"
    chance = (
        *pages,
        look("pinned", VIEWERS[language].format(11)),
        look("pinned", VIEWERS[language].format(13)),
    )
    assert verdict(RULE, artifacts(*chance)).state == "review"


def test_buyers_drawn_from_a_list_fail(look: Paint, artifacts: Shop, language: str) -> None:
    said = BUYERS[language]
    visits = [("first", "Delft"), ("second", "Bonn"), ("pinned", "Leeds"), ("pinned", "Leeds")]
    assert verdict(RULE, artifacts(*(look(visit, said.format(n)) for visit, n in visits))).state == "failed"


def test_buyers_from_a_list_that_was_sent_are_not_invented(
    look: Paint, artifacts: Shop, language: str
) -> None:
    said = BUYERS[language]
    visits = [("first", "Delft"), ("second", "Bonn"), ("pinned", "Leeds"), ("pinned", "Leeds")]
    sent = answer('[{"city": "Delft"}, {"city": "Bonn"}, {"city": "Leeds"}]')
    pages = [look(visit, said.format(city), requests=sent) for visit, city in visits]
    assert verdict(RULE, artifacts(*pages)).state == "passed"


@pytest.mark.parametrize(("level", "state"), [(40, "failed"), (3, "passed"), (2, "passed")])
def test_a_stock_is_held_against_the_structured_data(
    page: Paint, artifacts: Shop, language: str, level: int, state: str
) -> None:
    data = {
        "@type": "Product",
        "offers": [{"inventoryLevel": {"@type": "QuantitativeValue", "value": level}}],
    }
    html = f"<script type='application/ld+json'>{json.dumps(data)}</script><p>{STOCK[language].format(3)}"
    assert verdict(RULE, artifacts(page("product", html), page("product", html, "second"))).state == state


@pytest.mark.parametrize(
    "data", ["{", "[" * 2000, '{"inventoryLevel": "many"}', '{"inventoryLevel": {}}', "7"]
)
def test_broken_structured_data_say_nothing(page: Paint, artifacts: Shop, data: str) -> None:
    html = f"<script type='application/ld+json'>{data}</script><p>Only 3 left in stock"
    assert verdict(RULE, artifacts(page("product", html), page("product", html, "second"))).state == "passed"


def test_a_page_without_such_numbers_is_not_judged(look: Paint, artifacts: Shop, language: str) -> None:
    calm = {
        "nl": "Op voorraad. 2 jaar garantie.",
        "de": "Auf Lager. 2 Jahre Gewähr.",
        "en": "In stock. 2 years.",
    }
    assert verdict(RULE, artifacts(look("first", calm[language]))).state == "not-applicable"


def test_without_a_product_page_nothing_is_said(artifacts: Shop) -> None:
    assert verdict(RULE, artifacts()).state == "not-applicable"


SPELL = {
    "nl": "Prijs van de laatste 30 dagen",
    "de": "Die letzten 30 Tage zählen",
    "en": "Lowest price in the last 30 days",
}


def test_a_spell_of_days_is_no_stock(look: Paint, artifacts: Shop, language: str) -> None:
    said = SPELL[language]
    assert verdict(RULE, artifacts(look("first", said), look("second", said))).state == "not-applicable"
