"""Customers can help themselves: answers, the order's status, a return, without signing in.

What it checks
    Links and buttons on the pages of the walk that lead to answers to frequent questions, to the status of an
    order and to registering a return. What leads to a sign-in counts half.

Why it matters
    Most questions come late in the evening, and most are the same three. Whoever finds the answer at once
    does not begin to doubt.

How to mend it
    Link the missing helps in the footer; let the order's number and the e-mail address open them.

Sources
    Meuter et al. (2000), Self-Service Technologies.
"""

from troth.audit.facts.passages import Passages
from troth.audit.facts.self_help import HELPS, SelfHelp
from troth.audit.reasons import unknown_language
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, graded, not_applicable
from troth.texts import _, lazy

_NAMES = {
    "faq": lazy("answers to frequent questions"),
    "status": lazy("the status of an order"),
    "returns": lazy("registering a return"),
}


def judge(self_help: SelfHelp, passages: Passages) -> Verdict:
    """Scores the share of three helps."""
    if not self_help.pages:
        return not_applicable(_("No page could be seen."))
    if not passages.understood:
        return unknown_language()
    points, missing, proofs = 0.0, [], []
    for help_ in HELPS:
        offered = self_help.of(help_)
        if offered is None:
            missing.append(str(_NAMES[help_]))
            continue
        points += 0.5 if offered.signed_in else 1.0
        note = _("One has to sign in for it.") if offered.signed_in else ""
        proofs.append(Proof(offered.page, note, offered.quote, offered.selector))
    if missing:
        reason = _("Nothing leads to: %(helps)s.") % {"helps": ", ".join(missing)}
    else:
        reason = _("Customers can help themselves.")
    return graded(points / len(HELPS), reason, proofs)


RULE = Rule(
    id="self-help",
    category="service",
    touchpoint="service",
    mechanism="reliability",
    title=lazy("Customers can help themselves"),
    failure=lazy("Customers cannot help themselves"),
    question=lazy("Can customers help themselves?"),
    advice=lazy("Link answers, the order's status and the registration of returns; ask for no account."),
    sources=("self-service",),
    judge=judge,
)
