"""After "no", no tracker is called and nothing new that tracks is stored.

What it checks
    The dialog is answered with "no" and the shop is loaded again: the calls and the jar of that visit,
    against the tables of trackers. What was in the jar before the answer is not counted again.

Why it matters
    A "no" that changes nothing is a broken promise that one can prove. It costs more trust than not having
    asked.

How to mend it
    Stop the named scripts when the answer is "no"; look for those that a tag manager or an app starts on its
    own.

Sources
    Regulation (EU) 2016/679, Article 7; Directive 2002/58/EC, Article 5(3).
"""

from troth.audit.facts.consent_dialog import ConsentDialog
from troth.audit.facts.cookie_jar import CookieJar
from troth.audit.facts.third_parties import ThirdParties
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, failed, needs_review, not_applicable, passed
from troth.texts import _, lazy


def judge(third_parties: ThirdParties, cookie_jar: CookieJar, consent_dialog: ConsentDialog) -> Verdict:
    """Fails on the first tracker after a refusal."""
    if consent_dialog.dialog is None:
        return not_applicable(consent_dialog.absent)
    if "reject" not in cookie_jar.visits:
        if consent_dialog.dialog.clicks_to_reject is None:
            return not_applicable(_("No way to refuse was found."))
        return needs_review(_("The shop could not be seen after a refusal."))
    called = third_parties.trackers("reject")
    before = {(one.name, one.domain) for one in cookie_jar.tracking("first")}
    kept = [one for one in cookie_jar.tracking("reject") if (one.name, one.domain) not in before]
    if not called and not kept:
        return passed(_("After a refusal no tracker appeared."), confidence="proved")
    proofs = [
        Proof(party.pages[0], _("%(who)s is called after a refusal.") % {"who": party.known_as}, party.url)
        for party in called
    ]
    proofs += [
        Proof(one.page, _("%(name)s is stored after a refusal.") % {"name": one.name}, one.name)
        for one in kept
    ]
    parties = sorted({party.known_as for party in called} | {one.entity or one.name for one in kept})
    reason = _("After a refusal, data go to: %(parties)s.") % {"parties": ", ".join(parties)}
    return failed(reason, *proofs, confidence="proved")


RULE = Rule(
    id="reject-honoured",
    category="privacy",
    touchpoint="arrival",
    mechanism="integrity",
    title=lazy("A refusal is honoured"),
    failure=lazy("Trackers run after a refusal"),
    question=lazy("Is a refusal honoured?"),
    advice=lazy("Stop the named scripts when the answer is no."),
    sources=("gdpr-7", "eprivacy-5-3"),
    judge=judge,
)
