"""A struck price is the lowest of the last 30 days.

What it checks
    Struck amounts that are no recommended price: against the lowest price of the last 30 days where it is
    named beside them, and against what earlier audits of the same shop saw asked for the same product in the
    30 days before the reduction was first seen (`--history`). Products are told apart by address, name,
    article number and currency; a range's least price and a price told in two ways are left out. Without
    such a note, and unless earlier audits saw close to all of the 30 days, nothing is counted: the law asks
    for the right price, not for a label.

Why it matters
    A reduction from a price that nobody paid is an invented bargain.

How to mend it
    Strike the lowest price of the last 30 days, or name it and reckon the reduction from it.

Sources
    Directive 98/6/EC, Article 6a; CJEU C-330/23 (Aldi Süd).
"""

from datetime import UTC, datetime

from troth.audit.facts.earlier_lows import EarlierLow, EarlierLows
from troth.audit.facts.reductions import Reduction, Reductions
from troth.audit.facts.site import Site
from troth.audit.law import applies
from troth.audit.reasons import not_in_force
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, failed, informative, not_applicable, passed
from troth.texts import _, date, lazy


def judge(reductions: Reductions, earlier_lows: EarlierLows, site: Site) -> Verdict:
    """Fails when the page itself, or an earlier audit, tells of a lower price than the one that is struck."""
    if not applies("price-indication-6a", site):
        return not_in_force()
    own = [reduction for reduction in reductions.all if not reduction.is_list]
    if not own:
        return not_applicable(_("No reduced price was seen."))
    false = [one for one in own if one.lowest is not None and one.lowest < one.struck]
    lower = [low for low in earlier_lows.all if low.is_lower]
    if false or lower:
        reason = _("The price that is struck is higher than the lowest of the last 30 days (an indication).")
        proofs = [*map(_proof, false), *map(_seen_before, lower)]
        return failed(reason, *proofs, confidence="proved" if false else "observed")
    watched = [low for low in earlier_lows.all if low.watched]
    known = [low.reduction for low in watched]
    open_ = [one for one in own if one.lowest is None and one not in known]
    if open_:
        reason = _("Prices are reduced; whether the struck one is the lowest of 30 days cannot be seen.")
        return informative(reason, *map(_proof, open_[:5]))
    reason = _("The price that is struck is the lowest of the last 30 days.")
    if all(one in known for one in own):
        return passed(reason, *map(_seen_before, watched[:3]))
    return passed(reason, *map(_proof, own[:3]), confidence="text")


def _proof(reduction: Reduction) -> Proof:
    return Proof(reduction.page, quote=reduction.quote, selector=reduction.selector)


def _seen_before(low: EarlierLow) -> Proof:
    """The struck price, and the least that earlier audits saw."""
    reduction, lowest = low.reduction, low.lowest
    if lowest is None:
        return _proof(reduction)
    seen_on = datetime.fromtimestamp(lowest.last_ms / 1000, UTC)
    note = _("Lowest in the 30 days before, seen on %(day)s: %(price)s.")
    note %= {"day": date(seen_on), "price": lowest.text}
    return Proof(reduction.page, note, reduction.quote, reduction.selector)


RULE = Rule(
    id="price-reduction-basis",
    category="transparency",
    touchpoint="product",
    mechanism="integrity",
    title=lazy("Reductions are reckoned from the lowest price of 30 days"),
    failure=lazy("A reduction is reckoned from a higher price"),
    question=lazy("Are reductions reckoned from the lowest price of 30 days?"),
    advice=lazy("Strike the lowest price of the last 30 days."),
    sources=("price-indication-6a", "cjeu-c-330-23"),
    judge=judge,
    version=2,
)
