"""There is a privacy policy, one click away, and it says what it has to.

What it checks
    A link to the policy on the front page, and in its text six points: who is responsible, what the data are
    for, the visitor's rights, where to complain, how long data are kept, who else receives them.

Why it matters
    Who asks for an address and a card says what becomes of them. A policy that is missing or leaves out
    the rights looks like one that nobody wrote for this shop.

How to mend it
    Link the policy in the footer of every page, and write a paragraph on each point that is missing.

Sources
    Regulation (EU) 2016/679, Articles 13 and 14.
"""

from troth.audit.facts.privacy_policy import POINTS, PrivacyPolicy
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, failed, graded, needs_review, not_applicable
from troth.texts import _, lazy

_NAMES = {
    "controller": lazy("who is responsible"),
    "purposes": lazy("what the data are for"),
    "rights": lazy("the visitor's rights"),
    "complaint": lazy("where to complain"),
    "retention": lazy("how long data are kept"),
    "recipients": lazy("who else receives them"),
}


def judge(privacy_policy: PrivacyPolicy) -> Verdict:
    """Scores the share of points; an unlinked policy loses half, no policy all."""
    policy = privacy_policy
    if not policy.pages:
        return _nothing_read(policy)
    proofs = [Proof(point.page, str(_NAMES[point.name]), point.quote) for point in policy.points]
    if policy.missing:
        names = ", ".join(str(_NAMES[name]) for name in policy.missing)
        reason = _("The privacy policy does not speak of: %(points)s.") % {"points": names}
        if policy.cut:
            return needs_review(reason, *proofs, confidence="text")
        proofs = [Proof(policy.pages[0], reason)]
    else:
        reason = _("The privacy policy speaks of all six points.")
    linked = bool(policy.linked_from) or not policy.looked
    if not linked:
        reason = _("The front page has no link to the privacy policy.")
    score = len(policy.points) / len(POINTS) * (1.0 if linked else 0.5)
    return graded(score, reason, proofs, confidence="text")


def _nothing_read(policy: PrivacyPolicy) -> Verdict:
    if policy.failed or policy.linked_from:
        reason = _("There is a link to a privacy policy, but the page could not be read.")
        proof = Proof(policy.linked_from, quote=policy.linked_as)
        return needs_review(reason, *([proof] if policy.linked_from else []))
    if not policy.looked:
        return not_applicable(_("The front page could not be seen."))
    return failed(_("No privacy policy was found."))


RULE = Rule(
    id="privacy-policy",
    category="privacy",
    touchpoint="terms",
    mechanism="clarity",
    title=lazy("The privacy policy says what it has to"),
    failure=lazy("The privacy policy is missing or says too little"),
    question=lazy("Does the privacy policy say what it has to?"),
    advice=lazy("Link the privacy policy in the footer and write a paragraph on each missing point."),
    sources=("gdpr-13",),
    judge=judge,
)
