"""What pages say twice, in three languages, through the real collector."""

from collections.abc import Callable

import pytest
from tests.audit.rules.judging import verdict

from troth.audit.artifacts.shape import Artifacts, Page

pytestmark = pytest.mark.browser

RULE = "brand.facts_consistent"
RETURN = {
    "nl": "U kunt uw bestelling binnen %s dagen na ontvangst retourneren.",
    "de": "Sie können Ihre Bestellung innerhalb von %s Tagen nach Erhalt zurückgeben.",
    "en": "You can return your order within %s days of receiving it.",
}
FREE = {
    "nl": "Gratis verzending vanaf € %s.",
    "de": "Versandkostenfrei ab %s €.",
    "en": "Free shipping over € %s.",
}
Show = Callable[..., Page]
Bring = Callable[..., Artifacts]


def shop(page: Show, artifacts: Bring, language: str, **texts: str) -> Artifacts:
    pages = [
        page(kind, f"<html lang='{language}'><main><h1>{kind}</h1><p>{text}</p></main>")
        for kind, text in texts.items()
    ]
    return artifacts(*pages)


@pytest.mark.parametrize("language", ["nl", "de", "en"])
def test_the_same_twice_passes_and_another_value_fails(page: Show, artifacts: Bring, language: str) -> None:
    said = RETURN[language]
    same = shop(page, artifacts, language, returns=said % 30, help=said % 30)
    assert verdict(RULE, same).state == "passed"
    other = verdict(RULE, shop(page, artifacts, language, returns=said % 30, help=said % 14))
    assert other.state == "failed"
    assert {proof.page for proof in other.proofs} == {"first-returns", "first-help"}


@pytest.mark.parametrize("language", ["nl", "de", "en"])
def test_a_page_that_names_both_explains_them(page: Show, artifacts: Bring, language: str) -> None:
    said = RETURN[language]
    both = f"{said % 14}</p><p>{said % 30}"
    explained = shop(page, artifacts, language, returns=both, help=said % 30, terms=said % 14)
    assert verdict(RULE, explained).state == "passed"


@pytest.mark.parametrize("language", ["nl", "de", "en"])
def test_two_limits_for_free_shipping_contradict(page: Show, artifacts: Bring, language: str) -> None:
    said = FREE[language]
    assert (
        verdict(RULE, shop(page, artifacts, language, home=said % 50, shipping=said % 50)).state == "passed"
    )
    assert (
        verdict(RULE, shop(page, artifacts, language, home=said % 50, shipping=said % 75)).state == "failed"
    )


def test_one_number_in_two_notations_is_one(page: Show, artifacts: Bring) -> None:
    here, there = "<a href='tel:+31201234567'>020 123 45 67</a>", "<a href='tel:020-1234567'>020-1234567</a>"
    assert verdict(RULE, shop(page, artifacts, "nl", home=here, contact=there)).state == "passed"
    other = "<a href='tel:+31201234500'>020 123 45 00</a>"
    assert verdict(RULE, shop(page, artifacts, "nl", home=here, checkout=other)).state == "not-applicable"
    assert verdict(RULE, shop(page, artifacts, "nl", home=here, contact=other)).state == "failed"


def test_what_is_said_once_tells_nothing(page: Show, artifacts: Bring) -> None:
    assert verdict(RULE, shop(page, artifacts, "en", returns=RETURN["en"] % 30)).state == "not-applicable"
