"""A card's number is typed where a payment provider takes it, not into the shop's own form.

What it checks
    The fields of basket and checkout, as far as they were walked: a field for a card's number or code in the
    shop's own page, against frames and pages of payment providers.

Why it matters
    A shop that takes card data itself has to protect them itself: any script on the page can read along, and
    theft by planted scripts happens there. In a provider's frame it cannot.

How to mend it
    Use the payment provider's own fields or page; most offer both.

Sources
    PCI DSS 4.0, Self-Assessment Questionnaire A.
"""

from troth.audit.facts.card_fields import CardFields
from troth.audit.facts.journey import Journey
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, failed, needs_review, not_applicable, passed
from troth.texts import _, lazy


def judge(card_fields: CardFields, journey: Journey) -> Verdict:
    """Fails on a card's field in the shop's own page; says nothing before a means of payment is chosen."""
    found = card_fields
    if found.own:
        proofs = [Proof(field.page, quote=field.label, selector=field.selector) for field in found.own]
        reason = _("The card's data are typed into the shop's own page.")
        return failed(reason, *proofs, confidence="proved")
    if found.providers:
        proofs = [Proof(page, quote=name) for page, name in found.providers]
        return passed(_("A payment provider takes the payment's data."), *proofs, confidence="proved")
    if not found.choice:
        reason = _("No page was reached on which one pays.") if found.pages else journey.end
        return not_applicable(reason)
    if found.unread:
        proofs = [Proof(page, quote=address) for page, address in found.unread]
        return needs_review(_("A frame of the shop's own may ask for the card's data."), *proofs)
    return passed(_("The shop's pages ask for no card data."), Proof(found.choice))


RULE = Rule(
    id="payment-handled-safely",
    category="security",
    touchpoint="checkout",
    mechanism="ability",
    title=lazy("Card data go to a payment provider only"),
    failure=lazy("Card data are typed into the shop's own page"),
    question=lazy("Do card data go to a payment provider only?"),
    advice=lazy("Use the payment provider's own fields or page for the card's data."),
    sources=("pci-dss-saq-a",),
    judge=judge,
    tags=("security",),
)
