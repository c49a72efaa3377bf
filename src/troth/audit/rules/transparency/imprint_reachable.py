"""Who stands behind the shop is two clicks away from every page, at most.

What it checks
    A link to the imprint (or, outside Germany and Austria, to the page that names the company with its
    register or VAT number) on the pages that were seen.

Why it matters
    Who hides is not trusted. The law wants the provider's name and address easy to reach, straight and at
    all times.

How to mend it
    Put a link with a plain name (Impressum, Bedrijfsgegevens, Legal notice) into the footer of every
    page.

Sources
    Directive 2000/31/EC, Article 5; Germany, § 5 DDG; Stanford Guidelines for Web Credibility, 2.
"""

from troth.audit.facts.imprint import Imprint
from troth.audit.facts.site import Site
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, failed, graded, needs_review, not_applicable, passed
from troth.texts import _, lazy


def judge(imprint: Imprint, site: Site) -> Verdict:
    """Passes when the front page leads there; else scores the share of pages that do."""
    if not site.pages:
        return not_applicable(_("No page was seen."))
    if not imprint.page:
        return _without(imprint, site)
    if not imprint.linked_on:
        return failed(_("No page links to the imprint."), Proof(site.pages[0].id))
    home = [page.id for page in site.of("home")]
    proof = Proof(imprint.page, note=_("Who stands behind the shop is said here."))
    if not imprint.unlinked_on or set(home) & set(imprint.linked_on):
        return passed(_("The imprint is at most two clicks away."), proof)
    share = len(imprint.linked_on) / len(site.pages)
    return graded(
        share, _("Some pages do not lead to the imprint."), [Proof(page) for page in imprint.unlinked_on]
    )


def _without(imprint: Imprint, site: Site) -> Verdict:
    if imprint.links:
        return needs_review(_("There is a link to the imprint, but the page could not be read."))
    if not site.of("home"):
        return needs_review(_("The front page was not seen, and no other links to an imprint."))
    return failed(_("No page says who stands behind the shop, and none links to one that does."))


RULE = Rule(
    id="imprint-reachable",
    category="transparency",
    touchpoint="everywhere",
    mechanism="clarity",
    title=lazy("Who stands behind the shop is at most two clicks away"),
    failure=lazy("Who stands behind the shop is hard to find"),
    question=lazy("Is it easy to find who stands behind the shop?"),
    advice=lazy("Link the imprint in the footer of every page."),
    sources=("ecd-5", "ddg-5", "stanford-2"),
    judge=judge,
)
