"""The page on returns is linked from the front page and from each product.

What it checks
    Links on the front page and on products' pages that lead to the page on returns. A link that registers a
    return or withdraws from a contract counts only where its page also grants the period.

Why it matters
    Customers look for the way back before they buy. A shop that shows it early is one that expects to be
    trusted, and that wishes its customers well.

How to mend it
    Link the page on returns in the footer, and beside the button that buys.

Sources
    Directive 2011/83/EU, Article 6(1)(h); Baymard Institute (2023): 16 % left for an unsatisfactory
    returns policy.
"""

from troth.audit.artifacts.shape import Page
from troth.audit.facts.returns import Returns
from troth.audit.facts.site import Site
from troth.audit.gather.kinds import link_kinds
from troth.audit.parsing.addresses import plain
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, graded, not_applicable
from troth.audit.words import words
from troth.texts import _, lazy


def judge(site: Site, returns: Returns) -> Verdict:
    """Scores the share of the two kinds of pages that link to returns."""
    kinds = [pages for pages in (site.of("home"), site.of("product")) if pages]
    if not kinds:
        return not_applicable(_("Neither the front page nor a product's page was seen."))
    granting = {term.page for term in returns.periods}
    explained = {plain(page.final_url) for page in site.pages if page.id in granting}
    proofs, missing = [], []
    for page in (page for pages in kinds for page in pages):
        found = _link(page, explained)
        if found:
            proofs.append(found)
        else:
            missing.append(page)
    score = sum(all(page not in missing for page in pages) for pages in kinds) / len(kinds)
    if missing:
        lacking = [Proof(page.id, _("No link to returns.")) for page in missing]
        return graded(score, _("A page has no link to the page on returns."), lacking)
    return graded(score, _("The page on returns is linked."), proofs)


def _link(page: Page, explained: set[str]) -> Proof | None:
    for link in page.seen.links if page.seen else ():
        kinds = set(link_kinds(link.text, link.href))
        does = "withdrawal" in kinds or link.text in words("pages-doing")
        if {"returns", "withdrawal"} & kinds and (not does or plain(link.href) in explained):
            return Proof(page.id, quote=link.text, selector=link.selector)
    return None


RULE = Rule(
    id="returns-linked",
    category="transparency",
    touchpoint="product",
    mechanism="benevolence",
    title=lazy("Returns are linked from the front page and the products"),
    failure=lazy("Returns are not linked where customers look"),
    question=lazy("Are returns linked from the front page and the products?"),
    advice=lazy("Link the page on returns in the footer and beside the button that buys."),
    sources=("crd-6-1", "baymard-returns"),
    judge=judge,
)
