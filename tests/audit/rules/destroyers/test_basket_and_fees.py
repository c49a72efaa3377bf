"""Baskets that grew, boxes ticked beforehand, and costs that come last, in three languages."""

from collections.abc import Callable

import pytest
from tests.support.audit import verdict

from troth.audit.artifacts.shape import Artifacts, Line, Page, Step
from troth.audit.rules.destroyers import drip_price, sneaked_or_preticked

pytestmark = pytest.mark.browser
Paint = Callable[..., Page]
Shop = Callable[..., Artifacts]
SNEAKED, DRIP = sneaked_or_preticked.RULE, drip_price.RULE
PRODUCT = {"nl": "Eiken stoel Lund", "de": "Eichenstuhl Lund", "en": "Oak chair Lund"}
SUBTOTAL = {"nl": "Subtotaal", "de": "Zwischensumme", "en": "Subtotal"}
SHIPPING = {"nl": "Verzendkosten", "de": "Versandkosten", "en": "Shipping"}
TOTAL = {"nl": "Totaal", "de": "Gesamtsumme", "en": "Total"}
VAT = {"nl": "waarvan btw", "de": "darin enthaltene MwSt.", "en": "including VAT"}
DISCOUNT = {"nl": "Kortingscode WELKOM", "de": "Rabattcode HALLO", "en": "Discount HELLO"}
INSURANCE = {"nl": "Transportverzekering", "de": "Transportversicherung", "en": "Shipping insurance"}
FEE = {"nl": "Servicekosten", "de": "Bearbeitungsgebühr", "en": "Service fee"}
FREE = {"nl": "Gratis", "de": "Kostenlos", "en": "Free"}


@pytest.fixture(params=sorted(PRODUCT))
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def money(amount: float, language: str) -> str:
    plain = f"{amount:.2f}"
    return f"£{plain}" if language == "en" else f"€ {plain.replace('.', ',')}"


def lines(language: str, *rows: tuple[dict[str, str], float]) -> tuple[Line, ...]:
    return tuple(Line(name[language], money(amount, language), "tr") for name, amount in rows)


@pytest.fixture
def walked(page: Paint, artifacts: Shop, language: str) -> Shop:
    """Artifacts of a walk; `said` stands on the product page, `html` in the basket."""

    def walk(
        basket: tuple[Line, ...],
        summary: tuple[Line, ...] = (),
        said: str = "",
        html: str = "",
        **kept: object,
    ) -> Artifacts:
        rows = "".join(f"<tr><td>{line.text}<td>{line.price}</tr>" for line in basket)
        pages = [
            page("product", f"<html lang={language}><h1>{PRODUCT[language]}</h1><p>{said}</p>"),
            page("basket", f"<html lang={language}><table>{rows}</table>{html}"),
            page("checkout", "<form><input name=email></form>"),
        ]
        return artifacts(*pages, **{"basket": basket, "summary": summary, "added": PRODUCT[language], **kept})

    return walk


HONEST = ((PRODUCT, 89.0), (SUBTOTAL, 89.0), (SHIPPING, 4.95), (TOTAL, 93.95), (VAT, 16.31))


def test_an_honest_basket_passes_both(walked: Shop, language: str) -> None:
    shop = walked(lines(language, *HONEST), lines(language, *HONEST))
    assert verdict(SNEAKED, shop).state == "passed"
    assert verdict(DRIP, shop).state == "passed"


def test_an_insurance_that_nobody_chose_fails(walked: Shop, language: str) -> None:
    rows = (PRODUCT, 89.0), (INSURANCE, 2.5), (SUBTOTAL, 91.5), (SHIPPING, 4.95), (TOTAL, 96.45)
    said = verdict(SNEAKED, walked(lines(language, *rows), lines(language, *rows)))
    assert (said.state, said.confidence) == ("failed", "proved")
    assert [proof.quote for proof in said.proofs] == [INSURANCE[language]]


def test_another_product_in_the_sum_fails(walked: Shop, language: str) -> None:
    other = dict.fromkeys(PRODUCT, "Lederpflege Set 3")
    rows = (PRODUCT, 89.0), (other, 12.0), (TOTAL, 101.0)
    assert verdict(SNEAKED, walked(lines(language, *rows))).state == "failed"


