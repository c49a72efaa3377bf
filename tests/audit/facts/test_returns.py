"""Sentences on returns: what the directive's own model says, and what shops write."""

import pytest

from troth.audit.facts.passages import Passage, Passages
from troth.audit.facts.returns import Returns, returns
from troth.audit.facts.site import Site

SITE = Site("https://shop.example/", "shop.example", "shop.example", "", "", ())


def said(text: str) -> Returns:
    passage = Passage("p", "returns", "", text)
    return returns(SITE, Passages((passage,), understood=True))


@pytest.mark.parametrize(
    ("text", "days", "starts"),
    [
        (
            "Sie haben das Recht, binnen vierzehn Tagen diesen Vertrag zu widerrufen.",
            14,
            False,
        ),
        (
            "Die Widerrufsfrist beträgt vierzehn Tage ab dem Tag, an dem Sie die Ware in Besitz nahmen.",
            14,
            True,
        ),
        ("30 Tage Rückgaberecht", 30, False),
        ("30 Tage Geld-zurück-Garantie", 30, False),
        ("Kostenloser Rückversand innerhalb von 100 Tagen", 100, False),
        (
            ("U heeft het recht om binnen een termijn van 14 dagen de overeenkomst te herroepen."),
            14,
            False,
        ),
        ("De herroepingstermijn verstrijkt 14 dagen na de dag waarop u het goed in bezit krijgt.", 14, True),
        ("Je kunt je bestelling binnen 100 dagen gratis retourneren.", 100, False),
        ("Een maand bedenktijd? Nee: 8 weken bedenktijd!", 56, False),
        ("You have the right to withdraw from this contract within fourteen days.", 14, False),
        ("Return it within 30 days for a full refund.", 30, False),
        ("You can return goods up to 7 days after delivery.", 7, True),
    ],
)
def test_a_period_for_returning_goods(text: str, days: float, starts: bool) -> None:
    found = said(text)
    assert [(term.days, term.starts) for term in found.periods] == [(days, starts)]
    assert found.refunds == ()


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            (
                "Wenn Sie widerrufen, haben wir alle Zahlungen unverzüglich, spätestens binnen"
                " vierzehn Tagen ab dem Tag zurückzuzahlen, an dem die Mitteilung über Ihren Widerruf bei uns"
                " eingegangen ist."
            ),
            14,
        ),
        ("Die Erstattung erfolgt innerhalb von 3-5 Werktagen.", 5),
        (
            (
                "Als u de overeenkomst herroept, ontvangt u alle betalingen met leveringskosten onverwijld en"
                " in ieder geval niet later dan 14 dagen nadat wij op de hoogte zijn gesteld, van ons terug."
            ),
            14,
        ),
        ("Binnen 14 dagen krijg je je geld terug.", 14),
        (
            (
                "If you withdraw, we shall reimburse to you all payments, without undue delay and in"
                " any event not later than 14 days from the day on which we hear of your decision to"
                " withdraw from this contract."
            ),
            14,
        ),
        ("Refunds are issued within 30 days.", 30),
    ],
)
def test_a_time_for_giving_money_back(text: str, days: float) -> None:
    found = said(text)
    assert [term.most_days for term in found.refunds] == [days]
    assert found.periods == ()


@pytest.mark.parametrize(
    "text",
    [
        (
            "Sie haben die Waren unverzüglich und spätestens binnen vierzehn Tagen ab dem Tag, an dem Sie uns"
            " unterrichten, an uns zurückzusenden."
        ),
        "U dient de goederen onverwijld, niet later dan 14 dagen na de mededeling, terug te zenden.",
        "You shall send back the goods without undue delay and not later than 14 days from your notice.",
        "Bitte melden Sie Transportschäden innerhalb von 7 Tagen.",
        "Retouren bearbeiten wir innerhalb von 5 Werktagen.",
        "Retouren worden binnen 5 werkdagen verwerkt.",
        "You can cancel your order within 24 hours.",
        "Das Rücksendeetikett ist 7 Tage gültig.",
        "If a fault shows within two years, you can ask for your money back.",
        "Umtausch innerhalb von 7 Tagen",
        "Die Rückgabefrist verlängert sich um 12 Monate und 14 Tage.",
    ],
)
def test_other_spans_in_texts_on_returns(text: str) -> None:
    found = said(text)
    assert (found.periods, found.refunds) == ((), ())


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Wir tragen die Kosten der Rücksendung.", "shop"),
        ("Die Kosten der Rücksendung tragen wir.", "shop"),
        ("Kostenlose Rücksendung", "shop"),
        ("Sie tragen die unmittelbaren Kosten der Rücksendung der Waren.", "customer"),
        ("Die Rücksendekosten betragen 4,95 €.", "customer"),
        ("De kosten van het retourneren betalen wij.", "shop"),
        ("Gratis retourneren", "shop"),
        ("De directe kosten van het terugzenden van de goederen komen voor uw rekening.", "customer"),
        ("Retourkosten zijn voor eigen rekening.", "customer"),
        ("We pay the cost of returning the goods.", "shop"),
        ("Free returns within 60 days", "shop"),
        ("You will have to bear the direct cost of returning the goods.", "customer"),
        ("Return shipping costs depend on the country.", "named"),
    ],
)
def test_who_pays_the_way_back(text: str, who: str) -> None:
    assert [payer.who for payer in said(text).payers] == [who]


@pytest.mark.parametrize(
    "text",
    [
        "Kostenloser Versand und 30 Tage Rückgabe",
        "Gratis verzending",
        "Free shipping, easy returns",
        "Rücksendung",
    ],
)
def test_who_pays_the_way_back_is_not_said(text: str) -> None:
    assert said(text).payers == ()


def test_a_model_form_and_goods_without_the_right() -> None:
    assert said("Muster-Widerrufsformular").model_forms
    assert said("Modelformulier voor herroeping").model_forms
    assert said("Model withdrawal form").model_forms
    assert not said("Formular für Fragen").model_forms
    assert said("Für diese Waren besteht kein Widerrufsrecht.").exceptions
    assert said("For such goods there is no right of withdrawal.").exceptions
    assert said("Voor deze producten geldt geen herroepingsrecht.").exceptions
