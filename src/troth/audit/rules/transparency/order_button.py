"""The last button says that the order costs money.

What it checks
    The buttons of the checkout that conclude the contract, as far as it was walked: 'order with
    obligation to pay', 'buy now' and the like against 'place order' or 'confirm'.

Why it matters
    Only the words on the button count: who clicks it has to know that now money is owed. An honest word
    at the last step is remembered as such.

How to mend it
    Label the last button 'order with obligation to pay', 'buy now' or 'pay now', and nothing else.

Sources
    Directive 2011/83/EU, Article 8(2); CJEU C-249/21 (Fuhrmann-2).
"""

from troth.audit.facts.final_button import FinalButton, FinalButtons
from troth.audit.facts.passages import Passages
from troth.audit.facts.site import Site
from troth.audit.reasons import no_checkout, unjudgeable
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, failed, not_applicable, passed
from troth.texts import _, lazy


def judge(final_buttons: FinalButtons, passages: Passages, site: Site) -> Verdict:
    """Fails when the only button that concludes the contract does not say so."""
    if (end := unjudgeable(passages, site, "crd-8-2")) is not None:
        return end
    if not final_buttons.reached:
        return no_checkout(final_buttons.stopped)
    paying = [button for button in final_buttons.buttons if button.says == "pays"]
    if paying:
        return passed(_("The last button says that the order costs money."), *map(_proof, paying))
    if final_buttons.buttons:
        reason = _("The last button does not say that the order costs money (an indication).")
        return failed(reason, *map(_proof, final_buttons.buttons))
    return not_applicable(_("The last button was not reached, as far as the checkout was walked."))


def _proof(button: FinalButton) -> Proof:
    return Proof(button.page, quote=button.text, selector=button.selector)


RULE = Rule(
    id="order-button",
    category="transparency",
    touchpoint="checkout",
    mechanism="clarity",
    title=lazy("The last button says that the order costs money"),
    failure=lazy("The last button hides that the order costs money"),
    question=lazy("Does the last button say that the order costs money?"),
    advice=lazy("Label the last button 'order with obligation to pay' or 'buy now'."),
    sources=("crd-8-2", "cjeu-c-249-21"),
    judge=judge,
)
