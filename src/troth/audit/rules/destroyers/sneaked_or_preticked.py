"""Nothing lies in the basket, and no box is ticked, that the visitor did not choose.

What it checks
    After one product was put into the basket: each line that costs money and is another one, when the sum
    contains it. And the boxes on all pages of the walk that the page itself ticked, where they agree to
    advertising or to something that costs money. A ticked box that says no is none of them.

Why it matters
    Who finds an insurance in the basket counts every line from then on, here and the next time.

How to mend it
    Offer what is sold on top, and let the customer add it. Let every box start empty.

Sources
    Directive 2011/83/EU, Article 22; CJEU C-673/17 (Planet49); Mathur et al. (2019).
"""

from troth.audit.facts.basket_facts import BasketFacts
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, failed, needs_review, not_applicable, passed
from troth.texts import _, lazy


def judge(basket_facts: BasketFacts) -> Verdict:
    """Fails on the first line or box that nobody chose."""
    facts = basket_facts
    proofs = [
        Proof(
            one.page,
            _("In the basket, though not chosen, for %(price)s.") % {"price": one.price},
            one.text,
            one.selector,
        )
        for one in facts.slipped
    ]
    proofs += [
        Proof(one.page, _("Ticked by the page itself."), one.label, one.selector) for one in facts.ticked
    ]
    if facts.slipped:
        return failed(_("Something lies in the basket that nobody chose."), *proofs, confidence="proved")
    if facts.ticked:
        return failed(_("A box is ticked that the visitor did not tick."), *proofs, confidence="proved")
    if not facts.reached:
        return not_applicable(
            _("The basket was not reached: the walk stopped at %(step)s.") % {"step": facts.stopped}
        )
    if not facts.compared:
        return needs_review(_("No box is ticked beforehand, but the basket's lines could not be read."))
    return passed(
        _("The basket holds what was chosen, and no box is ticked beforehand."), confidence="proved"
    )


RULE = Rule(
    id="sneaked-or-preticked",
    category="destroyers",
    touchpoint="basket",
    mechanism="interests",
    title=lazy("Nothing is in the basket that the customer did not choose"),
    failure=lazy("Something was put into the basket or ticked unasked"),
    question=lazy("Is anything in the basket that the customer did not choose?"),
    advice=lazy("Let the customer add what is sold on top, and let every box start empty."),
    sources=("crd-22", "planet49-boxes", "mathur-2019"),
    judge=judge,
)
