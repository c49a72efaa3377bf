"""The total at the end is the price and the shipping that were shown before.

What it checks
    The lines of the order's summary that the total contains: each fee, add-on or tax has to stand with its
    amount on a page before the checkout, and the freight may not be higher than in the basket. Freight
    that depends on the address is left to a person.

Why it matters
    Extra costs at the end are the reason most often given for leaving a checkout. Who stays remembers that
    the price was not the price.

How to mend it
    Put every unavoidable fee into the price, or show it from the product page on.

Sources
    Directive 2011/83/EU, Article 6(6); Baymard Institute (2023); European Commission's sweep (2023).
"""

from troth.audit.facts.fees import Extra, Fees
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, failed, needs_review, not_applicable, passed
from troth.texts import _, lazy


def judge(fees: Fees) -> Verdict:
    """Fails on a cost that the checkout is the first to name."""
    if not fees.page:
        return not_applicable(
            _("The checkout was not reached: the walk stopped at %(step)s.") % {"step": fees.stopped}
        )
    if not fees.lines:
        return not_applicable(_("The checkout showed no lines that could be read, as far as it was walked."))
    late = [extra for extra in fees.extras if not extra.shown]
    if late:
        reason = _("Costs appear in the checkout that no page before named.")
        return failed(reason, *(_proof(fees, extra) for extra in late), confidence="proved")
    if fees.shipping and (said := _freight(fees, fees.shipping)):
        return said
    if fees.unexplained is not None:
        reason = _("The total is higher than its lines: look what it contains.")
        return needs_review(reason, Proof(fees.page, quote=fees.total))
    return passed(_("The checkout names no cost that was not shown before."), confidence="proved")


def _freight(fees: Fees, freight: Extra) -> Verdict | None:
    """What is wrong with the freight, None when nothing is."""
    if _grew(fees):
        proof = _proof(fees, freight)
        if fees.estimated:
            return needs_review(_("The freight rose after the basket, which called it an estimate."), proof)
        return failed(_("The freight is higher than the basket said."), proof, confidence="proved")
    if freight.shown or fees.shipping_before is not None:
        return None
    reason = _("The freight was not named before the checkout: look whether it depends on the address.")
    return needs_review(reason, _proof(fees, freight))


def _grew(fees: Fees) -> bool:
    now, before = fees.shipping_amount, fees.shipping_before
    return now is not None and before is not None and now > before


def _proof(fees: Fees, extra: Extra) -> Proof:
    said = extra.text if extra.price in extra.text else f"{extra.text} {extra.price}"
    return Proof(fees.page, quote=said, selector=extra.selector)


RULE = Rule(
    id="drip-price",
    category="destroyers",
    touchpoint="checkout",
    mechanism="integrity",
    title=lazy("The total is what was shown before"),
    failure=lazy("Costs appear in the checkout that were not shown before"),
    question=lazy("Is the total what was shown before?"),
    advice=lazy("Put every unavoidable fee into the price, or show it from the product page on."),
    sources=("crd-6-6", "baymard-abandonment", "eu-sweep-2023"),
    judge=judge,
)
