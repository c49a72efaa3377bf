"""It is shown before the checkout how one can pay.

What it checks
    Names and marks of means of payment on the front page, in categories, on products' pages, in the
    basket and on the pages on payment, shipping, help and terms.

Why it matters
    Who finds out at the end that their way to pay is missing has lost time. Known marks early also lend
    some of their own trust.

How to mend it
    Show the marks of your means of payment in the footer and on products' pages, with a name for each.

Sources
    Directive 2011/83/EU, Article 8(3); Baymard Institute (2023).
"""

from troth.audit.facts.payment_methods import PaymentMethods
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, failed, not_applicable, passed
from troth.texts import _, lazy


def judge(payment_methods: PaymentMethods) -> Verdict:
    """Passes when one means of payment at least is named."""
    if not payment_methods.pages:
        return not_applicable(_("No page before the checkout was seen."))
    if not payment_methods.named:
        reason = _("No page before the checkout says how one can pay.")
        return failed(reason, *(Proof(page) for page in payment_methods.pages[:3]))
    first = {method.name: method for method in reversed(payment_methods.named)}
    proofs = [Proof(method.page, quote=method.quote, selector=method.selector) for method in first.values()]
    names = ", ".join(sorted(first))
    return passed(_("Means of payment are named early: %(names)s.") % {"names": names}, *proofs)


RULE = Rule(
    id="payment-methods-early",
    category="transparency",
    touchpoint="product",
    mechanism="clarity",
    title=lazy("It is shown early how one can pay"),
    failure=lazy("It is not shown before the checkout how one can pay"),
    question=lazy("Is it shown early how one can pay?"),
    advice=lazy("Show your means of payment in the footer and on products' pages."),
    sources=("crd-6-1", "baymard-payment"),
    judge=judge,
)
