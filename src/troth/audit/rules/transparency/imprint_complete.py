"""The imprint names all that is due: name, address, e-mail, register and VAT numbers.

What it checks
    The text of the imprint (or of the page that does its work) for what is due in that country for this
    kind of business. Check digits of VAT numbers are verified; a sole trader owes no register number, a
    small business no VAT number.

Why it matters
    A name with an address and a number that can be looked up can be held to account. An invented number
    is a sign of a shop that cannot.

How to mend it
    Add what is missing; correct a VAT number whose check digits do not fit.

Sources
    Directive 2000/31/EC, Article 5; Germany, § 5 DDG; Stanford Guidelines for Web Credibility, 2.
"""

from troth.audit.facts.imprint import Imprint
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, graded, not_applicable
from troth.texts import _, lazy

_NAMES = {
    "name": lazy("the name"),
    "address": lazy("the address"),
    "email": lazy("an e-mail address"),
    "second way": lazy("a phone number or form"),
    "register": lazy("the number in the register"),
    "VAT number": lazy("the VAT number"),
    "representative": lazy("who represents the company"),
}


def judge(imprint: Imprint) -> Verdict:
    """Scores the share of due items that were found."""
    if not imprint.page:
        return not_applicable(_("No imprint was seen."))
    missing = [item for item in imprint.items if not item.found]
    proofs = [Proof(imprint.page, str(_NAMES[item.name]), item.found) for item in imprint.items if item.found]
    wrong = [item for item in missing if item.wrong]
    note = _("The check digits of this VAT number do not fit.")
    proofs += [Proof(imprint.page, note, item.wrong) for item in wrong]
    score = 1 - len(missing) / len(imprint.items)
    if not missing:
        return graded(score, _("The imprint names all that is due."), proofs, confidence="text")
    names = ", ".join(str(_NAMES[item.name]) for item in missing)
    return graded(score, _("The imprint lacks: %(items)s.") % {"items": names}, proofs, confidence="text")


RULE = Rule(
    id="imprint-complete",
    category="transparency",
    touchpoint="terms",
    mechanism="clarity",
    title=lazy("The imprint names all that is due"),
    failure=lazy("The imprint lacks something"),
    question=lazy("Does the imprint name all that is due?"),
    advice=lazy("Add the missing items to the imprint."),
    sources=("ecd-5", "ddg-5", "stanford-2"),
    judge=judge,
)
