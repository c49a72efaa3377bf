"""The answer's headers protect the visitor, graded as MDN's HTTP Observatory grades them.

What it checks
    Strict-Transport-Security, Content-Security-Policy, X-Content-Type-Options, who may frame the page, and
    Referrer-Policy, on every page of the walk; the weakest page counts. The points are the Observatory's.

Why it matters
    These headers keep what slipped through elsewhere from doing harm: a foreign script in the checkout, a
    frame around the login. Customers do not see them; they see what happens without them.

How to mend it
    Send the headers that are missing, from the server's settings, on every page. Begin with the cheap ones.

Sources
    MDN HTTP Observatory, tests and scoring (2025).
"""

from troth.audit.facts.security_headers import SecurityHeaders
from troth.audit.parsing.security_headers import Mark
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, graded, not_applicable
from troth.texts import _, lazy

_FINDINGS = {
    "missing": lazy("%(header)s is not sent."),
    "invalid": lazy("%(header)s is sent in a form that browsers do not understand."),
    "short": lazy("%(header)s holds for less than six months."),
    "unsafe": lazy("%(header)s allows too much."),
    "eval": lazy("%(header)s allows text to be run as a script."),
    "insecure": lazy("%(header)s allows plain HTTP."),
    "plain": lazy("%(header)s cannot be sent over plain HTTP."),
}
_NAMES = {
    "strict-transport-security": "Strict-Transport-Security",
    "content-security-policy": "Content-Security-Policy",
    "x-content-type-options": "X-Content-Type-Options",
    "frame-ancestors": "X-Frame-Options / frame-ancestors",
    "referrer-policy": "Referrer-Policy",
}
_QUOTED = 300


def judge(security_headers: SecurityHeaders) -> Verdict:
    """Scores the Observatory's points of the weakest page, of 100."""
    if not security_headers.pages:
        return not_applicable(_("No page's headers are known."))
    weakest = security_headers.pages[0]
    points = weakest.graded.points
    reason = _("The headers reach %(points)d of 100 points, grade %(grade)s.") % {
        "points": min(points, 100),
        "grade": weakest.graded.grade,
    }
    proofs = [_proof(weakest.page, mark) for mark in weakest.graded.marks if mark.points < 0]
    return graded(min(points, 100) / 100, reason, proofs, confidence="proved")


def _proof(page: str, mark: Mark) -> Proof:
    note = str(_FINDINGS[mark.finding]) % {"header": _NAMES[mark.test]}
    return Proof(page, note, mark.value[:_QUOTED])


RULE = Rule(
    id="security-headers",
    category="security",
    touchpoint="everywhere",
    mechanism="ability",
    title=lazy("The answer's headers protect the visitor"),
    failure=lazy("Protecting headers are missing or weak"),
    question=lazy("Do the answer's headers protect the visitor?"),
    advice=lazy("Send the headers that are missing, from the server's settings, on every page."),
    sources=("mdn-observatory",),
    judge=judge,
    tags=("security",),
)
