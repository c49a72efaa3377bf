"""The shop can be used on a phone.

What it checks
    Home, product page and checkout in a window 375 pixels wide: nothing scrolls sideways, at most a tenth
    of the text is below 12 pixels, and what can be pressed is 24 by 24 pixels or keeps its distance. A page
    that scrolls sideways scores nothing; the score is the mean over the pages.

Why it matters
    Most visits come from phones. Text that has to be pinched and buttons that are missed say that the shop
    did not think of who is holding it.

How to mend it
    Let wide parts wrap or scroll by themselves, set text to 16 pixels, and give small links room.

Sources
    WCAG 2.2, 2.5.8 and 1.4.10; Stanford Guidelines for Web Credibility, 7.
"""

from troth.audit.facts.small_pages import SmallPage
from troth.audit.rule import Rule
from troth.audit.verdict import PASSING, Proof, Verdict, graded, not_applicable
from troth.texts import _, lazy, number, percent

_SPARED_TEXT = 0.1


def judge(small_pages: tuple[SmallPage, ...]) -> Verdict:
    """The mean over the pages that were seen on a small screen."""
    if not small_pages:
        return not_applicable(_("No page was seen on a small screen."))
    scores = [_score(page) for page in small_pages]
    score = sum(scores) / len(scores)
    proofs = [
        Proof(page.page, _fault(page), selector=page.first_target)
        for page, one in zip(small_pages, scores, strict=True)
        if one < PASSING
    ]
    reason = _("Pages do not fit a phone.") if proofs else _("The pages fit a phone.")
    return graded(min(score, 0.8) if proofs else score, reason, proofs)


def _score(page: SmallPage) -> float:
    if page.overflow:
        return 0.0
    text = 1.0 if page.small_text <= _SPARED_TEXT else 1 - page.small_text
    return min(text, 1 - page.small_targets)


def _fault(page: SmallPage) -> str:
    if page.overflow:
        return _("The page is %(pixels)s pixels wider than the window.") % {"pixels": number(page.overflow)}
    return _("%(text)s of the text is below 12 pixels, %(targets)s of the targets are too small.") % {
        "text": percent(page.small_text),
        "targets": percent(page.small_targets),
    }


RULE = Rule(
    id="small-screen",
    category="first-impression",
    touchpoint="arrival",
    mechanism="ability",
    title=lazy("The shop can be used on a phone"),
    failure=lazy("The shop is hard to use on a phone"),
    question=lazy("Can the shop be used on a phone?"),
    advice=lazy("Let wide parts wrap, set text to 16 pixels and give small links room."),
    sources=("wcag-targets", "stanford-7", "accessibility-act"),
    judge=judge,
)
