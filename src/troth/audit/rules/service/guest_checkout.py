"""One can buy without an account.

What it checks
    The checkout, as far as it was walked: whether it offers to go on as a guest, or asks for the address at
    once, or wants an account first.

Why it matters
    A quarter of those who leave a checkout leave because it wants an account. Who only wants to buy once
    should not have to be known for good.

How to mend it
    Offer the order as a guest, and the account afterwards.

Sources
    Baymard Institute (2023).
"""

from troth.audit.facts.guest import Guest, Said
from troth.audit.facts.journey import Journey
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, failed, needs_review, not_applicable, passed
from troth.texts import _, lazy


def judge(guest: Guest, journey: Journey) -> Verdict:
    """Passes with a way for guests, fails at a wall."""
    open_ = guest.offer or guest.address
    if open_:
        return passed(_("One can order without an account."), _proof(open_))
    if guest.wall:
        return failed(_("The checkout wants an account."), _proof(guest.wall))
    if not guest.pages:
        return not_applicable(journey.end)
    return needs_review(_("Whether the checkout wants an account could not be told."), Proof(guest.pages[0]))


def _proof(said: Said) -> Proof:
    return Proof(said.page, quote=said.quote, selector=said.selector)


RULE = Rule(
    id="guest-checkout",
    category="service",
    touchpoint="checkout",
    mechanism="interests",
    title=lazy("One can buy without an account"),
    failure=lazy("The checkout wants an account"),
    question=lazy("Can one buy without an account?"),
    advice=lazy("Offer the order as a guest, and the account afterwards."),
    sources=("baymard-account",),
    judge=judge,
)
