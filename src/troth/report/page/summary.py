"""The report in a few plain sentences: where trust stands, how it went, what is weakest, what costs most."""

from collections.abc import Iterator

from troth.insight.company import Company, Trend
from troth.insight.critical import CriticalMoments
from troth.insight.estimate import Estimate
from troth.report.page import words
from troth.report.page.lexicon import Lexicon
from troth.report.page.marks import Mark, mark
from troth.texts import Lazy, _, lazy, ngettext

_STANDING: dict[Mark, Lazy] = {
    "above": lazy(
        "Trust stands at %(index)s (%(interval)s), above neutral: good experiences outweigh the bad ones."
    ),
    "level": lazy("Trust stands at %(index)s (%(interval)s), which cannot be told from neutral, 50."),
    "below": lazy(
        "Trust stands at %(index)s (%(interval)s), below neutral: bad experiences outweigh the good ones."
    ),
    "unknown": lazy("There is not enough evidence yet to say where trust stands."),
}


def sentences(company: Company, critical: CriticalMoments, lexicon: Lexicon) -> list[str]:
    """What a reader should know first, the standing in front."""
    index = company.trust.index
    if index is None:
        return [_("There is no experience yet, so nothing can be said about trust.")]
    standing = str(_STANDING[mark(index, company.trust.known)]) % {
        "index": words.points(index),
        "interval": words.interval(index),
    }
    return [
        standing,
        *_change(company.trend),
        *_weakest(company, lexicon),
        *_costliest(critical, lexicon),
        *_account(company),
    ]


def _change(trend: Trend) -> Iterator[str]:
    if trend.change is None or trend.compared_with is None:
        return
    change, since = trend.change, words.day(trend.compared_with)
    if change.low <= 0 <= change.high:
        yield _("Since %(day)s it has not changed beyond what chance explains (%(interval)s).") % {
            "day": since,
            "interval": words.signed_interval(change),
        }
        return
    size = Estimate(*((change.value, change.low, change.high) if change.low > 0 else _mirrored(change)))
    n = words.grammatical_number(size)
    message = (
        ngettext(
            "It has risen by %(points)s point (%(interval)s) since %(day)s.",
            "It has risen by %(points)s points (%(interval)s) since %(day)s.",
            n,
        )
        if change.low > 0
        else ngettext(
            "It has fallen by %(points)s point (%(interval)s) since %(day)s.",
            "It has fallen by %(points)s points (%(interval)s) since %(day)s.",
            n,
        )
    )
    yield message % {"points": words.points(size), "interval": words.interval(size), "day": since}


def _mirrored(change: Estimate) -> tuple[float, float, float]:
    return -change.value, -change.high, -change.low


def _weakest(company: Company, lexicon: Lexicon) -> Iterator[str]:
    for part in company.trust.preconditions:
        if part.precondition == company.trust.weakest and part.score is not None:
            message = (
                _(
                    "The weakest precondition is “%(precondition)s” at %(score)s: it accounts for %(share)s "
                    "of what is missing to full trust."
                )
                if part.known
                else _(
                    "“%(precondition)s” stands lowest, at %(score)s, but on too little evidence to call it "
                    "the weakest precondition."
                )
            )
            yield message % {
                "precondition": lexicon.precondition(part.precondition),
                "score": words.points(part.score),
                "share": words.shortfalls(company.trust.preconditions)[part.precondition],
            }
    if unheard := [
        lexicon.precondition(part.precondition) for part in company.trust.preconditions if part.score is None
    ]:
        yield _("Nothing is known about: %(preconditions)s.") % {"preconditions": ", ".join(unheard)}


def _costliest(critical: CriticalMoments, lexicon: Lexicon) -> Iterator[str]:
    if critical.ranked:
        first = critical.ranked[0]
        yield ngettext(
            "“%(mechanism)s” at “%(touchpoint)s” costs most: without its bad experiences the index would "
            "stand %(cost)s point higher (%(interval)s).",
            "“%(mechanism)s” at “%(touchpoint)s” costs most: without its bad experiences the index would "
            "stand %(cost)s points higher (%(interval)s).",
            words.grammatical_number(first.cost),
        ) % {
            "touchpoint": lexicon.touchpoint(first.touchpoint),
            "mechanism": lexicon.mechanism(first.mechanism),
            "cost": words.points(first.cost),
            "interval": words.interval(first.cost),
        }


def _account(company: Company) -> Iterator[str]:
    evidence = company.trust.evidence
    if evidence.owed > 0:
        yield _("To level the balance, %(owed)s ordinary good experiences are owed today.") % {
            "owed": words.evidence(evidence.owed)
        }
    else:
        yield _("The balance stands at %(balance)s ordinary good experiences.") % {
            "balance": words.balance(evidence)
        }
