"""A result with a finding in every state, and what a hostile shop might write in it."""

from dataclasses import replace

from tests.audit.result.helpers import artifacts, outcome, page
from tests.audit.scoring.helpers import said

from troth.audit.artifacts.shape import Step
from troth.audit.result.shape import AuditResult, SitePromise
from troth.audit.verdict import (
    Proof,
    Verdict,
    failed,
    graded,
    informative,
    needs_review,
    not_applicable,
    passed,
)

HOSTILE = "\"'><script>window.pwned=1</script><img src=x onerror='window.pwned=1'>{{7*7}}{% raw %}%(x)s"


def example(language: str = "en") -> AuditResult:
    """An audit of a shop that does some things well."""
    places = [Proof("first-1", quote=f"Place {n}") for n in range(9)]
    made = outcome(
        said("imprint-reachable", "transparency", failed("None.", *places), "everywhere"),
        said(
            "delivery-time", "transparency", failed("None.", Proof("first-1", "None here.", selector="#add"))
        ),
        said("shipping-cost-early", "transparency", graded(0.7, "The rule only.")),
        said("vat-included", "transparency", passed("It is said.")),
        said("https-everywhere", "security", passed("All of it."), "everywhere", "ability"),
        said(
            "evergreen-countdown", "destroyers", failed("Anew.", confidence="proved"), "product", "integrity"
        ),
        said("drip-price", "destroyers", not_applicable("Not reached."), "checkout", "integrity"),
        said("review-spread", "reviews", informative("Few.")),
        said("chat-honest", "service", needs_review("Look.", Proof("first-1", quote="Chat")), "service"),
        said("guest-checkout", "service", Verdict("error", None, "It broke."), "checkout", "interests"),
        brought=artifacts(
            page(),
            page("first-2", kind="home"),
            page("second-1", visit="second", failure="page-timeout"),
            walk=(Step("home", reached=True), Step("basket", reached=False, note="No button.")),
        ),
    )
    promised = SitePromise(
        "delivery-time", 1, 3, "working-days", "https://shop.test/", "Delivery in 1–3 working days", "en"
    )
    hours = SitePromise("service-hours", 9, 17.5, "clock", "https://shop.test/", "9:00 – 17:30", "en")
    return replace(made, language=language, promises=(promised, hours))


def nasty(language: str = "en") -> AuditResult:
    """The same of a shop that writes what it should not."""
    made = example(language)
    findings = tuple(
        replace(
            finding,
            reason=HOSTILE,
            proofs=tuple(replace(p, quote=HOSTILE, selector=HOSTILE, url=HOSTILE) for p in finding.proofs),
        )
        for finding in made.findings
    )
    return replace(made, shop=HOSTILE, findings=findings)


def empty(language: str = "en") -> AuditResult:
    """An audit that could judge nothing."""
    return replace(outcome(), language=language)


def honest(language: str = "en") -> AuditResult:
    """A shop of which nothing failed."""
    return replace(outcome(said("vat-included", "transparency", passed("It is said."))), language=language)
