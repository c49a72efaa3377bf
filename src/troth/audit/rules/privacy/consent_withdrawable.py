"""The answer about cookies can be changed at any time: a way back stands on the pages.

What it checks
    A visible link or button back to the settings, on the pages after an answer and on those of the first
    visit.

Why it matters
    Consent is to be as easy to take back as to give. Without a way back the answer of one moment lasts for
    ever.

How to mend it
    Put "Cookie settings" into the footer, and let it open the dialog again.

Sources
    Regulation (EU) 2016/679, Article 7(3).
"""

from troth.audit.facts.consent_dialog import ConsentDialog
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, failed, needs_review, not_applicable, passed
from troth.texts import _, lazy


def judge(consent_dialog: ConsentDialog) -> Verdict:
    """Passes with a standing way back; one on the privacy page only is for a person to weigh."""
    if consent_dialog.dialog is None:
        return not_applicable(consent_dialog.absent)
    proofs = [Proof(way.page, quote=way.text, selector=way.selector) for way in consent_dialog.ways]
    if any(way.standing for way in consent_dialog.ways):
        return passed(_("A way back to the settings stands on the pages."), *proofs[:1])
    if consent_dialog.asked_for_nothing:
        return not_applicable(_("The dialog only informs: nothing that needs consent followed."))
    if proofs:
        return needs_review(_("The way back to the settings stands on the privacy page only."), *proofs[:1])
    return failed(_("No way back to the settings was found on any page."))


RULE = Rule(
    id="consent-withdrawable",
    category="privacy",
    touchpoint="everywhere",
    mechanism="integrity",
    title=lazy("The answer about cookies can be changed"),
    failure=lazy("There is no way back to the cookie settings"),
    question=lazy("Can the answer about cookies be changed?"),
    advice=lazy("Put a link to the cookie settings into the footer of every page."),
    sources=("gdpr-7",),
    judge=judge,
    tags=("fairness",),
)
