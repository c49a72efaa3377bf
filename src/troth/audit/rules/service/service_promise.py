"""It is said when one can reach the service, or how soon it answers.

What it checks
    The pages of the walk for hours of service or a time within which questions are answered.

Why it matters
    Who knows that an answer comes within a day waits a day; who knows nothing writes again, or buys
    elsewhere. What is promised can be kept, and be measured.

How to mend it
    Write the hours and the time for an answer on the contact page and in the footer, and keep to them.

Sources
    Parasuraman, Zeithaml and Berry (1988), SERVQUAL.
"""

from troth.audit.facts.passages import Passages
from troth.audit.facts.promises import Promises
from troth.audit.facts.site import Site
from troth.audit.reasons import unknown_language
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, failed, needs_review, not_applicable, passed
from troth.audit.words import words
from troth.texts import _, lazy


def judge(promises: Promises, passages: Passages, site: Site) -> Verdict:
    """Passes with one hour or one time for an answer that is named."""
    named = (*promises.of("answer-time"), *promises.of("service-hours"))
    proofs = [Proof(promise.page, quote=promise.quote) for promise in named]
    if not proofs:
        always = words("service_promise")
        proofs = [
            Proof(passage.page, quote=passage.text[:240])
            for passage in passages.of("home", "contact", "help", "imprint", "about")
            if passage.text in always
        ]
    if proofs:
        return passed(_("Hours of service or a time for answers are named."), *proofs, confidence="text")
    if not passages.understood:
        return unknown_language()
    pages = site.of("contact", "help")
    if not pages and not site.of("home"):
        return not_applicable(_("No page could be seen."))
    reason = _("Neither hours of service nor a time for answers are named.")
    if not pages:
        return needs_review(_("%(reason)s No page on contact was seen.") % {"reason": reason})
    return failed(reason, *(Proof(page.id) for page in pages), confidence="text")


RULE = Rule(
    id="service-promise",
    category="service",
    touchpoint="service",
    mechanism="reliability",
    title=lazy("It is said when the service can be reached"),
    failure=lazy("Nothing says when the service can be reached"),
    question=lazy("Is it said when the service can be reached?"),
    advice=lazy("Write hours and the time for an answer on the contact page, and keep to them."),
    sources=("service-quality",),
    judge=judge,
    tags=("responsiveness",),
)
