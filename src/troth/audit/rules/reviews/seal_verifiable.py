"""Every trust mark leads to its issuer, to the page about this shop.

What it checks
    Pictures that show the mark of a known issuer (by their words, their file or their host): whether they
    lead to the issuer's page, and that this page is no other shop's and not just the front page. A mark that
    the issuer's own script shows is as good.

Why it matters
    A mark costs nothing to copy. Who clicks on it and comes to a certificate believes it; who clicks and
    nothing happens has reason to leave. Fake shops show marks as mere pictures.

How to mend it
    Link each mark to your certificate or profile at the issuer's, or take it down.

Sources
    Directive 2005/29/EC, Annex I no. 2; consumer centres' signs of fake shops. An indication, no legal
    advice.
"""

from troth.audit.facts.seals import Seal, Seals
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, failed, needs_review, not_applicable, passed
from troth.texts import _, lazy

_NOTES = {
    "nowhere": lazy("%(issuer)s: the mark leads nowhere."),
    "front": lazy("%(issuer)s: the mark leads to the issuer's front page only."),
    "other-shop": lazy("%(issuer)s: the mark's link names another shop."),
    "own-page": lazy("%(issuer)s: the mark leads to a page of the shop's own."),
    "elsewhere": lazy("%(issuer)s: the mark leads to someone else."),
    "profile": lazy("%(issuer)s: the mark leads to the issuer."),
}
_WRONG = {"nowhere", "front", "elsewhere"}


def judge(seals: Seals) -> Verdict:
    """Fails on a mark that leads nowhere or past the shop; a person looks at what names another one."""
    if not seals.seals:
        return not_applicable(
            _("No page could be seen.") if not seals.pages else _("No trust mark was found.")
        )
    sound = {seal.issuer for seal in seals.seals if seal.widget or seal.leads == "profile"}
    wrong = [seal for seal in seals.seals if seal.leads in _WRONG and seal.issuer not in sound]
    if wrong:
        return failed(_("A trust mark cannot be looked up."), *map(_proof, wrong))
    unclear = [seal for seal in seals.seals if seal.leads in {"own-page", "other-shop"} and not seal.widget]
    if unclear:
        return needs_review(_("Where a trust mark leads has to be looked at."), *map(_proof, unclear))
    return passed(_("The trust marks can be looked up."), *map(_proof, seals.seals))


def _proof(seal: Seal) -> Proof:
    note = str(_NOTES[seal.leads]) % {"issuer": seal.issuer}
    return Proof(seal.page, note, seal.link or seal.shown_as, seal.selector)


RULE = Rule(
    id="seal-verifiable",
    category="reviews",
    touchpoint="everywhere",
    mechanism="integrity",
    title=lazy("Trust marks can be looked up at their issuer"),
    failure=lazy("A trust mark cannot be looked up"),
    question=lazy("Can trust marks be looked up at their issuer?"),
    advice=lazy("Link each mark to your certificate or profile at the issuer's, or take it down."),
    sources=("ucpd-annex-2", "fake-shop-signs"),
    judge=judge,
)
