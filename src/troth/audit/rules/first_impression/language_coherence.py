"""The shop speaks one language, the one it declares.

What it checks
    Every block of 80 letters and more, its language told by its letters, against the language that the page
    declares for it. Up to a twentieth in another language is spared (quotations, names); beyond that a
    tenth more of foreign text takes four tenths of the score.

Why it matters
    Half-translated terms look like a shop put together from pieces, and leave a customer unsure of what was
    agreed. A wrong declaration makes screen readers pronounce every word wrongly.

How to mend it
    Translate the quoted blocks, mark quotations with their `lang`, and set the page's `lang` to what it
    speaks.

Sources
    Stanford Guidelines for Web Credibility, 6 and 10.
"""

from troth.audit.facts.speech import Speech
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, failed, graded, not_applicable
from troth.texts import _, lazy

_SPARED = 0.05
_SHOWN = 8


def judge(speech: Speech) -> Verdict:
    """The share of text in the declared language."""
    if speech.undeclared:
        proofs = [Proof(page, _("The page declares no language.")) for page in speech.undeclared]
        return failed(_("Some pages declare no language."), *proofs[:_SHOWN])
    if not speech.letters:
        return not_applicable(_("No text was long enough to tell its language."))
    share = 1 - speech.at_home / speech.letters
    if share <= _SPARED:
        return graded(1.0, _("The shop speaks the language it declares."))
    proofs = [
        Proof(
            block.page,
            _("declared %(declared)s, written in %(spoken)s")
            % {"declared": block.declared, "spoken": block.spoken},
            block.text[:160],
            block.selector,
        )
        for block in sorted(speech.foreign, key=lambda block: -len(block.text))[:_SHOWN]
    ]
    score = max(0.0, 1 - 4 * (share - _SPARED))
    return graded(
        min(score, 0.8), _("Some text is in another language than declared."), proofs, confidence="text"
    )


RULE = Rule(
    id="language-coherence",
    category="first-impression",
    touchpoint="everywhere",
    mechanism="ability",
    title=lazy("The shop speaks one language, the one it declares"),
    failure=lazy("The shop mixes languages"),
    question=lazy("Does the shop speak one language, the one it declares?"),
    advice=lazy("Translate the quoted text, or declare the language it is in."),
    sources=("stanford-6", "stanford-10"),
    judge=judge,
)
