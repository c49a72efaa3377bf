"""No purpose that needs consent is ticked beforehand.

What it checks
    The switches on the dialog's second layer, as they stand when it opens. Those for what is necessary, those
    that cannot be changed and those based on a legitimate interest are left out.

Why it matters
    A tick that the visitor did not set is no agreement. It hopes that nobody looks.

How to mend it
    Let all switches but the necessary one start switched off.

Sources
    CJEU C-673/17 (Planet49).
"""

from troth.audit.artifacts.shape import Purpose
from troth.audit.facts.consent_dialog import ConsentDialog
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, failed, informative, not_applicable, passed
from troth.audit.words import words
from troth.texts import _, lazy


def judge(consent_dialog: ConsentDialog) -> Verdict:
    """Fails on the first purpose that is ticked though it needs a choice."""
    dialog = consent_dialog.dialog
    if dialog is None:
        return not_applicable(consent_dialog.absent)
    open_ones = [one for one in dialog.purposes if not one.disabled and not _necessary(one)]
    if not open_ones:
        return not_applicable(_("No switches for purposes were seen."))
    ticked = [one for one in open_ones if one.checked]
    consent = [one for one in ticked if one.label not in words("legitimate_interest")]
    proofs = [Proof(consent_dialog.page, quote=one.label, selector=one.selector) for one in consent or ticked]
    if consent:
        return failed(_("Purposes are ticked that the visitor did not choose."), *proofs)
    if ticked:
        return informative(_("Purposes based on a legitimate interest are switched on."), *proofs)
    return passed(_("Every switch that needs a choice starts switched off."))


def _necessary(purpose: Purpose) -> bool:
    return purpose.label in words("necessary_purpose")


RULE = Rule(
    id="consent-preticked",
    category="privacy",
    touchpoint="arrival",
    mechanism="integrity",
    title=lazy("No purpose is ticked beforehand"),
    failure=lazy("Purposes are ticked beforehand"),
    question=lazy("Are purposes ticked beforehand?"),
    advice=lazy("Let every switch but the necessary one start switched off."),
    sources=("planet49",),
    judge=judge,
    tags=("fairness",),
)
