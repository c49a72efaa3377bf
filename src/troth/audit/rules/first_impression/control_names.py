"""Fields, buttons and links say what they are.

What it checks
    Whether every visible control has an accessible name (its text, label or title), and what axe-core says
    of labels and of pictures' alternatives. Each distinct control without a name takes a fifth.

Why it matters
    Who does not see the page, or only hears it, meets “button” and “field” and has to guess. That shuts
    customers out of the checkout, and looks careless to everybody whose browser fills in the wrong field.

How to mend it
    Give the field a label, the button a text or an `aria-label`, the picture that is a link an `alt`.

Sources
    WCAG 2.2, 4.1.2; European Accessibility Act.
"""

from troth.audit.curves import fewer
from troth.audit.facts.namelessness import Controls
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, graded, not_applicable
from troth.texts import _, lazy


def judge(controls: Controls) -> Verdict:
    """Each control without a name takes a fifth of the score."""
    if not controls.told:
        return not_applicable(_("There is no control on these pages."))
    proofs = [
        Proof(control.page, _("has no name: %(role)s") % {"role": control.role}, selector=control.selector)
        for control in controls.nameless
    ]
    reason = _("Some controls have no name.") if proofs else _("Every control has a name.")
    return graded(fewer(len(proofs)), reason, proofs)


RULE = Rule(
    id="control-names",
    category="first-impression",
    touchpoint="everywhere",
    mechanism="clarity",
    title=lazy("Fields, buttons and links have names"),
    failure=lazy("Fields, buttons or links have no name"),
    question=lazy("Do fields, buttons and links have names?"),
    advice=lazy(
        "Give every field a label, every button a text and every linked picture an alternative text."
    ),
    sources=("wcag-names", "accessibility-act"),
    judge=judge,
)
