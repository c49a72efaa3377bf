"""Sentences that several rules end with."""

from troth.audit.facts.passages import Passages
from troth.audit.facts.returns import Returns
from troth.audit.facts.site import Site
from troth.audit.law import applies
from troth.audit.verdict import Proof, Verdict, needs_review, not_applicable
from troth.texts import _


def unjudgeable(passages: Passages, site: Site, law: str) -> Verdict | None:
    """Why a rule that reads the shop's texts and stands on `law` cannot judge; None when it can."""
    if not passages.understood:
        return unknown_language()
    return None if applies(law, site) else not_in_force()


def unread(returns: Returns) -> Verdict | None:
    """What keeps a rule from saying that nothing is said of returns; None when all was read."""
    if not returns.explained_on:
        return no_returns_page()
    if returns.files:
        files = [Proof(said.page, quote=said.quote, selector=said.selector) for said in returns.files]
        return needs_review(_("It may stand in a file that was not read."), *files)
    return None


def unknown_language() -> Verdict:
    """The words to look for are not known in the shop's language."""
    return not_applicable(_("The shop speaks a language whose words are not known here."))


def not_in_force() -> Verdict:
    """The law does not apply."""
    return not_applicable(_("The law it stands on did not apply on that day or in that country."))


def no_product_page() -> Verdict:
    """No page of a product could be looked at."""
    return not_applicable(_("No product's page was seen."))


def no_returns_page() -> Verdict:
    """No page on returns could be looked at."""
    return not_applicable(_("No page on returns was seen."))


def no_checkout(stopped: str) -> Verdict:
    """The walk ended before the checkout."""
    reason = _("The checkout was not reached: the walk stopped at %(step)s.")
    return not_applicable(reason % {"step": stopped})
