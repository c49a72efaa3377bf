"""Nothing jumps while a page loads.

What it checks
    The cumulative layout shift of home, product page and basket: a score of 0.9 at 0.1, 0.5 at 0.25.

Why it matters
    What moves under the finger makes customers press what they did not mean, in a shop perhaps the wrong
    button.

How to mend it
    Give pictures, frames and banners their size beforehand, and never put anything above what is already
    shown.

Sources
    Thresholds of web-vitals and the scoring curve of Lighthouse.
"""

from troth.audit.curves import log_normal
from troth.audit.facts.loading import Loaded
from troth.audit.rule import Rule
from troth.audit.verdict import PASSING, Proof, Verdict, graded, not_applicable
from troth.texts import _, lazy, number


def judge(loading: tuple[Loaded, ...]) -> Verdict:
    """The worst of the pages."""
    shifts = {page.page: page.layout_shift for page in loading if page.layout_shift is not None}
    if not shifts:
        return not_applicable(_("The browser told nothing of how the pages loaded."))
    scores = {page: log_normal(shift, 0.1, 0.25) for page, shift in shifts.items()}
    jumping = [page for page, score in scores.items() if score < PASSING]
    proofs = [
        Proof(page, _("Layout shift %(shift)s.") % {"shift": number(shifts[page], 2)}) for page in jumping
    ]
    reason = _("Content jumps while the page loads.") if jumping else _("Nothing jumps while the pages load.")
    return graded(min(scores.values()), reason, proofs)


RULE = Rule(
    id="layout-stability",
    category="first-impression",
    touchpoint="arrival",
    mechanism="ability",
    title=lazy("Nothing jumps while a page loads"),
    failure=lazy("Content jumps while a page loads"),
    question=lazy("Does content jump while a page loads?"),
    advice=lazy("Give pictures, frames and banners their size beforehand."),
    sources=("web-vitals", "lighthouse-scoring"),
    judge=judge,
)
