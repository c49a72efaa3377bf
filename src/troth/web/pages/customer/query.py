"""What is known of one customer, read out once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from troth.insight.days import day_of, time_of
from troth.ledger import TrustRow, explain, read_out
from troth.ledger.answers import ExplainedExperience
from troth.ledger.arithmetic import ENOUGH
from troth.ledger.explanation import by_precondition
from troth.ledger.open_promises import askings, open_promises
from troth.ledger.people import is_known, segments_of
from troth.vocabulary import PRECONDITION_IDS
from troth.web.frame.page import Asked
from troth.web.pages.customers.ids import spellings
from troth.workspace import Workspace
from troth.workspace.live import Live


@dataclass(frozen=True, slots=True)
class Standing:
    """Trust of one body of evidence.

    `score`, `low`, `high`: points, 50 is neutral. `known`: whether there is enough evidence to go by it.
    `balance`, `owed`: in ordinary good experiences. `experiences`: how many.
    """

    score: float
    low: float
    high: float
    known: bool
    balance: float
    owed: float
    experiences: int


@dataclass(frozen=True, slots=True)
class PreconditionStanding:
    """One precondition; `standing` is None where the customer has lived nothing of it."""

    precondition: str
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class LivedExperience:
    """One experience and its part of the balance today.

    `weight`, `remaining`, `share`: in ordinary good experiences; `share_exact`: a whole number in digits, too
    great for many a reader of JSON; `unit` of it are one good experience, and all of a customer's add up to
    `balance_exact` exactly. `severity`: 0 good, 1 to 4 bad. `quote`: the customer's words that it was read
    from, masked; `contradicts`: the stars beside them say the opposite.
    """

    id: str
    at: dt.datetime
    touchpoint: str
    mechanism: str
    source: str
    record: str
    severity: int
    weight: float
    remaining: float
    share: float
    share_exact: str
    quote: str
    contradicts: bool


@dataclass(frozen=True, slots=True)
class LivedDay:
    """A day with experiences: how many good and bad ones, and the worst one's severity (0: none was bad)."""

    day: dt.date
    good: int
    bad: int
    worst: int


@dataclass(frozen=True, slots=True)
class Curve:
    """Score in points and balance at the end of every UTC day, from the first experience on."""

    days: tuple[dt.date, ...]
    score: tuple[float, ...]
    balance: tuple[float, ...]
    lived: tuple[LivedDay, ...]


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise to the customer that is not kept yet.

    `deadline`: when it has to be kept, None where the record does not say. `late`: whether that is over.
    """

    promise: str
    touchpoint: str
    record: str
    made: dt.datetime
    deadline: dt.datetime | None
    late: bool


@dataclass(frozen=True, slots=True)
class CustomerAnswer:
    """One customer at the read-out `at`. Experiences are newest first, a page of them at a time."""

    customer: str
    at: dt.datetime
    standing: Standing
    preconditions: tuple[PreconditionStanding, ...]
    segments: dict[str, str]
    balance_exact: str
    unit: str
    total: int
    page: int
    pages: int
    experiences: tuple[LivedExperience, ...]
    curve: Curve
    promises: tuple[Promised, ...]


def customer(live: Live, workspace: Workspace, asked: Asked) -> CustomerAnswer:
    """Read the customer out."""
    store, settings, filters = workspace.ledger, workspace.settings, asked.filters
    moment = workspace.moment(filters.at)
    id_ = _known(live, workspace, asked.path["customer"])
    found = explain(store, settings, id_, moment, workspace.blueprint)
    asking = live.readouts.of("open-promises", lambda now: askings(now.store, now.blueprint, now.settings))
    of_precondition = {row.group["precondition"]: _standing(row) for row in by_precondition(found, settings)}
    experiences = list(reversed(found.experiences))
    first = (filters.page - 1) * filters.size
    return CustomerAnswer(
        customer=id_,
        at=time_of(moment.at_ms),
        standing=_standing(found.trust),
        preconditions=tuple(PreconditionStanding(p, of_precondition.get(p)) for p in PRECONDITION_IDS),
        segments=segments_of(store, id_),
        balance_exact=str(found.balance),
        unit=str(found.unit),
        total=len(experiences),
        page=filters.page,
        pages=max(1, -(-len(experiences) // filters.size)),
        experiences=tuple(_lived(one, found.unit) for one in experiences[first : first + filters.size]),
        curve=_curve(workspace, asked, id_, found.experiences),
        promises=tuple(
            Promised(
                promise=one.promise,
                touchpoint=one.touchpoint,
                record=one.record,
                made=time_of(one.made_ms),
                deadline=None if one.deadline_ms is None else time_of(one.deadline_ms),
                late=one.late,
            )
            for one in open_promises(store, asking, id_, moment)
        ),
    )


def rows(answer: CustomerAnswer) -> list[dict[str, Any]]:
    """The experiences as a table."""
    return [asdict(experience) for experience in answer.experiences]


def _known(live: Live, workspace: Workspace, text: str) -> str:
    """The id in the ledger that `text` stands for."""
    for spelling in spellings(live, text):
        if is_known(workspace.ledger, spelling):
            return spelling
    return text


def _standing(row: TrustRow) -> Standing:
    low, high = (row.score if limit is None else limit for limit in (row.low, row.high))
    return Standing(
        score=100 * row.score,
        low=100 * low,
        high=100 * high,
        known=row.unknown <= ENOUGH,
        balance=row.balance,
        owed=row.owed,
        experiences=row.n,
    )


def _lived(one: ExplainedExperience, unit: int) -> LivedExperience:
    return LivedExperience(
        id=one.id,
        at=time_of(one.at_ms),
        touchpoint=one.touchpoint,
        mechanism=one.mechanism,
        source=one.source,
        record=one.record,
        severity=one.severity,
        weight=one.weight / 1000,
        remaining=one.remaining * 1000 / unit,
        share=one.share / unit,
        share_exact=str(one.share),
        quote=one.quote.text if one.quote else "",
        contradicts=one.quote is not None and one.quote.contradicts,
    )


def _curve(workspace: Workspace, asked: Asked, id_: str, experiences: Sequence[ExplainedExperience]) -> Curve:
    since = asked.filters.since
    found = read_out(
        workspace.ledger,
        workspace.settings,
        by=("customer", "day"),
        at=workspace.moment(asked.filters.at),
        only={"customer": id_},
        intervals=False,
        since=day_of(since) if since else None,
    )
    return Curve(
        days=tuple(dt.date.fromisoformat(row.group["day"]) for row in found),
        score=tuple(100 * row.score for row in found),
        balance=tuple(row.balance for row in found),
        lived=_lived_days(experiences),
    )


def _lived_days(experiences: Sequence[ExplainedExperience]) -> tuple[LivedDay, ...]:
    by_day: dict[dt.date, list[int]] = {}
    for one in experiences:
        by_day.setdefault(time_of(one.at_ms).date(), []).append(one.severity)
    return tuple(
        LivedDay(day, severities.count(0), sum(map(bool, severities)), max(severities))
        for day, severities in sorted(by_day.items())
    )
