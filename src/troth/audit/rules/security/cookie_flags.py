"""The session's cookie cannot be read by scripts, nor sent in the clear, nor ride along from other sites.

What it checks
    Each cookie of the shop whose name says session or sign-in: Secure, HttpOnly and SameSite. The weakest one
    counts. SameSite counts little, since most browsers assume it.

Why it matters
    Who has the session's cookie is the customer: sees the address, the orders, the basket.

How to mend it
    Set `Secure; HttpOnly; SameSite=Lax` where the shop system sets its session cookie.

Sources
    OWASP Application Security Verification Standard 4.0, V3.4; MDN HTTP Observatory.
"""

from troth.audit.facts.session_cookies import SessionCookie, SessionCookies
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, graded, not_applicable
from troth.texts import _, lazy

_COSTS = {"Secure": 0.5, "HttpOnly": 0.4, "SameSite": 0.1}


def judge(session_cookies: SessionCookies) -> Verdict:
    """Scores the flags of the weakest session cookie."""
    if not session_cookies.looked:
        return not_applicable(_("No page could be seen."))
    if not session_cookies.cookies:
        return not_applicable(_("The shop set no session cookie."))
    proofs = [
        Proof(cookie.page, _("Missing: %(flags)s") % {"flags": ", ".join(missing)}, cookie.name)
        for cookie in session_cookies.cookies
        if (missing := _missing(cookie))
    ]
    score = min(1 - sum(_COSTS[flag] for flag in _missing(one)) for one in session_cookies.cookies)
    if proofs:
        return graded(score, _("A session cookie lacks flags that protect it."), proofs, confidence="proved")
    return graded(1.0, _("The session's cookies are protected."), confidence="proved")


def _missing(cookie: SessionCookie) -> list[str]:
    there = {"Secure": cookie.secure, "HttpOnly": cookie.http_only, "SameSite": bool(cookie.same_site)}
    return [flag for flag, set_ in there.items() if not set_]


RULE = Rule(
    id="cookie-flags",
    category="security",
    touchpoint="everywhere",
    mechanism="ability",
    title=lazy("The session's cookies are protected"),
    failure=lazy("A session cookie is not protected"),
    question=lazy("Are the session's cookies protected?"),
    advice=lazy("Set `Secure; HttpOnly; SameSite=Lax` where the shop system sets its session cookie."),
    sources=("owasp-asvs", "mdn-observatory"),
    judge=judge,
    tags=("security",),
)
