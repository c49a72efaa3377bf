"""A page tells of the people behind the shop, its history and its place.

What it checks
    The page about the shop for people (names or roles), a year with the story of the beginning, and an
    address.

Why it matters
    Trust is in people. A shop that says who packs the parcels can be believed to care for what is in
    them.

How to mend it
    Write who you are, since when and where, and show faces if they agree.

Sources
    Stanford Guidelines for Web Credibility, 2 to 4.
"""

from troth.audit.facts.passages import Passages
from troth.audit.facts.people import People
from troth.audit.reasons import unknown_language
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, failed, graded, needs_review
from troth.texts import _, lazy


def judge(people: People, passages: Passages) -> Verdict:
    """Scores 1 for people with a history or a place, 0.5 for one of the three, 0 for none."""
    if not passages.understood:
        return unknown_language()
    if not people.page:
        if people.linked_on:
            reason = _("There is a link to a page about the shop, but the page could not be read.")
            return needs_review(reason, Proof(people.linked_on))
        return failed(_("No page tells of the people behind the shop."))
    told = [quote for quote in (people.who, people.history, people.place) if quote]
    proofs = [Proof(people.page, quote=quote) for quote in told] or [Proof(people.page)]
    if people.who and len(told) > 1:
        return graded(1.0, _("A page tells of the people behind the shop."), proofs, confidence="text")
    reason = _("The page about the shop says little of its people, history and place.")
    return graded(0.5 if told else 0.0, reason, proofs, confidence="text")


RULE = Rule(
    id="about-people",
    category="transparency",
    touchpoint="arrival",
    mechanism="benevolence",
    title=lazy("A page tells of the people behind the shop"),
    failure=lazy("The shop says little of the people behind it"),
    question=lazy("Does a page tell of the people behind the shop?"),
    advice=lazy("Tell who you are, since when and where."),
    sources=("stanford-2",),
    judge=judge,
)
