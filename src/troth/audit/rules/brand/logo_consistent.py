"""The same logo on every page, and it leads home.

What it checks
    The picture of the logo on every page beside the home page's (perceptual hashes, at most 6 of 64 bits
    apart), and whether it is a link to the shop's first page. The score is the share of pages where both
    hold. Where no picture is the logo, the shop's name in letters at the top of the page counts, if it is
    in the home page's title and leads home.

Why it matters
    The logo is the sign by which a customer knows still to be in the same hands, above all where money is
    asked for.

How to mend it
    Use one picture in one template, also in the checkout and on the pages of terms, linked to the home
    page.

Sources
    Stanford Guidelines for Web Credibility, 6.
"""

from troth.audit.facts.brand import Brand
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, failed, graded, not_applicable
from troth.texts import _, lazy


def judge(brand: Brand) -> Verdict:
    """The share of pages with the home page's logo, linked."""
    if not brand.looks:
        return not_applicable(_("There was no second page to compare with the home page."))
    if not brand.has_logo:
        return failed(_("No logo was found on the home page."), Proof(brand.home))
    proofs = []
    for look in brand.looks:
        if look.logo is None:
            proofs.append(Proof(look.page, _("shows no logo")))
        elif not look.logo:
            proofs.append(Proof(look.page, _("shows another logo")))
        elif not look.home_link:
            proofs.append(Proof(look.page, _("the logo does not lead home")))
    score = 1 - len(proofs) / len(brand.looks)
    reason = _("The logo differs from page to page.") if proofs else _("Every page shows the same logo.")
    return graded(min(score, 0.8) if proofs else score, reason, proofs)


RULE = Rule(
    id="logo-consistent",
    category="brand",
    touchpoint="everywhere",
    mechanism="familiarity",
    title=lazy("The same logo everywhere, leading home"),
    failure=lazy("The logo differs or does not lead home"),
    question=lazy("Is the logo the same everywhere, and does it lead home?"),
    advice=lazy("Use one picture in one template, linked to the home page, also in the checkout."),
    sources=("stanford-6-brand",),
    judge=judge,
)
