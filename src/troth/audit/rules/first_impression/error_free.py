"""No script fails, no resource is missing, no picture is broken.

What it checks
    Errors that no script caught, requests to the shop itself that were answered with an error or not at
    all, and pictures that could not be shown. Parts of other hosts do not count. Each distinct fault takes
    a fifth.

Why it matters
    Customers take small errors for carelessness, and carelessness for what awaits their order. Errors of
    all kinds are among the strongest signs against a site's credibility.

How to mend it
    Open the quoted address or the browser's console on the page, and mend or remove what fails.

Sources
    Stanford Guidelines for Web Credibility, 10 (avoid errors of all types).
"""

from troth.audit.curves import fewer
from troth.audit.facts.errors import PageError
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, graded
from troth.texts import _, lazy

_NAMES = {
    "script": lazy("A script failed."),
    "resource": lazy("A resource is missing."),
    "picture": lazy("A picture is broken."),
}


def judge(page_errors: tuple[PageError, ...]) -> Verdict:
    """Each distinct fault takes a fifth of the score."""
    proofs = [Proof(error.page, str(_NAMES[error.kind]), error.what, error.selector) for error in page_errors]
    reason = _("Parts of the pages fail.") if proofs else _("No part of any page failed.")
    return graded(fewer(len(proofs)), reason, proofs, confidence="proved")


RULE = Rule(
    id="error-free",
    category="first-impression",
    touchpoint="everywhere",
    mechanism="reliability",
    title=lazy("Pages work without errors"),
    failure=lazy("Scripts, resources or pictures fail"),
    question=lazy("Do pages work without errors?"),
    advice=lazy("Mend or remove what fails; the browser's console names it."),
    sources=("stanford-10",),
    judge=judge,
)
