"""A struck price is the lowest of the last 30 days.

What it checks
    Struck amounts that are no recommended price, and the lowest price of the last 30 days where it is
    named beside them. Without such a note nothing is counted: the law asks for the right price, not for a
    label.

Why it matters
    A reduction from a price that nobody paid is an invented bargain.

How to mend it
    Strike the lowest price of the last 30 days, or name it and reckon the reduction from it.

Sources
    Directive 98/6/EC, Article 6a; CJEU C-330/23 (Aldi Süd).
"""

from troth.audit.facts.reductions import Reduction, Reductions
from troth.audit.facts.site import Site
from troth.audit.law import applies
from troth.audit.reasons import not_in_force
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, failed, informative, not_applicable, passed
from troth.texts import _, lazy


def judge(reductions: Reductions, site: Site) -> Verdict:
    """Fails when the page itself names a lower price of the last 30 days than the one it strikes."""
    if not applies("price-indication-6a", site):
        return not_in_force()
    own = [reduction for reduction in reductions.all if not reduction.is_list]
    if not own:
        return not_applicable(_("No reduced price was seen."))
    false = [one for one in own if one.lowest is not None and one.lowest < one.struck]
    if false:
        reason = _("The price that is struck is higher than the lowest of the last 30 days (an indication).")
        return failed(reason, *map(_proof, false), confidence="proved")
    if all(one.lowest is not None for one in own):
        reason = _("The price that is struck is the lowest of the last 30 days.")
        return passed(reason, *map(_proof, own[:3]), confidence="text")
    unnamed = [one for one in own if one.lowest is None]
    reason = _("Prices are reduced; whether the struck one is the lowest of 30 days cannot be seen.")
    return informative(reason, *map(_proof, unnamed[:5]))


def _proof(reduction: Reduction) -> Proof:
    return Proof(reduction.page, quote=reduction.quote, selector=reduction.selector)


RULE = Rule(
    id="price-reduction-basis",
    category="transparency",
    touchpoint="product",
    mechanism="integrity",
    title=lazy("Reductions are reckoned from the lowest price of 30 days"),
    failure=lazy("A reduction is reckoned from a higher price"),
    advice=lazy("Strike the lowest price of the last 30 days."),
    sources=("price-indication-6a", "cjeu-c-330-23"),
    judge=judge,
)
