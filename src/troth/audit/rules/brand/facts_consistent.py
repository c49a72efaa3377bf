"""What the shop says twice it says the same way.

What it checks
    Days to return something, the sum from which shipping is free, and telephone numbers, wherever two pages
    or more speak of them. Two pages contradict each other when they have no value in common and no page
    names both values: a page that tells the 14 days of the law from the 30 days of the shop explains both.
    The score is the share of such subjects without a contradiction.

Why it matters
    Fourteen days here and thirty there: the customer does not know which holds, and suspects that it will
    be the worse one. One message everywhere is what consistency means before any colour.

How to mend it
    Decide which value holds, and correct the other page; where both hold, say on the page when which does.

Sources
    Unfair Commercial Practices Directive 2005/29/EC, Article 6.
"""

from troth.audit.facts.contradictions import SaidTwice
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, graded, not_applicable
from troth.texts import _, lazy

_SUBJECTS = {
    "return-period": lazy("days to return"),
    "free-shipping": lazy("sum from which shipping is free"),
    "phone": lazy("telephone number"),
}


def judge(said_twice: tuple[SaidTwice, ...]) -> Verdict:
    """The share of subjects on which all pages agree."""
    if not said_twice:
        return not_applicable(_("No figure stands on two pages."))
    against = [subject for subject in said_twice if subject.against]
    proofs = [
        Proof(
            statement.page,
            f"{_SUBJECTS[subject.subject]}: {statement.value}",
            statement.quote,
        )
        for subject in against
        for statement in subject.against
    ]
    score = 1 - len(against) / len(said_twice)
    reason = _("Pages contradict each other.") if against else _("Pages agree on what they say twice.")
    return graded(min(score, 0.8) if against else score, reason, proofs, confidence="text")


RULE = Rule(
    id="facts-consistent",
    category="brand",
    touchpoint="everywhere",
    mechanism="integrity",
    title=lazy("Pages agree on what they say twice"),
    failure=lazy("Pages contradict each other"),
    question=lazy("Do pages agree on what they say twice?"),
    advice=lazy("Decide which value holds and correct the other page; where both hold, say when which does."),
    sources=("misleading-actions",),
    judge=judge,
)
