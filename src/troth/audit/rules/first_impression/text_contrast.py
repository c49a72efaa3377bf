"""Prices, buttons and all other texts stand out from their ground.

What it checks
    The contrast of every visible text: 4.5 to 1, for large text 3 to 1. The score is the share of texts
    that reach it, or the share among prices and buttons where that is less. A text on a picture or a
    gradient is left out.

Why it matters
    What cannot be read cannot be trusted, and pale small print looks as if it were meant to be missed. One
    in twelve men and many older customers need the contrast.

How to mend it
    Darken the text or lighten its ground until the ratio is reached; the quoted texts come first.

Sources
    WCAG 2.2, 1.4.3; European Accessibility Act.
"""

from troth.audit.facts.legibility import Legibility
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, graded, not_applicable
from troth.texts import _, lazy, number

_SHOWN = 12


def judge(legibility: Legibility) -> Verdict:
    """The share of texts, or of prices and buttons, that can be read: whichever is less."""
    if not legibility.told:
        return not_applicable(_("No text had a contrast that could be told."))
    score = legibility.read / legibility.told
    if legibility.weighty:
        score = min(score, legibility.weighty_read / legibility.weighty)
    unread = sorted(legibility.unread, key=lambda text: (not text.weighty, text.contrast))
    proofs = [
        Proof(
            text.page,
            _("Contrast %(contrast)s to 1, needed are %(needed)s.")
            % {"contrast": number(text.contrast, 1), "needed": number(text.needed, 1)},
            text.text,
            text.selector,
        )
        for text in unread[:_SHOWN]
    ]
    reason = _("Some texts hardly stand out from their ground.") if proofs else _("Every text stands out.")
    return graded(score, reason, proofs)


RULE = Rule(
    id="text-contrast",
    category="first-impression",
    touchpoint="everywhere",
    mechanism="clarity",
    title=lazy("Prices, buttons and notices are readable"),
    failure=lazy("Texts hardly stand out from their ground"),
    question=lazy("Are prices, buttons and notices readable?"),
    advice=lazy("Darken the text or lighten its ground, prices and buttons first."),
    sources=("wcag-contrast", "accessibility-act"),
    judge=judge,
)
