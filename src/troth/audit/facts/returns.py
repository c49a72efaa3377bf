"""What a shop says of returns: for how long, from when, who pays the way back, when money comes back."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from troth.audit.artifacts.shape import Kind
from troth.audit.facts.passages import Passage, Passages
from troth.audit.facts.site import Site
from troth.audit.parsing.durations import Duration, durations
from troth.audit.parsing.sentences import shortened
from troth.audit.words import words

EXPLAINING: tuple[Kind, ...] = ("returns", "withdrawal", "terms", "help")
"""Kinds of pages where a shop explains returns."""
_ELSEWHERE: tuple[Kind, ...] = ("privacy", "reviews", "imprint", "guarantee")
_MOST_DAYS = 400
_NEAR = 130


@dataclass(frozen=True, slots=True)
class Term:
    """A span of days that the shop names, and where; `starts`: the sentence says from when it runs."""

    days: float
    most_days: float
    page: str
    quote: str
    starts: bool
    language: str


@dataclass(frozen=True, slots=True)
class Payer:
    """Who pays for sending goods back; `named`: the cost is spoken of without naming who."""

    who: Literal["shop", "customer", "named"]
    page: str
    quote: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where something is said."""

    page: str
    quote: str
    selector: str = ""


@dataclass(frozen=True, slots=True)
class Returns:
    """What was said of returns in the first visit.

    `explained_on`: pages whose business it is and that could be seen: those on returns, and terms that grant
    a period. `starts`: places that say when a
    period begins. `files`: links to PDF files there, which were not read.
    """

    explained_on: tuple[str, ...]
    periods: tuple[Term, ...]
    starts: tuple[Mention, ...]
    refunds: tuple[Term, ...]
    payers: tuple[Payer, ...]
    model_forms: tuple[Mention, ...]
    exceptions: tuple[Mention, ...]
    files: tuple[Mention, ...]


def returns(site: Site, passages: Passages) -> Returns:
    """What the shop's pages say of returns."""
    told = list(passages.but(*_ELSEWHERE))
    terms = [term for passage in told for term in _terms(passage)]
    explaining = site.of(*EXPLAINING)
    granting = {term.page for kind, term in terms if kind == "period"} & {
        page.id for page in site.of("terms")
    }
    links = [(page.id, link) for page in explaining if page.seen for link in page.seen.links]
    return Returns(
        explained_on=tuple(page.id for page in explaining if page.kind == "returns" or page.id in granting),
        periods=tuple(term for kind, term in terms if kind == "period"),
        starts=tuple(_mentions(passages.of(*EXPLAINING, "product"), "period_start", "returning")),
        refunds=tuple(term for kind, term in terms if kind == "refund"),
        payers=tuple(payer for passage in told if (payer := _payer(passage))),
        model_forms=(
            *_mentions(passages.of(*EXPLAINING), "model_form"),
            *(
                Mention(id_, link.text, link.selector)
                for id_, link in links
                if link.text in words("model_form")
            ),
        ),
        exceptions=tuple(_mentions(passages.of(*EXPLAINING, "product"), "no_withdrawal")),
        files=tuple(
            Mention(id_, link.text or link.href, link.selector)
            for id_, link in links
            if link.href.partition("?")[0].lower().endswith(".pdf")
        ),
    )


def _terms(passage: Passage) -> Iterator[tuple[Literal["period", "refund"], Term]]:
    """The spans that a sentence grants for returning goods, or takes for giving money back."""
    text = passage.text
    giving_back, returning = words("refund").find_all(text), words("returning").find_all(text)
    if not (giving_back or returning) or text in words("returns_other"):
        return
    late, right = text in words("at_latest"), text in words("entitled")
    for span in durations(text):
        if span.unit == "hours" or not 1 <= span.least_days <= span.most_days <= _MOST_DAYS:
            continue
        to_refund = min((_distance(span, found.start, found.end) for found in giving_back), default=None)
        to_return = min((_distance(span, found.start, found.end) for found in returning), default=None)
        term = Term(
            span.least_days,
            span.most_days,
            passage.page,
            shortened(text, span.start, span.end),
            text in words("period_start"),
            passage.language,
        )
        refunds = to_refund is not None and (late or to_return is None or to_refund < to_return)
        if refunds and (late or span.bounded):
            yield "refund", term
        elif not refunds and to_return is not None and to_return <= _NEAR and (right or not late):
            yield "period", term


def _distance(span: Duration, start: int, end: int) -> int:
    return max(start - span.end, span.start - end, 0)


def _payer(passage: Passage) -> Payer | None:
    text = passage.text
    for who, group in _PAYERS:
        if found := words(group).find(text):
            return Payer(who, passage.page, shortened(text, found.start, found.end))
    return None


_PAYERS: tuple[tuple[Literal["shop", "customer", "named"], str], ...] = (
    ("shop", "return_cost_shop"),
    ("customer", "return_cost_customer"),
    ("named", "return_cost_named"),
)


def _mentions(passages: Iterator[Passage], group: str, also: str = "") -> Iterator[Mention]:
    for passage in passages:
        found = words(group).find(passage.text)
        if found and (not also or passage.text in words(also)):
            yield Mention(passage.page, shortened(passage.text, found.start, found.end))


FACTS = (returns,)
