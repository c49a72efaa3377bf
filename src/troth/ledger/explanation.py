"""Why a customer stands where they stand: every experience, what remains of it, its part of the balance."""

import json
from dataclasses import replace

import numpy as np

from troth.blueprint.parameters import Settings
from troth.blueprint.schema import Blueprint
from troth.ledger.answers import ExplainedExperience, Explanation, Moment, TrustRow
from troth.ledger.arithmetic import index_interval, mechanism_pools, merged_pools, owed
from troth.ledger.decay import UNIT, factor
from troth.ledger.figures import scores
from troth.ledger.questions import customer_no
from troth.ledger.quotes import Wanted, quotes
from troth.ledger.readout import read_out
from troth.ledger.refresh import PROMISES, read_state
from troth.ledger.sql import DAY_MS
from troth.ledger.sums import Sums
from troth.store import Store
from troth.vocabulary import MECHANISM_BY_ID, MECHANISMS, PRECONDITION_IDS

_EXPERIENCES = """
    SELECT at_ms, touchpoint, mechanism_no, source, record, severity, weight
    FROM (
        SELECT at_ms, touchpoint_no, mechanism_no, source_no, record, severity, weight * n AS weight
        FROM experience
        WHERE customer_no = ? AND at_ms <= ?
        GROUP BY ALL
        HAVING sum(n) > 0
    ) JOIN touchpoint USING (touchpoint_no) JOIN source USING (source_no)
    ORDER BY at_ms, source, record, mechanism_no, severity"""


def explain(
    store: Store, settings: Settings, customer: str, at: Moment, blueprint: Blueprint | None = None
) -> Explanation:
    """Every experience of `customer` up to `at`; the exact shares add up to the exact balance.

    With `blueprint` those that came from reading what the customer wrote have the words beside them.

    Raises:
        UsageError: `customer-unknown`.
    """
    number = customer_no(store.connection, customer)
    promises = set(json.loads(read_state(store)[PROMISES]))
    rows = store.connection.execute(_EXPERIENCES, [number, at.at_ms]).fetchall()
    experiences = tuple(_explained(row, settings, at, promises) for row in rows)
    if blueprint is not None:
        experiences = _quoted(store, blueprint, experiences)
    trust = read_out(store, settings, by=("customer",), at=at, only={"customer": customer})
    return Explanation(
        customer=customer,
        at=at,
        experiences=experiences,
        balance=sum(experience.share for experience in experiences),
        unit=UNIT * 1000,
        trust=trust[0] if trust else _nothing_yet(settings, customer),
    )


def by_precondition(found: Explanation, settings: Settings) -> list[TrustRow]:
    """Trust of the preconditions that the customer has lived anything of, from the explanation itself.

    The same rows as a read-out by precondition of this customer, without asking the ledger again.
    """
    evidence, n = np.zeros((1, 2, len(MECHANISMS))), np.zeros((1, 2, len(MECHANISMS)), np.int64)
    for one in found.experiences:
        place = 0, int(one.severity > 0), MECHANISM_BY_ID[one.mechanism].no
        evidence[place] += abs(one.remaining) * 1000 / found.unit
        n[place] += 1
    pools = mechanism_pools(settings.ratio_milli)
    _row, column, figures = scores(Sums({}, (), evidence, n), pools, "precondition", settings.interval)
    owing = owed(figures.balance)
    return [
        TrustRow(
            {"precondition": PRECONDITION_IDS[number]},
            float(figures.good[place]),
            float(figures.bad[place]),
            float(figures.balance[place]),
            float(owing[place]),
            float(figures.score[place]),
            float(figures.low[place]),
            float(figures.high[place]),
            float(figures.unknown[place]),
            int(figures.n[place]),
        )
        for place, number in enumerate(column)
    ]


def _explained(
    row: tuple[int, str, int, str, str, int, int], settings: Settings, at: Moment, promises: set[str]
) -> ExplainedExperience:
    at_ms, touchpoint, mechanism_no, source, record, severity, weight = row
    mechanism = MECHANISMS[mechanism_no].id
    half_life = settings.half_life_bad if severity else settings.half_life_good
    remaining = weight * factor(at.day - at_ms // DAY_MS, half_life[mechanism_no])
    step = f"/S{severity}" if severity and source in promises else ""
    return ExplainedExperience(
        id=f"{source}/{record}/{mechanism}{step}",
        at_ms=at_ms,
        touchpoint=touchpoint,
        mechanism=mechanism,
        source=source,
        record=record,
        severity=severity,
        weight=weight,
        remaining=remaining,
        share=remaining * (settings.ratio_milli[mechanism_no] if severity else 1000),
    )


def _quoted(
    store: Store, blueprint: Blueprint, experiences: tuple[ExplainedExperience, ...]
) -> tuple[ExplainedExperience, ...]:
    wanted = [
        Wanted(one.source, one.record, one.touchpoint, one.mechanism, bad=one.severity > 0)
        for one in experiences
    ]
    found = quotes(store, blueprint, wanted)
    return tuple(
        replace(one, quote=found[of]) if of in found else one
        for one, of in zip(experiences, wanted, strict=True)
    )


def _nothing_yet(settings: Settings, customer: str) -> TrustRow:
    pools, _columns = merged_pools(settings.ratio_milli)
    nothing = np.zeros(len(pools.ratio))
    low, high = index_interval(pools.preconditions(nothing, nothing), settings.interval)
    return TrustRow({"customer": customer}, 0.0, 0.0, 0.0, 0.0, 0.5, float(low), float(high), 1.0, 0)
