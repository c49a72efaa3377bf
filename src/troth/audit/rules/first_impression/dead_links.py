"""The links of header, footer and policies lead somewhere.

What it checks
    Up to 60 of the shop's own links, asked for one by one. Not found, gone and server errors count; an
    answer that refuses a machine, and a link that robots.txt closes, tell nothing. Each dead link takes a
    fifth.

Why it matters
    A link to the returns policy that ends in an error says that nobody tends the shop, just where a wary
    customer looks for a hold.

How to mend it
    Correct the address, or lead the old one on to its successor.

Sources
    Stanford Guidelines for Web Credibility, 10 (avoid errors of all types).
"""

from troth.audit.curves import fewer
from troth.audit.facts.dead_links import CheckedLinks
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, graded, not_applicable
from troth.texts import _, lazy


def judge(checked_links: CheckedLinks) -> Verdict:
    """Each dead link takes a fifth of the score."""
    if not checked_links.told:
        return not_applicable(_("No link could be checked."))
    proofs = [
        Proof(
            link.found_on[0] if link.found_on else "",
            _("answered with %(status)s") % {"status": link.status},
            link.url,
        )
        for link in checked_links.dead
    ]
    reason = _("Links lead nowhere.") if proofs else _("Every link that was checked leads somewhere.")
    return graded(fewer(len(proofs)), reason, proofs, confidence="proved")


RULE = Rule(
    id="dead-links",
    category="first-impression",
    touchpoint="everywhere",
    mechanism="reliability",
    title=lazy("Links lead somewhere"),
    failure=lazy("Links lead nowhere"),
    question=lazy("Do links lead somewhere?"),
    advice=lazy("Correct the address, or lead the old one on to its successor."),
    sources=("stanford-10",),
    judge=judge,
)