def test_a_recommendation_beside_the_basket_is_not_in_the_sum(walked: Shop, language: str) -> None:
    other = dict.fromkeys(PRODUCT, "Lederpflege Set 3")
    rows = (PRODUCT, 89.0), (SUBTOTAL, 89.0), (SHIPPING, 4.95), (TOTAL, 93.95), (other, 12.0)
    assert verdict(SNEAKED, walked(lines(language, *rows))).state == "passed"


def test_an_empty_basket_that_is_not_empty_fails(walked: Shop, language: str) -> None:
    before = (Line(INSURANCE[language], money(2.5, language), "tr", item=True),)
    said = verdict(SNEAKED, walked(lines(language, *HONEST), basket_before=before))
    assert (said.state, said.confidence) == ("failed", "proved")
    empty = (Line(SUBTOTAL[language], money(0, language), "tr"),)
    assert verdict(SNEAKED, walked(lines(language, *HONEST), basket_before=empty)).state == "passed"


def test_a_line_of_goods_without_a_sum_fails(walked: Shop, language: str) -> None:
    other = Line("Lederpflege Set 3", money(12, language), "tr", item=True)
    offer = Line("Lederpflege Set 4", money(12, language), "tr")
    assert verdict(SNEAKED, walked((*lines(language, (PRODUCT, 89.0)), other))).state == "failed"
    assert verdict(SNEAKED, walked((*lines(language, (PRODUCT, 89.0)), offer))).state == "passed"


def test_a_free_sample_is_no_fault(walked: Shop, language: str) -> None:
    gift = Line("Sample of oil", FREE[language], "tr")
    rows = (PRODUCT, 89.0), (TOTAL, 89.0)
    assert verdict(SNEAKED, walked((*lines(language, *rows), gift))).state == "passed"


BOXES = {
    "nl": ["Ja, ik ontvang graag de nieuwsbrief", "Verzeker mijn pakket (+ € 1,99): transportverzekering"],
    "de": ["Ja, ich möchte den Newsletter erhalten", "Transportversicherung für 1,99 € hinzufügen"],
    "en": ["Yes, send me special offers by e-mail", "Add shipping insurance for £1.99"],
}
HARMLESS_BOXES = {
    "nl": ["Factuuradres is gelijk aan bezorgadres", "Ik wil geen nieuwsbrief", "Onthoud mijn gegevens"],
    "de": ["Rechnungsadresse gleich Lieferadresse", "Ich möchte keinen Newsletter", "Angemeldet bleiben"],
    "en": ["Billing address same as delivery", "I do not want the newsletter", "Remember me"],
}


def boxes(labels: list[str], state: str = "checked") -> str:
    return "".join(f"<p><label><input type=checkbox {state}> {label}</label></p>" for label in labels)


@pytest.mark.parametrize("which", [0, 1], ids=["marketing", "price"])
def test_a_ticked_box_fails(walked: Shop, language: str, which: int) -> None:
    shop = walked(lines(language, *HONEST), html=boxes([BOXES[language][which]]))
    said = verdict(SNEAKED, shop)
    assert (said.state, said.confidence) == ("failed", "proved")
    assert said.proofs[0].quote == BOXES[language][which]


def test_empty_boxes_and_harmless_ones_pass(walked: Shop, language: str) -> None:
    html = boxes(BOXES[language], "") + boxes(HARMLESS_BOXES[language])
    assert verdict(SNEAKED, walked(lines(language, *HONEST), html=html)).state == "passed"


def test_a_basket_that_was_not_reached_is_not_judged(page: Paint, artifacts: Shop) -> None:
    walk = (Step("home", reached=True), Step("basket", reached=False, note="no button found"))
    shop = artifacts(page("home", "<p>Welcome"), walk=walk)
    for rule in (SNEAKED, DRIP):
        said = verdict(rule, shop)
        assert said.state == "not-applicable"
        assert "basket: no button found" in said.reason


def test_a_basket_that_could_not_be_read_does_not_pass(walked: Shop) -> None:
    assert verdict(SNEAKED, walked(())).state == "review"


