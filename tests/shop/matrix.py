"""Fault by rule: what an audit says of a shop with some faults, beside the honest one."""

from collections.abc import Collection
from pathlib import Path

from tests.shop.faults import ALSO
from tests.shop.shop import Shop

from troth.audit.browser.options import Limits
from troth.audit.browser.options import Options as BrowserOptions
from troth.audit.gather import gathered
from troth.audit.gather.options import Options
from troth.audit.judging import judged
from troth.audit.verdict import Verdict

GROUPS = tuple(
    tuple(line.split())
    for line in """
load-speed imprint-complete order-button review-arithmetic cookie-flags facts-consistent model-form quiet-before-consent
layout-stability dead-links stale-odr withdrawal-period price-coherence review-duplicates tls-modern reject-equal
text-contrast placeholder-text imprint-reachable refund-time delivery-time review-spread security-headers consent-withdrawable
control-names contact-channels return-cost shipping-cost-early review-authenticity-notice payment-handled-safely consent-preticked logo-consistent
small-screen product-facts returns-linked vat-included reviews-present certificate-valid reject-honoured newsletter-fair pressing-words
error-free orientation withdrawal-function price-reduction-basis testimonial-source vulnerable-scripts privacy-policy style-consistent
language-coherence legal-guarantee payment-methods-early seal-verifiable https-everywhere self-help evergreen-countdown drip-price
promo-restraint about-people name-consistent service-promise chat-honest guest-checkout invented-activity sneaked-or-preticked
""".strip().splitlines()  # noqa: E501 - a line is a group
)
"""Faults that do not hide each other, so that one visit can look for eight or nine.

The rules that fail must be just these: as strict as eight visits about everything outside the group,
and silent only on whether one fault of the group also triggers another's rule.
"""

PATIENT = Limits(page_s=60, script_s=60, action_s=60)
"""A busy machine shall make the matrix late, not wrong."""


def verdicts(
    chromium: Path, language: str, faults: Collection[str] = (), awkward: Collection[str] = ()
) -> dict[str, Verdict]:
    """What every rule says after a complete gathering.

    Raises:
        AssertionError: the audit bought something or sent a form.
    """
    with Shop(language, faults, awkward=awkward) as shop:
        browser = BrowserOptions(
            chromium,
            allow_private=True,
            ca_file=shop.ca_file,
            resolver_rules=shop.resolver_rules,
            limits=PATIENT,
        )
        artifacts = gathered(shop.url, Options(browser, walk_checkout=True, seconds=600))
        assert shop.orders == 0
        assert shop.sent == []
    return {each.rule.id: each.verdict for each in judged(artifacts)}


def failing(said: dict[str, Verdict]) -> set[str]:
    """The rules that fail, or broke."""
    return {id_ for id_, verdict in said.items() if verdict.state in {"failed", "error"}}


def changed(said: dict[str, Verdict], honest: dict[str, Verdict]) -> set[str]:
    """The rules that say something else than of the honest shop."""
    return {id_ for id_, verdict in said.items() if verdict.state != honest[id_].state}


def excused(faults: Collection[str]) -> set[str]:
    """The rules that may change with these faults beside their own."""
    return {other for fault in faults for other in ALSO.get(fault, {})}
