"""The host takes TLS 1.2 and newer, and nothing older.

What it checks
    Which versions of TLS the host takes, each in a handshake of its own.

Why it matters
    TLS 1.0 and 1.1 rest on broken parts and have been withdrawn; a host that still takes them has not been
    looked after for years.

How to mend it
    Switch TLS 1.0 and 1.1 off in the server's settings, and TLS 1.3 on.

Sources
    RFC 8996; BSI TR-02102-2; NCSC-NL, IT Security Guidelines for Transport Layer Security.
"""

from troth.audit.facts.certificate import Certificate
from troth.audit.rule import Rule
from troth.audit.verdict import Verdict, failed, needs_review, not_applicable, passed
from troth.texts import _, lazy

_OLD = ("TLSv1", "TLSv1.1")
_NEW = ("TLSv1.2", "TLSv1.3")


def judge(certificate: Certificate) -> Verdict:
    """Fails on an old version that is taken, or when no new one is."""
    if certificate.tls is None:
        return not_applicable(_("No handshake with the host was seen."))
    taken = certificate.tls.versions
    old = [name for name in _OLD if taken.get(name)]
    new = [name for name in _NEW if taken.get(name)]
    if old:
        reason = _("The host still takes %(versions)s.") % {"versions": _named(old)}
        return failed(reason, confidence="proved")
    untried = [name for name in (*_OLD, *_NEW) if taken.get(name) is None]
    if not new and not set(untried) & set(_NEW):
        return failed(_("The host takes neither TLS 1.2 nor TLS 1.3."), confidence="proved")
    if not new or set(untried) & set(_OLD):
        return needs_review(
            _("These versions could not be tried from here: %(versions)s.") % {"versions": _named(untried)}
        )
    return passed(_("The host takes %(versions)s only.") % {"versions": _named(new)}, confidence="proved")


def _named(versions: list[str]) -> str:
    return ", ".join(
        f"TLS {name.removeprefix('TLSv')}" + (".0" if name == "TLSv1" else "") for name in versions
    )


RULE = Rule(
    id="tls-modern",
    category="security",
    touchpoint="everywhere",
    mechanism="ability",
    title=lazy("The host takes new versions of TLS only"),
    failure=lazy("The host takes old versions of TLS"),
    question=lazy("Does the host take new versions of TLS only?"),
    advice=lazy("Switch TLS 1.0 and 1.1 off in the server's settings, and TLS 1.3 on."),
    sources=("rfc-8996", "bsi-tr-02102-2", "ncsc-nl-tls"),
    judge=judge,
    tags=("security",),
)
