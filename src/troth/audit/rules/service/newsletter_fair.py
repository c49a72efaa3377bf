"""Who gives an address for the newsletter knows what for, and how to leave.

What it checks
    Each form for a newsletter, and the words around it: what it brings, how to unsubscribe (there, or in the
    privacy policy that it links), and that it ticks no box itself. Where a loyalty programme is spoken of:
    that a link explains it.

Why it matters
    An address is given on trust. Who is told how to leave stays longer than who has to search for it.

How to mend it
    Write one sentence beside the field: what comes, how often, and that one can unsubscribe at any time.

Sources
    Directive 2002/58/EC, Article 13; Regulation (EU) 2016/679, Article 7(3). An indication, no legal advice.
"""

from troth.audit.facts.newsletter import Newsletter, Newsletters
from troth.audit.facts.passages import Passages
from troth.audit.reasons import unknown_language
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, graded, not_applicable
from troth.texts import _, lazy


def judge(newsletters: Newsletters, passages: Passages) -> Verdict:
    """Half a point each for the purpose and the way out, of the weakest form; a ticked box leaves nothing."""
    found = newsletters
    if not found.forms and found.loyalty is None:
        return not_applicable(
            _("No page could be seen.") if not found.pages else _("There is no newsletter.")
        )
    if not passages.understood:
        return unknown_language()
    scores = [_score(form) for form in found.forms]
    proofs = [proof for form in found.forms for proof in _proofs(form)]
    if found.loyalty:
        scores.append(1.0 if found.loyalty.explained else 0.5)
        if not found.loyalty.explained:
            note = _("No link explains the loyalty programme.")
            proofs.append(Proof(found.loyalty.page, note, found.loyalty.quote))
    if proofs:
        return graded(min(scores), _("The newsletter's form leaves something unsaid."), proofs)
    kept = [Proof(form.page, quote=form.leave, selector=form.selector) for form in found.forms]
    return graded(1.0, _("The newsletter's form says what it is for and how to leave."), kept)


def _score(form: Newsletter) -> float:
    return 0.0 if form.preset else 0.5 * bool(form.purpose) + 0.5 * bool(form.leave)


def _proofs(form: Newsletter) -> list[Proof]:
    said = []
    if not form.purpose:
        said.append(Proof(form.page, _("It does not say what it brings."), selector=form.selector))
    if not form.leave:
        said.append(Proof(form.page, _("It does not say how to leave."), selector=form.selector))
    if form.preset:
        said.append(Proof(form.page, _("Ticked by the page itself."), selector=form.preset))
    return said


RULE = Rule(
    id="newsletter-fair",
    category="service",
    touchpoint="arrival",
    mechanism="benevolence",
    title=lazy("The newsletter's form says what for and how to leave"),
    failure=lazy("The newsletter's form leaves something unsaid"),
    question=lazy("Does the newsletter's form say what for and how to leave?"),
    advice=lazy("Write beside the field what comes, how often, and that one can unsubscribe at any time."),
    sources=("eprivacy-13", "gdpr-7-3"),
    judge=judge,
)
