"""Refusals, subscriptions and offers are worded so that nobody feels pressed.

What it checks
    The lines, buttons and labels of the shopping pages, by what they say alone: refusals that one is to be
    ashamed of, subscriptions that are easy to begin and hard to end, and more that is urged on the customer.
    They are told and never counted: whether a text presses is for a person to judge. Texts that press with
    time, stock or other customers by the catalogue's words stand at the countdown and at the numbers of
    stock; those that only the model takes for such stand here, since it is less sure of the kind.

Why it matters
    A customer who was talked into something regrets it, and remembers who did the talking.

How to mend it
    Let a no be a plain no. Say beforehand what renews itself and how it ends. Offer more once, and not in the
    way.

Sources
    Mathur et al. (2019); guidelines of the Netherlands Authority for Consumers and Markets.
"""

from troth.audit.dark_text import Kind
from troth.audit.facts.dark_texts import DarkTexts
from troth.audit.facts.site import Site
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, informative, not_applicable
from troth.texts import _, lazy

_TOLD_ELSEWHERE: tuple[Kind, ...] = ("urgency", "scarcity", "social")


def judge(site: Site, dark_texts: DarkTexts) -> Verdict:
    """Tells the texts that no other rule tells."""
    if not site.pages:
        return not_applicable(_("No page could be seen."))
    pressing = dark_texts.others(*_TOLD_ELSEWHERE)
    if not pressing:
        return not_applicable(_("No such text was seen."))
    proofs = [Proof(one.page, _note(one.kind), one.text, one.selector) for one in pressing]
    reason = _("Texts press or trick by their words: look whether they are fair.")
    return informative(reason, *proofs, confidence="text")


def _note(kind: Kind) -> str:
    if kind == "shaming":
        return _("a refusal that shames")
    if kind == "trap":
        return _("easy to begin, hard to end")
    return _("urges one to take more") if kind == "selling" else ""


RULE = Rule(
    id="pressing-words",
    category="destroyers",
    touchpoint="everywhere",
    mechanism="integrity",
    title=lazy("No text presses or tricks by its words"),
    failure=lazy("Texts press or trick by their words"),
    question=lazy("Do texts press or trick by their words?"),
    advice=lazy("Let a no be a plain no, say how a subscription ends, and offer more once."),
    sources=("mathur-2019", "acm-online-protection"),
    judge=judge,
)
