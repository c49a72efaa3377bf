"""The certificate is valid, for this host, and not about to end.

What it checks
    That the chain leads to a trusted authority, that the name is right, and that at least 14 days are left;
    of a certificate that lives for less than six weeks, a third of its life.

Why it matters
    With an invalid certificate the browser shows a warning over the whole window instead of the shop. Nobody
    buys there, and those who went on have learned to ignore warnings.

How to mend it
    Renew the certificate, for all names of the shop, and let the renewal run by itself.

Sources
    CA/Browser Forum, Baseline Requirements; OWASP Application Security Verification Standard 4.0, V9.
"""

from math import floor

from troth.audit.facts.certificate import Certificate
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, failed, not_applicable, passed
from troth.texts import _, lazy, ngettext


def judge(certificate: Certificate) -> Verdict:
    """Fails when the check failed, the browser refused a page, or too few days are left."""
    proofs = [Proof(page, _("The browser would not open the page.")) for page in certificate.refused]
    tls = certificate.tls
    if tls is None:
        if certificate.refused:
            return failed(_("The certificate is not valid."), *proofs, confidence="proved")
        if not certificate.https:
            return not_applicable(_("The shop does not answer over HTTPS: there is no certificate."))
        return not_applicable(
            _("The certificate could not be read. %(why)s")
            % {"why": certificate.unseen or _("No reason is known.")}
        )
    days = floor(certificate.days_left)
    if days < 0:
        reason = _("The certificate has ended.")
    elif tls.verify or certificate.refused:
        reason = _("The certificate is not valid.")
    elif certificate.days_left < certificate.days_wanted:
        reason = ngettext(
            "The certificate ends in %(n)d day.", "The certificate ends in %(n)d days.", days
        ) % {"n": days}
    else:
        reason = ngettext(
            "The certificate is valid for another %(n)d day.",
            "The certificate is valid for another %(n)d days.",
            days,
        ) % {"n": days}
        return passed(reason, confidence="proved")
    shown = Proof("", _("What the check of the certificate said."), tls.verify) if tls.verify else None
    return failed(reason, *proofs, *([shown] if shown else []), confidence="proved")


RULE = Rule(
    id="certificate-valid",
    category="security",
    touchpoint="everywhere",
    mechanism="ability",
    title=lazy("The certificate is valid and lasts"),
    failure=lazy("The certificate is not valid, or about to end"),
    question=lazy("Is the certificate valid, and does it last?"),
    advice=lazy("Renew the certificate for all names of the shop, and let the renewal run by itself."),
    sources=("cabf-baseline", "owasp-asvs"),
    judge=judge,
    tags=("security",),
)
