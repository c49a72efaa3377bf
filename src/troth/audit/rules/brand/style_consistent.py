"""The same fonts, colours, header and footer everywhere.

What it checks
    Fonts and colours of every page beside the home page's (Jensen-Shannon distance), and how many of the
    links in its header and footer are there, too. A checkout may drop its header and footer links, but not
    its looks. A page whose fonts or colours have little in common with the home page's, or, outside the
    checkout, that lost most links, counts against the shop.

Why it matters
    A page that looks as if it were another's makes a customer ask who is asking for the address and the
    card number.

How to mend it
    Give every page, also those of terms and of the payment, the one template and its style sheet.

Sources
    Stanford Guidelines for Web Credibility, 6.
"""

from troth.audit.facts.brand import Brand, Look
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, graded, not_applicable
from troth.texts import _, lazy

_FONTS, _COLOURS, _LINKS = 0.6, 0.75, 0.5
_SPARED = ("checkout",)


def judge(brand: Brand) -> Verdict:
    """The share of pages that look like the home page."""
    if not brand.looks:
        return not_applicable(_("There was no second page to compare with the home page."))
    proofs = [Proof(look.page, fault) for look in brand.looks if (fault := _fault(look))]
    score = 1 - len(proofs) / len(brand.looks)
    reason = _("Some pages look as if they were another's.") if proofs else _("Every page looks alike.")
    return graded(min(score, 0.8) if proofs else score, reason, proofs)


def _fault(look: Look) -> str:
    if look.fonts > _FONTS:
        return _("other fonts than on the home page")
    if look.colours > _COLOURS:
        return _("other colours than on the home page")
    if look.kind in _SPARED:
        return ""
    if look.header is not None and look.header < _LINKS:
        return _("another header than on the home page")
    if look.footer is not None and look.footer < _LINKS:
        return _("another footer than on the home page")
    return ""


RULE = Rule(
    id="style-consistent",
    category="brand",
    touchpoint="everywhere",
    mechanism="familiarity",
    title=lazy("The same style everywhere"),
    failure=lazy("Some pages look as if they were another's"),
    question=lazy("Do all pages have the same style?"),
    advice=lazy("Give every page the one template and its style sheet."),
    sources=("stanford-6-brand",),
    judge=judge,
)
