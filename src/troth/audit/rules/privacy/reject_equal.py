"""Refusing is as easy as agreeing: on the first layer, as large, as readable.

What it checks
    The first layer of the dialog: whether it offers a refusal, whether that takes no more clicks than
    agreeing, whether its button is at least half as large and its words can be read.

Why it matters
    A "yes" that was easier than a "no" is worth little, and a visitor who has to look for the "no" learns in
    the first second how the shop bargains.

How to mend it
    Put a button "Reject all" beside "Accept all", in the same size and contrast.

Sources
    European Data Protection Board, report of the cookie banner task force (2023); Regulation (EU) 2016/679,
    Article 7.
"""

from collections.abc import Sequence

from troth.audit.artifacts.shape import Button
from troth.audit.facts.consent_dialog import ConsentDialog
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, failed, graded, needs_review, not_applicable, passed
from troth.audit.words import words
from troth.texts import _, lazy

_PAGES = ("privacy_link", "pages-imprint", "pages-terms")
_LEAST_AREA = 0.5
_READABLE = 3.0
_COSTS = 0.4
"""What each disadvantage of the refusal costs."""


def judge(consent_dialog: ConsentDialog) -> Verdict:
    """Fails without a refusal on the first layer; marks down a smaller, paler or longer way."""
    if consent_dialog.dialog is None:
        return not_applicable(consent_dialog.absent)
    accepts, rejects = consent_dialog.buttons("accept", 1), consent_dialog.buttons("reject", 1)
    if not accepts:
        return not_applicable(_("The dialog's first layer has no button to agree."))
    if not rejects:
        return _no_refusal(consent_dialog, accepts)
    faults = _faults(accepts, rejects, consent_dialog)
    proofs = [
        Proof(consent_dialog.page, quote=one.text, selector=one.selector) for one in (*accepts, *rejects)
    ]
    if not faults:
        return passed(_("Refusing is as easy as agreeing."), *proofs)
    return graded(max(0.0, 1 - _COSTS * len(faults)), " ".join(faults), proofs)


def _no_refusal(consent_dialog: ConsentDialog, accepts: Sequence[Button]) -> Verdict:
    proofs = [Proof(consent_dialog.page, quote=one.text, selector=one.selector) for one in accepts]
    if consent_dialog.asked_for_nothing:
        return not_applicable(_("The dialog only informs: nothing that needs consent followed."))
    unclear = [one for one in consent_dialog.buttons("other", 1) if one.text.strip() and not _leads(one)]
    if unclear:
        proofs += [Proof(consent_dialog.page, quote=one.text, selector=one.selector) for one in unclear]
        return needs_review(_("A person has to say whether one of these buttons refuses."), *proofs)
    return failed(_("The dialog's first layer offers no refusal."), *proofs)


def _leads(button: Button) -> bool:
    """Whether it is a link to a page of words, which answers nothing."""
    return any(words(group).whole(button.text) for group in _PAGES)


def _faults(accepts: Sequence[Button], rejects: Sequence[Button], dialog: ConsentDialog) -> list[str]:
    found = []
    asked = dialog.dialog
    if asked and asked.clicks_to_accept and asked.clicks_to_reject:
        more = asked.clicks_to_reject - asked.clicks_to_accept
        if more > 0:
            found.append(_("Refusing takes more clicks than agreeing."))
    yes, no = (max(map(_area, buttons)) for buttons in (accepts, rejects))
    if yes and no and no / yes < _LEAST_AREA:
        found.append(_("The button that refuses is less than half as large."))
    pale = [one.contrast for one in rejects if one.contrast is not None]
    clear = [one.contrast for one in accepts if one.contrast is not None]
    if pale and clear and max(pale) < _READABLE <= max(clear):
        found.append(_("The button that refuses is hard to read."))
    return found


def _area(button: Button) -> float:
    return button.place[2] * button.place[3]


RULE = Rule(
    id="reject-equal",
    category="privacy",
    touchpoint="arrival",
    mechanism="integrity",
    title=lazy("Refusing is as easy as agreeing"),
    failure=lazy("Refusing is harder than agreeing"),
    question=lazy("Is refusing as easy as agreeing?"),
    advice=lazy("Put a button that refuses beside the one that agrees, as large and as readable."),
    sources=("edpb-cookie-banner", "gdpr-7"),
    judge=judge,
    tags=("fairness",),
)
