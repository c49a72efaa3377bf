"""A contract can be withdrawn from on the site, without signing in.

What it checks
    Links and buttons that say 'withdraw from contract here' or the like, and whether the page behind has
    a form or button and asks for no password.

Why it matters
    Getting out should be as easy as getting in. Since 19 June 2026 a shop in the European Union has to
    offer it as a function of its site.

How to mend it
    Link a page named 'Withdraw from contract' in the footer; its form asks for no account and is
    confirmed by e-mail.

Sources
    Directive 2011/83/EU, Article 11a (Directive (EU) 2023/2673).
"""

from troth.audit.facts.passages import Passages
from troth.audit.facts.site import Site
from troth.audit.facts.withdrawal_function import WithdrawalFunction
from troth.audit.reasons import unjudgeable
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, failed, needs_review, not_applicable, passed
from troth.texts import _, lazy


def judge(withdrawal_function: WithdrawalFunction, passages: Passages, site: Site) -> Verdict:
    """Fails when no page offers it, or the one behind wants an account."""
    if (end := unjudgeable(passages, site, "crd-11a")) is not None:
        return end
    if not site.of("home"):
        return not_applicable(_("The front page could not be seen."))
    function = withdrawal_function
    if not function.ways:
        reason = _("No function to withdraw from a contract was found (an indication).")
        return failed(reason, Proof(site.of("home")[0].id))
    proofs = [Proof(way.page, quote=way.text, selector=way.selector) for way in function.ways[:3]]
    if function.usable:
        return passed(_("A contract can be withdrawn from on the site."), *proofs)
    if function.asks_to_sign_in:
        return failed(_("The function to withdraw asks to sign in."), *proofs, Proof(function.opens))
    return needs_review(_("There is a link to withdraw from a contract; look where it leads."), *proofs)


RULE = Rule(
    id="withdrawal-function",
    category="transparency",
    touchpoint="everywhere",
    mechanism="reciprocity",
    title=lazy("A contract can be withdrawn from on the site"),
    failure=lazy("There is no function to withdraw from a contract"),
    question=lazy("Can a contract be withdrawn from on the site?"),
    advice=lazy("Link a page with a form that withdraws from the contract, without an account."),
    sources=("crd-11a",),
    judge=judge,
)
