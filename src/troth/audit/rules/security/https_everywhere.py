"""Everything goes over HTTPS: pages, their parts, forms, and plain HTTP leads there.

What it checks
    That no page of the shop came over plain HTTP, that no encrypted page asked for a part over it, that no
    form sends over it, and that `http://` before the shop's name leads to `https://`.

Why it matters
    What is sent in the clear can be read and changed on the way: names, addresses, prices. Browsers warn of
    such pages. The padlock itself earns little trust: hardly anyone reads it right. Its absence costs.

How to mend it
    Redirect every plain address to HTTPS, and correct the addresses of forms, scripts and pictures.

Sources
    BSI TR-02102-2; OWASP Application Security Verification Standard 4.0, V9; Chrome's study of the lock icon
    (2021).
"""

from troth.audit.facts.transport import Insecure, Transport
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, failed, not_applicable, passed
from troth.texts import _, lazy


def judge(transport: Transport) -> Verdict:
    """Fails on the first thing that went over plain HTTP."""
    found = transport
    if not found.looked and not found.plain_http:
        return not_applicable(_("No page could be seen."))
    proofs = [
        *_proofs(found.pages, _("The page came over plain HTTP.")),
        *_proofs(found.forms, _("The form sends over plain HTTP.")),
        *_proofs(found.parts, _("Part of the page is asked for over plain HTTP.")),
    ]
    if found.stays_plain and not found.pages:
        way = " → ".join(found.plain_http)
        proofs.append(Proof(next(iter(found.looked), ""), _("Plain HTTP does not lead to HTTPS."), way))
    if proofs:
        return failed(_("Not everything goes over HTTPS."), *proofs, confidence="proved")
    return passed(_("Everything goes over HTTPS."), confidence="proved")


def _proofs(found: tuple[Insecure, ...], note: str) -> list[Proof]:
    return [Proof(one.page, note, one.url, one.selector) for one in found]


RULE = Rule(
    id="https-everywhere",
    category="security",
    touchpoint="everywhere",
    mechanism="ability",
    title=lazy("Everything goes over HTTPS"),
    failure=lazy("Something goes over plain HTTP"),
    question=lazy("Does everything go over HTTPS?"),
    advice=lazy("Redirect every plain address to HTTPS, and correct the addresses of forms and parts."),
    sources=("bsi-tr-02102-2", "owasp-asvs", "chrome-lock-2021"),
    judge=judge,
    tags=("security",),
)
