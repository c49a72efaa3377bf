"""Nothing of the shop's template was left standing: no lorem ipsum, no sample company.

What it checks
    The visible text of every page, for words that templates and demo shops bring along.

Why it matters
    Text that nobody wrote for the customer tells that nobody looked. Consumer centres name it as a sign of
    shops that were put up in a hurry to take money.

How to mend it
    Replace or delete the quoted text, on every page that shares the template.

Sources
    Consumer centres' lists of signs of fake shops; Stanford Guidelines for Web Credibility, 10 (avoid
    errors).
"""

from troth.audit.facts.site import Site
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, failed, passed
from troth.audit.words import words
from troth.texts import _, lazy


def judge(site: Site) -> Verdict:
    """Fails on the first template text of any page."""
    left = words("placeholder")
    proofs = [
        Proof(page.id, quote=found.quote)
        for page in site.pages
        if page.seen and (found := left.find(page.seen.text))
    ]
    if proofs:
        return failed(_("Text of a template is left on the page."), *proofs, confidence="proved")
    return passed(_("No template text was found."))


RULE = Rule(
    id="placeholder-text",
    category="first-impression",
    touchpoint="everywhere",
    mechanism="integrity",
    title=lazy("No template remains"),
    failure=lazy("Text of a template was left standing"),
    question=lazy("Was text of a template left standing?"),
    advice=lazy("Replace the quoted text by your own, or delete it."),
    sources=("fake-shop-signs", "stanford-10"),
    judge=judge,
)
