"""Customers are reminded of the legal guarantee.

What it checks
    Sentences on the legal guarantee of conformity, and the Union's harmonised notice by its name, link or
    picture. Since 27 September 2026 the notice itself is due; a picture without words is left to a
    person.

Why it matters
    A shop that names the rights against itself has no need to hide from them.

How to mend it
    Show the harmonised notice, and name the legal guarantee on products' pages and in the terms.

Sources
    Directive 2011/83/EU, Article 6(1)(l); Directive (EU) 2024/825 with Regulation (EU) 2025/1960.
"""

from troth.audit.facts.guarantees import Guarantees
from troth.audit.facts.passages import Passages
from troth.audit.facts.site import Site
from troth.audit.law import applies
from troth.audit.reasons import unjudgeable
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, failed, needs_review, not_applicable, passed
from troth.texts import _, lazy


def judge(guarantees: Guarantees, passages: Passages, site: Site) -> Verdict:
    """Fails when nothing speaks of it; a missing notice is left to a person."""
    if (end := unjudgeable(passages, site, "crd-6-1-l")) is not None:
        return end
    if not guarantees.pages:
        return not_applicable(_("No page of goods or terms was seen."))
    if guarantees.notices:
        shown = guarantees.notices[:3]
        quotes = [Proof(said.page, quote=said.quote, selector=said.selector) for said in shown]
        return passed(_("The notice on the legal guarantee is shown."), *quotes, confidence="text")
    quotes = [Proof(said.page, quote=said.quote) for said in guarantees.sayings[:3]]
    if not quotes:
        return _silent(site)
    if applies("eu-2024-825", site):
        reason = _("The legal guarantee is named; look whether the Union's notice is shown.")
        return needs_review(reason, *quotes, confidence="text")
    return passed(_("The legal guarantee is named."), *quotes, confidence="text")


def _silent(site: Site) -> Verdict:
    if not site.of("terms", "guarantee", "returns"):
        return needs_review(_("Nothing speaks of the legal guarantee; the terms were not seen."))
    return failed(_("Nothing speaks of the legal guarantee (an indication)."), confidence="text")


RULE = Rule(
    id="legal-guarantee",
    category="transparency",
    touchpoint="product",
    mechanism="accountability",
    title=lazy("Customers are reminded of the legal guarantee"),
    failure=lazy("Nothing speaks of the legal guarantee"),
    question=lazy("Are customers reminded of the legal guarantee?"),
    advice=lazy("Name the legal guarantee and show the harmonised notice."),
    sources=("crd-6-1-l", "eu-2024-825"),
    judge=judge,
)
