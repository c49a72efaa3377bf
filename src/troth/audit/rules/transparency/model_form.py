"""The model withdrawal form is offered.

What it checks
    The model form, by its name, on pages on returns, withdrawal, terms and help, in the text or as a
    link.

Why it matters
    A form that only has to be filled in takes away the fear of saying it wrong.

How to mend it
    Put the model form of the directive on the page on returns.

Sources
    Directive 2011/83/EU, Annex I(B).
"""

from troth.audit.facts.passages import Passages
from troth.audit.facts.returns import Returns
from troth.audit.facts.site import Site
from troth.audit.reasons import unjudgeable, unread
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, failed, passed
from troth.texts import _, lazy


def judge(returns: Returns, passages: Passages, site: Site) -> Verdict:
    """Passes when the form is named; files that were not read are left to a person."""
    if (end := unjudgeable(passages, site, "crd-annex-1b")) is not None:
        return end
    if returns.model_forms:
        forms = returns.model_forms[:3]
        quotes = [Proof(said.page, quote=said.quote, selector=said.selector) for said in forms]
        return passed(_("The model withdrawal form is offered."), *quotes, confidence="text")
    if (end := unread(returns)) is not None:
        return end
    reason = _("The model withdrawal form was not found (an indication).")
    return failed(reason, *(Proof(page) for page in returns.explained_on), confidence="text")


RULE = Rule(
    id="model-form",
    category="transparency",
    touchpoint="terms",
    mechanism="reciprocity",
    title=lazy("The model withdrawal form is offered"),
    failure=lazy("The model withdrawal form is missing"),
    question=lazy("Is the model withdrawal form offered?"),
    advice=lazy("Put the model withdrawal form on the page on returns."),
    sources=("crd-annex-1b",),
    judge=judge,
)
