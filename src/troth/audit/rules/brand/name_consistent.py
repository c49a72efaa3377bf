"""One trade name everywhere.

What it checks
    The name in the pages' titles, in `og:site_name`, in the organization of the structured data, and the
    domains of the e-mail addresses, beside each other and beside the shop's own domain. Names that share
    their main part agree (“Shop” and “Shop Trading Ltd”). An address at a free provider counts as another
    name.

Why it matters
    Whoever pays wants to know whom. Names that do not fit together are among the first signs by which
    consumer centres tell fake shops.

How to mend it
    Use one name in the template, in the structured data and in the mail's sender, and mail from the shop's
    own domain.

Sources
    Consumer centres' signs of fake shops; Stanford Guidelines for Web Credibility, 2.
"""

import re

from troth.audit.facts.site import Site
from troth.audit.facts.trade_names import TradeName, TradeNames
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, graded, not_applicable
from troth.texts import _, lazy

_ALIKE = 80.0
_ONLY_LETTERS = re.compile(r"[\W_]+")


def judge(site: Site, trade_names: TradeNames) -> Verdict:
    """The share of names that fit the shop's domain or the name that most others fit."""
    names = trade_names.names
    if len(names) + len(trade_names.free) < 2:
        return not_applicable(_("Too few names were found to compare."))
    reference = _reference(names, site)
    other = [name for name in names if not _fits(name.name, reference, site)]
    proofs = [
        Proof(name.page, _("another name: %(name)s") % {"name": name.name}, name.quote) for name in other
    ]
    proofs += [Proof(name.page, _("an address at a free provider"), name.quote) for name in trade_names.free]
    score = 1 - len(proofs) / (len(names) + len(trade_names.free))
    reason = (
        _("The shop goes under several names.") if proofs else _("The shop goes under one name everywhere.")
    )
    return graded(min(score, 0.8) if proofs else score, reason, proofs)


def _reference(names: tuple[TradeName, ...], site: Site) -> str:
    """The name that most of the others are like; of equals the one that is like the domain."""
    candidates = [name.name for name in names if name.where != "email"] or [site.domain]
    return max(
        candidates,
        key=lambda one: (sum(_alike(one, other.name) for other in names), _alike(one, site.domain)),
    )


def _fits(name: str, reference: str, site: Site) -> bool:
    return name == site.domain or _alike(name, reference) or _alike(name, site.domain)


def _alike(one: str, other: str) -> bool:
    from rapidfuzz import fuzz

    left, right = (_ONLY_LETTERS.sub("", _stem(name).casefold()) for name in (one, other))
    if not left or not right:
        return False
    shorter = min(len(left), len(right))
    return bool((fuzz.partial_ratio(left, right) if shorter >= 4 else fuzz.ratio(left, right)) >= _ALIKE)


def _stem(name: str) -> str:
    """A domain without its ending; any other name as it is."""
    return name.rpartition(".")[0] if re.fullmatch(r"[\w-]+(\.[\w-]+)+", name) else name


RULE = Rule(
    id="name-consistent",
    category="brand",
    touchpoint="everywhere",
    mechanism="integrity",
    title=lazy("One trade name everywhere"),
    failure=lazy("The shop goes under several names"),
    question=lazy("Does the shop go by one trade name everywhere?"),
    advice=lazy("Use one name in titles, structured data and addresses, and mail from your own domain."),
    sources=("fake-shop-names", "stanford-2"),
    judge=judge,
)
