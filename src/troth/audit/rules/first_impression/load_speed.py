"""A page shows its main content fast and answers at once.

What it checks
    The largest paint of the home and the product page (a score of 0.9 at 2.5 seconds, 0.5 at 4), and for
    how long scripts kept the page from answering (0.9 at 200 milliseconds, 0.5 at 600): two thirds and one
    third of the score, the median of several visits.

Why it matters
    A page that keeps a customer waiting looks neglected before a word of it is read.

How to mend it
    Send the largest picture in a modern format and in the size it is shown, load scripts that are not
    needed at first later, and answer the first request within half a second.

Sources
    Thresholds of web-vitals and the scoring curve of Lighthouse; Baymard Institute, reasons for leaving a
    checkout.
"""

from troth.audit.curves import log_normal
from troth.audit.facts.loading import Loaded
from troth.audit.rule import Rule
from troth.audit.verdict import PASSING, Proof, Verdict, graded, not_applicable
from troth.texts import _, lazy, number


def judge(loading: tuple[Loaded, ...]) -> Verdict:
    """The mean over home and product page."""
    pages = [page for page in loading if page.kind != "basket" and page.largest_paint_ms is not None]
    if not pages:
        return not_applicable(_("The browser told nothing of how the pages loaded."))
    scores = {page.page: _score(page) for page in pages}
    slow = [page for page in pages if scores[page.page] < PASSING]
    score = sum(scores.values()) / len(scores)
    reason = _("The main content of some pages comes late.") if slow else _("The main content comes fast.")
    return graded(score, reason, [Proof(page.page, _measured(page)) for page in slow or pages])


def _score(page: Loaded) -> float:
    paint = log_normal(page.largest_paint_ms or 0.0, 2500, 4000)
    return paint if page.blocking_ms is None else (2 * paint + log_normal(page.blocking_ms, 200, 600)) / 3


def _measured(page: Loaded) -> str:
    return _("Largest paint after %(paint)s s, blocked for %(blocked)s s (median of %(loads)s loads).") % {
        "paint": number((page.largest_paint_ms or 0.0) / 1000, 1),
        "blocked": number((page.blocking_ms or 0.0) / 1000, 1),
        "loads": page.loads,
    }


RULE = Rule(
    id="load-speed",
    category="first-impression",
    touchpoint="arrival",
    mechanism="ability",
    title=lazy("Pages show their main content fast"),
    failure=lazy("Pages show their main content late"),
    question=lazy("Do pages show their main content fast?"),
    advice=lazy("Make the largest picture smaller, and load scripts later that are not needed at first."),
    sources=("web-vitals", "lighthouse-scoring", "baymard-abandonment"),
    judge=judge,
)