def test_a_fee_that_comes_last_fails(walked: Shop, language: str) -> None:
    last = (PRODUCT, 89.0), (SHIPPING, 4.95), (FEE, 2.95), (TOTAL, 96.9), (VAT, 16.82)
    said = verdict(DRIP, walked(lines(language, *HONEST), lines(language, *last)))
    assert (said.state, said.confidence) == ("failed", "proved")
    assert [proof.quote for proof in said.proofs] == [f"{FEE[language]} {money(2.95, language)}"]


def test_a_fee_without_a_total_fails_too(walked: Shop, language: str) -> None:
    last = (PRODUCT, 89.0), (FEE, 2.95)
    assert verdict(DRIP, walked(lines(language, *HONEST), lines(language, *last))).state == "failed"


def test_a_fee_shown_on_the_product_page_passes(walked: Shop, language: str) -> None:
    last = (PRODUCT, 89.0), (SHIPPING, 4.95), (FEE, 2.95), (TOTAL, 96.9)
    said = f"+ {FEE[language]}: {money(2.95, language)}"
    assert (
        verdict(DRIP, walked(lines(language, *HONEST), lines(language, *last), said=said)).state == "passed"
    )


def test_a_fee_shown_in_the_basket_passes(walked: Shop, language: str) -> None:
    rows = (PRODUCT, 89.0), (FEE, 2.95), (SHIPPING, 4.95), (TOTAL, 96.9)
    assert verdict(DRIP, walked(lines(language, *rows), lines(language, *rows))).state == "passed"


def test_tax_that_is_added_at_the_end_fails(walked: Shop, language: str) -> None:
    last = (PRODUCT, 89.0), (SHIPPING, 4.95), (VAT, 19.73), (TOTAL, 113.68)
    assert verdict(DRIP, walked(lines(language, *HONEST[:4]), lines(language, *last))).state == "failed"


def test_a_discount_is_no_cost(walked: Shop, language: str) -> None:
    last = (PRODUCT, 89.0), (DISCOUNT, -8.9), (SHIPPING, 4.95), (TOTAL, 85.05)
    assert verdict(DRIP, walked(lines(language, *HONEST), lines(language, *last))).state == "passed"


def test_freight_that_grew_fails(walked: Shop, language: str) -> None:
    last = (PRODUCT, 89.0), (SHIPPING, 9.95), (TOTAL, 98.95)
    assert verdict(DRIP, walked(lines(language, *HONEST), lines(language, *last))).state == "failed"


ESTIMATES = {
    "nl": "Verzendkosten (geschat)",
    "de": "Versandkosten (voraussichtlich)",
    "en": "Estimated shipping",
}


def test_freight_that_was_an_estimate_is_for_a_person(walked: Shop, language: str) -> None:
    basket = (PRODUCT, 89.0), (ESTIMATES, 4.95), (TOTAL, 93.95)
    last = (PRODUCT, 89.0), (SHIPPING, 9.95), (TOTAL, 98.95)
    assert verdict(DRIP, walked(lines(language, *basket), lines(language, *last))).state == "review"


def test_freight_that_was_never_named_is_for_a_person(walked: Shop, language: str) -> None:
    basket, last = ((PRODUCT, 89.0), (TOTAL, 89.0)), ((PRODUCT, 89.0), (SHIPPING, 9.95), (TOTAL, 98.95))
    assert verdict(DRIP, walked(lines(language, *basket), lines(language, *last))).state == "review"


def test_freight_named_on_the_product_page_passes(walked: Shop, language: str) -> None:
    basket, last = ((PRODUCT, 89.0), (TOTAL, 89.0)), ((PRODUCT, 89.0), (SHIPPING, 9.95), (TOTAL, 98.95))
    said = f"{SHIPPING[language]} {money(9.95, language)}"
    assert (
        verdict(DRIP, walked(lines(language, *basket), lines(language, *last), said=said)).state == "passed"
    )


def test_a_total_that_does_not_add_up_is_for_a_person(walked: Shop, language: str) -> None:
    last = (PRODUCT, 89.0), (SHIPPING, 4.95), (TOTAL, 97.2)
    assert verdict(DRIP, walked(lines(language, *HONEST), lines(language, *last))).state == "review"


def test_a_checkout_without_lines_is_not_judged(walked: Shop, language: str) -> None:
    assert verdict(DRIP, walked(lines(language, *HONEST))).state == "not-applicable"
